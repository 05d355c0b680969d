"""The tables of a flat page are read: all lines of their cells recognised together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from parser.layout.cell_grid import GridCell, GridTable
from parser.layout.page import Box, PageCell, PageRow, PageTable
from parser.ocr.blobs import inside
from parser.ocr.crops import CellInk
from parser.ocr.cut_page import CutPage
from parser.ocr.engine import Grey, Recognised, Recogniser
from parser.ocr.flat_page import FlatPage
from parser.ocr.marks import ends_leaning, is_leaning, is_taken_for_mark, is_tick, mark_of

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TICKED = re.compile(r"([\d.,/-]+)[√✓✔Vv]|(\d+)[/／]")  # a figure that somebody has ticked off
_SPECKED = re.compile(r"(?=[.,]|.*[.,]$)[.,]?(\d+)[.,]?")  # a figure with a speck before or behind it
_ACCOMPANIED = re.compile(r"[:;·•'`~^*]+\d[\d.,]*|\d[\d.,]*[:;·•'`~^*]+")  # … with what is no digit: a sign, or dirt
_BESIDES = 0.7  # confidence of such figures at best
_BY_SHAPE = 0.95  # confidence of a mark told by its shape
_FREE = 0.5  # a Chinese character as sure as this is one
_SEVERAL = 0.2  # … and several of them need no more
_FIGURE = 2.5  # times as wide as high is a crop of six digits
_NARROWED = 0.4
_COLUMN = 2  # figures make a column of figures
_MOSTLY = 0.6  # … if so many of its cells are
_LABELS, _NEARLY_ALL = 3, 0.75  # so many labels, and this share of a column left of the figures, make it one of labels
_CLOSER = 0.18  # of a digit's height is cut off all round for the second reading
_BORDER = 12  # pixels wide, lines and the blank beside them, is what a fold may lie on without hiding anything
_PIECES = 2.5  # of ink for each digit: it is broken
UNKNOWN = "□"  # stands for ink of which nothing could be made


@dataclass(frozen=True)
class ReadCell:
    """A cell with its ink and what each line of it was recognised as.

    ``stamped`` is the share a stamp covers, ``digit`` the height of digits on the page, in pixels. ``is_crossed``: a
    fold or streak runs through its ink, is its ink, or runs through the blank cell. ``is_figure``: it stands among
    figures, so that a single character is a figure badly printed. ``is_word``: it stands among labels, so that a figure
    is what is left of a label.
    """

    grid: GridCell
    ink: CellInk
    readings: tuple[Recognised, ...]
    stamped: float
    digit: float
    is_crossed: bool = False
    is_figure: bool = False
    is_word: bool = False

    @cached_property
    def mark(self) -> str | None:
        """The mark that stands in the cell alone, told by its shape."""
        if len(self.ink.lines) != 1 or self.is_word:
            return None
        return self._drawn_mark or ("-" if self._is_small_hyphen else None)

    @cached_property
    def _drawn_mark(self) -> str | None:
        return mark_of(self.ink.lines[0].crop, self.digit, self.readings[0].figure)

    @property
    def _is_small_hyphen(self) -> bool:
        """Whether what stands in the cell is a hyphen only because others on the page are like it."""
        return self.ink.is_hyphen_like and self._drawn_mark is None

    @cached_property
    def is_ticked_blank(self) -> bool:
        """Whether nothing but a tick stands in the cell."""
        return len(self.ink.lines) == 1 and is_tick(self.ink.lines[0].crop, self.digit, self.readings[0].figure)

    @property
    def is_cut(self) -> bool:
        """Whether ink runs into the cell's borders."""
        return self.ink.is_cut

    @property
    def is_broken(self) -> bool:
        """Whether the figure's digits fell to pieces: what is left of one may look like another."""
        return len(self.ink.lines) == 1 and self.ink.lines[0].pieces >= _PIECES * max(1, len(self.text))

    @property
    def is_accompanied(self) -> bool:
        """Whether beside the figure stands what may be a sign that dirt has joined, or what is left of a digit."""
        return len(self.ink.lines) == 1 and _ACCOMPANIED.fullmatch(self.readings[0].text) is not None

    @cached_property
    def is_leaning(self) -> bool:
        """Whether what was read as a 1 may be a slash, or as the last 1 of a figure a tick that joins it."""
        if len(self.ink.lines) != 1:
            return False
        crop = self.ink.lines[0].crop
        return is_leaning(crop, self.text) or ends_leaning(crop, self.digit, self.text)

    @cached_property
    def text(self) -> str:
        """What stands in the cell; UNKNOWN where there is ink that says nothing."""
        if self.is_word and self.readings:
            words = "".join(reading.text for reading in self.readings)
            return words if _CHINESE.search(words) else words + UNKNOWN
        if self.is_ticked_blank:
            return ""
        return self.mark or "".join(_text(reading, self.is_figure) for reading in self.readings)

    @cached_property
    def confidence(self) -> float:
        """The confidence of the least sure line."""
        if self.mark:
            is_sure = is_taken_for_mark(self.readings[0].figure) and not self._is_small_hyphen
            return _BY_SHAPE if is_sure else _BESIDES
        return min((_confidence(reading, self.is_figure) for reading in self.readings), default=1.0)


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
    readings = iter(recogniser.read([_narrowed(line.crop) for line in lines]))
    tables = []
    for table, inks in zip(page.flat.tables, page.inks, strict=True):
        cells = [
            ReadCell(
                cell,
                ink,
                tuple(next(readings) for _ in ink.lines),
                _stamped(page.flat, cell),
                page.digit,
                _is_crossed(page.flat, cell, ink),
            )
            for cell, ink in zip(table.cells, inks, strict=True)
        ]
        places = page.flat.on_page([cell.box for cell in table.cells])
        tables.append(ReadTable(table, _in_context(cells), tuple(places)))
    return ReadPage(page.flat, tuple(tables))


