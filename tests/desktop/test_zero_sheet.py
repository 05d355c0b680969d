from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.queue_model import ARRIVAL
from desktop.models.zero_classes import read_alike
from desktop.models.zero_model import TILE_ROLE, ZeroModel
from desktop.session import Session
from desktop.views.zero_crops import MOST_BYTES, pieces
from desktop.views.zero_delegate import GAP
from desktop.views.zero_sheet import ZeroSheet
from parser.model.report import Cell, CellKey, Doubt, Reason, State
from tests.desktop.conftest import COMPULSION, GRANTED, LICENSING, FakeBackend, doubtful, key
from tests.desktop.keys import focus, press, write
from tests.desktop.paged import SlowBackend, draw_report
from tests.desktop.seen import still_open

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def sheet(window: MainWindow) -> ZeroSheet:
    """Return the sheet, opened with its key."""
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert window.zero_sheet.isVisible()
    return window.zero_sheet


def names(sheet: ZeroSheet) -> list[str]:
    return [sheet.model.index(row).data(Qt.ItemDataRole.UserRole) for row in range(sheet.model.rowCount())]


def look_through(sheet: ZeroSheet) -> int:
    """Press Enter until every cell of the group has been in sight; return how often."""
    times = 0
    while not sheet.view.is_seen_through:
        press(Key.Key_Return)
        times += 1
    return times


def tabs(sheet: ZeroSheet) -> list[str]:
    return [sheet.tabs.tabText(number) for number in range(sheet.tabs.count())]


def decided(session: Session) -> int:
    assert session.entry is not None
    return len(session.entry.decided)


def test_the_model_keeps_qts_rules(session: Session, qtmodeltester: ModelTester) -> None:
    model = ZeroModel(session)
    qtmodeltester.check(model)
    model.wake()
    qtmodeltester.check(model)
    model.toggle(1)
    model.choose(1)
    model.sleep()
    assert model.rowCount() == 0


def test_cells_are_grouped_by_what_was_read_in_them_doubts_first(session: Session) -> None:
    entry = session.entry
    assert entry is not None
    groups = {group.kind: group.keys for group in read_alike(entry)}
    assert list(groups) == ["0", "2", "3"]
    assert [str(key) for key in groups["0"][:2]] == [COMPULSION, GRANTED]
    assert len(groups["0"]) == 197
    session.set_texts({key(LICENSING): "12.50", key("proactive.rules.issued"): "/"})
    assert list(dict.fromkeys(group.kind for group in read_alike(entry))) == ["0", "2", "3", "many", "mark"]


def test_cells_whose_place_is_in_doubt_are_in_no_group(session: Session) -> None:
    entry, name = session.entry, key("applications.granted.other_org")
    assert entry is not None
    assert entry.report is not None
    shown = [k for group in read_alike(entry) for k in group.keys]
    assert name in shown
    cell = replace(entry.report.cells[name], doubts=(Doubt(Reason.AMBIGUOUS_POSITION),))
    entry.report = replace(entry.report, cells={**entry.report.cells, name: cell})
    assert [k for group in read_alike(entry) for k in group.keys] == [k for k in shown if k != name]


def test_ctrl_g_shows_the_zeros_and_counts_them(sheet: ZeroSheet) -> None:
    assert focus().objectName() == "zero_view"
    assert names(sheet)[:2] == [COMPULSION, GRANTED]
    assert (
        sheet.counts.text()
        == f"{len(names(sheet))} 格读作 0，其中 {sheet.model.count(sheet.model.groups[0]).open} 格存疑"
    )
    assert tabs(sheet)[0] == f"0（{len(names(sheet))}）"
    assert [sheet.model.index(row).data() for row in (0, 1, 9)] == ["O", "〇", "0"]


def test_the_status_bar_names_no_cell_that_the_sheet_covers(sheet: ZeroSheet, window: MainWindow) -> None:
    where = window._status.where
    assert "›" not in where.text()
    QTest.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert "›" in where.text()


def test_space_clicks_out_and_in_again(sheet: ZeroSheet) -> None:
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert sheet.counts.text().endswith("；已剔除 1 格")
    assert sheet.model.index(1).data(TILE_ROLE).is_odd
    press(Key.Key_Space)
    assert "剔除" not in sheet.counts.text()


def test_a_click_takes_a_cell_out(sheet: ZeroSheet) -> None:
    place = sheet.view.visualRect(sheet.model.index(2)).center()
    QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert sheet.model.index(2).data(TILE_ROLE).is_odd
    assert sheet.view.currentIndex().row() == 2


