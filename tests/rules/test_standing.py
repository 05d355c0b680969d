"""What was decided in a report is known after every edit, however it came to be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from parser.model.decision import CONFIRMED, PICKED, REREAD, TYPED, UNDONE, Standing, decisions, last_changes
from parser.model.report import Cell, CellKey, Edit, State

_KEYS = [CellKey.parse(f"applications.{row}.natural_person") for row in ("granted", "partially_granted")]
_BEGIN = datetime(2024, 1, 15, 9, tzinfo=UTC)
_Made = list[tuple[int, str, int]]
_MADE = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from([TYPED, TYPED, CONFIRMED, PICKED, REREAD, UNDONE, UNDONE]),
        st.integers(0, 3),
    ),
    max_size=12,
)


def _edits(made: _Made) -> tuple[Edit, ...]:
    """Return edits of two cells: which one, why, and to what value."""
    cells = {key: Cell(State.NUMBER, Decimal(0)) for key in _KEYS}
    edits = []
    for number, (at, reason, value) in enumerate(made):
        key = _KEYS[at]
        after = cells[key] if reason == CONFIRMED else replace(cells[key], value=Decimal(value))
        edits.append(Edit(key, cells[key], after, reason, "王", _BEGIN + timedelta(minutes=number)))
        cells[key] = after
    return tuple(edits)


@given(_MADE, st.lists(st.integers(0, 12), max_size=6))
def test_going_on_from_what_is_known_comes_to_the_same_as_beginning_anew(made: _Made, stops: list[int]) -> None:
    edits, standing = _edits(made), Standing()
    for stop in [*stops, len(edits)]:  # also back to fewer, as when a report is read anew
        standing.take(edits[:stop])
        assert standing.decisions == decisions(edits[:stop])
        assert standing.last_changes == last_changes(edits[:stop])


@given(_MADE, _MADE)
def test_other_edits_leave_nothing_of_those_before(before: _Made, after: _Made) -> None:
    standing = Standing(_edits(before))
    standing.take(_edits(after))
    assert standing.decisions == decisions(_edits(after))


def test_what_was_undone_leaves_what_stood_before() -> None:
    edits = _edits([(0, TYPED, 1), (0, TYPED, 2), (1, PICKED, 0), (0, UNDONE, 1)])
    assert decisions(edits) == {_KEYS[0]: (0, edits[0])}
    assert last_changes(edits) == {_KEYS[0]: 0}


def test_none_of_what_was_done_in_one_step_came_before_another() -> None:
    edits = _edits([(0, TYPED, 1), (1, TYPED, 2), (0, TYPED, 3)])
    at_once = tuple(replace(edit, at=_BEGIN) for edit in edits[:2])
    standing = Standing(at_once)
    assert standing.last_changes == {_KEYS[0]: 0, _KEYS[1]: 0}
    standing.take((*at_once, edits[2]))
    assert standing.last_changes == {_KEYS[0]: 2, _KEYS[1]: 0}
    by_two = (at_once[0], replace(at_once[1], author="李"))
    assert last_changes(by_two) == {_KEYS[0]: 0, _KEYS[1]: 1}


def test_what_came_before_a_reading_is_gone() -> None:
    edits = _edits([(0, TYPED, 1), (0, REREAD, 1), (1, TYPED, 2)])
    assert decisions(edits) == {_KEYS[1]: (2, edits[2])}
    assert last_changes(edits) == {_KEYS[1]: 2}
