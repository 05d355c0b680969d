"""Level lines lost in a few columns of a table's body are drawn on there, and folds that pass for lines are none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey, Lines

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.int_]

_FEWEST = 5  # lines within a table say which columns are usually divided
_MOSTLY = 0.7  # … if so many of them divide it
_FEW, _OFTEN, _TRACE = 3, 0.6, 0.1  # fewer lines say so if so many do, and such a share of a lost one is still there
_ON = 2  # pixels from a line is what is left of it
_ENOUGH = 0.4  # of these columns must show the line
_NEAR, _FAR = 4, 9  # pixels from a line between which there is nothing if no character stands on it
_LONG, _SEEN = 80, 0.85  # pixels, and the share of them that is inked along a line, which words so long never reach
_STROKES = 3  # columns of pixels inked on both sides are strokes of one
_UNDER = 5  # pixels from a line within which a fold makes it doubtful
_COVERED = 0.5  # … if it runs along so much of it
_LEANING, _LEANS = 24, 5  # pixels within which a fold leans away from it, and by which no line's quarters differ
_NOWHERE_ELSE = 0.8  # of what is drawn of a line lies in a fold
_LOW = 0.8  # times the lowest other row measures at most what a fold cuts off
_WIDE = 1.5  # times as wide as the others at most is a column that a fold parts
_DIGIT = 12  # pixels high is a digit at least
_OFF_CENTRE = 0.15  # of a cell's room is the most by which the margins beside what stands in its middle differ
_MANY_COLUMNS = 6  # a table with fewer may be parted in one of them alone
_MANY_ROWS, _SELDOM = 8, 0.3  # rows in which the lines beside one are drawn; it is, too, in so many of them
_NEARLY_ALL = 0.9  # of the columns, or of the rows, show a line
_CORNER = 5  # pixels at the ends of a stretch where upright lines stand


def part_rows(drawn: Bools) -> Bools:
    """Tell which level lines part rows: no form parts them in one of many columns alone, as the ring of a seal may.

    ``drawn`` tells where they are drawn, lines × columns.
    """
    columns = np.count_nonzero(drawn, axis=1)
    fewest = np.full(len(drawn), 2 if drawn.shape[1] >= _MANY_COLUMNS else 1)
    fewest[[0, -1]] = 1
    return np.asarray(columns >= fewest)


def part_columns(drawn: Bools) -> Bools:
    """Tell which upright lines part columns: no form parts one in a few rows alone where the lines beside it go on, as
    the ring of a seal may.

    ``drawn`` tells where they are drawn, lines × rows.
    """
    parts = np.ones(len(drawn), np.bool_)
    for line in range(1, len(drawn) - 1):
        rows = drawn[line - 1] & drawn[line + 1]
        parts[line] = np.count_nonzero(rows) < _MANY_ROWS or drawn[line, rows].mean() >= _SELDOM
    return parts


def with_lost_lines(across: Bools, down: Bools, ys: Floats, xs: Floats, ink: Grey) -> Bools:
    """Return which stretches of the level lines (lines × columns) are drawn, with those that no form lacks.

    No form joins the figures of two rows in a few columns alone where all other columns are divided: only headers and
    the labels of groups of rows are. A stretch on which something is written stays open, a cell may be joined by hand;
    not so where a figure stands above it and another below, in the middle of their cells or in a column that nearly all
    of many lines divide: there it is a seal. And a line over a part of a cell is over all of it. ``down`` (rows ×
    upright lines) says where upright lines are drawn, ``ink`` is what is written on the table.
    """
    whole = across.copy()
    inner, are_few = across[1:-1], len(across) < _FEWEST + 2
    usual = np.zeros(across.shape[1], np.bool_)
    if len(inner) >= _FEW:
        usual = inner.mean(axis=0) >= (_OFTEN if are_few else _MOSTLY)
    is_certain = inner.mean(axis=0) >= _NEARLY_ALL if len(inner) >= _MANY_ROWS else np.zeros(across.shape[1], np.bool_)
    walls = np.append(usual, False) & np.append(False, usual)
    for line in range(1, len(across) - 1):
        parts = [cell for row in down[line - 1 : line + 1] for cell in _cells_of(row)]
        _draw_over_cells(whole[line], parts)
        sides = down[line - 1] & down[line]
        is_alike = np.array_equal(down[line - 1, 1:-1], down[line, 1:-1])
        due = usual | _lifted_off(whole[line], xs) if are_few else usual
        is_plain = due.any() and (are_few or is_alike or sides[walls].all())
        if is_plain and (whole[line, due].mean() >= _ENOUGH or whole[line].mean() >= _NEARLY_ALL):
            for column in np.flatnonzero(due & ~whole[line]):
                stretch = ys[line], xs[column], xs[column + 1]
                fields = ys[line - 1 : line + 2], xs[column : column + 2]
                is_open = _is_written_on(ink, *stretch)
                is_open = is_open and not _are_two_figures(ink, *fields, is_certain=bool(is_certain[column]))
                if are_few:
                    may_be_none = whole[line].mean() < _NEARLY_ALL and _is_gone(ink, *stretch)
                    is_open |= not sides[column : column + 2].all() or may_be_none
                whole[line, column] = not is_open
            _draw_over_cells(whole[line], parts)
    return whole


def _lifted_off(line: Bools, xs: Floats) -> Bools:
    """Tell which columns of figures a level line lacks that nearly all others have: a seal took along what it covered.

    No form joins two rows in so few.
    """
    lacking = ~line if line.mean() >= _NEARLY_ALL else np.zeros_like(line)
    lacking[: label_columns(xs)] = False
    return np.asarray(lacking)


def _cells_of(walls: Bools) -> list[Columns]:
    """Return the columns of each cell of a row, of which ``walls`` says where upright lines are drawn."""
    return np.split(np.arange(len(walls) - 1), np.flatnonzero(walls[1:-1]) + 1)


def _draw_over_cells(line: Bools, cells: Sequence[Columns]) -> None:
    """Draw a line that is over a part of a cell over all of it."""
    for cell in cells:
        line[cell] = line[cell].any()


def with_lost_columns(down: Bools, across: Bools, xs: Floats, ys: Floats, ink: Grey) -> Bools:
    """Return which stretches of the upright lines (lines × rows) are drawn, with those lost between two figures.

    A seal that is lifted off takes pieces of lines along. Such a piece is one if its line is drawn in most rows of the
    body, and a figure stands on both of its sides and nothing on it, for cells may be joined by hand; where it is drawn
    in nearly all of many rows, or both figures stand in the middle of their cells, what lies on it, such as the star of
    a seal, says nothing; and if all other lines are drawn in the row, it need not be drawn elsewhere. And any that is
    seen all down the row, though a figure on one side of it touches it, is one. ``across`` (level lines × columns) says
    where level lines are drawn, ``ink`` is what is written on the table.
    """
    whole, inner, labels = down.copy(), down[1:-1], label_columns(xs)
    body = inner.mean(axis=0) >= _OFTEN if len(inner) >= _FEW else np.zeros(down.shape[1], np.bool_)
    closed = across.copy()
    closed[[0, -1]] = True  # no cell reaches beyond the table
    for line in range(1, len(down) - 1):
        for row in np.flatnonzero(body & ~down[line]):
            stretch = ink.T, xs[line], ys[row], ys[row + 1]
            whole[line, row] = _is_seen(*stretch) and not _is_written_on(*stretch)
        if line < labels or not body.any():
            continue
        is_usual = down[line, body].mean() >= _MOSTLY
        is_certain = np.count_nonzero(body) >= _MANY_ROWS and down[line, body].mean() >= _NEARLY_ALL
        for row in np.flatnonzero(body & ~whole[line]):
            top, bottom = round(ys[row]) + _CORNER, round(ys[row + 1]) - _CORNER
            cells = [ink[top:bottom, round(xs[n]) + _FAR : round(xs[n + 1]) - _FAR] for n in (line - 1, line)]
            figures = [_figure(cell) for cell in cells]
            are_centred = all(figure is not None and figure.is_centred for figure in figures)
            is_clear = is_certain or not _is_written_on(ink.T, xs[line], ys[row], ys[row + 1])
            is_due = is_usual and None not in figures and (is_clear or are_centred)
            is_due |= are_centred and np.delete(inner[:, row], line - 1).mean() >= _NEARLY_ALL
            whole[line, row] = is_due and closed[row : row + 2, line - 1 : line + 1].all()
    return whole


def label_columns(xs: Floats) -> int:
    """Return how many columns at the left hold labels, which may go on from one to the next in any row.

    They are those up to the widest, if it is wider than most and not among the last.
    """
    widths = np.diff(xs)
    widest = int(widths.argmax())
    is_wide = widths[widest] > _WIDE * np.median(widths) and widest < len(widths) / 2
    return widest + 1 if is_wide else 0


def _are_two_figures(ink: Grey, ys: Floats, xs: Floats, *, is_certain: bool) -> bool:
    """Whether a figure stands in both of two fields, one above the other; not ``is_certain``: in the middle of both."""
    columns = slice(round(xs[0]) + _FAR, round(xs[1]) - _FAR)
    rows = [slice(round(top) + _CORNER, round(bottom) - _CORNER) for top, bottom in pairwise(ys)]
    figures = [_figure(ink[row, columns], from_rows=True) for row in rows]
    return all(figure is not None and (is_certain or figure.is_centred) for figure in figures)


class _Figure(NamedTuple):
    """From where to where in a cell a figure stands."""

    begin: int
    end: int
    room: int

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle of the cell, as no figure in the middle of two joined ones does."""
        return abs(self.begin + self.end - self.room) <= _OFF_CENTRE * self.room


