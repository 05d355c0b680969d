"""Which way up the pages of a report are shown: so that its tables can be read, and as the clerk has turned them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from parser.model.place import PageBox
from parser.model.report import Cell, CellKey

_Step = tuple[float, float]  # from one cell to the next, in fractions of the page


class Turns(NamedTuple):
    """By how many quarters pages are shown turned clockwise.

    ``upright`` is what it takes, by page, for the tables to stand upright; pages without tables lie like the others if
    those lie alike. The clerk has turned all of them by ``more``.
    """

    more: int = 0
    upright: Mapping[int, int] = {}

    def of(self, page: int) -> int:
        """Return the quarters for a page, counted from 1."""
        alike = set(self.upright.values()) if len(self.upright) > 1 else set()
        return (self.more + self.upright.get(page, min(alike) if len(alike) == 1 else 0)) % 4

    def turned(self, quarters: int) -> Turns:
        """Return them with all pages turned further."""
        return self._replace(more=(self.more + quarters) % 4)


def upright_turns(cells: Mapping[CellKey, Cell]) -> dict[int, int]:
    """Return by how many quarters, clockwise, each page with tables is to be turned to stand upright.

    The cells of a row follow each other to the right; where no row has several, those of a column follow downwards.
    """
    rows: dict[tuple[str, str], list[PageBox]] = defaultdict(list)
    columns: dict[tuple[str, str], list[PageBox]] = defaultdict(list)
    for key, cell in cells.items():
        if isinstance(cell.place, PageBox):
            rows[key.table, key.row].append(cell.place)
            columns[key.table, key.column].append(cell.place)
    down = ((page, (y, -x)) for page, (x, y) in _between(columns.values()))
    return _turns(down) | _turns(_between(rows.values()))


def _turns(rightwards: Iterable[tuple[int, _Step]]) -> dict[int, int]:
    """Return the quarters by page that are told by ways which lead to the right on the upright page."""
    evidence: dict[int, list[float]] = defaultdict(lambda: [0.0] * 4)
    for page, (x, y) in rightwards:
        for quarters, way in enumerate((x, -y, -x, y)):
            evidence[page][quarters] += way
    return {page: ways.index(max(ways)) for page, ways in evidence.items()}


def _between(lines: Iterable[list[PageBox]]) -> Iterator[tuple[int, _Step]]:
    for line in lines:
        for one, other in pairwise(line):
            if one.page == other.page:
                yield one.page, (_middle(other, 0) - _middle(one, 0), _middle(other, 1) - _middle(one, 1))


def _middle(place: PageBox, axis: int) -> float:
    return (place.box[axis] + place.box[axis + 2]) / 2
