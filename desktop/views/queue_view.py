"""The list of the queue: its current row is the current report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.models.queue_model import QueueModel
from desktop.session import Session
from desktop.text_values import starts_a_value
from desktop.unlocking import is_waiting

Index = QModelIndex | QPersistentModelIndex
_RESTS = 3000  # ms after which a pointer that does not move points at nothing any more


class QueueView(QListView):
    """Follows the session, and leads it where the clerk goes; right-click or the menu key opens what can be done."""

    entered_report = Signal()  # Enter or a double click: on to the tables
    escaped = Signal()  # Esc
    typed_password = Signal(str)  # what was typed while the current file waits for its password

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue_view")
        self.setAccessibleName(self.tr("报告列表"))
        self._session = session
        self.queue = QueueModel(session, self)
        self.setModel(self.queue)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)  # the row under the pointer is lit
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.activated.connect(self.entered_report)
        self.queue.arranged.connect(self._show_current)
        session.current_changed.connect(self._show_current)
        self.queue.layoutChanged.connect(self._draw_rows)
        self._has_own_rows = False
        self._pointing = QTimer(self, singleShot=True, interval=_RESTS)
        self._pointing.timeout.connect(self._on_pointed)
        self._draw_rows()

    def _draw_rows(self) -> None:
        """Draw the rows our own way from the first one on; a window without files is painted without."""
        if self.queue.rowCount() and not self._has_own_rows:
            from desktop.views.queue_delegate import QueueDelegate

            self._has_own_rows = True
            self.setItemDelegate(QueueDelegate(self))

    def add_menu(self, actions: list[QAction | None]) -> None:
        """Offer the actions on a right click; None is a line between them."""
        for action in actions:
            if action is None:
                line = QAction(self)
                line.setSeparator(True)
                self.addAction(line)
            else:
                self.addAction(action)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) file in sight."""
        row = self.queue.row_of(self._session.position) + step
        if 0 <= row < self.queue.rowCount():
            self._session.select(self.queue.position_of(row))

    def remove_current(self) -> None:
        """Take the current file out of the queue and go to the one beside it."""
        from desktop.removing import remove

        entry, row = self._session.entry, self.queue.row_of(self._session.position)
        if entry is None or self._session.keeper.is_read_only:
            return
        beside = row + 1 if row + 1 < self.queue.rowCount() else row - 1
        if row >= 0 and beside >= 0:
            self._session.select(self.queue.position_of(beside))
        remove(self._session, [entry])
        words = self.tr("已从列表中移除“{0}”，文件和核校结果都还在；按 Ctrl+Z 或用“文件 › 恢复移除的报告”找回")
        self._session.said.emit("info", words.format(entry.path.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.remove_current()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        entry, text = self._session.entry, event.text()
        if text and text.isprintable() and entry is not None and entry.report is None and is_waiting(entry):
            self.typed_password.emit(text)
            return
        if text and starts_a_value(text) and self._session.report is not None:
            self._session.said.emit("info", self.tr("现在是在报告列表里；先按 Enter 到表格，再输入"))
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Stay: a figure meant for a cell must not lead to another report; names are found in the field above."""

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint the rows anew. They are all of one height: a QListView would place every row there is, for each."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._note_pointing()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._note_pointing()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointing.stop()
        self.queue.may_move = True

    def _note_pointing(self) -> None:
        self.queue.may_move = False
        self._pointing.start()

    def _on_pointed(self) -> None:
        """The pointer rests here since a while: the clerk is busy elsewhere."""
        self.queue.may_move = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._session.select(self.queue.position_of(current.row()))

    def _show_current(self) -> None:
        row = self.queue.row_of(self._session.position)
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self.queue.index(row) if row >= 0 else QModelIndex())
