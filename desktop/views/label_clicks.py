"""A click on a label of a table chooses the values that it names, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView

from desktop.models.form_model import FormModel
from desktop.views.form_header import SideHeader, TopHeader

Flag = QItemSelectionModel.SelectionFlag


class LabelClicks(QObject):
    """Watches a table and its labels. A label of several rows or columns names a group and chooses nothing."""

    def __init__(self, table: QTableView, model: FormModel, top: TopHeader, side: SideHeader) -> None:
        super().__init__(table)
        self._table, self._model, self._top, self._side = table, model, top, side
        for part in (table, top, side):
            part.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and event.button() == Qt.MouseButton.LeftButton
        ):
            return self._choose(self._named(watched, event.position().toPoint()))
        return super().eventFilter(watched, event)

    def _named(self, watched: QObject, point: QPoint) -> list[tuple[int, int]]:
        """Return the rows and columns of the values that the label at a point names; none if there is no label."""
        if watched is self._top.viewport():
            return self._places(columns=self._top.columns_at(point))
        if watched is self._side.viewport():
            return self._places(rows=self._side.rows_at(point))
        index = self._table.indexAt(point)
        is_label = index.isValid() and self._model.key_at(index) is None
        return self._places(rows=[index.row()]) if is_label else []

    def _places(self, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> list[tuple[int, int]]:
        places = sorted(self._model.form_layout.positions.values())
        return [place for place in places if place[0] in rows or place[1] in columns]

    def _choose(self, places: list[tuple[int, int]]) -> bool:
        """Make the first value the current one and select all; False where there is none."""
        if not places:
            return False
        chosen = self._table.selectionModel()
        chosen.setCurrentIndex(self._model.index(*places[0]), Flag.ClearAndSelect)
        for place in places[1:]:
            chosen.select(self._model.index(*place), Flag.Select)
        self._table.setFocus()
        return True
