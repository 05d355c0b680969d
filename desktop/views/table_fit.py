"""The room a table has becomes the widths of its columns and the heights of its rows."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from desktop.models.form_layout import FormLayout
from desktop.views.form_header import LINE, wrapped_height
from parser.model.template import GridCell

_NARROWEST = 44
_GROUP_WIDTHS = (32, 48)


def widths_in(layout: FormLayout, room: int) -> list[int]:
    """Return the width of every column of the form: shared out as the form does, narrow group columns apart."""
    groups = {cell.column for cell in layout.side if cell.is_group}
    fixed = {column: _GROUP_WIDTHS[min(place, 1)] for place, column in enumerate(sorted(groups))}
    weights = {c: w for c, w in enumerate(layout.table.widths) if c not in fixed}
    share = max(0, room - sum(fixed.values())) / sum(weights.values())
    widths = [fixed.get(c) or max(_NARROWEST, int(weights[c] * share)) for c in range(layout.table.column_count)]
    spare = max(0, room - sum(widths))
    for place, column in enumerate(sorted(weights, key=lambda c: -weights[c])):
        widths[column] += spare // len(weights) + (place < spare % len(weights))
    return widths


def row_heights(layout: FormLayout, widths: list[int], metrics: QFontMetrics) -> list[int]:
    """Return the height of every row of the body: long labels beside it get their lines."""
    heights = [LINE] * layout.rows
    for cell in layout.side:
        if cell.label is not None and not cell.is_group:
            row = cell.row - layout.top
            heights[row] = max(heights[row], wrapped_height(metrics, cell.label.text, _breadth(cell, widths)))
    return heights


def _breadth(cell: GridCell, widths: list[int]) -> int:
    return sum(widths[cell.column : cell.column + cell.column_span])
