"""The levels of damage done by scanners: a printed page becomes a scanned one, parameters drawn for every page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tests.simulator import marks, optics
from tests.simulator.leaf import Leaf
from tests.simulator.optics import Rng
from tests.simulator.paper import Paper, Warp, coloured, move, paper, projective, resized, turned
from tests.simulator.pen import DPI


@dataclass(frozen=True)
class Job:
    """A page on its way into the scanner; ``issuer`` is for its seal, ``colour`` what the scanner is set to."""

    leaf: Leaf
    issuer: str
    colour: bool
    turn: int  # quarters
    cleaned: bool = False  # the scanner makes the paper white


def clean(job: Job, rng: Rng) -> Paper:
    """Return a good scan: 300 dpi, almost straight."""
    item = _skewed(paper(job.leaf), rng.uniform(-0.2, 0.2), rng)
    level = rng.uniform(246, 255)
    image = optics.tone(item.image, rng.uniform(0, 25), (level, level, level))
    image = optics.noise(optics.blur(image, rng.uniform(0.3, 0.6)), rng.uniform(0.8, 2.5), rng)
    return Paper(optics.jpeg(image, int(rng.integers(90, 97)), colour=job.colour), item.outlines)


def office(job: Job, rng: Rng) -> Paper:
    """Return what the copier in the corridor delivers: 200 dpi, up to a degree askew, dusty, JPEG."""
    item = _toned(paper(job.leaf), rng, 0.5)
    item = _skewed(_at(item, 200), rng.uniform(-1, 1), rng)
    white = (262.0, 270.0) if job.cleaned else (226.0, 254.0)
    image = _paper_colour(item.image, rng, white, (10, 60), job.colour and not job.cleaned)
    optics.specks(image, int(rng.integers(2, 30)), 1.2, rng, level=(60, 190))
    image = optics.noise(optics.blur(image, rng.uniform(0.3, 0.75)), rng.uniform(1, 4), rng)
    return Paper(optics.jpeg(image, int(rng.integers(75, 86)), colour=job.colour), item.outlines)


def skewed(job: Job, rng: Rng) -> Paper:
    """Return a page laid down carelessly: 2 to 5 degrees, sealed, ticked, the spine's shadow at a side."""
    item = coloured(_toned(paper(job.leaf), rng, 0.4))
    if rng.random() < 0.65:
        marks.seal(item.image, _seal_place(job.leaf, rng), job.issuer, DPI, rng)
    if rng.random() < 0.4 and item.outlines:
        cells = [points.mean(axis=0) for points in item.outlines.values()]
        chosen = rng.choice(len(cells), size=min(len(cells), int(rng.integers(1, 6))), replace=False)
        places = [(float(cells[n][0] + rng.uniform(20, 60)), float(cells[n][1])) for n in chosen]
        marks.ticks(item.image, places, DPI, rng)
    angle = rng.uniform(2, 5) * rng.choice((-1, 1))
    item = _skewed(_at(item, 200), angle, rng, ground=int(rng.choice((255, 250, 225, 60))))
    image = _paper_colour(item.image, rng, (222, 252), (10, 60), True)
    if rng.random() < 0.5:
        image = optics.lit(image, _spine(rng))
    image = optics.noise(optics.blur(image, rng.uniform(0.3, 0.8)), rng.uniform(1.5, 4), rng)
    return turned(Paper(optics.jpeg(image, int(rng.integers(72, 88))), item.outlines), job.turn)


def fax(job: Job, rng: Rng) -> Paper:
    """Return a fax: two values, 150 dpi (sometimes sent with half the lines), specks, streaks, lost bits of lines."""
    item = _skewed(_at(_toned(paper(job.leaf), rng, 0.35, -0.05), 150), rng.uniform(-1.5, 1.5), rng)
    size = item.size
    if rng.random() < 0.25:
        item = resized(item, (size[0], round(size[1] * 0.68)))
    image = optics.noise(optics.blur(coloured(item).image, rng.uniform(0.3, 0.6)), rng.uniform(6, 18), rng)
    image = optics.black_and_white(image, int(rng.integers(165, 205)))
    optics.pepper(image, rng.uniform(0, 0.0012), rng.uniform(0, 0.002), rng)
    optics.lost_runs(image, int(rng.integers(0, 30)), rng)
    for _ in range(int(rng.integers(0, 3))):
        optics.streak(image, rng, int(rng.integers(1, 3)), rng.uniform(0.5, 1))
    return _nearest(Paper(image, item.outlines), size)


