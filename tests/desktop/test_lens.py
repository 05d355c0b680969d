"""The enlarged piece of the source stands right above the cell in question and never over its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.views.form_table import FormTable
from desktop.views.lens import Lens
from desktop.views.page_crop import slope_of
from desktop.views.page_layout import on_page
from parser.model.place import PageBox
from tests.desktop.conftest import COMPULSION, GRANTED, LICENSING, REVIEW_TOTAL, FakeBackend, OpenWindow, doubtful, key
from tests.desktop.keys import Key, press, write
from tests.desktop.paged import SlowBackend, draw_report
from tests.desktop.seen import let_follow

FIRST = "applications.new_received.natural_person"


def go(window: MainWindow, name: str) -> tuple[FormTable, Lens]:
    window.session.go_to(key(name))
    window.tables.focus_current()
    let_follow(window)
    table = window.tables.current_table
    assert table is not None
    return table, next(lens for lens in window.tables.lenses if lens.parent() is table)


def window_of(table: FormTable) -> MainWindow:
    window = table.window()
    assert isinstance(window, MainWindow)
    return window


def row_of(table: FormTable) -> QRect:
    """Return the row of the current cell over the whole width of the table, in its own coordinates."""
    cell = table.visualRect(table.currentIndex()).translated(table.viewport().geometry().topLeft())
    return QRect(0, cell.top(), table.width(), cell.height())


def test_it_stands_right_above_a_doubtful_cell(window: MainWindow) -> None:
    table, lens = go(window, COMPULSION)
    assert lens.isVisible()
    row = row_of(table)
    assert 0 <= row.top() - lens.geometry().bottom() <= 4
    middle = table.visualRect(table.currentIndex()).center().x() + table.viewport().x()
    assert lens.geometry().left() <= middle <= lens.geometry().right()
    assert lens._strip._parts[1] == "O"


def test_the_rows_that_make_room_for_it_are_whole(window: MainWindow) -> None:
    go(window, "applications.carried_forward.total")
    table, lens = go(window, GRANTED)
    assert lens.isVisible()
    assert row_of(table).top() > lens.geometry().bottom()
    assert table.rowViewportPosition(table.rowAt(0)) == 0


def test_at_the_first_row_it_stands_below_so_that_the_header_is_in_sight(window: MainWindow) -> None:
    table, lens = go(window, FIRST)
    assert not lens.isVisible()  # nothing is in doubt
    write("4")
    let_follow(window)
    assert lens.isVisible()
    assert 0 <= lens.geometry().top() - row_of(table).bottom() <= 4
    press(Key.Key_Escape)
    let_follow(window)
    assert not lens.isVisible()


def test_the_table_is_scrolled_so_that_it_has_room_above(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 560)
    table, lens = go(window, GRANTED)
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    window.session.go_to(key("applications.granted.total"))
    bar.setValue(table.rowViewportPosition(2) + bar.value())  # its row is the first in sight
    window.session.go_to(key(GRANTED))
    let_follow(window)
    assert lens.geometry().top() >= table.viewport().geometry().top()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_it_is_gone_while_its_row_is_scrolled_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 560)
    table, lens = go(window, GRANTED)
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(bar.maximum())
    assert not lens.geometry().intersects(table.rect())
    bar.setValue(0)
    assert lens.geometry().intersects(table.rect())


@pytest.mark.parametrize("name", [COMPULSION, GRANTED, LICENSING, FIRST, "remedies.review.total"])
def test_it_never_covers_the_row_of_its_cell_nor_leaves_the_table(window: MainWindow, name: str) -> None:
    for width in (1366, 900, 700):
        window.resize(width, 700)
        table, lens = go(window, name)
        write("7")
        let_follow(window)
        assert lens.isVisible()
        assert not lens.geometry().intersects(row_of(table))
        assert table.rect().contains(lens.geometry().left(), lens.geometry().center().y())
        assert lens.geometry().right() <= table.viewport().geometry().right()
        press(Key.Key_Escape)


def _cut(table: FormTable, lens: Lens) -> list[int]:
    """Return the rows through whose figures the upper or lower edge of the lens runs."""
    rows, half = [], table.fontMetrics().height() // 2
    for row in range(table.model().rowCount()):
        middle = table.viewport().y() + table.rowViewportPosition(row) + table.rowHeight(row) // 2
        if any(abs(edge - middle) < half for edge in (lens.geometry().top(), lens.geometry().bottom() + 1)):
            rows.append(row)
    return rows


@pytest.mark.parametrize("choice", ["", "larger"])
@pytest.mark.parametrize("kind", ["window", "scan"])
def test_its_edges_run_through_no_figure(request: pytest.FixtureRequest, kind: str, choice: str) -> None:
    window: MainWindow = request.getfixturevalue(kind)
    window.desk.choose_text(choice)
    for name in (COMPULSION, GRANTED, LICENSING, FIRST, "applications.denied_third_party_rights.total"):
        table, lens = go(window, name)
        write("7")
        let_follow(window)
        assert lens.isVisible()
        assert _cut(table, lens) == []
        press(Key.Key_Escape)


def test_it_goes_along_when_the_table_is_scrolled(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 560)
    table, lens = go(window, GRANTED)
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        assert not lens.geometry().intersects(row_of(table))


def test_enter_takes_it_to_the_next_doubt(window: MainWindow, session: Session) -> None:
    _, before = go(window, COMPULSION)
    press(Key.Key_Return)
    let_follow(window)
    assert str(session.key) == GRANTED
    assert not before.isVisible()
    assert go(window, GRANTED)[1].isVisible()


def test_a_click_goes_through_it(window: MainWindow, session: Session) -> None:
    table, lens = go(window, COMPULSION)
    where = lens.geometry().center()
    below = window.childAt(table.mapTo(window, where))
    assert below is table.viewport()
    QTest.mouseClick(below, Qt.MouseButton.LeftButton, pos=where - table.viewport().pos())
    assert str(session.key) != COMPULSION


def test_it_gives_way_to_a_block(window: MainWindow) -> None:
    _, lens = go(window, COMPULSION)
    press(Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    let_follow(window)
    assert not lens.isVisible()


def test_of_a_doubtful_cell_in_whose_place_nothing_was_read_it_does_not_say_that_it_is_blank(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    from dataclasses import replace

    from parser.model.place import TextSpan
    from tests.forms import make_report

    report = make_report(cells={COMPULSION: doubtful("0", "O")})
    cell = replace(report.cells[key(COMPULSION)], place=TextSpan(3, 3))
    backend.reports = {tmp_path / "甲.txt": replace(report, cells=dict(report.cells) | {key(COMPULSION): cell})}
    _, lens = go(open_window(tmp_path / "甲.txt"), COMPULSION)
    assert lens.isVisible()
    assert lens._strip._empty == "没有读到字"


def test_a_cell_the_source_has_not_has_no_piece_of_it(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    from dataclasses import replace

    from tests.forms import make_report

    report = make_report(cells={COMPULSION: doubtful("0", "O")})
    cells = dict(report.cells) | {key(COMPULSION): replace(report.cells[key(COMPULSION)], place=None)}
    backend.reports = {tmp_path / "甲.txt": replace(report, cells=cells)}
    assert not go(open_window(tmp_path / "甲.txt"), COMPULSION)[1].isVisible()


@pytest.fixture
def scan(
    qtbot: QtBot, open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """Return a window on a scan with two doubtful cells."""
    file = tmp_path / "扫描件.pdf"
    cells = {COMPULSION: doubtful("0", "O"), GRANTED: doubtful("0", "O")}
    backend.reports = {file: draw_report(file, cells=cells)}
    monkeypatch.setattr(backend, "open_pages", SlowBackend({}).open_pages, raising=False)
    window = open_window(file)
    qtbot.waitUntil(lambda: bool(window.review.images.sizes))
    return window


def test_of_a_scan_it_shows_the_crop_with_the_rows_around(scan: MainWindow, qtbot: QtBot) -> None:
    table, lens = go(scan, COMPULSION)
    assert lens.crop.isVisible()
    assert lens.crop.height() >= 2 * table.visualRect(table.currentIndex()).height()
    qtbot.waitUntil(lambda: lens.crop._images.image(lens.crop._wanted(lens.crop._place)) is not None)  # type: ignore[arg-type]
    standing = lens.crop._standing(lens.crop._place)  # type: ignore[arg-type]
    assert standing.contains(QPoint(lens.crop.width() // 2, lens.crop.height() // 2).toPointF())


def test_the_row_of_a_page_askew_is_told_from_its_neighbours_by_its_slope() -> None:
    cells = [QRectF(100 * n, 50 - 8 * n, 90, 20) for n in range(7)]
    assert slope_of(cells) == pytest.approx(-0.08)
    assert slope_of(cells[:2]) == 0  # too few to tell
    assert slope_of([QRectF(50, 100 * n, 20, 90) for n in range(7)]) == 0  # the page lies on its side
    assert slope_of([]) == 0


def test_the_rows_beside_that_of_the_cell_are_veiled_along_their_slope(scan: MainWindow, qtbot: QtBot) -> None:
    _, lens = go(scan, GRANTED)
    crop = lens.crop
    qtbot.waitUntil(lambda: crop._images.image(crop._wanted(crop._place)) is not None)  # type: ignore[arg-type]
    level = crop.grab().toImage()
    crop._slope = 0.3
    crop.update()
    assert crop.grab().toImage() != level


@pytest.mark.parametrize("name", [GRANTED, COMPULSION])
def test_the_piece_of_a_scan_stands_right_above_its_cell(scan: MainWindow, name: str) -> None:
    table, lens = go(scan, name)
    place = scan.session.cell.place  # type: ignore[union-attr]
    assert isinstance(place, PageBox)
    page = lens.crop._standing(place)
    box = on_page(page, place.box, 0)
    assert box.left() >= 16
    assert box.right() <= lens.crop.width() - 16
    seen = table.viewport().mapFromGlobal(lens.crop.mapToGlobal(box.center().toPoint()))
    off = seen.x() - table.visualRect(table.currentIndex()).center().x()
    is_at_an_edge = page.left() in (0, lens.crop.width() - page.width())
    is_in_need_of_room = min(box.left(), lens.crop.width() - box.right()) <= 17
    assert abs(off) <= 1 or is_at_an_edge or is_in_need_of_room


def test_with_little_room_above_and_below_a_scan_is_shown_in_a_narrower_band(scan: MainWindow) -> None:
    table, lens = go(scan, GRANTED)
    high = lens.crop.height()
    rows = sum(table.rowHeight(row) for row in range(4))
    table.setFixedHeight(table.height() - table.viewport().height() + rows + 8)
    go(scan, COMPULSION)
    table, lens = go(scan, GRANTED)
    assert lens.isVisible()
    assert lens.crop.height() < high
    area = table.viewport().geometry()
    assert area.top() <= lens.geometry().top()
    assert lens.geometry().bottom() <= area.bottom()
    assert not lens.geometry().intersects(row_of(table))


def test_it_stands_below_where_nothing_follows(window: MainWindow) -> None:
    table, lens = go(window, REVIEW_TOTAL)
    assert 0 <= lens.geometry().top() - row_of(table).bottom() <= 4
