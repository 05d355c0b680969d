"""Upright lines under a fold, or of which a seal left a piece, known by what is written on both of their sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.body_rows import label_columns
from parser.layout.hidden_columns import Hidden, along_it
from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NARROWEST = 1 / 60  # of the page's longer side measures a column at least
_BORDER = 5  # pixels beside a ruled line or a fold where its own ink may be
_SPECK = 8  # pixels at least measures the stroke of a character, one way or the other
_FREE = 12  # pixels at least to either side of a figure: characters of a word stand closer to what goes through it
_CENTRED = 0.2  # of the part behind the line, by which the margins of what stands in its middle differ at most
_FEWEST, _MOSTLY = 2, 0.6  # rows, and their share, have something in its middle …
_ROUNDS = 4
_FEWEST_OF_LOST, _HALF = 1, 0.5  # … or, where a piece of a line is seen, of these


class _Line(NamedTuple):
    """Where a line may be, and whether a fold runs there, or else a piece of it is seen."""

    place: float
    is_folded: bool


def parted_columns(
    xs: Floats, ys: Floats, drawn: Bools, ink: Grey, doubt: Grey | None, lost: Sequence[float], side: int
) -> list[Hidden]:
    """Return the upright lines to be added that part what is written in their rows.

    A line is there if something stands left of it and something in the middle between it and the next line, in most of
    the rows with the same lines beside it. ``ink`` (rows × columns of pixels) is what is written, ``doubt`` where folds
    run, and at ``lost`` pieces of lines were seen; ``drawn`` tells which stretches of the lines at ``xs`` between those
    at ``ys`` are, ``side`` is the longer one of the page.
    """
    lines = _candidates(xs, ys, doubt, lost, side * _NARROWEST)
    bare = ink if doubt is None else np.where(doubt > 0, np.uint8(0), ink)
    parted = np.ones((len(lines), len(ys) - 1), np.bool_)
    for _ in range(_ROUNDS if lines else 0):  # what one line parts depends on where the others stand
        before, parted = parted, np.array([_parted(n, lines, parted, xs, ys, drawn, bare) for n in range(len(lines))])
        if np.array_equal(before, parted):
            break
    else:
        return []  # no arrangement agrees with what is written
    columns = np.searchsorted(xs, [line.place for line in lines]) - 1
    found = zip(columns.tolist(), lines, parted, strict=True)
    return [Hidden(column, line.place, rows) for column, line, rows in found if rows.any()]


def with_parted_stretches(xs: Floats, ys: Floats, drawn: Bools, ink: Grey, doubt: Grey | None) -> Bools:
    """Return which stretches of the upright lines (lines × rows) are drawn, with those that part what is written.

    A line is there in a row if it is in another one with the same lines beside it, and at least half of the others have
    something left of it and something in the middle behind it, as this one does. Labels may go on from one column to
    the next.
    """
    bare = ink if doubt is None else np.where(doubt > 0, np.uint8(0), ink)
    whole = drawn.copy()
    for n in range(max(1, label_columns(xs)), len(xs) - 1):
        if drawn[n].all() or not drawn[n].any():
            continue
        line, others, is_wall = _Line(float(xs[n]), False), np.delete(xs, n), np.delete(whole, n, axis=0)
        walls = [_walls(line, others, is_wall[:, row]) for row in range(len(ys) - 1)]
        known = {walls[row] for row in np.flatnonzero(drawn[n])}
        is_like = [row for row in np.flatnonzero(~drawn[n]).tolist() if walls[row] in known]
        seen = {row: _row(line, others, ys[row : row + 2], is_wall[:, row], bare) for row in is_like}
        rows = {row: there for row, there in seen.items() if there is not None and there.is_begun and there.is_behind}
        for row, there in rows.items():
            alike = [other.is_centred for other in rows.values() if other.walls == there.walls]
            whole[n, row] = there.is_centred and sum(alike) >= _HALF * len(alike)
    return whole


def _candidates(xs: Floats, ys: Floats, doubt: Grey | None, lost: Sequence[float], least: float) -> list[_Line]:
    """Return from left to right where lines may be, as far from each other and from those at ``xs`` as columns are."""
    lines: list[_Line] = []
    for place in sorted(lost):
        others = np.array([*xs, *(line.place for line in lines)])
        if xs[0] < place < xs[-1] and np.abs(others - place).min() >= least:
            lines.append(_Line(place, False))
    if doubt is None:
        return lines
    for left, right in zip(xs[:-1] + least, xs[1:] - least, strict=True):
        first = max(0, round(left))
        along = along_it(doubt[round(ys[0]) : round(ys[-1]), first : max(0, round(right))])
        if along is not None and all(abs(line.place - first - along) >= least for line in lines):
            lines.append(_Line(first + along, True))
    return sorted(lines)


class _Row(NamedTuple):
    """A row's cell across a line: the lines at its sides, and what stands in it.

    ``is_begun``: something stands left of the line; ``is_behind``: and right of it; ``is_clear``: nothing is close to
    it; ``is_centred``: what is right of it stands in the middle.
    """

    walls: tuple[int, int]
    is_begun: bool
    is_behind: bool
    is_clear: bool
    is_centred: bool


def _parted(
    number: int, lines: Sequence[_Line], assumed: Bools, xs: Floats, ys: Floats, drawn: Bools, ink: Grey
) -> Bools:
    """Tell which rows a line parts if the others part those that are ``assumed``."""
    line = lines[number]
    walls = np.array([*xs, *(other.place for other in lines)])
    is_wall = np.vstack([drawn, assumed])
    is_wall[len(xs) + number] = False
    order = np.argsort(walls)
    walls, is_wall = walls[order], is_wall[order]
    rows = [_row(line, walls, ys[n : n + 2], is_wall[:, n], ink) for n in range(len(ys) - 1)]
    fewest, mostly = (_FEWEST, _MOSTLY) if line.is_folded else (_FEWEST_OF_LOST, _HALF)
    parted = np.zeros(len(rows), np.bool_)
    for end in {row.walls[1] for row in rows if row is not None}:
        same = [(n, row) for n, row in enumerate(rows) if row is not None and row.walls[1] == end]
        centred = [row.walls for _, row in same if row.is_begun and row.is_centred]
        alike = [(n, row) for n, row in same if row.walls in centred]
        if len(centred) >= max(min(fewest, len(rows)), mostly * sum(row.is_behind for _, row in alike)):
            parted[[n for n, row in alike if row.is_clear]] = True
    return parted


def _row(line: _Line, xs: Floats, ys: Floats, drawn: Bools, ink: Grey) -> _Row | None:
    """Return what stands beside a line in the row between two level lines, None where no lines close it."""
    walls = _walls(line, xs, drawn)
    top, bottom = round(ys[0]) + _BORDER, round(ys[1]) - _BORDER
    if walls is None or bottom <= top:
        return None
    left, right = round(xs[walls[0]]) + _BORDER, round(xs[walls[1]]) - _BORDER
    at = round(line.place) - left
    if not 0 < at < right - left:
        return None
    area = ink[top:bottom, left:right].copy()
    if not line.is_folded:
        area[:, max(0, at - _BORDER) : at + _BORDER] = 0
    written: Bools = np.asarray(_strokes(area).any(axis=0))
    begun, rest = np.flatnonzero(written[:at]), np.flatnonzero(written[at:])
    margins = (int(rest[0]), right + _BORDER - left - at - int(rest[-1])) if len(rest) else (_FREE, 0)
    is_free = line.is_folded or not len(begun) or at - begun[-1] >= _FREE  # the end of a label may touch a fold
    is_even = abs(margins[0] - margins[1]) <= _CENTRED * (right - line.place) + _BORDER
    return _Row(
        walls=walls,
        is_begun=bool(len(begun)),
        is_behind=bool(len(rest)),
        is_clear=bool(is_free and margins[0] >= _FREE),
        is_centred=bool(is_free and len(rest) and min(margins) >= _FREE and is_even),
    )


def _walls(line: _Line, xs: Floats, drawn: Bools) -> tuple[int, int] | None:
    """Return the lines at the sides of a row's cell across a line, None where it has none on a side."""
    walls = np.flatnonzero(drawn)
    before, behind = walls[xs[walls] < line.place], walls[xs[walls] > line.place]
    return (int(before[-1]), int(behind[0])) if len(before) and len(behind) else None


def _strokes(ink: Grey) -> Bools:
    """Return the ink without specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    is_stroke = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _SPECK
    is_stroke[0] = False
    return np.asarray(is_stroke[labels], dtype=np.bool_)
