"""Folds of a sheet: thin lines that run from one edge of the page to the other, through margins and tables alike.

The paper beside a fold lies in a shadow, on one side or both, that is brighter the further away it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int_]

_SMALL = 0.5  # of the page's pixels are enough to see a fold
_THICKEST = 1 / 200  # of the page's longer side; broader shadows are none
_MARGIN = (0.006, 0.04)  # between these shares of the page's width nothing is printed
_SEEN = 18  # of 255: a fold is at least so much darker than what is beside it
_MARGIN_SHARE, _SHARE = 0.6, 0.9  # of a margin, and of the whole width, must show the fold
_CLEAR = 0.05  # of a margin may be ink; a photo shows the desk there, and its grain is no fold
_GRAIN, _DOT = 0.01, 7  # … if so much of the margin are strokes along it of so many pixels and more; dots are dirt
_STEEPEST = 0.045  # by so much of its length a fold may rise
_LINE, _NEAR = 1 / 30, 7  # of the page's longer side, and pixels: a line that a table's line meets
_SOLID = 0.6  # of such a line is inked; grain in the shadow of a fold is sparser
_MOST_FOLDS = 4  # of a sheet one way; more are lines of a table
_POINTS = 240  # along a fold at which it is looked for
_REACH = 1 / 380  # of the page's longer side is half a fold's breadth
_DARKER, _MORE = 1.25, 15  # a printed line in a fold is darker than the fold, by factor and summand
_DARKEST = 250
_BLACK_FOLD = 128  # of 255: as dark is a fold without its shadow if no light came from it, 25 to 65 are others
_SHADOW = 1 / 22  # of the page's longer side is how far a shadow reaches
_STEPS = 12  # pieces of a fold, each of which has a shadow of its own
_PAPER = 60  # percentile of brightness along a fold that is paper
_CORE = 5  # pixels to either side of a fold where the shadow may be as narrow as the fold
_SMOOTH = 15  # pixels across a fold over which its shadow changes little elsewhere: lines are narrower
_BLACK = 50  # of 255: a darker shadow is taken to be no darker
_HIDDEN = 85  # … and one darker than this hides what is under it: print in a lighter one is still darker than it
_BESIDE = 2  # pixels beside what a fold hides, from which strokes across it are drawn on


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

    def masks(self, bright: Grey) -> tuple[Grey | None, Grey | None]:
        """Return where level and upright folds run on a page whose shadows were divided out, None without any.

        The value is by how much ink must be darker than its surroundings to be more than the fold; 255 where the fold
        is as black as print.
        """
        across = _mask(self.level, bright) if self.level else None
        return across, _turned(_mask(self.upright, _turned(bright))) if self.upright else None

    def without_shadows(self, ink: Grey) -> Grey:
        """Return the page with the shadows along its folds divided out."""
        return self._each(_without_shadows, ink)

    def without_folds(self, ink: Grey, bright: Grey) -> Grey:
        """Return the page ``bright``, whose shadows in ``ink`` were divided out, without the folds themselves.

        Of what a fold hides only strokes that stand on both of its sides come back; lines along it are lost.
        """
        return self._each(_without_folds, bright, ink)

    def _each(self, change: Callable[..., Grey], *images: Grey) -> Grey:
        level = change(images[0], self.level, *images[1:]) if self.level else images[0]
        turned = [_turned(image) for image in (level, *images[1:])] if self.upright else []
        return _turned(change(turned[0], self.upright, *turned[1:])) if self.upright else level


def _hidden(paper: npt.NDArray[np.float32], reach: int) -> tuple[int, int]:
    """Return between which distances a fold hides what is under it; nowhere if the two are one."""
    dark = np.flatnonzero(paper[reach - _CORE : reach + _CORE + 1] < _HIDDEN) + reach - _CORE
    return (int(dark[0]), int(dark[-1]) + 1) if len(dark) else (reach, reach)


def find_creases(ink: Grey) -> Creases:
    """Return the folds of a page that is not yet bent."""
    small = np.asarray(cv2.resize(ink, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return Creases(tuple(_level(small)), tuple(_level(_turned(small))))


def _turned(image: Grey) -> Grey:
    return np.asarray(cv2.transpose(image), dtype=np.uint8)


def _without_shadows(ink: Grey, creases: Sequence[_Crease]) -> Grey:
    """Return the page with the shadow along each level fold divided out."""
    bright = ink.copy()
    for rows, columns, reach in _strips(ink, creases):
        strip = bright[rows, columns]
        for piece in np.array_split(np.arange(ink.shape[1]), _STEPS):
            part = strip[:, piece]
            paper = _profile(part, reach)
            strip[:, piece] = np.minimum(part * (255 / np.maximum(paper, _BLACK))[:, None], 255)
        bright[rows, columns] = strip
    return bright


def _without_folds(bright: Grey, creases: Sequence[_Crease], ink: Grey) -> Grey:
    """Return the page ``bright`` with what each level fold hides in ``ink`` drawn on from both of its sides."""
    bare = bright.copy()
    for rows, columns, reach in _strips(ink, creases):
        shaded, strip = ink[rows, columns], bare[rows, columns]
        for piece in np.array_split(np.arange(ink.shape[1]), _STEPS):
            first, last = _hidden(_profile(shaded[:, piece], reach), reach)
            if first < last:
                strip[first:last, piece] = np.maximum(strip[first - _BESIDE, piece], strip[last + _BESIDE - 1, piece])
        bare[rows, columns] = strip
    return bare


def _strips(ink: Grey, creases: Sequence[_Crease]) -> Iterator[tuple[Indices, Indices, int]]:
    """Yield the rows and columns of what lies about each level fold, by distance from it, and the largest distance."""
    height, width = ink.shape
    reach = round(max(ink.shape) * _SHADOW)
    for crease in creases:
        middle = np.linspace(crease.left, crease.right, width) / _SMALL
        rows = (middle[None, :].round().astype(int) + np.arange(-reach, reach + 1)[:, None]).clip(0, height - 1)
        yield rows, np.broadcast_to(np.arange(width), rows.shape), reach


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
    if last <= first:  # a strip too narrow for margins
        return []
    margins = thin[:, first:last], thin[:, width - last : width - first]
    if any(map(_is_desk, margins)):
        return []
    lefts, rights = (_rows(margin) for margin in margins)
    meets_left, meets_right = (_meeting(side, thick) for side in (small[:, :last], small[:, width - last :]))
    middle = (first + last) / 2
    creases = []
    for start, end in product(lefts, rights):
        slope = (end - start) / (width - 2 * middle)
        is_ruled = meets_left[round(start)] and meets_right[round(end)]  # a picture that shows nothing but a table
        if abs(slope) <= _STEEPEST and not is_ruled:
            left, right = start - slope * middle, start + slope * (width - middle)
            share, depth = _along(thin, left, right)
            if share >= _SHARE:
                creases.append(_Crease(left, right, depth))
    return creases if len(creases) <= _MOST_FOLDS else []


def _is_desk(margin: Grey) -> bool:
    """Whether a margin is full of ink that is more than dots."""
    if float((margin > _SEEN).mean()) <= _CLEAR:
        return False
    strokes = np.asarray(cv2.morphologyEx(margin, cv2.MORPH_OPEN, np.ones((1, _DOT), np.uint8)), dtype=np.uint8)
    return float((strokes > _SEEN).mean()) > _GRAIN


def _mask(creases: Sequence[_Crease], bright: Grey) -> Grey:
    height, width = bright.shape
    mask = np.zeros((height, width), np.uint8)
    breadth = 2 * round(max(height, width) * _REACH) + 1
    for crease in creases:
        left, right = round(crease.left / _SMALL), round(crease.right / _SMALL)
        is_black = _along(255 - bright, left, right)[1] >= _BLACK_FOLD
        limit = 255 if is_black else min(_DARKEST, round(crease.depth * _DARKER + _MORE))
        cv2.line(mask, (0, left), (width, right), (limit,), breadth)
    return mask


def _rows(margin: Grey) -> list[float]:
    """Return the rows of a margin along which there is ink."""
    seen = cv2.dilate((margin > _SEEN).astype(np.uint8), np.ones((3, 1), np.uint8))
    inked = np.flatnonzero(seen.mean(axis=1) >= _MARGIN_SHARE)
    groups = np.split(inked, np.flatnonzero(np.diff(inked) > 3) + 1)
    return [float(group.mean()) for group in groups if 0 < len(group) < len(margin) / 60]


def _meeting(margin: Grey, thick: int) -> npt.NDArray[np.bool_]:
    """Return the rows of a margin in which a long upright line stands, begins or ends."""
    length = max(3, round(max(margin.shape) * _LINE))
    thin = np.asarray(cv2.morphologyEx(margin, cv2.MORPH_BLACKHAT, np.ones((1, thick), np.uint8)), dtype=np.uint8)
    seen = (thin > _SEEN).astype(np.uint8)
    whole = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    lines = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))  # also past those that it crosses
    share = cv2.blur(seen * np.float32(lines > 0), (1, length))
    return np.asarray(np.any(cv2.dilate(share, np.ones((length // 5 + _NEAR, 1))) >= _SOLID, axis=1), dtype=np.bool_)


def _along(thin: Grey, left: float, right: float) -> tuple[float, float]:
    """Return how much of the way from ``left`` to ``right`` shows a fold, and how dark it is."""
    height, width = thin.shape
    x = np.linspace(0, width - 1, _POINTS).astype(int)
    y = np.linspace(left, right, _POINTS)
    reach = max(2, round(max(thin.shape) * _REACH) - 1)
    rows = (y[:, None] + np.arange(-reach, reach + 1)).round().astype(int).clip(0, height - 1)
    darkest = thin[rows, x[:, None]].max(axis=1)
    return float((darkest > _SEEN).mean()), float(np.median(darkest))
