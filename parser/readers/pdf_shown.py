"""What the rendered page shows beside its text layer: characters that are not seen, and pictures that nobody reads."""

from __future__ import annotations

from math import ceil

import numpy as np

from parser.readers.pages import Pixels
from parser.readers.pdf_chars import PageMarks
from parser.readers.pdf_objects import Rect

_CONTRAST = 16  # of 255: what differs less from what is around it is not seen
_INSIDE = 0.25  # of a digit's height above and below its middle that is looked at: no border passes there


def unseen_glyphs(marks: PageMarks, pixels: Pixels) -> set[int]:
    """Return the ``order`` of the glyphs where the rendered page shows nothing: painted over, cut off, switched off.

    None of them if it shows nothing for most: then it is the font that the renderer lacks.
    """
    unseen: set[int] = set()
    for glyph in marks.glyphs:
        beside = _INSIDE * (glyph.y1 - glyph.y0) if glyph.text.isdecimal() and not glyph.turn else 0.0
        if not _has_ink(marks, pixels, (glyph.x0, glyph.y0 + beside, glyph.x1, glyph.y1 - beside)):
            unseen.add(glyph.order)
    return unseen if 2 * len(unseen) < len(marks.glyphs) else set()


def pictures_seen(marks: PageMarks, pixels: Pixels) -> list[Rect]:
    """Return the pictures on the page, in points, that are more than one even colour."""
    return [box for box in marks.pictures if _has_ink(marks, pixels, box)]


def alone(pixels: Pixels, box: Rect) -> Pixels:
    """Return the page, white but for the box (fractions)."""
    high, wide = pixels.shape[:2]
    left, top, right, bottom = (round(v * side) for v, side in zip(box, (wide, high, wide, high), strict=True))
    white = np.full_like(pixels, 255)
    white[top:bottom, left:right] = pixels[top:bottom, left:right]
    return white


def _has_ink(marks: PageMarks, pixels: Pixels, box: Rect) -> bool:
    """Whether the page is not of one colour there; so it counts where the box is outside."""
    high, wide = pixels.shape[:2]
    x0, y0, x1, y1 = marks.fractions(box)
    part = pixels[int(y0 * high) : ceil(y1 * high), int(x0 * wide) : ceil(x1 * wide)]
    return not part.size or int(part.max()) - int(part.min()) >= _CONTRAST
