"""Pale lines that a computer drew, in a picture of a screen, made dark enough to be seen as the lines of a table.

On paper no line as pale as these is as even: what is seen there is what shows through from the back, or dirt.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from parser.ocr.show_through import shows_through

Pixels = npt.NDArray[np.uint8]
Grey = npt.NDArray[np.uint8]

_THICKEST = 3  # pixels
_SHORTEST = 31  # pixels that a line is even
_PALEST = 8  # of 255: it is on average so much darker than what is beside it …
_FAINT = 5  # … or so much in a picture that was never compressed …
_BLURRED = 0.005  # of the pixels of others, and more, differ from its paper by a trace
_ANYWHERE, _NEARLY_ALL = 4, 0.85  # … and at least so much on so much of its length: others cross it
_EVEN = 4.0  # of 255: its pixels differ by no more, in standard deviation
_PIECE, _FEWEST = 15, 0.0005  # of the pixels, at least, are on so long pieces of pale lines where a table is drawn so
_DARK = 96  # of 255: as dark as a line that is seen for certain
_SEEN = 185  # of 255: darker lines are seen as they are
_SCREEN = 0.5  # of a picture of a screen, and more, is one shade; paper has many


def with_hairlines_drawn(pixels: Pixels) -> Pixels:
    """Return the picture with its pale, even, thin lines drawn dark; itself where it has none, or is no screen's."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    shades = np.append(cv2.calcHist([grey], [0], None, [256], (0, 256)).ravel(), 0)
    paper = int(shades.argmax())
    if shades[paper] < _SCREEN * grey.size or shows_through(_on_white(grey, paper)):
        return pixels
    palest = _FAINT if shades[paper - 1] + shades[paper + 1] < _BLURRED * grey.size else _PALEST
    lines = cv2.bitwise_or(_level(grey, palest), _turned(_level(_turned(grey), palest)))
    if not lines.any():
        return pixels
    drawn = pixels.copy()
    drawn[lines > 0] = _DARK
    return drawn


def _on_white(grey: Grey, paper: int) -> Grey:
    return np.asarray(cv2.convertScaleAbs(grey, alpha=255 / max(paper, 1)), dtype=np.uint8)


def _level(grey: Grey, palest: float) -> Grey:
    """Return where pale level lines run (1), which are on average darker by ``palest``."""
    across = np.ones((_THICKEST + 2, 1), np.uint8)
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, across)
    is_pale = cv2.erode(grey, across) > _SEEN  # not the soft edge of something dark
    candidates = ((thin >= _ANYWHERE) & is_pale).astype(np.uint8)
    pieces = cv2.morphologyEx(candidates, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    found = np.zeros_like(grey)
    if np.count_nonzero(pieces) < _FEWEST * grey.size:  # what follows takes its time
        return found
    rows = np.flatnonzero(pieces.any(axis=1))
    is_thin = candidates[rows].astype(np.float32)
    share = _along(is_thin)
    shade, much = grey[rows] * is_thin, np.maximum(share, _NEARLY_ALL)
    mean = _along(shade) / much
    uneven = _along(shade * shade) / much - mean * mean
    dark = _along(thin[rows].astype(np.float32))
    middles = (dark >= palest) & (share >= _NEARLY_ALL) & (uneven <= _EVEN**2)
    runs = cv2.dilate(middles.astype(np.uint8), np.ones((1, _SHORTEST), np.uint8))
    found[rows] = cv2.min(runs, candidates[rows])
    return found


def _along(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the means over a line's shortest length."""
    return np.asarray(cv2.blur(values, (_SHORTEST, 1)), dtype=np.float32)


def _turned(image: Grey) -> Grey:
    return np.asarray(cv2.transpose(image), dtype=np.uint8)
