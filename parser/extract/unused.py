"""Figures about a row's label that no cell of the row took: the rest of a wrapped figure, or a page number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parser.extract.align import Alignment
from parser.extract.elements import Element, Kind
from parser.extract.values import is_stroke
from parser.model.place import Place
from parser.model.report import Cell, State
from parser.model.template import Column
from parser.templates.characters import characters

LABEL_NOTE = "标签的末尾是“{}”，可能是本行的数"
WRAPPED_NOTE = "紧接着的下一行只有“{}”，可能是本行最后一个数折行的后半截，也可能是页码"
SPLIT_NOTE = "本行的数前面另有一行只有“{}”，可能是其后那个数的前半截，也可能是页码"
HEAD_NOTE = "“{}”后面紧接着像是页眉的文字，又另有数字，此数可能是页码"
_ENDS_IN_FIGURE = re.compile(
    rf"(?<![第\d])(\d[\d.,，]*)\s*(?:{'|'.join(characters().units)})?[)）。；;]?\s*$"
)  # which no label of a form does
_LONGEST = 3  # digits of a page number
# What is printed at the top of a page: the report's name, an address, a date, or more words than a label has.
_RUNNING_HEAD = re.compile(r"年度|年报|报告|https?:|www\.|\d{4}\s*[-/.年]\s*\d|.{14}")
_FOOTNOTE = re.compile(r"\s*(?:注|备注|说明|[（(])")


def unused_figure(alignment: Alignment, part: Sequence[Element], cells: Sequence[Cell]) -> str | None:
    """Return a figure of the row's body that no cell took, None if there is none; a lone page number does not count."""
    taken = {cell.place for cell in cells}
    for element in part:
        is_unused = element.kind is Kind.VALUE and element.piece.place not in taken and not is_stroke(element.value)
        if is_unused and not _is_alone(alignment, element):
            return element.piece.text
    return None


def figure_in_label(label: str) -> str | None:
    """Return the figure in which the text of a row's label ends, None if there is none."""
    found = _ENDS_IN_FIGURE.search(label)
    return found[1] if found else None


def lone_figure_in_label(label: str, cells: Sequence[Cell]) -> str | None:
    """Return the figure at the end of the label of a row without any, None if there is none."""
    return figure_in_label(label) if all(cell.state is State.BLANK for cell in cells) else None


def wrapped_figure(
    alignment: Alignment, part: Sequence[Element], cells: Sequence[Cell], columns: Sequence[Column]
) -> str | None:
    """Return digits alone on the line right below the row's figures: the last of them may go on there.

    None where they are a page number, one of several that count on, and where the figures have a total to vouch for
    them: a figure cut short breaks its sum.
    """
    figures = _lone_beside(alignment, part, cells, columns, 1)
    return next((e.piece.text for e in figures if e.piece.place not in _page_numbers(alignment)), None)


def split_figure(
    alignment: Alignment, part: Sequence[Element], cells: Sequence[Cell], columns: Sequence[Column]
) -> str | None:
    """Return digits alone on a line above one of the row's figures, which may begin there.

    Or they are the figure, and what stands in the cell is a page number. Farther than right above the first figure they
    are none of several that count on.
    """
    above = _lone_beside(alignment, part, cells, columns, -1)
    pages = _page_numbers(alignment)
    farther = (e for e in _lone_beside(alignment, part, cells, columns, 0) if e.piece.place not in pages)
    return next((e.piece.text for found in (above, farther) for e in found), None)


def page_number_for_figure(
    alignment: Alignment, parts: Sequence[Sequence[Element]], cells: Sequence[Cell], columns: Sequence[Column]
) -> str | None:
    """Return a row's last figure that may be a page number: what stands at the top of a page follows, and a figure.

    None where the figures have a total to vouch for them.
    """
    if len(parts) < 2 or columns[-1].key == "total":
        return None
    last = next((e for e in reversed(parts[0]) if e.kind is not Kind.BLANK), None)
    if last is None or last.piece.place != cells[-1].place or len(last.value) > _LONGEST:
        return None
    head, follows = parts[1][0].piece.text, any(e.kind is Kind.VALUE for e in parts[1])
    is_head = _RUNNING_HEAD.search(head) is not None and not _FOOTNOTE.match(head)
    return last.value if is_head and follows and _is_alone(alignment, last) else None


def _lone_beside(
    alignment: Alignment, part: Sequence[Element], cells: Sequence[Cell], columns: Sequence[Column], step: int
) -> Iterator[Element]:
    """Yield digits alone on the line next to those of the row's figures, unless these have a total that is their own.

    ``step``: 1 right below the last of the lines, -1 right above the first, 0 on any above the last.
    """
    if any(column.key == "total" for column in columns) and not any(cell.value is None for cell in cells):
        return
    taken = {cell.place for cell in cells if cell.value is not None}
    lines = [element.piece.line for element in part if element.piece.place in taken]
    if not lines:
        return
    first, last = min(lines), max(lines)
    near = {1: range(last + 1, last + 2), -1: range(first - 1, first), 0: range(last)}[step]
    for element in part:
        if element.piece.line in near and element.piece.place not in taken and _is_alone(alignment, element):
            yield element


def _is_alone(alignment: Alignment, element: Element) -> bool:
    piece = element.piece
    return not piece.bounded and alignment.line_sizes[piece.line] == 1 and element.value.isdecimal()


def _page_numbers(alignment: Alignment) -> frozenset[Place | None]:
    """Return the places of numbers alone on their lines that count on from one to the next."""
    lone = [
        piece
        for piece in alignment.pieces
        if not piece.bounded
        and piece.text.isdecimal()
        and len(piece.text) <= _LONGEST
        and alignment.line_sizes[piece.line] == 1
    ]
    runs = ((one, other) for one, other in pairwise(lone) if int(other.text) == int(one.text) + 1)
    return frozenset(piece.place for run in runs for piece in run)
