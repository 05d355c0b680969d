"""Layouts in which pipes separate the cells."""

from __future__ import annotations

import random

from tests.generator.layout_tabs import inline
from tests.generator.model import Sheet, SheetRow


def pipes_with_extras(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Merged cells appear as extra pipes at the end of the row: 行政许可 | 0 | |||."""
    return [[_closed(row) + "|" * _extras(sheet, row)] for row in sheet.rows]


def pipes_plain(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Only the row's own cells, each closed by a pipe."""
    return [[_closed(row).rstrip()] for row in sheet.rows]


def pipes_leading(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """A pipe before the first cell too."""
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
    """Each cell closes with a pipe on its own line."""
    extras = rng.random() < 0.5
    lines = []
    for row in sheet.rows:
        cells = [f"{inline(slot.text)} |".lstrip() for slot in row.slots]
        count = _extras(sheet, row)
        lines.append([*cells, "|" * count] if count and (extras or row.kind == "line") else cells)
    return lines


def cell_and_pipe_alternate(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Cell and pipe on alternate lines."""
    extras = rng.random() < 0.5
    lines = []
    for row in sheet.rows:
        block = [part for slot in row.slots for part in ([slot.text, "|"] if slot.text else ["|"])]
        count = _extras(sheet, row)
        lines.append([*block, "|" * count] if extras and count else block)
    return lines


def pipes_broken_by_empty(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every empty cell breaks the line: 25 |⏎|⏎| 25 |."""
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
    """A markdown table: a separator row after the first row, sometimes also after the data row."""
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


def ruled(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Columns of fixed width, cells wrapped over several lines, as converters of .doc files print tables."""
    bar, rule = rng.choice((("|", "-+"), ("|", "-+"), ("│", "─┼"), ("|", "")))
    narrow = rng.choice((3, 4, 6))
    widths = [6 if sheet.key == "proactive" or column < 3 else narrow for column in range(sheet.width)]
    border = rule[1].join(rule[0] * 2 * width for width in widths) if rule else ""
    lines = []
    for row in sheet.rows:
        cells = _wrapped_cells(row, widths)
        height = max(len(parts) for parts, _ in cells)
        block = [
            bar + bar.join(_padded(parts[line] if line < len(parts) else "", width) for parts, width in cells) + bar
            for line in range(height)
        ]
        lines.append([*block, f"+{border}+"] if border else block)
    return lines


def _wrapped_cells(row: SheetRow, widths: list[int]) -> list[tuple[list[str], int]]:
    """Return the lines and the width of each cell, covered ones too; a merged cell is as wide as its columns."""
    cells = [(slot.column, slot.span, inline(slot.text, "")) for slot in row.slots]
    taken = {column for start, span, _ in cells for column in range(start, start + span)}
    cells += [(column, 1, "") for column in sorted(row.covered - taken)]
    found = []
    for start, span, text in sorted(cells):
        width = sum(widths[start : start + span]) + (span - 1) // 2
        found.append(([text[at : at + width] for at in range(0, len(text), width)] or [""], width))
    return found


def _padded(text: str, width: int) -> str:
    wide = sum(1 if char.isascii() else 2 for char in text)
    return text + " " * max(0, 2 * width - wide)


def _closed(row: SheetRow) -> str:
    return "".join(f"{inline(slot.text)} | " for slot in row.slots)


def _extras(sheet: Sheet, row: SheetRow) -> int:
    """Return how many columns of the grid have no cell of their own in ``row``."""
    return max(sheet.width - len(row.slots), 0)
