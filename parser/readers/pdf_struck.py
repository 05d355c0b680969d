"""Figures on a PDF page through which a line is drawn: struck out, by whatever program."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from parser.layout.ruled_grid import Segment
from parser.readers.pdf_chars import Glyph

_LEVEL = 0.35  # times as high as it is long is a line that strikes out at most
_SHORTEST = 3.0  # points
_BAND = (0.3, 0.74)  # of a digit's height from its top: a line there goes through it; lower it is underlined
_COVERED = 0.6  # share of the digit's width over which the line runs
_BEYOND = 2.0  # em by which a line that only strikes out runs further than the digits


class Struck(NamedTuple):
    """The ``order`` of the digits struck out, and the lines that do nothing else: they are no borders."""

    orders: frozenset[int]
    strokes: frozenset[Segment]


def struck_out(glyphs: Sequence[Glyph], segments: Sequence[Segment]) -> Struck:
    """Return the digits of the page through whose middle one of the lines is drawn."""
    digits = sorted((g for g in glyphs if g.text.isdecimal() and not g.turn), key=lambda g: g.y)
    if not digits:
        return Struck(frozenset(), frozenset())
    middles = [digit.y for digit in digits]
    highest = max(digit.y1 - digit.y0 for digit in digits)
    orders: set[int] = set()
    strokes: set[Segment] = set()
    for segment in segments:
        wide, high = abs(segment.x1 - segment.x0), abs(segment.y1 - segment.y0)
        if wide < _SHORTEST or high > _LEVEL * wide:
            continue
        top, bottom = sorted((segment.y0, segment.y1))
        near = digits[bisect_left(middles, top - highest) : bisect_right(middles, bottom + highest)]
        crossed = [digit for digit in near if _goes_through(segment, digit)]
        orders.update(digit.order for digit in crossed)
        if crossed and wide <= sum(digit.x1 - digit.x0 for digit in crossed) + _BEYOND * crossed[0].em:
            strokes.add(segment)
    return Struck(frozenset(orders), frozenset(strokes))


def _goes_through(line: Segment, digit: Glyph) -> bool:
    left, right = sorted((line.x0, line.x1))
    wide, high = digit.x1 - digit.x0, digit.y1 - digit.y0
    if min(right, digit.x1) - max(left, digit.x0) < _COVERED * wide:
        return False
    y = line.y0 + (line.y1 - line.y0) * (digit.x - line.x0) / (line.x1 - line.x0)
    return _BAND[0] * high <= y - digit.y0 <= _BAND[1] * high
