"""What stands after a row's label becomes the cells of the row: values in order, blanks by position, never by count.

Seven values for seven columns need no thought. With blanks among them the position after the label decides, measured
on rows of the same depth that are full; without such knowledge the row is doubtful, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from parser.extract.values import is_stroke, leaked_value, looks_like_value, read_value, strip_artefacts, with_doubt
from parser.model.document import Piece
from parser.model.place import Place
from parser.model.report import ABSENT, Cell, Reason, State
from parser.model.template import Column
from parser.templates.labels import normalise

_PAGE_NOISE = re.compile(
    r"[-—–\s]*\d{1,3}[-—–\s]+|[-—–\s]+\d{1,3}[-—–\s]*|第\d{1,3}页(共\d{1,3}页)?|[Pp](age)?\.?\s*\d{1,3}.{0,20}"
)
_GARBLED = re.compile(r"(?!\d{1,2}[.、．])(?=.*\d).{1,15}")  # so short and with a digit: a value that was garbled
_SPECK = 3  # a text of so few characters inside a row is a misread value, not a label

POSITION_NOTE = "本行数字少于栏数，无法确定各数属于哪一栏"
SURPLUS_NOTE = "本行数字多于栏数，可能混入页码等"
LOST_NOTE = "原文中重复的行似已丢失，此格内容不明"


class Kind(Enum):
    """What a piece inside a row is."""

    BLANK = 0
    VALUE = 1
    SPECK = 2  # something that is neither a value nor a label
    TEXT = 3


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of a row body; ``value`` is the part of its text that is the value."""

    kind: Kind
    piece: Piece
    value: str = ""


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where the values of a row stand whose columns are certain: by position after the label, and by source column.

    ``last`` is the source column in which the row ends, ``under_head`` whether the first value stands under the first
    column's header. ``is_torn`` rows spread over more cells than the form has columns: the source's columns are not
    the form's.
    """

    depth: int
    positions: tuple[int, ...]
    columns: tuple[int, ...]
    last: int
    under_head: bool
    is_torn: bool


def elements(pieces: Sequence[Piece]) -> list[Element]:
    """Classify the pieces that follow a label; page numbers are left out."""
    found = []
    for piece in pieces:
        text = piece.text
        if not text or not strip_artefacts(text):
            if piece.bounded:
                found.append(Element(Kind.BLANK, piece))
        elif looks_like_value(text):
            found.append(Element(Kind.VALUE, piece, text))
        elif not piece.bounded and _PAGE_NOISE.fullmatch(text):
            continue
        elif leak := leaked_value(text):
            found.append(Element(Kind.VALUE, piece, leak))
        elif (piece.bounded and len(normalise(text)) < _SPECK) or _GARBLED.fullmatch(text):
            found.append(Element(Kind.SPECK, piece, text))
        else:
            found.append(Element(Kind.TEXT, piece))
    return found


def words_as_specks(body: Sequence[Element], label: Piece, wording: str) -> list[Element]:
    """Tell garbled values from fragments of labels in a table whose lines are its rows.

    Words in the cells of the label's own line are garbled values, unless the label was torn and they are its own; a
    speck left of the label is a piece of the group label there.
    """
    told = []
    for element in body:
        piece = element.piece
        own_line = piece.line == label.line and normalise(piece.text) not in wording
        if element.kind is Kind.TEXT and own_line:
            told.append(replace(element, kind=Kind.SPECK, value=piece.text))
        elif element.kind is not Kind.SPECK or piece.column >= label.column:
            told.append(element)
    return told


def chunks(body: Sequence[Element], columns: int) -> list[list[Element]]:
    """Cut a row body where the text of another, unknown row begins."""
    parts: list[list[Element]] = [[]]
    for element in body:
        filled = sum(e.kind is Kind.VALUE for e in parts[-1])
        complete = sum(e.kind is Kind.BLANK for e in parts[-1]) >= columns
        starts_row = element.kind is Kind.TEXT or (element.kind is Kind.SPECK and filled >= columns)
        if starts_row and (filled or complete):
            parts.append([])
        parts[-1].append(element)
    return parts


def own_elements(chunk: Sequence[Element], label: Sequence[Piece], columns: int) -> list[Element]:
    """Drop label fragments, loose words beside a bordered label, and other lines where one of the label's is whole."""
    if any(piece.bounded for piece in label):
        chunk = [e for e in chunk if e.piece.bounded]
    lines = sorted({piece.line for piece in label})
    inline = max(
        ([e for e in chunk if e.piece.line == line and e.kind is not Kind.TEXT] for line in reversed(lines)),
        key=lambda found: sum(e.kind is not Kind.BLANK for e in found),
        default=[],
    )
    values = sum(e.kind is Kind.VALUE for e in inline)
    whole = sum(e.kind is not Kind.SPECK for e in inline) >= columns
    if whole and (values or not any(e.kind is Kind.VALUE for e in chunk)):
        chunk = inline
    chunk = [e for e in chunk if e.kind is not Kind.TEXT]
    if sum(e.kind is Kind.VALUE for e in chunk) == columns:
        chunk = [e for e in chunk if e.kind is not Kind.SPECK]
    return chunk


