"""How askew a page without ruled lines is: at the right angle lines of text and the gaps between are clearest."""

from __future__ import annotations

from math import radians

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_GLANCE_SIDE, _SIDE = 400, 800  # pixels of the longer side at which it is looked at: coarsely, and closely
_MOST = 10.0  # degrees either way
_COARSE, _FINE = 0.5, 0.1  # degrees between two angles that are tried
_DARK = 40  # of 255 below paper is ink
_CLEARER = 1.05  # times as clear as without turning must a page be to be turned


def text_angle(ink: Grey) -> float:
    """Return the angle of the lines of text to the level, in radians, positive when they fall to the right.

    Dark ink on white; within 10 degrees either way; 0 where no angle is clearly better than none.
    """
    glance, dark = _inked(ink, _GLANCE_SIDE), _inked(ink, _SIDE)
    best = max(np.arange(-_MOST, _MOST + _COARSE, _COARSE), key=lambda angle: _clearness(glance, angle))
    best = max(np.arange(best - _COARSE, best + _COARSE, _FINE), key=lambda angle: _clearness(dark, angle))
    return radians(best) if _clearness(dark, best) > _CLEARER * _clearness(dark, 0.0) else 0.0


def clearness(ink: Grey) -> float:
    """Return how clearly rows of text and the gaps between them are told apart on a page, dark ink on white."""
    return _clearness(_inked(ink, _SIDE), 0.0)


def _inked(ink: Grey, side: int) -> npt.NDArray[np.float32]:
    """Return where the page is inked when its longer side has so many pixels."""
    scale = side / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small < 255 - _DARK, dtype=np.float32)


def _clearness(dark: npt.NDArray[np.float32], angle: float) -> float:
    """Return how sharply rows of ink and of paper are told apart when the page is turned back by ``angle`` degrees."""
    high, wide = dark.shape
    slope = np.tan(radians(angle))
    shear = np.array([[1.0, 0.0, 0.0], [-slope, 1.0, slope * wide / 2]])  # for small angles as good as a turn
    level = cv2.warpAffine(dark, shear, (wide, high), flags=cv2.INTER_LINEAR)
    rows = level.sum(axis=1)
    return float((np.diff(rows) ** 2).sum())
