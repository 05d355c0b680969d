"""An aligned form becomes its cells, table by table; what does not fit the form is noted, never squeezed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parser.extract.align import Alignment
from parser.extract.blanks import odd_blanks
from parser.extract.bodies import Body, bodies_of, label_end, rows_of, words_of
from parser.extract.columns import RowShape, shape, stand_elsewhere
from parser.extract.doubled import beside_doubled_rows
from parser.extract.elements import Element, Kind, has_few_specks, is_number, without_specks
from parser.extract.foreign_heads import FOREIGN_NOTE
from parser.extract.gaps import Gap, fill, gaps_of, in_their_places
from parser.extract.heads import reordered_blocks
from parser.extract.line_table import ORDER_NOTE, read_line
from parser.extract.losses import PLACES_NOTE, Losses, figure_at_label, lacks_figures, losses_of
from parser.extract.nameless import may_stand_elsewhere
from parser.extract.rows import EMPTY_NOTE, as_cells, doubted, lost, place_values, with_total_last
from parser.extract.unused import (
    HEAD_NOTE,
    LABEL_NOTE,
    SPLIT_NOTE,
    WRAPPED_NOTE,
    figure_in_label,
    lone_figure_in_label,
    page_number_for_figure,
    split_figure,
    unused_figure,
    wrapped_figure,
)
from parser.model.report import ABSENT, Cell, CellKey, State
from parser.model.template import Block, Row, Table
from parser.templates.labels import normalise, slots, wordings

_MARKS = frozenset("123456789")  # of a note; nobody counts to more
_ORDINAL_DIGITS = 2  # an office may number the rows
_EXTRA_CELLS = 2  # a row with more cells than the form's grid and these was torn by the scan
TWICE_NOTE = "原文中这一行出现不止一次"
UNUSED_NOTE = "本行还有一个数“{}”没有归入任何一格"
NEIGHBOUR_NOTE = "旁边有一行无法归属的数（{}），可能属于本行"
HIDDEN_NOTE = "没有找到下一行的标签，这些数可能属于下一行"
JOINED_NOTE = "本行似与相邻的行连成一行，这些数可能属于两行"
HEADLESS_NOTE = "没有找到这张表的表头，这些数可能来自正文"
RIVAL_NOTE = "本行标签残缺，也可能是“{}”"
WORDS_NOTE = "标签后是“{}”，不是数"
SLIPPED_NOTE = "原文有一行数没有标签，又有一行标签没有数，这些数可能错了一行"
ABOVE_NOTE = "这些数印在本行标签的上一行，可能属于另一行"
MARK_NOTE = "标签后面紧跟的数字可能是注码，其余各数可能错了一栏"
OVERPRINTED_NOTE = "本行标签压在数字上，这些数可能不全"
TOGETHER_NOTE = "原文是连在一起的“{}”，按一栏一位读取"
CUT_NOTE = "原文到这个数为止，它可能没有完"
STRANGER_NOTE = "标签与数字之间有“{}”，这些数可能属于另一行"


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells read from one table, with the rows of the source that the form does not have."""

    cells: dict[CellKey, Cell]
    extra_rows: tuple[str, ...] = ()


def read_tables(alignment: Alignment, kind: str) -> dict[str, Reading]:
    """Return the reading of every table of the form, by table key, from a document of that kind."""
    tables = alignment.template.tables
    bodies = {table.key: list(bodies_of(alignment, table)) for table in tables}
    found = [body for members in bodies.values() for body in members]
    losses = losses_of(alignment, found, kind)
    shapes = [s for body in found if (s := _shape(alignment, body)) is not None]
    return {
        table.key: Reading(_settle(table, read_line(alignment, table, shapes, losses)))
        if _is_line(alignment, table)
        else _stacked_table(alignment, table, bodies[table.key], shapes, losses)
        for table in tables
    }


