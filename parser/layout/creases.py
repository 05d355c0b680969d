"""Folds of a sheet: thin lines that run from one edge of the page to the other, through margins and tables alike.

The paper beside a fold lies in a shadow, on one side or both, that is brighter the further away it is.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_SHADOW = 1 / 22  # of the page's longer side is how far a shadow reaches
_STEPS = 12  # pieces of a fold, each of which has a shadow of its own
_PAPER = 60  # percentile of brightness along a fold that is paper
_CORE = 5  # pixels to either side of a fold where the shadow may be as narrow as the fold
_SMOOTH = 15  # pixels across a fold over which its shadow changes little elsewhere: lines are narrower
_BLACK = 50  # of 255: a darker shadow hides what is under it


@dataclass(frozen=True, slots=True)
class _Crease:
    """A level fold from ``left`` at the page's left edge to ``right`` at the other, ``depth`` darker than paper."""

    left: float
    right: float
    depth: float


@dataclass(frozen=True, slots=True)
class Creases:
    """The folds of a page: level ones, and upright ones with rows and columns exchanged."""

    level: tuple[_Crease, ...]
    upright: tuple[_Crease, ...]

    def masks(self, height: int, width: int) -> tuple[Grey | None, Grey | None]:
        """Return where level and upright folds run, None without any.

        The value is by how much ink must be darker than its surroundings to be more than the fold.
        """
        down = _mask(self.upright, width, height)
        return _mask(self.level, height, width), None if down is None else _turned(down)

    def without_shadows(self, ink: Grey) -> Grey:
        """Return the page with the shadows along its folds divided out."""
        bright = _without_shadows(ink, self.level) if self.level else ink
        return _turned(_without_shadows(_turned(bright), self.upright)) if self.upright else bright


def find_creases(ink: Grey) -> Creases:
    """Return the folds of a page that is not yet bent."""
    small = np.asarray(cv2.resize(ink, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return Creases(tuple(_level(small)), tuple(_level(_turned(small))))


def _turned(image: Grey) -> Grey:
    return np.asarray(cv2.transpose(image), dtype=np.uint8)


def _without_shadows(ink: Grey, creases: Sequence[_Crease]) -> Grey:
    """Return the page with the shadow along each level fold divided out."""
    bright = ink.copy()
    height, width = ink.shape
    reach = round(max(ink.shape) * _SHADOW)
    for crease in creases:
        middle = np.linspace(crease.left, crease.right, width) / _SMALL
        rows = (middle[None, :].round().astype(int) + np.arange(-reach, reach + 1)[:, None]).clip(0, height - 1)
        columns = np.broadcast_to(np.arange(width), rows.shape)
        strip = bright[rows, columns]
        for piece in np.array_split(np.arange(width), _STEPS):
            part = strip[:, piece]
            paper = _profile(part, reach)
            strip[:, piece] = np.minimum(part * (255 / np.maximum(paper, _BLACK))[:, None], 255)
        bright[rows, columns] = strip
    return bright


def _profile(part: Grey, reach: int) -> npt.NDArray[np.float32]:
    """Return how bright the paper is at each distance from a fold."""
    paper = np.percentile(part, _PAPER, axis=1).astype(np.float32)
    smooth = np.asarray(cv2.medianBlur(paper.astype(np.uint8)[:, None], _SMOOTH), dtype=np.float32)[:, 0]
    core = slice(reach - _CORE, reach + _CORE + 1)
    smooth[core] = np.minimum(paper, smooth)[core]
    return smooth


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


def _mask(creases: Sequence[_Crease], height: int, width: int) -> Grey | None:
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
