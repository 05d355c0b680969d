"""The print of a sheet's back that shows through is taken off a page, and where it was is remembered.

It is much fainter than all that is printed on the front, with nothing in between, and it lies where it likes: across
the ruled lines of the front, which what is meant to be grey, or is merely faint, never does.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

_SMALL = 2  # pixels of the page to one of the picture in which it is looked for
_INK = 225  # of 255: lighter pixels are paper
_STEP = 8  # levels of grey that are told apart
_FAINTEST, _APART = 144, 40  # so light at least is what shows through, and so much lighter than the rest
_DARKER = 96  # levels darker is most print of the front, so that nothing of its strokes goes with what shows through
_BROAD, _DEEP = 9, 20  # of those pixels wide at most is a stroke, and so much darker than what is about it
_MOST, _FEWEST = 0.006, 300  # of all pixels in the middle of strokes at most are between the two; so many show through
_LINE, _NEAR, _ACROSS = 60, 3, 20  # pixels a line is long, and near it; so many strokes go on beyond a line
_PARTS, _IN_PARTS = 24, 4  # parts of the page's width, and of its height, and in how many of them at least
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
    front = depths[depths < white] if white is not None else depths[:0]
    if white is None or not len(front) or np.median(front) > white - _DARKER or not _lies_across(small, white):
        return None
    return white


def _depths(small: Grey) -> Grey:
    """Return how dark strokes are along their middles; shades of cells have none."""
    middles = (small == cv2.erode(small, np.ones((3, 3), np.uint8))) & (small < _INK)
    return np.asarray(small[middles & _are_strokes(small)], dtype=np.uint8)


def _lies_across(small: Grey, white: int) -> bool:
    """Whether strokes lighter than ``white`` go on beyond the ruled lines of the front, in many places all over it.

    The shadow of a fold does so in one place.
    """
    front = (small < white).astype(np.uint8)
    beside = cv2.dilate(front, np.ones((3, 3), np.uint8))
    light = ((small >= white) & (small < _INK) & _are_strokes(small) & (beside == 0)).astype(np.uint8)
    places = np.concatenate([_crossings(light, front), _crossings(light.T, front.T)[:, ::-1]])
    parts = (places * (_PARTS / np.array(small.shape[::-1]))).astype(int)
    return len(places) >= _ACROSS and min(len(np.unique(parts[:, axis])) for axis in (0, 1)) >= _IN_PARTS


def _crossings(light: Grey, front: Grey) -> npt.NDArray[np.float64]:
    """Return the places (x, y) in which strokes stand right above and right below a level line."""
    lines = cv2.morphologyEx(np.ascontiguousarray(front), cv2.MORPH_OPEN, np.ones((1, _LINE), np.uint8))
    both = lines > 0
    for side in (0, _NEAR):  # the strokes right above a line, then those right below it
        near = cv2.dilate(np.ascontiguousarray(light), np.ones((_NEAR + 1, 1), np.uint8), anchor=(0, side))
        both &= cv2.dilate(cv2.min(near, lines), np.ones((2 * _NEAR + 1, 1), np.uint8)) > 0
    return np.asarray(cv2.connectedComponentsWithStats(both.astype(np.uint8), connectivity=8)[3][1:], dtype=np.float64)


def _are_strokes(small: Grey) -> Bools:
    deep = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_BROAD, _BROAD), np.uint8))
    return np.asarray(deep >= _DEEP, dtype=np.bool_)