def _shape(alignment: Alignment, body: Body) -> RowShape | None:
    """Return where the row's values stand if that is certain, and whether it is under the header."""
    if body.heads.cells is not None and body.heads.has_foreign:
        return None
    columns = body.block.columns
    table = body.match.slot.table
    heads = [m for m in alignment.matches if m.slot.table is table and m.slot.label.text == columns[0].label.text]
    return shape(body.own, len(columns), body.depth, alignment.pieces[heads[0].start].column if heads else None)


def _is_line(alignment: Alignment, table: Table) -> bool:
    """Whether all rows of the table stand side by side on one line, without labels of their own."""
    return not any(s.row for s in slots(alignment.template) if s.table is table)


def _stacked_table(
    alignment: Alignment, table: Table, bodies: Sequence[Body], shapes: Sequence[RowShape], losses: Losses
) -> Reading:
    figures = any(is_number(e) for body in bodies for part in body.parts for e in part)
    empty = not losses.thin and not figures and not any(_has_figures_beside(alignment, body) for body in bodies)
    cells: dict[CellKey, Cell] = {}
    bodies = in_their_places(alignment, table, bodies)
    reordered = [] if empty else reordered_blocks(alignment, table)
    width = sum(len(body.block.columns) for body in bodies)
    specked = empty and has_few_specks((e for body in bodies for e in body.own), width)
    for body in bodies:
        if specked:
            body.own = without_specks(body.own)
        own = (CellKey(table.key, body.row.key, column.key) for column in body.block.columns)
        torn = len(body.own) > table.column_count + _EXTRA_CELLS
        read = _row(alignment, body, () if torn else shapes, losses, empty)
        cells |= zip(own, doubted(read, ORDER_NOTE) if body.block in reordered else read, strict=True)
    if bodies and _is_headless(alignment, table):
        cells = {key: doubted([cell], HEADLESS_NOTE)[0] for key, cell in cells.items()}
    gaps = list(gaps_of(alignment, table, bodies))
    for gap in gaps:
        cells |= fill(alignment, table, gap, shapes, losses.lines)
        if gap.orphans:
            cells |= _doubted_neighbours(table, gap, cells)
        for neighbour, note in _mixed(gap):
            keys = [CellKey(table.key, neighbour[0].key, column.key) for column in neighbour[1].columns]
            cells |= zip(keys, doubted([cells[key] for key in keys], note), strict=True)
    cells |= may_stand_elsewhere(alignment, table, bodies, gaps, cells)
    slipped = _slipped(table, gaps, bodies)
    cells = {key: doubted([cell], SLIPPED_NOTE)[0] if key.row in slipped else cell for key, cell in cells.items()}
    if losses.figures:
        cells |= odd_blanks(table, cells)
    cells |= beside_doubled_rows(table, cells)
    return Reading(_settle(table, cells), tuple(row for gap in gaps for row in gap.extra_rows))


def _mixed(gap: Gap) -> Iterator[tuple[tuple[Row, Block], str]]:
    """Yield the known rows beside the gap whose figures may be those of its rows, with the note that says so."""
    if gap.above and gap.hidden:
        yield gap.above, HIDDEN_NOTE
    for neighbour, sharing in zip((gap.above, gap.below), gap.sharing, strict=True):
        if neighbour and sharing:
            yield neighbour, JOINED_NOTE


def _slipped(table: Table, gaps: Sequence[Gap], bodies: Sequence[Body]) -> frozenset[str]:
    """Return the rows between figures without a label and a label without figures: each may have those of the next.

    So it is where the figures were copied before their labels.
    """
    order = [row.key for row, _ in rows_of(table)]
    nameless = [gap for gap in gaps if any(_is_nameless_row(part, gap) for part in gap.orphans)]
    between: set[str] = set()
    for gap in nameless:
        at = order.index(gap.below[0].key) if gap.below else len(order)
        for bare in (order.index(body.row.key) for body in bodies if not body.own):
            between.update(order[min(at, bare) : max(at, bare + 1)])
    return frozenset(between)


