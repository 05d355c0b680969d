"""A template as the rules see it: every cell has a position, and rows, columns and cells have names for messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from parser.model.report import Cell, CellKey
from parser.model.template import Field, NumberKind, Row, Template

_EXPLANATION = re.compile(r"(?<=.)（[^（）]*）$")
_INNER_QUOTES = str.maketrans("“”", "‘’")
_ORDINAL = re.compile(r"\d+[.、．]")


@dataclass(frozen=True, slots=True)
class Form:
    """The cells of a template in order, and the wording of their addresses.

    ``rows`` and ``columns`` list the keys of each table in template order; the labels are keyed by (table, key).
    """

    template: Template
    keys: tuple[CellKey, ...]
    positions: Mapping[CellKey, int]
    rows: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    row_labels: Mapping[tuple[str, str], str]
    column_labels: Mapping[tuple[str, str], str]

    def field(self, key: CellKey) -> Field:
        """Return what the template says about the cell."""
        return self.template.fields[key]

    def row_label(self, key: CellKey) -> str:
        """Return the row's label with the group it belongs to, without explanations in brackets."""
        return self.row_labels[key.table, key.row]

    def column_label(self, key: CellKey) -> str:
        """Return the column's label without explanations in brackets."""
        return self.column_labels[key.table, key.column]

    def name(self, key: CellKey) -> str:
        """Return the cell's Chinese address."""
        return f"{self.row_label(key)}·{self.column_label(key)}"

    def table_name(self, table: str) -> str:
        """Return the table's short Chinese name."""
        return self.template.table(table).sheet

    def cells_of(self, table: str) -> tuple[CellKey, ...]:
        """Return the keys of a table in order; raise ValueError for an unknown one."""
        return self._some((k for k in self.keys if k.table == table), table)

    def match_rows(self, table: str, patterns: Iterable[str]) -> tuple[str, ...]:
        """Return the rows of the table that fit any pattern, in form order; raise ValueError for one that fits none."""
        return _matches(self.rows.get(table, ()), patterns)

    def match_columns(self, table: str, patterns: Iterable[str]) -> tuple[str, ...]:
        """Return the columns of the table that fit any pattern; raise ValueError for one that fits none."""
        return _matches(self.columns.get(table, ()), patterns)

    def match_cells(self, table: str, row: str, column: str) -> tuple[CellKey, ...]:
        """Return the cells whose row and column fit the patterns; raise ValueError when there is none."""
        found = (
            CellKey(table, r, c)
            for r in self.match_rows(table, (row,))
            for c in self.match_columns(table, (column,))
            if CellKey(table, r, c) in self.positions
        )
        return self._some(found, f"{table}.{row}.{column}")

    @staticmethod
    def _some(found: Iterable[CellKey], what: str) -> tuple[CellKey, ...]:
        result = tuple(found)
        if not result:
            raise ValueError(f"格式中没有 {what}")
        return result


def form_of(template: Template) -> Form:
    """Return the positions and wording of a template."""
    keys = tuple(template.fields)
    row_labels: dict[tuple[str, str], str] = {}
    column_labels: dict[tuple[str, str], str] = {}
    for table in template.tables:
        for block in table.blocks:
            row_labels |= {(table.key, row.key): _row_label(row) for row in block.rows}
            column_labels |= {(table.key, c.key): _EXPLANATION.sub("", c.label.text) for c in block.columns}
    return Form(
        template=template,
        keys=keys,
        positions={key: position for position, key in enumerate(keys)},
        rows=_by_table(row_labels),
        columns=_by_table(column_labels),
        row_labels=row_labels,
        column_labels=column_labels,
    )


def shown(value: Decimal | int) -> str:
    """Return a figure as people write it: no exponent, no sign of plus."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def fits(kind: NumberKind, value: Decimal) -> bool:
    """Whether a figure may stand in a cell of this kind."""
    if value < 0 and kind is not NumberKind.CHANGE:
        return False
    return kind is NumberKind.AMOUNT or value == value.to_integral_value()


def printed(cell: Cell) -> str:
    """Return a number with the unit that stands in its cell."""
    return cell.shown + (cell.unit or "")


def _row_label(row: Row) -> str:
    label = _EXPLANATION.sub("", row.label.text).translate(_INNER_QUOTES)
    return f"{row.path[-1].text}·{label}" if row.path and _ORDINAL.match(label) else label


def _by_table(labels: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    tables = dict.fromkeys(table for table, _ in labels)
    return {table: tuple(key for owner, key in labels if owner == table) for table in tables}


def _matches(names: tuple[str, ...], patterns: Iterable[str]) -> tuple[str, ...]:
    patterns = tuple(patterns)
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise ValueError(f"格式中没有 {pattern}")
    return tuple(name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns))
