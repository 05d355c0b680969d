"""An aligned form becomes its cells, table by table; what does not fit the form is noted, never squeezed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parser.extract.align import Alignment
from parser.extract.bodies import Body, bodies_of, label_end, rows_of, until_next
from parser.extract.columns import RowShape, has_joined, shape, stand_elsewhere
from parser.extract.elements import Element, Kind, chunks, elements, is_number, own_elements, without_specks
from parser.extract.gaps import Gap, fill, gaps_of, in_their_places
from parser.extract.heads import reordered_blocks
from parser.extract.rows import as_cells, lost, place_values
from parser.extract.unused import unused_figure, wrapped_figure
from parser.extract.values import with_doubt
from parser.model.document import Piece
from parser.model.report import ABSENT, Cell, CellKey, Reason, State
from parser.model.template import Column, Row, Table
from parser.templates.labels import slots, wordings

_FEW_ROWS = 3
_FEW_EQUALS = 2  # equal figures, where a form holds dozens of zeros
_FEW_REPEATS = 4  # the form repeats its column headers far more often
_STRAYS = 2  # figures beside the line of table four
_EXTRA_CELLS = 2  # a row with more cells than the form's grid and these was torn by the scan
EMPTY_NOTE = "原文此行标签后没有数字"
TWICE_NOTE = "原文中这一行出现不止一次"
ORDER_NOTE = "原文表头的次序与格式不同，各数未必属于这些栏"
SHIFTED_NOTE = "本行有的格连在一起，有的格是空的，各数可能错了一栏"
MOVED_NOTE = "本行有空格，又有一组数加起来不等于总计，各数可能错了一栏"
TWO_LINES_NOTE = "原文中不止一行数，无法确定哪一行是本年的"
UNUSED_NOTE = "本行还有一个数“{}”没有归入任何一格"
WRAPPED_NOTE = "紧接着的下一行只有“{}”，可能是本行最后一个数折行的后半截，也可能是页码"
NEIGHBOUR_NOTE = "旁边有一行无法归属的数（{}），可能属于本行"
HIDDEN_NOTE = "没有找到下一行的标签，这些数可能属于下一行"
GARBLED_HEAD_NOTE = "没有认出这张表的表头，各数按次序读取"
HEADLESS_NOTE = "没有找到这张表的表头，这些数可能来自正文"
RIVAL_NOTE = "本行标签残缺，也可能是“{}”"
WORDS_NOTE = "标签后是“{}”，不是数"
STRANGER_NOTE = "标签与数字之间有“{}”，这些数可能属于另一行"


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells read from one table, with the rows of the source that the form does not have."""

    cells: dict[CellKey, Cell]
    extra_rows: tuple[str, ...] = ()


def read_tables(alignment: Alignment) -> dict[str, Reading]:
    """Return the reading of every table of the form, by table key."""
    tables = alignment.template.tables
    bodies = {table.key: list(bodies_of(alignment, table)) for table in tables}
    found = [body for members in bodies.values() for body in members]
    lines_lost, thin = _lines_lost(alignment, found), _is_thin(alignment, found)
    shapes = [s for body in found if (s := _shape(alignment, body)) is not None]
    return {
        table.key: _line_table(alignment, table, shapes, lines_lost)
        if _is_line(alignment, table)
        else _stacked_table(alignment, table, bodies[table.key], shapes, lines_lost, thin)
        for table in tables
    }


def _shape(alignment: Alignment, body: Body) -> RowShape | None:
    """Return where the row's values stand if that is certain, and whether it is under the header."""
    columns = body.block.columns
    table = body.match.slot.table
    heads = [m for m in alignment.matches if m.slot.table is table and m.slot.label.text == columns[0].label.text]
    return shape(body.own, len(columns), body.depth, alignment.pieces[heads[0].start].column if heads else None)


