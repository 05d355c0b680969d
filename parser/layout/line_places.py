"""At which heights level lines run, from the pieces that are left of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

_LEAST_LINE = 0.05  # of the table's extent is the least a line measures
_ALONG = 0.5  # of the shorter of two pieces
_SAMPLED = 4  # every so many columns are looked at where only the height of lines matters


def line_places(mask: Grey, tolerance: float) -> Floats:
    """Return the heights of the level lines in a mask, from top to bottom; pieces within ``tolerance`` are of one."""
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, round(tolerance * 6) | 1), np.uint8))
    sampled = np.ascontiguousarray(joined[:, ::_SAMPLED])
    count, _, stats, centres = cv2.connectedComponentsWithStats(sampled, connectivity=8)
    lefts, widths = (stats[:, part] * _SAMPLED for part in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH))
    pieces = sorted(
        _Piece(float(centres[n, 1]), float(lefts[n]), float(widths[n]))
        for n in range(1, count)
        if widths[n] > 2 * tolerance
    )
    groups: list[list[_Piece]] = []
    for piece in pieces:
        is_near = bool(groups) and piece.height - _middle(groups[-1]) <= tolerance * 1.5
        if is_near and not any(piece.is_beside(other, tolerance) for other in groups[-1]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    long = [group for group in groups if sum(piece.length for piece in group) >= _LEAST_LINE * mask.shape[1]]
    return np.array([_middle(group) for group in long])


class _Piece(NamedTuple):
    """A piece of a level line."""

    height: float
    left: float
    length: float

    def is_beside(self, other: _Piece, tolerance: float) -> bool:
        """Whether the other one runs along it for so far, and so far from it, that they are two lines."""
        common = min(self.left + self.length, other.left + other.length) - max(self.left, other.left)
        return self.height - other.height > tolerance and common > _ALONG * min(self.length, other.length)


def _middle(group: Sequence[_Piece]) -> float:
    return sum(piece.height * piece.length for piece in group) / sum(piece.length for piece in group)
