"""A national form as data: its labels, value cells, official layout and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from parser.model.finding import Severity
from parser.model.report import CellKey


class NumberKind(StrEnum):
    """What may stand in a value cell."""

    COUNT = "count"  # whole, not negative
    CHANGE = "change"  # whole, signed
    AMOUNT = "amount"  # decimal, not negative


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label with the other wordings seen for it in real reports."""

    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A value column of a block."""

    key: str
    label: Label
    kind: NumberKind = NumberKind.COUNT
    unit: str | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block; ``path`` holds the group labels that stand left of it, outermost first."""

    key: str
    label: Label
    path: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One value cell of the form; ``name`` is its Chinese address for messages."""

    key: CellKey
    name: str
    kind: NumberKind
    unit: str | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the official layout, spanning from (row, column): either a label or the value cell ``key``."""

    row: int
    column: int
    row_span: int
    column_span: int
    label: Label | None = None
    key: CellKey | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with its own columns. ``line`` is the label over it (第二十条第（x）项), if any."""

    line: Label | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the three tables. ``grid`` is the official layout in reading order, ``widths`` the relative widths."""

    key: str
    sheet: str
    section: str
    unit: str
    widths: tuple[int, ...]
    blocks: tuple[Block, ...]
    grid: tuple[GridCell, ...]

    @property
    def row_count(self) -> int:
        """Number of grid rows."""
        return max(cell.row + cell.row_span for cell in self.grid)

    @property
    def column_count(self) -> int:
        """Number of grid columns."""
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six parts of a report; ``number`` is "1" … "6"."""

    number: str
    ordinal: str
    title: Label

    @property
    def missing_words(self) -> str:
        """What is said of a report in which the part was not found."""
        return f"没有找到第{self.ordinal}部分“{self.title.text}”"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A 勾稽关系 or plausibility rule of the form, as written in the template file.

    ``kind`` names the check; ``options`` are its parameters (a relation, the fields it looks at, limits).
    """

    id: str
    severity: Severity
    kind: str
    message: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One version of the national form. ``due_until`` is None while the form is in force."""

    id: str
    title: str
    circular: str
    due_from: int
    due_until: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    fields: Mapping[CellKey, Field]

    def is_due(self, year: int) -> bool:
        """Whether reports on ``year`` must use this form."""
        return self.due_from <= year and (self.due_until is None or year <= self.due_until)

    def table(self, key: str) -> Table:
        """Return the table called ``key``; raise KeyError for an unknown one."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def address(self, key: CellKey) -> str:
        """Return the name of a field, behind the group of its row where a part of the table has several.

        As in （三）不予公开 › 1.属于国家秘密·自然人. Raise KeyError for an unknown field.
        """
        rows = (row for block in self.table(key.table).blocks for row in block.rows)
        path = next(row.path for row in rows if row.key == key.row)
        name = self.fields[key].name
        return f"{path[-1].text} › {name}" if len(path) > 1 else name
