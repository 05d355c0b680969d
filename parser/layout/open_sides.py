"""Tables without a line at one of their edges.

At the left or right the edge of the picture cut it off, or it was never drawn; above or below a fold hides it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from parser.layout.line_masks import Grey

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_REACH = 2  # pixels above and below where a level line is expected
_NARROWEST = 1 / 60  # of the page's longer side: lines that go on for less end at the outermost upright one
_FEWEST = 2  # level lines go on …
_EVEN = 1 / 150  # … and end within so much of the page's longer side
_ALONG = 0.8  # of the width of a table a fold runs along the line that it hides


def open_sides(level: Grey, ys: Floats, xs: Floats, side: int) -> tuple[list[float], list[float]]:
    """Return where the level lines end left of the first upright line and right of the last: none or one place each.

    ``level`` are the level lines at ``ys``, ``xs`` the upright ones, ``side`` is the longer one of the page.
    """
    strips = [level[max(0, round(y) - _REACH) : round(y) + _REACH + 1].any(axis=0) for y in ys]
    inked = [np.flatnonzero(strip) for strip in strips if strip.any()]
    if not inked:
        return [], []
    left = _common(np.array([xs[0] - columns[0] for columns in inked]), side)
    right = _common(np.array([columns[-1] - xs[-1] for columns in inked]), side)
    return [xs[0] - lead for lead in left], [xs[-1] + lead for lead in right]


def folded_ends(upright: Grey, xs: Floats, ys: Floats, side: int, fold: Grey | None) -> tuple[list[float], list[float]]:
    """Return where upright lines end in a fold above the first level line and below the last: none or one place each.

    ``upright`` are the upright lines, rows and columns exchanged, at ``xs``, ``ys`` the level ones; ``fold`` (rows ×
    columns) is where level folds run.
    """
    if fold is None:
        return [], []
    columns = slice(max(0, round(xs[0])), round(xs[-1]))

    def is_hidden(place: float) -> bool:
        strip = fold[max(0, round(place - side * _EVEN)) : round(place + side * _EVEN), columns]
        return bool(strip.size and (strip > 0).any(axis=0).mean() >= _ALONG)

    above, below = open_sides(upright, xs, ys, side)
    return list(filter(is_hidden, above)), list(filter(is_hidden, below))


def with_sides(drawn: Bools, before: list[float], behind: list[float]) -> Bools:
    """Return which stretches of lines are drawn (lines × stretches), with all those of the sides that were added."""
    whole = drawn.copy()
    if before:
        whole[0] = True
    if behind:
        whole[-1] = True
    return whole


def _common(leads: Floats, side: int) -> list[float]:
    """Return how far the furthest lines go on, if several end alike."""
    furthest = float(leads.max())
    alike = leads[leads >= furthest - side * _EVEN]
    return [float(np.median(alike))] if furthest > side * _NARROWEST and len(alike) >= _FEWEST else []
