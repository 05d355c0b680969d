"""A page image with the outlines of its cells, and the maps that move both alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from tests.simulator.leaf import Leaf

Points = np.ndarray  # (…, 2) of float64: x, y in pixels, (0, 0) the upper left corner of the first pixel
Map = Callable[[Points], Points]
_SIDE = 9  # points along a side of an outline
_STEP = 16  # pixels between which a map is interpolated


@dataclass
class Paper:
    """``image``: uint8, grey or RGB. ``outlines``: by cell key, points around it, four sides of equal number."""

    image: np.ndarray
    outlines: dict[str, Points]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.image.shape[1], self.image.shape[0]


@dataclass(frozen=True)
class Warp:
    """A movement: ``back`` finds for places in the result where they come from, ``forth`` where places go."""

    back: Map
    forth: Map

    def then(self, other: Warp) -> Warp:
        """Return this and then the other as one."""
        return Warp(lambda p: self.back(other.back(p)), lambda p: other.forth(self.forth(p)))


def paper(leaf: Leaf) -> Paper:
    """Return the printed page in grey."""
    return Paper(np.array(leaf.image), {key: _outline(rect) for key, rect in leaf.cells.items()})


def coloured(item: Paper) -> Paper:
    """Return the page as RGB."""
    return Paper(cv2.cvtColor(item.image, cv2.COLOR_GRAY2RGB), item.outlines) if item.image.ndim == 2 else item


def projective(matrix: np.ndarray) -> Warp:
    """Return the movement by a 3 × 3 matrix."""
    inverse = np.linalg.inv(matrix)
    return Warp(lambda p: _project(inverse, p), lambda p: _project(matrix, p))


def corners(before: Points, after: Points) -> Warp:
    """Return the perspective that takes four points to four others."""
    return projective(cv2.getPerspectiveTransform(before.astype(np.float32), after.astype(np.float32)))


def displaced(shift: Map) -> Warp:
    """Return the movement whose result shows at p what was at p + shift(p); the shift must be small and smooth."""

    def forth(points: Points) -> Points:
        found = points
        for _ in range(25):
            found = points - shift(found)
        return found

    return Warp(lambda p: p + shift(p), forth)


def move(
    item: Paper, warp: Warp, size: tuple[int, int], ground: np.ndarray | int = 255, *, cubic: bool = False
) -> Paper:
    """Return the page moved onto a picture of ``size``; ``ground`` (a grey or a picture) shows where it is not."""
    sources = _sources(warp.back, size)
    how = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    if isinstance(ground, int):
        image = cv2.remap(item.image, sources, None, how, borderMode=cv2.BORDER_CONSTANT, borderValue=(ground,) * 3)
    else:
        image = cv2.remap(item.image, sources, None, how, dst=ground.copy(), borderMode=cv2.BORDER_TRANSPARENT)
    if not item.outlines:
        return Paper(image, {})
    places = warp.forth(np.stack(list(item.outlines.values())))
    return Paper(image, dict(zip(item.outlines, places, strict=True)))


def resized(item: Paper, size: tuple[int, int]) -> Paper:
    """Return the page at another size."""
    factor = np.array(size) / np.array(item.size)
    how = cv2.INTER_AREA if factor.max() < 1 else cv2.INTER_CUBIC
    return Paper(cv2.resize(item.image, size, interpolation=how), {k: p * factor for k, p in item.outlines.items()})


def turned(item: Paper, quarters: int) -> Paper:
    """Return the page turned left by quarters."""
    image, outlines = item.image, item.outlines
    for _ in range(quarters % 4):
        width = image.shape[1]
        image = np.rot90(image)
        outlines = {key: np.stack((p[:, 1], width - p[:, 0]), axis=1) for key, p in outlines.items()}
    return Paper(np.ascontiguousarray(image), outlines)


def boxes(item: Paper) -> Mapping[str, tuple[float, float, float, float]]:
    """Return the bounding boxes of the cells as fractions of the page."""
    size = np.array(item.size)
    found = {}
    for key, points in item.outlines.items():
        (x0, y0), (x1, y1) = points.min(axis=0) / size, points.max(axis=0) / size
        found[key] = (float(x0), float(y0), float(x1), float(y1))
    return found


def _outline(rect: tuple[int, int, int, int]) -> Points:
    x0, y0, x1, y1 = rect
    ends = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float64)
    part = np.linspace(0, 1, _SIDE, endpoint=False)[:, None]
    return np.concatenate([a + (b - a) * part for a, b in zip(ends, np.roll(ends, -1, axis=0), strict=True)])


def _project(matrix: np.ndarray, points: Points) -> Points:
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return moved[..., :2] / moved[..., 2:]


def _sources(back: Map, size: tuple[int, int]) -> np.ndarray:
    """Return for every pixel of the result the one to take, worked out on a coarse grid and interpolated."""
    across, down = (-(-length // _STEP) + 2 for length in size)
    xs, ys = ((np.arange(count) - 0.5) * _STEP for count in (across, down))
    found = (back(np.stack(np.meshgrid(xs, ys), axis=2)) - 0.5).astype(np.float32)
    fine = cv2.resize(found, (across * _STEP, down * _STEP), interpolation=cv2.INTER_LINEAR)
    return fine[_STEP : _STEP + size[1], _STEP : _STEP + size[0]]
