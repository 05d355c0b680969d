"""Tables without upright lines: where figures stand in columns, words left of them and above them make a grid.

The form is not known here. A table begins and ends where figures that stand below each other do; what stands among its
columns above them is its header, what stands left of them its labels, each beside its figures. Pixels of a scan laid
flat or points of a page with text, y growing downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf

import numpy as np

from parser.layout.cell_grid import Box, GridCell, GridTable
from parser.layout.word_columns import Word, close_above, columns_of, heads_of, with_heads
from parser.layout.word_rows import Band, bands_of, in_lines, is_level, nearest, parted_labels

_COLUMNS, _ROWS = 3, 2  # figures at least stand side by side in a table, and so many below each other
_ONE_ROW, _MOST = 5, 0.6  # … or so many in a single row, and this share of all under headers of their own
_APART = 8  # times a figure's height is the most between two rows of one table
_FAR = 2  # times as far as rows usually stand apart is a page number below them
_LOWER = 3  # … below its last figures may the last line of their label stand
_BESIDE = 0.1  # … beside the words of a header or label belongs to its cell
_THICKNESS = 2.0  # pixels of the lines that may yet stand round a cell


def word_tables(words: Sequence[Word]) -> list[GridTable]:
    """Return the tables that the words of a flat page make where no lines do, from top to bottom."""
    figures = [word for word in words if word.is_figure]
    others = [word for word in words if not word.is_figure]
    tables = (_table(run, others) for run in _runs(in_lines(figures), others))
    return [table for table in tables if table is not None]


def _runs(lines: Sequence[list[Word]], others: Sequence[Word]) -> Iterator[list[list[Word]]]:
    """Yield lines of figures that belong to one table: no words stand among their columns between them."""
    run: list[list[Word]] = []
    for line in lines:
        if run and not _goes_on(run, line, others):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[list[Word]], line: Sequence[Word], others: Sequence[Word]) -> bool:
    last = run[-1]
    if line[0].middle - last[0].middle > _APART * float(np.median([word.height for word in line])):
        return False
    left = min(word.box[0] for row in (*run, line) for word in row)
    right = max(word.box[2] for row in (*run, line) for word in row)
    between = (w for w in others if last[0].middle < w.middle < line[0].middle)
    return not any(left < (w.box[0] + w.box[2]) / 2 < right for w in between)


def _table(run: Sequence[list[Word]], others: Sequence[Word]) -> GridTable | None:
    """Return the table of a run of figures; None where it is not certain in which row and column each stands."""
    columns = columns_of(run)
    if len(columns.ends) < _COLUMNS or not all(columns.are_apart(line) for line in run):
        return None
    digit = float(np.median([word.height for line in run for word in line]))
    top, first = min(word.box[1] for word in run[0]), columns.ends[0][0]
    is_labelled = any(w.box[0] < first and is_level(w, line[0]) for line in run for w in others)
    above = [part for word in close_above(top, others, digit) for part in columns.parted(word)]
    columns = with_heads(columns, [w for w in above if w.box[0] > first or not is_labelled])
    heads, groups = heads_of(columns, above, digit)
    if not is_labelled and len(run) > 1:  # a figure that stands a little lower than its row's others
        return None
    if len(run) < _ROWS and sum(map(bool, heads)) < max(_ONE_ROW, _MOST * len(heads)):
        return None
    under_heads = max((w.box[3] for head in heads for w in head), default=top - digit)
    end = max(word.box[3] for word in run[-1]) + _LOWER * digit
    beside = (w for w in others if is_labelled and w.box[2] <= first + digit and sum(w.span) / 2 < first)
    labels = [w for w in beside if w.middle < end]
    rows = _Rows(columns.edges, digit, min((w.box[0] for w in labels if w.middle > top), default=columns.edges[0]))
    for group in groups:
        rows.add_words(group, columns.crossed(group[0]))
    if any(heads):
        begin = min(w.box[1] for head in heads for w in head)
        rows.add_heads([w for w in labels if begin < w.middle <= under_heads], heads)
    named, of_groups = parted_labels([w for w in labels if w.middle > under_heads], run)
    bands = _without_page_number(bands_of(run, named))
    if is_labelled and not all(band.label for band in bands):
        return None
    ends = [under_heads, *(band.bottom for band in bands)]
    begins = [*(band.top for band in bands[1:]), _next_below(bands[-1].bottom, others)]
    for n, (band, before, behind) in enumerate(zip(bands, ends, begins, strict=False)):
        for group in (group for group in of_groups if nearest(group, bands) == n):
            rows.add_words(group, [])
        rows.add_band(band, before, behind)
    return rows.table()


def _without_page_number(bands: list[Band]) -> list[Band]:
    """Return the rows without a last one far below the others: a figure alone, without a label."""
    if len(bands) < _ROWS + 1 or bands[-1].label or bands[-1].figures > 1:
        return bands
    steps = np.diff([band.top for band in bands])
    return bands[:-1] if steps[-1] > _FAR * float(np.median(steps[:-1])) else bands


def _next_below(bottom: float, words: Sequence[Word]) -> float:
    return min((word.box[1] for word in words if word.middle > bottom), default=inf)


class _Rows:
    """The grid as it is written, from top to bottom."""

    def __init__(self, edges: Sequence[float], digit: float, left: float) -> None:
        self._edges, self._digit = edges, digit
        self._has_labels = left < edges[0]
        self._left = min(left, edges[0])
        self._ys: list[float] = []
        self._cells: list[GridCell] = []
        self._bottom = 0.0

    def add_words(self, words: Sequence[Word], under: Sequence[int]) -> None:
        """Add a row with one cell: a header over several columns, or a label beside several rows."""
        first = min(under, default=0) + (self._has_labels if under else 0)
        box = _around(words, self._digit * _BESIDE)
        self._cells.append(GridCell(len(self._ys), first, 1, max(1, len(under)), box))
        self._end(box[1], box[3])

    def add_heads(self, outer: Sequence[Word], heads: Sequence[Sequence[Word]]) -> None:
        """Add the row of the columns' own headers; ``outer`` stands over the labels."""
        boxes = [_around(head, self._digit * _BESIDE) for head in heads if head]
        top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
        row = len(self._ys)
        if self._has_labels:
            box = _around(outer, self._digit * _BESIDE) if outer else (self._left, top, self._edges[0], bottom)
            self._cells.append(GridCell(row, 0, 1, 1, box))
        for n, head in enumerate(heads):
            place = _around(head, self._digit * _BESIDE) if head else (self._edges[n], top, self._edges[n + 1], bottom)
            self._cells.append(GridCell(row, n + self._has_labels, 1, 1, place))
        self._end(top, bottom)

    def add_band(self, band: Band, before: float, behind: float) -> None:
        """Add a row of figures, which reaches half way to what stands above and below, and its label."""
        top = (before + band.top) / 2 if before < band.top else band.top
        top = max(top, band.top - self._digit)
        bottom = min(band.bottom + self._digit, (band.bottom + behind) / 2)
        row = len(self._ys)
        if self._has_labels:  # a row without a label has a cell in which nothing can be read
            place = _around(band.label, self._digit * _BESIDE) if band.label else (self._left, top, self._left, bottom)
            self._cells.append(GridCell(row, 0, 1, 1, place))
        for n, (left, right) in enumerate(pairwise(self._edges)):
            self._cells.append(GridCell(row, n + self._has_labels, 1, 1, (left, top, right, bottom)))
        self._end(top, bottom)

    def _end(self, top: float, bottom: float) -> None:
        self._ys.append(top)
        self._bottom = max(self._bottom, bottom)

    def table(self) -> GridTable:
        """Return the grid; a label of several rows counts as above the first of them."""
        xs = (*((self._left,) if self._has_labels else ()), *self._edges)
        ys = (min(self._ys), *accumulate(self._ys[1:], max), max(self._bottom, *self._ys))
        return GridTable(ys, tuple(xs), tuple(self._cells), _THICKNESS)


def _around(words: Sequence[Word], margin: float) -> Box:
    return (
        min(w.box[0] for w in words) - margin,
        min(w.box[1] for w in words) - margin,
        max(w.box[2] for w in words) + margin,
        max(w.box[3] for w in words) + margin,
    )
