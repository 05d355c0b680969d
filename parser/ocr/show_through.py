"""The print of a sheet's back that shows through is taken off a page, and where it was is remembered.

It is much fainter than all that is printed on the front, with nothing in between, and it lies where it likes: across
lines and characters of the front, which what is meant to be grey never does.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

_SMALL = 2  # pixels of the page to one of the picture in which it is looked for
_INK = 225  # of 255: lighter pixels are paper
_STROKE = 6  # of those pixels at least is the longer side of what is no speck
_STEP = 8  # levels of grey that are told apart
_FAINTEST, _APART = 144, 40  # so light at least is what shows through, and so much lighter than the rest
_BROAD, _DEEP = 9, 20  # of those pixels wide at most is a stroke, and so much darker than what is about it
_MOST, _FEWEST = 0.006, 300  # of all pixels in the middle of strokes at most are between the two; so many show through
_ACROSS = 0.12  # of the pieces of what shows through lie across print of the front
_PARTS, _SEVERAL, _IN_PARTS = 24, 0.02, 4  # parts of the page, and in how many of them at least such a share is
_MARGIN = 12  # levels by which what shows through may be darker than its pieces
_EDGE = 2  # pixels beside print, which its own soft edge fills


def without_show_through(ink: Grey) -> tuple[Grey, Grey | None]:
    """Return a page without what shows through, and the mask of that, None where nothing does.

    Its ``ink`` is clean: 255 is paper.
    """
    white = _white(ink)
    if white is None:
        return ink, None
    table = np.clip(np.arange(256) * (255 / white), 0, 255).astype(np.uint8)
    near = cv2.dilate((ink < white).astype(np.uint8), np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8))
    gone = np.where((ink >= white) & (ink < _INK) & (near == 0), np.uint8(255), np.uint8(0))
    return np.asarray(cv2.LUT(ink, table), dtype=np.uint8), gone


def shows_through(ink: Grey) -> bool:
    """Whether print of the back shows through on a page."""
    return _white(ink) is not None


def _white(ink: Grey) -> int | None:
    """Return the level from which all is what shows through, or paper; None where nothing shows through."""
    half = cv2.resize(ink, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    small = np.asarray(half, dtype=np.uint8)
    depths = _depths(small)
    counts, _ = np.histogram(depths, bins=range(0, 256 + _STEP, _STEP))
    white = None
    for faint in range(_FAINTEST // _STEP, _INK // _STEP):
        between, lighter = int(counts[faint - _APART // _STEP : faint].sum()), int(counts[faint:].sum())
        if between <= _MOST * len(depths) and lighter >= _FEWEST:
            white = faint * _STEP - _MARGIN  # nothing is lost as long as nothing lies below
    return white if white is not None and _lies_across(small, white) else None


def _depths(small: Grey) -> Grey:
    """Return how dark strokes are along their middles; shades of cells have none."""
    middles = (small == cv2.erode(small, np.ones((3, 3), np.uint8))) & (small < _INK)
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_BROAD, _BROAD), np.uint8)) >= _DEEP
    return np.asarray(small[middles & strokes], dtype=np.uint8)


def _lies_across(small: Grey, white: int) -> bool:
    """Whether what is lighter than ``white`` lies all over the page, and so much of it goes on at print of the front.

    The shadow of a fold lies in one place.
    """
    front = cv2.dilate((small < white).astype(np.uint8), np.ones((3, 3), np.uint8))
    light = ((small >= white) & (small < _INK) & (front == 0)).astype(np.uint8)
    _, labels, stats, middles = cv2.connectedComponentsWithStats(light, connectivity=8)
    is_stroke = _are_strokes(np.asarray(stats, dtype=np.int32))
    beside = labels[cv2.dilate(front, np.ones((3, 3), np.uint8)) > 0]
    touching = np.bincount(beside, minlength=len(stats)) > 0
    is_across = bool((is_stroke & touching).sum() >= _ACROSS * is_stroke.sum() > 0)
    return is_across and all(_is_spread(middles[is_stroke, axis], small.shape[1 - axis]) for axis in (0, 1))


def _is_spread(places: npt.NDArray[np.float64], length: int) -> bool:
    """Whether there are several of the places in many parts of the page's ``length``."""
    counts, _ = np.histogram(places, bins=_PARTS, range=(0, length))
    return int((counts >= _SEVERAL * len(places)).sum()) >= _IN_PARTS


def _are_strokes(stats: npt.NDArray[np.int32]) -> Bools:
    """Tell which pieces of ink, by their ``stats`` as OpenCV has them, are no specks; the first is the paper."""
    longer = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    return np.asarray((longer >= _STROKE) & (np.arange(len(stats)) > 0), dtype=np.bool_)