def test_enter_confirms_the_rest_as_one_step(sheet: ZeroSheet, session: Session, window: MainWindow) -> None:
    press(Key.Key_Right)
    press(Key.Key_Space)
    odd, count = names(sheet)[1], len(names(sheet))
    look_through(sheet)
    press(Key.Key_Return)
    assert decided(session) == count - 1
    assert still_open(session) & set(names(sheet)) == {odd}
    assert session.undo_stack.count() == 1
    assert "✓" in tabs(sheet)[0]
    QTest.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert decided(session) == 0
    assert {COMPULSION, GRANTED} <= still_open(session)
    assert sheet.isVisible()


def test_a_clean_cell_clicked_out_is_doubtful_and_comes_first(sheet: ZeroSheet, session: Session) -> None:
    row = names(sheet).index("applications.denied_third_party_rights.natural_person")
    odd = names(sheet)[row]
    sheet.view.setCurrentIndex(sheet.model.index(row))
    press(Key.Key_Space)
    look_through(sheet)
    press(Key.Key_Return)
    assert odd in still_open(session)
    assert session.report is not None
    assert "对照" in session.report.cells[key(odd)].doubts[-1].note
    press(Key.Key_Escape)
    assert str(session.key) == odd
    assert focus().objectName().startswith("table.")
    assert str(session.entry.round.first if session.entry else "") == odd
    press(Key.Key_Return)
    assert odd not in still_open(session)
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.report.cells[key(odd)].doubts == ()


def test_enter_shows_what_was_not_in_sight_before_it_confirms(
    sheet: ZeroSheet, session: Session, window: MainWindow
) -> None:
    view, last = sheet.view, len(names(sheet)) - 1
    view.setFixedHeight(view.visualRect(sheet.model.index(last)).bottom() // 3)
    press(Key.Key_Escape)
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert "看下一屏" in sheet._confirm.text()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())  # what lies between was skipped
    assert not view.is_seen_through
    assert 2 <= look_through(sheet) <= 4
    assert decided(session) == 0
    assert view.viewport().rect().contains(view.visualRect(sheet.model.index(last)))
    assert f"全部确认 {last + 1} 格" in sheet._confirm.text()
    press(Key.Key_Return)
    assert decided(session) == last + 1


def test_no_cell_counts_as_seen_that_stands_below_what_is_in_sight(sheet: ZeroSheet, session: Session) -> None:
    assert session.report is not None
    many = [key for key, cell in session.report.cells.items() if cell.shown == "0"][:90]
    session.set_texts({key: str(100 + number) for number, key in enumerate(many)})
    at = next(number for number, group in enumerate(sheet.model.groups) if group.kind == "many")
    seen = set()
    for height in range(120, 400, 20):
        sheet.view.setFixedHeight(height)
        sheet.model.choose(0)
        sheet.model.choose(at)
        last = sheet.view.visualRect(sheet.model.index(sheet.model.rowCount() - 1))
        assert sheet.view.is_seen_through == (last.bottom() <= sheet.view.viewport().height())
        seen.add(sheet.view.is_seen_through)
    assert seen == {True, False}


