"""An aligned form becomes its cells, table by table; what does not fit the form is noted, never squeezed in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from parser.extract.align import Alignment, Match
from parser.extract.rows import (
    EMPTY_NOTE,
    Element,
    Kind,
    RowShape,
    chunks,
    elements,
    is_number,
    lost,
    own_elements,
    place_values,
    shape,
    without_specks,
)
from parser.extract.values import leaked_value, with_doubt
from parser.model.document import Piece
from parser.model.place import Place, TextSpan
from parser.model.report import ABSENT, Cell, CellKey, Reason, State
from parser.model.template import Block, Column, Row, Table
from parser.templates.labels import normalise, slots, wordings

_FEW_ROWS = 3
_RESEMBLING = 40  # rapidfuzz ratio; the row's place between its neighbours is evidence already
_PROSE = 40  # an unknown text this long is prose: the table is over
_SENTENCE = re.compile(r"[。；！？]")
UNNAMED_NOTE = "这一行的标签无法辨认，按前后行的位置归到本行"
DISPLACED_NOTE = "本行的标签出现在格式规定的次序之外"
GAP_NOTE = "原文此处有无法辨认的内容，可能就是本行"


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells read from one table, with the rows of the source that the form does not have."""

    cells: dict[CellKey, Cell]
    extra_rows: tuple[str, ...] = ()


@dataclass(slots=True)
class _Body:
    """A row's label and everything up to the next label of the form."""

    match: Match
    row: Row
    block: Block
    parts: list[list[Element]]
    own: list[Element]

    @property
    def depth(self) -> int:
        """How many group labels stand left of the row's own."""
        return len(self.row.path)


def read_tables(alignment: Alignment) -> dict[str, Reading]:
    """Return the reading of every table of the form, by table key."""
    lines_lost = _lines_lost(alignment)
    bodies = {table.key: list(_bodies(alignment, table)) for table in alignment.template.tables}
    shapes = [
        s for found in bodies.values() for b in found if (s := shape(b.own, len(b.block.columns), b.depth)) is not None
    ]
    return {
        table.key: _line_table(alignment, table, shapes, lines_lost)
        if _is_line(alignment, table)
        else _stacked_table(alignment, table, bodies[table.key], shapes, lines_lost)
        for table in alignment.template.tables
    }


def _is_line(alignment: Alignment, table: Table) -> bool:
    """Whether all rows of the table stand side by side on one line, without labels of their own."""
    return not any(s.row for s in slots(alignment.template) if s.table is table)


def _stacked_table(
    alignment: Alignment, table: Table, bodies: Sequence[_Body], shapes: Sequence[RowShape], lines_lost: bool
) -> Reading:
    empty = not any(is_number(e) for body in bodies for part in body.parts for e in part)
    if empty:
        for body in bodies:
            body.own = without_specks(body.own)
    cells: dict[CellKey, Cell] = {}
    extra: list[str] = []
    for body in bodies:
        read = place_values(body.own, body.block.columns, body.depth, shapes, _label_end(alignment, body.match))
        if lines_lost and any(cell.state is not State.NUMBER or cell.doubts for cell in read):
            read = [lost(cell) for cell in read]
        elif _cut_off(alignment, body):
            read = [ABSENT] * len(read)
        elif not body.own and not empty:
            read = [with_doubt(cell, Reason.AMBIGUOUS_POSITION, EMPTY_NOTE) for cell in read]
        cells |= _keyed(table, body.row, body.block.columns, read)
    for gap, strangers in _gaps(alignment, table, bodies):
        if lines_lost and gap and gap[-1][0] is not table.blocks[-1].rows[-1]:
            cells |= {CellKey(table.key, row.key, c.key): lost(ABSENT) for row, block in gap for c in block.columns}
        cells |= _displaced(alignment, table, gap)
        cells |= _fill_gap(table, gap, strangers, shapes)
        if len(gap) != len(strangers):
            extra += (_wording(part) for part in strangers)
    return Reading(_settle(table, cells), tuple(filter(None, extra)))


