"""Table four written as three: one for each group, under its name, with the columns of one and a single row of figures.

So a converter writes it that has no cells over several columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from parser.extract.align import Alignment
from parser.extract.bodies import rows_of
from parser.extract.elements import Element, Kind, elements
from parser.extract.losses import Losses, lacks_figures
from parser.extract.rows import as_cells
from parser.model.document import Piece
from parser.model.report import Cell, CellKey
from parser.model.template import Row, Table
from parser.templates.labels import normalise

_Lines = Sequence[Sequence[Piece]]


def read_small_tables(alignment: Alignment, table: Table, section: range, losses: Losses) -> dict[CellKey, Cell]:
    """Return the cells of all groups, none unless each has a table of its own, and its name stands right above.

    None either where blanks lost their places. ``section`` are the pieces in which the tables may stand.
    """
    written = [alignment.pieces[i] for i in section if alignment.pieces[i].text or alignment.pieces[i].bounded]
    lines = [tuple(members) for _, members in groupby(written, lambda piece: piece.line)]
    cells: dict[CellKey, Cell] = {}
    tables = list(_tables(lines, table))
    if len(tables) != len(rows_of(table)):
        return {}
    for name, *behind in tables:
        row = _named(name, table)
        own = _only_row(behind)
        if row is None or own is None or (losses.places and lacks_figures(own, len(own))):
            return {}
        columns = table.blocks[0].columns
        cells |= zip((CellKey(table.key, row.key, c.key) for c in columns), as_cells(own, columns), strict=True)
    return cells if len(cells) == sum(len(block.columns) for _, block in rows_of(table)) else {}


def _tables(lines: _Lines, table: Table) -> Iterator[_Lines]:
    """Yield the line above each header, the header, and the lines up to that above the next."""
    labels = [normalise(column.label.text) for column in table.blocks[0].columns]
    heads = [n for n, line in enumerate(lines) if [normalise(piece.text) for piece in line if piece.text] == labels]
    if heads and heads[0] > 0:
        for head, following in pairwise([*heads, len(lines) + 1]):
            yield lines[head - 1 : following - 1]


def _named(line: Sequence[Piece], table: Table) -> Row | None:
    """Return the only row whose label the line says."""
    words = normalise("".join(piece.text for piece in line))
    said = [row for row, _ in rows_of(table) if normalise(row.label.text) in words]
    return said[0] if len(said) == 1 else None


def _only_row(lines: _Lines) -> list[Element] | None:
    """Return the elements under the header's, the first line, None where any other figure stands below it."""
    head, *rest = lines
    below = elements([piece for line in rest for piece in line])
    cells = [e for e in below if e.kind is not Kind.TEXT]
    filled = [e for e in cells if e.kind is not Kind.BLANK]
    under = {e.piece.column: e for e in cells if filled and e.piece.line == filled[0].piece.line}
    columns = [piece.column for piece in head if piece.text]
    own = [under[column] for column in columns if column in under]
    is_whole = len(own) == len(columns) and all(any(e is other for other in own) for e in filled)
    return own if is_whole else None
