"""What stands after a row's label is told apart: values, blanks, specks, and words that belong to other rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from parser.extract.values import (
    is_run_of_marks,
    is_stroke,
    leaked_value,
    looks_like_value,
    read_value,
    strip_artefacts,
)
from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.model.report import State
from parser.templates.characters import characters
from parser.templates.labels import normalise

_PAGE_NOISE = re.compile(
    r"[-—–\s]*\d{1,3}[-—–\s]+|[-—–\s]+\d{1,3}[-—–\s]*|第\d{1,3}页(共\d{1,3}页)?|[Pp](age)?\.?\s*\d{1,3}.{0,20}"
)
_GARBLED = re.compile(r"(?!\d{1,2}[.、．])(?=.*\d).{1,15}")  # so short and with a digit: a value that was garbled
_FEW_COLUMNS = 3  # so many digits in one are hardly those of as many cells
_SPECKS = frozenset(".,:;'`|·•…、。，：；‘’′¦ \u3000")  # what is left of lines, and dust
_SPECK = 3  # a text of so few characters inside a row is a misread value, not a label


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


def elements(pieces: Sequence[Piece]) -> list[Element]:
    """Classify the pieces that follow a label; page numbers are left out."""
    found = []
    for piece in pieces:
        text = piece.text
        if not text or not strip_artefacts(text) or (piece.bounded and text in characters().nothing):
            if piece.bounded:
                found.append(Element(Kind.BLANK, piece))
        elif looks_like_value(text):
            found.append(Element(Kind.VALUE, piece, text))
        elif not piece.bounded and _PAGE_NOISE.fullmatch(text):
            continue
        elif leak := leaked_value(text):
            found.append(Element(Kind.VALUE, piece, leak))
        elif _is_speck(piece):
            found.append(Element(Kind.SPECK, piece, text))
        else:
            found.append(Element(Kind.TEXT, piece))
    return found


def _is_speck(piece: Piece) -> bool:
    """Whether the piece holds something in a figure's place that is neither a figure nor a label."""
    words = normalise(piece.text)
    is_short = piece.bounded and len(words) < _SPECK
    return is_short or words in characters().value_words or _GARBLED.fullmatch(piece.text) is not None


def split_digits(own: Sequence[Element], columns: int) -> list[Element]:
    """Return the digits of a row's only figure, one for each column; nothing where it has not as many as these.

    Or the marks, where it is nothing but one mark again and again.
    """
    figures = [e for e in own if e.kind is not Kind.BLANK]
    if columns < _FEW_COLUMNS or len(figures) != 1 or len(own) > columns:
        return []
    piece, value = figures[0].piece, figures[0].value
    begin = piece.text.rfind(value)
    is_run = value.isdecimal() or is_run_of_marks(value)
    if len(value) != columns or not is_run or not isinstance(piece.place, TextSpan):
        return []
    at = piece.place.start + begin
    digits = ((digit, TextSpan(at + n, at + n + 1)) for n, digit in enumerate(value))
    return [Element(Kind.VALUE, replace(piece, text=digit, place=place), digit) for digit, place in digits]


def words_as_specks(body: Sequence[Element], label: Piece, wording: str) -> list[Element]:
    """Tell garbled values from fragments of labels in a table whose lines are its rows.

    Words in the cells of the label's own line are garbled values, unless the label was torn and they are its own; a
    speck left of the label is a piece of the group label there, and one below it what is left of the next row's label.
    """
    told = []
    for element in body:
        piece = element.piece
        words = normalise(piece.text)
        own_line = piece.line == label.line
        if element.kind is Kind.TEXT and own_line and words not in wording:
            told.append(replace(element, kind=Kind.SPECK, value=piece.text))
        elif element.kind is Kind.SPECK and not own_line and piece.column == label.column and words not in wording:
            told.append(replace(element, kind=Kind.TEXT))
        elif element.kind is not Kind.SPECK or piece.column >= label.column:
            told.append(element)
    return told


def line_and_rest(body: Sequence[Element], label: Piece, columns: int) -> list[list[Element]]:
    """Cut a body behind the label's line if that is a whole row and values follow: they are those of another row."""
    own = [e for e in body if e.piece.line <= label.line]
    rest = [e for e in body if e.piece.line > label.line]
    is_whole = sum(e.kind is not Kind.TEXT for e in own) >= columns
    holds_row = any(e.kind is Kind.VALUE and e.piece.bounded for e in rest)
    return [own, rest] if is_whole and holds_row else [list(body)]


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


def unlabelled_lines(part: Sequence[Element], columns: int) -> list[list[Element]]:
    """Cut a part before each later line of cells that is as full as the first full one: a row without a label."""
    parts: list[list[Element]] = [[]]
    for element in part:
        line = element.piece.line
        begins = bool(parts[-1]) and line != parts[-1][-1].piece.line and _is_full(part, line, columns)
        if begins and any(_is_full(part, e.piece.line, columns) for e in parts[-1]):
            parts.append([])
        parts[-1].append(element)
    return parts


def _is_full(part: Sequence[Element], line: int, columns: int) -> bool:
    """Whether the line holds at least as many values, all in cells, as the form has columns."""
    return sum(e.kind is Kind.VALUE and e.piece.bounded for e in part if e.piece.line == line) >= columns


def own_elements(chunk: Sequence[Element], label: Sequence[Piece], columns: int) -> list[Element]:
    """Drop label fragments, loose words beside a bordered label, and other lines where one of the label's is whole.

    Where all its figures stand on the label's line, blanks on the next are cells of the row below.
    """
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
    others = sum(e.kind is Kind.VALUE for e in chunk) - values
    if (whole and (values or not others)) or (values > 1 and not others):
        chunk = inline
    chunk = [e for e in chunk if e.kind is not Kind.TEXT]
    if sum(e.kind is Kind.VALUE for e in chunk) == columns:
        chunk = [e for e in chunk if e.kind is not Kind.SPECK]
    return chunk


def without_specks(own: Sequence[Element]) -> list[Element]:
    """Read strokes and dots of a table without a single number as what they are: traces of its borders."""
    return [replace(e, kind=Kind.BLANK) if _is_trace(e) else e for e in own]


def has_few_specks(own: Iterable[Element], columns: int) -> bool:
    """Whether strokes and dots stand in less than half of so many cells; in more they were put there for nothing."""
    return 2 * sum(map(_is_trace, own)) < columns


def _is_trace(element: Element) -> bool:
    if element.kind is Kind.VALUE:
        return is_stroke(element.value)
    return element.kind is Kind.SPECK and _SPECKS.issuperset(element.value)


def is_number(element: Element) -> bool:
    """Whether the element holds a digit or a letter that can only be one (a lone stroke may be a border)."""
    if element.kind is not Kind.VALUE or is_stroke(element.value):
        return False
    return read_value(element.value).state is State.NUMBER
