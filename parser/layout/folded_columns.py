"""Upright lines that lie under a fold, known by what is written on both of its sides."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.hidden_columns import Hidden, along_it
from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NARROWEST = 1 / 60  # of the page's longer side measures a column at least
_BORDER = 5  # pixels beside a ruled line or a fold where its own ink may be
_SPECK = 8  # pixels at least measures the stroke of a character, one way or the other
_FREE = 12  # pixels at least to either side of a figure: characters of a word stand closer to the fold through it
_CENTRED = 0.2  # of the part behind the fold, by which the margins of what stands in its middle differ at most
_FEWEST, _MOSTLY = 2, 0.6  # rows, and their share, have something in its middle


def folded_columns(xs: Floats, ys: Floats, drawn: Bools, ink: Grey, doubt: Grey | None, side: int) -> list[Hidden]:
    """Return the upright lines to be added where a fold parts what is written in its rows.

    A line is there if something stands left of the fold and something in the middle between it and the next line, in
    most of the rows with the same next line. ``ink`` (rows × columns of pixels) is what is written, ``doubt`` where
    folds run, ``drawn`` tells which stretches of the lines at ``xs`` between those at ``ys`` are, ``side`` is the
    longer one of the page.
    """
    if doubt is None or len(ys) < 2:
        return []
    least, bare = side * _NARROWEST, np.where(doubt > 0, np.uint8(0), ink)
    found = []
    for column in range(len(xs) - 1):
        first, last = round(xs[column] + least), round(xs[column + 1] - least)
        place = along_it(doubt[round(ys[0]) : round(ys[-1]), max(0, first) : max(0, last)])
        if place is not None:
            rows = _parted(column, first + place, xs, ys, drawn, bare)
            if rows.any():
                found.append(Hidden(column, first + place, rows))
    return found


class _Row(NamedTuple):
    """A row's cell across a fold: the lines at its sides, and what stands in it.

    ``is_begun``: something stands left of the fold; ``is_behind``: and right of it; ``is_clear``: nothing right of it
    is close to it; ``is_centred``: what is there stands in the middle.
    """

    walls: tuple[int, int]
    is_begun: bool
    is_behind: bool
    is_clear: bool
    is_centred: bool


def _parted(column: int, place: float, xs: Floats, ys: Floats, drawn: Bools, ink: Grey) -> Bools:
    """Tell which rows a fold at ``place``, behind the line ``column``, parts."""
    rows = [_row(column, place, xs, ys[n : n + 2], drawn[:, n], ink) for n in range(len(ys) - 1)]
    parted = np.zeros(len(rows), np.bool_)
    for end in {row.walls[1] for row in rows if row is not None}:
        same = [(n, row) for n, row in enumerate(rows) if row is not None and row.walls[1] == end]
        centred = [row.walls for _, row in same if row.is_begun and row.is_centred]
        alike = [(n, row) for n, row in same if row.walls in centred]
        if len(centred) >= max(min(_FEWEST, len(rows)), _MOSTLY * sum(row.is_behind for _, row in alike)):
            parted[[n for n, row in alike if row.is_clear]] = True
    return parted


def _row(column: int, place: float, xs: Floats, ys: Floats, drawn: Bools, ink: Grey) -> _Row | None:
    """Return what stands beside a fold in the row between two level lines, None where no lines close it."""
    walls = np.flatnonzero(drawn)
    before, behind = walls[walls <= column], walls[walls > column]
    top, bottom = round(ys[0]) + _BORDER, round(ys[1]) - _BORDER
    if not len(before) or not len(behind) or bottom <= top:
        return None
    left, right = round(xs[before[-1]]) + _BORDER, round(xs[behind[0]]) - _BORDER
    written: Bools = np.asarray(_strokes(ink[top:bottom, left:right]).any(axis=0))
    fold = round(place) - left
    rest = np.flatnonzero(written[fold:])
    margins = (int(rest[0]), right - left - fold - int(rest[-1])) if len(rest) else (_FREE, 0)
    uneven = abs(margins[0] - margins[1])
    is_centred = bool(len(rest)) and min(margins) >= _FREE and uneven <= _CENTRED * (right - place) + _BORDER
    is_begun = bool(written[:fold].any())
    return _Row((int(before[-1]), int(behind[0])), is_begun, bool(len(rest)), margins[0] >= _FREE, is_centred)


def _strokes(ink: Grey) -> Bools:
    """Return the ink without specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    is_stroke = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _SPECK
    is_stroke[0] = False
    return np.asarray(is_stroke[labels], dtype=np.bool_)
