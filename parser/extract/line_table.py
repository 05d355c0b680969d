"""Table four: its rows stand side by side on one line, without labels of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from parser.extract.align import Alignment, Match
from parser.extract.bodies import label_end, rows_of, until_next
from parser.extract.columns import RowShape, has_joined
from parser.extract.elements import (
    Element,
    Kind,
    chunks,
    elements,
    has_few_specks,
    is_number,
    own_elements,
    split_digits,
    without_specks,
)
from parser.extract.foreign_heads import cells_before_foreign
from parser.extract.losses import PLACES_NOTE, Losses, lacks_figures
from parser.extract.rows import EMPTY_NOTE, doubted, lost, place_values
from parser.extract.small_tables import read_small_tables
from parser.extract.unused import WRAPPED_NOTE, wrapped_figure
from parser.model.document import Piece
from parser.model.report import ABSENT, Cell, CellKey, State
from parser.model.template import Column, Row, Table
from parser.templates.labels import SlotKind, normalise, slots, wordings

_STRAYS = 2  # figures beside the line of table four
SHIFTED_NOTE = "本行有的格连在一起，有的格是空的，各数可能错了一栏"
EXTRA_NOTE = "本行的格比表头多，又有空格，各数可能错了一栏"
MOVED_NOTE = "本行有空格，又有一组数加起来不等于总计，各数可能错了一栏"
ORDER_NOTE = "原文表头的次序与格式不同，各数未必属于这些栏"
TWO_LINES_NOTE = "原文中不止一行数，无法确定哪一行是本年的"
GARBLED_HEAD_NOTE = "没有认出这张表的表头，各数按次序读取"
UNREAD_NOTE = "没有认出这张表的表头，下面的数没有读入"


def read_line(alignment: Alignment, table: Table, shapes: Sequence[RowShape], losses: Losses) -> dict[CellKey, Cell]:
    """Return the cells of a table whose rows share one line: all its values in order after the last header label."""
    heads = [m for m in alignment.matches if m.slot.table is table]
    fields = [(row, column) for row, block in rows_of(table) for column in block.columns]
    keys = [CellKey(table.key, row.key, column.key) for row, column in fields]
    small = read_small_tables(alignment, table, _section(alignment, table), losses)
    if small:
        return dict(zip(keys, _doubted_open_groups(fields, [small[key] for key in keys]), strict=True))
    if not heads:
        read = _without_head(alignment, table, [column for _, column in fields])
        return dict(zip(keys, read, strict=False))
    body = _without_counting(elements(until_next(alignment, heads[-1])), len(fields))
    body = _without_padding(body, len(fields))
    own = _line_elements(alignment, heads[-1].pieces[-1], body, shapes, len(fields))
    own = cells_before_foreign(alignment, table.blocks[0], own, len(fields)) or own
    if not own and heads[-1].pieces[-1] == len(alignment.pieces) - 1:
        return {}
    read = place_values(own, [column for _, column in fields], 0, [], label_end(alignment, heads[-1]))
    for note in _why_doubted(alignment, table, heads, body, own):
        read = doubted(read, note)
    if losses.places and lacks_figures(own, len(fields)):
        read = _doubted_but_for_sums(fields, read)
    read = _doubted_open_groups(fields, read)
    wrapped = wrapped_figure(alignment, body, read, [column for _, column in fields])
    if wrapped:
        read = doubted(read, WRAPPED_NOTE.format(wrapped))
    if losses.lines and sum(cell.state is State.NUMBER for cell in read) < len(fields):
        read = [lost(cell) for cell in read]
    return dict(zip(keys, read, strict=True))


def _why_doubted(
    alignment: Alignment,
    table: Table,
    heads: Sequence[Match],
    body: Sequence[Element],
    own: Sequence[Element],
) -> Iterator[str]:
    """Yield every reason for which the figures of the line may not be those of their columns."""
    width = sum(len(block.columns) for _, block in rows_of(table))
    if len(own) < width and _are_blank(own):
        yield EMPTY_NOTE
    if has_joined(own) and any(e.kind is Kind.BLANK for e in own):  # a line was lost, a stroke taken for another
        yield SHIFTED_NOTE
    if own and _is_longer(alignment, alignment.pieces[heads[-1].pieces[-1]], own, width):
        yield EXTRA_NOTE
    if (
        max(len(_full_lines(body, width)), len(_rows_of_cells(body, width))) > 1
        or _is_uneven(own)
        or _stands_again(alignment, table, heads)
    ):
        yield TWO_LINES_NOTE
    if _is_reordered(alignment, table):
        yield ORDER_NOTE


def _stands_again(alignment: Alignment, table: Table, heads: Sequence[Match]) -> bool:
    """Whether the same header stands in the section again and figures between the two: one table is of other things."""
    times = Counter(slot.label.text for slot in slots(alignment.template) if slot.table is table)
    for match in heads:
        label = match.slot.label.text
        if times[label] > 1 or match.similarity < 1 or len(match.pieces) > 1:
            continue
        found = [i for i in _section(alignment, table) if normalise(alignment.pieces[i].text) in wordings(label)]
        between = alignment.pieces[found[0] : found[-1]] if found else []
        if any(map(is_number, elements(between))):
            return True
    return False


def _is_reordered(alignment: Alignment, table: Table) -> bool:
    """Whether the labels of the header stand in cells in another order than the form's."""
    pieces = [alignment.pieces[i] for i in _section(alignment, table)]
    inside = [normalise(piece.text) for piece in pieces if piece.bounded]
    rows = groupby((cell for cell in table.grid if cell.label is not None), lambda cell: cell.row)
    lines = [[normalise(cell.label.text) for cell in cells if cell.label is not None] for _, cells in rows]
    times, due = Counter(inside), Counter(chain.from_iterable(lines))
    single = [[label for label in line if due[label] == times[label] == 1] for line in lines]
    columns = [normalise(column.label.text) for _, block in rows_of(table) for column in block.columns]
    printed = [text for text in inside if text in columns]
    is_swapped = any(inside.index(a) > inside.index(b) for line in single for a, b in pairwise(line))
    return is_swapped or (sorted(printed) == sorted(columns) and printed != columns)


