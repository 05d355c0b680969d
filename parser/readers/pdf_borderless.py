"""Tables on a page with text between whose columns no lines are drawn: their grid is made of the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.page import PageCell, PageRow
from parser.layout.word_columns import Word, word_of
from parser.layout.word_grid import word_tables
from parser.readers.pdf_chars import Glyph
from parser.readers.pdf_lines import Line, lines_of

_POINTS = ".．、"
_AROUND = 0.22  # of a word's height on each side, as in recognition: lines of one label touch then


class Borderless(NamedTuple):
    """A table with the characters in each of its cells."""

    grid: GridTable
    inside: tuple[list[Glyph], ...]

    def rows(self, cell: Callable[[GridCell, Sequence[Glyph]], PageCell]) -> list[PageRow]:
        """Return its rows; ``cell`` says what the characters in a cell do."""
        rows: list[list[PageCell]] = [[] for _ in self.grid.ys[1:]]
        for place, glyphs in zip(self.grid.cells, self.inside, strict=True):
            rows[place.row].append(cell(place, glyphs))
        return [PageRow(tuple(row)) for row in rows]


def borderless_tables(glyphs: Sequence[Glyph]) -> tuple[list[Borderless], list[Glyph]]:
    """Return the tables that the characters outside ruled tables make, and the characters in none."""
    upright = [glyph for glyph in glyphs if not glyph.turn]
    words = [_around(word) for line in lines_of(upright) for word in _words(line)]
    left = list(glyphs)
    tables: list[Borderless] = []
    for grid in word_tables(words):
        inside: list[list[Glyph]] = []
        for cell in grid.cells:  # a character stands in the first that holds its middle
            own = {id(glyph) for glyph in left if _holds(cell, glyph)}
            inside.append([glyph for glyph in left if id(glyph) in own])
            left = [glyph for glyph in left if id(glyph) not in own]
        tables.append(Borderless(grid, tuple(inside)))
    return tables, left


def _words(line: Line) -> Iterator[Word]:
    """Yield the words of a line; what stands before the point of a label's number is no figure."""
    for word, following in zip_longest(line.words, line.words[1:]):
        begins_label = following is not None and following.text[0] in _POINTS
        yield Word(word.box, False, is_numbered=True) if begins_label else word_of(word.text, word.box)


def _around(word: Word) -> Word:
    aside = _AROUND * word.height
    left, top, right, bottom = word.box
    return word._replace(box=(left - aside, top - aside, right + aside, bottom + aside))


def _holds(cell: GridCell, glyph: Glyph) -> bool:
    left, top, right, bottom = cell.box
    return left <= glyph.x <= right and top <= glyph.y <= bottom