def _is_line(alignment: Alignment, table: Table) -> bool:
    """Whether all rows of the table stand side by side on one line, without labels of their own."""
    return not any(s.row for s in slots(alignment.template) if s.table is table)


def _stacked_table(
    alignment: Alignment, table: Table, bodies: Sequence[Body], shapes: Sequence[RowShape], lines_lost: bool, thin: bool
) -> Reading:
    empty = not thin and not any(is_number(e) for body in bodies for part in body.parts for e in part)
    cells: dict[CellKey, Cell] = {}
    bodies = in_their_places(alignment, table, bodies)
    reordered = [] if empty else reordered_blocks(alignment, table)
    for body in bodies:
        if empty:
            body.own = without_specks(body.own)
        keys = (CellKey(table.key, body.row.key, column.key) for column in body.block.columns)
        torn = len(body.own) > table.column_count + _EXTRA_CELLS
        read = _row(alignment, body, () if torn else shapes, lines_lost, empty)
        cells |= zip(keys, _doubted(read, ORDER_NOTE) if body.block in reordered else read, strict=True)
    if bodies and _is_headless(alignment, table):
        cells = {key: _doubted([cell], HEADLESS_NOTE)[0] for key, cell in cells.items()}
    gaps = list(gaps_of(alignment, table, bodies))
    for gap in gaps:
        cells |= fill(alignment, table, gap, shapes, lines_lost)
        if gap.orphans:
            cells |= _doubted_neighbours(table, gap, cells)
        if gap.hidden and gap.above:
            above = [CellKey(table.key, gap.above[0].key, column.key) for column in gap.above[1].columns]
            cells |= zip(above, _doubted([cells[key] for key in above], HIDDEN_NOTE), strict=True)
    return Reading(_settle(table, cells), tuple(row for gap in gaps for row in gap.extra_rows))


def _is_headless(alignment: Alignment, table: Table) -> bool:
    """Whether loose words of the prose were taken for the table: no header, no border, its section elsewhere."""
    labels = [m for m in alignment.matches if m.slot.table is table]
    loose = all(m.slot.row and not alignment.pieces[m.start].bounded for m in labels)
    titles = (s.label for s in slots(alignment.template) if s.part == f"section/{table.section}")
    wanted = {wording for label in titles for text in (label.text, *label.aliases) for wording in wordings(text)}
    return loose and alignment.is_unused(wanted)