def _in_context(cells: Sequence[ReadCell]) -> tuple[ReadCell, ...]:
    """Return the cells, marked where they stand in a column of figures, below the first, or among labels left of it."""
    first = _first_figures(cells)
    left: dict[int, list[ReadCell]] = defaultdict(list)
    for cell in cells:
        if cell.readings and cell.grid.column + cell.grid.columns <= min(first, default=0):
            left[cell.grid.column].append(cell)
    words = {id(cell) for members in left.values() if _are_labels(members) for cell in members}
    return tuple(
        replace(cell, is_figure=True)
        if cell.grid.row > first.get(cell.grid.column, cell.grid.row)
        else replace(cell, is_word=True)
        if id(cell) in words
        else cell
        for cell in cells
    )


def _says_words(cell: ReadCell) -> bool:
    """Whether words stand in the cell; a hyphen is none, though it may be taken for 二."""
    return any(is_label(reading) for reading in cell.readings) and cell.mark is None


def _are_labels(cells: Sequence[ReadCell]) -> bool:
    labels = sum(map(_says_words, cells))
    return labels >= max(_LABELS, _NEARLY_ALL * len(cells))


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


def _narrowed(crop: Grey) -> Grey:
    """Return the crop of a line with long words pushed together: labels are recognised as well, in much less time."""
    height, width = crop.shape
    figure = round(_FIGURE * height)
    if width <= figure:
        return crop
    wanted = max(figure, round(width * _NARROWED))
    return np.asarray(cv2.resize(crop, (wanted, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


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


def page_table(page: FlatPage, table: ReadTable) -> PageTable:
    """Return the table as part of a page's text."""
    rows: list[list[PageCell]] = [[] for _ in range(len(table.grid.ys) - 1)]
    for cell, place in zip(table.cells, table.places, strict=True):
        grid = cell.grid
        rows[grid.row].append(PageCell(cell.text, place, cell.confidence, (), grid.column, grid.columns, grid.rows))
    top, bottom = table.grid.ys[0], table.grid.ys[-1]
    whole, *lines = page.on_page([table.grid.box, *((x, top, x, bottom) for x in table.grid.xs)])
    return PageTable(tuple(PageRow(tuple(row)) for row in rows), whole, tuple(left for left, *_ in lines))


def second_crops(cell: ReadCell) -> list[Grey]:
    """Return other crops of the cell's lines for an independent reading: cut close, so that the digits come larger."""
    less = round(_CLOSER * cell.digit)
    return [
        line.crop[less:-less, less:-less] if less and min(line.crop.shape) > 3 * less else line.crop
        for line in cell.ink.lines
    ]


def figure_alone(reading: Recognised) -> Recognised:
    """Return the reading without the tick or speck beside its figure, less sure then; itself where there is none."""
    figure = _besides(reading)
    sure = min(reading.confidence, reading.figure_confidence, _BESIDES)
    return replace(reading, figure=figure, figure_confidence=sure) if figure else reading


def _text(reading: Recognised, is_figure: bool) -> str:
    if is_label(reading):
        if not is_figure or len(reading.text) > 1:
            return reading.text
        return reading.figure if reading.figure_confidence >= _FREE else UNKNOWN
    return _besides(reading) or reading.figure or reading.text or UNKNOWN


def is_ticked_off(reading: Recognised) -> bool:
    """Whether somebody has put a tick beside the figure."""
    return _TICKED.fullmatch(reading.text) is not None


def _besides(reading: Recognised) -> str | None:
    """Return the figure beside which somebody put a tick, or dirt left a point; None where it stands alone."""
    found = _TICKED.fullmatch(reading.text) or _SPECKED.fullmatch(reading.figure)
    return next(filter(None, found.groups())) if found else None


def _confidence(reading: Recognised, is_figure: bool) -> float:
    if _besides(reading):
        return min(reading.confidence, _BESIDES)
    is_word = is_label(reading) and (not is_figure or len(reading.text) > 1)
    return reading.confidence if is_word else reading.figure_confidence


def is_label(reading: Recognised) -> bool:
    """Whether a line is words: it has Chinese characters that are no marks, and they are sure, many, or no figure."""
    words = _CHINESE.findall(reading.text.replace("无", "").replace("一", ""))
    if not words:
        return False
    needed = _FREE if len(words) == 1 else _SEVERAL
    return reading.confidence > needed or reading.figure_confidence < _FREE
