from __future__ import annotations

import io
from pathlib import Path

import docx
import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.entries import PAGED_SUFFIXES
from desktop.main_window import MainWindow
from desktop.page_book import Wanted, _images
from desktop.upright import Turns
from desktop.views.page_item import Sign
from desktop.views.page_layout import lay_out, on_page
from desktop.views.page_view import PageView
from desktop.views.source_header import SourceHeader
from desktop.whereabouts import page_of_section
from parser.model.place import PageBox
from parser.model.report import CellKey
from parser.readers.picture_pages import PICTURE_SUFFIXES
from tests.desktop.conftest import COMPULSION, GRANTED, REVIEW_TOTAL, FakeBackend, OpenWindow, doubtful, key
from tests.desktop.paged import SlowBackend, draw_report
from tests.desktop.seen import bar_of, let_follow
from tests.forms import make_report
from tests.page_files import saved

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    doubts = {COMPULSION: doubtful("0", "O"), GRANTED: doubtful("0", "O"), "remedies.review.upheld": 2, REVIEW_TOTAL: 3}
    paged, picture = tmp_path / "扫描件.pdf", tmp_path / "照片.png"
    return SlowBackend({paged: draw_report(paged, cells=doubts), picture: draw_report(picture, 1, kind="image")})


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    window = open_window(tmp_path / "扫描件.pdf")
    qtbot.waitUntil(lambda: bool(window.review.images.sizes))
    return window


@pytest.fixture
def view(window: MainWindow) -> PageView:
    let_follow(window)
    assert isinstance(window.source.view, PageView)
    return window.source.view


def box_of(window: MainWindow, name: str | CellKey) -> QRectF:
    """Return where a cell is painted in the viewport."""
    assert window.session.report is not None
    place = window.session.report.cells[key(name) if isinstance(name, str) else name].place
    assert isinstance(place, PageBox)
    view = window.source.pages.view
    box = on_page(view._layout.pages[place.page - 1], place.box, view.turns.of(place.page))
    return QRectF(view.mapFromScene(box).boundingRect())


def click(window: MainWindow, point: QPointF) -> None:
    QTest.mouseClick(window.source.view.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())


def is_in_sight(window: MainWindow, name: str) -> bool:
    return QRectF(window.source.view.viewport().rect()).contains(box_of(window, name))


def wait_until_sharp(qtbot: QtBot, window: MainWindow) -> None:
    view = window.source.pages.view
    qtbot.waitUntil(lambda: window.review.images.is_sharp(view._wanted(view.page)))


def test_the_source_of_a_pdf_file_are_its_pages(window: MainWindow, view: PageView) -> None:
    assert window.findChild(QWidget, "source_view") is view
    assert view.isVisible()
    assert len(view._items) == 5


def test_what_counts_as_pages_is_what_can_be_drawn() -> None:
    assert {".pdf", *PICTURE_SUFFIXES} == PAGED_SUFFIXES


def test_the_place_of_the_current_cell_is_outlined_and_in_sight(window: MainWindow, view: PageView) -> None:
    for name, page in ((REVIEW_TOTAL, 4), (GRANTED, 3), (COMPULSION, 2)):
        window.session.go_to(key(name))
        let_follow(window)
        assert is_in_sight(window, name)
        strongest = [mark.box for mark in view._items[page - 1].marks if Sign.CURRENT in mark.sign]
        place = window.session.cell.place  # type: ignore[union-attr]
        assert isinstance(place, PageBox)
        assert strongest == [place.box]
        assert window.source._header.page_field.field.value() == page


def test_open_cells_and_those_of_the_finding_are_marked(window: MainWindow, view: PageView) -> None:
    QTest.keyClick(window, Key.Key_F8)
    assert window.session.finding is not None
    let_follow(window)
    marks = [mark.sign for mark in view._items[3].marks]
    assert sum(Sign.LIT in sign for sign in marks) == len(window.session.finding.keys)
    assert window.session.entry is not None
    open_here = sum(key.table == "remedies" for key in window.session.entry.open)
    assert sum(Sign.DOUBTFUL in sign for sign in marks) == open_here
    assert sum(Sign.CURRENT in sign for sign in marks) == 1
    assert [mark.sign for mark in view._items[2].marks] == [Sign.DOUBTFUL]


