"""How a page is printed: the height of its digits, and how dark they are."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from parser.layout.cell_grid import Box
from parser.ocr.blobs import FAINT, blobs_of, inside
from parser.ocr.engine import Grey

_DARK, _BLACK = 65, 30  # of 255: as dark are the darkest pixels of figures on a page printed well; so faint ones become
_USUAL_DIGIT = 1 / 118  # of the page's longer side is a digit high, as long as none has been measured
_ENOUGH = 6  # digits must be measured to trust their height


def usual_digit(flat: Grey) -> float:
    """Return the height of a digit on an ordinary page, in pixels."""
    return float(max(flat.shape) * _USUAL_DIGIT)


def darkened(flat: Grey, boxes: Sequence[Box], thickness: float) -> Grey:
    """Return the page with its print as dark as usual; as it is where figures in small cells are dark enough."""
    usual = usual_digit(flat)
    darkest: list[int] = []
    for box in boxes:
        inner, _, _ = inside(flat, box, thickness)
        figures = [b for b in blobs_of(inner, FAINT) if 0.7 * usual < b.height < 1.8 * usual and b.width < 1.3 * usual]
        if 0 < len(figures) <= 4:
            darkest += [int(inner[b.y : b.bottom, b.x : b.right].min()) for b in figures]
    faintest = float(np.median(darkest)) if len(darkest) >= _ENOUGH else 0.0
    if faintest <= _DARK:
        return flat
    table = np.clip(255 - (255 - np.arange(256)) * ((255 - _BLACK) / (255 - faintest)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(flat, table), dtype=np.uint8)


def measured_digit(flat: Grey, boxes: Sequence[Box], thickness: float) -> float:
    """Return the height of the digits on the page: the median over what stands alone in small cells."""
    usual = usual_digit(flat)
    heights: list[int] = []
    for box in boxes:
        inner, _, _ = inside(flat, box, thickness)
        blobs = [b for b in blobs_of(inner) if 0.5 * usual < b.height < 1.8 * usual and b.width < 1.3 * usual]
        if 0 < len(blobs) <= 4:  # digits, no words
            heights += [blob.height for blob in blobs]
    return float(np.median(heights)) if len(heights) >= _ENOUGH else usual
