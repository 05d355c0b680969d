"""A skewed, tilted or curled page is laid flat by the long lines printed on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parser.layout.text_skew import text_angle

Grey = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]  # n × 2, x and y

_LOOK_SIDE = 1100  # pixels of the longer side in which line segments are looked for
_LEAST_SEGMENT = 22  # of those pixels; text has no strokes as long
_THICKEST = 11  # … and broader ink is shadow
_GLANCE_SIDE, _GLANCE_THICKEST, _GLANCE_LEAST = 550, 7, 20  # the same for a glance at a page
_GLANCE_LONG = 60  # … and what the feet of characters, seen as one, are not
_LONG = 80  # … but ruled lines have
_ENOUGH = 8  # segments in a direction to bend anything by
_ONE_ROW, _LEAST_UPRIGHT = 2, 12  # long borders has a row alone, and so many pixels its upright lines at least
_FEW, _LENGTH = 4, 3.0  # … or so few that are so many halves of the page's longer side long together
_EDGE = 0.2  # of the page's longer side: a longer line that meets few others is the edge of a sheet
_MEETS = 1 / 90  # … so near ends another line that meets it
_FEW_MEET = 2
_GRID = 40  # pixels between the points of the map that is interpolated


@dataclass(frozen=True)
class Warp:
    """The way from the page (x, y) to the page laid flat (u, v), both in pixels of the page.

    First a turn by ``angle`` (radians) about the centre, then smooth shifts along x and y, polynomials of both.
    """

    size: tuple[int, int]  # width and height of the page
    angle: float
    bend_x: npt.NDArray[np.float64]
    bend_y: npt.NDArray[np.float64]

    def flat(self, points: Points) -> Points:
        """Return where the points of the page lie on the flat page."""
        turned = self._turn(points, -self.angle)
        x, y = self.unit(turned)
        shift = np.stack([_across(y, x) @ self.bend_x, _across(x, y) @ self.bend_y], axis=-1)
        return np.asarray(turned + shift * self._scale, dtype=np.float64)

    def page(self, points: Points) -> Points:
        """Return where points of the flat page lie on the page."""
        guess = np.array(points, dtype=np.float64)
        for _ in range(4):
            x, y = self.unit(guess)
            shift = np.stack([_across(y, x) @ self.bend_x, _across(x, y) @ self.bend_y], axis=-1)
            guess = points - shift * self._scale
        return self._turn(guess, self.angle)

    @property
    def _scale(self) -> float:
        return max(self.size) / 2

    def unit(self, points: Points) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return x and y of points, the page's middle being 0 and half its longer side 1."""
        centred = (points - np.array(self.size) / 2) / self._scale
        return centred[..., 0], centred[..., 1]

    def _turn(self, points: Points, angle: float) -> Points:
        centre = np.array(self.size) / 2
        cos, sin = np.cos(angle), np.sin(angle)
        turned: Points = (points - centre) @ np.array([[cos, sin], [-sin, cos]]) + centre
        return turned


def find_warp(ink: Grey) -> Warp:
    """Return the warp that makes the long lines on the page level and upright; where there are none, the text level.

    A row of a table alone on the page tells its angle, and no more.
    """
    height, width = ink.shape
    size = (width, height)
    zero = np.zeros(TERMS)
    segments, lengths = _segments(ink)
    if (lengths > _LONG).sum() < _ENOUGH:
        return Warp(size, _angle_of_row(ink), zero, zero)
    angle = _main_direction(segments, lengths)
    warp = Warp(size, angle, zero, zero)
    ends = warp.flat(segments.reshape(-1, 2)).reshape(-1, 2, 2)
    level, upright = _ways(ends, max(size))
    x, y = warp.unit(ends)
    return Warp(size, angle, bend(y[upright], x[upright]), bend(x[level], y[level]))


