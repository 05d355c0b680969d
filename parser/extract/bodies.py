"""What stands behind each label of a table: the row's own elements, and the parts that belong to unknown rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from parser.extract.align import Alignment, Match
from parser.extract.elements import (
    Element,
    Kind,
    chunks,
    elements,
    line_and_rest,
    own_elements,
    split_digits,
    unlabelled_lines,
    words_as_specks,
)
from parser.extract.foreign_heads import ToldByHeads, foreign_heads, told_by_heads
from parser.extract.heads import heads_of
from parser.extract.values import leaked_value
from parser.model.document import Piece
from parser.model.place import Place, TextSpan
from parser.model.template import Block, Row, Table
from parser.templates.characters import characters
from parser.templates.labels import normalise

_PROSE = 40  # an unknown text this long is prose: the table is over
_ADDRESS = re.compile(r"https?:|www\.")  # which a browser prints at the foot of a page
_SENTENCE = re.compile(r"[。；！？]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_FIGURES = re.compile(r"(\s\d[\d,.]*){2,}\s*$")  # at the end of a row that ran into another
_ROW_CELLS = 24  # a line of more cells than this is not one row of a table
_GARBLED = 0.8  # of the characters stand in the row's own label, in order, where words are what was made of that
_WORDS = 4  # an unknown text this long between a label and its values may be the label of another row


@dataclass(slots=True)
class Body:
    """A row's label and everything up to the next label of the form.

    ``line`` is that on which the label ends. ``is_line``: the label's cells follow on it, a row of a table with
    borders; the label is on one, and no figures stand behind them.
    ``own`` are the row's values and blanks; ``parts`` the whole body cut where another, unknown row begins;
    ``heads`` is what the headers tell of it; ``is_one_figure``: the row's figures stood together as one.
    """

    match: Match
    row: Row
    block: Block
    line: int
    is_line: bool
    parts: list[list[Element]]
    own: list[Element]
    heads: ToldByHeads
    is_one_figure: bool = False

    @property
    def depth(self) -> int:
        """How many group labels stand left of the row's own."""
        return len(self.row.path)

    @property
    def words(self) -> str | None:
        """A word that stands where a value is due ("不涉及"), in a row without any, or an empty cell a column.

        Or a sign that stands for each of them.
        """
        cells = [e for e in self.parts[0] if e.kind is not Kind.TEXT]
        strange = [e for e in self.parts[0] if e.kind in (Kind.TEXT, Kind.SPECK) and self._is_strange(e)]
        signs = [e for e in self.parts[0] if e.kind is Kind.TEXT and not normalise(e.piece.text)]
        width = len(self.block.columns)
        if any(e.kind is Kind.VALUE for e in cells):
            return None
        if len(strange) + len(signs) >= width:
            strange += signs
        else:  # on a line of cells the row's own words are specks, the others below it
            strange = [e for e in strange if e.kind is Kind.TEXT and len(cells) < width and not self.is_line]
        return strange[0].piece.text if strange else None

    @property
    def on_line(self) -> list[Element]:
        """The row's part of the body and all that stands on the line of its label, if that is one of a ruled table."""
        others = [e for part in self.parts[1:] for e in part if e.piece.bounded and e.piece.line == self.line]
        return [*self.parts[0], *others]

    def _is_strange(self, element: Element) -> bool:
        """Whether the element holds words, and they are not of the row's label."""
        words = normalise(element.piece.text)
        return bool(words) and words not in _wording(self.row)

    @property
    def stranger(self) -> str | None:
        """Unknown words between the label and its first value: the label of a row lost, or of a part of this one."""
        label = _wording(self.row)
        before: Element | None = None
        for element in self.parts[0]:
            if element.kind is Kind.VALUE:
                return before.piece.text if before and before.piece.line == element.piece.line else None
            words = normalise(element.piece.text)
            is_label = element.kind is Kind.TEXT or (element.kind is Kind.SPECK and _is_word(words))
            if is_label and LCSseq.similarity(words, label) < _GARBLED * len(words):
                before = element
                if len(words) >= _WORDS:
                    return element.piece.text
        return None

    @property
    def may_hold_next(self) -> bool:
        """Whether it may hold the figures of the next row, should the form have one whose label was not found.

        Then there are figures, and with them words that are not of its own label, or neither cells beside it that would
        show its own blanks nor all its figures on the line of the label.
        """
        if not any(char.isdecimal() for part in self.parts for e in part for char in e.piece.text):
            return False
        figures = [e for e in self.parts[0] if e.kind is Kind.VALUE]
        label = _wording(self.row)
        unknown = [e for e in self.parts[0] if e.kind in (Kind.TEXT, Kind.SPECK)]
        strange = any(not (words := normalise(e.piece.text)) or words not in label for e in unknown)
        lines = {e.piece.line for e in figures if not e.piece.bounded}
        is_whole = len(figures) == len(self.block.columns) and lines == {self.line}
        return strange or not (self.is_line or is_whole)


def _is_word(words: str) -> bool:
    """Whether the words are Chinese, more than one character, and no unit."""
    units = frozenset("".join(characters().units))
    return len(words) > 1 and _CHINESE.fullmatch(words) is not None and not units.issuperset(words)


def _wording(row: Row) -> str:
    return normalise("".join(group.text for group in row.path) + row.label.text)


def rows_of(table: Table) -> list[tuple[Row, Block]]:
    """Return the rows of all blocks in order, each with its block."""
    return [(row, block) for block in table.blocks for row in block.rows]


