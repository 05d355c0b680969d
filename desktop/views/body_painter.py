"""Draws the body of a table at once, without a question to the model for every cell."""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate

from PySide6.QtCore import QLine, QRect
from PySide6.QtGui import QFont, QPainter, QRegion

from desktop.models.form_model import FormModel
from desktop.palette import Theme
from desktop.views.cell_painter import Figures, colour, paint_value
from desktop.views.form_header import paint_label
from parser.model.template import GridCell

Standing = tuple[QRect, GridCell]


def body_rects(model: FormModel, widths: list[int], heights: list[int], left: int, top: int) -> list[Standing]:
    """Return where the cells stand when the first one begins at ``left``, ``top``."""
    lefts = list(accumulate(widths, initial=left))
    tops = list(accumulate(heights, initial=top))
    found = []
    for (row, column), cell in model.form_layout.body.items():
        x, y = lefts[column], tops[row]
        width, height = lefts[column + cell.column_span] - x, tops[row + cell.row_span] - y
        found.append((QRect(x, y, width, height), cell))
    return found


def paint_body(
    painter: QPainter,
    region: QRegion,
    rects: list[Standing],
    model: FormModel,
    chosen: Collection[tuple[int, int]],
    theme: Theme,
    figures: Figures,
) -> None:
    """Draw the cells that touch the region; ``chosen`` are the selected ones by row and column of the body."""
    lines: list[QLine] = []
    bounds, layout = region.boundingRect(), model.form_layout
    for rect, cell in rects:
        if not rect.intersects(bounds) or not region.intersects(rect):
            continue
        look = model.look_at(cell.key) if cell.key is not None else None
        if look is not None:
            is_chosen = (cell.row - layout.top, cell.column - layout.left) in chosen
            paint_value(painter, rect, look, is_chosen, len(chosen) > 1, theme, figures)
            lines += (QLine(rect.topRight(), rect.bottomRight()), QLine(rect.bottomLeft(), rect.bottomRight()))
        elif cell.label is not None:
            painter.setFont(figures.plain)
            paint_body_label(painter, rect, cell, theme)
    painter.setPen(colour(theme.line))
    painter.drawLines(lines)


def paint_body_label(painter: QPainter, rect: QRect, cell: GridCell, theme: Theme) -> None:
    """Draw a label that stands among the values: a heading in bold, the first column to the left."""
    if cell.is_group:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
    text = cell.label.text if cell.label else ""
    paint_label(painter, rect, text, theme, centred=not cell.is_group and cell.column != 0)
