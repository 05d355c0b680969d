"""How well a box lies where it ought to."""

from __future__ import annotations

from collections.abc import Sequence


def overlap(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the area two boxes (left, top, right, bottom) share, as a share of the area they cover together."""
    wide = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    together = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - wide * high
    return wide * high / together if together > 0 else 0.0
