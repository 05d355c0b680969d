"""Figures on a page without ruled lines belong to the label that they stand level with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parser.extract.align import Alignment, Match
from parser.extract.values import with_doubt
from parser.model.document import RECOGNISED, Document
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell, CellKey, Reason

_SLACK = 0.25  # of the label's height may a figure's middle stand above or below it
OFF_NOTE = "这些数与标签不在同一高度，可能属于上一行或下一行"


def with_off_level_doubted(
    alignment: Alignment, document: Document, cells: Mapping[CellKey, Cell]
) -> dict[CellKey, Cell]:
    """Return the cells, those doubted whose figures stand above or below their row's label, outside ruled tables.

    Then a scan was not read level, and the figures may be those of the row before or behind. The cells have their
    places on the page.
    """
    doubted = dict(cells)
    for match in alignment.matches if document.kind in RECOGNISED else ():
        table, row = match.slot.table, match.slot.row
        own = {key: cell for key, cell in cells.items() if table and row and (key.table, key.row) == (table.key, row)}
        if own and _stands_off(_boxes(alignment, document, match), list(own.values())):
            doubted |= {key: with_doubt(cell, Reason.AMBIGUOUS_POSITION, OFF_NOTE) for key, cell in own.items()}
    return doubted


def _boxes(alignment: Alignment, document: Document, match: Match) -> list[PageBox]:
    """Return where the label stands; nothing if it stands in a ruled cell, or on no page."""
    pieces = [alignment.pieces[i] for i in match.pieces]
    seen = [document.seen_at(piece.place) for piece in pieces if isinstance(piece.place, TextSpan)]
    if any(piece.bounded for piece in pieces) or len(seen) < len(pieces):
        return []
    return [one.box for one in seen if one is not None]


def _stands_off(label: Sequence[PageBox], cells: Sequence[Cell]) -> bool:
    places = [cell.place for cell in cells if cell.value is not None and isinstance(cell.place, PageBox)]
    if not label or not places or len({place.page for place in (*label, *places)}) != 1:
        return False
    top, bottom = min(place.box[1] for place in label), max(place.box[3] for place in label)
    slack = _SLACK * max(place.box[3] - place.box[1] for place in label)
    middles = [(place.box[1] + place.box[3]) / 2 for place in places]
    return not all(top - slack <= middle <= bottom + slack for middle in middles)
