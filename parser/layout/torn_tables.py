"""Tables torn at the end of a page become whole again, also in the middle of a row or of a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parser.layout.page import PageCell, PageTable
from parser.model.document import Seen
from parser.model.place import PageBox

_ALIGNED = 0.012  # of the page's width by which the borders of one column may differ between pages
_GROUP = 10  # characters of a group's label that may be torn off
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、)）](?!\d))"
)
_VALUE = re.compile(r"[-+\d.,，．%/\\—_－]+|无|[增减]?\d*|\d[\d.,]*\S{0,2}")


@dataclass
class PlacedCell:
    """A cell and the page it stands on."""

    page: int
    cell: PageCell

    @property
    def seen(self) -> Seen:
        """How the cell was seen."""
        return Seen(PageBox(self.page, self.cell.box), self.cell.confidence, self.cell.doubts)


@dataclass
class OpenTable:
    """A table so far: its rows, and the cells that reach its lower end, where it may go on."""

    rows: list[list[PlacedCell]]
    lowest: list[PlacedCell]
    sides: tuple[float, float]

    def goes_on(self, table: PageTable) -> bool:
        """Whether the table on the next page is as wide and stands under this one."""
        return all(abs(a - b) <= _ALIGNED for a, b in zip(self.sides, (table.box[0], table.box[2]), strict=True))


def opened(table: PageTable, page: int) -> OpenTable:
    """Return the table of one page."""
    rows = [[PlacedCell(page, cell) for cell in row.cells] for row in table.rows]
    lowest = [placed for n, row in enumerate(rows) for placed in row if n + placed.cell.rows >= len(rows)]
    return OpenTable(rows, sorted(lowest, key=lambda placed: placed.cell.box[0]), (table.box[0], table.box[2]))


def continued(above: OpenTable, below: OpenTable) -> OpenTable:
    """Return the two as one table: what was torn off the upper's last row or group labels is put back there."""
    _drop_header(above, below)
    first = below.rows[0] if below.rows else []
    pairs = _pairs(above.lowest, first)
    last = above.rows[-1] if above.rows else []
    if last and first and not any(p.cell.text for p in last) and any(p.cell.text for p in first):
        if len(last) == len(first):
            above.rows.pop()  # the whole row went over to the next page, but for its borders
    elif _is_torn(last, first, pairs):
        for upper, lower in pairs:
            _unite(upper, lower)
        below.rows.pop(0)
    else:
        joined = [pair for pair in pairs if _is_group(*pair)]
        for upper, lower in joined:
            _unite(upper, lower)
        gone = {id(lower) for _, lower in joined}
        below.rows[:1] = [_without_lead([placed for placed in row if id(placed) not in gone]) for row in below.rows[:1]]
    return OpenTable(above.rows + below.rows, below.lowest, below.sides)


def _drop_header(above: OpenTable, below: OpenTable) -> None:
    """Leave out the rows with which the upper table begins too."""
    count = 0
    for upper, lower in zip(above.rows, below.rows, strict=False):
        if [placed.cell.text for placed in upper] != [placed.cell.text for placed in lower]:
            break
        count += 1
    if count and any(placed.cell.text for placed in below.rows[0]):
        del below.rows[:count]


def _pairs(upper: Sequence[PlacedCell], lower: Sequence[PlacedCell]) -> list[tuple[PlacedCell, PlacedCell]]:
    """Return the cells that stand between the same two borders."""
    return [(a, b) for b in lower for a in upper if _is_aligned(a.cell, b.cell)]


def _is_aligned(a: PageCell, b: PageCell) -> bool:
    return abs(a.box[0] - b.box[0]) <= _ALIGNED and abs(a.box[2] - b.box[2]) <= _ALIGNED


def _is_torn(
    last: Sequence[PlacedCell], first: Sequence[PlacedCell], pairs: Sequence[tuple[PlacedCell, PlacedCell]]
) -> bool:
    """Whether the two rows are one: each cell has its other half, a label goes on, and no cell has two values."""
    if len(pairs) != len(first):
        return False
    own = {id(placed) for placed in last}
    values = [(a.cell.text, b.cell.text) for a, b in pairs if id(a) in own]
    values = [pair for pair in values if all(map(_VALUE.fullmatch, filter(None, pair)))]
    if any(a and b for a, b in values) or (any(a for a, _ in values) and any(b for _, b in values)):
        return False
    labels = [(a.cell, b.cell) for a, b in pairs if b.cell.text and not _VALUE.fullmatch(b.cell.text)]
    return bool(labels) and all(_goes_on(a, b) for a, b in labels)


def _goes_on(upper: PageCell, lower: PageCell) -> bool:
    """Whether the lower text can be the rest of the upper: no room was left, and no new label begins."""
    if not upper.text or _NUMBERED.match(lower.text) or _VALUE.fullmatch(upper.text):
        return False
    numbered = _NUMBERED.match(upper.text) is not None
    return _is_unclosed(upper.text) or (upper.runs_on and (numbered or len(lower.text) < len(upper.text)))


def _is_unclosed(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("（）", "()", "“”"))


def _is_group(upper: PlacedCell, lower: PlacedCell) -> bool:
    """Whether the lower cell is the rest of a group's label that spans several rows: empty, or some characters."""
    rest = lower.cell.text
    if not rest:
        return min(upper.cell.rows, lower.cell.rows) > 1
    if max(upper.cell.rows, lower.cell.rows) < 2 or not upper.cell.text or rest == upper.cell.text:
        return False
    is_label = not any(_VALUE.fullmatch(text) for text in (rest, upper.cell.text))
    return is_label and len(rest) <= _GROUP and not _NUMBERED.match(rest)


def _unite(upper: PlacedCell, lower: PlacedCell) -> None:
    """Put the lower text behind the upper; the cell stands where its text begins."""
    a, b = upper.cell, lower.cell
    if not a.text and b.text:
        upper.page, upper.cell = lower.page, b
    elif b.text:
        upper.cell = replace(
            a, text=a.text + b.text, confidence=min(a.confidence, b.confidence), doubts=a.doubts + b.doubts
        )


def _without_lead(row: list[PlacedCell]) -> list[PlacedCell]:
    """Leave out the empty cells before a row's label: the ends of merged cells that began on the page before."""
    filled = next((n for n, placed in enumerate(row) if placed.cell.text), 0)
    return row[filled:] if filled and not _VALUE.fullmatch(row[filled].cell.text) else row