def _line_table(alignment: Alignment, table: Table, shapes: Sequence[RowShape], lines_lost: bool) -> Reading:
    """Read a table whose rows share one line: all its values in order after the last header label."""
    keys = [(row, column) for row in table.blocks[0].rows for column in table.blocks[0].columns]
    heads = [m for m in alignment.matches if m.slot.table is table]
    if not heads:
        return Reading(_settle(table, {}))
    body = elements(_until_next(alignment, heads[-1]))
    if not any(s.is_torn for s in shapes):
        body = _data_line(body, alignment.pieces[heads[-1].pieces[-1]], len(keys))
    candidates = [
        own_elements(part, [alignment.pieces[heads[-1].pieces[-1]]], len(keys)) for part in chunks(body, len(keys))
    ]
    own = max(candidates, key=lambda part: sum(e.kind is not Kind.BLANK for e in part) + 0.01 * len(part))
    if not any(is_number(e) for e in own):
        own = without_specks(own)
    if not own and heads[-1].pieces[-1] == len(alignment.pieces) - 1:
        return Reading(_settle(table, {}))
    read = place_values(own, [column for _, column in keys], 0, [], _label_end(alignment, heads[-1]))
    if not own:
        read = [with_doubt(cell, Reason.AMBIGUOUS_POSITION, EMPTY_NOTE) for cell in read]
    if lines_lost and sum(cell.state is State.NUMBER for cell in read) < len(keys):
        read = [lost(cell) for cell in read]
    cells = {CellKey(table.key, row.key, column.key): cell for (row, column), cell in zip(keys, read, strict=True)}
    return Reading(_settle(table, cells))


def _data_line(body: list[Element], head: Piece, width: int) -> list[Element]:
    """Return the first line below the header that is a whole row of cells; the row begins where the line begins."""
    lines: dict[int, list[Element]] = {}
    for element in body:
        if element.piece.bounded and element.piece.line > head.line:
            lines.setdefault(element.piece.line, []).append(element)
    for members in lines.values():
        if members[0].piece.column == 0 and len(members) >= width and _are_blank(members[width:]):
            return members[:width]
    return body


def _are_blank(members: Sequence[Element]) -> bool:
    return all(e.kind is Kind.BLANK for e in members)


def _bodies(alignment: Alignment, table: Table) -> Iterator[_Body]:
    rows = {row.key: (row, block) for row, block in _rows(table)}
    for match in alignment.matches:
        if match.slot.table is table and match.slot.row:
            row, block = rows[match.slot.row]
            parts = chunks(elements(_until_next(alignment, match)), len(block.columns))
            label = [alignment.pieces[i] for i in match.pieces]
            first = parts[0]
            if not any(e.kind is Kind.VALUE for e in first) and len(parts) > 1:
                first = [e for e in parts[0] if e.kind is not Kind.TEXT]
            yield _Body(match, row, block, parts, own_elements(first, label, len(block.columns)))


def _until_next(alignment: Alignment, match: Match) -> list[Piece]:
    """Return the pieces after a label up to the next label of the form, another form's row, or prose."""
    following = bisect_right(alignment.starts, match.start)
    end = alignment.starts[following] if following < len(alignment.starts) else len(alignment.pieces)
    inside: list[Piece] = []
    for i in range(match.start, end):
        piece = alignment.pieces[i]
        if i in alignment.label_pieces:
            if i in match.pieces and leaked_value(piece.text):
                inside.append(piece)
            continue
        if i in alignment.known:
            if alignment.is_foreign_row(piece):
                break
            continue
        if i > match.pieces[-1] and (_is_prose(piece)):
            break
        inside.append(piece)
    return inside


def _is_prose(piece: Piece) -> bool:
    return len(piece.text) >= _PROSE or (len(piece.text) > 6 and _SENTENCE.search(piece.text) is not None)


def _gaps(
    alignment: Alignment, table: Table, bodies: Sequence[_Body]
) -> Iterator[tuple[list[tuple[Row, Block]], list[list[Element]]]]:
    """Yield each run of rows whose labels were not found, with the unknown rows that stand in its place."""
    found = {body.row.key: body for body in bodies}
    gap: list[tuple[Row, Block]] = []
    start = -1
    for row, block in _rows(table):
        body = found.get(row.key)
        if body is None:
            gap.append((row, block))
            continue
        yield gap, _strangers(alignment, table, found, start, body.match.start)
        gap, start = [], body.match.start
    yield gap, _strangers(alignment, table, found, start, len(alignment.pieces))


def _rows(table: Table) -> list[tuple[Row, Block]]:
    return [(row, block) for block in table.blocks for row in block.rows]


