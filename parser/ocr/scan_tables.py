"""The tables of a flat page are read: all lines of their cells recognised together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.page import Box, PageCell, PageRow, PageTable
from parser.ocr.blobs import inside
from parser.ocr.cell_context import in_context, with_bare_strokes, with_dotted_zeros
from parser.ocr.crops import CellInk, Line
from parser.ocr.cut_page import CutPage
from parser.ocr.engine import Grey, Recogniser
from parser.ocr.faint import faint_strokes
from parser.ocr.flat_page import FlatPage
from parser.ocr.read_cell import ReadCell

_FIGURE = 2.5  # times as wide as high is a crop of six digits; what is no wider and may be a figure stays as it is
_WORD = 1.0  # times as wide as high is the least that words are pushed to
_NARROWED = 0.4
_BORDER = 12  # pixels wide, lines and the blank beside them, is what a fold may lie on without hiding anything


@dataclass(frozen=True)
class ReadPage:
    """A flat page and what its tables say."""

    flat: FlatPage
    tables: tuple[ReadTable, ...]


@dataclass(frozen=True)
class ReadTable:
    """A table of the page, its cells in reading order and the place of each on the page as it came."""

    grid: GridTable
    cells: tuple[ReadCell, ...]
    places: tuple[Box, ...]


def read_tables(page: CutPage, recogniser: Recogniser) -> ReadPage:
    """Return the page with everything in its tables recognised."""
    lines = [line for inks in page.inks for ink in inks for line in ink.lines]
    readings = iter(recogniser.read([_narrowed(line) for line in lines]))
    read, places = [], []
    for table, inks in zip(page.flat.tables, page.inks, strict=True):
        boxes = [cell.box for cell in table.cells]
        read += [
            ReadCell(
                cell,
                ink,
                tuple(next(readings) for _ in ink.lines),
                _stamped(page.flat, cell),
                page.digit,
                _is_crossed(page.flat, cell, ink) or _may_be_faint(page.flat, cell, ink, page.digit),
                is_off_page=is_off_page,
            )
            for cell, ink, is_off_page in zip(table.cells, inks, page.flat.cut_off(boxes), strict=True)
        ]
        places.append(tuple(page.flat.on_page(boxes)))
    told = iter(with_dotted_zeros(read))
    in_tables = [in_context(list(islice(told, len(table.cells)))) for table in page.flat.tables]
    told = iter(with_bare_strokes([cell for cells in in_tables for cell in cells]))
    tables = zip(page.flat.tables, places, strict=True)
    return ReadPage(page.flat, tuple(ReadTable(t, tuple(islice(told, len(t.cells))), at) for t, at in tables))


def _narrowed(line: Line) -> Grey:
    """Return the crop of a line with words pushed together: labels are recognised as well, in much less time."""
    height, width = line.crop.shape
    least = round((_WORD if line.is_word else _FIGURE) * height)
    if width <= least:
        return line.crop
    wanted = max(least, round(width * _NARROWED))
    return np.asarray(cv2.resize(line.crop, (wanted, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _stamped(page: FlatPage, cell: GridCell) -> float:
    if page.red is None:
        return 0.0
    left, top, right, bottom = (max(0, round(v)) for v in cell.box)
    part = page.red[top:bottom, left:right]
    return float(np.count_nonzero(part) / part.size) if part.size else 0.0


def _is_crossed(page: FlatPage, cell: GridCell, ink: CellInk) -> bool:
    """Whether a fold or streak runs through the cell's ink, or through an empty cell, where it may hide some."""
    if page.crossed is None:
        return False
    if ink.lines:
        return any(
            page.crossed[top:bottom, left:right].any() for left, top, right, bottom in (line.box for line in ink.lines)
        )
    hidden, _, _ = inside(page.crossed, cell.box, _BORDER)
    return bool(hidden.any())


def _may_be_faint(page: FlatPage, cell: GridCell, ink: CellInk, digit: float) -> bool:
    """Whether of what seemed to show through from the back some may be a faint figure of the cell, or a part of it."""
    if page.behind is None:
        return False
    if ink.lines:
        beside = round(digit)
        boxes = [line.box for line in ink.lines]
        return any(page.behind[y0:y1, max(0, x0 - beside) : x1 + beside].any() for x0, y0, x1, y1 in boxes)
    behind, _, _ = inside(page.behind, cell.box, _BORDER)
    return behind.size > 0 and bool(faint_strokes(np.asarray(255 - behind, dtype=np.uint8), digit))


def page_table(page: FlatPage, table: ReadTable) -> PageTable:
    """Return the table as part of a page's text."""
    rows: list[list[PageCell]] = [[] for _ in range(len(table.grid.ys) - 1)]
    for cell, place in zip(table.cells, table.places, strict=True):
        grid = cell.grid
        rows[grid.row].append(PageCell(cell.text, place, cell.confidence, (), grid.column, grid.columns, grid.rows))
    top, bottom = table.grid.ys[0], table.grid.ys[-1]
    whole, *lines = page.on_page([table.grid.box, *((x, top, x, bottom) for x in table.grid.xs)])
    edges, flat = tuple(left for left, *_ in lines), page.fractions(table.grid.box)
    return PageTable(tuple(PageRow(tuple(row)) for row in rows), whole, edges, flat)
