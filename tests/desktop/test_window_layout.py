"""The panes share the window out so that the tables have room, on the smallest screen and with the largest text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QScreen
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.form_layout import layout_of
from desktop.settings import Settings
from desktop.views.table_fit import row_heights, widths_in
from parser.templates.load import template, templates
from tests.desktop.conftest import GRANTED, FakeBackend, MakeWindow, OpenWindow, key
from tests.desktop.test_dialogs import DIALOGS

SMALLEST = (911, 480)  # 1366 × 768 at 150 %, without title and task bar


def rows_in_sight(window: MainWindow) -> int:
    table = window.tables.current_table
    assert table is not None
    return table.rowAt(table.viewport().height() - 1) - table.rowAt(0)


def test_on_the_smallest_screen_the_findings_show_their_worst_and_the_table_has_the_rest(window: MainWindow) -> None:
    window.resize(*SMALLEST)
    window.session.go_to(key(GRANTED))
    assert (window.width(), window.height()) == SMALLEST
    assert window.findings.height() <= 64
    assert window.findings.view.viewport().height() >= 28
    table = window.tables.current_table
    assert table is not None
    assert rows_in_sight(window) >= 4
    assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", ["remedies.review.total", "proactive.fees.amount"])
def test_on_the_smallest_screen_no_table_is_wider_than_its_pane(window: MainWindow, name: str) -> None:
    window.resize(*SMALLEST)
    window.session.go_to(key(name))
    table = window.tables.current_table
    assert table is not None
    assert table.horizontalScrollBar().maximum() == 0


def test_a_border_drawn_by_hand_stays_where_it_is(window: MainWindow, qtbot: QtBot) -> None:
    handle = window.review.report.handle(1)
    before = window.findings.height()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(50, 2))
    QTest.mouseMove(handle, QPoint(50, -78))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(50, -78))
    assert window.findings.height() > before
    share = window.findings.height() / window.review.report.height()
    window.resize(1366, 700)
    assert window.findings.height() / window.review.report.height() == pytest.approx(share, abs=0.05)


def test_only_what_was_drawn_by_hand_is_remembered(
    window: MainWindow, open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window.review.moveSplitter(300, 1)
    window.close()
    settings = Settings(tmp_path / "window.ini")
    assert settings.layout("review") is not None
    assert settings.layout("right") is None
    other = open_window(*backend.reports)
    assert other.source.width() == pytest.approx(300, abs=2)


@pytest.mark.parametrize("choice", ["", "large", "larger"])
def test_group_labels_have_the_width_of_their_ordinals(window: MainWindow, choice: str) -> None:
    window.desk.choose_text(choice)
    metrics, layout = QFontMetrics(window.font()), layout_of(template("2021").table("applications"))
    widths = widths_in(layout, 500, metrics)
    assert widths[0] > metrics.horizontalAdvance("三、")
    assert widths[1] > metrics.horizontalAdvance("（四）")
    window.desk.choose_text("")


def test_labels_give_way_before_a_table_gets_wider_than_its_room(window: MainWindow) -> None:
    metrics = QFontMetrics(window.font())
    for form in templates():
        for table in form.tables:
            layout = layout_of(table)
            for room in (520, 640, 900):
                assert sum(widths_in(layout, room, metrics)) == room, (form.id, table.key, room)


def test_the_current_cell_stays_in_sight_with_larger_text(window: MainWindow) -> None:
    window.session.go_to(key("applications.carried_forward.total"))
    table = window.tables.current_table
    assert table is not None
    for choice in ("larger", ""):
        window.desk.choose_text(choice)
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_after_a_jump_no_row_is_half_hidden_and_a_click_moves_nothing(window: MainWindow) -> None:
    window.session.go_to(key("applications.not_processed_publication.total"))
    table = window.tables.current_table
    assert table is not None
    bar = table.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()
    assert table.rowViewportPosition(table.rowAt(0)) == 0
    bar.setValue(bar.value() + 5)
    window.session.go_to(key("applications.not_processed_repeated.total"))
    assert table.rowViewportPosition(table.rowAt(0)) == -5


def test_a_long_label_among_the_values_gets_its_lines(window: MainWindow) -> None:
    metrics, layout = QFontMetrics(window.font()), layout_of(template("2019").table("proactive"))
    heights = row_heights(layout, widths_in(layout, 480, metrics), metrics)
    row = next(cell.row for cell in layout.body.values() if cell.label and cell.label.text.startswith("其他对外管理"))
    assert heights[row] >= 2 * metrics.lineSpacing()


@pytest.mark.parametrize("name", ["about", "keys"])
def test_what_only_shows_something_is_no_larger_than_the_screen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(640, 400))
    dialog = DIALOGS[name](window, Settings(tmp_path / "other.ini"))
    size = dialog.size()
    dialog.reject()
    assert size.width() <= 640
    assert size.height() <= 400


def test_all_keys_are_in_sight_on_the_smallest_screen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(1920, 1080))
    dialog = DIALOGS["keys"](window, Settings(tmp_path / "other.ini"))
    size = dialog.size()
    dialog.reject()
    assert size.width() <= SMALLEST[0] - 16
    assert size.height() <= SMALLEST[1]


_SCREEN_WIDTH = slice(46, 50)  # in what Qt saves of a window: the width of the screen that it was on


def saved_on_a_screen_of(width: int, window: MainWindow, settings: Settings) -> None:
    """Have the place and size of a closed window as they would be from another screen."""
    saved = settings.layout("window")
    assert saved is not None
    data = bytearray(saved.data())
    assert int.from_bytes(data[_SCREEN_WIDTH]) == window.screen().size().width()
    data[_SCREEN_WIDTH] = width.to_bytes(4)
    settings.remember_layout("window", QByteArray(bytes(data)))


@pytest.mark.parametrize("size", [(3000, 1900), (700, 3000)])
def test_a_window_left_on_a_larger_screen_comes_back_no_larger_than_this_one(
    make_window: MakeWindow, tmp_path: Path, size: tuple[int, int]
) -> None:
    before, settings = make_window(), Settings(tmp_path / "window.ini")
    before.resize(*size)
    before.let_go()
    saved_on_a_screen_of(3200, before, settings)
    again = make_window()
    room = again.screen().availableSize()
    assert again.width() <= room.width()
    assert again.height() <= room.height() - 32  # its title bar is on the screen too
    assert not again.isMaximized()


def test_a_window_left_maximized_comes_back_maximized_on_any_screen(make_window: MakeWindow, tmp_path: Path) -> None:
    before, settings = make_window(), Settings(tmp_path / "window.ini")
    before.showMaximized()
    before.let_go()
    saved_on_a_screen_of(3200, before, settings)
    again = make_window()
    assert again.isMaximized()
    room = again.screen().availableSize()
    assert again.normalGeometry().height() <= room.height() - 32
    again.showNormal()
    again.let_go()
    assert not make_window().isMaximized()
