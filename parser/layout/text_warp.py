"""A page without tables is laid flat by its lines of text: photos of it are tilted and curled like others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from parser.layout.straighten import TERMS, Flattening, Points, Warp, bend
from parser.layout.text_rows import Grey, text_rows
from parser.layout.text_skew import clearness, text_angle

_CLEARER = 1.2  # times as clear must the rows of text become
_LEAST = 6  # lines of text by whose ends anything is told
_LEANING = np.arange(-0.15, 0.1501, 0.0025)  # across by down, how far margins may lean
_ALIGNED = 0.006  # of the page's half: ends so near each other stand one under the other
_TOGETHER = 0.3  # of the lines must end so …
_DOWN = 0.4  # … over so much of the page's half, for few lines lean any way


def find_text_warp(ink: Grey, otherwise: Warp) -> Warp:
    """Return the warp that makes the lines of text level and lets them begin and end one under the other.

    It is ``otherwise`` unless the lines become clearly clearer. Dark ink on white.
    """
    angle = text_angle(ink)
    rows = text_rows(ink, angle)
    if len(rows) < _LEAST:
        return otherwise
    turned = Warp(otherwise.size, angle, np.zeros(TERMS), np.zeros(TERMS))
    x, y = turned.unit(np.concatenate([_pairs(turned.flat(row[1:-1])) for row in rows]))
    level = Warp(turned.size, angle, np.zeros(TERMS), bend(x, y))
    found = Warp(turned.size, angle, _upright(level, rows), level.bend_y)
    before, after = (clearness(Flattening(warp)(ink)) for warp in (otherwise, found))
    return found if after > _CLEARER * before else otherwise


def _pairs(points: Points) -> Points:
    """Return every two of the points (n × 2 × xy); made in one go, for the window waits for each."""
    return np.asarray(points[np.stack(np.triu_indices(len(points), 1), axis=-1)])


def _upright(warp: Warp, rows: list[Points]) -> npt.NDArray[np.float64]:
    """Return the shifts along x that make both margins of the text upright."""
    x, y = warp.unit(np.array([warp.flat(row[[0, -1]]) for row in rows]))
    shifts = np.zeros(TERMS)
    left, right = (_leaning(x[:, side], y[:, side]) for side in (0, 1))
    if left is None and right is None:
        return shifts
    (lean_left, at_left), (lean_right, at_right) = left or right, right or left  # type: ignore[misc]
    growth = (lean_right - lean_left) / (at_right - at_left) if left and right else 0.0
    shifts[:2] = -(lean_left - growth * at_left), -growth  # of y, and of y times x
    return shifts


def _leaning(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[float, float] | None:
    """Return how far a margin leans and where it stands in the middle of the page; None where the ends show none."""
    best, most, at = 0.0, 0, 0.0
    for lean in sorted(_LEANING, key=abs):
        ends = np.sort(x - lean * y)
        count = np.searchsorted(ends, ends + _ALIGNED, side="right") - np.arange(len(ends))
        if count.max() > most:
            best, most, at = float(lean), int(count.max()), float(ends[count.argmax()])
    aligned = y[np.abs(x - best * y - at - _ALIGNED / 2) <= _ALIGNED]
    return (best, at) if most >= _TOGETHER * len(x) and np.ptp(aligned) >= _DOWN else None
