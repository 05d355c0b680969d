"""What a source lost as a whole: lines that say the same, and the places of its empty cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parser.extract.align import Alignment
from parser.extract.bodies import Body, label_end
from parser.extract.elements import Element, Kind
from parser.extract.values import read_value
from parser.model.document import RECOGNISED
from parser.model.place import TextSpan
from parser.templates.labels import slots

PLACES_NOTE = "原文的空格都排在行末，无法确定各数属于哪一栏"
_TEXT = "text"
_FEW_GLUED = 2  # rows; more show that it is the way of the text
_FEW_COLUMNS = 3  # the tables with totals have more
_FEW_ROWS = 3
_FEW_EQUALS = 2  # equal figures, where a form holds dozens of zeros
_FEW_REPEATS = 4  # the form repeats its column headers far more often


@dataclass(frozen=True, slots=True)
class Losses:
    """``lines``: repeated lines were dropped. ``thin``: they may have been, hardly a figure stands twice.

    ``places``: empty cells stand only behind the figures of their rows, wherever they were. ``gaps``: nothing parts
    labels from their figures. ``figures``: single ones may be lost, or moved.
    """

    lines: bool
    thin: bool
    places: bool
    gaps: bool
    figures: bool


def losses_of(alignment: Alignment, bodies: Sequence[Body], kind: str) -> Losses:
    """Return what the source lost, a document of that kind: text alone does not say itself where its cells are."""
    thin = _is_thin(alignment, bodies)
    kept = kind != _TEXT or any(_has_blank_before_figure(body.own) for body in bodies) or _is_last_column_blank(bodies)
    lines = thin and _lines_lost(alignment, bodies)
    glued = sum(figure_at_label(alignment, body) is not None for body in bodies)
    may_lose = kind in (_TEXT, *RECOGNISED)
    return Losses(lines=lines, thin=thin, places=not kept, gaps=glued > _FEW_GLUED, figures=may_lose)


def figure_at_label(alignment: Alignment, body: Body) -> str | None:
    """Return the row's first figure if it stands right behind the label, with nothing between, in a text."""
    first = next((e for e in body.own if e.kind is Kind.VALUE), None)
    end = label_end(alignment, body.match)
    if first is None or first.piece.bounded or not isinstance(end, TextSpan):
        return None
    begin = first.piece.place.start if isinstance(first.piece.place, TextSpan) else None
    return first.value if begin == end.start or first.value != first.piece.text else None


def lacks_figures(own: Sequence[Element], width: int) -> bool:
    """Whether some of the row's cells hold figures, and others are empty, all of them behind those."""
    filled = sum(e.kind is not Kind.BLANK for e in own)
    return 0 < filled < width and len(own) > filled and not _has_blank_before_figure(own)


def _has_blank_before_figure(own: Sequence[Element]) -> bool:
    kinds = [e.kind is Kind.BLANK for e in own]
    return any(kinds) and any(not blank for blank in kinds[kinds.index(True) :])


def _is_last_column_blank(bodies: Sequence[Body]) -> bool:
    """Whether most rows of several columns lack just the last figure: the totals were filled in nowhere, or hardly."""
    wide = [body for body in bodies if len(body.block.columns) > _FEW_COLUMNS]
    rows = [(len(body.block.columns), [e for e in body.own if e.kind is not Kind.BLANK]) for body in wide]
    missing = [width - len(row) for width, row in rows if row]
    lacking = [row for width, row in rows if width - len(row) == 1]
    is_usual = set(missing) <= {0, 1} and len(lacking) >= max(_FEW_ROWS, len(missing) // 2 + 1)
    return is_usual and not any(map(_ends_in_sum, lacking))


def _ends_in_sum(row: Sequence[Element]) -> bool:
    """Whether the last figure is that of all others together, and no 0."""
    *parts, total = (read_value(e.value).value or 0 for e in row)
    return total != 0 and sum(parts) == total


def _lines_lost(alignment: Alignment, bodies: Sequence[Body]) -> bool:
    """Whether repeated lines were dropped: what the form prints several times occurs once, and values are missing."""
    tables = [m for m in alignment.matches if m.slot.table]
    times = Counter(slot.label.text for slot in slots(alignment.template) if slot.table)
    seen = Counter(m.slot.label.text for m in tables if times[m.slot.label.text] > 1 and m.similarity == 1)
    repeated = sum(count - 1 for count in seen.values())
    full = sum(len(b.own) >= len(b.block.columns) > 1 for b in bodies)
    return repeated <= _FEW_REPEATS and full <= len(bodies) // 8


def _is_thin(alignment: Alignment, bodies: Sequence[Body]) -> bool:
    """Whether, in a layout without borders, hardly a figure occurs twice: repeated lines may have been dropped."""
    if len(bodies) < _FEW_ROWS or any(alignment.pieces[body.match.start].bounded for body in bodies):
        return False
    values = Counter(e.piece.text for b in bodies for e in b.own if e.kind is Kind.VALUE)
    return bool(values) and max(values.values()) <= _FEW_EQUALS
