"""Draws the body of a table at once, without a question to the model for every cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QPainter, QRegion

from desktop.models.form_layout import FormLayout
from desktop.models.form_model import FormModel
from desktop.models.looks import CellLook
from desktop.palette import Theme
from desktop.views.cell_painter import Figures, colour, paint_borders, paint_value
from desktop.views.cell_picture import CellPicture, Wanted
from desktop.views.form_header import paint_label
from parser.model.template import GridCell


class _How(NamedTuple):
    """What a cell is drawn from; labels have no look."""

    look: CellLook | None
    is_chosen: bool
    in_block: bool  # and others are chosen with it


class BodyPainter:
    """The body of one table, without the frame of the current cell."""

    def __init__(self, model: FormModel) -> None:
        self._model, self._picture = model, CellPicture()
        self._sizes: tuple[object, ...] = ()
        self._standing: list[tuple[QRect, GridCell]] = []

    def paint(
        self,
        painter: QPainter,
        region: QRegion,
        at: QPoint,
        sizes: tuple[Sequence[int], Sequence[int]],
        chosen: Collection[tuple[int, int]],
        theme: Theme,
        figures: Figures,
    ) -> None:
        """Draw the cells that touch the region.

        The first one stands ``at``; ``sizes`` are the widths of columns and the heights of rows; ``chosen`` are the
        selected cells by row and column of the body.
        """
        layout, scale = self._model.form_layout, painter.device().devicePixelRatio()
        whole = QSize(sum(sizes[0]), sum(sizes[1]))
        if self._sizes != (layout, sizes):
            self._sizes, self._standing = (layout, sizes), list(_standing(layout, *sizes))
        self._picture.lay_out(whole, scale, colour(theme.base), (layout, sizes, theme, figures))

        def draw(onto: QPainter, number: int, rect: QRect, how: _How) -> None:
            _paint_cell(onto, rect, self._standing[number][1], how, theme, figures)

        self._picture.renew(self._wanted(region.translated(-at), chosen), draw)
        self._picture.copy(painter, at)

    def _wanted(self, region: QRegion, chosen: Collection[tuple[int, int]]) -> Iterator[Wanted]:
        bounds, layout, in_block = region.boundingRect(), self._model.form_layout, len(chosen) > 1
        for number, (rect, cell) in enumerate(self._standing):
            if rect.intersects(bounds) and region.intersects(rect):
                look = self._model.look_at(cell.key) if cell.key is not None else None
                is_chosen = (cell.row - layout.top, cell.column - layout.left) in chosen
                yield number, rect, _How(look, is_chosen, is_chosen and in_block)


def _standing(layout: FormLayout, widths: Sequence[int], heights: Sequence[int]) -> Iterator[tuple[QRect, GridCell]]:
    """Yield where the cells stand when the first one begins at 0, 0."""
    lefts, tops = list(accumulate(widths, initial=0)), list(accumulate(heights, initial=0))
    for (row, column), cell in layout.body.items():
        x, y = lefts[column], tops[row]
        yield QRect(x, y, lefts[column + cell.column_span] - x, tops[row + cell.row_span] - y), cell


def _paint_cell(painter: QPainter, rect: QRect, cell: GridCell, how: _How, theme: Theme, figures: Figures) -> None:
    if how.look is not None:
        paint_value(painter, rect, how.look, how.is_chosen, how.in_block, theme, figures)
        paint_borders(painter, rect, theme)
    elif cell.label is not None:
        painter.setFont(figures.plain)
        _paint_label(painter, rect, cell, theme)
    else:
        painter.fillRect(rect, colour(theme.base))


def _paint_label(painter: QPainter, rect: QRect, cell: GridCell, theme: Theme) -> None:
    """Draw a label that stands among the values: a heading in bold, the first column to the left."""
    if cell.is_group:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
    text = cell.label.text if cell.label else ""
    paint_label(painter, rect, text, theme, centred=not cell.is_group and cell.column != 0)