def _is_nameless_row(part: Sequence[Element], gap: Gap) -> bool:
    """Whether the part is as many figures as a row beside the gap has, and no words."""
    widths = [len(block.columns) for _, block in filter(None, (gap.above, gap.below))]
    return not words_of(part) and sum(e.kind is Kind.VALUE for e in part) in widths


def _has_figures_beside(alignment: Alignment, body: Body) -> bool:
    """Whether more digits stand in the pieces of the label than the form prints, or one at its end.

    Those are figures that no cell was told from.
    """
    printed = "".join(group.text for group in body.row.path) + body.row.label.text
    seen = _label_text(alignment, body)
    has_more = sum(map(str.isdecimal, seen)) > sum(map(str.isdecimal, printed)) + _ORDINAL_DIGITS
    return has_more or figure_in_label(seen) is not None


def _is_headless(alignment: Alignment, table: Table) -> bool:
    """Whether loose words of the prose were taken for the table: no header, no border, its section elsewhere."""
    labels = [m for m in alignment.matches if m.slot.table is table]
    loose = all(m.slot.row and not alignment.pieces[m.start].bounded for m in labels)
    titles = (s.label for s in slots(alignment.template) if s.part == f"section/{table.section}")
    wanted = {wording for label in titles for text in (label.text, *label.aliases) for wording in wordings(text)}
    return loose and alignment.is_unused(wanted)