def _strangers(
    alignment: Alignment, table: Table, found: Mapping[str, _Body], start: int, end: int
) -> list[list[Element]]:
    """Return the unknown rows between two known ones: parts with values behind a row, a header or a group label."""
    parts: list[list[Element]] = []
    for match in alignment.matches:
        if match.slot.table is table and start <= match.start < end:
            if match.slot.row:
                parts += found[match.slot.row].parts[1:]
            else:
                parts += chunks(elements(_until_next(alignment, match)), 1)
    return [part for part in parts if any(e.kind is Kind.VALUE for e in part)]


def _displaced(alignment: Alignment, table: Table, gap: Sequence[tuple[Row, Block]]) -> dict[CellKey, Cell]:
    """Doubt the absence of rows whose label stands somewhere else, out of the form's order."""
    cells: dict[CellKey, Cell] = {}
    for row, block in gap:
        if alignment.unused & set(wordings(row.label.text)):
            cell = with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, DISPLACED_NOTE)
            cells |= _keyed(table, row, block.columns, [cell] * len(block.columns))
    return cells


def _fill_gap(
    table: Table, gap: Sequence[tuple[Row, Block]], strangers: Sequence[Sequence[Element]], shapes: Sequence[RowShape]
) -> dict[CellKey, Cell]:
    """Give unknown rows to the rows that lack a label when their numbers agree, else only say so; always doubtful."""
    cells: dict[CellKey, Cell] = {}
    for n, (row, block) in enumerate(gap):
        if gap and len(gap) == len(strangers):
            part = strangers[n]
            own = own_elements(part, [part[0].piece], len(block.columns))
            read = place_values(own, block.columns, len(row.path), shapes, part[0].piece.place)
            if not _resembles(_wording(part), row):
                read = [with_doubt(cell, Reason.AMBIGUOUS_POSITION, UNNAMED_NOTE) for cell in read]
        elif strangers:
            read = [with_doubt(ABSENT, Reason.AMBIGUOUS_POSITION, GAP_NOTE)] * len(block.columns)
        else:
            continue
        cells |= _keyed(table, row, block.columns, read)
    return cells


def _resembles(text: str, row: Row) -> bool:
    """Whether an unknown label standing in the row's place can be its own label, badly garbled."""
    return fuzz.ratio(normalise(text), normalise(row.label.text)) >= _RESEMBLING


def _keyed(table: Table, row: Row, columns: Sequence[Column], cells: Sequence[Cell]) -> dict[CellKey, Cell]:
    return {CellKey(table.key, row.key, c.key): cell for c, cell in zip(columns, cells, strict=True)}


def _settle(table: Table, cells: dict[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return every field of the table, absent where nothing was read."""
    keys = (CellKey(table.key, r.key, c.key) for b in table.blocks for r in b.rows for c in b.columns)
    return {key: cells.get(key, ABSENT) for key in keys}


def _label_end(alignment: Alignment, match: Match) -> Place:
    place = alignment.pieces[match.pieces[-1]].place
    return TextSpan(place.end, place.end) if isinstance(place, TextSpan) else place


def _cut_off(alignment: Alignment, body: _Body) -> bool:
    """Whether the document ends within the row's label, so that the source has no such row."""
    return not body.own and body.match.pieces[-1] == len(alignment.pieces) - 1


def _wording(part: Sequence[Element]) -> str:
    return "".join(e.piece.text for e in part if e.kind is Kind.TEXT)[:30]


def _lines_lost(alignment: Alignment) -> bool:
    """Whether repeated lines were dropped: what the form prints several times occurs once, and values are missing."""
    tables = [m for m in alignment.matches if m.slot.table]
    rows = [m for m in tables if m.slot.row]
    if len(rows) < _FEW_ROWS or any(alignment.pieces[m.start].bounded for m in rows):
        return False
    times = Counter(slot.label.text for slot in slots(alignment.template) if slot.table)
    seen = Counter(m.slot.label.text for m in tables if times[m.slot.label.text] > 1 and m.similarity == 1)
    repeated = sum(count - 1 for count in seen.values())
    bodies = [b for table in alignment.template.tables for b in _bodies(alignment, table)]
    full = sum(len(b.own) >= len(b.block.columns) > 1 for b in bodies)
    values = Counter(e.piece.text for b in bodies for e in b.own if e.kind is Kind.VALUE)
    return bool(values) and repeated <= 1 and full <= len(bodies) // 8 and max(values.values()) <= 2
