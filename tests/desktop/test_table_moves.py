"""The keys that move in a table: the frame, what is selected and what a key does stay together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.views.form_table import FormTable
from parser.model.place import TextSpan
from tests.desktop.conftest import key
from tests.desktop.keys import CTRL, SHIFT, Key, Modifier, focus, press

APPLICATIONS, PROACTIVE = "applications.{}.{}", "proactive.{}.{}"
HERE = APPLICATIONS.format("denied_state_secret", "research_institution")


def go(window: MainWindow, name: str) -> None:
    window.session.go_to(key(name))
    window.tables.focus_current()


@pytest.mark.parametrize(
    ("what", "modifiers", "row", "column"),
    [
        (Key.Key_Home, Modifier.NoModifier, "denied_state_secret", "natural_person"),
        (Key.Key_End, Modifier.NoModifier, "denied_state_secret", "total"),
        (Key.Key_Home, CTRL, "new_received", "natural_person"),
        (Key.Key_End, CTRL, "carried_forward", "total"),
        (Key.Key_Up, CTRL, "new_received", "research_institution"),
        (Key.Key_Down, CTRL, "carried_forward", "research_institution"),
        (Key.Key_Left, CTRL, "denied_state_secret", "natural_person"),
        (Key.Key_Right, CTRL, "denied_state_secret", "total"),
    ],
)
def test_keys_lead_where_they_lead_in_a_spreadsheet_and_delete_empties_that_cell(
    window: MainWindow, session: Session, what: Key, modifiers: Modifier, row: str, column: str
) -> None:
    go(window, HERE)
    press(what, modifiers)
    reached = key(APPLICATIONS.format(row, column))
    assert session.key == reached
    assert session.report is not None
    before = session.report.cells[key(HERE)]
    press(Key.Key_Delete)
    assert session.report.cells[reached].shown == ""
    assert session.report.cells[key(HERE)] is before


def test_shift_with_it_selects_as_far(window: MainWindow) -> None:
    go(window, HERE)
    press(Key.Key_Right, CTRL | SHIFT)
    press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "\t".join(["0"] * 5)


def test_the_current_cell_stays_where_a_block_was_begun(window: MainWindow, session: Session) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    for _ in range(2):
        press(Key.Key_Down, SHIFT)
    press(Key.Key_Right, SHIFT)
    assert session.key == key(HERE)
    assert len(table.blocks.keys()) == 6
    press(Key.Key_Up, SHIFT)
    assert len(table.blocks.keys()) == 4
    press(Key.Key_PageDown, SHIFT)
    drawn = table.blocks.keys()
    assert len(drawn) > 12
    assert drawn[0] == session.key == key(HERE)
    press(Key.Key_Down)  # from where the block was begun
    assert session.key == key(APPLICATIONS.format("denied_prohibited_by_law", "research_institution"))
    press(Key.Key_Down, SHIFT)
    assert len(table.blocks.keys()) == 2


def test_a_click_on_the_current_cell_ends_its_block(window: MainWindow) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    for _ in range(3):
        press(Key.Key_Down, SHIFT)
    click(table.viewport(), table.visualRect(table.currentIndex()).center())
    assert len(table.blocks.keys()) == 1
    press(Key.Key_Down, SHIFT)
    assert len(table.blocks.keys()) == 2


def hold(port: QWidget, at: QPointF) -> None:
    """Move the mouse with its left button held."""
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    moved = QMouseEvent(QMouseEvent.Type.MouseMove, at, port.mapToGlobal(at), none, left, Modifier.NoModifier)
    QApplication.sendEvent(port, moved)


def drag(table: FormTable, name: str, *, by: Modifier = Modifier.NoModifier) -> None:
    """Press the mouse on the current cell and move it, held, to another; with a modifier click there."""
    there = table.visualRect(table.model().index_of(key(name))).center()
    port = table.viewport()
    if by:
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, by, there)
        return
    here = table.visualRect(table.currentIndex()).center()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=here)
    hold(port, QPointF(there))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=there)


@pytest.mark.parametrize("by", [Modifier.NoModifier, SHIFT])
def test_a_block_is_drawn_with_the_mouse(window: MainWindow, session: Session, by: Modifier) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    drag(table, APPLICATIONS.format("denied_prohibited_by_law", "public_welfare_org"), by=by)
    assert len(table.blocks.keys()) == 4
    assert session.key == key(HERE)


def test_a_block_drawn_beyond_the_edge_goes_on_and_on(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    port = table.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=table.visualRect(table.currentIndex()).center())
    beyond = QPointF(port.width() / 2, port.height() + 20)
    hold(port, beyond)
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=beyond.toPoint())
    assert session.key == key(HERE)
    assert key(APPLICATIONS.format("carried_forward", "public_welfare_org")) == table.blocks.keys()[-1]


@pytest.mark.parametrize("what", [Key.Key_PageDown, Key.Key_PageUp])
def test_a_page_up_or_down_ends_on_a_value(window: MainWindow, session: Session, what: Key) -> None:
    go(window, PROACTIVE.format("administrative_penalty", "decisions"))
    press(what)
    table = window.tables.current_table
    assert table is not None
    assert session.key is not None
    assert session.key.table == "proactive"
    assert table.blocks.keys() == [session.key]


# ── with the mouse ───────────────────────────────────────────────────────────────────


def click(widget: QWidget, where: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


def test_a_clicked_label_chooses_its_row(window: MainWindow, session: Session) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    row = table.visualRect(table.model().index(1, 0)).center().y()
    side = table.verticalHeader().viewport()
    click(side, QPoint(side.width() - 20, row))
    assert session.key == key(APPLICATIONS.format("carried_over", "natural_person"))
    chosen = table.blocks.keys()
    assert {each.row for each in chosen} == {"carried_over"}
    assert len(chosen) == 7


def test_a_clicked_head_chooses_its_column(window: MainWindow, session: Session) -> None:
    go(window, HERE)
    table = window.tables.current_table
    assert table is not None
    top = table.horizontalHeader().viewport()
    click(top, QPoint(table.visualRect(table.model().index(0, 6)).center().x(), top.height() - 5))
    assert session.key == key(APPLICATIONS.format("new_received", "total"))
    chosen = table.blocks.keys()
    assert {each.column for each in chosen} == {"total"}


def test_a_clicked_label_among_the_values_chooses_those_beside_it(window: MainWindow, session: Session) -> None:
    go(window, PROACTIVE.format("administrative_penalty", "decisions"))
    table = window.tables.current_table
    assert table is not None
    value = table.visualRect(table.model().index_of(key(PROACTIVE.format("rules", "issued"))))
    click(table.viewport(), QPoint(10, value.center().y()))
    assert session.key == key(PROACTIVE.format("rules", "issued"))
    chosen = table.blocks.keys()
    assert {each.row for each in chosen} == {"rules"}


def test_a_clicked_tab_gives_the_keyboard_to_its_table(window: MainWindow) -> None:
    window.queue.view.setFocus()
    tabs = window.tables._tabs
    click(tabs, tabs.tabRect(1).center())
    assert focus().objectName() == "table.applications"
    click(tabs, tabs.tabRect(3).center())
    assert focus().objectName() == "narrative_view"


def test_after_a_click_in_the_source_or_on_a_finding_figures_go_to_the_cell(
    window: MainWindow, session: Session
) -> None:
    source, findings = window.source.view, window.findings.view
    assert session.report is not None
    place = session.report.cells[key(PROACTIVE.format("rules", "repealed"))].place
    assert isinstance(place, TextSpan)
    cursor = source.textCursor()  # type: ignore[union-attr]
    cursor.setPosition(place.start)
    source.setTextCursor(cursor)  # type: ignore[union-attr]
    click(source.viewport(), source.cursorRect(cursor).center())  # type: ignore[union-attr]
    assert focus().objectName() == "table.proactive"
    click(findings.viewport(), findings.visualRect(findings.model().index(0, 0)).center())
    assert session.finding is not None
    assert focus() is window.tables.current_table
