"""Printed pages become photos taken with a telephone: perspective, curled paper, lamp light, a desk around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from tests.simulator import optics
from tests.simulator.optics import Rng
from tests.simulator.paper import Map, Paper, Points, coloured, corners, displaced, move

_SENSORS = ((2448, 3264), (2592, 3456), (2736, 3648), (3000, 4000))
_DESKS = ((120, 84, 58), (168, 132, 96), (92, 96, 104), (196, 192, 186), (58, 62, 70), (138, 110, 92), (225, 224, 220))


@dataclass(frozen=True)
class Session:
    """What stays the same from one photo to the next."""

    size: tuple[int, int]
    desk: tuple[int, int, int]
    cast: tuple[float, float, float]


def session(rng: Rng, *, across: bool = False) -> Session:
    """Return where and with what the photos are taken; ``across``: wider than high."""
    size = _SENSORS[int(rng.integers(len(_SENSORS)))]
    warm = rng.uniform(-0.03, 0.09)
    cast = (1.0, 1 - max(warm, 0) * 0.45, 1 - warm) if warm > 0 else (1 + warm, 1 + warm * 0.3, 1.0)
    return Session(size[::-1] if across else size, _DESKS[int(rng.integers(len(_DESKS)))], cast)


def photo(papers: Sequence[Paper], taken: Session, rng: Rng) -> Paper:
    """Return one photo of the pages lying side by side."""
    picture = _desk(taken, rng)
    outlines: dict[str, Points] = {}
    for number, item in enumerate(papers):
        quad = _sheet(taken.size, number, len(papers), rng)
        _shadow(picture, quad, rng)
        width, height = item.size
        page = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
        warp = displaced(_curl(item.size, rng)).then(corners(page, quad))
        moved = move(coloured(item), warp, taken.size, picture)
        picture = moved.image
        outlines |= moved.outlines
    return Paper(_exposed(picture, taken, rng), outlines)


def resolution(taken: Session, count: int) -> int:
    """Return about how many pixels there are to an inch of paper when a photo shows ``count`` pages."""
    width, height = taken.size
    return round(0.88 * min(height, width / count * 297 / 210) / (297 / 25.4))


def _sheet(size: tuple[int, int], number: int, count: int, rng: Rng) -> Points:
    """Return the corners of a page in the photo: as large as fits, then displaced by up to 6 % of the picture."""
    width, height = size
    share = width / count
    tall = min(height * rng.uniform(0.9, 0.97), share * rng.uniform(0.9, 0.96) * 297 / 210)
    wide = tall * 210 / 297
    x, y = share * (number + 0.5), height / 2
    quad = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]) / 2 + (x, y)
    most = rng.uniform(0.01, 0.06)
    inward = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * rng.uniform(-0.15, 1, (4, 2))
    quad += inward * most * np.array((share, height))
    return np.clip(quad, (share * number + 4, 4), (share * (number + 1) - 4, height - 4))


def _curl(size: tuple[int, int], rng: Rng) -> Map:
    """Return how far the curled paper lies from flat: two soft waves, up to 1 % of the page."""
    width, height = size
    strength = rng.uniform(0, 0.01, 2) * width * rng.choice((-1, 1), 2)
    waves, phases = rng.uniform(0.35, 0.9, 2), rng.uniform(0, 2 * np.pi, 4)
    lean = rng.uniform(-0.6, 0.6)

    def shift(points: Points) -> Points:
        x, y = points[..., 0] / width, points[..., 1] / height
        dy = strength[0] * np.sin(2 * np.pi * waves[0] * (x + lean * y) + phases[0])
        dx = 0.35 * strength[1] * np.sin(2 * np.pi * waves[1] * (y + lean * x) + phases[1])
        dx = dx + 0.3 * strength[0] * np.cos(2 * np.pi * waves[0] * x + phases[2])
        return np.stack((dx, dy), axis=-1)

    return shift


def _desk(taken: Session, rng: Rng) -> np.ndarray:
    """Return the desk: a colour with a grain along it."""
    width, height = taken.size
    grain = rng.normal(0, 1, (height // 16, 12)).astype(np.float32)
    fine = rng.normal(0, 1, (height // 4, width // 4)).astype(np.float32)
    field = cv2.resize(grain, (width // 4, height // 4), interpolation=cv2.INTER_CUBIC) * rng.uniform(1, 7)
    field += cv2.GaussianBlur(fine, (0, 0), 1.2) * rng.uniform(1, 6)
    colour = np.clip(np.array(taken.desk) + field[:, :, None], 0, 255).astype(np.uint8)
    return cv2.resize(colour, taken.size)


def _shadow(picture: np.ndarray, quad: Points, rng: Rng) -> None:
    """Darken the desk where the paper keeps the light off."""
    scale = 8
    height, width = picture.shape[0] // scale, picture.shape[1] // scale
    layer = np.zeros((height, width), np.float32)
    moved = (quad + rng.uniform(-14, 14, 2)) / scale
    cv2.fillConvexPoly(layer, np.round(moved).astype(np.int32), 1.0)
    layer = 1 - cv2.GaussianBlur(layer, (0, 0), rng.uniform(1.5, 4)) * rng.uniform(0.3, 0.6)
    picture[:] = optics.lit(picture, layer)


def _exposed(picture: np.ndarray, taken: Session, rng: Rng) -> np.ndarray:
    """Return the picture as the camera keeps it: light, focus, colour cast, noise, JPEG."""
    light = optics.gradient(rng, rng.uniform(0.1, 0.38))
    if rng.random() < 0.45:
        light = light * _hand(rng)
    white = rng.uniform(212, 250)
    red, green, blue = (white * part for part in taken.cast)
    picture = optics.lit(picture, light)
    picture = optics.tone(picture, rng.uniform(6, 34), (red, green, blue), rng.uniform(0.85, 1.15))
    picture = optics.blur(picture, rng.uniform(0.5, 1.25) * taken.size[0] / 2736)
    picture = optics.noise(picture, rng.uniform(2, 6), rng, coloured=True)
    return optics.jpeg(optics.blur(picture, 0.5), int(rng.integers(80, 93)))


def _hand(rng: Rng) -> np.ndarray:
    """Return the soft-edged shadow of whoever takes the photo."""
    y, x = np.mgrid[0:1:48j, 0:1:36j]
    angle = rng.uniform(0, 2 * np.pi)
    edge = np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5) - rng.uniform(0.05, 0.35)
    edge = edge + 0.04 * np.sin(9 * x + 7 * y + rng.uniform(0, 6))
    return 1 - rng.uniform(0.12, 0.35) / (1 + np.exp(-edge / rng.uniform(0.015, 0.06)))
