"""Lines under a fold, or lost under a seal, that are known by what is written on both of their sides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from parser.layout.hidden_columns import Hidden
from parser.layout.parted_columns import parted_columns, with_parted_stretches

_SIDE = 2340
_XS = np.array([0.0, 500.0, 600.0, 700.0])  # labels and the first figures run together in the first column
_YS = np.array([0.0, 60.0, 120.0, 180.0, 240.0])
_FOLD = 400
_DRAWN = np.ones((len(_XS), len(_YS) - 1), dtype=np.bool_)


def _page(*rows: tuple[tuple[int, int], ...]) -> npt.NDArray[np.uint8]:
    """Return what is written: in every row, words from one column of pixels to another."""
    ink = np.zeros((round(_YS[-1]), 701), np.uint8)
    for top, words in zip(_YS[:-1].astype(int), rows, strict=True):
        for left, right in words:
            for x in range(left, right, 12):
                ink[top + 20 : top + 40, x : x + 10] = 255
    return ink


def _found(ink: npt.NDArray[np.uint8], drawn: npt.NDArray[np.bool_] = _DRAWN, fold: int = _FOLD) -> list[Hidden]:
    doubt = np.zeros_like(ink)
    doubt[:, fold - 6 : fold + 7] = 255
    return parted_columns(_XS, _YS, drawn, ink, doubt, [], _SIDE)


_LABEL, _FIGURE = (20, 300), (440, 462)


def test_a_fold_between_labels_and_figures_is_a_line() -> None:
    ((column, place, rows),) = _found(_page(*[(_LABEL, _FIGURE)] * 4))
    assert (column, round(place)) == (0, _FOLD)
    assert rows.all()


def test_rows_without_a_figure_are_parted_like_the_others() -> None:
    ((_, _, rows),) = _found(_page((_LABEL,), (_LABEL, _FIGURE), (_LABEL, _FIGURE), (_LABEL,)))
    assert rows.all()


def test_a_row_of_other_cells_is_left_whole() -> None:
    drawn = _DRAWN.copy()
    drawn[1:3, 0] = False
    ((_, _, rows),) = _found(_page(((200, 560),), *[(_LABEL, _FIGURE)] * 3), drawn)
    assert rows.tolist() == [False, True, True, True]


def test_a_row_in_which_words_go_on_through_the_fold_is_left_whole() -> None:
    ((_, _, rows),) = _found(_page(((250, 470),), *[(_LABEL, _FIGURE)] * 3))
    assert rows.tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    "words",
    [
        (_FIGURE,),  # nothing before the fold: it goes through a cell of figures
        (_LABEL,),  # nothing behind it
        ((20, 450),),  # a label through which it goes
        (_LABEL, (414, 436)),  # something that does not stand in the middle
        (_LABEL, (408, 490)),  # … or leaves no margin
    ],
)
def test_a_fold_that_parts_nothing_is_no_line(words: tuple[tuple[int, int], ...]) -> None:
    assert _found(_page(*[words] * 4)) == []


def test_a_figure_in_one_row_of_several_is_not_enough() -> None:
    assert _found(_page((_LABEL, _FIGURE), *[((20, 450),)] * 3)) == []


def test_a_fold_close_to_a_drawn_line_adds_none() -> None:
    assert _found(_page(*[(_LABEL, _FIGURE)] * 4), fold=490) == []


def test_specks_beside_a_fold_are_not_written() -> None:
    ink = _page(*[(_LABEL, _FIGURE)] * 4)
    ink[::9, 409:440:5] = 255
    assert len(_found(ink)) == 1


def test_without_a_fold_nothing_is_added() -> None:
    ink = _page(*[(_LABEL, _FIGURE)] * 4)
    assert parted_columns(_XS, _YS, _DRAWN, ink, None, [], _SIDE) == []


def _lost(ink: npt.NDArray[np.uint8], *places: float) -> list[Hidden]:
    for place in places:
        ink[30:70, round(place) - 1 : round(place) + 2] = 255  # what is left of the line
    return parted_columns(_XS, _YS, _DRAWN, ink, None, places, _SIDE)


def test_a_line_of_which_a_piece_is_left_parts_what_stands_free_on_both_sides() -> None:
    with_tick = _LABEL, (440, 486)
    ((column, place, rows),) = _lost(_page((_LABEL, _FIGURE), with_tick, (_LABEL, _FIGURE), with_tick), 400.0)
    assert (column, place) == (0, 400.0)
    assert rows.all()


@pytest.mark.parametrize("words", [((20, 450),), (_LABEL, (408, 490)), ((20, 396), _FIGURE), (_FIGURE,)])
def test_a_stroke_of_writing_is_no_piece_of_a_line(words: tuple[tuple[int, int], ...]) -> None:
    assert _lost(_page(*[words] * 4), 400.0) == []


def test_lines_beside_each_other_are_found_together_and_only_where_they_part_something() -> None:
    head, figures = ((20, 300),), ((100, 120), (240, 262), (345, 365), (440, 462))
    ink = _page(head, *[figures] * 3)
    found = _lost(ink, 200.0, 300.0, 400.0)
    assert [line.place for line in found] == [200.0, 300.0, 400.0]
    assert all(line.rows.tolist() == [False, True, True, True] for line in found)


def test_pieces_closer_to_each_other_than_columns_are_one() -> None:
    found = _lost(_page(*[(_LABEL, _FIGURE)] * 4), 400.0, 404.0, 408.0)
    assert [line.place for line in found] == [400.0]


_PARTS = np.array([0.0, 400.0, 500.0, 700.0])
_BEHIND = (592, 614)


def _with_stretches(ink: npt.NDArray[np.uint8], *, fold: int | None = None) -> list[bool]:
    """Return where the line between labels and figures is drawn if it is seen in the last row alone."""
    drawn = np.ones((len(_PARTS), len(_YS) - 1), dtype=np.bool_)
    drawn[1, :-1] = False
    doubt = np.zeros_like(ink)
    if fold is not None:
        doubt[:, fold - 6 : fold + 7] = ink[:, fold - 3 : fold + 4] = 255
    return with_parted_stretches(_PARTS, _YS, drawn, ink, doubt)[1].tolist()


@pytest.mark.parametrize("fold", [None, 400, 409])
def test_a_line_seen_in_one_row_parts_the_others_in_which_something_stands_on_both_sides(fold: int | None) -> None:
    row = _LABEL, (440, 462), _BEHIND
    assert _with_stretches(_page(row, row, row, row), fold=fold) == [True] * 4


def test_a_row_with_other_cells_or_words_across_the_line_is_left_whole() -> None:
    row = _LABEL, (440, 462), _BEHIND
    rows = [((20, 460), _BEHIND), (_LABEL, _BEHIND), row, row]
    assert _with_stretches(_page(*rows)) == [False, False, True, True]


def test_words_close_to_the_line_where_it_is_seen_prove_nothing_against_it() -> None:
    row, header = (_LABEL, (440, 462), _BEHIND), ((20, 396), (404, 496), _BEHIND)
    assert _with_stretches(_page(row, row, row, header)) == [True] * 4


def test_where_most_rows_have_something_across_the_line_none_is_parted() -> None:
    row, across = (_LABEL, (440, 462), _BEHIND), ((20, 460), _BEHIND)
    assert _with_stretches(_page(across, row, across, across)) == [False, False, False, True]


def test_no_row_is_parted_like_those_between_other_lines() -> None:
    row = _LABEL, (440, 462), _BEHIND
    ink = _page(row, row, row, row)
    drawn = np.ones((len(_PARTS), len(_YS) - 1), dtype=np.bool_)
    drawn[1, :2] = drawn[2, 2:] = False
    assert with_parted_stretches(_PARTS, _YS, drawn, ink, None)[1].tolist() == [False, False, True, True]