def test_a_click_on_a_page_goes_to_its_cell(window: MainWindow, view: PageView) -> None:
    for name in ("proactive.rules.repealed", "proactive.rules.effective"):
        click(window, box_of(window, name).center())
        assert str(window.session.key) == name
    click(window, box_of(window, "proactive.rules.issued").center() - QPointF(0, 2000))
    assert str(window.session.key) == "proactive.rules.effective"


def test_dragging_moves_the_page_and_chooses_no_cell(window: MainWindow, view: PageView) -> None:
    before, cell = view.verticalScrollBar().value(), window.session.key
    start = box_of(window, "proactive.rules.repealed").center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start - QPoint(0, 30))
    QTest.mouseMove(view.viewport(), start - QPoint(0, 60))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start - QPoint(0, 60))
    assert view.verticalScrollBar().value() == before + 60
    assert window.session.key == cell


def test_keys_enlarge_reduce_and_fit(window: MainWindow, view: PageView) -> None:
    window.session.go_to(key(REVIEW_TOTAL))
    let_follow(window)
    fitting = box_of(window, REVIEW_TOTAL)
    for _ in range(3):
        QTest.keyClick(window, Key.Key_Plus, Modifier.ControlModifier)
    assert box_of(window, REVIEW_TOTAL).width() == pytest.approx(fitting.width() * 1.25**3, rel=0.1)
    assert is_in_sight(window, REVIEW_TOTAL)
    QTest.keyClick(window, Key.Key_Minus, Modifier.ControlModifier)
    assert view.zoom == pytest.approx(1.25**2)
    QTest.keyClick(window, Key.Key_0, Modifier.ControlModifier)
    assert view.zoom == 1
    assert not view.horizontalScrollBar().maximum()
    assert is_in_sight(window, REVIEW_TOTAL)


def test_the_wheel_enlarges_what_is_under_the_pointer(window: MainWindow, view: PageView) -> None:
    point = box_of(window, GRANTED if is_in_sight(window, GRANTED) else COMPULSION).center()
    before = view._spot(point.toPoint())
    turned = QWheelEvent(
        point, QPointF(view.viewport().mapToGlobal(point.toPoint())), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Modifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turned)
    assert view.zoom == pytest.approx(1.25**2)
    after = view._spot(point.toPoint())
    assert before is not None
    assert after is not None
    assert (after.page, after.x, after.y) == (
        before.page,
        pytest.approx(before.x, abs=0.01),
        pytest.approx(before.y, abs=0.01),
    )


@pytest.mark.parametrize("times", [1, 2, 3])
def test_turned_pages_keep_cells_and_clicks_together(window: MainWindow, view: PageView, times: int) -> None:
    for _ in range(times):
        QTest.keyClick(window, Key.Key_R, Modifier.ControlModifier)
    assert view.turns.more == times
    shapes = [page.width() > page.height() for page in view._layout.pages]
    assert shapes == [times % 2 == 1] * 5
    for name in (GRANTED, "applications.granted.total", REVIEW_TOTAL):
        window.session.go_to(key(name))
        let_follow(window)
        assert is_in_sight(window, name)
        neighbour = name.rsplit(".", 1)[0] + (".natural_person" if "applications" in name else ".upheld")
        click(window, box_of(window, neighbour).center())
        assert str(window.session.key) == neighbour


