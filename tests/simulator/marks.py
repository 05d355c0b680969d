"""What people put on a printed page: the round red seal, pencil ticks; and what folding does to it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.simulator.fonts import faces
from tests.simulator.optics import Rng

_DIAMETER = 42 / 25.4  # inches: the seal of an office


def seal(image: np.ndarray, centre: tuple[float, float], name: str, dpi: int, rng: Rng) -> None:
    """Stamp the red seal of ``name`` around ``centre``: its ink darkens what is under it and is worn in places."""
    side = round(_DIAMETER * dpi * rng.uniform(0.92, 1.05))
    ink = _turned(_seal(name, side), rng.uniform(-14, 14))
    ink *= _wear(ink.shape, rng) * rng.uniform(0.6, 0.92)
    colour = np.array([rng.uniform(195, 230), rng.uniform(25, 70), rng.uniform(30, 75)])
    x, y = round(centre[0] - side / 2), round(centre[1] - side / 2)
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + side, image.shape[1]), min(y + side, image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = image[y0:y1, x0:x1].astype(np.float32)
    cover = ink[y0 - y : y1 - y, x0 - x : x1 - x, None]
    image[y0:y1, x0:x1] = (part * (1 - cover * (1 - colour / 255))).astype(np.uint8)


def ticks(image: np.ndarray, places: list[tuple[float, float]], dpi: int, rng: Rng) -> None:
    """Draw pencil ticks and short strokes at ``places``."""
    for x, y in places:
        size = rng.uniform(0.06, 0.13) * dpi
        shape = np.array([(-0.5, -0.1), (-0.15, 0.4), (0.2, -0.3), (0.75, -1.0)])
        points = shape * size + np.array((x, y)) + rng.normal(0, size * 0.07, shape.shape)
        smooth = _curve(points)
        shade = int(rng.integers(70, 135))
        corner = np.maximum(np.floor(smooth.min(axis=0)).astype(int) - 6, 0)
        far = np.ceil(smooth.max(axis=0)).astype(int) + 6
        part = image[corner[1] : far[1], corner[0] : far[0]]
        layer = np.full(part.shape[:2], 255, np.uint8)
        curve = np.round((smooth - corner) * 16).astype(np.int32)
        cv2.polylines(layer, [curve], False, shade, max(1, dpi // 90), cv2.LINE_AA, 4)
        np.minimum(part, layer[:, :, None], out=part)


def fold(image: np.ndarray, rng: Rng) -> None:
    """Crease the page across or down: paper a little darker on one side, the crease itself light with a dark edge."""
    down = rng.random() < 0.4
    view = image.transpose(1, 0, 2) if down else image
    length = view.shape[0]
    at = length * rng.uniform(0.3, 0.7)
    drift = rng.uniform(-0.01, 0.01) * view.shape[1]
    wave = np.linspace(0, drift, view.shape[1]) + at
    distance = np.arange(length)[:, None] - wave[None, :]
    near = np.exp(-np.abs(distance) / (length * 0.05))
    factor = 1 - rng.uniform(0.08, 0.18) * near * (distance > 0)
    factor *= 1 - rng.uniform(0.2, 0.4) * np.exp(-(((distance - 2) / 1.6) ** 2))
    light = rng.uniform(20, 60) * np.exp(-(((distance + 1) / 1.5) ** 2))
    worn = np.repeat(rng.uniform(0.3, 1, -(-view.shape[1] // 7)), 7)[: view.shape[1]]
    view[:] = np.clip(view * factor[:, :, None] + (light * worn)[:, :, None], 0, 255).astype(np.uint8)


def _seal(name: str, side: int) -> np.ndarray:
    """Return the ink of a seal, 0 to 1: ring, star, the name along the ring."""
    scale = 2
    big = side * scale
    picture = Image.new("L", (big, big))
    pencil = ImageDraw.Draw(picture)
    middle, radius = big / 2, big * 0.49
    pencil.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=big // 38)
    star = [_around(middle, radius * (0.3 if n % 2 == 0 else 0.115), n * 36 - 90) for n in range(10)]
    pencil.polygon(star, fill=255)
    size = radius * min(0.29, 4.2 / max(len(name), 8))
    span = min(290, 26 * len(name))
    face = faces().serif[0].at(size)
    for number, sign in enumerate(name):
        angle = -span / 2 + (number + 0.5) * span / len(name)
        glyph = Image.new("L", (round(size * 1.5), round(size * 1.5)))
        ImageDraw.Draw(glyph).text((size * 0.75, size * 0.75), sign, 255, face, anchor="mm", stroke_width=1)
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x, y = _around(middle, radius * 0.76, angle - 90)
        picture.paste(255, (round(x - size * 0.75), round(y - size * 0.75)), glyph)
    small = picture.resize((side, side), Image.Resampling.LANCZOS)
    return np.asarray(small, np.float32) / 255


def _around(middle: float, radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return middle + radius * math.cos(angle), middle + radius * math.sin(angle)


def _turned(ink: np.ndarray, degrees: float) -> np.ndarray:
    side = ink.shape[0]
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1.0)
    return cv2.warpAffine(ink, matrix, (side, side))


def _wear(shape: tuple[int, ...], rng: Rng) -> np.ndarray:
    """Return how much ink there is by place: a fine grain and larger faint patches."""
    fine = cv2.GaussianBlur(rng.random(shape[:2]).astype(np.float32), (0, 0), 1.2)
    coarse = cv2.resize(rng.random((7, 7)).astype(np.float32), shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(0.75 + (fine - 0.5) * 1.6 + (coarse - 0.5) * 0.6, 0.1, 1)


def _curve(points: np.ndarray) -> np.ndarray:
    t = np.linspace(0, len(points) - 1, 24)
    return np.stack([np.interp(t, np.arange(len(points)), points[:, axis]) for axis in (0, 1)], axis=1)
