"""The files of the session, how far each is, and how many are still being read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QProgressBar, QToolButton, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.models.queue_model import WORDS_ROLE, QueueModel
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.pane import PaneHeader
from desktop.views.rows import QueueDelegate

Index = QModelIndex | QPersistentModelIndex
_MANY = 10  # from so many files on there is a field to search them
_BLINK = 50  # ms between two counts while reports are read


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
        self._wanted = ""
        session.current_changed.connect(self._on_current_changed)

    def show_only(self, wanted: str) -> None:
        """Hide the files that have ``wanted`` neither in their name nor in their state."""
        if wanted or self._wanted:
            for row in range(self._model.rowCount()):
                index = self._model.index(row)
                words = f"{index.data()} {index.data(WORDS_ROLE)}".casefold()
                self.setRowHidden(row, any(word not in words for word in wanted.casefold().split()))
        self._wanted = wanted

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) file in sight."""
        row = self._session.position + step
        while 0 <= row < self._model.rowCount() and self.isRowHidden(row):
            row += step
        self._session.select(row)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._session.select(current.row())

    def _on_current_changed(self) -> None:
        if self.currentIndex().row() != self._session.position:
            self.setCurrentIndex(self._model.index(self._session.position))


class QueuePane(QWidget):
    """The list under a heading with the buttons that add to it, the progress of reading, and a search field."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header = PaneHeader(self.tr("报告"), self)
        self._progress, self.reading_button = QProgressBar(self), QToolButton(self)
        self._search, self.view = QWidget(self), QueueView(session, self)
        self.field = QLineEdit(self._search)
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.timeout.connect(self._renew)
        self._build()
        session.entries_added.connect(self._renew)
        session.entry_removed.connect(self._renew)
        session.entry_changed.connect(self._renew_soon)

    def _build(self) -> None:
        self._progress.setFixedHeight(3)
        self._progress.setTextVisible(False)
        self.reading_button.setAutoRaise(True)
        self.reading_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reading_button.clicked.connect(self._on_reading_clicked)
        self._header.row.addWidget(self.reading_button)
        self.field.setObjectName("queue_field")
        self.field.setPlaceholderText(self.tr("按名称或状态筛选"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.view.show_only)
        self.field.installEventFilter(self)
        row = QHBoxLayout(self._search)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._progress)
        column.addWidget(self._search)
        column.addWidget(self.view, 1)
        for widget in (self._progress, self.reading_button, self._search):
            widget.hide()

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put actions into the heading."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            self._header.row.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                self.view.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_renewal"):
            self._renew()

    def _on_reading_clicked(self) -> None:
        if any(entry.is_reading for entry in self._session.entries):
            self._session.stop_reading()
        else:
            self._session.resume_reading()

    def _renew_soon(self) -> None:
        if not self._renewal.isActive():
            self._renewal.start(_BLINK)

    def _renew(self) -> None:
        entries = self._session.entries
        reading = sum(entry.is_reading for entry in entries)
        left = reading + sum(entry.is_unread for entry in entries)
        self._progress.setVisible(bool(reading))
        share = sum(entry.progress.share for entry in entries if entry.progress is not None)
        self._progress.setRange(0, len(entries) * 100)
        self._progress.setValue(round((len(entries) - left + share) * 100))
        self.reading_button.setVisible(bool(left))
        self.reading_button.setIcon(icon("x" if reading else "loader-circle", theme_of(self.palette()).text))
        hint = self.tr("停止读取，其余 {0} 份留待以后") if reading else self.tr("继续读取其余 {0} 份")
        self.reading_button.setToolTip(hint.format(left))
        count = self.tr("{0}/{1} 份").format(len(entries) - left, len(entries)) if left else ""
        self._header.set_detail(count or (self.tr("{0} 份").format(len(entries)) if entries else ""))
        self._search.setVisible(len(entries) >= _MANY)
        self.view.show_only(self.field.text())
