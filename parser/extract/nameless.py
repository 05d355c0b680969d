"""Rows that are missing while figures stand elsewhere in their table of which nothing says whose they are.

Where rows are out of order, those of one without its label stand far from the rows beside which it is due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from parser.extract.align import Alignment, Match
from parser.extract.bodies import Body, rows_of, until_next, words_of
from parser.extract.elements import Element, Kind, elements
from parser.extract.gaps import Gap, resembles
from parser.extract.rows import doubted
from parser.model.report import ABSENT, Cell, CellKey
from parser.model.template import Row, Table
from parser.templates.labels import normalise, wordings

_FEW = 3  # characters of a label, if these are all that is left, may be any row's
ELSEWHERE_NOTE = "原文此表另有一行数无法归属，可能就是本行"


def may_stand_elsewhere(
    alignment: Alignment, table: Table, bodies: Sequence[Body], gaps: Sequence[Gap], cells: Mapping[CellKey, Cell]
) -> dict[CellKey, Cell]:
    """Return, absent with doubt, the missing rows of which nothing was read that one of the unknown rows may be."""
    missing = [pair for gap in gaps for pair in gap.rows]
    wanted = [(row, [CellKey(table.key, row.key, column.key) for column in block.columns]) for row, block in missing]
    silent = [(row, keys) for row, keys in wanted if not any(key in cells for key in keys)]
    if not silent:
        return {}
    unknown = [*_strangers(gaps), *_below_others(alignment, table, bodies)]
    return {
        key: doubted([ABSENT], ELSEWHERE_NOTE)[0]
        for row, keys in silent
        if any(_may_be(part, row, len(keys)) for part in unknown)
        for key in keys
    }


def _strangers(gaps: Sequence[Gap]) -> Iterator[Sequence[Element]]:
    """Yield the unknown rows, but for those whose words are those of the row in whose place they stand."""
    for gap in gaps:
        yield from gap.orphans
        for part, n in zip(gap.strangers, gap.slots, strict=False):
            if not resembles(words_of(part), gap.rows[n][0]):
                yield part


def _below_others(alignment: Alignment, table: Table, bodies: Sequence[Body]) -> Iterator[Sequence[Element]]:
    """Yield the cells behind those of a row, of the table or one whose label stands out of the form's order."""
    for body in bodies:
        yield _behind(body.parts[0], len(body.block.columns))
    labels = [match for match in alignment.matches if match.slot.table is table]
    widths = {w: len(block.columns) for row, block in rows_of(table) for w in wordings(row.label.text)}
    for i, wording in alignment.unused.items() if labels else ():
        if labels[0].start < i and alignment.is_foreign_row(alignment.pieces[i]):
            columns = widths.get(wording, table.column_count)
            yield _behind(elements(until_next(alignment, Match(labels[0].slot, (i,), 1))), columns)


def _behind(part: Sequence[Element], columns: int) -> list[Element]:
    """Return the cells behind those of a row that begins with the first figure: a blank may be its label's."""
    return list(dropwhile(lambda e: e.kind is Kind.BLANK, _cells(part)))[columns:]


def _cells(part: Sequence[Element]) -> list[Element]:
    return [element for element in part if element.kind is not Kind.TEXT]


def _may_be(part: Sequence[Element], row: Row, columns: int) -> bool:
    """Whether the part has a line of cells for the row, or figures for most of it, and no words that are not its own.

    For a row of one column it has a single figure on a line.
    """
    words = words_of(part)
    figures = Counter(e.piece.line for e in part if e.kind is Kind.VALUE)
    cells = Counter(e.piece.line for e in _cells(part))
    if columns == 1:
        is_wide = 1 in figures.values()
    else:
        is_wide = figures.total() > 0 and (max(cells.values()) >= columns or 2 * figures.total() > columns)
    return is_wide and (len(normalise(words)) <= _FEW or resembles(words, row))
