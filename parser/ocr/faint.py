"""Strokes in a cell that are too faint to count as ink elsewhere, and are writing all the same."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from parser.ocr.blobs import FAINT, INK, LOW, SPECK, STROKE, TALL, Blob, blobs_of, is_dash, touches
from parser.ocr.engine import Grey

_FEW_FAINT = 6  # such strokes; more is the grain of the paper
_HYPHEN, _ASIDE = 1.4, 0.12  # times as wide as high is a short stroke in the middle of a cell, or so far from it
_APART = 0.9  # of a digit's height at most lies between a sign, or another digit, and its figure


def faint_strokes(inner: Grey, digit: float) -> list[Blob]:
    """Return the strokes of a figure or mark too faint to count as ink elsewhere; none if there is only grain."""
    blobs = blobs_of(inner, FAINT)
    strokes = [b for b in blobs if 0.5 * digit <= b.height <= TALL * digit and not touches(b, inner)]
    return strokes if len(strokes) <= _FEW_FAINT and all(b.width <= TALL * digit for b in strokes) else []


def faint_beside(inner: Grey, figure: Sequence[Blob], digit: float) -> list[Blob]:
    """Return what stands beside a figure and is too faint to count as ink elsewhere: a sign before it, digits."""
    left, right = min(b.x for b in figure), max(b.right for b in figure)
    top, bottom = min(b.y for b in figure), max(b.bottom for b in figure)
    quarter = (bottom - top) / 4
    found = []
    for b in blobs_of(inner, FAINT):
        is_beside = left - _APART * digit <= b.right <= left or right <= b.x <= right + _APART * digit
        if not is_beside or touches(b, inner):
            continue
        is_sign = b.right <= left and is_dash(b, digit)
        is_level = top + quarter <= (b.y + b.bottom) / 2 <= bottom - quarter
        is_digit = LOW * digit <= b.height <= TALL * digit and b.width <= TALL * digit
        found += [b] if is_level and (is_sign or is_digit) else []
    return found


def hyphen(inner: Grey, digit: float) -> list[Blob]:
    """Return the short stroke in the middle of a cell in which there is nothing else; none if it is no stroke."""
    blobs = [b for b in blobs_of(inner, FAINT) if b.area > SPECK * digit * digit]
    if len(blobs) != 1:
        return []
    (blob,) = blobs
    height, width = inner.shape
    aside = abs(blob.x + blob.right - width) / (2 * width), abs(blob.y + blob.bottom - height) / (2 * height)
    is_flat = STROKE * digit < blob.width and _HYPHEN * blob.height <= blob.width
    return blobs if is_flat and max(aside) < _ASIDE else []


def blackened(inner: Grey) -> Grey:
    """Return the cell with its faint ink made black."""
    table = np.clip((np.arange(256) - INK) * (255 / (255 - INK)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(inner, table), dtype=np.uint8)
