"""How askew a page without ruled lines is: at the right angle lines of text and the gaps between are clearest."""

from __future__ import annotations

from math import radians

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_SIDE = 800  # pixels of the longer side at which it is looked at
_MOST = 10.0  # degrees either way
_COARSE, _FINE = 0.5, 0.1  # degrees between two angles that are tried
_DARK = 40  # of 255 below paper is ink
_CLEARER = 1.05  # times as clear as without turning must a page be to be turned


def text_angle(ink: Grey) -> float:
    """Return the angle of the lines of text to the level, in radians, positive when they fall to the right.

    Dark ink on white; within 10 degrees either way; 0 where no angle is clearly better than none.
    """
    scale = _SIDE / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = np.asarray(small < 255 - _DARK, dtype=np.float32)
    best = max(np.arange(-_MOST, _MOST + _COARSE, _COARSE), key=lambda angle: _clearness(dark, angle))
    best = max(np.arange(best - _COARSE, best + _COARSE, _FINE), key=lambda angle: _clearness(dark, angle))
    return radians(best) if _clearness(dark, best) > _CLEARER * _clearness(dark, 0.0) else 0.0


def _clearness(dark: npt.NDArray[np.float32], angle: float) -> float:
    """Return how sharply rows of ink and of paper are told apart when the page is turned back by ``angle`` degrees."""
    high, wide = dark.shape
    slope = np.tan(radians(angle))
    shear = np.array([[1.0, 0.0, 0.0], [-slope, 1.0, slope * wide / 2]])  # for small angles as good as a turn
    level = cv2.warpAffine(dark, shear, (wide, high), flags=cv2.INTER_LINEAR)
    rows = level.sum(axis=1)
    return float((np.diff(rows) ** 2).sum())
