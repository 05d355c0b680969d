"""Upright lines that a fold or streak hides or a stamp has frayed, known by the widths of the other columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ALIKE = 0.2  # columns of figures differ in width by less
_FEWEST = 3  # other columns of one width make it that of all …
_FEWEST_OF_LOST = 2  # … where a piece of the line was seen, so many do
_MOST = 3  # columns that may run together, as ticks and a seal lie over all of a row
_ALONG = 0.8  # of the rows must be crossed by what hides the line
_FRAYED = 0.75  # of a stretch is under ink, be it a line or what looks like writing
_WAVER = 5  # pixels by which a line may wander
_HALF = 0.5  # of the usual width, to either side of where the line is due, is where it may be


class Hidden(NamedTuple):
    """An upright line that is to be added: the line behind which it stands, its place, and the rows that it parts."""

    column: int
    place: float
    rows: Bools


def hidden_columns(
    xs: Floats, ys: Floats, drawn: Bools, ink: Grey, doubt: Grey | None, lost: Sequence[float] = ()
) -> list[Hidden]:
    """Return the upright lines to be added to those at ``xs`` where a column is as wide as two or three others.

    It is so many if where they should meet ink runs, or what may hide it: ``doubt`` (rows × columns of pixels like
    ``ink``) is where folds and streaks run. At ``lost`` pieces of lines were seen. ``drawn`` tells which stretches of
    the lines at ``xs`` between those at ``ys`` are.
    """
    found: list[Hidden] = []
    for column, count, usual in _wide(xs, lost):
        rows = np.asarray(drawn[column] & drawn[column + 1])
        bands = [slice(round(ys[n]), round(ys[n + 1])) for n in np.flatnonzero(rows)]
        due = np.linspace(xs[column], xs[column + 1], count + 1)
        places = [_place(middle, _HALF * usual, bands, ink, doubt) for middle in due[1:-1]]
        known = [place for place in places if place is not None]
        if len(known) == count - 1:
            parts = np.diff([xs[column], *known, xs[column + 1]])
            if (np.abs(parts / usual - 1) < _ALIKE).all():
                found += [Hidden(column, place, rows) for place in known]
    return found


def _wide(xs: Floats, lost: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """Yield the columns that are as wide as several others, how many, and the usual width of those."""
    widths = np.diff(xs)
    for column, width in enumerate(widths):
        others = np.delete(widths, column)
        for count in range(2, _MOST + 1):
            alike = np.abs(others / (width / count) - 1) < _ALIKE
            due = np.linspace(xs[column], xs[column + 1], count + 1)[1:-1]
            is_seen = all(any(abs(place - at) < _ALIKE * width / count for place in lost) for at in due)
            if np.count_nonzero(alike) >= (_FEWEST_OF_LOST if is_seen else _FEWEST):
                yield column, count, float(np.median(others[alike]))
                break


def _place(middle: float, half: float, bands: Sequence[slice], ink: Grey, doubt: Grey | None) -> float | None:
    """Return where, at most ``half`` from ``middle``, ink or what may hide it runs along all ``bands`` of rows."""
    first, last = max(0, round(middle - half)), round(middle + half)
    place = None if doubt is None else along_it(doubt[:, first:last])
    if place is None:
        place = _frayed([ink[band, first:last] for band in bands])
    return None if place is None else first + place


def along_it(strip: Grey) -> float | None:
    """Return where what hides a line runs through a strip from its top to its bottom."""
    hidden = strip > 0
    return float(np.nonzero(hidden)[1].mean()) if hidden.size and hidden.any(axis=1).mean() >= _ALONG else None


def _frayed(strips: Sequence[Grey]) -> float | None:
    """Return where ink runs through every strip for most of its length."""
    if not strips or not strips[0].size:
        return None
    shares = np.min([_inked(strip) for strip in strips], axis=0)
    best = int(shares.argmax())
    return float(best) if shares[best] >= _FRAYED else None


def _inked(strip: Grey) -> Floats:
    """Return by column how many of the rows have ink there, or beside it."""
    spread = np.asarray(cv2.dilate(strip, np.ones((1, _WAVER), np.uint8)) > 0)
    return np.asarray(spread.mean(axis=0), dtype=np.float64)


def with_hidden(drawn: Bools, added: Sequence[Hidden], before: int) -> Bools:
    """Return which stretches of upright lines (lines × rows) are drawn, ``added`` ones in their rows.

    ``before`` lines were put in front of all of them since.
    """
    whole = drawn.copy()
    for number, line in enumerate(added):
        whole[before + line.column + number + 1] |= line.rows
    return whole
