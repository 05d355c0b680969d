"""Tables on a page with text between whose columns no lines are drawn: their grid is made of the words."""

from __future__ import annotations

from collections.abc import Sequence

from parser.layout.cell_grid import GridTable
from parser.layout.page import PageCell, PageRow, PageTable
from parser.layout.word_columns import Word, word_of
from parser.layout.word_grid import word_tables
from parser.readers.pdf_chars import Glyph, PageMarks
from parser.readers.pdf_lines import cell_text, lines_of
from parser.readers.pdf_objects import Rect

_AROUND = 0.22  # of a word's height on each side, as in recognition: lines of one label touch then

Placed = tuple[Rect, PageTable]


def borderless_tables(glyphs: Sequence[Glyph], marks: PageMarks) -> tuple[list[Placed], list[Glyph]]:
    """Return the tables that the characters outside ruled tables make, with their boxes in points, and the others."""
    upright = [glyph for glyph in glyphs if not glyph.turn]
    words = [_around(word_of(word.text, word.box)) for line in lines_of(upright) for word in line.words]
    left = list(glyphs)
    tables: list[Placed] = []
    for grid in word_tables(words):
        table, left = _filled(grid, left, marks)
        tables.append(table)
    return tables, left


def _around(word: Word) -> Word:
    aside = _AROUND * word.height
    left, top, right, bottom = word.box
    return word._replace(box=(left - aside, top - aside, right + aside, bottom + aside))


def _filled(grid: GridTable, glyphs: Sequence[Glyph], marks: PageMarks) -> tuple[Placed, list[Glyph]]:
    """Return the table with each character in the first cell that holds its middle, and the characters in none."""
    left = list(glyphs)
    rows: list[list[PageCell]] = [[] for _ in grid.ys[1:]]
    for cell in grid.cells:
        x0, y0, x1, y1 = cell.box
        own = [glyph for glyph in left if x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1]
        taken = {id(glyph) for glyph in own}
        left = [glyph for glyph in left if id(glyph) not in taken]
        said = cell_text(own, cell.box)
        place = marks.fractions(cell.box)
        rows[cell.row].append(PageCell(said.text, place, doubts=said.doubts, column=cell.column, columns=cell.columns))
    edges = tuple(x / marks.width for x in grid.xs)
    table = PageTable(tuple(PageRow(tuple(row)) for row in rows), marks.fractions(grid.box), edges)
    return (grid.box, table), left
