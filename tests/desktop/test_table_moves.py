"""The keys that move in a table: the frame, what is selected and what a key does stay together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.main_window import MainWindow
from desktop.session import Session
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
