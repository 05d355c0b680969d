"""Upright lines that a fold or streak hides or a stamp has frayed, known by the widths of the other columns."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ALIKE = 0.2  # columns of figures differ in width by less
_FEWEST = 3  # other columns of one width make it that of all
_ALONG = 0.8  # of the rows must be crossed by what hides the line
_FRAYED = 0.75  # of a stretch is under ink, be it a line or what looks like writing
_WAVER = 5  # pixels by which a line may wander
_HALF = 0.25  # of the wide column, to either side of its middle, is where the line may be


def hidden_columns(xs: Floats, ys: Floats, drawn: Bools, ink: Grey, doubt: Grey | None) -> list[tuple[int, float]]:
    """Return the upright lines to be added: behind which of ``xs`` each stands, and where.

    A column as wide as two, where others are alike, is two if along its middle ink runs, or what may hide it: ``doubt``
    (rows × columns of pixels like ``ink``) is where folds and streaks run. ``drawn`` tells which stretches of the lines
    at ``xs`` between those at ``ys`` are.
    """
    widths = np.diff(xs)
    if len(widths) <= _FEWEST:
        return []
    found = []
    for column, width in enumerate(widths):
        others = np.delete(widths, column)
        alike = np.abs(others / (width / 2) - 1) < _ALIKE
        if np.count_nonzero(alike) < _FEWEST:
            continue
        usual, middle = float(np.median(others[alike])), (xs[column] + xs[column + 1]) / 2
        first, last = max(0, round(middle - _HALF * width)), round(middle + _HALF * width)
        place = None if doubt is None else _doubtful(doubt[:, first:last])
        if place is None:
            rows = [slice(round(ys[n]), round(ys[n + 1])) for n in np.flatnonzero(drawn[column] & drawn[column + 1])]
            place = _frayed([ink[row, first:last] for row in rows])
        if place is not None:
            parts = np.array([first + place - xs[column], xs[column + 1] - first - place])
            if (np.abs(parts / usual - 1) < _ALIKE).all():
                found.append((column, first + place))
    return found


def _doubtful(strip: Grey) -> float | None:
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


def with_hidden(drawn: Bools, added: list[tuple[int, float]]) -> Bools:
    """Return which stretches of upright lines (lines × rows) are drawn, the added ones where those beside them are."""
    whole = drawn.copy()
    for number, (column, _) in enumerate(added):
        line = column + number + 1
        whole[line] |= whole[line - 1] & whole[line + 1]
    return whole
