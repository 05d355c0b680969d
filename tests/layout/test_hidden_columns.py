"""Lines between columns that are known by the widths of the others."""

from __future__ import annotations

import numpy as np
import pytest

from parser.layout.hidden_columns import Hidden, hidden_columns

_YS = np.array([0.0, 100.0, 160.0])
_XS = np.array([0.0, 80.0, 160.0, 240.0, 400.0, 480.0])  # the fourth column is as wide as two


def _ink(share: float) -> np.ndarray:
    """Return a page on which ink runs along the middle of the wide column, wavering, for so much of its length."""
    ink = np.zeros((160, 480), np.uint8)
    for top, bottom in ((0, 100), (100, 160)):
        for y in range(top, top + round(share * (bottom - top))):
            ink[y, 319 + y % 3] = 255
    return ink


def _found(ink: np.ndarray, drawn: np.ndarray) -> list[Hidden]:
    return hidden_columns(_XS, _YS, drawn, ink, None)


_DRAWN = np.ones((len(_XS), len(_YS) - 1), dtype=np.bool_)


def test_a_line_that_something_has_frayed_parts_a_column_as_wide_as_two() -> None:
    ((column, place, _),) = _found(_ink(0.8), _DRAWN)
    assert column == 3
    assert place == pytest.approx(320, abs=3)


@pytest.mark.parametrize("share", [0.0, 0.6])  # characters one below the other leave gaps
def test_a_wide_column_stays_one_where_too_little_runs_along_its_middle(share: float) -> None:
    assert _found(_ink(share), _DRAWN) == []


def test_ink_in_one_of_two_rows_is_no_line() -> None:
    ink = _ink(0.8)
    ink[100:] = 0
    assert _found(ink, _DRAWN) == []


def test_only_rows_that_both_neighbours_part_are_looked_at() -> None:
    ink, drawn = _ink(0.8), _DRAWN.copy()
    ink[:100] = 0
    drawn[3:5, 0] = False
    assert [line.column for line in _found(ink, drawn)] == [3]


@pytest.mark.parametrize(("inked", "found"), [((320, 400), [320, 400]), ((320,), [])])
def test_a_column_as_wide_as_three_is_three_where_ink_runs_along_both_lines(
    inked: tuple[int, ...], found: list[int]
) -> None:
    xs = np.array([0.0, 80.0, 160.0, 240.0, 480.0, 560.0])
    ink = np.zeros((160, 560), np.uint8)
    for x in inked:
        ink[:, x - 1 : x + 2] = 255
    hidden = hidden_columns(xs, _YS, np.ones((len(xs), 2), dtype=np.bool_), ink, None)
    assert [line.column for line in hidden] == [3] * len(found)
    assert [line.place for line in hidden] == pytest.approx(found, abs=3)


@pytest.mark.parametrize(("lost", "found"), [([158.0], [160]), ([], []), ([120.0], [])])
def test_two_other_columns_are_enough_where_a_piece_of_the_line_was_seen(lost: list[float], found: list[int]) -> None:
    xs, ink = np.array([0.0, 80.0, 240.0, 320.0]), np.zeros((160, 320), np.uint8)
    ink[:, 160] = 255
    hidden = hidden_columns(xs, _YS, np.ones((len(xs), 2), dtype=np.bool_), ink, None, lost)
    assert [line.place for line in hidden] == pytest.approx(found, abs=3)
