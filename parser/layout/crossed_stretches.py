"""Stretches of upright lines that a fold or streak may hide, in cells where what is written goes on behind it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey, Lines

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int_]

_AROUND, _CLOSE = 24, 9  # pixels from a line that are looked at, and from what hides it, where a character goes on
_STROKES, _MIDDLE = 4, 0.2  # pixels along it are crossed at least, so far at most from its middle, of its length
_HALF = 0.5  # of the rows


def crossed_stretches(lines: Lines, heights: Floats, begins: Counts, ends: Counts, hidden: Bools) -> Bools:
    """Tell which ``hidden`` stretches of upright lines (lines × rows, turned like ``lines``) are in one cell.

    In at least half of the rows one after the other what is written goes on behind what hides them. The lines are due
    at ``heights``; the rows run from ``begins`` to ``ends``.
    """
    crossed = np.zeros_like(hidden)
    if lines.doubt is None:
        return crossed
    for i in np.flatnonzero(hidden.any(axis=1)):
        near = slice(max(0, round(heights[i]) - _AROUND), round(heights[i]) + _AROUND + 1)
        stretches = np.flatnonzero(hidden[i])
        for rows in np.split(stretches, np.flatnonzero(np.diff(stretches) > 1) + 1):
            across = [slice(max(0, begins[j]), max(0, ends[j])) for j in rows]
            going_on = [_goes_on(lines.ink[near, part], lines.doubt[near, part]) for part in across]
            crossed[i, rows] = sum(going_on) >= _HALF * len(rows)
    return crossed


def _goes_on(ink: Grey, doubt: Grey) -> bool:
    """Whether there is ink close above and below what hides a stretch, about its middle."""
    above, below = (np.logical_or.accumulate(mask > 0, axis=0) for mask in (doubt, doubt[::-1]))
    near = cv2.dilate(doubt, np.ones((2 * _CLOSE + 1, 1), np.uint8)) > 0
    written = (ink > 0) & near
    both = (written & ~above).any(axis=0) & (written & ~below[::-1]).any(axis=0)
    at = np.flatnonzero(both)
    return len(at) >= _STROKES and abs(float(at.mean()) / ink.shape[1] - 0.5) <= _MIDDLE
