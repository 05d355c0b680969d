"""One section of the prose to change: plain text that is kept whenever the hands rest or go elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.palette import theme_of
from desktop.views.composition import Composition
from desktop.views.pane import ElidedLabel

_REST = 600  # ms without a key after which the text is kept


class SectionEdit(QPlainTextEdit):
    """The field. It has no undo of its own: what was kept is undone like any other change."""

    finished = Signal()
    settled = Signal()  # the text is worth keeping now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrative_editor")
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(16)
        self._composition = Composition(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.settled)
        self.textChanged.connect(lambda: self._rest.start(_REST))

    def event(self, event: QEvent) -> bool:
        """Keep the text before any key that may lead elsewhere, and leave undo to the window."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and (self._composition.keeps(event) if is_press else self._composition.is_on):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if is_function or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                self.settled.emit()
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if held and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composition.hear(event)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composition.drop()
        self.settled.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest.stop()


class NarrativeEditor(QWidget):
    """The field under the name of its section."""

    kept = Signal(str, str)  # the section and its text, other than it was
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = ""
        self._kept = ""
        self.field, self._name = SectionEdit(self), ElidedLabel("", self)
        done = QPushButton(self.tr("完成  Esc"), self)
        done.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 8, 4)
        line.addWidget(self._name, 1)
        line.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.field, 1)
        self.field.settled.connect(self.keep)
        self.field.finished.connect(self._on_finished)
        done.clicked.connect(self._on_finished)

    def open(self, section: str, name: str, text: str) -> None:
        """Show the text of a section to be changed."""
        self.section, self._kept = section, text
        self._name.setText(self.tr("正在修改：{0}（改动自动保存，Ctrl+Z 撤销）").format(name))
        self.field.setAccessibleName(name)
        self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.Start)
        self.field.setFocus()

    def keep(self) -> None:
        """Announce the text if it is another than was kept."""
        text = self.field.toPlainText()
        if self.section and text != self._kept:
            self._kept = text
            self.kept.emit(self.section, text)

    def take(self, text: str) -> None:
        """Show what the section says now, if that is something else than was kept."""
        if text != self._kept:
            self._kept = text
            here = self.field.textCursor().position()
            self.field.setPlainText(text)
            cursor = self.field.textCursor()
            cursor.setPosition(min(here, self.field.document().characterCount() - 1))
            self.field.setTextCursor(cursor)

    def close_section(self) -> None:
        """Let go of the section without keeping anything more."""
        self.section = ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QColor(theme_of(self.palette()).line))
            painter.drawLine(0, self.field.y() - 1, self.width(), self.field.y() - 1)

    def _on_finished(self) -> None:
        self.keep()
        self.finished.emit()
