"""What the cells of a scanned table say about each other: which of them hold figures, labels or marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from parser.ocr.marks import slants
from parser.ocr.read_cell import ReadCell, as_zero, is_dotted_zero, is_label

_COLUMN = 2  # figures make a column of figures
_MOSTLY = 0.6  # … if so many of its cells are
_DOTTED = 4  # cells that may be dotted zeros are such
_SLASHES = 6  # cells in which a slash was told by its shape: the table is filled with them
_TELLING, _UPRIGHT = 4, 0.08  # digits tell how print leans, and so little is upright
_OTHER_DIGITS = re.compile(r"[02-9]+")
_FIGURE = re.compile(r"\d[\d.,]*")
_SIZED = 8  # figures show how large the digits of a table are
_LITTLE, _RAISED = 0.8, 0.15  # of a digit's height: what is smaller and ends so far above the others is no digit
_SMALL = 0.7  # … and less than it figures never are
_USUAL = 0.25  # share of the figures that end at a line: so they are printed
_COMMON = 0.4  # share of the figures: digits of different sizes are the way of the print
_LABELS, _NEARLY_ALL = 3, 0.75  # so many labels, and this share of a column left of the figures, make it one of labels


def in_context(cells: Sequence[ReadCell]) -> tuple[ReadCell, ...]:
    """Return the cells, marked where they stand in a column of figures, below the first, or among labels left of it.

    Where several cells hold a slash, so does one in which a blurred 1 leans. A digit that is not like the others of the
    table, by its size or place, is the mark of a note, what is left of a sign, or dirt.
    """
    first = _first_figures(cells)
    left: dict[int, list[ReadCell]] = defaultdict(list)
    for cell in cells:
        if cell.readings and cell.grid.column + cell.grid.columns <= min(first, default=0):
            left[cell.grid.column].append(cell)
    heads = {c.grid.row for c in cells if c.grid.column >= min(first, default=0) and _says_words(c)}
    words = {id(cell) for members in left.values() if _are_labels(members, heads) for cell in members}
    told = [
        replace(cell, is_figure=True)
        if cell.grid.row > first.get(cell.grid.column, cell.grid.row)
        else replace(cell, is_word=True)
        if id(cell) in words
        else cell
        for cell in cells
    ]
    told = _with_flush_marked(_with_uneven_marked(told))
    if sum(cell.mark == "/" for cell in told) < _SLASHES:
        return tuple(told)
    return tuple(
        replace(cell, is_slash_like=True) if cell.is_figure and cell.text == "1" and cell.is_leaning else cell
        for cell in told
    )


def with_dotted_zeros(cells: Sequence[ReadCell]) -> tuple[ReadCell, ...]:
    """Return the cells of a page, zeros where many are taken for 日 and hardly any is read as a zero."""
    alone = [cell for cell in cells if len(cell.readings) == 1]
    dotted = {id(cell) for cell in alone if is_dotted_zero(cell.readings[0])}
    if len(dotted) < max(_DOTTED, _MOSTLY * sum(cell.readings[0].text == "0" for cell in alone)):
        return tuple(cells)
    return tuple(
        replace(cell, readings=(as_zero(cell.readings[0]),), is_dotted=True) if id(cell) in dotted else cell
        for cell in cells
    )


def with_bare_strokes(cells: Sequence[ReadCell]) -> tuple[ReadCell, ...]:
    """Return the cells of a page, those marked whose strokes are slashes, if less sloping ones than elsewhere.

    They are where many of them lean in upright print: a 1 would be upright, too.
    """
    ones = {id(c) for c in cells if not c.is_word and c.text == "1" and c.is_bare_stroke}
    if len(ones) < _SLASHES:
        return tuple(cells)
    others = [c for c in cells if c.is_figure and len(c.ink.lines) == 1 and _OTHER_DIGITS.fullmatch(c.text)]
    leaning = [slant for cell in others for slant in slants(cell.ink.lines[0].crop, cell.digit)]
    if len(leaning) < _TELLING or median(leaning) >= _UPRIGHT:
        return tuple(cells)
    return tuple(replace(cell, is_bare_slash=True) if id(cell) in ones else cell for cell in cells)


def _with_uneven_marked(cells: list[ReadCell]) -> list[ReadCell]:
    """Return the cells, those marked in which a digit is raised above the others, or smaller than the table's."""
    figures = [c for c in cells if len(c.ink.lines) == 1 and c.ink.lines[0].reaches and _FIGURE.fullmatch(c.text)]
    if len(figures) < _SIZED:
        return cells
    usual = median(bottom - top for cell in figures for top, bottom in cell.ink.lines[0].reaches)
    uneven = {id(cell) for cell in figures if _is_uneven(cell.ink.lines[0].reaches, usual)}
    if len(uneven) > _COMMON * len(figures):
        return cells
    return [replace(cell, is_uneven=True) if id(cell) in uneven else cell for cell in cells]


def _with_flush_marked(cells: list[ReadCell]) -> list[ReadCell]:
    """Return the cells, those marked in which a figure ends at the line of its column where that is usual."""
    figures = [cell for cell in cells if len(cell.ink.lines) == 1 and not _says_words(cell)]
    flush = {id(cell) for cell in figures if cell.ink.is_flush}
    if len(flush) < max(_SIZED, _USUAL * len(figures)):
        return cells
    return [replace(cell, is_flush=True) if id(cell) in flush else cell for cell in cells]


def _is_uneven(reaches: Sequence[tuple[int, int]], usual: float) -> bool:
    """Whether a small piece is raised above the others, or all are small: ticks are large, a broken 5 stands low."""
    top, foot = min(top for top, _ in reaches), max(bottom for _, bottom in reaches)
    small = [bottom for top, bottom in reaches if bottom - top < _LITTLE * usual]
    return foot - top < _SMALL * usual or any(foot - bottom > _RAISED * usual for bottom in small)


def _says_words(cell: ReadCell) -> bool:
    """Whether words stand in the cell; a hyphen is none, though it may be taken for 二."""
    return any(is_label(reading) for reading in cell.readings) and cell.mark is None


def _are_labels(cells: Sequence[ReadCell], heads: Collection[int]) -> bool:
    """Whether the cells of a column are labels of rows, those in rows of ``heads``, of columns, left aside."""
    below = [cell for cell in cells if cell.grid.row not in heads]
    return sum(map(_says_words, below)) >= max(_LABELS, _NEARLY_ALL * len(below))


def _first_figures(cells: Sequence[ReadCell]) -> dict[int, int]:
    """Return, by column of the grid that holds mostly figures, the row in which they begin."""
    columns: dict[int, list[ReadCell]] = defaultdict(list)
    for cell in cells:
        if cell.readings and cell.grid.columns == 1:
            columns[cell.grid.column].append(cell)
    first: dict[int, int] = {}
    for column, members in columns.items():
        figures = [cell.grid.row for cell in members if not _says_words(cell)]
        below = [cell for cell in members if figures and cell.grid.row >= min(figures)]
        if len(figures) >= _COLUMN and len(figures) >= _MOSTLY * len(below):
            first[column] = min(figures)
    return first
