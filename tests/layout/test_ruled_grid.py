from __future__ import annotations

from collections.abc import Sequence

import pytest

from parser.layout.ruled_grid import Grid, Segment, find_grids


def lines(xs: Sequence[float], ys: Sequence[float]) -> list[Segment]:
    """Return the lines of a full grid."""
    across = [Segment(xs[0], y, xs[-1], y) for y in ys]
    return across + [Segment(x, ys[0], x, ys[-1]) for x in xs]


def shapes(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]


def test_a_full_grid_has_its_cells_in_reading_order() -> None:
    (grid,) = find_grids(lines([0, 50, 100], [0, 20, 40]))
    assert shapes(grid) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert grid.cells[3].box == (50, 20, 100, 40)
    assert grid.box == (0, 0, 100, 40)


def test_a_missing_border_merges_cells() -> None:
    segments = [
        Segment(0, 0, 100, 0),
        Segment(50, 20, 100, 20),  # the left cell spans both rows
        Segment(0, 40, 100, 40),
        *(Segment(x, 0, x, 40) for x in (0, 50, 100)),
    ]
    (grid,) = find_grids(segments)
    assert shapes(grid) == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


def test_a_point_belongs_to_the_cell_around_it() -> None:
    (grid,) = find_grids(lines([0, 50, 100], [0, 20, 40]))
    assert grid.cell_at(60, 30) == 3
    assert grid.cell_at(10, 5) == 0
    assert grid.cell_at(101, 5) is None


def test_borders_in_pieces_double_and_a_little_short_are_whole() -> None:
    segments = [
        Segment(0, 0, 48, 0.3),
        Segment(51, 0, 100, 0),
        Segment(0, 1.5, 100, 1.5),  # the second line of a double border
        Segment(1, 20, 99, 20),
        Segment(0, 1, 0, 19),
        Segment(50, 1, 50, 9),
        Segment(50, 10, 50, 19.5),
        Segment(100, 0, 100, 20),
    ]
    (grid,) = find_grids(segments)
    assert shapes(grid) == [(0, 0, 1, 1), (0, 1, 1, 1)]


def test_an_open_table_ends_where_its_lines_do() -> None:
    segments = [Segment(0, y, 150, y) for y in (0, 20, 40)] + [Segment(x, 0, x, 40) for x in (50, 100)]
    (grid,) = find_grids(segments)
    assert [round(x) for x in grid.xs] == [0, 50, 100, 150]
    assert len(grid.cells) == 6


def test_a_table_torn_at_the_end_of_a_page_is_open_below() -> None:
    segments = [Segment(0, y, 100, y) for y in (0, 20)] + [Segment(x, 0, x, 45) for x in (0, 50, 100)]
    (grid,) = find_grids(segments)
    assert [round(y) for y in grid.ys] == [0, 20, 45]


def test_tables_that_do_not_touch_are_apart() -> None:
    upper, lower = lines([0, 50, 100], [0, 20, 40]), lines([0, 30, 100], [80, 100])
    grids = find_grids(lower + upper)
    assert [grid.ys[0] for grid in grids] == [0, 80]
    assert [len(grid.cells) for grid in grids] == [4, 2]


def test_a_border_that_runs_through_most_of_a_region_parts_it() -> None:
    """A frame around a table without side lines: the rows must not flow together through the margin."""
    frame = lines([0, 110], [0, 60])
    table = [Segment(0, y, 100, y) for y in (20, 40)] + [Segment(50, 0, 50, 60)]
    (grid,) = find_grids(frame + table)
    assert [cell.box[1::2] for cell in grid.cells if cell.column == 1] == [(0, 20), (20, 40), (40, 60)]


@pytest.mark.parametrize("segments", [[], [Segment(0, 0, 100, 0)], [Segment(0, 0, 100, 90)], lines([0, 1], [0, 1])])
def test_what_closes_no_cell_is_no_grid(segments: list[Segment]) -> None:
    assert find_grids(segments) == []


def test_hatching_is_no_table() -> None:
    assert find_grids(lines(range(0, 500, 5), range(0, 500, 5))) == []
