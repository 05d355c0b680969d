"""A table of the form becomes what scrolls (the body) and what stays in place (headers and side labels)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parser.model.report import CellKey
from parser.model.template import GridCell, Table

_PREFIX = re.compile(r"^(（.{1,2}）|[一二三四五六七八九十]{1,2}、)")


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The official grid, cut at row ``top`` and column ``left``; body positions count from there."""

    table: Table
    top: int
    left: int
    rows: int  # of the body
    columns: int
    body: dict[tuple[int, int], GridCell]
    positions: dict[CellKey, tuple[int, int]]
    header: tuple[GridCell, ...]  # the labels above the body
    side: tuple[GridCell, ...]  # the labels left of the body
    corner: GridCell | None  # the label above the side labels


def layout_of(table: Table) -> FormLayout:
    """Return the layout: all labels stay in place if they stand in a clean frame round the values, else none."""
    values = [cell for cell in table.grid if cell.key is not None]
    top, left = min(c.row for c in values), min(c.column for c in values)
    if any(c.key is None and c.row >= top and c.column + c.column_span > left for c in table.grid):
        top = left = 0
    body = {(c.row - top, c.column - left): c for c in table.grid if c.row >= top and c.column >= left}
    return FormLayout(
        table=table,
        top=top,
        left=left,
        rows=table.row_count - top,
        columns=table.column_count - left,
        body=body,
        positions={cell.key: place for place, cell in body.items() if cell.key is not None},
        header=tuple(c for c in table.grid if c.row < top and c.column >= left),
        side=tuple(c for c in table.grid if c.row >= top and c.column < left),
        corner=next((c for c in table.grid if c.row < top and c.column < left), None),
    )


def balanced(text: str, fits: int) -> str:
    """Return a centred label in the fewest lines of at most ``fits`` characters, all about equally long."""
    count = max(1, -(-len(text) // max(1, fits)))
    size = max(1, -(-len(text) // count))
    return "\n".join(text[start : start + size] for start in range(0, len(text), size))


def stacked(text: str, breadth: int) -> str:
    """Return a group label for a narrow column: its ordinal on the first line, the rest in even lines."""
    match = _PREFIX.match(text)
    prefix = match[0] if match else ""
    rest = balanced(text[len(prefix) :], breadth)
    return f"{prefix}\n{rest}" if prefix else rest
