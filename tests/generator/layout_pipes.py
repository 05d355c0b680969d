"""Layouts in which pipes separate the cells."""

from __future__ import annotations

import random

from tests.generator.layout_tabs import inline
from tests.generator.model import Sheet, SheetRow


def pipes_with_extras(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Merged cells appear as extra pipes at the end of the row: 行政许可 | 0 | ||| (N006, N010)."""
    return [[_closed(row) + "|" * _extras(sheet, row)] for row in sheet.rows]


def pipes_plain(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Only the row's own cells, each closed by a pipe (N003, N012)."""
    return [[_closed(row).rstrip()] for row in sheet.rows]


def pipes_leading(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """A pipe before the first cell too (N002, N011)."""
    return [["| " + _closed(row) + "|" * _extras(sheet, row)] for row in sheet.rows]


def pipes_grid(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every grid column between pipes, merged ones empty."""
    lines = []
    for row in sheet.rows:
        cells = [""] * sheet.width
        for slot in row.slots:
            cells[slot.column] = inline(slot.text)
        lines.append(["| " + " | ".join(cells) + " |"])
    return lines


def cell_closed_by_pipe(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Each cell closes with a pipe on its own line (N004, N014, N026)."""
    extras = rng.random() < 0.5
    lines = []
    for row in sheet.rows:
        cells = [f"{inline(slot.text)} |".lstrip() for slot in row.slots]
        count = _extras(sheet, row)
        lines.append([*cells, "|" * count] if count and (extras or row.kind == "line") else cells)
    return lines


def cell_and_pipe_alternate(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Cell and pipe on alternate lines (N030, N033)."""
    extras = rng.random() < 0.5
    lines = []
    for row in sheet.rows:
        block = [part for slot in row.slots for part in ([slot.text, "|"] if slot.text else ["|"])]
        count = _extras(sheet, row)
        lines.append([*block, "|" * count] if extras and count else block)
    return lines


def pipes_broken_by_empty(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every empty cell breaks the line: 25 |⏎|⏎| 25 | (N065)."""
    lines = []
    for row in sheet.rows:
        parts, current = [], ""
        for slot in row.slots:
            text = inline(slot.text)
            if text.strip():
                current = f"{current} {text} |".strip()
            else:
                parts.append(current or "|")
                current = "|"
        lines.append([*parts, current] if current else parts)
    return lines


def markdown(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """A markdown table: a separator row after the first row, sometimes also after the data row (seed 0)."""
    own_tables = rng.random() < 0.5
    rule = rng.choice((" --- ", "---", " :---: ", " -- "))
    lines: list[list[str]] = []
    for index, row in enumerate(sheet.rows):
        cells = [""] * sheet.width
        for slot in row.slots:
            cells[slot.column] = inline(slot.text)
        block = ["|" + "|".join(f" {cell} " for cell in cells) + "|"]
        separator = "|" + "|".join([rule] * sheet.width) + "|"
        if index == 0 or (own_tables and row.kind == "line"):
            block.append(separator)
        if sheet.key == "remedies" and row.kind == "data" and rng.random() < 0.5:
            block.append(separator)
        lines.append(block)
    return lines


def _closed(row: SheetRow) -> str:
    return "".join(f"{inline(slot.text)} | " for slot in row.slots)


def _extras(sheet: Sheet, row: SheetRow) -> int:
    """Return how many columns of the grid have no cell of their own in ``row``."""
    return max(sheet.width - len(row.slots), 0)
