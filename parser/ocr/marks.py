"""Strokes that stand for "nothing to report", told by their shape: a recogniser of digits takes a slash for a 1."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.engine import Grey

_INK = 190  # of 255: darker is ink, also of strokes that are thinner than the rest
_SPECK = 6  # pixels; smaller ink is none
_TAKEN_FOR_MARKS = frozenset(["", "1", "/", "-", "—", "一", "_", ".", "-/", "/-"])  # what recognition makes of marks
_STRAIGHT = 0.6  # squared correlation of x and y from which ink is one slanting stroke; a 1 stays below 0.3
_SLANT = 0.18  # pixels to the side for each pixel down from which a stroke slants
_FLAT = 2.2  # times as wide as high, and more, is a dash
_THIN = 0.35  # of a digit's height is the most a dash measures
_LONG = 0.9  # of a digit's height from which a dash is a long one


def mark_of(crop: Grey, digit: float, figure: str) -> str | None:
    """Return the mark ("/", "-", "—") that the line of text recognised as ``figure`` is, None if it is none."""
    if figure not in _TAKEN_FOR_MARKS:
        return None
    stroke = _largest(crop)
    if stroke is None:
        return None
    rows, columns = np.nonzero(stroke)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    if height <= _THIN * digit and width >= _FLAT * height:
        return "—" if width >= _LONG * digit else "-"
    darkness = stroke[rows, columns]
    y, x = rows - np.average(rows, weights=darkness), columns - np.average(columns, weights=darkness)
    across, down, both = (float((darkness * product).sum()) for product in (x * x, y * y, x * y))
    if not across or not down or height < digit / 2:
        return None
    is_slash = both**2 >= _STRAIGHT * across * down and both / down <= -_SLANT
    return "/" if is_slash else None


def _largest(crop: Grey) -> npt.NDArray[np.float64] | None:
    """Return how dark the largest piece of ink is, zero elsewhere; None for a mere speck."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((crop < _INK).astype(np.uint8), connectivity=8)
    if count < 2:
        return None
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    if stats[largest, cv2.CC_STAT_AREA] < _SPECK:
        return None
    return np.where(labels == largest, 255.0 - crop, 0.0)
