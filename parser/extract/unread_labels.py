"""Rows of a ruled table whose labels were garbled: their lines are rows of the form all the same, in its order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import NamedTuple

from rapidfuzz import fuzz

from parser.extract.elements import Element, Kind
from parser.model.template import Block, Row
from parser.templates.labels import normalise

_FEWEST = 3  # lines of figures alone say that they are rows of the table
_LIKELY = 0.3  # on average so much must the lines resemble the rows in whose place they are put
_NUMBERED = 0.5  # is what the same number before both adds to their resemblance
_NUMBER = re.compile(r"[（(]?\s*([一二三四五六七八九十]|\d)")


class PlacedRows(NamedTuple):
    """Unknown rows, the numbers of the missing rows in whose place they stand, and what is unknown besides."""

    rows: tuple[Sequence[Element], ...]
    slots: tuple[int, ...] = ()
    others: tuple[Sequence[Element], ...] = ()


def placed_rows(strangers: tuple[Sequence[Element], ...], missing: Sequence[tuple[Row, Block]]) -> PlacedRows:
    """Return the unknown rows with their places where there are as many as are missing, or the table's lines tell.

    Otherwise they are as they were, without places.
    """
    if len(strangers) == len(missing):
        pairs = zip(strangers, missing, strict=True)
        rows = tuple(_labelled(part, len(block.columns)) for part, (_, block) in pairs)
        return PlacedRows(rows, tuple(range(len(missing))))
    widths = {len(block.columns) for _, block in missing}
    lines = lines_of(strangers, widths.pop()) if len(widths) == 1 else []
    slots = _places_of(lines, [row for row, _ in missing])
    if not slots:
        return PlacedRows(strangers)
    taken = {line[0].piece.line for line in lines}
    others = tuple(part for part in strangers if taken.isdisjoint(element.piece.line for element in part))
    return PlacedRows(tuple(lines), slots, others)


def _labelled(part: Sequence[Element], width: int) -> Sequence[Element]:
    """Return a row; the first of its cells is a label, whatever it looks like, if they are one more than columns."""
    is_line = all(e.piece.bounded for e in part) and len({e.piece.line for e in part}) == 1
    if is_line and len(part) == width + 1 and part[0].kind is Kind.SPECK:
        return [replace(part[0], kind=Kind.TEXT), *part[1:]]
    return part


def lines_of(parts: Sequence[Sequence[Element]], width: int) -> list[Sequence[Element]]:
    """Return the lines of cells of which the last ``width`` are figures and blanks, and what is before them words."""
    every = [element for part in parts for element in part]
    lines = (list(line) for _, line in groupby(every, key=lambda element: element.piece.line))
    return [_as_row(line, width) for line in lines if _is_row(line, width)]


def _is_row(line: Sequence[Element], width: int) -> bool:
    cells = line[-width:]
    is_ruled = len(line) > width and all(element.piece.bounded for element in line)
    return (
        is_ruled
        and any(element.kind is Kind.VALUE for element in cells)
        and all(element.kind is not Kind.TEXT for element in cells)
    )


def _as_row(line: Sequence[Element], width: int) -> list[Element]:
    return [*(replace(element, kind=Kind.TEXT) for element in line[:-width]), *line[-width:]]


def _places_of(lines: Sequence[Sequence[Element]], rows: Sequence[Row]) -> tuple[int, ...]:
    """Return for each of the lines the row in whose place it stands, by number, in order; none if that is too unsure.

    There are no more lines than rows; of the ways to leave rows out that is taken in which lines and rows are most
    alike.
    """
    if not _FEWEST <= len(lines) <= len(rows):
        return ()
    spare = len(rows) - len(lines)
    ways = [_Way(0.0, ())] * (spare + 1)  # the best of the lines so far, by how many rows are left out
    for n, line in enumerate(lines):
        best = accumulate(ways, max)
        ways = [way.with_next(_likeness(line, rows[n + k]), n + k) for k, way in enumerate(best)]
    likeness, places = max(ways)
    return tuple(-place for place in places) if not spare or likeness >= _LIKELY * len(lines) else ()


class _Way(NamedTuple):
    """How much lines and rows are alike, and the numbers of these rows, negative: the first rows come first."""

    likeness: float
    places: tuple[int, ...]

    def with_next(self, likeness: float, place: int) -> _Way:
        """Return the way with one more line."""
        return _Way(self.likeness + likeness, (*self.places, -place))


def _likeness(line: Sequence[Element], row: Row) -> float:
    """Return how much the words before the figures are like the row's label, its number above all."""
    words = [element.piece.text for element in line if element.kind is Kind.TEXT and element.piece.text]
    own, label = words[-1] if words else "", row.label.text  # before it those of groups
    same = _number(own) is not None and _number(own) == _number(label)
    return fuzz.ratio(normalise(own), normalise(label)) / 100 + (_NUMBERED if same else 0.0)


def _number(text: str) -> str | None:
    found = _NUMBER.match(text.strip())
    return found[1] if found else None