def _figure(ink: Grey, *, from_rows: bool = False) -> _Figure | None:
    """Return the figure inside a cell: ink as high as a digit, apart from both of its sides; dirt is lower.

    ``from_rows``: apart from what is above and below the cell.
    """
    if not ink.size:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    x, y, wide, high = stats[1:, : cv2.CC_STAT_AREA].T
    begin, end, room = (y, y + high, len(ink)) if from_rows else (x, x + wide, ink.shape[1])
    inside = (high >= _DIGIT) & (begin > 0) & (end < room)
    return _Figure(int(begin[inside].min()), int(end[inside].max()), room) if inside.any() else None


def without_folds(ys: Floats, lines: Lines, *, is_level: bool = True) -> Floats:
    """Return the level lines that are no folds: such a one runs along a fold and leans, or cuts a row lower than others
    off.

    Of a fold and a line close beside it that goes which leaves the rows more even. Not ``is_level``: rows and columns
    are exchanged. The columns of labels differ in width, so that a narrow one proves nothing unless the one that the
    fold parts is no wider than others.
    """
    if lines.doubt is None:
        return ys
    inner = range(1, len(ys) - 1)
    kept = np.delete(ys, [line for line in inner if _is_leaning_fold(ys, line, lines.sure, lines.doubt)])
    while len(kept) > _FEWEST:
        folds = [line for line in range(1, len(kept) - 1) if _is_fold(kept, line, lines.doubt, is_level)]
        if not folds:
            break
        kept = max((np.delete(kept, line) for line in folds), key=lambda places: float(np.diff(places).min()))
    return kept


