"""Where on a flat page words stand: the detector model of RapidOCR's wheel, run without the package around it.

The package imports a downloader, which opens a network socket when it is loaded; the model alone does not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.engine import Grey
from parser.ocr.rapid import model_path, session

_MODEL = "PP-OCRv6_det_small.onnx"
_SIDE = 1440  # pixels of the longer side in which words are looked for
_STEP = 32  # the model's sides are multiples of it
_INK = 0.3  # probability from which a pixel is part of a word
_WORD = 0.5  # mean probability from which a patch is a word
_SPREAD = 1.6  # by how much a patch is grown back to the word: area / outline times this
_SMALLEST = 3  # pixels

PixelBox = tuple[float, float, float, float]  # left, top, right, bottom


def word_boxes(ink: Grey) -> list[PixelBox]:
    """Return the boxes of the runs of text on the page, in its pixels, in no particular order."""
    height, width = ink.shape
    scale = min(1.0, _SIDE / max(height, width))
    wide, high = (max(_STEP, round(side * scale / _STEP) * _STEP) for side in (width, height))
    small = cv2.resize(ink, (wide, high), interpolation=cv2.INTER_AREA)
    plane = (small.astype(np.float32) / 127.5 - 1)[None, None]
    found = detector()
    probable = found.run(None, {found.get_inputs()[0].name: np.repeat(plane, 3, axis=1)})[0][0, 0]
    across, down = width / wide, height / high
    return [(x0 * across, y0 * down, x1 * across, y1 * down) for x0, y0, x1, y1 in _patches(probable, wide, high)]


def _patches(probable: npt.NDArray[np.float32], wide: int, high: int) -> list[PixelBox]:
    mask = cv2.dilate((probable > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sums = np.bincount(labels.ravel(), weights=probable.ravel(), minlength=count)
    boxes: list[PixelBox] = []
    for n in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[n])
        if min(width, height) < _SMALLEST or sums[n] / area < _WORD:
            continue
        grow = width * height * _SPREAD / (2 * (width + height))
        boxes.append(
            (max(0.0, x - grow), max(0.0, y - grow), min(wide, x + width + grow), min(high, y + height + grow))
        )
    return boxes


@cache
def detector() -> Any:
    """Return the one detector of this process; its model takes a moment to load."""
    return session(model_path(_MODEL), keeps_memory=False)  # a page takes hundreds of megabytes
