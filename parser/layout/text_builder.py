"""Paragraphs and table rows, as a structured file gives them, become one text and its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parser.layout.flat_text import split_text
from parser.model.document import Piece
from parser.model.place import TextSpan


@dataclass
class TextBuilder:
    """Writes lines of loose text and rows of cells; every piece knows its place in the text."""

    _parts: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _loose: list[str] = field(default_factory=list)
    _length: int = 0
    _line: int = 0

    def add_line(self, text: str) -> None:
        """Add a paragraph, or several lines of text that no table cell holds."""
        self._loose.append(text)

    def add_row(self, cells: Sequence[str]) -> None:
        """Add a table row: its cells side by side, ``''`` for an empty one; a merged cell stands once."""
        self._split_loose()
        for column, text in enumerate(cells):
            if column:
                self._emit("\t")
            place = TextSpan(self._length, self._length + len(text))
            self._pieces.append(Piece(text, place, self._line, column, bounded=True))
            self._emit(text)
        self._emit("\n")
        self._line += 1

    def finish(self) -> tuple[str, tuple[Piece, ...]]:
        """Return the text and its pieces; the last line has no line end."""
        self._split_loose()
        return "".join(self._parts).rstrip("\n"), tuple(self._pieces)

    def _split_loose(self) -> None:
        """Split the loose lines since the last row all together: only together they show how they are laid out."""
        text = "\n".join(self._loose)
        self._loose.clear()
        if not text.strip():
            return
        lines = 0
        for piece in split_text(text):
            if isinstance(piece.place, TextSpan):
                place = TextSpan(self._length + piece.place.start, self._length + piece.place.end)
                self._pieces.append(replace(piece, place=place, line=self._line + piece.line))
                lines = piece.line
        self._emit(text + "\n")
        self._line += lines + 1

    def _emit(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
