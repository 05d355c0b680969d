"""Where the source is shown for a cell that it does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.main_window import MainWindow
from desktop.models.queue_model import ARRIVAL
from desktop.whereabouts import place_near
from parser.model.place import TextSpan
from parser.model.report import ABSENT, CellKey
from tests.desktop.conftest import LICENSING, key
from tests.desktop.keys import CTRL, Key, press

FIRST, NEXT = "proactive.rules.issued", "proactive.rules.repealed"


@pytest.mark.parametrize(
    ("placed", "asked", "found"),
    [
        ({FIRST: 3, NEXT: 5}, NEXT, 5),
        ({FIRST: 3, LICENSING: 9}, NEXT, 3),
        ({NEXT: 5, LICENSING: 9}, FIRST, 5),
        ({}, FIRST, None),
    ],
    ids=["its own", "the last before it", "the next", "nowhere"],
)
def test_the_place_of_a_cell_or_the_nearest(
    window: MainWindow, placed: dict[str, int], asked: str, found: int | None
) -> None:
    entry = window.session.entry
    assert entry is not None
    assert entry.report is not None
    cells = dict.fromkeys(entry.report.cells, ABSENT)
    for name, at in placed.items():
        cells[key(name)] = replace(ABSENT, place=TextSpan(at, at + 1))
    entry.report.cells.clear()
    entry.report.cells.update(cells)
    assert place_near(entry, key(asked)) == (None if found is None else TextSpan(found, found + 1))


def test_a_report_comes_back_at_the_cell_where_it_was_left(window: MainWindow) -> None:
    window.queue.sort_by(ARRIVAL)  # the next one is one with a report
    session, first = window.session, window.session.position
    window.tables.focus_current()
    press(Key.Key_Right)
    press(Key.Key_Right)
    left = session.key
    assert session.entry is not None
    assert left != session.entry.first_to_look_at
    for _ in range(2):
        press(Key.Key_PageDown, CTRL)
        assert session.position != first
        press(Key.Key_PageUp, CTRL)
        assert (session.position, session.key) == (first, left)
    press(Key.Key_PageDown, CTRL)
    session.entries[first].last_key = CellKey("of", "another", "form")
    press(Key.Key_PageUp, CTRL)
    assert session.key == session.entry.first_to_look_at
