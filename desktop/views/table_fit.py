"""The room a table has becomes the widths of its columns and the heights of its rows."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from desktop.models.form_layout import FormLayout
from desktop.views.form_header import LINE, TIGHT, wrapped_height
from parser.model.template import GridCell

_LABEL = 3  # a label is so many of the narrowest columns wide, at the least
_GROUPS = ("三、", "（四）")  # what the columns of group labels have to hold at the least


def widths_in(layout: FormLayout, room: int, metrics: QFontMetrics) -> list[int]:
    """Return the width of every column of the form: shared out as the form does, narrow group columns apart.

    Where there is little room, labels give way to values before the table gets wider than it.
    """
    groups = sorted({cell.column for cell in layout.side if cell.is_group})
    fixed = {column: metrics.horizontalAdvance(_GROUPS[min(n, 1)]) + 6 for n, column in enumerate(groups)}
    weights = {c: w for c, w in enumerate(layout.table.widths) if c not in fixed}
    share = max(0, room - sum(fixed.values())) / sum(weights.values())
    least = metrics.horizontalAdvance("总计") + 2 * TIGHT
    widths = [fixed.get(c) or max(least, int(weights[c] * share)) for c in range(layout.table.column_count)]
    labels = [column for column in range(layout.left) if column not in fixed]
    over = max(0, sum(widths) - room)
    for column in labels[-1:]:
        widths[column] -= max(0, min(over, widths[column] - _LABEL * least))
    spare = max(0, room - sum(widths))
    for place, column in enumerate(sorted(weights, key=lambda c: -weights[c])):
        widths[column] += spare // len(weights) + (place < spare % len(weights))
    return widths


def row_heights(layout: FormLayout, widths: list[int], metrics: QFontMetrics) -> list[int]:
    """Return the height of every row of the body: long labels beside the values get their lines."""
    heights = [LINE] * layout.rows
    first = (cell for cell in layout.body.values() if cell.label is not None and cell.column == 0)
    for cell in (*layout.side, *first):
        if cell.label is not None and not cell.is_group:
            row = cell.row - layout.top
            heights[row] = max(heights[row], wrapped_height(metrics, cell.label.text, _breadth(cell, widths)))
    return heights


def _breadth(cell: GridCell, widths: list[int]) -> int:
    return sum(widths[cell.column : cell.column + cell.column_span])
