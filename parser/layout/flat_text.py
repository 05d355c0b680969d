"""Plain text becomes pieces, whatever separates its cells: tabs, pipes, line ends, blank lines or spaces.

The layouts are those of real text copies: one table row a line with tabs or pipes; one cell a line led by a tab, a
blank line between rows (Word dumps); each cell closed by a pipe on its own line, or cell and pipe on alternate lines;
one cell a line or paragraph without any border; values separated by spaces (PDF text);
tables drawn with characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parser.layout.blank_lines import CELL, empty_cells
from parser.layout.drawn_text import DrawnCell, drawn_rows, is_boxed, is_rule, is_ruled
from parser.layout.opened_rows import row_openers
from parser.layout.text_margins import FEW, PIPES, are_tab_led, is_tab_led, led_by_one, without_margins
from parser.model.document import Piece
from parser.model.place import TextSpan

_FEW_BORDERS = 3  # … and so few drawn borders
_FEW_ROWS = 3  # … or rows
_PROSE = 120  # a line longer than this, runs of spaces not counted, is a paragraph and stays one piece
_RULE_LINE = re.compile(r"[\s|｜:+\-=]*-{3,}[\s|｜:+\-=]*|\s*(?:[|｜]\s*:?-{2,}:?\s*){2,}[|｜]?\s*")
_PAGE_LINE = re.compile(
    r"\s*(?:[-—–·~]+\s*\d{1,3}\s*[-—–·~]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s+/\s+\d{1,3}|\d{1,3}/\d{2,3}"
    r"|[Pp](?:age|AGE)?[.\s]\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?)\s*"
)
_WORD = re.compile(r"(?:\[bookmark:[^\]]*\]|(?<=\S)\xa0+(?=[^\s\d/+\-—_|])|\S)+")
_SPACED_ROW = re.compile(r"[^\t]*\S[ \u3000]+\d[^\t]*\t+\s*")  # tabs only at its end: not what parts its cells
_BEGUN_ROW = re.compile(r"\s*[|｜][^|｜]*[^|｜\s][^|｜]*")  # a pipe, and the row's first cell to the end of the line
_MARKUP = frozenset("#*>")  # Markdown signs that stand alone
_DIGITS = re.compile(r"[\d.,]+")
_GLUED_VALUE = re.compile(  # 增3 is one value; marks are those of a row that ran together
    r"(?<=[\u4e00-\u9fff）)”\"])(?:(?<![增减減加少])(?=\d(?:[\d.,，]*\d)?\s*$)|(?=(?:[/／]+|[-—–]+)\s*$)|(?<![有无])(?=无+\s*$))"
)


def split_text(text: str) -> tuple[Piece, ...]:
    """Return the pieces of ``text`` in reading order; spans are code points into ``text``."""
    return tuple(_Splitter(text).pieces())


@dataclass
class _Splitter:
    text: str
    line: int = 0
    column: int = 0
    piped: bool = False  # pipes part the cells
    tab_led: bool = False  # a tab leads each, on a line of its own
    leading: bool = False  # every row begins with a pipe, which is then no cell's end
    begun: bool = False  # … and the others stand on lines of their own
    openers: frozenset[int] = frozenset()  # where the lines begin that hold the pipe which opens a row
    opened: bool = False  # such a row goes on
    pending: bool = False  # a cell was begun whose closing pipe has not come yet
    empty: Mapping[int, int] = field(default_factory=dict)  # cells, by where the line begins after which they stand
    begin: int = 0  # where the last piece begins
    out: list[Piece] = field(default_factory=list)

    def _prepared(self) -> list[tuple[int, str]]:
        """Return the lines without what is only margin, and see what parts the cells."""
        lines = list(_lines(self.text))
        self.tab_led = are_tab_led([body for _, body in lines])
        lines = led_by_one(lines) if self.tab_led else without_margins(lines)
        bodies = [body for _, body in lines]
        self.piped = sum(body.count("|") + body.count("｜") for body in bodies) >= FEW
        begun = sum(_BEGUN_ROW.fullmatch(body) is not None for body in bodies)
        self.begun = begun >= FEW or (
            begun >= _FEW_ROWS and sum(body.strip() in PIPES for body in bodies if body.strip()) > begun
        )
        self.leading = not self.begun and _begins_with_pipe(bodies)
        self.openers = row_openers([line for line in lines if line[1].strip() and not _is_between_rows(line[1])])
        return lines

    def pieces(self) -> list[Piece]:
        lines = self._prepared()
        piped, tab_led = self.piped, self.tab_led
        drawn = sum(is_rule(body) or is_boxed(body) for _, body in lines) >= _FEW_BORDERS
        rows = drawn_rows(lines) if drawn else {}
        self.empty = {} if drawn else empty_cells(lines)
        for index, (start, body) in enumerate(lines):
            if drawn and is_ruled(body):
                self._drawn(rows.get(start, ()))
            elif not (tab_led and is_tab_led(body)) and (is_rule(body) or _is_between_rows(body)):
                self._next_line(keep_pending=not any(pipe in body for pipe in PIPES))  # a page may end within a cell
            elif piped and any(pipe in body for pipe in PIPES):
                self._piped(start, body)
            elif tab_led and is_tab_led(body):
                self._add(start + 1, body[1:], bounded=True)
            elif (tab_led or self.pending) and self._continues_figure(body, lines[index - 1][1]):
                self._prolong(start, body)
            elif "\t" in body and not _SPACED_ROW.fullmatch(body):
                self._tabbed(start, body)
            elif not body.strip():
                self._next_line(keep_pending=bool(self.out) and self.out[-1].bounded)
            elif piped and not self.leading and _closes_cell(lines, index, self.openers):
                self._add(start, body, bounded=True)
                self.pending = True
            else:
                self._loose(start, body)
                self.pending = piped
        return self.out

    def _drawn(self, cells: Sequence[DrawnCell]) -> None:
        """Add one row of a table drawn with characters, at its first line."""
        self._next_line()
        for cell in cells:
            self.out.append(Piece(cell.text, TextSpan(cell.start, cell.end), self.line, self.column, bounded=True))
            self.column += 1
        self._next_line()

    def _piped(self, start: int, body: str) -> None:
        """Each pipe ends a cell; one that closes a cell begun on a line above adds none, nor one that opens a row."""
        if start in self.openers:
            self._end_row()
            self.opened = True
            return
        position = 0
        if body.lstrip()[0] in PIPES and (self.leading or (self.begun and _BEGUN_ROW.fullmatch(body))):
            position = len(body) - len(body.lstrip()) + 1
        closes = self.pending and body.strip() in PIPES
        for part in re.split(r"[|｜]", body[position:]):
            last = position + len(part) >= len(body)
            if part.strip():
                self._add(start + position, part, bounded=True)
                self.pending = last
            elif not last:
                if not self.pending:
                    self._add(start + position, part, bounded=True)
                self.pending = False
            position += len(part) + 1
        is_padding = len(body.strip()) > 1 and not body.strip(" |｜")
        if is_padding or closes or (position > 2 and any(part.strip() for part in body.split("|"))):
            self._next_line(keep_pending=not (is_padding or closes))

    def _tabbed(self, start: int, body: str) -> None:
        self._next_line()
        position = 0
        for part in body.split("\t"):
            self._add(start + position, part, bounded=True)
            position += len(part) + 1
        self._next_line()

    def _cell_and_empty_ones(self, start: int, body: str) -> None:
        """Add a line that is a cell, and the empty cells behind it."""
        self._add(start, body, bounded=True)
        for _ in range(self.empty.get(start, 0)):
            self._next_line()
            self._add(start + len(body), "", bounded=True)
        self._next_line()

    def _loose(self, start: int, body: str) -> None:
        """Split a line without borders at its spaces, unless it is a paragraph of prose, or a cell by itself."""
        if self.opened and self.column:  # else it is the first line of the row's label
            self._end_row()
        if self.empty and len(body.strip()) <= CELL:
            self._cell_and_empty_ones(start, body)
            return
        if len(" ".join(body.split())) > _PROSE:
            self._add(start, body, bounded=False)
        else:
            for word in _WORD.finditer(body):
                if set(word[0]) <= _MARKUP:
                    continue
                cut = _GLUED_VALUE.search(word[0]) if len(word[0]) <= 60 else None
                parts = (word[0][: cut.start()], word[0][cut.start() :]) if cut else (word[0],)
                position = start + word.start()
                for part in parts:
                    self._add(position, part, bounded=False)
                    position += len(part)
        self._next_line(keep_pending=True)

    def _continues_figure(self, body: str, above: str) -> bool:
        """Whether a line of bare digits stands right below a cell of bare digits: the figure was broken in two."""
        return bool(self.out) and all(map(_DIGITS.fullmatch, (body.strip(), above.strip(), self.out[-1].text)))

    def _prolong(self, start: int, body: str) -> None:
        """Make the line part of the cell above it."""
        piece = self.out.pop()
        begin = self.begin
        end = start + len(body.rstrip())
        self.out.append(replace(piece, text=self.text[begin:end], place=TextSpan(begin, end)))

    def _add(self, start: int, part: str, *, bounded: bool) -> None:
        """Add one piece, its span without the white space around it."""
        stripped = part.strip()
        begin = start + (len(part) - len(part.lstrip()) if stripped else 0)
        self.begin = begin
        place = TextSpan(begin, begin + len(stripped))
        self.out.append(Piece(stripped, place, self.line, self.column, bounded))
        self.column += 1

    def _end_row(self) -> None:
        self.opened = False
        self._next_line()

    def _next_line(self, *, keep_pending: bool = False) -> None:
        if not self.opened:
            self.line += 1
            self.column = 0
        self.pending = self.pending and keep_pending


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for body in text.split("\n"):
        yield start, body
        start += len(body) + 1


def _is_between_rows(body: str) -> bool:
    """Whether the line holds nothing but a rule or a page number."""
    return _RULE_LINE.fullmatch(body) is not None or _PAGE_LINE.fullmatch(body) is not None


def _begins_with_pipe(bodies: list[str]) -> bool:
    """Whether nearly all rows that hold something begin with a pipe."""
    rows = [body.strip() for body in bodies if any(p in body for p in PIPES) and body.strip(" \t\u3000|｜")]
    return len(rows) >= _FEW_ROWS and sum(row[0] in PIPES for row in rows) >= 0.9 * len(rows)


def _closes_cell(lines: list[tuple[int, str]], index: int, openers: frozenset[int]) -> bool:
    """Whether the next line that holds anything begins with a pipe, which closes the cell on this line."""
    written = (line for line in lines[index + 1 : index + 5] if line[1].strip() and not _PAGE_LINE.fullmatch(line[1]))
    return next((body.strip()[0] in PIPES and start not in openers for start, body in written), False)