def test_tiles_are_as_large_as_lets_all_of_them_be_seen_at_once(
    sheet: ZeroSheet, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = sheet.view
    write("2")
    assert view.tiles.scale == 2.0
    write("0")
    rows = range(view.model().rowCount())
    fits: list[object] = []
    monkeypatch.setattr(view.tiles, "fit", lambda *what, fit=view.tiles.fit: (fits.append(what), fit(*what)))
    for width, height in itertools.product(range(1100, 1700, 47), range(620, 1000, 61)):
        window.resize(width, height)
        QApplication.processEvents()
        fits.clear()
        for _ in range(3):
            QApplication.processEvents()
        assert not fits  # it has come to rest
        if view.tiles.scale > 1:
            assert all(view.viewport().rect().contains(view.visualRect(view.model().index(row, 0))) for row in rows)
    view.resize(view.width(), 120)
    assert view.tiles.scale == 1.0


def test_the_sheet_opens_with_a_reading_that_is_not_confirmed(sheet: ZeroSheet, session: Session) -> None:
    look_through(sheet)
    press(Key.Key_Return)
    press(Key.Key_Escape)
    sheet.open()
    assert sheet.model.group is not None
    assert (sheet.model.at, sheet.model.group.kind) == (1, "2")
    assert sheet.tabs.currentIndex() == 1


def test_a_sheet_too_low_for_a_row_can_be_confirmed(sheet: ZeroSheet, session: Session, window: MainWindow) -> None:
    sheet.view.setFixedHeight(20)
    press(Key.Key_Escape)
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert look_through(sheet) == 1
    press(Key.Key_Return)
    assert decided(session) == len(names(sheet))


def test_enter_again_goes_to_the_next_group_and_never_confirms_what_was_not_seen(
    sheet: ZeroSheet, session: Session
) -> None:
    look_through(sheet)
    press(Key.Key_Return)
    before = decided(session)
    press(Key.Key_Return)
    assert sheet.model.group is not None
    assert sheet.model.group.kind == "2"
    assert decided(session) == before


def test_enter_after_the_last_group_closes_the_sheet(sheet: ZeroSheet, session: Session) -> None:
    for _ in range(2 * sheet.tabs.count() + 1):
        if sheet.isVisible():
            press(Key.Key_Return)
    assert not sheet.isVisible()
    assert focus().objectName().startswith("table.")


def test_a_digit_and_ctrl_arrows_change_the_group(sheet: ZeroSheet, session: Session) -> None:
    said: list[str] = []
    session.said.connect(lambda _level, text: said.append(text))
    write("3")
    assert sheet.tabs.currentIndex() == 2
    press(Key.Key_Left, Modifier.ControlModifier)
    assert sheet.tabs.tabText(sheet.tabs.currentIndex()).startswith("2（")
    write("０")
    assert sheet.tabs.currentIndex() == 0
    write("9")
    assert sheet.tabs.currentIndex() == 0
    assert said == ["没有读作 9 的格"]
    assert session.undo_stack.count() == 0


def test_arrows_move_between_the_rows_of_the_sheet(sheet: ZeroSheet) -> None:
    press(Key.Key_Down)
    below = sheet.view.currentIndex().row()
    assert below > 1
    press(Key.Key_Up)
    assert sheet.view.currentIndex().row() == 0
    press(Key.Key_End)
    assert sheet.view.currentIndex().row() == len(names(sheet)) - 1


def test_f2_goes_to_the_cell(sheet: ZeroSheet, session: Session) -> None:
    press(Key.Key_Right)
    press(Key.Key_F2)
    assert not sheet.isVisible()
    assert str(session.key) == GRANTED
    assert focus().objectName() == "table.applications"


def click_out_a_clean_cell(sheet: ZeroSheet) -> str:
    """Click out a cell that is in no doubt; return its name."""
    row = names(sheet).index("applications.denied_third_party_rights.natural_person")
    sheet.view.setCurrentIndex(sheet.model.index(row))
    press(Key.Key_Space)
    return names(sheet)[row]


def test_what_was_clicked_out_is_in_doubt_once_the_sheet_is_closed_until_that_is_undone(
    sheet: ZeroSheet, session: Session, window: MainWindow
) -> None:
    odd = click_out_a_clean_cell(sheet)
    press(Key.Key_Escape)
    assert odd in still_open(session)
    assert str(session.key) == odd
    session.undo_stack.undo()
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert not sheet.model.odd
    press(Key.Key_Escape)
    assert odd not in still_open(session)


def test_another_report_or_finding_comes_into_sight_with_what_was_clicked_out_in_doubt(
    sheet: ZeroSheet, session: Session, window: MainWindow
) -> None:
    window.queue.sort_by(ARRIVAL)
    odd, entry, before = click_out_a_clean_cell(sheet), session.entry, session.position
    assert entry is not None
    QTest.keyClick(window, Key.Key_PageDown, Modifier.ControlModifier)
    assert session.position != before
    assert not sheet.isVisible()
    assert key(odd) in entry.open
    session.select(before)
    session.undo_stack.undo()
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    click_out_a_clean_cell(sheet)
    session.choose_finding(entry.assessment.findings[0])
    assert session.finding == entry.assessment.findings[0]
    assert session.key in session.finding.keys
    assert key(odd) in entry.open


def test_a_report_that_is_removed_takes_what_was_clicked_out_along(sheet: ZeroSheet, session: Session) -> None:
    click_out_a_clean_cell(sheet)
    entry = session.entry
    assert entry is not None
    session.inbox.remove(entry)
    assert not sheet.isVisible()
    assert entry not in session.entries


def test_what_was_clicked_out_is_kept_when_the_window_is_closed(sheet: ZeroSheet, window: MainWindow) -> None:
    odd, entry = click_out_a_clean_cell(sheet), window.session.entry
    assert entry is not None
    window.close()
    assert key(odd) in entry.open


def test_what_was_clicked_out_is_remembered_until_it_is_decided(
    sheet: ZeroSheet, session: Session, window: MainWindow
) -> None:
    press(Key.Key_Space)
    press(Key.Key_Escape)
    assert session.undo_stack.count() == 0
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert sheet.model.index(0).data(TILE_ROLE).is_odd
    press(Key.Key_Escape)
    assert str(session.key) == COMPULSION
    press(Key.Key_Return)
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert not sheet.model.odd


def test_it_closes_when_the_clerk_goes_elsewhere(sheet: ZeroSheet, session: Session, window: MainWindow) -> None:
    window.queue.sort_by(ARRIVAL)  # the next one is one with a report, whether the list has settled or not
    QTest.keyClick(window, Key.Key_PageDown, Modifier.ControlModifier)
    assert not sheet.isVisible()
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert sheet.isVisible()
    QTest.keyClick(window, Key.Key_F6)  # to the list of reports, which it does not cover
    assert sheet.isVisible()
    QTest.keyClick(window, Key.Key_F6)
    assert not sheet.isVisible()


def test_tiles_stay_where_they_are_while_their_cells_read_alike(sheet: ZeroSheet) -> None:
    before = names(sheet)
    press(Key.Key_Return)
    assert names(sheet) == before


def test_tables_that_are_not_complete_are_not_compared(window: MainWindow, session: Session) -> None:
    assert session.entry is not None
    session.entry.has_tables = False
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    assert not window.zero_sheet.isVisible()


# ── scans ────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def scanned(open_window: Callable[..., MainWindow], backend: FakeBackend, tmp_path: Path) -> Iterator[MainWindow]:
    """Return a window on a scan with a doubtful zero and a blank, the sheet open on it."""
    file = tmp_path / "扫描件.pdf"
    slow = SlowBackend({})
    slow.reports = {
        file: draw_report(file, cells={COMPULSION: doubtful("0", "O"), LICENSING: 7, GRANTED: Cell(State.BLANK)})
    }
    backend.reports = slow.reports
    backend.open_pages = slow.open_pages  # type: ignore[attr-defined]
    window = open_window(file)
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    yield window
    window.zero_sheet.leave()


def crops_of(window: MainWindow) -> list[QImage | None]:
    sheet = window.zero_sheet
    return [sheet._crops.crop(CellKey.parse(name)) for name in names(sheet)]


def _has_ink(crop: QImage | None) -> bool:
    assert crop is not None
    return any(crop.pixelColor(x, y).lightness() < 80 for x in range(crop.width()) for y in range(crop.height()))


def test_a_scan_shows_the_pieces_of_its_pages(scanned: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(crops_of(scanned)), timeout=20_000)
    sizes = [crop.size() for crop in crops_of(scanned) if crop is not None]
    assert min(size.height() for size in sizes) >= 10
    assert all(_has_ink(crop) for crop in crops_of(scanned)[:3])
    assert 0 < scanned.zero_sheet._crops.bytes <= MOST_BYTES


def test_blanks_are_compared_where_there_is_a_page(scanned: MainWindow) -> None:
    assert [group.kind for group in scanned.zero_sheet.model.groups] == ["0", "7", "blank"]


def test_tiles_of_another_reading_never_lie_over_each_other(
    open_window: Callable[..., MainWindow], backend: FakeBackend, tmp_path: Path
) -> None:
    file, slow = tmp_path / "扫描件.pdf", SlowBackend({})
    cells = {LICENSING: 7, COMPULSION: 35, "applications.denied_state_secret.total": 439}
    slow.reports = backend.reports = {file: draw_report(file, cells={**cells, GRANTED: Cell(State.BLANK)})}
    backend.open_pages = slow.open_pages  # type: ignore[attr-defined]
    window = open_window(file)
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    sheet, seen = window.zero_sheet, list[str]()
    for step in (*[Key.Key_Right] * 3, *[Key.Key_Left] * 3):
        press(step, Modifier.ControlModifier)
        assert sheet.model.group is not None
        seen.append(sheet.model.group.kind)
        rects = [sheet.view.visualRect(sheet.model.index(row)) for row in range(sheet.model.rowCount())]
        assert {rect.size() for rect in rects} == {sheet.view.tiles.tile + QSize(GAP, GAP)}
        assert not any(one.intersects(other) for one, other in itertools.combinations(rects, 2))
    assert seen == ["7", "many", "blank", "many", "7", "0"]
    sheet.leave()


def test_the_pieces_go_when_the_sheet_is_closed(scanned: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(crops_of(scanned)), timeout=20_000)
    press(Key.Key_Escape)
    assert scanned.zero_sheet._crops.bytes == 0


def test_turned_pages_are_cut_as_they_are_seen(scanned: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(crops_of(scanned)), timeout=20_000)
    press(Key.Key_Escape)
    QTest.keyClick(scanned, Key.Key_R, Modifier.ControlModifier)
    QTest.keyClick(scanned, Key.Key_G, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: all(crops_of(scanned)), timeout=20_000)


def page(width: int = 400, height: int = 200) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def test_a_wide_cell_is_cut_around_its_ink() -> None:
    image = page()
    with QPainter(image) as painter:
        painter.fillRect(QRect(60, 80, 8, 14), Qt.GlobalColor.black)
    (piece,) = pieces(image, {key(GRANTED): QRect(20, 60, 360, 60)}, QSize(70, 38)).values()
    assert piece.size() == QSize(70, 38)
    assert piece.contains(QRect(60, 80, 8, 14))


def test_a_long_number_is_never_cut_off() -> None:
    image = page()
    ink = QRect(40, 80, 200, 14)
    with QPainter(image) as painter:
        for x in range(ink.left(), ink.right(), 12):
            painter.fillRect(QRect(x, ink.top(), 8, ink.height()), Qt.GlobalColor.black)
    (piece,) = pieces(image, {key(GRANTED): QRect(20, 60, 360, 60)}, QSize(70, 38)).values()
    assert piece.contains(ink.adjusted(0, 0, -4, 0))


def test_a_faint_figure_is_found_beside_a_fold_and_a_ruled_line_that_slants() -> None:
    image = page()
    image.fill(QColor(225, 222, 215))
    figure = QRect(80, 84, 9, 14)
    with QPainter(image) as painter:
        painter.fillRect(QRect(220, 0, 40, 200), QColor(150, 150, 148))  # the shadow of a fold, and the fold
        painter.fillRect(QRect(218, 0, 2, 200), QColor(60, 60, 60))
        painter.setPen(QPen(QColor(40, 40, 40), 2))
        painter.drawLine(20, 60, 380, 68)
        painter.drawLine(20, 118, 380, 114)
        painter.setPen(QPen(QColor(185, 183, 178), 2))
        painter.drawEllipse(figure)
    (piece,) = pieces(image, {key(GRANTED): QRect(20, 60, 360, 60)}, QSize(70, 38)).values()
    assert piece.contains(figure)
    assert piece.width() == 70


def test_neither_a_leaning_line_nor_a_seal_nor_what_juts_in_is_taken_for_the_figure() -> None:
    image = page()
    image.fill(QColor(245, 240, 242))
    figure, black, red = QRect(196, 85, 8, 12), QColor(60, 60, 60), QColor(200, 90, 110)
    with QPainter(image) as painter:
        painter.setPen(QPen(black, 2))
        painter.drawLine(24, 76, 110, 66)  # broken where a fold ran
        painter.drawLine(240, 62, 380, 54)
        painter.fillRect(QRect(60, 50, 16, 18), black)  # of the row above
        painter.fillRect(QRect(30, 80, 60, 3), black)
        painter.fillRect(QRect(300, 78, 14, 16), red)
        painter.setPen(QPen(QColor(140, 140, 140), 2))
        painter.drawEllipse(figure)
    (piece,) = pieces(image, {key(GRANTED): QRect(20, 60, 360, 60)}, QSize(70, 38)).values()
    assert piece.contains(figure)


@pytest.mark.parametrize("box", [QRect(390, 190, 60, 60), QRect(500, 500, 10, 10), QRect(10, 10, 1, 1)])
def test_a_box_at_or_beyond_the_edge_does_no_harm(box: QRect) -> None:
    (piece,) = pieces(page(), {key(GRANTED): box}, QSize(70, 38)).values()
    assert page().rect().contains(piece) or piece.isEmpty()


def test_a_read_only_workspace_confirms_nothing(sheet: ZeroSheet, session: Session) -> None:
    session.keeper.is_read_only = True
    press(Key.Key_Return)
    assert decided(session) == 0
    assert session.undo_stack.count() == 0


def test_to_confirm_more_of_a_checked_report_leaves_it_checked(window: MainWindow) -> None:
    window.session.select(1)
    entry = window.session.entry
    assert entry is not None
    window.session.review.mark_checked()
    assert entry.is_checked
    QTest.keyClick(window, Key.Key_G, Modifier.ControlModifier)
    look_through(window.zero_sheet)
    press(Key.Key_Return)
    assert len(entry.decided) > 100
    assert entry.is_checked
    window.session.set_text(key(COMPULSION), "4")
    assert not entry.is_checked
