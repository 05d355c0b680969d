"""A source file after reading: the text the window shows and its pieces in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from parser.model.place import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest thing a reader tells apart: one table cell, or one run of loose text.

    ``text`` is as printed (line breaks inside a cell kept), ``''`` for a cell known to be empty.
    ``line`` counts the table rows or text lines of the document; ``column`` is the position in it.
    ``bounded`` says that the source itself drew this piece's borders (tab, pipe, ruled or HTML cell), so that an
    empty neighbour would have been seen; loose words on a line are not bounded.
    """

    text: str
    place: Place
    line: int
    column: int
    bounded: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns, whatever the file format was.

    ``text`` has LF line ends and is what the text view shows; every ``TextSpan`` points into it.
    """

    name: str
    kind: str
    sha256: str
    text: str
    pieces: tuple[Piece, ...]
    pages: int | None = None
    notes: tuple[str, ...] = field(default=())
