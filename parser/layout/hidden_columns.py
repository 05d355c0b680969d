"""Upright lines that lie hidden under a fold or streak, known by the widths of the other columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ALIKE = 0.2  # columns of figures differ in width by less
_FEWEST = 3  # other columns of one width make it that of all
_ALONG = 0.8  # of the rows must be crossed by what hides the line
_HALF = 0.25  # of the wide column, to either side of its middle, is where the line may be


def hidden_columns(xs: Floats, doubt: Grey | None) -> list[tuple[int, float]]:
    """Return the upright lines to be added: behind which of ``xs`` each stands, and where.

    A column as wide as two, where others are alike, is two if what is seen nowhere else runs along its middle:
    ``doubt`` (rows × columns of pixels) is where folds and streaks run.
    """
    widths = np.diff(xs)
    if doubt is None or len(widths) <= _FEWEST:
        return []
    found = []
    for column, width in enumerate(widths):
        others = np.delete(widths, column)
        alike = np.abs(others / (width / 2) - 1) < _ALIKE
        if np.count_nonzero(alike) < _FEWEST:
            continue
        usual, middle = float(np.median(others[alike])), (xs[column] + xs[column + 1]) / 2
        first = max(0, round(middle - _HALF * width))
        strip = doubt[:, first : round(middle + _HALF * width)] > 0
        if strip.size and strip.any(axis=1).mean() >= _ALONG:
            place = first + float(np.nonzero(strip)[1].mean())
            parts = np.array([place - xs[column], xs[column + 1] - place])
            if (np.abs(parts / usual - 1) < _ALIKE).all():
                found.append((column, place))
    return found


def with_hidden(drawn: Bools, added: list[tuple[int, float]]) -> Bools:
    """Return which stretches of upright lines (lines × rows) are drawn, the added ones where those beside them are."""
    whole = drawn.copy()
    for number, (column, _) in enumerate(added):
        line = column + number + 1
        whole[line] |= whole[line - 1] & whole[line + 1]
    return whole
