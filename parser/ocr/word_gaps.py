"""Words that the detector took for one, though they stand in different columns or rows, are parted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.cell_grid import Box
from parser.ocr.engine import Grey

_DARK = 150  # of 255: darker is ink
_RULE = 1 / 30  # of the page's longer side is the least a ruled line measures; strokes of characters are shorter
_HIGH = 0.1  # of a word's height is the least gap between two rows
_LINE = 0.3  # … and the least that a line of characters measures
_NARROW = 0.2  # … and the least gap between words; between two characters there is hardly a tenth


class Part(NamedTuple):
    """A word's box in pixels of the flat page, and from where to where there are narrow gaps in it."""

    box: Box
    gaps: tuple[tuple[float, float], ...]


def without_rules(ink: Grey) -> Grey:
    """Return a flat page without its level and upright lines."""
    dark = np.asarray(cv2.threshold(ink, _DARK, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    long = round(max(ink.shape) * _RULE)
    rules = cv2.max(
        *(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, long), (long, 1)))
    )
    return np.where(np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8))) > 0, np.uint8(255), ink)


def parts(ink: Grey, box: Box, gap: float) -> Iterator[Part]:
    """Yield the words in the box of one, on a flat page without lines, from top to bottom and from left to right.

    ``gap`` is the most, in pixels, between the characters of one word.
    """
    for row in _rows(ink, box):
        yield from _columns(ink, row, gap)


def _rows(ink: Grey, box: Box) -> Iterator[Box]:
    """Yield the rows of characters in the box; itself where there is one."""
    left, top, right, bottom = (max(0, round(v)) for v in box)
    height = bottom - top
    inked = np.asarray((ink[top:bottom, left:right] < _DARK).any(axis=1), dtype=np.bool_)
    runs = [run for run in _runs(inked, _HIGH * height) if run[1] - run[0] >= _LINE * height]
    if len(runs) < 2:
        yield box
        return
    for first, last in runs:
        yield box[0], float(top + first - 1), box[2], float(top + last + 1)


def _columns(ink: Grey, box: Box, gap: float) -> Iterator[Part]:
    """Yield the words of a row, each as high as the row."""
    left, top, right, bottom = (max(0, round(v)) for v in box)
    inked = np.asarray((ink[top:bottom, left:right] < _DARK).any(axis=0), dtype=np.bool_)
    runs = _runs(inked, _NARROW * (bottom - top))
    if not runs:
        yield Part(box, ())
        return
    pad = min(runs[0][0], right - left - runs[-1][1])
    word = [runs[0]]
    for run in (*runs[1:], None):
        if run is not None and run[0] - word[-1][1] <= gap:
            word.append(run)
            continue
        gaps = tuple((float(left + a), float(left + b)) for (_, a), (b, _) in pairwise(word))
        yield Part((float(left + word[0][0] - pad), box[1], float(left + word[-1][1] + pad), box[3]), gaps)
        word = [run] if run is not None else []


def _runs(inked: npt.NDArray[np.bool_], gap: float) -> list[tuple[int, int]]:
    """Return from where to where there is ink, gaps up to ``gap`` bridged."""
    places = np.flatnonzero(inked)
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > gap + 1)
    return list(zip([places[0], *places[cuts + 1]], [*(places[cuts] + 1), places[-1] + 1], strict=True))
