"""Pieces of ink that hang together in the inside of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parser.layout.cell_grid import Box
from parser.ocr.engine import Grey

INK = 165  # of 255: darker is ink
FAINT = 215  # … and where there is none, so is a stroke as high as a digit that is darker than this
SPECK = 0.012  # of a digit's square: smaller ink is dirt
STROKE = 0.22  # of a digit's height is the least a stroke measures
LOW = 0.55  # of a digit's height: lower ink is part of a line of text, not one
TALL = 1.6  # times as high as a digit is the highest stroke of a figure, and the widest
_MANY = 400  # pairs of blobs; more are compared all at once, which takes its time, too
_MARGIN = 1.5  # pixels between a line and its cell


@dataclass(frozen=True, slots=True, eq=False)  # a blob is only ever itself, which makes sets of them quick
class Blob:
    """A piece of ink: its box, in pixels from the left and top of the inside, and how many pixels it has."""

    x: int
    y: int
    width: int
    height: int
    area: int

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def covers(self, other: Blob) -> bool:
        """Whether the other one's box lies within this one's."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


def inside(flat: Grey, box: Box, thickness: float) -> tuple[Grey, int, int]:
    """Return what lies within the ruled lines round a cell, and where on the page it begins."""
    margin = round(thickness / 2 + _MARGIN)
    left, top = round(box[0]) + margin, round(box[1]) + margin
    right, bottom = round(box[2]) - margin, round(box[3]) - margin
    return flat[max(0, top) : max(0, bottom), max(0, left) : max(0, right)], max(0, left), max(0, top)


def blobs_of(inner: Grey, darker_than: int = INK) -> list[Blob]:
    """Return the pieces of ink darker than so much; ink that touches at a corner is one piece."""
    if inner.size == 0:
        return []
    inked = (inner < darker_than).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    return [Blob(*blob) for blob in stats[1:count].tolist()]


def near(blobs: Sequence[Blob], others: Sequence[Blob], across: float = 0.0, along: float = 0.0) -> list[Blob]:
    """Return those of the blobs whose boxes are less than ``across`` beside and ``along`` above or below one of others.

    With neither, those whose boxes overlap one.
    """
    if len(blobs) * len(others) > _MANY:
        x0, y0, x1, y1 = np.array([(o.x - across, o.y - along, o.right + across, o.bottom + along) for o in others]).T
        left, top, right, bottom = np.array([(b.x, b.y, b.right, b.bottom) for b in blobs]).T[:, :, None]
        meets = ((left < x1) & (right > x0) & (top < y1) & (bottom > y0)).any(axis=1)
        return [blob for blob, is_near in zip(blobs, meets.tolist(), strict=True) if is_near]
    return [
        b
        for b in blobs
        if any(
            b.x < o.right + across and b.right > o.x - across and b.y < o.bottom + along and b.bottom > o.y - along
            for o in others
        )
    ]


def touches(blob: Blob, inner: Grey) -> bool:
    """Whether the piece runs into the edge of the inside."""
    return blob.x <= 0 or blob.y <= 0 or blob.right >= inner.shape[1] or blob.bottom >= inner.shape[0]


def is_dash(blob: Blob, digit: float) -> bool:
    """Whether the piece is a level stroke, a sign or a mark, on a page with digits so high."""
    return blob.width > STROKE * digit and blob.width > 2 * blob.height and blob.area > SPECK * digit * digit
