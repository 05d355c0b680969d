"""Hyphens so small that by themselves they pass for dirt are known by those in the other cells of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from parser.layout.cell_grid import Box
from parser.ocr.blobs import LOW, Blob, blobs_of, inside, near
from parser.ocr.crops import CellInk, line_of
from parser.ocr.engine import Grey

_SEVERAL = 6  # cells with nothing but a hyphen make a page of hyphens
_FLAT, _THIN, _LONG = 1.3, 0.35, 0.9  # a hyphen's width by its height; its height and width at most, by a digit's
_NARROW, _WIDE = 0.55, 1.5  # times as wide, and as high, as the others is what is alike
_PIXEL = 1.0  # … or so much more, where they have few
_ALONE = 0.5  # of its ink is more than there may be in another piece …
_APART = 0.6  # … but in a speck so far away, by a digit's height: no digit's width is as much
_ASIDE = 0.5  # of a digit's height at most it lies beside the middle of its cell

Size = tuple[float, float]
"""Width and height in pixels."""


def usual_hyphen(inks: Iterable[CellInk], digit: float) -> Size | None:
    """Return the size of the hyphens on a page with digits so high; None where it has too few to say."""
    sizes = [size for ink in inks if (size := _lone_piece(ink)) is not None and _is_hyphen(size, digit)]
    if len(sizes) < _SEVERAL:
        return None
    return median(width for width, _ in sizes), median(height for _, height in sizes)


def with_hyphen(ink: CellInk, flat: Grey, box: Box, thickness: float, digit: float, usual: Size) -> CellInk:
    """Return the ink of a cell, with a piece in its middle that is alike to the page's hyphens as its only line.

    Ink that stands in the cell as writing is left as it is, but for a lone low piece, of which it says what it is like.
    """
    if len(ink.lines) > 1 or (ink.lines and (ink.lines[0].pieces > 1 or _height(ink) > LOW * digit)):
        return ink
    inner, left, top = inside(flat, box, thickness)
    pieces = blobs_of(inner)
    alike = [piece for piece in pieces if _is_alike(piece, usual) and _is_in_the_middle(piece, inner, digit)]
    if len(alike) != 1 or not all(_is_nothing(piece, alike[0], digit) for piece in pieces if piece is not alike[0]):
        return ink
    line = ink.lines[0] if ink.lines else line_of(inner, alike, digit, left, top)
    return replace(ink, lines=(line,), is_hyphen_like=True)


def _lone_piece(ink: CellInk) -> Size | None:
    if len(ink.lines) != 1 or ink.lines[0].pieces != 1:
        return None
    left, top, right, bottom = ink.lines[0].box
    return right - left, bottom - top


def _height(ink: CellInk) -> int:
    return ink.lines[0].box[3] - ink.lines[0].box[1]


def _is_hyphen(size: Size, digit: float) -> bool:
    width, height = size
    return width >= _FLAT * height and height <= _THIN * digit and width <= _LONG * digit


def _is_alike(piece: Blob, usual: Size) -> bool:
    sizes: Sequence[tuple[float, float]] = ((piece.width, usual[0]), (piece.height, usual[1]))
    return all(
        min(_NARROW * wanted, wanted - _PIXEL) <= found <= max(_WIDE * wanted, wanted + _PIXEL)
        for found, wanted in sizes
    )


def _is_nothing(piece: Blob, hyphen: Blob, digit: float) -> bool:
    """Whether a piece of ink beside a hyphen is so small, or a speck so far away, that no figure is there."""
    if piece.area <= _ALONE * hyphen.area:
        return True
    is_speck = max(piece.width, piece.height) <= _THIN * digit
    return is_speck and not near([piece], [hyphen], _APART * digit, _APART * digit)


def _is_in_the_middle(piece: Blob, inner: Grey, digit: float) -> bool:
    height, width = inner.shape
    aside = abs(piece.x + piece.right - width) / 2, abs(piece.y + piece.bottom - height) / 2
    return bool(max(aside) <= _ASIDE * digit)
