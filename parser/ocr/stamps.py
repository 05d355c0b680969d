"""Red stamps are lifted off a page, and where they lay is remembered."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

_SMALL = 4  # pixels of the page to one of the picture in which stamps are looked for
_RED = 24  # by how much red exceeds the other channels under a stamp, the paper's own colour set aside
_BRIGHT = 0.72  # of the paper's brightness has the red channel there at least; a wooden desk is darker
_SHARE = 0.0004  # of the page must be as red, else it is a speck
_MARGIN = 40  # pixels around what is red where a stamp may go on
_REDDISH = (8, 20)  # between these the surroundings of a stamp begin
_AROUND = 13  # pixels across are those surroundings: coarse compression smears colour, not brightness
_LIFT = 0.8  # a stamp lets less red through than paper by so much of its excess
_PAPER_AROUND = 61  # pixels in which some are paper
_SMEARED = 17  # pixels across which compression smears the colour of thin strokes
_OWN = 0.75  # the excess of red is so much of a stamp's darkness in the other channels
_MIXED = (0.25, 0.6)  # between these shares of that excess darkness is print, or a thin stroke of a stamp
_FAINT = (25, 40)  # between these the red channel alone begins to show what is under a stamp
_BROAD = 9  # pixels: broader red is no line
_RUN, _WIDER = 1 / 25, 1 / 3.5  # of the page's width: a line runs so far, and a table of red lines is wider than a seal
_STROKE = (0.4, 0.6)  # of the paper's brightness: what is darker in the red channel is no thin stroke of a stamp


def without_stamps(pixels: Pixels) -> tuple[Grey, Grey | None]:
    """Return the page in grey without its red stamps, and the mask of where they lie; None without any."""
    grey: Grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    small = cv2.resize(pixels, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    paper = np.median(small[::2, ::2], axis=(0, 1))
    usual = float(paper @ (0.299, 0.587, 0.114)) / np.maximum(paper, 1)
    red, excess = _red(np.asarray(small, dtype=np.uint8), usual)
    found = ((excess > _RED) & (red > _BRIGHT * paper.max())).astype(np.uint8)
    if np.count_nonzero(found) <= _SHARE * found.size:
        return grey, None
    x, y, width, height = (_SMALL * n for n in cv2.boundingRect(found))
    area = slice(max(0, y - _MARGIN), y + height + _MARGIN), slice(max(0, x - _MARGIN), x + width + _MARGIN)
    red, excess = _red(pixels[area], usual)
    ruled = _ruled(excess, grey.shape[1])
    grey[area] = np.where(ruled, grey[area], _lifted(grey[area], red, excess))
    mask = np.zeros_like(grey)
    mask[area] = np.where(ruled, 0, cv2.dilate((excess > _RED).astype(np.uint8) * 255, np.ones((3, 3), np.uint8)))
    return grey, mask if mask.any() else None


def _ruled(excess: Grey, width: int) -> npt.NDArray[np.bool_]:
    """Return where red lines of a table run: thin, straight, and together wider than any seal."""
    red = (excess > _REDDISH[0]).astype(np.uint8)
    thin = cv2.subtract(red, cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((_BROAD, _BROAD), np.uint8)))
    run = max(3, round(width * _RUN))
    level = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    upright = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    lines = cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    wide = stats[:, cv2.CC_STAT_WIDTH] >= _WIDER * width
    wide[0] = False
    return np.asarray(wide[labels], dtype=np.bool_)


def _red(pixels: Pixels, usual: npt.NDArray[np.float64]) -> tuple[Grey, Grey]:
    """Return the red channel as on grey paper, and by how much it exceeds the others."""
    red, green, blue = (cv2.convertScaleAbs(pixels[..., n], alpha=float(usual[n])) for n in range(3))
    excess = cv2.subtract(red, cv2.max(green, blue))
    return np.asarray(red, dtype=np.uint8), np.asarray(excess, dtype=np.uint8)


def _lifted(grey: Grey, red: Grey, excess: Grey) -> Grey:
    """Return a part of the page in ``grey`` without its red stamps.

    Through broad strokes the red channel shows what is printed under them, only a little darker. Thin strokes have lost
    their colour to compression: what is dark there is print only as far as the surroundings are not red enough for it.
    """
    near = cv2.dilate(cv2.blur(excess, (3, 3)), np.ones((_AROUND, _AROUND), np.uint8)).astype(np.float32)
    share = cv2.divide(cv2.blur(excess, (3, 3)), np.maximum(cv2.blur(red, (3, 3)), _REDDISH[1]), scale=255)
    lifted = red * (1 + _LIFT / 255 * cv2.dilate(share, np.ones((5, 5), np.uint8)).astype(np.float32))
    others = cv2.subtract(red, excess)
    paper = cv2.dilate(cv2.blur(others, (3, 3)), np.ones((_PAPER_AROUND, _PAPER_AROUND), np.uint8))
    window = (_SMEARED, _SMEARED)
    dark = np.maximum(cv2.blur(cv2.subtract(paper, others), window), _REDDISH[0]).astype(np.float32)
    stroke = _ramp(np.divide(red, np.maximum(paper, 1), dtype=np.float32), _STROKE) * (1 - _ramp(near, _FAINT))
    stroke *= _ramp(cv2.blur(excess, window) / (_OWN * dark), _MIXED)
    lifted = np.minimum(lifted, paper)
    lifted += (paper - lifted) * stroke
    return np.asarray(np.clip(grey + (lifted - grey) * _ramp(near, _REDDISH), 0, 255), dtype=np.uint8)


def _ramp(values: Floats, bounds: tuple[float, float]) -> Floats:
    """Return 0 below the bounds, 1 above them, and what lies between."""
    return np.asarray(np.clip((values - bounds[0]) / (bounds[1] - bounds[0]), 0, 1), dtype=np.float32)
