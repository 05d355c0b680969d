"""What scanners, fax machines and cameras do to a picture without moving anything in it."""

from __future__ import annotations

from statistics import NormalDist

import cv2
import numpy as np

Rng = np.random.Generator
Image = np.ndarray


def tone(image: Image, black: float, white: tuple[float, float, float], gamma: float = 1.0) -> Image:
    """Return the picture, grey or RGB, as RGB with black and white (red, green, blue) put elsewhere."""
    ramp = (np.arange(256) / 255.0) ** gamma
    table = np.stack([np.clip(black + ramp * (level - black), 0, 255) for level in white], axis=1)
    image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB) if image.ndim == 2 else image
    return cv2.LUT(image, np.round(table).astype(np.uint8)[None])


def grey(image: Image) -> Image:
    """Return the picture without colour, still with three channels."""
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def blur(image: Image, sigma: float) -> Image:
    """Return the picture out of focus."""
    return cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.15 else image


def noise(image: Image, sigma: float, rng: Rng, *, coloured: bool = False) -> Image:
    """Return the picture with Gaussian noise of ``sigma`` grey levels."""
    normal = NormalDist(0, max(sigma, 0.01))
    table = np.round([normal.inv_cdf((n + 0.5) / 256) for n in range(256)])
    dice = np.frombuffer(rng.bytes(image.size if coloured else image.size // 3), np.uint8)
    dice = dice.reshape(image.shape if coloured else image.shape[:2])
    more, less = (cv2.LUT(dice, np.clip(sign * table, 0, 255).astype(np.uint8)) for sign in (1, -1))
    if not coloured:
        more, less = (cv2.merge([part] * 3) for part in (more, less))
    return cv2.subtract(cv2.add(image, more), less)


def lit(image: Image, light: np.ndarray) -> Image:
    """Return the picture in a light given as a coarse field of factors up to 1."""
    field = cv2.resize(np.round(np.clip(light, 0, 1) * 255).astype(np.uint8), image.shape[1::-1])
    return cv2.multiply(image, cv2.merge([field] * 3), scale=1 / 255)


def gradient(rng: Rng, depth: float) -> np.ndarray:
    """Return an uneven light: a slope, a bright place and soft waves, ``depth`` dark at worst."""
    y, x = np.mgrid[0:1:48j, 0:1:36j]
    angle, (cx, cy) = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.8, 2)
    slope = np.cos(angle) * x + np.sin(angle) * y
    field = slope * rng.uniform(0.3, 1) - np.hypot(x - cx, y - cy) * rng.uniform(0.4, 1)
    field += 0.15 * np.sin(2 * np.pi * (x * rng.uniform(0.3, 1.2) + y * rng.uniform(0.3, 1.2) + rng.random()))
    field = (field - field.min()) / np.ptp(field)
    return 1 - depth * (1 - field)


def thickened(image: Image, amount: float) -> Image:
    """Return the print with more toner (``amount`` above 0) or less (below)."""
    kernel = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    other = cv2.erode(image, kernel) if amount > 0 else cv2.dilate(image, kernel)
    share = min(abs(amount), 1.0)
    return cv2.addWeighted(other, share, image, 1 - share, 0)


def jpeg(image: Image, quality: int, *, colour: bool = True) -> Image:
    """Return the picture as it comes out of a JPEG file."""
    source = cv2.cvtColor(image, cv2.COLOR_RGB2BGR if colour else cv2.COLOR_RGB2GRAY)
    _, data = cv2.imencode(".jpg", source, [cv2.IMWRITE_JPEG_QUALITY, quality])
    out = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return cv2.cvtColor(out, cv2.COLOR_BGR2RGB)


def specks(image: Image, count: int, largest: float, rng: Rng, *, level: tuple[int, int] = (30, 150)) -> None:
    """Put dust on the picture."""
    height, width = image.shape[:2]
    for _ in range(count):
        at = (int(rng.integers(width)), int(rng.integers(height)))
        axes = (max(1, round(rng.uniform(0.3, largest))), max(1, round(rng.uniform(0.3, largest))))
        shade = int(rng.integers(*level))
        cv2.ellipse(image, at, axes, float(rng.uniform(0, 180)), 0, 360, (shade,) * 3, -1, cv2.LINE_AA)


def pepper(image: Image, dark: float, light: float, rng: Rng) -> None:
    """Turn a share of the pixels black and another white."""
    height, width = image.shape[:2]
    for share, value in ((dark, 0), (light, 255)):
        count = int(share * height * width)
        image[rng.integers(height, size=count), rng.integers(width, size=count)] = value


def lost_runs(image: Image, count: int, rng: Rng) -> None:
    """Lose bits of scan lines: they come out white or as the line above."""
    height, width = image.shape[:2]
    for _ in range(count):
        y, x = int(rng.integers(1, height)), int(rng.integers(width))
        end = min(width, x + int(rng.integers(20, width // 3)))
        image[y, x:end] = 255 if rng.random() < 0.5 else image[y - 1, x:end]


def streak(image: Image, rng: Rng, thickness: int, strength: float, shade: int = 0) -> None:
    """Draw what dirt on the glass of a feeder draws: a line down the whole page, broken here and there."""
    height, width = image.shape[:2]
    x = int(rng.uniform(0.04, 0.96) * width)
    there = np.repeat(rng.random(-(-height // 24)) < strength, 24)[:height]
    there &= rng.random(height) < 0.9
    image[there, x : x + thickness] = shade


def black_and_white(image: Image, threshold: int) -> Image:
    """Return the picture in two values, 0 and 255."""
    one = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return cv2.cvtColor(np.where(one < threshold, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB)