def _angle_of_row(ink: Grey) -> float:
    """Return the angle, in radians, of a row alone on a page, whose upright lines are short; else that of the text."""
    segments, lengths = _segments(ink, least=_LEAST_UPRIGHT)
    ruled = np.any(_ways(segments, max(ink.shape)), axis=0) & (lengths > _LONG)
    return _main_direction(segments[ruled], lengths[ruled]) if ruled.sum() >= _ONE_ROW else text_angle(ink)


class Flattening:
    """Lays images of one page flat; the way back of each pixel is found only once."""

    def __init__(self, warp: Warp) -> None:
        width, height = warp.size
        columns, rows = -(-width // _GRID) + 2, -(-height // _GRID) + 2
        middles = (np.arange(max(columns, rows)) - 0.5) * _GRID - 0.5  # where resizing takes a sample to stand
        u, v = np.meshgrid(middles[:columns], middles[:rows])
        source = warp.page(np.stack([u, v], axis=-1)).astype(np.float32)
        dense = cv2.resize(source, (columns * _GRID, rows * _GRID), interpolation=cv2.INTER_LINEAR)
        self._sources = dense[_GRID : _GRID + height, _GRID : _GRID + width]

    def __call__(self, image: Grey, fill: int = 255) -> Grey:
        """Return the image, of the page's size, laid flat; what lies beyond its edges is ``fill``."""
        edge = cv2.BORDER_CONSTANT
        flat = cv2.remap(image, self._sources, np.zeros(0), cv2.INTER_LINEAR, borderMode=edge, borderValue=(fill,))
        return np.asarray(flat, dtype=np.uint8)


TERMS = 8
_USUAL = np.array([0.03, 0.05, 0.02, 0.03, 0.02, 0.03, 0.02, 0.02])  # how large the shares of a bend are in photos
_UNSURE = 0.0013  # by how much the end of a segment may be misplaced, the page's half being 1


def _across(along: npt.NDArray[np.float64], across: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the terms of a bend, all of them zero on the page's middle axis, where nothing moves."""
    a, c = along, across
    return np.stack([c * 0 + a, a * c, a * c * c, a * a, a * a * c, a**3, a**3 * c, a**4], axis=-1)


def ruled_length(grey: Grey) -> float:
    """Return how long the straight lines on a page are together, each border of a line for itself, in longer sides.

    A glance at a small copy, which need be neither clean nor level. None where the lines may be rows of characters.
    """
    segments, lengths = _segments(grey, _GLANCE_SIDE, _GLANCE_THICKEST, _GLANCE_LEAST)
    is_ruled = lengths.max(initial=0) >= _GLANCE_LONG or _run_both_ways(segments, lengths)
    return float(lengths.sum() / _GLANCE_SIDE) if is_ruled else 0.0


def _run_both_ways(segments: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64]) -> bool:
    """Whether some of the segments run across the others: the feet of the characters in a line of text do not."""
    along = np.diff(segments, axis=1)[:, 0]
    angles = 2 * np.arctan2(along[:, 1], along[:, 0])  # doubled, so that either end may come first
    mean = np.angle((lengths * np.exp(1j * angles)).sum())
    return bool((np.cos(angles - mean) < 0).any())


def _segments(
    ink: Grey, side: int = _LOOK_SIDE, thickest: int = _THICKEST, least: int = _LEAST_SEGMENT
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the straight segments on the page (n × 2 ends × xy, in pixels) and their lengths when it has ``side``."""
    scale = min(1.0, side / max(ink.shape))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    thin = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((thickest, thickest), np.uint8))
    found: Any = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(thin)[0]
    if found is None:
        return np.zeros((0, 2, 2)), np.zeros(0)
    segments = found.reshape(-1, 2, 2).astype(np.float64)
    lengths = np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1)
    long = lengths >= least
    return segments[long] / scale, lengths[long]


def _main_direction(segments: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64]) -> float:
    """Return the angle, within 45° either way, to which most of the segments' length is parallel or upright."""
    difference = segments[:, 1] - segments[:, 0]
    angles = np.arctan2(difference[:, 1], difference[:, 0])
    quarter = np.pi / 2
    folded = (angles + quarter / 2) % quarter - quarter / 2
    weights = lengths * np.minimum(lengths, _LONG)  # an edge of the sheet is longer than any line between crossings
    steps = np.radians(np.arange(-45, 45, 0.5))
    histogram = np.array([(weights * (np.abs(_fold(folded - step)) < np.radians(1.5))).sum() for step in steps])
    best = steps[int(histogram.argmax())]
    near = np.abs(_fold(folded - best)) < np.radians(2.5)
    return float(best + np.average(_fold(folded[near] - best), weights=weights[near]))


def _ways(ends: npt.NDArray[np.float64], side: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Tell which segments are level lines and which upright ones; edges of a sheet are neither."""
    along = np.abs(ends[:, 1] - ends[:, 0])
    level, upright = along[:, 0] > 6 * along[:, 1], along[:, 1] > 6 * along[:, 0]
    across, down = ends[level], ends[upright]
    level[level] = ~_is_edge(across, down, side)
    upright[upright] = ~_is_edge(down[..., ::-1], across[..., ::-1], side)
    return level, upright


def _is_edge(lines: npt.NDArray[np.float64], others: npt.NDArray[np.float64], side: int) -> npt.NDArray[np.bool_]:
    """Tell which of the level lines are edges of a sheet: long, and hardly any upright line begins or ends on them, nor
    do they begin or end on one. Edges of a sheet meet only each other, at their ends.

    For upright lines x and y are to be exchanged.
    """
    edges = np.zeros(len(lines), dtype=np.bool_)
    long = np.abs(lines[:, 1, 0] - lines[:, 0, 0]) > side * _EDGE
    reach = side * _MEETS
    ended_on = _lies_on(others, lines[long], reach, corner=0).sum(axis=0)
    ends_on = _lies_on(lines[long][..., ::-1], others[..., ::-1], reach, corner=reach).sum(axis=1)
    edges[long] = ended_on + ends_on < _FEW_MEET
    return edges


def _lies_on(
    ending: npt.NDArray[np.float64], lines: npt.NDArray[np.float64], reach: float, corner: float
) -> npt.NDArray[np.int_]:
    """Count, for each of the lines ``ending`` (first axis), its ends on each of the level ``lines`` (second axis).

    On it are those less than ``reach`` above or below, and more than ``corner`` within its ends.
    """
    x, y = ending[:, :, None, 0], ending[:, :, None, 1]
    (x0, y0), (x1, y1) = (lines[:, end].T for end in (0, 1))
    within = (x > np.minimum(x0, x1) + corner) & (x < np.maximum(x0, x1) - corner)
    height = y0 + (x - x0) * ((y1 - y0) / (x1 - x0))
    return np.asarray((within & (np.abs(y - height) < reach)).sum(axis=1))


def _fold(angles: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    quarter = np.pi / 2
    return (angles + quarter / 2) % quarter - quarter / 2


def bend(along: npt.NDArray[np.float64], across: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Fit the shift across that puts both ends of every segment at one height; segments that disagree lose weight.

    What the segments leave open, such as the shift far away from all of them, is as small as it can be.
    """
    length = np.abs(along[:, 1] - along[:, 0]).sum()
    if len(along) < _ENOUGH and (len(along) < _FEW or length < _LENGTH):
        return np.zeros(TERMS)
    terms = _across(along[:, 1], across[:, 1]) - _across(along[:, 0], across[:, 0])
    wanted = across[:, 0] - across[:, 1]
    span = np.maximum(np.abs(along[:, 1] - along[:, 0]), 1e-9)
    ridge = np.diag((_UNSURE / _USUAL) ** 2)
    fit: npt.NDArray[np.float64] = np.zeros(TERMS)
    for _ in range(10):
        residual = np.abs(terms @ fit - wanted) / span  # as a slope
        spread = max(float(np.median(residual)) * 2.5, 0.002)
        weighted = terms * (np.sqrt(span) / (1 + (residual / spread) ** 2) ** 2)[:, None]
        fit = np.asarray(np.linalg.solve(terms.T @ weighted + ridge, weighted.T @ wanted), dtype=np.float64)
    return fit
