"""Scanner streaks: lines that dirt on the glass draws down the whole page, through margins and tables alike."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.engine import Grey

Columns = npt.NDArray[np.bool_]

_BANDS = 24  # into which the page's height is cut
_INKED = 11  # … of which so many hold a piece of the streak
_MARGINS = 2  # bands at either end, where nothing is printed
_SHORTEST = 1 / 200  # of the page's height is the least a piece measures
_LONG = 1 / 75  # … and so long it is no stroke of a digit
_WIDEST = 5  # pixels
_CLEAR = 0.25  # of the margins at most holds ink; a photo shows the desk there, and has no streaks
_SPREAD = 3  # pixels to either side in which the pieces of one streak may lie


def without_streaks(ink: Grey) -> tuple[Grey, Grey | None]:
    """Return the page, not yet turned or bent, without streaks, and the mask of their columns; None without any.

    Where a streak runs through a character it stays.
    """
    height = ink.shape[0]
    dark = np.asarray(cv2.threshold(ink, 128, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    broad = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _WIDEST + 1), np.uint8))
    thin = np.asarray(cv2.subtract(_upright(dark, height * _SHORTEST), broad), dtype=np.uint8)
    spread = cv2.dilate(thin, np.ones((1, 2 * _SPREAD + 1), np.uint8))
    cuts = np.linspace(0, height, _BANDS + 1).astype(int)
    inked = np.array([spread[a:b].any(axis=0) for a, b in pairwise(cuts)])
    full = (inked.sum(axis=0) >= _INKED) & inked[:_MARGINS].any(axis=0) & inked[-_MARGINS:].any(axis=0)
    margins = max(inked[:_MARGINS].any(axis=0).mean(), inked[-_MARGINS:].any(axis=0).mean())
    if not full.any() or margins > _CLEAR:
        return ink, None
    band = np.where(full[None, :], dark, 0).astype(np.uint8)
    long = np.asarray(cv2.subtract(_upright(band, height * _LONG), broad), dtype=np.uint8)
    lost = cv2.dilate(cv2.max(long, _pieces(dark, full)), np.ones((3, 3), np.uint8))
    cleaned = ink.copy()
    cleaned[(np.asarray(lost) > 0) & (np.asarray(broad) == 0)] = 255
    core = np.convolve(full, np.ones(2 * _SPREAD - 1), "same") > 2 * _SPREAD - 2
    return cleaned, np.broadcast_to(core * np.uint8(255), ink.shape)


def _upright(dark: Grey, length: float) -> Grey:
    kernel = np.ones((max(8, round(length)), 1), np.uint8)
    return np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _pieces(dark: Grey, full: Columns) -> Grey:
    """Return the ink that lies whole within the columns of a streak."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    outside = np.concatenate([[0], np.cumsum(~full)])
    left, right = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH]
    within = outside[right] == outside[left]
    within[0] = False
    return np.asarray(within[labels] * np.uint8(255), dtype=np.uint8)
