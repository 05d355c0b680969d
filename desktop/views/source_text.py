"""Code points of a report's text and positions in a Qt document, and back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from parser.model.place import TextSpan
from parser.model.report import Cell, CellKey

_SHOWN = str.maketrans({"\t": "\u2003", "\r": " ", "\0": "\ufffd", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})
_GAPS = " \t|\u3000\u2002\u2003\u00a0"
_LINE_END = "\u2002↵\u2002"
_GAP = "\u2002\u2002"  # what stands between two cells in the excerpt, …
_HERE = "\ufdd0"  # … and what stands in it for the cell that it is about


class SourceText:
    """The text of one report with the places of its cells; Qt counts UTF-16 units, the parser code points."""

    def __init__(self, text: str, cells: Mapping[CellKey, Cell]) -> None:
        self.text = text
        self._astral = [i for i, character in enumerate(text) if ord(character) > 0xFFFF]
        self._astral_units = [i + place for place, i in enumerate(self._astral)]
        spans = [(c.place.start, c.place.end, key) for key, c in cells.items() if isinstance(c.place, TextSpan)]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    @property
    def shown(self) -> str:
        """The text as a Qt document can hold it, one character for one.

        A tab becomes a wide space: at a tab stop just ahead, "增7" and "303" would be read as one number.
        """
        return self.text.translate(_SHOWN)

    def units(self, point: int) -> int:
        """Return the Qt position of a code point."""
        return point + bisect_left(self._astral, point)

    def point(self, units: int) -> int:
        """Return the code point at a Qt position."""
        return units - bisect_right(self._astral_units, units - 1)

    def key_at(self, units: int) -> CellKey | None:
        """Return the cell whose place holds or touches a Qt position."""
        point = self.point(units)
        place = bisect_right(self._starts, point)
        near = self._spans[max(0, place - 2) : place + 1]
        touching = [(end - start, key) for start, end, key in near if start <= point <= end]
        return max(touching)[1] if touching else None

    def visible(self, span: TextSpan) -> TextSpan:
        """Return the span, for an empty one the gap beside it if any: a character would look like its value."""
        if span.start < span.end:
            return span
        behind, before = self.text[span.start : span.start + 1], self.text[max(0, span.start - 1) : span.start]
        if behind in _GAPS and behind:
            return TextSpan(span.start, span.start + 1)
        return TextSpan(span.start - 1, span.start) if before in _GAPS and before else span


def excerpt(text: str, span: TextSpan, reach: int = 60) -> tuple[str, str, str]:
    """Return what stands before, in and after a place in the text, on one line, the gap wider over empty cells."""
    before, after = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
    said = _one_line(before.replace(_HERE, " ") + _HERE + after)
    left, _, right = said.partition(_HERE)
    return _without_gap(left[::-1])[::-1], " ".join(text[span.start : span.end].split()), _without_gap(right)


def _without_gap(text: str) -> str:
    """Return the text without the one gap that it begins with beside the cell."""
    return text.removeprefix(_GAP).lstrip(" ")


def _one_line(text: str) -> str:
    lines = (_GAP.join(_pieces(line)) for line in text.split("\n"))
    return _LINE_END.join(line for line in lines if line)


def _pieces(line: str) -> list[str]:
    pieces = [piece.strip() for piece in re.split(r"[\t|]", line)]
    filled = [place for place, piece in enumerate(pieces) if piece]
    return pieces[filled[0] : filled[-1] + 1] if filled else []