def _section(alignment: Alignment, table: Table) -> range:
    """Return the pieces of the table's section, up to the next heading that was found."""
    titles = [m for m in alignment.matches if m.slot.kind is SlotKind.SECTION]
    own = next((m for m in titles if m.slot.part == f"section/{table.section}"), None)
    if own is None:
        return range(len(alignment.pieces))
    following = (m.start for m in titles if m.start > own.start)
    return range(own.start, next(following, len(alignment.pieces)))


def _is_longer(alignment: Alignment, head: Piece, own: Sequence[Element], width: int) -> bool:
    """Whether the row has blanks and more cells than the table, and the header above it does not end in an empty one.

    Any of the blanks may be the cell too many.
    """
    first = own[0].piece
    header, row = (
        [p.text for p in alignment.pieces if p.bounded and p.line == line] for line in (head.line, first.line)
    )
    is_row = first.column == 0 and first.line > head.line and any(e.kind is Kind.BLANK for e in own)
    return is_row and len(row) > width and bool(header) and header[-1] != ""


def _doubted_open_groups(fields: Sequence[tuple[Row, Column]], cells: Sequence[Cell]) -> list[Cell]:
    """Doubt the groups whose figures do not add up to their total, where one does not and another has a blank.

    A figure was lost and the others moved up, or down: the blank is not where it was.
    """
    groups = _groups(fields, cells)
    broken = {key for key, (*parts, total) in groups.items() if not _adds_up(parts, total)}
    blank = {key for key, group in groups.items() if any(cell.state is State.BLANK for cell in group)}
    if not broken - blank or not blank & broken:
        return list(cells)
    pairs = zip(fields, cells, strict=True)
    return [doubted([cell], MOVED_NOTE)[0] if row.key in broken else cell for (row, _), cell in pairs]


