"""Where a fold runs along a table, its figures tell the rows: each row of a form has one figure in a column, no more.

A fold that lies on a ruled line hides it, so that two rows become one; a fold through a high row, or a wide column,
passes for a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

import numpy as np

from parser.layout.cell_grid import GridCell, GridTable
from parser.ocr.blobs import SPECK, blobs_of, inside
from parser.ocr.cut_page import cut_tables
from parser.ocr.engine import Recogniser
from parser.ocr.flat_page import FlatPage
from parser.ocr.read_cell import ReadCell, is_label
from parser.ocr.scan_tables import ReadPage, ReadTable, read_tables

_ALONG = 0.6  # of a cell's width: a fold runs along it, not across
_NEAR = 12  # pixels between a line and the fold that passes for it
_FEWEST = 2  # figures tell rows apart
_MOST = 0.75  # … if so many of those in the row do
# so begins the label of a row, but not its second line
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）).、．，,:：]?")


class _Sides(NamedTuple):
    """Whether ink stands above a fold, and below it; neither where ink runs through it."""

    above: bool
    below: bool


def rows_told_apart(page: ReadPage, recogniser: Recogniser) -> ReadPage:
    """Return the page read once more with the rows that its figures tell, where folds mislead; else itself."""
    if page.flat.crossed is None:
        return page
    grids = tuple(_told_apart(page.flat, table) for table in page.tables)
    if all(grid is table.grid for grid, table in zip(grids, page.tables, strict=True)):
        return page
    return read_tables(cut_tables(replace(page.flat, tables=grids)), recogniser)


def _told_apart(flat: FlatPage, table: ReadTable) -> GridTable:
    grid, rows = table.grid, _by_row(table)
    figures = {cell.grid.column for cell in table.cells if cell.is_figure and cell.grid.columns == 1}
    for row in reversed(rows):
        line = _hidden_line(flat, rows[row], figures, grid.thickness)
        if line is not None:
            grid = _parted(grid, row, line)
        elif _is_feigned(flat, rows.get(row - 1, []), rows[row], figures) and _runs_on(table.grid, row):
            grid = _joined(grid, row)
    for column in reversed(range(1, len(table.grid.xs) - 1)):
        if _runs_on(_turned(table.grid), column) and _is_feigned_column(flat, table, column):
            grid = _turned(_joined(_turned(grid), column))
    return grid


def _by_row(table: ReadTable) -> dict[int, list[ReadCell]]:
    """Return the cells that span no other row, by row."""
    rows: dict[int, list[ReadCell]] = {}
    for cell in table.cells:
        if cell.grid.rows == 1:
            rows.setdefault(cell.grid.row, []).append(cell)
    return dict(sorted(rows.items()))


def _hidden_line(flat: FlatPage, row: Sequence[ReadCell], figures: set[int], thickness: float) -> float | None:
    """Return the height of a line hidden by a fold, above and below which figures stand; None if there is none."""
    sides: list[_Sides] = []
    heights: list[float] = []
    label = _Sides(False, False)
    for cell in row:
        height = _fold_in(flat, cell.grid)
        if height is None or not cell.ink.lines:
            continue
        seen = _sides(flat, cell, height, thickness)
        if cell.grid.column in figures and not any(map(is_label, cell.readings)):
            sides.append(seen)
            heights.append(height)
        elif cell.is_word:
            label = seen
    both = sum(seen.above and seen.below for seen in sides)
    if both >= max(_FEWEST, _MOST * len(sides)) and label.above and label.below:
        return median(heights)
    return None


def _is_feigned(flat: FlatPage, upper: Sequence[ReadCell], lower: Sequence[ReadCell], figures: set[int]) -> bool:
    """Whether a fold passes for the line between two rows: all figures stand on one side of it, and but one label."""
    label = next((cell.text for cell in lower if cell.is_word), "")
    if not label or _NUMBERED.match(label) or not any(cell.is_word and cell.text for cell in upper):
        return False
    above, below = ([cell for cell in row if cell.grid.column in figures] for row in (upper, lower))
    inked = [sum(bool(cell.ink.lines) for cell in row) for row in (above, below)]
    if min(inked) or max(inked) < max(_FEWEST, _MOST * len(below)):
        return False
    return all(_is_on_fold(flat, cell.grid) for cell in below)


def _is_feigned_column(flat: FlatPage, table: ReadTable, column: int) -> bool:
    """Whether a fold passes for the line left of a column: nothing stands on one side of it, and it cuts words.

    Without words cut the column may be one of blanks that goes on from the page before, where its header stands.
    """
    sides = [
        [cell for cell in table.cells if cell.grid.column == side and cell.grid.columns == 1]
        for side in (column - 1, column)
    ]
    if min(map(len, sides)) < _FEWEST or all(any(cell.ink.lines for cell in side) for side in sides):
        return False
    worded = [cell.grid for cell in table.cells if any(map(is_label, cell.readings))]
    ending = {cell.row for cell in worded if cell.column + cell.columns == column}
    folded = [_is_beside_fold(flat, cell.grid) for cell in sides[1]]
    return any(cell.column == column and cell.row in ending for cell in worded) and sum(folded) >= _MOST * len(folded)


def _runs_on(grid: GridTable, row: int) -> bool:
    """Whether every cell below a line has one above it that is as wide."""
    above = {(cell.column, cell.columns) for cell in grid.cells if cell.row + cell.rows == row}
    return above == {(cell.column, cell.columns) for cell in grid.cells if cell.row == row}


def _fold_in(flat: FlatPage, cell: GridCell) -> float | None:
    """Return the height at which a fold runs along a cell, well within it."""
    left, top, right, bottom = (round(v) for v in cell.box)
    rows = _along(flat, left, top + _NEAR, right, bottom - _NEAR)
    return top + _NEAR + float(rows.mean()) if len(rows) else None


def _is_on_fold(flat: FlatPage, cell: GridCell) -> bool:
    """Whether a fold runs along the upper border of a cell."""
    left, top, right, _ = (round(v) for v in cell.box)
    return bool(len(_along(flat, left, top - _NEAR // 2, right, top + _NEAR // 2)))


def _is_beside_fold(flat: FlatPage, cell: GridCell) -> bool:
    """Whether a fold runs along the left border of a cell."""
    assert flat.crossed is not None
    left, top, _, bottom = (round(v) for v in cell.box)
    part = flat.crossed[max(0, top) : max(0, bottom), max(0, left - _NEAR // 2) : left + _NEAR // 2] > 0
    return bool(part.size and (part.mean(axis=0) >= _ALONG).any())


def _along(flat: FlatPage, left: int, top: int, right: int, bottom: int) -> np.ndarray[tuple[int], np.dtype[np.int_]]:
    """Return the rows of a part of the page along which a fold runs, counted from its top."""
    assert flat.crossed is not None
    part = flat.crossed[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] > 0
    return np.flatnonzero(part.mean(axis=1) >= _ALONG) if part.size else np.zeros(0, dtype=np.int_)


def _sides(flat: FlatPage, cell: ReadCell, height: float, thickness: float) -> _Sides:
    inner, _, top = inside(flat.ink, cell.grid.box, thickness)
    pieces = [b for b in blobs_of(inner) if b.area > SPECK * cell.digit * cell.digit]
    middle = height - top
    if any(b.y < middle < b.bottom and b.height > cell.digit / 2 for b in pieces):
        return _Sides(False, False)
    return _Sides(any(b.bottom <= middle for b in pieces), any(b.y >= middle for b in pieces))


def _parted(grid: GridTable, row: int, line: float) -> GridTable:
    """Return the grid with a row parted in two at the height of ``line``."""
    cells = []
    for cell in grid.cells:
        left, top, right, bottom = cell.box
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.rows <= row:
            cells.append(cell)
        elif cell.rows > 1:
            cells.append(replace(cell, rows=cell.rows + 1))
        else:
            cells.append(replace(cell, box=(left, top, right, line)))
            cells.append(replace(cell, row=row + 1, box=(left, line, right, bottom)))
    ys = (*grid.ys[: row + 1], line, *grid.ys[row + 1 :])
    return replace(grid, ys=ys, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _joined(grid: GridTable, row: int) -> GridTable:
    """Return the grid without the line above a row, every cell below it being one with that above."""
    below = {cell.column: cell for cell in grid.cells if cell.row == row}
    cells = []
    for cell in grid.cells:
        if cell.row + cell.rows == row:
            other = below[cell.column]
            box = (*cell.box[:3], other.box[3])
            cells.append(replace(cell, rows=cell.rows + other.rows - 1, box=box))
        elif cell.row > row:
            cells.append(replace(cell, row=cell.row - 1))
        elif cell.row < row < cell.row + cell.rows:
            cells.append(replace(cell, rows=cell.rows - 1))
        elif cell.row < row:
            cells.append(cell)
    return replace(grid, ys=(*grid.ys[:row], *grid.ys[row + 1 :]), cells=tuple(cells))


def _turned(grid: GridTable) -> GridTable:
    """Return the grid with rows and columns exchanged, its cells in reading order."""
    turned = [
        GridCell(c.column, c.row, c.columns, c.rows, (c.box[1], c.box[0], c.box[3], c.box[2])) for c in grid.cells
    ]
    cells = tuple(sorted(turned, key=lambda cell: (cell.row, cell.column)))
    return replace(grid, ys=grid.xs, xs=grid.ys, cells=cells)