def bodies_of(alignment: Alignment, table: Table) -> Iterator[Body]:
    """Yield the body of every row of the table whose label was found."""
    rows = {row.key: (row, block) for row, block in rows_of(table)}
    heads = {block: heads_of(alignment, table, block) for block in table.blocks}
    foreign = {block: foreign_heads(alignment, block) for block in table.blocks}
    for match in alignment.matches:
        if match.slot.table is table and match.slot.row:
            row, block = rows[match.slot.row]
            body = elements(until_next(alignment, match))
            label = [alignment.pieces[i] for i in match.pieces]
            is_line = _begins_line(alignment, match)
            if is_line:
                body = words_as_specks(body, label[-1], _wording(row))
                cut = line_and_rest(body, label[-1], len(block.columns))
            else:
                cut = [body]
            first, *others = _rejoined([part for one in cut for part in chunks(one, len(block.columns))], row, label)
            parts = [*unlabelled_lines(first, len(block.columns)), *others]
            own = own_elements(parts[0], label, len(block.columns))
            digits = split_digits(own, len(block.columns))
            is_whole = label[0].line == label[-1].line and not _runs_on(parts[0], label[-1], len(block.columns))
            told = told_by_heads(alignment, own, len(block.columns), heads[block], foreign[block])
            if digits and told.cells is None:
                own = digits
                parts[0] = [part for e in parts[0] for part in (digits if e.kind is Kind.VALUE else [e])]
            is_one = own is digits and digits[0].value.isdecimal()  # marks are one character each
            yield Body(match, row, block, label[-1].line, is_line and is_whole, parts, own, told, is_one)


def _begins_line(alignment: Alignment, match: Match) -> bool:
    """Whether the label's cells follow on its own line, a row of a table with borders."""
    last = match.pieces[-1]
    label, after = alignment.pieces[last], alignment.pieces[last + 1 : last + 2]
    beside = bool(after) and after[0].bounded and after[0].line == label.line
    return label.bounded and beside and alignment.line_sizes[label.line] <= _ROW_CELLS


def _runs_on(part: Sequence[Element], label: Piece, columns: int) -> bool:
    """Whether figures stand on later lines than the label, behind as many cells as the row has."""
    cells = [e for e in part if e.kind is not Kind.TEXT]
    return any(e.kind is Kind.VALUE and e.piece.bounded and e.piece.line > label.line for e in cells[columns:])


def _rejoined(parts: list[list[Element]], row: Row, label: Sequence[Piece]) -> list[list[Element]]:
    """Undo the cut where a row was torn in two: blanks behind the label's first half, the values behind its second."""
    if len(parts) < 2 or any(e.kind is Kind.VALUE for e in parts[0]):
        return parts
    words, half = normalise(words_of(parts[1])), normalise("".join(piece.text for piece in label))
    if len(words) < 2 or words not in normalise(row.label.text) or words in half:
        return parts
    return [[e for e in parts[0] if e.kind is not Kind.BLANK] + parts[1], *parts[2:]]


def until_next(alignment: Alignment, match: Match) -> list[Piece]:
    """Return the pieces after a label up to the next label of the form, another form's row, or prose."""
    following = bisect_right(alignment.starts, match.start)
    end = alignment.starts[following] if following < len(alignment.starts) else len(alignment.pieces)
    inside: list[Piece] = []
    for i in range(match.start, end):
        piece = alignment.pieces[i]
        if i in alignment.label_pieces or i in match.pieces:
            if i in match.pieces and leaked_value(piece.text):
                inside.append(piece)
        elif i in alignment.known:
            if alignment.is_foreign_row(piece):
                break
            if alignment.is_before_value(i) or _is_cell_of(alignment, match, i):
                inside.append(piece)  # no header here, but what is left of a row's label, or words like one in a cell
        elif i > match.pieces[-1] and _is_prose(piece):
            break
        else:
            inside.append(piece)
    return inside


def _is_cell_of(alignment: Alignment, match: Match, i: int) -> bool:
    """Whether the piece stands in a cell on the label's line, or not quite a label in the first cell below it.

    The label itself may stand in several cells, torn or merged.
    """
    piece, label = alignment.pieces[i], alignment.pieces[match.pieces[-1]]
    is_own = normalise(piece.text) in normalise(match.slot.label.text)
    is_beside = piece.line == label.line and piece.column > label.column and not is_own
    is_next = i == match.pieces[-1] + 1 and alignment.unused.get(i) != normalise(piece.text)
    return piece.bounded and (is_beside or is_next)


def label_end(alignment: Alignment, match: Match) -> Place:
    """Return the place right behind the label, for cells that have none of their own."""
    place = alignment.pieces[match.pieces[-1]].place
    return TextSpan(place.end, place.end) if isinstance(place, TextSpan) else place


def words_of(part: Sequence[Element]) -> str:
    """Return the unknown text with which a part begins."""
    return "".join(e.piece.text for e in part if e.kind is Kind.TEXT)[:30]


def figures_of(part: Sequence[Element]) -> str:
    """Return the figures of a part in brackets, ``''`` where it has none."""
    values = [element.value for element in part if element.kind is Kind.VALUE]
    return f"（{'、'.join(values)}）" if values else ""


def _is_prose(piece: Piece) -> bool:
    is_long = len(piece.text) >= _PROSE and not _FIGURES.search(piece.text) and not _ADDRESS.match(piece.text)
    return is_long or (not piece.bounded and len(piece.text) > 6 and _SENTENCE.search(piece.text) is not None)
