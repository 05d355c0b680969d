"""Blank rows beside one whose cells hold two figures each: those of both rows may stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parser.extract.bodies import rows_of
from parser.extract.rows import doubted
from parser.model.report import Cell, CellKey, State
from parser.model.template import Table

DOUBLED_NOTE = "旁边一行的格中不止一个数（{}），可能有本行的"
_SEVERAL = re.compile(r"\S\s+\S")
_FIGURES = re.compile(r"\d\s+\d")


def beside_doubled_rows(table: Table, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """Return the cells of blank rows above and below a row with several figures in every filled cell, in doubt."""
    rows = [[CellKey(table.key, row.key, column.key) for column in block.columns] for row, block in rows_of(table)]
    known = [[key for key in row if key in cells] for row in rows]
    found: dict[CellKey, Cell] = {}
    for at, row in enumerate(known):
        doubled = _doubled([cells[key] for key in row])
        if doubled is None:
            continue
        for keys in (*_blank(known[at + 1 :], cells, doubled), *_blank(known[:at][::-1], cells, doubled)):
            note = DOUBLED_NOTE.format(doubled)
            found |= zip(keys, doubted([cells[key] for key in keys], note), strict=True)
    return found


def _doubled(cells: Sequence[Cell]) -> str | None:
    """Return what stands in one of the filled cells if all hold several figures or marks, else None."""
    texts = [cell.raw.strip() for cell in cells if cell.raw.strip()]
    if not all(map(_SEVERAL.search, texts)):
        return None
    return next(filter(_FIGURES.search, texts), None)


def _blank(rows: Sequence[Sequence[CellKey]], cells: Mapping[CellKey, Cell], doubled: str) -> list[Sequence[CellKey]]:
    """Return the first of the rows, as many as there are figures for, up to one that is not blank."""
    found = []
    for keys in rows[: len(doubled.split()) - 1]:
        if not keys or any(cells[key].state is not State.BLANK for key in keys):
            break
        found.append(keys)
    return found