def _doubted_neighbours(table: Table, gap: Gap, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Doubt the blank rows beside an unknown row, and the row above one without label: its figures may be theirs."""
    doubted: dict[CellKey, Cell] = {}
    nameless = any(next(e.kind for e in part if e.kind is not Kind.BLANK) is Kind.VALUE for part in gap.orphans)
    for row, block in filter(None, (gap.above, gap.below)):
        keys = [CellKey(table.key, row.key, column.key) for column in block.columns]
        blank = all(cells[key].state is State.BLANK for key in keys if key in cells)
        if blank or (nameless and (row, block) == gap.above):
            note = NEIGHBOUR_NOTE.format("、".join(e.piece.text for e in gap.orphans[0] if e.kind is Kind.VALUE))
            doubted |= zip(keys, _doubted([cells[key] for key in keys], note), strict=True)
    return doubted


def _row(alignment: Alignment, body: Body, shapes: Sequence[RowShape], lines_lost: bool, empty: bool) -> list[Cell]:
    """Return the cells of a row whose label was found; ``empty`` says that the whole table holds no number."""
    if body.under_heads is not None and not stand_elsewhere(body.under_heads, body.depth, shapes):
        read = as_cells(body.under_heads, body.block.columns)
    else:
        read = place_values(body.own, body.block.columns, body.depth, shapes, label_end(alignment, body.match))
    if lines_lost and any(cell.state is not State.NUMBER or cell.doubts for cell in read):
        return [lost(cell) for cell in read]
    if not body.own and body.match.pieces[-1] == len(alignment.pieces) - 1:
        return [ABSENT] * len(read)  # the document ends within the label: the source has no such row
    if not body.own and not empty:
        return _doubted(read, EMPTY_NOTE)
    if body.words:
        return _doubted(read, WORDS_NOTE.format(body.words))
    if body.stranger:
        return _doubted(read, STRANGER_NOTE.format(body.stranger))
    if body.match.rival:
        return _doubted(read, RIVAL_NOTE.format(body.match.rival.label.text))
    if alignment.stands_again(body.match):
        return _doubted(read, TWICE_NOTE)
    unused = unused_figure(alignment, body.parts[0], read) if body.under_heads is None else None
    if unused:
        return _doubted(read, UNUSED_NOTE.format(unused))
    wrapped = wrapped_figure(alignment, body.parts[0], read, body.block.columns)
    return _doubted(read, WRAPPED_NOTE.format(wrapped)) if wrapped else read


def _doubted(cells: Sequence[Cell], note: str) -> list[Cell]:
    return [with_doubt(cell, Reason.AMBIGUOUS_POSITION, note) for cell in cells]


def _line_table(alignment: Alignment, table: Table, shapes: Sequence[RowShape], lines_lost: bool) -> Reading:
    """Read a table whose rows share one line: all its values in order after the last header label."""
    heads = [m for m in alignment.matches if m.slot.table is table]
    fields = [(row, column) for row, block in rows_of(table) for column in block.columns]
    if not heads:
        own = _headless_line(alignment, table, len(fields))
        cells = place_values(own, [column for _, column in fields], 0, [], own[0].piece.place) if own else []
        keys = (CellKey(table.key, row.key, column.key) for row, column in fields)
        return Reading(_settle(table, dict(zip(keys, _doubted(cells, GARBLED_HEAD_NOTE), strict=False))))
    body = _without_counting(elements(until_next(alignment, heads[-1])), len(fields))
    own = _line_elements(alignment, heads[-1].pieces[-1], body, shapes, len(fields))
    if not own and heads[-1].pieces[-1] == len(alignment.pieces) - 1:
        return Reading(_settle(table, {}))
    read = place_values(own, [column for _, column in fields], 0, [], label_end(alignment, heads[-1]))
    if len(own) < len(fields) and _are_blank(own):
        read = _doubted(read, EMPTY_NOTE)
    if has_joined(own) and any(e.kind is Kind.BLANK for e in own):  # a line was lost, a stroke taken for another
        read = _doubted(read, SHIFTED_NOTE)
    read = _doubted_open_groups(fields, read)
    if len(_full_lines(body, len(fields))) > 1 or _is_uneven(own):
        read = _doubted(read, TWO_LINES_NOTE)
    wrapped = wrapped_figure(alignment, body, read, [column for _, column in fields])
    if wrapped:
        read = _doubted(read, WRAPPED_NOTE.format(wrapped))
    if lines_lost and sum(cell.state is State.NUMBER for cell in read) < len(fields):
        read = [lost(cell) for cell in read]
    keys = (CellKey(table.key, row.key, column.key) for row, column in fields)
    return Reading(_settle(table, dict(zip(keys, read, strict=True))))


def _doubted_open_groups(fields: Sequence[tuple[Row, Column]], cells: Sequence[Cell]) -> list[Cell]:
    """Doubt the groups whose figures do not add up to their total, where one does not and another has a blank.

    A figure was lost and the others moved up, or down: the blank is not where it was.
    """
    groups: dict[str, list[Cell]] = {}
    for (row, _), cell in zip(fields, cells, strict=True):
        groups.setdefault(row.key, []).append(cell)
    broken = {key for key, (*parts, total) in groups.items() if not _adds_up(parts, total)}
    blank = {key for key, group in groups.items() if any(cell.state is State.BLANK for cell in group)}
    if not broken - blank or not blank & broken:
        return list(cells)
    pairs = zip(fields, cells, strict=True)
    return [_doubted([cell], MOVED_NOTE)[0] if row.key in broken else cell for (row, _), cell in pairs]


def _adds_up(parts: Sequence[Cell], total: Cell) -> bool:
    figures = [cell.value for cell in parts if cell.value is not None]
    return total.value == sum(figures) if figures else total.value is None


def _headless_line(alignment: Alignment, table: Table, width: int) -> list[Element]:
    """Return the only row of cells under the table's heading that has as many values as it; empty if there is none."""
    title = next((m for m in alignment.matches if m.slot.part == f"section/{table.section}"), None)
    if title is None:
        return []
    end = next((m.start for m in alignment.matches if m.start > title.pieces[-1]), len(alignment.pieces))
    body = elements([piece for piece in alignment.pieces[title.pieces[-1] + 1 : end] if piece.bounded])
    lines = [members for members in _full_lines(body, width).values() if len(members) == width]
    return lines[0] if len(lines) == 1 else []


def _line_elements(
    alignment: Alignment, head: int, body: list[Element], shapes: Sequence[RowShape], width: int
) -> list[Element]:
    """Return the values and blanks of the data line: the fullest part behind the header's last label."""
    label = alignment.pieces[head]
    if not any(s.is_torn for s in shapes):
        body = _data_line(body, label, width)
    parts = [own_elements(part, [label], width) for part in chunks(body, width)]
    own = max(parts, key=lambda part: (sum(e.kind is not Kind.BLANK for e in part), len(part)))
    return own if any(is_number(e) for e in own) else without_specks(own)


def _without_counting(body: list[Element], width: int) -> list[Element]:
    """Leave out a line that only numbers the columns 1, 2, 3, …"""
    counting = [str(n) for n in range(1, width + 1)]
    lines = [n for n, members in _full_lines(body, width).items() if [e.value for e in members] == counting]
    return [e for e in body if e.piece.line not in lines]


def _is_uneven(own: Sequence[Element]) -> bool:
    """Whether one figure stands on a line of its own and nearly all others on another: it may be a page number."""
    lines = Counter(element.piece.line for element in own if element.kind is Kind.VALUE).values()
    return len(lines) > 1 and min(lines) == 1 and sum(lines) - max(lines) <= _STRAYS


def _full_lines(body: Sequence[Element], width: int) -> dict[int, list[Element]]:
    """Return the lines with as many values as the table has fields."""
    lines: dict[int, list[Element]] = {}
    for element in body:
        if element.kind is Kind.VALUE:
            lines.setdefault(element.piece.line, []).append(element)
    return {line: members for line, members in lines.items() if len(members) == width}


def _data_line(body: list[Element], head: Piece, width: int) -> list[Element]:
    """Return the line below the header that is the fullest row of cells; the row begins where the line begins."""
    lines: dict[int, list[Element]] = {}
    for element in body:
        if element.piece.bounded and element.piece.line > head.line:
            lines.setdefault(element.piece.line, []).append(element)
    whole = [
        members[:width]
        for members in lines.values()
        if members[0].piece.column == 0 and len(members) >= width and _are_blank(members[width:])
    ]
    return max(whole, key=lambda members: sum(e.kind is Kind.VALUE for e in members), default=body)


def _are_blank(members: Sequence[Element]) -> bool:
    return all(e.kind is Kind.BLANK for e in members)


def _settle(table: Table, cells: dict[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return every field of the table, absent where nothing was read."""
    keys = (CellKey(table.key, r.key, c.key) for b in table.blocks for r in b.rows for c in b.columns)
    return {key: cells.get(key, ABSENT) for key in keys}


def _lines_lost(alignment: Alignment, bodies: Sequence[Body]) -> bool:
    """Whether repeated lines were dropped: what the form prints several times occurs once, and values are missing."""
    tables = [m for m in alignment.matches if m.slot.table]
    if not _is_thin(alignment, bodies):
        return False
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
