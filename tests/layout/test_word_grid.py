"""Words on a page without lines make a grid where figures stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.word_columns import Word
from parser.layout.word_grid import word_tables

_HIGH, _WIDE = 30, 18  # of a word, and of one of its characters
_XS = (600, 700, 800, 900)  # middles of the columns
_LEFT = 150  # where labels begin


def word(middle: float, y: float, length: int, *, is_figure: bool = False, is_heading: bool = False) -> Word:
    """Return a word of so many characters whose middle stands there."""
    half = length * _WIDE / 2
    return Word((middle - half, y - _HIGH / 2, middle + half, y + _HIGH / 2), is_figure, is_heading)


def label(y: float, length: int, left: float = _LEFT) -> Word:
    """Return a label that begins at the left."""
    return word(left + length * _WIDE / 2, y, length)


def figures(y: float, lengths: Sequence[int], xs: Sequence[float] = _XS) -> list[Word]:
    """Return figures of so many digits on one line, one in each column; 0 for a blank."""
    return [word(x, y, length, is_figure=True) for x, length in zip(xs, lengths, strict=True) if length]


def rows_of(table: GridTable) -> list[list[GridCell]]:
    """Return the cells by row."""
    rows: dict[int, list[GridCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[n] for n in sorted(rows)]


def holds(cell: GridCell, inner: Word) -> bool:
    """Whether the middle of the word is in the cell."""
    left, top, right, bottom = cell.box
    return left < (inner.box[0] + inner.box[2]) / 2 < right and top < inner.middle < bottom


BODY = [
    *[label(400, 8), *figures(400, (1, 3, 2, 4))],
    *[label(450, 12), *figures(450, (1, 0, 0, 1))],
    *[label(500, 6), *figures(500, (0, 2, 0, 2))],
]
HEADS = [word(_XS[0], 330, 3), word(_XS[1], 315, 3), word(_XS[1], 345, 2), word(_XS[2], 330, 2), word(_XS[3], 330, 2)]


def test_figures_below_each_other_are_columns_and_what_is_missing_is_blank() -> None:
    (table,) = word_tables(BODY)
    rows = rows_of(table)
    assert [len(row) for row in rows] == [5, 5, 5]
    for y, row in zip((400, 450, 500), rows, strict=True):
        for column, x in enumerate(_XS, 1):
            assert holds(row[column], word(x, y, 1)), (y, x)
            assert row[column].column == column
    assert all(not holds(rows[1][column], other) for column in (2, 3) for other in BODY if other.is_figure)


def test_rows_and_columns_part_midway() -> None:
    (table,) = word_tables(BODY)
    assert all(a < b for a, b in pairwise(table.xs))
    assert all(a < b for a, b in pairwise(table.ys))
    rows = rows_of(table)
    for upper, lower in pairwise(rows):
        assert upper[1].box[3] <= lower[1].box[1] + 1


def test_headers_stand_over_their_columns_one_over_several_on_a_row_of_its_own() -> None:
    above = word(800, 280, 15)  # over three columns
    (table,) = word_tables([above, *HEADS, *BODY])
    over, own, *body = rows_of(table)
    assert [(cell.column, cell.columns) for cell in over] == [(2, 3)]
    assert [cell.column for cell in own] == [0, 1, 2, 3, 4]
    assert holds(own[2], HEADS[1])
    assert holds(own[2], HEADS[2])
    assert [len(row) for row in body] == [5, 5, 5]


def test_two_headers_found_as_one_word_are_parted_at_the_gap_between_the_columns() -> None:
    left, right = HEADS[3].box, HEADS[4].box
    both = Word((left[0], left[1], right[2], right[3]), False, gaps=((left[2], right[0]),))
    (table,) = word_tables([*HEADS[:3], both, *BODY])
    assert [cell.columns for cell in rows_of(table)[0]] == [1] * 5


def test_a_column_without_a_figure_is_known_by_its_header() -> None:
    blank = [w for w in BODY if not (w.is_figure and w.box[0] < _XS[2] < w.box[2])]
    (table,) = word_tables([*HEADS, *blank])
    assert len(table.xs) == 6
    assert all(len(row) == 5 for row in rows_of(table))


def test_a_label_of_several_lines_belongs_to_the_figures_it_is_centred_on() -> None:
    lines = [label(430, 20), label(460, 20), label(490, 5)]
    below = [label(540, 9), *figures(540, (1, 1, 1, 1))]
    (table,) = word_tables([label(390, 8), *figures(390, (1, 1, 1, 1)), *lines, *figures(460, (2, 2, 2, 2)), *below])
    rows = rows_of(table)
    assert [len(row) for row in rows] == [5, 5, 5]
    assert all(holds(rows[1][0], line) for line in lines)


def test_labels_may_stand_with_their_first_lines_beside_the_figures() -> None:
    body = [
        *[label(400, 8), *figures(400, (1, 1, 1, 1))],
        *[label(440, 20), label(471, 20), label(502, 5), *figures(440, (2, 2, 2, 2))],
        *[label(545, 9), label(576, 3), *figures(545, (3, 3, 3, 3))],
    ]
    heading = label(660, 14)
    (table,) = word_tables([*body, heading])
    rows = rows_of(table)
    assert [len(row) for row in rows] == [5, 5, 5]
    for row, lines in zip(rows, ((0,), (5, 6, 7), (12, 13)), strict=True):
        assert all(holds(row[0], body[n]) for n in lines)
    assert not any(holds(cell, heading) for cell in table.cells)


def test_a_label_of_several_rows_has_a_row_of_its_own_before_them() -> None:
    body = [w for y in (400, 450, 500, 550) for w in (label(y, 9, left=300), *figures(y, (1, 1, 1, 1)))]
    group = [label(460, 4), label(490, 3)]
    (table,) = word_tables([*body, *group])
    rows = rows_of(table)
    assert [len(row) for row in rows] == [5, 1, 5, 5, 5]
    assert all(holds(rows[1][0], part) for part in group)


def test_where_a_row_of_figures_has_no_label_nothing_is_certain() -> None:
    stray = label(470, 9)  # its own figures were not found
    torn = [*BODY[:5], stray, *figures(500, (1, 1, 1, 1)), label(550, 6), *figures(550, (1, 1, 1, 1))]
    assert word_tables(torn) == []


def test_a_figure_that_stands_lower_than_its_row_makes_no_row() -> None:
    lower = [w._replace(box=(w.box[0], w.box[1] + 22, w.box[2], w.box[3] + 22)) if w is BODY[4] else w for w in BODY]
    assert word_tables(lower) == []
    xs = (200, 300, 400, 500, 600)
    heads = [word(x, 340, 3) for x in xs]
    assert word_tables([*heads, *figures(400, (1, 1, 1, 1, 0), xs), *figures(422, (0, 0, 0, 0, 1), xs)]) == []


def test_a_figure_wider_than_its_column_makes_no_table() -> None:
    wide = word(_XS[1] - 40, 450, 9, is_figure=True)
    assert word_tables([*BODY[:6], wide, *BODY[8:]]) == []


def test_a_page_number_below_is_no_row() -> None:
    (table,) = word_tables([*BODY, word(_XS[1], 640, 1, is_figure=True)])
    assert [len(row) for row in rows_of(table)] == [5, 5, 5]


def test_what_begins_with_a_number_is_not_the_rest_of_the_label_above() -> None:
    torn = label(520, 9)._replace(is_numbered=True)  # the page ends here, its figures stand on the next
    body = [*BODY[:8], *figures(505, (1, 1, 1, 1)), label(490, 6)]
    (table,) = word_tables([*body, torn])
    assert not any(holds(cell, torn) for cell in table.cells)
    (table,) = word_tables([*body, torn._replace(is_numbered=False)])
    assert any(holds(cell, torn) for cell in table.cells)


def test_a_heading_ends_the_header_above_a_table() -> None:
    heading = word(700, 290, 14, is_heading=True)
    (table,) = word_tables([heading, *HEADS, *BODY])
    assert not any(holds(cell, heading) for cell in table.cells)


def test_words_among_the_columns_part_two_tables() -> None:
    second = [w._replace(box=(w.box[0], w.box[1] + 300, w.box[2], w.box[3] + 300)) for w in (*HEADS, *BODY)]
    assert len(word_tables([*HEADS, *BODY, *second])) == 2


@pytest.mark.parametrize(("heads", "count"), [(5, 1), (0, 0)])
def test_one_row_of_figures_is_a_table_under_a_header_for_each_only(heads: int, count: int) -> None:
    xs = (200, 300, 400, 500, 600)
    above = [word(x, 340, 3) for x in xs[:heads]]
    assert len(word_tables([*above, *figures(400, (1, 0, 2, 1, 1), xs)])) == count


def test_figures_in_prose_are_no_table() -> None:
    prose = [word(500, y, 40) for y in (100, 140, 180)]
    assert word_tables([*prose, word(300, 220, 2, is_figure=True), word(700, 260, 3, is_figure=True)]) == []