def _doubted_but_for_sums(fields: Sequence[tuple[Row, Column]], cells: Sequence[Cell]) -> list[Cell]:
    """Doubt the groups where blanks lost their places, but for those without a blank whose sum is right.

    With as many blanks as a group has cells those may be another's: then all are doubted.
    """
    groups = _groups(fields, cells)
    blanks = sum(cell.value is None for cell in cells)
    certain = {
        key
        for key, (*parts, total) in groups.items()
        if total.value and _adds_up(parts, total) and all(part.value is not None for part in parts)
    }
    if blanks >= min(map(len, groups.values())):
        certain.clear()
    pairs = zip(fields, cells, strict=True)
    return [cell if row.key in certain else doubted([cell], PLACES_NOTE)[0] for (row, _), cell in pairs]


def _groups(fields: Sequence[tuple[Row, Column]], cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    groups: dict[str, list[Cell]] = {}
    for (row, _), cell in zip(fields, cells, strict=True):
        groups.setdefault(row.key, []).append(cell)
    return groups


def _adds_up(parts: Sequence[Cell], total: Cell) -> bool:
    figures = [cell.value for cell in parts if cell.value is not None]
    return total.value == sum(figures) if figures else total.value is None


def _without_head(alignment: Alignment, table: Table, columns: Sequence[Column]) -> list[Cell]:
    """Read the only line of as many cells as the table has under its heading, with doubt; none where nothing stands.

    Blanks among them keep their places: the cells have borders. Figures that are not such a line leave the absence of
    all cells in doubt.
    """
    body = elements(_under_title(alignment, table))
    whole = _rows_of_cells(body, len(columns))
    if len(whole) == 1:
        own = whole[0]
        return doubted(place_values(own, columns, 0, [], own[0].piece.place), GARBLED_HEAD_NOTE)
    return doubted([ABSENT] * len(columns), UNREAD_NOTE) if any(map(is_number, body)) else []


def _under_title(alignment: Alignment, table: Table) -> list[Piece]:
    """Return the pieces between the heading of the table's section and the next label, none where it has no heading."""
    title = next((m for m in alignment.matches if m.slot.part == f"section/{table.section}"), None)
    return until_next(alignment, title) if title is not None else []


def _line_elements(
    alignment: Alignment, head: int, body: list[Element], shapes: Sequence[RowShape], width: int
) -> list[Element]:
    """Return the values and blanks of the data line: the fullest part behind the header's last label."""
    label = alignment.pieces[head]
    if not any(s.is_torn for s in shapes):
        body = _data_line(body, label, width)
    parts = [own_elements(part, [label], width) for part in chunks(body, width)]
    own = max(parts, key=lambda part: (sum(e.kind is not Kind.BLANK for e in part), len(part)))
    marks = split_digits(own, width)
    if marks and not marks[0].value.isdecimal():
        return marks
    return own if any(map(is_number, own)) or not has_few_specks(own, width) else without_specks(own)


def _without_counting(body: list[Element], width: int) -> list[Element]:
    """Leave out a line that only numbers the columns 1, 2, 3, …"""
    counting = [str(n) for n in range(1, width + 1)]
    lines = [n for n, members in _full_lines(body, width).items() if [e.value for e in members] == counting]
    return [e for e in body if e.piece.line not in lines]


def _without_padding(body: list[Element], width: int) -> list[Element]:
    """Leave out the first line if it holds only blanks and there are enough cells without: it fills up the header.

    Not where every cell is a line of its own.
    """
    cells = [e for e in body if e.kind is not Kind.TEXT]
    first = [e for e in cells if e.piece.line == cells[0].piece.line]
    is_alone = len({e.piece.line for e in cells}) == len(cells)
    is_padding = not is_alone and len(cells) > width and _are_blank(first) and len(cells) - len(first) >= width
    return [e for e in body if not any(e is other for other in first)] if is_padding else body


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


def _rows_of_cells(body: Sequence[Element], width: int) -> list[list[Element]]:
    """Return the lines that have a cell, filled or not, for each field, and a number in one of them."""
    lines: dict[int, list[Element]] = {}
    for element in body:
        if element.piece.bounded and element.kind is not Kind.TEXT:
            lines.setdefault(element.piece.line, []).append(element)
    return [members for members in lines.values() if len(members) == width and any(map(is_number, members))]


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
