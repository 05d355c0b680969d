"""The bar that finds text in the source."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from shiboken6 import isValid

from desktop.icons import icon
from desktop.palette import theme_of


class FindBar(QWidget):
    """Asks for a text and announces what to do with it; Esc closes."""

    changed = Signal(str)
    step = Signal(int)  # 1 next, -1 previous
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setObjectName("find_field")
        self.field.setPlaceholderText(self.tr("在原文中查找"))
        self.field.setAccessibleName(self.tr("在原文中查找"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.changed)
        self.field.installEventFilter(self)
        self._count = QLabel(self)
        self._count.setMinimumWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        self._buttons: list[tuple[QToolButton, str]] = []
        for name, hint, signal in (
            ("chevron-up", self.tr("上一处（Shift+Enter）"), lambda: self.step.emit(-1)),
            ("chevron-down", self.tr("下一处（Enter）"), lambda: self.step.emit(1)),
            ("x", self.tr("关闭（Esc）"), self.close_bar),
        ):
            button = QToolButton(self)
            button.setAutoRaise(True)
            button.setToolTip(hint)
            button.setAccessibleName(hint.partition("（")[0])
            button.clicked.connect(signal)
            row.addWidget(button)
            self._buttons.append((button, name))
        self._draw_icons()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._draw_icons()

    def _draw_icons(self) -> None:
        for button, name in self._buttons:
            button.setIcon(icon(name, theme_of(self.palette()).text))

    def open_bar(self, text: str = "") -> None:
        """Show the bar, ready to type; ``text`` is what to look for first."""
        if text:
            self.field.setText(text)
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and its highlights, and give the keyboard back."""
        self.hide()
        self.closed.emit()
        if self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus()

    def show_count(self, current: int, count: int) -> None:
        """Say which of how many places is shown."""
        found = bool(count) or not self.field.text()
        self._count.setText(f"{current}/{count}" if count else "" if found else self.tr("没有找到"))
        role = QPalette.ColorRole.WindowText if found else QPalette.ColorRole.BrightText
        self._count.setForegroundRole(role)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
