"""A form and its printed values become the three sheets that layouts print and damages change."""

from __future__ import annotations

from collections.abc import Mapping

from parser.model.template import GridCell, Table, Template
from tests.generator.model import Sheet, SheetRow, Slot


def sheets(form: Template, cells: Mapping[str, str | None]) -> dict[str, Sheet]:
    """Return the three tables of ``form`` in the official layout with ``cells`` filled in."""
    return {table.key: _sheet(table, cells) for table in form.tables}


def remove_row(sheet: Sheet, row: SheetRow) -> None:
    """Take ``row`` out; groups that begin in it begin in the next row instead."""
    index = sheet.rows.index(row)
    following = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else None
    for slot in row.slots:
        if slot.role == "group" and following is not None and slot.column in following.covered:
            following.covered.discard(slot.column)
            following.slots.insert(sum(s.column < slot.column for s in following.slots), slot)
    sheet.rows.remove(row)


def height(sheet: Sheet, row: SheetRow, slot: Slot) -> int:
    """Return the number of rows that ``slot`` of ``row`` spans."""
    index = sheet.rows.index(row)
    count = 1
    while index + count < len(sheet.rows) and slot.column in sheet.rows[index + count].covered:
        count += 1
    return count


def _sheet(table: Table, cells: Mapping[str, str | None]) -> Sheet:
    rows: list[SheetRow] = []
    for number in range(table.row_count):
        begin = [cell for cell in table.grid if cell.row == number]
        above = [cell for cell in table.grid if cell.row < number < cell.row + cell.row_span]
        covered = {column for cell in above for column in range(cell.column, cell.column + cell.column_span)}
        kind = _kind(begin, table.column_count)
        slots = [_slot(cell, kind, cells) for cell in sorted(begin, key=lambda cell: cell.column)]
        rows.append(SheetRow(kind, slots, covered))
    return Sheet(table.key, table.column_count, rows)


def _kind(begin: list[GridCell], width: int) -> str:
    if any(cell.key for cell in begin):
        return "data"
    return "line" if len(begin) == 1 and begin[0].column_span == width else "head"


def _slot(cell: GridCell, kind: str, cells: Mapping[str, str | None]) -> Slot:
    if cell.key is not None:
        key = str(cell.key)
        return Slot(cells[key] or "", "value", cell.column, cell.column_span, key)
    assert cell.label is not None
    role = kind if kind in ("line", "head") else "group" if cell.is_group else "label"
    return Slot(cell.label.text, role, cell.column, cell.column_span)
