"""What is shown where there is no report to show: what to do, or what is wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.entries import Stage
from desktop.icons import pixmap
from desktop.palette import theme_of
from desktop.session import Session


def _copy_icon(action: QAction, button: QPushButton) -> None:
    button.setIcon(action.icon())


class BlankPage(QWidget):
    """A sign, a sentence, and the way on."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._openers: list[QPushButton] = []
        self._sign, self._title, self._detail = QLabel(self), QLabel(self), QLabel(self)
        font = QFont(self.font())
        font.setPointSizeF(14)
        self._title.setFont(font)
        self._title.setWordWrap(True)
        self._title.setFixedWidth(640)
        self._detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._detail.setWordWrap(True)
        self._detail.setFixedWidth(560)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._sign, self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._buttons)
        column.addStretch(3)
        session.current_changed.connect(self.renew)

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put buttons for actions under the sentence."""
        self._buttons.addStretch()
        for action in actions:
            button = QPushButton(action.icon(), action.text(), self)
            button.clicked.connect(action.trigger)
            action.changed.connect(partial(_copy_icon, action, button))
            self._buttons.addWidget(button)
            self._openers.append(button)
        self._buttons.addStretch()
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self.renew()

    def renew(self) -> None:
        """Say what is the matter with the current entry."""
        entry, theme = self._session.entry, theme_of(self.palette())
        if entry is None and self._session.is_searching:
            sign, colour, title = "loader-circle", theme.muted, self.tr("正在查找报告文件…")
            detail = ""
        elif entry is None:
            sign, colour, title = "inbox", theme.muted, self.tr("把报告文件或文件夹拖到这里")
            detail = self.tr("也可以按 Ctrl+O 选择文件，按 Ctrl+Shift+O 选择文件夹")
        elif entry.stage is Stage.FAILED:
            sign, colour, title = "circle-x", theme.error, self.tr("无法读取 {0}").format(entry.path.name)
            detail = entry.failure or ""
        else:
            sign, colour, title = "loader-circle", theme.muted, self.tr("正在读取 {0} …").format(entry.path.name)
            detail = ""
        for button in self._openers:
            button.setVisible(entry is None and not self._session.is_searching)
        self._sign.setPixmap(pixmap(sign, colour, 40, self.devicePixelRatioF()))
        for label, text in ((self._title, title), (self._detail, detail)):
            label.setText(text)
            label.setMinimumHeight(label.heightForWidth(label.width()))