def test_a_page_turned_left_and_right_is_upright_and_remembered(
    window: MainWindow, view: PageView, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Key.Key_R, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert view.turns.more == 3
    window.session.add([tmp_path / "照片.png"])
    qtbot.waitUntil(lambda: len(window.session.entries) == 2)
    window.session.select(1)
    qtbot.waitUntil(lambda: len(view._items) == 1)
    assert view.turns.more == 0
    window.session.select(0)
    qtbot.waitUntil(lambda: len(view._items) == 5)
    assert view.turns.more == 3


def test_the_turned_image_is_the_page_turned(window: MainWindow, view: PageView, qtbot: QtBot) -> None:
    window.source.pages.view.go_to_page(2)
    wait_until_sharp(qtbot, window)
    upright = window.review.images.image(Wanted(2, 0, 400))
    QTest.keyClick(window, Key.Key_R, Modifier.ControlModifier)
    view.go_to_page(2)
    wait_until_sharp(qtbot, window)
    turned = window.review.images.image(Wanted(2, 1, 400))
    assert upright is not None
    assert turned is not None
    assert turned.width() / turned.height() == pytest.approx(upright.height() / upright.width(), rel=0.01)
    ink = upright.scaled(8, 12).pixelColor(0, 11).lightness()
    assert turned.scaled(12, 8).pixelColor(0, 0).lightness() == pytest.approx(ink, abs=20)


def test_images_hold_just_the_pixels_of_the_page() -> None:
    chance = np.random.default_rng(3)
    pixels = chance.integers(0, 255, (1900, 1400, 3), dtype=np.uint8)
    for quarters in range(4):
        image, small = _images(pixels, quarters)
        shown = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        assert (shown[:, :, 2::-1] == np.rot90(pixels, -quarters)).all()
        assert small is not None
        assert small.width() == 192


def test_pages_are_drawn_pixel_by_pixel_at_the_size_they_are_shown(
    window: MainWindow, view: PageView, qtbot: QtBot
) -> None:
    wait_until_sharp(qtbot, window)
    wanted = Wanted(view.page, 0, view._layout.width_pixels)
    image = window.review.images.image(wanted)
    assert image is not None
    assert abs(image.width() - view._layout.pages[0].width() * view.devicePixelRatioF()) <= 2


def test_what_has_no_room_over_the_pages_is_in_a_menu_there(window: MainWindow, view: PageView, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    header = SourceHeader(around)
    header.add_actions(window.actions_.for_pages)
    header.show_kind(is_paged=True, is_text=False, has_text=True)
    around.show()
    everything = {action for action, _ in window.actions_.for_pages if action is not None}
    for width in (240, 330, 420, 1200):
        header.resize(width, header.height())
        buttons = [button for button in header.findChildren(QToolButton) if button.isVisible()]
        shown, rest = {button.defaultAction() for button in buttons} - {None}, header._rest.actions()
        assert shown.isdisjoint(rest)
        assert shown.union(rest) == everything
        assert header._more.isVisible() == bool(rest)
        assert all(button.geometry().right() < width for button in buttons)
    assert not header._more.isVisible()
    header.resize(240, header.height())
    before = view.page
    next(action for action in header._rest.actions() if "下一页" in action.text()).trigger()
    assert view.page == before + 1


def test_the_page_number_and_the_buttons_turn_pages(window: MainWindow, view: PageView) -> None:
    field = window.source._header.page_field.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Key.Key_Return)
    assert view.page == 5
    QTest.keyClick(window, Key.Key_PageUp, Modifier.AltModifier)
    assert view.page == 4
    QTest.keyClick(window, Key.Key_PageDown, Modifier.AltModifier)
    assert field.value() == 5
    view.setFocus()
    QTest.keyClick(view, Key.Key_Home)
    assert view.page == 1
    QTest.keyClick(view, Key.Key_Right)
    assert view.page == 2


def test_the_page_list_unfolds_counts_doubts_and_leads_to_a_page(
    window: MainWindow, view: PageView, qtbot: QtBot
) -> None:
    strip = window.source.pages.strip
    assert not strip.isVisible()
    QTest.keyClick(window, Key.Key_F9, Modifier.ShiftModifier)
    assert strip.isVisible()
    tips = [strip.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(5)]
    assert tips[:3] == ["第 1 页", "第 2 页，1 处存疑", "第 3 页，1 处存疑"]
    QTest.mouseClick(
        strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualRect(strip.model().index(2, 0)).center()
    )
    assert view.page == 3
    qtbot.waitUntil(
        lambda: window.review.images.cache.best(window.review.images._key(Wanted(1, 0, 192)), 192) is not None
    )


def test_ctrl_f_finds_in_the_text_that_was_read_and_leads_back_to_the_pages(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_F, Modifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "find_field"
    assert not window.source.shows_pages
    assert window.findChild(QWidget, "source_view") is window.source.text.view
    QTest.keyClick(focused, Key.Key_Escape)
    assert window.source.shows_pages
    QTest.keyClick(window, Key.Key_T, Modifier.ControlModifier)
    assert window.source.text.view.toPlainText() == window.session.report.text  # type: ignore[union-attr]
    QTest.keyClick(window, Key.Key_T, Modifier.ControlModifier)
    assert window.source.shows_pages


def test_an_unreadable_file_still_shows_its_pages(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    draw_report(tmp_path / "坏.pdf")
    backend.reports[tmp_path / "坏.pdf"] = "没有找到年度报告的表格；请确认文件"
    window = open_window(tmp_path / "坏.pdf")
    qtbot.waitUntil(lambda: len(window.source.pages.view._items) == 5)
    assert window.source.view.isVisible()
    assert window.review.beside.isVisible()
    assert window.review.beside._detail.text() == "没有找到年度报告的表格；请确认文件"


def test_a_file_with_neither_report_nor_pages_says_why(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    backend.reports[tmp_path / "坏.pdf"] = "文件已损坏；请换一份再试"
    window = open_window(tmp_path / "坏.pdf")
    qtbot.waitUntil(window._blank.isVisible)
    assert window._blank._detail.text() == "文件已损坏；请换一份再试"


def test_a_report_without_its_pages_shows_its_text_and_says_why(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports[tmp_path / "走.pdf"] = draw_report(tmp_path / "走.pdf")
    (tmp_path / "走.pdf").unlink()
    window = open_window(tmp_path / "走.pdf")
    qtbot.waitUntil(window.source._notice.isVisible)
    assert window.source.view is window.source.text.view
    assert "页面显示不了" in window.source._notice.label.text()


def test_sixty_pages_scroll_within_bounded_memory(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports[tmp_path / "长.pdf"] = draw_report(tmp_path / "长.pdf", pages=60)
    window = open_window(tmp_path / "长.pdf")
    qtbot.waitUntil(lambda: len(window.review.images.sizes) == 60)
    cache, view = window.review.images.cache, window.source.pages.view
    cache.most_bytes = 12 * 2**20
    assert len(view._items) == 60
    for page in (*range(1, 61, 7), 60, 30, 1):
        view.go_to_page(page)
        wait_until_sharp(qtbot, window)
        assert cache.bytes <= cache.most_bytes
    assert sum(image.sizeInBytes() for image in cache._images.values()) == cache.bytes


def test_the_cell_is_shown_enlarged_right_above_its_table(window: MainWindow, qtbot: QtBot) -> None:
    crop = window.tables.cell_bar.crop
    window.session.go_to(key(GRANTED))
    window.session.review.accept()  # while it is in doubt the lens at the cell shows it
    let_follow(window)
    assert not crop.isVisible()
    window.session.go_to(key(GRANTED))
    let_follow(window)
    assert crop.isVisible()
    assert not window.tables.cell_bar._strip.isVisible()
    place = window.session.cell.place  # type: ignore[union-attr]
    assert isinstance(place, PageBox)
    cell = on_page(crop._standing(place), place.box, 0)
    assert QRectF(crop.rect()).contains(cell)
    assert cell.height() == pytest.approx(28, abs=3)
    assert cell.height() > box_of(window, GRANTED).height()
    qtbot.waitUntil(lambda: window.review.images.is_sharp(crop._wanted(place)))
    QTest.keyClick(window, Key.Key_R, Modifier.ControlModifier)
    cell = on_page(crop._standing(place), place.box, 1)
    assert crop.rect().contains(cell.center().toPoint())


def test_a_cell_of_the_report_before_is_never_shown_on_a_page_of_this_one(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    files = [tmp_path / name for name in ("甲.pdf", "乙.pdf")]
    backend.reports = {file: draw_report(file) for file in files}
    window = open_window(*files)
    qtbot.waitUntil(lambda: all(entry.report is not None for entry in window.session.entries))
    crop = bar_of(window).crop
    for at in (1, 0, 1):
        window.session.select(at)
        assert crop._place is None
        assert not any(lens.isVisible() for lens in window.tables.lenses)
        window.session.go_to(key("applications.carried_forward.total"))
        let_follow(window)
        assert crop._place is not None


def test_a_report_made_of_text_has_its_line_of_text_there(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    backend.reports[tmp_path / "文.txt"] = make_report()
    window = open_window(tmp_path / "文.txt")
    assert bar_of(window)._strip.isVisible()
    assert not window.tables.cell_bar.crop.isVisible()
    assert window.source.view is window.source.text.view
    assert not window.source._header.tabs.isVisible()


def test_pages_of_a_file_that_has_changed_are_drawn_anew(
    window: MainWindow, view: PageView, qtbot: QtBot, tmp_path: Path
) -> None:
    wait_until_sharp(qtbot, window)
    images, path = window.review.images, tmp_path / "扫描件.pdf"
    assert len(images.sizes) > 1
    draw_report(path, 1)  # one page, where there were several
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: len(images.sizes) == 1)
    assert all(known.page == 1 for known, _ in images.cache if known.path == path)


def test_pages_pasted_into_a_word_document_are_shown_as_pages(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    file, sheets = tmp_path / "扫描.docx", tmp_path / "扫描.tif"
    report = draw_report(sheets, source=file.name, kind="image")
    made = docx.Document()
    with Image.open(sheets) as drawn:
        for sheet in ImageSequence.Iterator(drawn):
            made.add_picture(io.BytesIO(saved(sheet.convert("RGB"), "PNG")))
    made.save(str(file))
    backend.reports[file] = report
    window = open_window(file)
    qtbot.waitUntil(lambda: len(window.review.images.sizes) == report.pages)
    assert window.source.shows_pages


def test_the_page_of_which_most_is_in_sight_is_the_current_one() -> None:
    layout = lay_out([(100, 150)] * 3, Turns(), 200, 1.0, 1.0)
    first, second = layout.pages[0], layout.pages[1]
    assert layout.most_seen(first.top(), second.top()) == 1
    assert layout.most_seen(first.bottom() - 20, first.bottom() + 100) == 2
    assert layout.most_seen(0, layout.pages[2].bottom()) == 1  # all three as much
    assert lay_out([], Turns(), 200, 1.0, 1.0).most_seen(0, 100) == 0


# ── the prose beside the pages ───────────────────────────────────────────────────────


def test_a_section_of_the_prose_is_where_the_tables_say(window: MainWindow) -> None:
    entry = window.session.entry
    assert entry is not None
    assert [page_of_section(entry, number) for number in "123456"] == [1, 2, 3, 4, 4, 5]


def test_the_page_follows_the_prose(window: MainWindow, view: PageView) -> None:
    window.tables.focus_current()
    while window.tables.current_table is not None:
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab, Modifier.ControlModifier)
    prose = window.tables.narrative
    assert view.page == page_of_section(window.session.entries[0], prose.view.section or "")
    for number, page in (("6", 5), ("3", 3)):
        prose.edit(number)
        assert view.page == page
        prose.editor.finished.emit()
