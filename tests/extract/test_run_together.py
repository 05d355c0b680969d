"""Tables whose cells a copy ran together: figures and marks right behind their labels, without anything between."""

from __future__ import annotations

import re

import pytest

from parser.model.report import State
from tests.extract.snippets import numbered, read, row, shown, silent, written

_GAPS = re.compile(r"(?<=\S)[ \t]+(?=\S)|[ \t]+(?=\n)")


def _run_together(due: dict[str, str]) -> str:
    return _GAPS.sub("", written("2021", due, "tabs"))


@pytest.mark.parametrize("mark", ["/", "无"])
def test_marks_are_one_a_cell(mark: str) -> None:
    due = dict.fromkeys(numbered("2021"), mark)
    report = read(_run_together(due))
    assert silent(report, due) == {}
    for name in ("proactive.rules", "applications.granted", "applications.carried_forward", "remedies.review"):
        assert set(row(report, name)) == {mark}, name
    assert row(report, "proactive.administrative_licensing") == [mark]


def test_hyphens_are_marks_where_they_are_no_rule() -> None:
    due = dict.fromkeys(numbered("2021"), "-")
    report = read(_run_together(due))
    assert silent(report, due) == {}
    assert row(report, "applications.granted") == ["-"] * 7


@pytest.mark.parametrize("mark", ["/", "-", "无"])
def test_more_or_fewer_marks_than_cells_are_never_blanks(mark: str) -> None:
    due = dict.fromkeys(numbered("2021"), mark)
    for wrong in (3, 6, 8):
        text = re.sub(rf"(（一）予以公开){mark}+", rf"\g<1>{mark * wrong}", _run_together(due))
        report = read(text)
        assert all(cell.startswith(("?", "!")) for cell in row(report, "applications.granted")), wrong


def test_the_digits_of_one_figure_are_doubted_as_before() -> None:
    due = dict.fromkeys(numbered("2021"), "0")
    report = read(_run_together(due))
    assert silent(report, due) == {}
    assert row(report, "applications.granted") == ["?0"] * 7
    assert all(cell.doubts or cell.state is not State.BLANK for cell in report.cells.values())
    assert len(shown(report)) == len(due)