def shape(own: Sequence[Element], columns: int, depth: int, head: int | None) -> RowShape | None:
    """Return where the values stand if the row is full, or its first and last value are as far apart as they can be.

    A row that spreads over more cells is returned as torn.
    """
    positions = tuple(n for n, e in enumerate(own) if e.kind is not Kind.BLANK)
    span = positions[-1] - positions[0] + 1 if positions else 0
    one_line = len({own[n].piece.line for n in positions}) == 1
    if len(positions) != columns:
        if span < columns or not one_line:
            return None
        positions = tuple(range(positions[0], positions[-1] + 1))
    sources = tuple(own[n].piece.column for n in positions)
    return RowShape(depth, positions, sources, own[-1].piece.column, sources[0] == head, span > columns)


def place_values(
    own: Sequence[Element], columns: Sequence[Column], depth: int, shapes: Sequence[RowShape], label_end: Place
) -> list[Cell]:
    """Return one cell a column; cells whose column is uncertain carry the doubt ``ambiguous_position``.

    ``shapes`` are the rows from which the columns may be learned; none are given where the source's are torn.
    """
    filled = [e for e in own if e.kind is not Kind.BLANK]
    width = len(columns)
    if len(filled) == width:
        return [_cell(e, column) for e, column in zip(filled, columns, strict=True)]
    if len(filled) > width:
        certain = _bounded(filled, width) or _one_line(filled, width)
        if certain:
            return [_cell(e, c, _followed_by(e, filled, certain)) for e, c in zip(certain, columns, strict=True)]
        return [_cell(e, c, SURPLUS_NOTE) for e, c in zip(filled, columns, strict=False)]
    slots = _slots(own, width, depth, shapes)
    if slots is None:
        cells = [_cell(e, c, POSITION_NOTE) for e, c in zip(filled, columns, strict=False)]
        rest = Cell(State.BLANK, place=label_end)
        return cells + [with_doubt(rest, Reason.AMBIGUOUS_POSITION, POSITION_NOTE)] * (width - len(cells))
    return [
        _cell(e, column) if e else Cell(State.BLANK, place=label_end) for e, column in zip(slots, columns, strict=True)
    ]


def without_specks(own: Sequence[Element]) -> list[Element]:
    """Read strokes and dots of a table without a single number as what they are: traces of its borders."""
    return [replace(e, kind=Kind.BLANK) if _is_trace(e) else e for e in own]


def _is_trace(element: Element) -> bool:
    if element.kind is Kind.VALUE:
        return is_stroke(element.value)
    return element.kind is Kind.SPECK and not normalise(element.value)


def is_number(element: Element) -> bool:
    """Whether the element holds a digit or a letter that can only be one (a lone stroke may be a border)."""
    if element.kind is not Kind.VALUE or is_stroke(element.value):
        return False
    return read_value(element.value).state is State.NUMBER