def _is_leaning_fold(ys: Floats, line: int, sure: Grey, doubt: Grey) -> bool:
    """Whether a line is drawn nowhere but along a fold, and leans like no line of a page laid flat."""
    reach = min(_LEANING, round(float(np.diff(ys)[line - 1 : line + 1].min()) / 2))
    near = slice(max(0, round(ys[line]) - reach), round(ys[line]) + reach + 1)
    columns = np.flatnonzero(sure[near].any(axis=0))
    folded = np.asarray(cv2.min(sure[near], doubt[near]))[:, columns]
    if not len(columns) or folded.any(axis=0).mean() < _NOWHERE_ELSE:
        return False
    quarter = -(-len(columns) // 4)
    begin, end = (float(np.nonzero(part)[0].mean()) for part in (folded[:, :quarter], folded[:, -quarter:]))
    return abs(end - begin) >= _LEANS


def _is_fold(ys: Floats, line: int, doubt: Grey, is_level: bool) -> bool:
    y = round(ys[line])
    along = doubt[max(0, y - _UNDER) : y + _UNDER + 1].any(axis=0).mean()
    heights = np.diff(ys)
    others = np.delete(heights, [line - 1, line])
    is_usual = is_level or ys[line + 1] - ys[line - 1] <= _WIDE * np.median(others)
    return bool(along >= _COVERED and is_usual and heights[line - 1 : line + 1].min() < _LOW * others.min())


def _is_gone(ink: Grey, y: float, left: float, right: float) -> bool:
    """Whether hardly anything is left of the line, so that there may have been none."""
    along = ink[max(0, round(y) - _ON) : round(y) + _ON + 1, round(left) + _CORNER : max(0, round(right) - _CORNER)]
    return along.size == 0 or bool(along.any(axis=0).mean() < _TRACE)


def _is_seen(ink: Grey, y: float, left: float, right: float) -> bool:
    """Whether ink runs along a level line all the way from one upright line to the next."""
    along = ink[max(0, round(y) - _ON) : round(y) + _ON + 1, round(left) + _CORNER : max(0, round(right) - _CORNER)]
    return bool(along.size and (along > 0).mean(axis=1).max() >= _SEEN)


def _is_written_on(ink: Grey, y: float, left: float, right: float) -> bool:
    """Whether there is writing close above and below, and no line to be seen between them."""
    if right - left >= _LONG and _is_seen(ink, y, left, right):
        return False
    columns = slice(round(left) + _CORNER, max(0, round(right) - _CORNER))
    above = ink[max(0, round(y) - _FAR) : max(0, round(y) - _NEAR), columns].any(axis=0)
    below = ink[round(y) + _NEAR + 1 : round(y) + _FAR + 1, columns].any(axis=0)
    return bool(min(np.count_nonzero(above), np.count_nonzero(below)) >= _STROKES)
