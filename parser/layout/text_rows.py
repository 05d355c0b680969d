"""Where lines of text run on a page that has no ruled lines."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]  # n × 2, x and y

_SIDE = 1100  # pixels of the longer side at which it is looked at
_DARK = 40  # of 255 below paper is ink
_APART = 17  # of those pixels: characters no further apart are of one line
_LOW, _HIGH = 6, 34  # … and so high is a line of text
_LONG = 6  # times as long as it is high
_STEP = 36  # … pixels along a line between two points


def text_rows(ink: Grey, angle: float) -> list[Points]:
    """Return for each line of text where it begins, points along its middle, and where it ends, in pixels of the page.

    Dark ink on white; ``angle`` is that of the text to the level, in radians.
    """
    scale = _SIDE / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    high, wide = small.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), np.degrees(angle), 1.0)
    level = cv2.warpAffine(small, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255,))
    dark = np.asarray(level < 255 - _DARK, dtype=np.uint8)
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, _APART), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    back = cv2.invertAffineTransform(turn)
    rows = []
    for number, (left, top, width, height, _) in enumerate(stats[1:].tolist(), 1):
        if _LOW <= height <= _HIGH and width >= _LONG * height:
            area = np.s_[top : top + height, left : left + width]
            points = _along(dark[area] * (labels[area] == number)) + np.array([left, top])
            rows.append((points @ back[:, :2].T + back[:, 2]) / scale)
    return rows


def _along(row: Grey) -> Points:
    """Return points along the middle of a line of text, the first and last at its ends."""
    heights, points = np.arange(len(row)), []
    for start in range(0, row.shape[1] - _STEP + 1, _STEP):
        ink = row[:, start : start + _STEP].sum(axis=1)
        if ink.any():
            points.append((start + _STEP / 2, float(np.average(heights, weights=ink))))
    ends = ((0.0, points[0][1]), (float(row.shape[1]), points[-1][1]))
    return np.array([ends[0], *points, ends[1]])
