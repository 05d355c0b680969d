"""The keys that move in a table: the frame, what is selected and what a key does stay together."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from desktop.session import Session
from tests.desktop.conftest import key
from tests.desktop.keys import CTRL, SHIFT, Key, Modifier, press

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
