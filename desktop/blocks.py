"""Blocks of cells as spreadsheets put them on the clipboard: lines of fields between tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

Place = tuple[int, int]


def block_text(texts: Mapping[Place, str]) -> str:
    """Return the smallest block that holds the texts by row and column, empty where there is none."""
    if not texts:
        return ""
    rows = range(min(row for row, _ in texts), max(row for row, _ in texts) + 1)
    columns = range(min(column for _, column in texts), max(column for _, column in texts) + 1)
    return "\n".join("\t".join(texts.get((row, column), "") for column in columns) for row in rows)


def block_of(text: str) -> list[list[str]]:
    """Return the lines of a block from Excel, WPS or a text editor; fields in quotes may hold tabs and line ends."""
    lines = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))
    return [line or [""] for line in lines]


def laid_out(block: Sequence[Sequence[str]], start: Place, rows: int, columns: int) -> dict[Place, str]:
    """Return where each field of the block goes when it is pasted over ``rows`` × ``columns`` cells from ``start``.

    As in a spreadsheet the block is repeated when the cells are a whole multiple of it, else it goes there once.
    """
    height, width = len(block), max((len(line) for line in block), default=0)
    if not height or not width:
        return {}
    down = rows // height if rows % height == 0 else 1
    across = columns // width if columns % width == 0 else 1
    if not down or not across:
        down = across = 1
    return {
        (start[0] + y * height + row, start[1] + x * width + column): text
        for y in range(down)
        for x in range(across)
        for row, line in enumerate(block)
        for column, text in enumerate(line)
    }
