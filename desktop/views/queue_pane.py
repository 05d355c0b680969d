"""The files of the session, how far each is, and how many are still being read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QProgressBar, QToolButton, QVBoxLayout, QWidget

from desktop.entries import Stage
from desktop.models.queue_model import QueueModel
from desktop.session import Session
from desktop.views.pane import PaneHeader
from desktop.views.rows import QueueDelegate

Index = QModelIndex | QPersistentModelIndex


class QueueView(QListView):
    """The list; the current row is the current report."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue_view")
        self.setAccessibleName(self.tr("报告列表"))
        self._session = session
        self._model = QueueModel(session, self)
        self.setModel(self._model)
        self.setItemDelegate(QueueDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAcceptDrops(False)
        session.current_changed.connect(self._on_current_changed)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._session.select(current.row())

    def _on_current_changed(self) -> None:
        if self.currentIndex().row() != self._session.position:
            self.setCurrentIndex(self._model.index(self._session.position))


class QueuePane(QWidget):
    """The list under a heading with the buttons that add to it, and the progress of reading."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header = PaneHeader(self.tr("报告"), self)
        self._progress = QProgressBar(self)
        self._progress.setFixedHeight(4)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self.view = QueueView(session, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._progress)
        column.addWidget(self.view, 1)
        session.entries_added.connect(self._renew)
        session.entry_changed.connect(self._renew)

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put actions into the heading."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            self._header.row.addWidget(button)

    def _renew(self) -> None:
        entries = self._session.entries
        reading = sum(entry.stage is Stage.READING for entry in entries)
        self._progress.setVisible(bool(reading))
        self._progress.setRange(0, len(entries))
        self._progress.setValue(len(entries) - reading)
        total = self.tr("{0} 份").format(len(entries))
        read = self.tr("{0}/{1} 份").format(len(entries) - reading, len(entries))
        self._header.set_detail(read if reading else total)