def harsh(job: Job, rng: Rng) -> Paper:
    """Return an old copy: 130 dpi, faint, folded, soft and coarsely compressed."""
    item = paper(job.leaf)
    if job.colour and rng.random() < 0.5:  # in grey a seal would hide the figures under it
        item = coloured(item)
        marks.seal(item.image, _seal_place(job.leaf, rng), job.issuer, DPI, rng)
    item = _skewed(_at(_toned(item, rng, 0.4), 130), rng.uniform(-1.8, 1.8), rng)
    white = rng.uniform(205, 240)
    image = _paper_colour(item.image, rng, (white - 4, white + 4), (55, white - 105), job.colour)
    if rng.random() < 0.6:
        marks.fold(image, rng)
    optics.specks(image, int(rng.integers(2, 30)), 1.0, rng, level=(90, 190))
    image = optics.lit(image, optics.gradient(rng, rng.uniform(0, 0.15)))
    image = optics.noise(optics.blur(image, rng.uniform(0.3, 0.65)), rng.uniform(3, 7), rng)
    return Paper(optics.jpeg(image, int(rng.integers(40, 61)), colour=job.colour), item.outlines)


def _at(item: Paper, dpi: int) -> Paper:
    return resized(item, (round(item.size[0] * dpi / DPI), round(item.size[1] * dpi / DPI)))


def _toned(item: Paper, rng: Rng, most: float, least: float | None = None) -> Paper:
    """Return the print with a little more or less toner, which is most of what tells printers apart."""
    return Paper(optics.thickened(item.image, rng.uniform(-most if least is None else least, most)), item.outlines)


def _skewed(item: Paper, degrees: float, rng: Rng, ground: int = 255) -> Paper:
    """Return the page turned a little about its middle and pushed a little; no cell leaves the picture."""
    width, height = item.size
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    stretch = 1 + rng.uniform(-0.006, 0.006)  # feeders do not pull evenly
    x, y = width / 2, height / 2
    dx, dy = rng.uniform(-0.01, 0.01, 2) * width
    here, there = np.eye(3), np.eye(3)
    here[:2, 2], there[:2, 2] = (-x, -y), (x + dx, y + dy)
    for scale in (1, 0.98, 0.96, 0.94, 0.92, 0.9):
        turn = np.array([(cosine, sine * stretch, 0), (-sine, cosine * stretch, 0), (0, 0, 1 / scale)])
        warp = projective(there @ turn @ here)
        if _fits(item, warp):
            break
    return move(item, warp, item.size, ground, cubic=True)


def _fits(item: Paper, warp: Warp) -> bool:
    """Whether all cells stay in the picture."""
    if not item.outlines:
        return True
    places = warp.forth(np.concatenate(list(item.outlines.values())))
    return bool((places > 4).all() and (places < np.array(item.size) - 4).all())


def _paper_colour(
    image: np.ndarray, rng: Rng, white: tuple[float, float], black: tuple[float, float], colour: bool
) -> np.ndarray:
    """Return the picture with the white of its paper and the black of its ink."""
    level = rng.uniform(*white)
    tint = rng.uniform(-5, 3, 3) if colour else np.zeros(3)
    red, green, blue = (float(part) for part in level + tint)
    return optics.tone(image, rng.uniform(*black), (red, green, blue), rng.uniform(0.85, 1.2))


def _seal_place(leaf: Leaf, rng: Rng) -> tuple[float, float]:
    """Return the middle of a seal: over the signature, else over a table, else somewhere low on the page."""
    if leaf.closing and rng.random() < 0.8:
        return leaf.closing[0] + rng.uniform(-60, 60), leaf.closing[1] + rng.uniform(-150, 40)
    if leaf.tables:
        x0, y0, x1, y1 = leaf.tables[int(rng.integers(len(leaf.tables)))]
        return rng.uniform(x0, x1), rng.uniform(y0, y1)
    return leaf.image.width * rng.uniform(0.5, 0.85), leaf.image.height * rng.uniform(0.55, 0.9)


def _spine(rng: Rng) -> np.ndarray:
    """Return the light over an open book: dark towards the spine at a side."""
    x = np.linspace(0, 1, 64)
    x = x if rng.random() < 0.5 else x[::-1]
    fall = 1 - rng.uniform(0.25, 0.6) * np.exp(-x / rng.uniform(0.03, 0.09))
    return np.repeat(fall[None, :], 8, axis=0)


def _nearest(item: Paper, size: tuple[int, int]) -> Paper:
    """Return the page at another size, lines doubled rather than mixed."""
    if item.size == size:
        return item
    rows = np.arange(size[1]) * item.size[1] // size[1]
    factor = np.array(size) / np.array(item.size)
    return Paper(item.image[rows], {key: points * factor for key, points in item.outlines.items()})
