"""Paragraphs and table rows, as a structured file gives them, become one text and its pieces."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parser.layout.flat_text import split_text
from parser.model.document import Piece, Seen
from parser.model.place import PageBox, TextSpan
from parser.model.report import Doubt

SeenPart = tuple[int, int, Seen]  # begin and end of a part of a line, and how it was seen


@dataclass
class TextBuilder:
    """Writes lines of loose text and rows of cells; every piece knows its place in the text.

    ``seen`` says where on a page each piece stands, by its span, as far as that was told, and ``doubts`` what is odd
    about a cell.
    """

    seen: dict[TextSpan, Seen] = field(default_factory=dict)
    doubts: dict[TextSpan, tuple[Doubt, ...]] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _loose: list[str] = field(default_factory=list)
    _loose_seen: list[SeenPart] = field(default_factory=list)
    _loose_length: int = 0
    _length: int = 0
    _line: int = 0

    def add_line(self, text: str, seen: Sequence[SeenPart] = ()) -> None:
        """Add a paragraph, or several lines of text that no table cell holds; ``seen`` are parts of it in order."""
        self._loose.append(text)
        begin = self._loose_length
        self._loose_seen += [(begin + first, begin + last, how) for first, last, how in seen]
        self._loose_length += len(text) + 1

    def add_row(
        self,
        cells: Sequence[str],
        seen: Sequence[Seen] = (),
        columns: Sequence[int] = (),
        doubts: Sequence[tuple[Doubt, ...]] = (),
    ) -> None:
        """Add a table row: its cells side by side, ``''`` for an empty one; a merged cell stands once.

        ``seen`` says for each cell how it was seen, and ``columns`` in which column of its table's grid it begins;
        both are empty for a source without pages. ``doubts`` are those of each cell, where a source knows of any.
        """
        self._split_loose()
        for number, text in enumerate(cells):
            if number:
                self._emit("\t")
            place = TextSpan(self._length, self._length + len(text))
            column = columns[number] if columns else number
            self._pieces.append(Piece(text, place, self._line, column, bounded=True))
            if seen:
                self.seen[place] = seen[number]
            if doubts and doubts[number]:
                self.doubts[place] = doubts[number]
            self._emit(text)
        self._emit("\n")
        self._line += 1

    def finish(self) -> tuple[str, tuple[Piece, ...]]:
        """Return the text and its pieces; the last line has no line end."""
        self._split_loose()
        return "".join(self._parts).rstrip("\n"), tuple(self._pieces)

    def _split_loose(self) -> None:
        """Split the loose lines since the last row all together: only together they show how they are laid out."""
        text, parts = "\n".join(self._loose), self._loose_seen
        self._loose, self._loose_seen, self._loose_length = [], [], 0
        if not text.strip():
            return
        lines = 0
        for piece in split_text(text):
            if isinstance(piece.place, TextSpan):
                place = TextSpan(self._length + piece.place.start, self._length + piece.place.end)
                self._pieces.append(replace(piece, place=place, line=self._line + piece.line))
                lines = piece.line
                how = _seen_in(parts, piece.place)
                if how:
                    self.seen[place] = how
        self._emit(text + "\n")
        self._line += lines + 1

    def _emit(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _seen_in(parts: Sequence[SeenPart], span: TextSpan) -> Seen | None:
    """Return how a piece of a line was seen: the parts it covers on the page where it begins, or its share of one."""
    first = bisect_right(parts, span.start, key=lambda part: part[1])
    covered = parts[first : bisect_left(parts, span.end, key=lambda part: part[0])]
    if not covered:
        return None
    page = covered[0][2].box.page
    boxes = [_share(part, span) for part in covered if part[2].box.page == page]
    x0, y0, x1, y1 = (pick(box[side] for box in boxes) for side, pick in enumerate((min, min, max, max)))
    doubts = dict.fromkeys(doubt for _, _, how in covered for doubt in how.doubts)
    return Seen(PageBox(page, (x0, y0, x1, y1)), min(how.confidence for _, _, how in covered), tuple(doubts))


def _share(part: SeenPart, span: TextSpan) -> tuple[float, float, float, float]:
    """Return the box of as much of the part as lies in the span, its characters taken for equally wide."""
    begin, end, how = part
    x0, y0, x1, y1 = how.box.box
    width = (x1 - x0) / max(1, end - begin)
    return x0 + width * max(0, span.start - begin), y0, x1 - width * max(0, end - span.end), y1
