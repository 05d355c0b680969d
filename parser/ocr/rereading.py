"""Figures that were hardly read are read again, smoothed and in thicker strokes, and what most readings say counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import cv2
import numpy as np

from parser.ocr.engine import Grey, Recognised, Recogniser

WEAK = 0.75  # confidence of a reading below which another is worth its time
_SMOOTHED, _THICKENED = 0.087, 0.13  # of a digit's height: how far ink is spread, and by how much strokes are widened
_AT_BEST = 0.15  # confidence of what only most readings say: two equations, no less, make it sure
_DIRT = ".,"  # that smoothing makes larger


def reread(crops: Sequence[Grey], readings: Sequence[Recognised], digit: float, engine: Recogniser) -> list[Recognised]:
    """Return the readings of crops of single figures as most of four see them; one crop at least.

    ``digit`` is the height of their digits in pixels. Where hair strokes are lost, the parts of a digit pass for
    others; smoothed or widened they grow together again.
    """
    others = engine.read(list(chain.from_iterable(_variants(crop, digit) for crop in crops)))
    each = len(others) // len(crops)
    return [_agreed(first, others[n * each : (n + 1) * each]) for n, first in enumerate(readings)]


def _variants(crop: Grey, digit: float) -> tuple[Grey, ...]:
    side = max(3, round(_THICKENED * digit) | 1)
    thick = cv2.erode(crop, np.ones((side, side), np.uint8))
    smooth, both = (cv2.GaussianBlur(image, (0, 0), _SMOOTHED * digit) for image in (crop, thick))
    return tuple(np.asarray(image, dtype=np.uint8) for image in (smooth, thick, both))


def _agreed(first: Recognised, others: Sequence[Recognised]) -> Recognised:
    votes: dict[str, float] = defaultdict(float)
    for reading in (first, *others):
        if figure := reading.figure.strip(_DIRT):
            votes[figure] += reading.figure_confidence
    best = _best(votes)
    if not best or best == first.text.strip(_DIRT):
        return first
    if best == first.figure.strip(_DIRT):  # among words it was taken for one
        return replace(first, text=first.figure)
    return Recognised(best, _AT_BEST, best, _AT_BEST, first.figure)


def _best(votes: Mapping[str, float]) -> str:
    return max(votes, key=lambda figure: votes[figure], default="")