def _doubted_neighbours(table: Table, gap: Gap, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Doubt the blank rows beside an unknown row, and the row above one without label: its figures may be theirs."""
    beside: dict[CellKey, Cell] = {}
    nameless = any(next(e.kind for e in part if e.kind is not Kind.BLANK) is Kind.VALUE for part in gap.orphans)
    for row, block in filter(None, (gap.above, gap.below)):
        keys = [CellKey(table.key, row.key, column.key) for column in block.columns]
        blank = all(cells[key].state is State.BLANK for key in keys if key in cells)
        if blank or (nameless and (row, block) == gap.above):
            note = NEIGHBOUR_NOTE.format("、".join(e.piece.text for e in gap.orphans[0] if e.kind is Kind.VALUE))
            beside |= zip(keys, doubted([cells[key] for key in keys], note), strict=True)
    return beside


def _row(alignment: Alignment, body: Body, shapes: Sequence[RowShape], losses: Losses, empty: bool) -> list[Cell]:
    """Return the cells of a row whose label was found; ``empty`` says that the whole table holds no number."""
    under = body.heads.cells
    if under is not None and (body.heads.has_foreign or not stand_elsewhere(under, body.depth, shapes)):
        read = as_cells(under, body.block.columns)
    else:
        read = place_values(body.own, body.block.columns, body.depth, shapes, label_end(alignment, body.match))
    if losses.lines and any(cell.state is not State.NUMBER or cell.doubts for cell in read):
        return [lost(cell) for cell in read]
    if _ends_with_label(alignment, body):  # without a border behind it the source has no such row
        return doubted(read, CUT_NOTE) if body.own else [ABSENT] * len(read)
    if not body.own and not empty:
        return doubted(read, EMPTY_NOTE)
    if losses.places and lacks_figures(body.own, len(read)):
        return doubted(with_total_last(read, body.block.columns), PLACES_NOTE)
    note = _why_doubted(alignment, body, read, losses)
    if note is None and _may_go_on(alignment, body, read):
        return [*read[:-1], *doubted(read[-1:], CUT_NOTE)]
    return doubted(read, note) if note else read


def _ends_with_label(alignment: Alignment, body: Body) -> bool:
    """Whether the document ends within the row's label, or with fewer borders behind it than the row has cells."""
    is_begun = all(e.kind is Kind.BLANK for e in body.own) and len(body.own) < len(body.block.columns)
    return is_begun and body.match.pieces[-1] + len(body.own) == len(alignment.pieces) - 1


def _may_go_on(alignment: Alignment, body: Body, read: Sequence[Cell]) -> bool:
    """Whether the document ends with the row's last figure, without a border, and nothing vouches for all of it."""
    last = alignment.pieces[-1]
    if last.bounded or not body.own or body.own[-1].piece is not last or last.text.strip() == "0" or read[-1].unit:
        return False
    *parts, total = (cell.value for cell in read)
    return body.block.columns[-1].key != "total" or total is None or sum(part or 0 for part in parts) != total


def _why_doubted(alignment: Alignment, body: Body, read: Sequence[Cell], losses: Losses) -> str | None:
    """Return the first reason for which a row's figures may not be its own, None if there is none."""
    if body.is_one_figure:
        return TOGETHER_NOTE.format("".join(e.value for e in body.own))
    if body.words:
        return WORDS_NOTE.format(body.words)
    if body.stranger:
        return STRANGER_NOTE.format(body.stranger)
    if body.heads.shifted_by:
        return FOREIGN_NOTE.format(body.heads.shifted_by)
    if _is_above_label(alignment, body):
        return ABOVE_NOTE
    if _is_overprinted(alignment, body):
        return OVERPRINTED_NOTE
    if _is_marked(alignment, body, losses):
        return MARK_NOTE
    if body.match.rival:
        return RIVAL_NOTE.format(body.match.rival.label.text)
    if alignment.stands_again(body.match):
        return TWICE_NOTE
    return _why_figures_are_left(alignment, body, read)


def _why_figures_are_left(alignment: Alignment, body: Body, read: Sequence[Cell]) -> str | None:
    """Return a reason to doubt the row if figures stand about it that no cell took."""
    part, columns = body.parts[0], body.block.columns
    unused = unused_figure(alignment, body.on_line, read) if body.heads.cells is None else None
    wrapped, split = (find(alignment, part, read, columns) for find in (wrapped_figure, split_figure))
    page = page_number_for_figure(alignment, body.parts, read, columns)
    label = lone_figure_in_label(_label_text(alignment, body), read)
    notes = (
        (UNUSED_NOTE, unused),
        (WRAPPED_NOTE, wrapped),
        (SPLIT_NOTE, split),
        (HEAD_NOTE, page),
        (LABEL_NOTE, label),
    )
    return next((note.format(figure) for note, figure in notes if figure), None)


def _label_text(alignment: Alignment, body: Body) -> str:
    return "".join(alignment.pieces[i].text for i in body.match.pieces)


def _is_above_label(alignment: Alignment, body: Body) -> bool:
    """Whether the row's figures stand above its label, whole on a line without any, among the words of its group."""
    last = alignment.pieces[body.match.pieces[-1]]
    lines = {e.piece.line for e in body.own if e.kind is Kind.VALUE}
    is_whole = len(body.match.pieces) > 1 and normalise(last.text) in wordings(body.row.label.text)
    return is_whole and bool(lines) and max(lines) < last.line


def _is_marked(alignment: Alignment, body: Body, losses: Losses) -> bool:
    """Whether the first of several figures, which no total vouches for, may be the mark of a note at the label."""
    columns = body.block.columns
    has_total = len(columns) == 1 or columns[-1].key == "total"
    return not losses.gaps and not has_total and figure_at_label(alignment, body) in _MARKS


def _is_overprinted(alignment: Alignment, body: Body) -> bool:
    """Whether figures stand among the words of a label that runs on into the cells of its row."""
    first, *others = (alignment.pieces[i] for i in body.match.pieces)
    beside = [piece.text for piece in others if piece.bounded and piece.line == first.line]
    return any(re.search(r"\d\D", normalise(text)) for text in beside)


def _settle(table: Table, cells: dict[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return every field of the table, absent where nothing was read."""
    keys = (CellKey(table.key, r.key, c.key) for b in table.blocks for r in b.rows for c in b.columns)
    return {key: cells.get(key, ABSENT) for key in keys}
