"""Folds of a sheet: thin shadows that run from one edge of the page to the other, through margins and tables alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_SMALL = 0.5  # of the page's pixels are enough to see a fold
_THICKEST = 1 / 200  # of the page's longer side; broader shadows are none
_MARGIN = (0.006, 0.04)  # between these shares of the page's width nothing is printed
_SEEN = 18  # of 255: a fold is at least so much darker than what is beside it
_MARGIN_SHARE, _SHARE = 0.6, 0.9  # of a margin, and of the whole width, must show the fold
_CLEAR = 0.05  # of a margin may be ink; a photo shows the desk there, and its grain is no fold
_STEEPEST = 0.045  # by so much of its length a fold may rise
_POINTS = 240  # along a fold at which it is looked for
_REACH = 1 / 380  # of the page's longer side is half a fold's breadth
_DARKER, _MORE = 1.25, 15  # a printed line in a fold is darker than the fold, by factor and summand
_DARKEST = 250


@dataclass(frozen=True, slots=True)
class _Crease:
    """A level fold from ``left`` at the page's left edge to ``right`` at the other, ``depth`` darker than paper."""

    left: float
    right: float
    depth: float


def find_creases(ink: Grey) -> tuple[Grey | None, Grey | None]:
    """Return where level and upright folds run on a page not yet bent: masks, None where there is no fold.

    The value in a mask is by how much ink must be darker than its surroundings to be more than the fold.
    """
    small = np.asarray(cv2.resize(ink, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    across = _mask(_level(small), ink.shape[0], ink.shape[1])
    down = _mask(_level(np.asarray(cv2.transpose(small), dtype=np.uint8)), ink.shape[1], ink.shape[0])
    return across, None if down is None else np.asarray(cv2.transpose(down), dtype=np.uint8)


def _level(small: Grey) -> list[_Crease]:
    """Return the level folds of a small page."""
    thick = round(max(small.shape) * _THICKEST) | 1
    thin = np.asarray(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((thick, 1), np.uint8)), dtype=np.uint8)
    width = thin.shape[1]
    first, last = (round(share * width) for share in _MARGIN)
    margins = thin[:, first:last], thin[:, width - last : width - first]
    if max(float((margin > _SEEN).mean()) for margin in margins) > _CLEAR:
        return []
    lefts, rights = (_rows(margin) for margin in margins)
    middle = (first + last) / 2
    creases = []
    for start, end in product(lefts, rights):
        slope = (end - start) / (width - 2 * middle)
        if abs(slope) <= _STEEPEST:
            left, right = start - slope * middle, start + slope * (width - middle)
            share, depth = _along(thin, left, right)
            if share >= _SHARE:
                creases.append(_Crease(left, right, depth))
    return creases


def _mask(creases: list[_Crease], height: int, width: int) -> Grey | None:
    if not creases:
        return None
    mask = np.zeros((height, width), np.uint8)
    breadth = 2 * round(max(height, width) * _REACH) + 1
    for crease in creases:
        left, right = round(crease.left / _SMALL), round(crease.right / _SMALL)
        limit = min(_DARKEST, round(crease.depth * _DARKER + _MORE))
        cv2.line(mask, (0, left), (width, right), (limit,), breadth)
    return mask


def _rows(margin: Grey) -> list[float]:
    """Return the rows of a margin along which there is ink."""
    seen = cv2.dilate((margin > _SEEN).astype(np.uint8), np.ones((3, 1), np.uint8))
    inked = np.flatnonzero(seen.mean(axis=1) >= _MARGIN_SHARE)
    groups = np.split(inked, np.flatnonzero(np.diff(inked) > 3) + 1)
    return [float(group.mean()) for group in groups if 0 < len(group) < len(margin) / 60]


def _along(thin: Grey, left: float, right: float) -> tuple[float, float]:
    """Return how much of the way from ``left`` to ``right`` shows a fold, and how dark it is."""
    height, width = thin.shape
    x = np.linspace(0, width - 1, _POINTS).astype(int)
    y = np.linspace(left, right, _POINTS)
    reach = max(2, round(max(thin.shape) * _REACH) - 1)
    rows = (y[:, None] + np.arange(-reach, reach + 1)).round().astype(int).clip(0, height - 1)
    darkest = thin[rows, x[:, None]].max(axis=1)
    return float((darkest > _SEEN).mean()), float(np.median(darkest))
