"""The ruled tables of a flat page: their cells, and what looks like a line and is none."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from parser.layout import line_masks, stretches
from parser.layout.body_rows import with_lost_columns, with_lost_lines
from parser.layout.cell_grid import GridTable, find_tables
from parser.layout.line_masks import Lines, find_lines
from parser.layout.stretches import find_stretches

_HEIGHT, _WIDTH = 2340, 1654
_XS = (200, 264, 600, 800, 1000, 1200, 1400)
_YS = (300, 380, 440, 500, 560, 620, 680)


def page(thickness: int = 3) -> np.ndarray:
    """Return a page with a table: a head over two columns each, and a label over the last four rows."""
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    for n, y in enumerate(_YS):
        line(image, (_XS[0] if n in (0, 1, 2, 6) else _XS[1], y), (_XS[-1], y), thickness)
    for n, x in enumerate(_XS):
        top = _YS[2] if n == 1 else _YS[1] if n % 2 else _YS[0]
        line(image, (x, top), (x, _YS[-1]), thickness)
    return image


def line(image: np.ndarray, start: tuple[int, int], end: tuple[int, int], thickness: int = 3) -> None:
    """Draw a black line."""
    cv2.line(image, start, end, (0,), thickness)


def tables(image: np.ndarray) -> list[GridTable]:
    """Return the tables of a flat page."""
    return find_tables(*find_lines(image))


def shape(image: np.ndarray) -> list[tuple[int, int, int]]:
    """Return rows, columns and number of cells of every table."""
    return [(len(table.ys) - 1, len(table.xs) - 1, len(table.cells)) for table in tables(image)]


_WHOLE = [(6, 6, 3 + 5 + 1 + 4 * 5)]


@pytest.mark.parametrize("thickness", [2, 3, 5])
def test_cells_are_where_they_are_drawn(thickness: int) -> None:
    (table,) = tables(page(thickness))
    assert np.abs(np.array(table.xs) - _XS).max() < 2
    assert np.abs(np.array(table.ys) - _YS).max() < 2
    assert [(len(table.ys) - 1, len(table.xs) - 1, len(table.cells))] == _WHOLE
    label = next(cell for cell in table.cells if cell.rows == 4)
    assert (label.row, label.column, label.columns) == (2, 0, 1)


def test_characters_are_no_lines() -> None:
    image = page()
    for n in range(4):  # strokes that fill the narrow column nearly, like 三, and a bracket in a low row
        line(image, (209, 500 + 14 * n), (255, 500 + 14 * n), 4)
    cv2.ellipse(image, (705, 340), (6, 28), 0, 90, 270, (0,), 3)
    for x in range(300, 590, 30):
        cv2.rectangle(image, (x, 395), (x + 24, 425), (0,), 3)
    assert shape(image) == _WHOLE


def test_gaps_in_lines_are_bridged() -> None:
    image = page()
    rng = np.random.default_rng(3)
    for _ in range(60):
        x, y = int(rng.integers(210, 1390)), int(rng.choice(_YS))
        image[y - 3 : y + 4, x : x + 8] = 255
    image[557:564, 810:990] = 255  # a stretch lost but for a trace
    image[560, 810:870] = 0
    assert shape(image) == _WHOLE


def test_a_thick_rule_within_the_table_is_one_line() -> None:
    image = page()
    line(image, (_XS[0], _YS[2]), (_XS[-1], _YS[2]), 13)
    assert shape(image) == _WHOLE


def test_a_frame_is_no_table() -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    cv2.rectangle(image, (60, 80), (1600, 2260), (0,), 4)
    assert tables(image) == []


def test_two_tables_one_below_the_other() -> None:
    image = page()
    for y in (1000, 1060, 1120):
        line(image, (150, y), (1500, y))
    for x in range(150, 1501, 90):
        line(image, (x, 1000), (x, 1120))
    assert shape(image) == [*_WHOLE, (2, 15, 30)]


def test_strokes_of_a_heading_do_not_join_the_tables_above_and_below_it() -> None:
    image = page()
    for y in (760, 820, 880):
        line(image, (190, y), (1410, y))
    xs = (190, 350, 620, 820, 1015, 1215, 1410)  # not where those of the table above are, and close to some
    for x in xs:
        line(image, (x, 760), (x, 880))
    line(image, (700, 696), (700, 746), 5)  # half a table's row is between them and the stroke
    above, below = tables(image)
    assert [(len(above.ys) - 1, len(above.xs) - 1, len(above.cells))] == _WHOLE
    assert (len(below.ys), len(below.cells)) == (3, 12)
    assert np.abs(np.array(below.xs) - xs).max() < 2


def test_a_row_of_which_all_column_lines_are_lost_stays_in_its_table() -> None:
    image, xs, ys = figures()
    image[ys[4] + 4 : ys[5] - 3, xs[0] - 9 : xs[-1] + 9] = 255
    line(image, (xs[2] + 70, ys[4] + 9), (xs[2] + 70, ys[5] - 9))  # something written holds its rows together
    (table,) = tables(image)
    assert len(table.ys) == 9
    assert sum(cell.row == 4 for cell in table.cells) >= 1


def test_a_row_alone_on_a_page_is_a_table() -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    for y in (300, 364):
        line(image, (160, y), (1480, y))
    for x in (160, 400, 1480):
        line(image, (x, 300), (x, 364))
    assert shape(image) == [(1, 2, 2)]


def test_a_low_row_alone_that_lies_on_its_side_is_a_table() -> None:
    image = np.full((_WIDTH, _HEIGHT), 255, np.uint8)
    for x in (300, 362):
        line(image, (x, 160), (x, 1480))
    for y in (160, 275, 371, 467, 1480):
        line(image, (300, y), (362, y))
    assert shape(image) == [(4, 1, 4)]


@pytest.mark.parametrize(("left", "cells"), [(0, 3), (18, 3), (36, 2)])
def test_a_row_alone_keeps_the_columns_whose_lines_a_seal_has_shortened(left: int, cells: int) -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    for y in (300, 370):
        line(image, (160, y), (1480, y))
    for x, top in ((160, 300), (400, 300 + left), (800, 300), (1480, 300)):
        line(image, (x, top), (x, 370))
    assert shape(image) == [(1, cells, cells)]


@pytest.mark.parametrize(("left", "cells"), [(60, 11), (26, 11), (8, 10)])
def test_half_a_line_above_a_row_that_it_does_not_part_is_one_where_rows_are_parted_alike(
    left: int, cells: int
) -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    for y in range(300, 541, 60):
        line(image, (200, y), (1200, y))
    for x in (200, 600, 800, 1000, 1200):
        for y in (300, 360, 420, 480):
            if x in (200, 1200) or y < 420 or (x == 600 and y == 480):
                line(image, (x, y), (x, y + (left if (x, y) == (1000, 360) else 60)))
    assert [count for _, _, count in shape(image)] == [cells]


def test_a_column_goes_on_where_a_seal_blurs_its_line() -> None:
    image = page()
    image[503:558, 797:804] = 255
    image[512:550, 798:802] = 0  # what is left of the line, and strokes of the seal close by
    for y in (524, 532, 540):
        line(image, (788, y), (795, y), 2)
        line(image, (805, y), (812, y), 2)
    assert shape(image) == _WHOLE


def test_cells_joined_in_one_row_stay_joined_if_nothing_stands_between_them() -> None:
    image = page()
    image[503:558, 797:804] = 255
    assert shape(image) == [(6, 6, _WHOLE[0][2] - 1)]


def figures(columns: int = 6, rows: int = 8) -> tuple[np.ndarray, list[int], list[int]]:
    """Return a page with a table of figures, all of its cells single."""
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    xs, ys = [200 + 150 * n for n in range(columns + 1)], [300 + 60 * n for n in range(rows + 1)]
    for y in ys:
        line(image, (xs[0], y), (xs[-1], y))
    for x in xs:
        line(image, (x, ys[0]), (x, ys[-1]))
    return image, xs, ys


def test_a_level_line_that_is_lost_in_a_few_columns_is_drawn_on() -> None:
    image, xs, ys = figures()
    image[ys[3] - 4 : ys[3] + 5, xs[4] + 4 : xs[6] - 3] = 255
    assert shape(image) == [(8, 6, 48)]


def written_beside(image: np.ndarray, x: int, y: int, *offsets: int) -> None:
    """Write a figure so many pixels right of each offset from the line at x, in the row at y."""
    for offset in offsets:
        cv2.putText(image, "0", (x + offset, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 1, (0,), 3)


@pytest.mark.parametrize(("offsets", "cells"), [((-90, 60), 48), ((-90,), 47), ((-11,), 47), ((-90, -2), 47)])
def test_a_column_line_is_drawn_on_between_two_figures_only(offsets: tuple[int, ...], cells: int) -> None:
    image, xs, ys = figures()
    image[ys[3] + 3 : ys[4] - 2, xs[4] - 4 : xs[4] + 5] = 255
    written_beside(image, xs[4], ys[3], *offsets)
    assert shape(image) == [(8, 6, cells)]


@pytest.mark.parametrize(("offsets", "cells"), [((-85, 65), 48), ((-60, 40), 47), ((-85, 40), 47)])
def test_where_both_figures_stand_in_the_middle_what_lies_between_them_is_a_seal(
    offsets: tuple[int, int], cells: int
) -> None:
    image, xs, ys = figures()
    image[ys[3] + 3 : ys[4] - 2, xs[4] - 4 : xs[4] + 5] = 255
    for y in range(ys[3] + 14, ys[4] - 12, 7):
        line(image, (xs[4] - 9, y), (xs[4] + 9, y + 1))
    written_beside(image, xs[4], ys[3], *offsets)
    assert shape(image) == [(8, 6, cells)]


def test_the_edge_of_a_table_that_a_seal_took_along_closes_its_cells() -> None:
    image, xs, ys = figures()
    image[ys[7] + 3 : ys[8] + 9, xs[4] - 4 : xs[4] + 5] = 255
    image[ys[8] - 4 : ys[8] + 5, xs[4] + 4 : xs[6] - 3] = 255
    written_beside(image, xs[4], ys[7], -85, 65)
    assert shape(image) == [(8, 6, 48)]


def test_a_level_line_stays_lost_under_a_seal_unless_figures_stand_in_the_middle_above_and_below() -> None:
    for low, cells in ((0, 48), (-11, 47)):
        image, xs, ys = figures()
        image[ys[3] - 4 : ys[3] + 5, xs[4] + 4 : xs[5] - 3] = 255
        for x in range(xs[4] + 20, xs[5] - 20, 9):
            line(image, (x, ys[3] - 9), (x + 1, ys[3] + 9))
        written_beside(image, xs[4], ys[2] + low, 65)
        written_beside(image, xs[4], ys[3], 65)
        assert shape(image) == [(8, 6, cells)]


def test_a_level_line_seen_over_a_part_of_a_wide_cell_is_one_of_the_labels_too() -> None:
    image, xs, ys = figures(columns=4, rows=10)
    for n in (3, 4, 6, 7):  # all but the labels are one cell
        image[ys[n] + 4 : ys[n + 1] - 3, xs[1] + 20 : xs[4] - 20] = 255
    for first, last in ((xs[0] + 4, xs[2] - 3), (xs[3] + 4, xs[4] - 3)):
        image[ys[4] - 4 : ys[4] + 5, first:last] = 255
    assert shape(image) == [(10, 4, 40 - 4 * 2)]


def test_a_level_line_stays_open_where_something_is_written_on_it() -> None:
    image, xs, ys = figures()
    image[ys[3] - 4 : ys[3] + 5, xs[4] + 4 : xs[5] - 3] = 255
    cv2.putText(image, "28", (xs[4] + 55, ys[3] + 11), cv2.FONT_HERSHEY_SIMPLEX, 1, (0,), 3)
    assert shape(image) == [(8, 6, 47)]


def test_pieces_of_a_streak_beside_a_column_line_do_not_move_it() -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    xs, ys = [200 + 150 * n for n in range(7)], [300 + 84 * n for n in range(5)]
    for y in ys:
        line(image, (xs[0], y), (xs[-1], y))
    for n, x in enumerate(xs):
        line(image, (x, ys[2] if n == 3 else ys[0]), (x, ys[-1]))  # a header over two columns
    line(image, (xs[3] + 13, ys[4]), (xs[3] + 13, ys[4] + 72))
    line(image, (xs[3] + 15, ys[2]), (xs[3] + 15, ys[2] + 100))
    (table,) = tables(image)
    assert [cell.column for cell in table.cells if cell.row == 3] == list(range(6))
    assert table.xs == pytest.approx(xs, abs=5)


@pytest.mark.parametrize(("left_of_it", "cells"), [(20, 24), (0, 23)])
def test_of_a_lost_level_line_between_few_rows_something_must_be_left(left_of_it: int, cells: int) -> None:
    image, xs, ys = figures(rows=4)
    image[ys[1] - 4 : ys[1] + 5, xs[4] + 4 + left_of_it : xs[5] - 3] = 255
    assert shape(image) == [(4, 6, cells)]


def test_header_cells_over_two_rows_stay_joined() -> None:
    image, xs, ys = figures()
    for column in (0, 5):  # beside a head over the columns between
        image[ys[1] - 4 : ys[1] + 5, xs[column] + 4 : xs[column + 1] - 3] = 255
    for x in xs[2:5]:
        image[ys[0] + 4 : ys[1] - 3, x - 4 : x + 5] = 255
    assert shape(image) == [(8, 6, 48 - 2 - 3)]


def test_a_fold_close_beside_a_level_line_makes_no_row() -> None:
    image, xs, ys = figures()
    cv2.line(image, (xs[0] - 150, ys[4] + 2), (xs[-1] + 150, ys[4] + 20), (0,), 3)
    (table,) = tables(image)
    assert len(table.cells) == 48
    assert np.abs(np.array(table.ys) - ys).max() < 6


def doubtful(image: np.ndarray, across: np.ndarray | None = None, down: np.ndarray | None = None) -> list[GridTable]:
    """Return the tables of a page on which folds or streaks run."""
    return find_tables(*find_lines(image, across, down))


def test_a_column_whose_line_a_fold_hides_is_known_by_the_width_of_the_others() -> None:
    image, xs, ys = figures()
    down = np.zeros_like(image)
    cv2.line(down, (xs[3] - 3, 0), (xs[3] + 5, _HEIGHT), (250,), 17)
    image[:, xs[3] - 6 : xs[3] + 7] = 255
    for y in ys:
        line(image, (xs[3] - 8, y), (xs[3] + 8, y))
    (table,) = doubtful(image, down=down)
    assert len(table.cells) == 48
    assert np.abs(np.array(table.xs) - xs).max() < 8


def test_labels_and_figures_are_parted_where_a_fold_hides_the_line_between_them() -> None:
    image, xs, ys = figures()
    image[ys[0] - 9 : ys[-1] + 9, xs[0] - 6 : xs[0] + 7] = 255
    for y in ys:
        line(image, (40, y), (xs[1], y))  # a column of labels before the figures
    line(image, (40, ys[0]), (40, ys[-1]))
    for top, bottom in pairwise(ys):
        middle = (top + bottom) // 2
        for x in range(60, 240, 30):
            cv2.rectangle(image, (x, middle - 10), (x + 20, middle + 10), (0,), 3)
        cv2.putText(image, "0", ((xs[1] + xs[2]) // 2 - 8, middle + 9), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2)
    assert len(doubtful(image, down=np.zeros_like(image))[0].cells) == 48
    image[:, xs[1] - 6 : xs[1] + 7] = 255
    for y in ys:
        line(image, (xs[1] - 8, y), (xs[1] + 8, y))
    assert len(doubtful(image, down=np.zeros_like(image))[0].cells) == 40
    down = np.zeros_like(image)
    cv2.line(down, (xs[1] - 2, 0), (xs[1] + 4, _HEIGHT), (250,), 13)
    (table,) = doubtful(image, down=down)
    assert len(table.cells) == 48
    assert table.xs[1] == pytest.approx(xs[1], abs=8)


def test_a_wide_column_that_no_fold_crosses_stays_one() -> None:
    image, xs, ys = figures()
    image[:, xs[3] - 6 : xs[3] + 7] = 255
    for y in ys:
        line(image, (xs[3] - 8, y), (xs[3] + 8, y))
    (table,) = doubtful(image, down=np.zeros_like(image))
    assert len(table.cells) == 40


def test_a_streak_along_a_column_line_parts_no_cell_that_spans_columns() -> None:
    image, xs, ys = figures(columns=4, rows=8)
    for n in (3, 4, 6, 7):  # only the first line is drawn in these rows
        image[ys[n] + 4 : ys[n + 1] - 3, xs[1] + 20 : xs[4] - 20] = 255
    down = np.zeros_like(image)
    down[:, xs[3] + 2 : xs[3] + 5] = 255
    (table,) = doubtful(image, down=down)
    assert sum(cell.columns == 3 for cell in table.cells) == 4


@pytest.mark.parametrize("is_written_across", [False, True])
def test_a_streak_where_a_column_line_would_go_on_parts_no_cell_in_which_something_is_written_across_it(
    is_written_across: bool,
) -> None:
    image, xs, ys = figures(columns=4, rows=8)
    image[ys[6] + 4 : ys[8] - 3, xs[3] - 4 : xs[3] + 5] = 255  # two rows of wider cells, the head of one and a figure
    if is_written_across:
        written_beside(image, xs[3], ys[6], -40, -18, 4, 26)
    down = np.zeros_like(image)
    down[ys[6] :, xs[3] - 2 : xs[3] + 3] = 255
    (table,) = doubtful(image, down=down)
    assert len(table.cells) == (30 if is_written_across else 32)


def test_a_level_line_that_a_fold_hides_parts_what_is_written_above_and_below_it() -> None:
    image, xs, ys = figures()
    for top in (ys[3], ys[4]):
        for x in xs[:-1]:
            written_beside(image, x, top, 65)
    image[ys[4] - 9 : ys[4] + 10] = 255
    for x in xs:
        line(image, (x, ys[4] - 9), (x, ys[4] + 9))
    across = np.zeros_like(image)
    across[ys[4] - 7 : ys[4] + 8] = 255
    (table,) = doubtful(image, across=across)
    assert (len(table.cells), table.ys[4]) == (48, pytest.approx(ys[4], abs=3))


def test_a_fold_between_the_lines_of_two_line_labels_is_no_line() -> None:
    image, xs, ys = figures()
    across = np.zeros_like(image)
    middle = (ys[3] + ys[5]) // 2
    image[ys[4] - 9 : ys[4] + 10] = 255
    for x in xs:
        line(image, (x, ys[4] - 9), (x, ys[4] + 9))
    for left in xs[:-1]:
        for x in range(left + 20, left + 110, 30):
            for y in (middle - 38, middle + 8):
                cv2.rectangle(image, (x, y), (x + 22, y + 30), (0,), 3)
    across[middle - 5 : middle + 6] = 255
    (table,) = doubtful(image, across=across)
    assert len(table.cells) == 48 - 6


def test_a_fold_through_a_row_of_figures_is_no_line() -> None:
    image, _, ys = figures()
    across = np.zeros_like(image)
    cv2.line(across, (0, ys[4] + 33), (_WIDTH, ys[4] + 29), (120,), 13)
    cv2.line(image, (0, ys[4] + 33), (_WIDTH, ys[4] + 29), (0,), 4)
    (table,) = doubtful(image, across=across)
    assert len(table.cells) == 48


def test_a_line_over_a_part_of_a_label_is_over_all_of_it() -> None:
    image = page()
    for y in (700, 760, 820):  # three more rows, whose labels stand over the first two columns
        line(image, (_XS[0], y), (_XS[-1], y))
    for x in (_XS[0], *_XS[2:]):
        line(image, (x, _YS[-1]), (x, 820))
    image[_YS[-1] - 4 : _YS[-1] + 5, _XS[0] + 4 : _XS[1] - 3] = 255
    (label,) = (cell for cell in tables(image)[0].cells if (cell.row, cell.column) == (2, 0))
    assert (label.rows, label.columns) == (4, 1)


def test_of_a_fold_and_a_line_close_beside_it_the_line_stays() -> None:
    image, _, ys = figures()
    across = np.zeros_like(image)
    for mask, value, breadth in ((across, 120, 25), (image, 0, 4)):
        cv2.line(mask, (0, ys[4] + 25), (_WIDTH, ys[4] + 23), (value,), breadth)
    across[ys[4] - 6 : ys[4] + 37] = 120
    (table,) = doubtful(image, across=across)
    assert len(table.cells) == 48
    assert np.abs(np.array(table.ys) - ys).max() < 6


def test_a_line_under_a_streak_goes_on_below_a_row_that_it_does_not_part() -> None:
    image, xs, ys = figures(columns=4, rows=8)
    image[ys[3] + 4 : ys[4] - 3, xs[1] - 20 : xs[4] - 20] = 255
    image[ys[4] + 4 :, xs[3] - 4 : xs[3] + 5] = 255
    for y in ys[5:]:
        line(image, (xs[3] - 6, y), (xs[3] + 6, y))
    down = np.zeros_like(image)
    down[ys[3] :, xs[3] - 3 : xs[3] + 4] = 255
    (table,) = doubtful(image, down=down)
    assert len(table.cells) == 4 * 8 - 3


def test_a_fold_through_a_column_of_figures_is_no_line() -> None:
    image, xs, _ = figures()
    down = np.zeros_like(image)
    middle = (xs[3] + xs[4]) // 2
    cv2.line(down, (middle, 0), (middle, _HEIGHT), (60,), 9)
    line(image, (middle, 0), (middle, _HEIGHT))
    assert [len(table.xs) for table in doubtful(image)] == [len(xs) + 1]
    assert [len(table.xs) for table in doubtful(image, down=down)] == [len(xs)]


def test_a_leaning_fold_that_passes_for_several_lines_is_none() -> None:
    image, xs, _ = figures(rows=24)
    down = np.zeros_like(image)
    middle = (xs[3] + xs[4]) // 2
    ends = (middle - 30, 0), (middle + 20, _HEIGHT)
    cv2.line(down, *ends, (60,), 9)
    line(image, *ends)
    assert [len(table.xs) for table in doubtful(image)] != [len(xs)]
    assert [len(table.xs) for table in doubtful(image, down=down)] == [len(xs)]


def test_a_narrow_column_of_labels_stays_where_a_fold_runs_along_its_line() -> None:
    image = page()
    down = np.zeros_like(image)
    cv2.line(down, (_XS[1], 0), (_XS[1], _HEIGHT), (60,), 9)
    assert [len(table.xs) for table in doubtful(image, down=down)] == [len(_XS)]


def test_a_level_line_is_followed_where_the_page_curls() -> None:
    heights, stops = np.array([100.0, 160.0, 220.0]), np.array([0.0, 150.0, 300.0, 450.0, 600.0])
    ink = np.zeros((300, 601), np.uint8)
    for y in (100, 160, 220):
        for start, end, low, high in ((0, 300, 0, 0), (300, 450, 0, 6), (450, 600, 7, 12)):
            cv2.line(ink, (start, y + low), (end, y + high), (255,), 3)
    for stop in stops:
        cv2.line(ink, (int(stop), 100), (int(stop), 232), (255,), 3)
    seen = find_stretches(Lines(ink, ink, ink, side=_HEIGHT), heights, stops, is_level=True)
    assert seen.drawn.all()
    assert np.abs(seen.places[:, -1] - heights - 9.5).max() < 2


def test_grain_that_passes_for_hundreds_of_lines_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    stops, ink = np.arange(0.0, 1001.0, 200.0), np.zeros((140, 1001), np.uint8)
    for n, (start, end) in enumerate(pairwise(stops.astype(int))):
        cv2.line(ink, (start, 60 + 3 * n), (end, 60 + 3 * n), (255,), 1)
    lines = Lines(ink, ink, ink, side=1400)
    followed = find_stretches(lines, np.array([60.0]), stops, is_level=True)
    monkeypatch.setattr(stretches, "_MOST", 4)
    assert find_stretches(lines, np.array([60.0]), stops, is_level=True).drawn.sum() < followed.drawn.sum() == 5


def test_a_stretch_whose_ends_stand_lower_guides_those_behind_it_but_once() -> None:
    stops, ink = np.arange(0.0, 1001.0, 200.0), np.zeros((140, 1001), np.uint8)
    ink[60, :401] = ink[62, 412:588] = ink[65, 400:414] = ink[65, 586:601] = 255
    seen = find_stretches(Lines(ink, ink, ink, side=1400), np.array([60.0]), stops, is_level=True)
    assert seen.drawn.tolist() == [[True, True, True, False, False]]


def test_a_level_line_is_not_followed_out_of_the_picture() -> None:
    stops = np.array([0.0, 150.0, 300.0, 750.0])
    ink = np.zeros((200, 751), np.uint8)
    for start, end, height in ((0, 149, 6), (151, 300, 1)):
        cv2.line(ink, (start, height), (end, height), (255,), 1)
    seen = find_stretches(Lines(ink, ink, ink, side=4000), np.array([0.0]), stops, is_level=True)
    assert seen.drawn.tolist() == [[True, True, False]]


@pytest.mark.parametrize("sides", ["left", "right", "both"])
def test_a_table_without_lines_at_its_sides_keeps_the_columns_there(sides: str) -> None:
    image = page()
    if sides != "right":
        image[:, : _XS[0] + 8] = 255
    if sides != "left":
        image[:, _XS[-1] - 7 :] = 255
    assert shape(image) == _WHOLE


@pytest.mark.parametrize(("is_seen", "is_drawn"), [(True, True), (False, False)])
def test_a_line_that_is_seen_between_words_close_above_and_below_it_is_one(is_seen: bool, is_drawn: bool) -> None:
    xs, ys = np.array([200.0, 560, 700, 840, 980]), np.arange(300.0, 560, 32)
    across, down = np.ones((len(ys), len(xs) - 1), np.bool_), np.ones((len(ys) - 1, len(xs)), np.bool_)
    across[4, 0] = False
    ink = np.zeros((700, 1200), np.uint8)
    for x in range(215, 540, 22):
        for top, bottom in ((405, 423), (433, 455)):
            cv2.rectangle(ink, (x, top), (x + 16, bottom), (255,), 2)
    if is_seen:
        cv2.line(ink, (200, 428), (560, 428), (255,), 2)
    assert with_lost_lines(across, down, ys, xs, ink)[4, 0] == is_drawn


@pytest.mark.parametrize(
    ("line_seen", "beyond", "is_drawn"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_column_line_is_seen_beside_figures_that_touch_it_and_not_in_words(
    line_seen: bool, beyond: bool, is_drawn: bool
) -> None:
    xs, ys = np.arange(200.0, 900, 100), np.arange(300.0, 560, 32)
    across, down = np.ones((len(ys), len(xs) - 1), np.bool_), np.ones((len(xs), len(ys) - 1), np.bool_)
    down[3] = False
    ink = np.zeros((700, 1200), np.uint8)
    if line_seen:
        cv2.line(ink, (500, 300), (500, 556), (255,), 2)
    for y in ys[:-1].astype(int):
        cv2.rectangle(ink, (486, y + 10), (498, y + 22), (255,), 2)
        if beyond:
            cv2.rectangle(ink, (502, y + 10), (516, y + 22), (255,), 2)
    assert bool(with_lost_columns(down, across, xs, ys, ink)[3].all()) == is_drawn


@pytest.mark.parametrize(
    ("rows", "figures", "is_drawn"),
    [(12, (540, 640), True), (12, (540,), False), (6, (546, 646), True), (6, (532, 640), False)],
)
def test_the_star_of_a_seal_hides_a_column_line_of_a_long_table_between_two_figures(
    rows: int, figures: tuple[int, ...], is_drawn: bool
) -> None:
    xs, ys = np.arange(200.0, 900, 100), np.arange(300.0, 300 + 50 * rows + 1, 50)
    across, down = np.ones((len(ys), len(xs) - 1), np.bool_), np.ones((len(xs), len(ys) - 1), np.bool_)
    down[4, 3] = False
    ink = np.zeros((1000, 1200), np.uint8)
    cv2.circle(ink, (600, 475), 20, (255,), -1)
    for x in figures:
        cv2.rectangle(ink, (x, 465), (x + 8, 483), (255,), 2)
    assert bool(with_lost_columns(down, across, xs, ys, ink)[4, 3]) == is_drawn


@pytest.mark.parametrize(
    ("rows", "figures", "is_drawn"),
    [(12, (15, 65), True), (12, (15,), False), (6, (15, 65), True), (6, (22, 65), False)],
)
def test_characters_of_a_seal_hide_a_level_line_of_a_long_table_between_two_figures(
    rows: int, figures: tuple[int, ...], is_drawn: bool
) -> None:
    xs, ys = np.arange(200.0, 900, 100), np.arange(300.0, 300 + 50 * rows + 1, 50)
    across, down = np.ones((len(ys), len(xs) - 1), np.bool_), np.ones((len(ys) - 1, len(xs)), np.bool_)
    across[4, 3] = False
    ink = np.zeros((1000, 1200), np.uint8)
    for x in (560, 570):
        cv2.line(ink, (x, 488), (x, 512), (255,), 2)
    for below in figures:
        cv2.rectangle(ink, (540, 450 + below), (548, 450 + below + 18), (255,), 2)
    assert bool(with_lost_lines(across, down, ys, xs, ink)[4, 3]) == is_drawn


def _broken(dash: int, gap: int) -> np.ndarray:
    """Return a page with the table of ``page`` four times, drawn in dashes, or dots, so long and so far apart."""
    whole = np.minimum.reduce([np.roll(page(2), down, axis=0) for down in (0, 500, 1000, 1500)])
    rows, columns = np.indices(whole.shape)
    level = cv2.morphologyEx(255 - whole, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8)) > 0
    upright = cv2.morphologyEx(255 - whole, cv2.MORPH_OPEN, np.ones((60, 1), np.uint8)) > 0
    across, down = (columns - _XS[0]) % (dash + gap), (rows - _YS[0]) % 500 % (dash + gap)  # from the table's corner
    drawn = (level & (across < dash)) | (upright & (down < dash))
    return np.where(drawn, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("dash", "gap"), [(22, 7), (2, 3)], ids=["dashes", "dots"])
def test_lines_drawn_in_dashes_or_dots_are_lines(dash: int, gap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    image = _broken(dash, gap)
    assert shape(image) == _WHOLE * 4
    monkeypatch.setattr(line_masks, "_DASHES", 10**9)
    monkeypatch.setattr(line_masks, "_DOTS", 10**9)
    assert shape(image) != _WHOLE * 4


def test_dashes_that_specks_stand_on_are_lines_too() -> None:
    image = _broken(22, 7)
    rows, columns = np.nonzero(cv2.morphologyEx(255 - image, cv2.MORPH_OPEN, np.ones((1, 20), np.uint8)))
    for x, y in zip(columns, rows, strict=True):  # what straightening leaves where dashes cross is as thin
        if x % 87 == 11:
            image[y - 5 : y + 6, x] = 0
    assert shape(image) == _WHOLE * 4


def test_the_ring_of_a_seal_that_runs_level_through_one_column_is_no_line() -> None:
    image, xs, ys = figures()
    whole = shape(image)
    y = (ys[3] + ys[4]) // 2
    line(image, (xs[2] + 2, y), (xs[3] - 2, y), 4)
    assert shape(image) == whole


def test_a_label_that_goes_on_from_one_column_to_the_next_is_not_parted() -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    xs, ys = (200, 264, 600, 700, 800, 900, 1000), range(300, 900, 60)
    for y in ys:
        line(image, (200, y), (1000, y))
    for n, x in enumerate(xs):
        line(image, (x, 300), (x, 780 if n == 1 else 840))  # the first column goes into the second in the last row
    for top, bottom in pairwise(ys):
        for left, right in pairwise(xs):
            cv2.putText(
                image, "0", ((left + right) // 2 - 8, (top + bottom) // 2 + 9), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2
            )
    (table,) = tables(image)
    assert [cell.columns for cell in table.cells if cell.row == 8] == [2, 1, 1, 1, 1]


def test_a_column_line_that_leans_is_followed_from_row_to_row() -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    ys = range(300, 1201, 60)
    for y in ys:
        line(image, (200, y), (1400, y))
    for x, lean in ((200, 0), (600, 45), (1400, 0)):
        line(image, (x + lean, 300), (x, 1200))
    (table,) = tables(image)
    assert len(table.cells) == 30


def test_the_ring_of_a_seal_that_runs_down_a_few_rows_is_no_column() -> None:
    image, xs, ys = figures(rows=12)
    whole = shape(image)
    x = (xs[2] + xs[3]) // 2
    line(image, (x, ys[4] + 2), (x, ys[6] - 2), 4)
    assert shape(image) == whole


@pytest.mark.parametrize(("lifted", "cells"), [(1, 36), (2, 34)])
def test_what_a_seal_took_of_a_line_that_nearly_all_columns_have_is_drawn(lifted: int, cells: int) -> None:
    image = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    xs, ys = range(160, 1481, 110), (300, 400, 480, 560)
    for y in ys:
        line(image, (160, y), (1480, y))
    for x in xs:
        line(image, (x, 300), (x, 560))
    image[470:490, xs[4] + 4 : xs[4 + lifted] - 3] = 255
    for x in xs[4 : 4 + lifted + 1]:
        line(image, (x, 460), (x, 500))
    (table,) = tables(image)
    assert len(table.cells) == cells


@pytest.mark.parametrize(
    ("left", "right", "others", "is_drawn"),
    [(546, 646, 6, True), (532, 646, 6, False), (546, 646, 5, False)],
)
def test_in_a_row_that_all_other_lines_part_two_figures_in_the_middle_are_parted(
    left: int, right: int, others: int, is_drawn: bool
) -> None:
    xs, ys = np.arange(200.0, 900, 100), np.arange(300.0, 300 + 50 * 4 + 1, 50)
    across, down = np.ones((len(ys), len(xs) - 1), np.bool_), np.ones((len(xs), len(ys) - 1), np.bool_)
    down[4, 1:] = False  # of this line only the head is left
    down[others:-1, 3] = False
    ink = np.zeros((1000, 1200), np.uint8)
    for x in (left, right):
        cv2.rectangle(ink, (x, 465), (x + 8, 483), (255,), 2)
    assert bool(with_lost_columns(down, across, xs, ys, ink)[4, 3]) == is_drawn
