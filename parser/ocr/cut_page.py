"""The cells of a flat page are cut into the lines of text that are to be recognised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from parser.ocr.crops import CellInk, Line, ink_of, upside_down
from parser.ocr.flat_page import FlatPage
from parser.ocr.hyphens import usual_hyphen, with_hyphen
from parser.ocr.marks import without_tick
from parser.ocr.page_print import darkened, measured_digit


@dataclass(frozen=True)
class CutPage:
    """A flat page with the ink in every cell of its tables; ``digit`` is the height of its digits in pixels."""

    flat: FlatPage
    digit: float
    inks: tuple[tuple[CellInk, ...], ...]  # by table and cell


def cut_tables(page: FlatPage) -> CutPage:
    """Return the page with its tables cut into the lines of their cells."""
    small = [cell.box for table in page.tables for cell in table.cells if cell.rows == 1]
    thickness = max((table.thickness for table in page.tables), default=2.0)
    ink = darkened(page.ink, small, thickness)
    digit = measured_digit(ink, small, thickness)
    inks = [[ink_of(ink, c.box, table.thickness, digit) for c in table.cells] for table in page.tables]
    usual = usual_hyphen(chain.from_iterable(inks), digit)
    if usual is not None:
        for table, found in zip(page.tables, inks, strict=True):
            pairs = zip(found, table.cells, strict=True)
            found[:] = [with_hyphen(i, ink, c.box, table.thickness, digit, usual) for i, c in pairs]
    return CutPage(page, digit, tuple(tuple(_without_tick(ink, digit) for ink in found) for found in inks))


def _without_tick(ink: CellInk, digit: float) -> CellInk:
    """Return what stands in a cell without the tick that somebody put beside it."""
    line = ink.lines[0] if len(ink.lines) == 1 else None
    bare = None if line is None or line.pieces < 2 else without_tick(line.crop, digit)
    if line is None or bare is None:
        return ink
    return replace(ink, lines=(replace(line, crop=bare, pieces=line.pieces - 1, is_word=False, is_ticked=True),))


def longest_lines(page: CutPage, most: int) -> CutPage:
    """Return the page with no more lines in its cells than ``most``, the longest."""
    lines = sorted((line for inks in page.inks for ink in inks for line in ink.lines), key=lambda line: -_length(line))
    kept = {id(line) for line in lines[:most]}
    inks = (
        tuple(replace(ink, lines=tuple(line for line in ink.lines if id(line) in kept)) for ink in table)
        for table in page.inks
    )
    return replace(page, inks=tuple(inks))


def turned_over(page: CutPage) -> CutPage:
    """Return the page with every line as it looks upside down, the lines themselves where they were."""
    return replace(page, inks=tuple(tuple(map(_turned_over, inks)) for inks in page.inks))


def _turned_over(ink: CellInk) -> CellInk:
    return replace(ink, lines=tuple(replace(line, crop=upside_down(line.crop)) for line in ink.lines))


def _length(line: Line) -> float:
    left, _, right, _ = line.box
    return right - left
