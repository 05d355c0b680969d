"""Blank cells that the figures beside them speak against: a figure was lost, or they have moved."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parser.extract.bodies import rows_of
from parser.extract.rows import doubted
from parser.model.report import Cell, CellKey, State
from parser.model.template import Table

SUM_NOTE = "本行有空格，其余各数加起来不等于总计，可能漏了数或错了一栏"
TOTAL_NOTE = "其他各行都有总计，本行没有，可能漏了数或错了一栏"


def odd_blanks(table: Table, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return, doubted, the rows with blanks whose total is not the sum, or missing where nearly all others have one."""
    rows = [
        [CellKey(table.key, row.key, column.key) for column in block.columns]
        for row, block in rows_of(table)
        if len(block.columns) > 1 and block.columns[-1].key == "total"
    ]
    known = {tuple(keys): [cells[key] for key in keys] for keys in rows if all(key in cells for key in keys)}
    filled = {keys: row for keys, row in known.items() if any(cell.value is not None for cell in row[:-1])}
    without = {keys for keys, row in filled.items() if row[-1].state is State.BLANK}
    odd: dict[CellKey, Cell] = {}
    for keys, row in known.items():
        if keys in without and len(without) <= len(filled) // 4 and _may_have_moved(row[:-1]):
            odd |= zip(keys, doubted(row, TOTAL_NOTE), strict=True)
        elif _is_short(row):
            odd |= zip(keys, doubted(row, SUM_NOTE), strict=True)
    return odd


def _may_have_moved(parts: list[Cell]) -> bool:
    """Whether the total of a row may stand among its parts: one of them is missing, or the last is all others' sum."""
    *others, last = (cell.value for cell in parts if cell.value is not None)
    return len(others) + 1 < len(parts) or (last != 0 and sum(others, Decimal()) == last)


def _is_short(row: list[Cell]) -> bool:
    """Whether figures and blanks, some of each, make up the row, and its total is not their sum."""
    *parts, total = row
    is_plain = total.state is State.NUMBER and {cell.state for cell in parts} == {State.BLANK, State.NUMBER}
    return is_plain and sum((cell.value or Decimal() for cell in parts), Decimal()) != total.value