def lost(cell: Cell) -> Cell:
    """Return the cell as one whose content was dropped from the source."""
    return with_doubt(replace(ABSENT, state=State.UNREADABLE, place=cell.place), Reason.LINES_LOST, LOST_NOTE)


def _slots(own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]) -> list[Element | None] | None:
    """Return the element of each column (None: blank), or None when the columns cannot be told."""
    filled = [n for n, e in enumerate(own) if e.kind is not Kind.BLANK]
    if not filled:
        blanks = [e for e in own if e.kind is Kind.BLANK]
        usual = _usual_positions(own, width, depth, shapes) or tuple(range(width))
        if len(own) > usual[-1]:
            return [own[n] for n in usual]
        return [*blanks[:width], *[None] * (width - len(blanks))]
    if not any(e.piece.bounded for e in own):
        return None
    positions = _usual_positions(own, width, depth, shapes)
    if positions is None and len(own) == width and not any(s.is_torn for s in shapes):
        positions = tuple(range(width))
    if positions is None or not set(filled) <= set(positions) or positions[-1] >= len(own):
        return None
    return [own[n] for n in positions]


def _usual_positions(
    own: Sequence[Element], width: int, depth: int, shapes: Sequence[RowShape]
) -> tuple[int, ...] | None:
    """Return the positions of the columns in this row, learned from rows whose columns are certain.

    Rows of the same depth decide; else rows of any depth if all have their values in the same source columns, under
    the header, and end where this one ends; or if all have them right after the label.
    """
    similar = [s for s in shapes if len(s.positions) == width]
    if any(s.is_torn for s in shapes):
        return None
    same = {s.positions for s in similar if s.depth == depth}
    if len(same) == 1:
        return same.pop()
    if same:
        return None
    ends = {s.last for s in similar if s.under_head}
    if (
        len({s.columns for s in similar}) == 1
        and len({s.positions for s in similar}) > 1
        and ends == {own[-1].piece.column}
    ):
        places = {e.piece.column: n for n, e in enumerate(own)}
        if set(similar[0].columns) <= set(places):
            return tuple(places[column] for column in similar[0].columns)
    if shapes and all(s.positions == tuple(range(len(s.positions))) for s in shapes):
        return tuple(range(width))
    return None


def _followed_by(element: Element, filled: Sequence[Element], certain: Sequence[Element]) -> str:
    """Say so when a loose number stands right behind the cell: a page number, or the rest of this one."""
    after = next((e for a, e in pairwise(filled) if a is element), None)
    if after is None or any(e is after for e in certain) or after.piece.line > element.piece.line + 1:
        return ""
    return f"此格后面另有数字“{after.value}”，可能是折行的后半截，也可能是页码"


def _bounded(filled: Sequence[Element], width: int) -> list[Element] | None:
    """Return the values in cells of the table if they are ``width``, leaving out loose numbers between them."""
    inside = [e for e in filled if e.piece.bounded]
    return inside if len(inside) == width else None


def _one_line(filled: Sequence[Element], width: int) -> list[Element] | None:
    """Return the values of the only line that holds exactly ``width`` of them."""
    lines: dict[int, list[Element]] = {}
    for element in filled:
        lines.setdefault(element.piece.line, []).append(element)
    whole = [members for members in lines.values() if len(members) == width]
    return whole[0] if len(whole) == 1 and width > 1 else None


def _cell(element: Element, column: Column, position_note: str = "") -> Cell:
    piece = element.piece
    if element.kind is Kind.BLANK:
        return Cell(State.BLANK, raw=piece.text, place=piece.place)
    if element.kind is Kind.SPECK:
        cell = Cell(State.UNREADABLE, raw=piece.text, place=piece.place, confidence=0.0)
    else:
        cell = replace(read_value(element.value, column.kind), raw=piece.text, place=piece.place)
        if element.value != piece.text:
            note = f"“{piece.text}”中只有“{element.value}”是数，前面像是标签的残余"
            cell = with_doubt(cell, Reason.LABEL_LEAK, note)
    return with_doubt(cell, Reason.AMBIGUOUS_POSITION, position_note) if position_note else cell
