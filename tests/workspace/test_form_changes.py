"""Edits of cells that a report no longer has, and has again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parser.model.decision import CONVERTED, TYPED, UNDONE
from parser.model.report import Cell, CellKey, Edit, State
from parser.workspace.form_changes import in_present_form

_AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
_OTHER = CellKey.parse("applications.other.natural_person")  # only the form of 2019 has it
_BOTH = CellKey.parse("applications.granted.natural_person")


def _edit(key: CellKey, before: str, after: str, reason: str = TYPED) -> Edit:
    cells = (Cell(State.MARK, raw=raw) for raw in (before, after))
    return Edit(key, *cells, reason, "张三", _AT)


def _form(before: str, after: str, reason: str = TYPED) -> Edit:
    return _edit(CellKey.of_head("form"), before, after, reason)


def _present(log: list[Edit]) -> list[Edit]:
    return [edit for _, edit in in_present_form(log)]


_THERE, _BACK = _form("2019", "2021"), _form("2021", "2019")


@pytest.mark.parametrize("there", [_THERE, _form("2019", "2021", CONVERTED)])
def test_what_another_form_did_not_have_decides_nothing_when_it_is_there_again(there: Edit) -> None:
    own, shared = _edit(_OTHER, "", "3"), _edit(_BOTH, "", "4")
    assert _present([own, shared, there, _BACK]) == [shared, there, _BACK]


def test_to_undo_the_change_of_form_brings_it_back_in_its_place() -> None:
    own, shared, more = _edit(_OTHER, "", "3"), _edit(_BOTH, "", "4"), _edit(_BOTH, "4", "5")
    undone = _form("2021", "2019", UNDONE)
    assert _present([own, shared, _THERE, more, undone]) == [own, shared, _THERE, more, undone]


def test_what_is_done_after_the_form_is_there_again_counts() -> None:
    first, again = _edit(_OTHER, "", "3"), _edit(_OTHER, "", "5")
    assert _present([first, _THERE, _BACK, again]) == [_THERE, _BACK, again]


def test_an_unknown_form_leaves_nothing_out() -> None:
    own, there = _edit(_OTHER, "", "3"), _form("2019", "2033")
    assert _present([own, there]) == [own, there]
