"""Where the cells of a report stand on its pages: the cell under a point, and the marks to paint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from desktop.entries import Entry
from desktop.views.page_item import Mark, Sign
from desktop.views.page_layout import Box
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey

_NEAR = 0.003  # of the page: about 1 mm beside a cell is still the cell


class Spot(NamedTuple):
    """A point on a page (from 1), in fractions of the upright page."""

    page: int
    x: float
    y: float


class PagePlaces:
    """The cells by the page they stand on."""

    def __init__(self, cells: Mapping[CellKey, Cell]) -> None:
        self._on_page: dict[int, list[tuple[Box, CellKey]]] = {}
        for key, cell in cells.items():
            if isinstance(cell.place, PageBox):
                self._on_page.setdefault(cell.place.page, []).append((cell.place.box, key))

    def __bool__(self) -> bool:
        """Whether any cell stands on a page."""
        return bool(self._on_page)

    def key_at(self, spot: Spot) -> CellKey | None:
        """Return the cell at a point, the smallest where boxes overlap, one close by where none holds the point."""
        boxes = self._on_page.get(spot.page, ())
        for margin in (0, _NEAR):
            holding = [(_area(box), key) for box, key in boxes if _holds(box, spot, margin)]
            if holding:
                return min(holding)[1]
        return None


def marks_of(entry: Entry, lit: frozenset[CellKey], current: CellKey | None) -> dict[int, list[Mark]]:
    """Return what to paint on each page: the lit cells, the open ones and the current one, one mark a cell."""
    marks: dict[int, list[Mark]] = {}
    if entry.report is None:
        return marks
    signs: dict[CellKey, Sign] = {}
    for keys, sign in ((lit, Sign.LIT), (entry.open, Sign.DOUBTFUL), ([current] if current else [], Sign.CURRENT)):
        for key in keys:
            signs[key] = signs.get(key, Sign(0)) | sign
    for key, sign in signs.items():
        cell = entry.report.cells.get(key)
        if cell is not None and isinstance(cell.place, PageBox):
            marks.setdefault(cell.place.page, []).append(Mark(cell.place.box, sign))
    return marks


def doubts_by_page(entry: Entry) -> Mapping[int, int]:
    """Return how many cells are open on each page that has any."""
    assert entry.report is not None
    places = (entry.report.cells[key].place for key in entry.open)
    return Counter(place.page for place in places if isinstance(place, PageBox))


def _holds(box: Box, spot: Spot, margin: float) -> bool:
    return box[0] - margin <= spot.x <= box[2] + margin and box[1] - margin <= spot.y <= box[3] + margin


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
