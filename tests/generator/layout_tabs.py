"""Layouts in which tabs or single lines separate the cells."""

from __future__ import annotations

import random

from tests.generator.model import Sheet, SheetRow


def grid_cells(sheet: Sheet, row: SheetRow) -> list[str]:
    """Return the row on the full grid: an empty string for every merged or covered column."""
    cells = [""] * sheet.width
    for slot in row.slots:
        if slot.column < len(cells):
            cells[slot.column] = inline(slot.text)
    if row.shift and row.values:
        cells = _shifted(row, cells)
    return cells


def inline(text: str, mark: str = " ") -> str:
    """Return ``text`` with its line breaks replaced by ``mark``."""
    return mark.join(part.strip(" ") if "\n" in text else part for part in text.split("\n"))


def tabs(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """One table row a line, empty tabs for merged cells (seeds 0–2)."""
    extra = rng.choice((0, 0, 0, 1, 2)) if sheet.key != "proactive" else 0
    trim = rng.random() < 0.3
    lines = []
    for row in sheet.rows:
        line = "\t".join(grid_cells(sheet, row) + [""] * extra)
        lines.append([line.rstrip("\t") if trim and row.kind != "line" and not _ends_blank(row) else line])
    return lines


def tabs_by_depth(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Values begin in a column that depends on how deep the label stands (seeds 0 and 1)."""
    if sheet.key != "applications":
        return tabs(sheet, rng)
    gap = rng.choice((1, 2))
    loose_end = rng.random() < 0.5  # the last rows lose their leading tabs
    last = len(sheet.rows) - 3
    lines = []
    for index, row in enumerate(sheet.rows):
        if row.kind == "head":
            lines.append(["\t".join(_loose_head(sheet, row, gap))])
            continue
        lead = [""] * (0 if loose_end and index >= last else len([c for c in row.covered if c < 2]))
        labels = [inline(slot.text) for slot in row.slots if slot.role in ("group", "label")]
        depth = len(lead) + len(labels)
        pad = [""] * (gap if depth < 3 else gap - 1)
        cells = lead + labels + pad + [inline(slot.text) for slot in row.values]
        lines.append(["\t".join(cells + [""] * max(0, sheet.width + 1 - len(cells)))])
    return lines


def tabs_of_a_scan(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Columns found by an OCR program: empty ones anywhere, header words over two of them."""
    width = sheet.width + rng.randint(2, 6)
    lines = []
    for row in sheet.rows:
        cells = ["" for column in sorted(row.covered) if column < 2]
        cells += [inline(part) for slot in row.slots for part in _perhaps_cut(slot.text, slot.role, rng)]
        for _ in range(rng.choice((0, 0, 1, 2))):
            cells.insert(rng.randint(0 if row.kind == "line" else 1, len(cells)), "")
        lines.append(["\t".join(cells + [""] * (width - len(cells)))])
    return lines


def lines_led_by_tab(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every cell on its own line after a tab, a blank line between rows (seeds 3 and 4)."""
    empty = rng.choice(("", "", "　", " "))
    return [[f"\t{text or empty}" for text in _cells_in_order(sheet, row)] + [""] for row in sheet.rows]


def paragraphs(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every cell a paragraph, no row marks; empty cells vanish."""
    split = rng.random() < 0.2
    return [[line for slot in row.slots if slot.text for line in (_split(slot.text, split), "")] for row in sheet.rows]


def single_lines(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Every cell a line; empty cells vanish."""
    return [[slot.text for slot in row.slots if slot.text] for row in sheet.rows]


def deduplicated(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """As single lines; the lines that repeat an earlier one are removed when the report is put together."""
    return single_lines(sheet, rng)


def spaces(sheet: Sheet, rng: random.Random) -> list[list[str]]:
    """Cells parted by nothing but spaces."""
    gap = rng.choice((" ", " ", "  ", "    ", "　"))
    return [[spaced(row, gap)] for row in sheet.rows]


def _perhaps_cut(text: str, role: str, rng: random.Random) -> list[str]:
    if role not in ("head", "line") or len(text) < 5 or rng.random() < 0.7:
        return [text]
    cut = rng.randint(2, len(text) - 2)
    return [text[:cut], text[cut:]]


def _loose_head(sheet: Sheet, row: SheetRow, gap: int) -> list[str]:
    """Return the header as seeds 0 and 1 print it: two columns before the values, 总计 in its first row."""
    cells = grid_cells(sheet, row)
    if gap > 1:
        return cells
    return [cells[0], *cells[2:], "总计" if row.slots and row.slots[0].column == 0 else "", ""]


def spaced(row: SheetRow, gap: str) -> str:
    """Return the texts of the row with ``gap`` between them, but none before a glued value."""
    line = ""
    for slot in row.slots:
        if slot.text:
            line += (gap if line and not slot.glued else "") + inline(slot.text, "")
    return line


def _cells_in_order(sheet: Sheet, row: SheetRow) -> list[str]:
    """Return the texts of the row's cells, an empty one for each cell that reaches down from above."""
    covered = row.covered
    if row.kind == "head" and sheet.key == "applications":
        covered = covered - {1, 2}  # the corner is one cell, three columns wide
    cells = {slot.column: slot.text for slot in row.slots} | dict.fromkeys(covered, "")
    return [cells[column] for column in sorted(cells)]


def _split(text: str, blank_line: bool) -> str:
    return text.replace("\n", "\n\n") if blank_line else text


def _ends_blank(row: SheetRow) -> bool:
    return bool(row.values) and not row.values[-1].text.strip()


def _shifted(row: SheetRow, cells: list[str]) -> list[str]:
    """Move the values ``row.shift`` columns; a label in the way keeps its column."""
    first = row.values[0].column
    moved = cells[:first] + [""] * max(row.shift, 0) + cells[first:]
    if row.shift < 0 and first + row.shift >= 0 and not any(cells[first + row.shift : first]):
        del moved[first + row.shift : first]
        moved += [""] * -row.shift
    return moved
