"""Strokes that stand for "nothing to report", told by their shape: a recogniser of digits takes a slash for a 1."""

from __future__ import annotations

import numpy as np

from parser.ocr.engine import Grey

_INK = 190  # of 255: darker is ink, also of strokes that are thinner than the rest
_TAKEN_FOR_MARKS = frozenset(["", "1", "/", "-", "—", "一", "_", ".", "-/", "/-"])  # what recognition makes of marks
_STRAIGHT = 0.72  # squared correlation of x and y from which ink is one slanting stroke; a 1 stays below 0.3
_SLANT = 0.15  # pixels to the side for each pixel down from which a stroke slants
_FLAT = 2.2  # times as wide as high, and more, is a dash
_THIN = 0.35  # of a digit's height is the most a dash measures
_LONG = 0.9  # of a digit's height from which a dash is a long one


def mark_of(crop: Grey, digit: float, figure: str) -> str | None:
    """Return the mark ("/", "-", "—") that the line of text recognised as ``figure`` is, None if it is none."""
    if figure not in _TAKEN_FOR_MARKS:
        return None
    rows, columns = np.nonzero(crop < _INK)
    if len(rows) < 6:
        return None
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    if height <= _THIN * digit and width >= _FLAT * height:
        return "—" if width >= _LONG * digit else "-"
    y, x = rows - rows.mean(), columns - columns.mean()
    across, down, both = float((x * x).sum()), float((y * y).sum()), float((x * y).sum())
    if not across or not down or height < digit / 2:
        return None
    is_slash = both**2 >= _STRAIGHT * across * down and both / down <= -_SLANT
    return "/" if is_slash else None
