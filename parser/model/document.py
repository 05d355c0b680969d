"""A source file after reading: the text the window shows and its pieces in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parser.model.place import PageBox, Place, TextSpan
from parser.model.report import Doubt

RECOGNISED = ("scan", "image")
"""Kinds of document of which every word was recognised, none given by the file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest thing a reader tells apart: one table cell, or one run of loose text.

    ``text`` is as printed (line breaks inside a cell kept), ``''`` for a cell known to be empty.
    ``line`` counts the table rows or text lines of the document; ``column`` is the position in it, for a table with a
    known grid the column in which the cell begins.
    ``bounded`` says that the source itself drew this piece's borders (tab, pipe, ruled or HTML cell), so that an
    empty neighbour would have been seen; loose words on a line are not bounded.
    """

    text: str
    place: Place
    line: int
    column: int
    bounded: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """How a piece of a page was seen: where, how surely it was recognised (0–1), and what was odd about it."""

    box: PageBox
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Document:
    """What a reader returns, whatever the file format was.

    ``text`` has LF line ends and is what the text view shows; every ``TextSpan`` points into it. Documents made of
    pages have the text that was read off them, and say in ``seen`` where on the pages its pieces stand, by their span.
    ``doubts`` say by their span of pieces of other documents what the source shows there and the text does not.
    """

    name: str
    kind: str
    sha256: str
    text: str
    pieces: tuple[Piece, ...]
    pages: int | None = None
    notes: tuple[str, ...] = field(default=())
    seen: Mapping[TextSpan, Seen] = field(default_factory=dict)
    doubts: Mapping[TextSpan, tuple[Doubt, ...]] = field(default_factory=dict)

    def doubts_at(self, span: TextSpan) -> tuple[Doubt, ...]:
        """Return what the text does not show of the pieces that the span is, or that it has a part of."""
        found = (
            doubts
            for other, doubts in self.doubts.items()
            if other == span or (other.start < span.end and span.start < other.end)
        )
        return tuple(dict.fromkeys(doubt for doubts in found for doubt in doubts))

    def seen_at(self, span: TextSpan) -> Seen | None:
        """Return how the piece was seen in which the span begins, None for text that stands on no page."""
        exact = self.seen.get(span)
        if exact is not None or not self.seen:
            return exact
        spans = self._spans
        before = bisect_right(spans, (span.start, span.start), key=lambda s: (s.start, s.start)) - 1
        return self.seen[spans[before]] if before >= 0 and span.start <= spans[before].end else None

    @cached_property
    def _spans(self) -> list[TextSpan]:
        return sorted(self.seen, key=lambda span: span.start)
