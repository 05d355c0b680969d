"""The field over a cell is as wide as what is typed into it, and stays within the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.views.cell_delegate import CellEditor
from tests.desktop.conftest import key
from tests.desktop.keys import Key, focus, press, write

LONG = "１２，３４５，６７８"
CELLS = [f"applications.granted.{column}" for column in ("natural_person", "legal_service_org", "total")]


def editor() -> CellEditor:
    field = focus()
    assert isinstance(field, CellEditor)
    return field


def place(window: MainWindow) -> tuple[QRect, QRect]:
    """Return the current cell and what is in sight of its table."""
    table = window.tables.current_table
    assert table is not None
    return table.visualRect(table.currentIndex()), table.viewport().rect()


def go_to(window: MainWindow, name: str) -> None:
    window.session.go_to(key(name))
    window.tables.focus_current()


def shows_all(field: CellEditor) -> bool:
    middle = field.height() // 2
    ends = field.cursorPositionAt(QPoint(1, middle)), field.cursorPositionAt(QPoint(field.width() - 1, middle))
    return ends == (0, len(field.text()))


@pytest.mark.parametrize("name", CELLS)
def test_all_that_is_typed_is_in_sight(window: MainWindow, name: str) -> None:
    go_to(window, name)
    write(LONG)
    cell, sight = place(window)
    assert editor().text() == LONG
    assert editor().width() > cell.width()
    assert shows_all(editor())
    assert sight.contains(editor().geometry())
    assert editor().geometry().contains(cell.center())


def test_over_what_the_cell_has_room_for_it_is_as_wide_as_the_cell(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write("1")
    cell, _ = place(window)
    narrow = editor().geometry()
    assert cell.contains(narrow)
    write(LONG)
    for _ in LONG:
        press(Key.Key_Backspace)
    assert editor().geometry() == narrow


def test_what_an_input_method_composes_is_in_sight_too(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write("1")
    before = editor().width()
    QApplication.sendEvent(editor(), QInputMethodEvent("ershisan'wan'liuqian", []))
    assert editor().width() > before
    QApplication.sendEvent(editor(), QInputMethodEvent())
    assert editor().width() == before


def test_it_stays_wide_over_its_cell_when_the_table_is_scrolled(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write(LONG)
    table = window.tables.current_table
    assert table is not None
    wide = editor().width()
    table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 9)
    cell, _ = place(window)
    assert editor().width() == wide
    assert cell.top() <= editor().y() < editor().geometry().bottom() <= cell.bottom()


# ── left with the mouse ──────────────────────────────────────────────────────────────


def test_what_is_being_typed_is_kept_when_the_window_is_closed(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write("123")
    window.close()
    assert window.session.report is not None
    assert window.session.report.cells[key(CELLS[0])].shown == "123"
    assert window.isHidden()


def test_the_window_is_not_closed_over_what_is_no_value(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write("5abc")
    window.close()
    assert window.isVisible()
    assert editor().text() == "5abc"
    press(Key.Key_Escape)


def test_what_is_no_value_is_not_dropped_in_silence(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, CELLS[0])
    write("5abc")
    window.source.view.setFocus()
    qtbot.waitUntil(lambda: "“5abc”不是数，没有改" in window.statusBar().currentMessage())
    assert window.session.undo_stack.count() == 0


def test_a_click_that_leaves_what_is_no_value_chooses_the_cell_it_was_on(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, "applications.carried_forward.total")
    write("5x")
    table, model = window.tables.current_table, window.tables.tables[1].model()
    assert table is not None
    index = model.index_of(key("applications.other_misc.total"))
    where = table.visualRect(index).center()
    for act in (QTest.mousePress, QTest.mouseRelease):
        act(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        qtbot.wait(30)
    assert table.currentIndex() == index
    assert table.visualRect(index).center() == where
    words = window.statusBar().currentMessage()
    assert words == "“5x”不是数，没有改：四、结转下年度继续办理·总计还是原来的"


def test_undo_with_the_mouse_takes_back_what_was_just_typed(window: MainWindow) -> None:
    go_to(window, CELLS[0])
    write("12")
    press(Key.Key_Return)
    go_to(window, CELLS[1])
    write("34")
    window.review._actions.undo.trigger()
    assert window.session.report is not None
    assert [window.session.report.cells[key(name)].shown for name in CELLS[:2]] == ["12", "0"]
