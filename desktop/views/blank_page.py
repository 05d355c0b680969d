"""What is shown where there is no report to show: what to do, how far it is, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.entries import Entry, Stage
from desktop.icons import pixmap
from desktop.models.wording import about_lock, about_progress
from desktop.palette import theme_of
from desktop.session import Session
from desktop.unlocking import is_waiting
from desktop.views.pane import CHAPTER, holds_focus

if TYPE_CHECKING:  # most files have no password
    from desktop.views.password_form import PasswordForm

_WIDEST = {"title": 640, "detail": 560}
_MARGINS = 48  # pixels beside what stands on the page


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
        self._progress, self._stop, self._resume = QProgressBar(self), QPushButton(self), QPushButton(self)
        self._buttons, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._form: PasswordForm | None = None
        self._ways_on: list[QAction] = []
        self._ways: QWidget | None = None  # their buttons, once a file could not be read
        self._build()
        for fact in (session.current_changed, session.inbox.searching, session.inbox.searched):
            fact.connect(self.renew)
        session.keeper.opened.connect(lambda _opened: self.renew())
        session.entry_changed.connect(self._on_entry_changed)

    def _build(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(14)
        self._title.setFont(font)
        self._title.setWordWrap(True)
        self._detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._detail.setWordWrap(True)
        self._progress.setFixedSize(240, 4)
        self._progress.setRange(0, 100)
        self._progress.setTextVisible(False)
        self._buttons.setSpacing(8)
        column = self._column
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._sign, self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._buttons)
        column.addStretch(3)
        for button in (self._stop, self._resume):
            column.insertWidget(5, button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.hide()

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

    def offer_for_unreadable(self, actions: list[QAction]) -> None:
        """Give the page buttons for actions while it shows why a file could not be read."""
        self._ways_on = actions

    def _offer_ways(self, is_failure: bool) -> None:
        if self._ways is None and is_failure and self._ways_on:
            self._ways = QWidget(self)
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._ways)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for action in self._ways_on:
                button = QPushButton(action.text().partition("\t")[0], self._ways)
                button.setToolTip(action.toolTip())
                button.setEnabled(action.isEnabled())
                action.enabledChanged.connect(button.setEnabled)
                button.clicked.connect(action.trigger)
                row.addWidget(button)
            self._column.insertWidget(5, self._ways, 0, Qt.AlignmentFlag.AlignHCenter)
        if self._ways is not None:
            self._ways.setVisible(is_failure)

    def add_reading_buttons(self, stop: Callable[[], None], resume: Callable[[], None]) -> None:
        """Give the page a button that stops reading, and one that takes it up again."""
        for button, words, slot in (
            (self._stop, self.tr("停止读取"), stop),
            (self._resume, self.tr("继续读取"), resume),
        ):
            button.setText(words)
            button.clicked.connect(lambda _checked, slot=slot: slot())
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self.renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._form is not None and not self._form.isHidden():
            self._form.setFocus()

    def type_password(self, text: str) -> None:
        """Go on with what was typed elsewhere for the file that waits for its password."""
        if self._form is not None:
            self._form.setFocus()
            self._form.field.insert(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    def _on_entry_changed(self, position: int) -> None:
        if position == self._session.position and self.isVisible():
            self.renew()

    def renew(self) -> None:
        """Say what is the matter with the current entry."""
        entry, theme = self._session.entry, theme_of(self.palette())
        progress = entry.progress if entry is not None else None
        sign, title, detail = self._words(entry)
        is_failure = sign == "circle-x"
        colour = theme.error if is_failure else theme.muted
        self.setProperty(CHAPTER, "unreadable" if is_failure else "start")
        inbox = self._session.inbox
        for button in self._openers:
            button.setVisible(entry is None and not inbox.is_searching and not inbox.is_refused)
        self._stop.setVisible(bool(self._stop.text()) and progress is not None)
        self._resume.setVisible(bool(self._resume.text()) and entry is not None and entry.is_unread)
        self._progress.setVisible(progress is not None and bool(progress.share))
        self._progress.setValue(round(progress.share * 100) if progress is not None else 0)
        self._sign.setPixmap(pixmap(sign, colour, 40, self.devicePixelRatioF()))
        self._title.setText(title)
        self._detail.setText(detail)
        self._offer_ways(is_failure and entry is not None and not entry.lock.is_shut)
        self._ask_for_password(entry if entry is not None and entry.report is None and is_waiting(entry) else None)
        self._fit()

    def _ask_for_password(self, entry: Entry | None) -> None:
        """Have a field for the password of the file, None for no field; the keyboard stays here meanwhile."""
        if self._form is None and entry is not None:
            from desktop.views.password_form import PasswordForm

            self._form = PasswordForm(self._session, self)
            self._column.insertWidget(4, self._form, 0, Qt.AlignmentFlag.AlignHCenter)
        if self._form is None:
            return
        had_focus = holds_focus(self)
        if entry is not None:
            self._form.ask(entry)
        self._form.setVisible(entry is not None)
        if had_focus:
            (self._form if entry is not None else self).setFocus()

    def _words(self, entry: Entry | None) -> tuple[str, str, str]:
        """Return the sign, the sentence and what is said under it."""
        if entry is None and self._session.inbox.is_searching:
            return "loader-circle", self.tr("正在查找报告文件…"), ""
        if entry is None and self._session.inbox.is_refused:
            return "circle-x", self.tr("工作区没有打开"), self.tr("原因和办法见上方；之前选择的文件会在打开后读取")
        if entry is None:
            hint = self.tr("也可以按 Ctrl+O 选择文件，按 Ctrl+Shift+O 选择文件夹")
            return "inbox", self.tr("把报告文件或文件夹拖到这里"), hint
        name, progress = entry.path.name, entry.progress
        if entry.stage is Stage.FAILED and entry.lock.is_shut:
            if entry.lock.is_wrong:
                return "circle-x", self.tr("密码不对，没有打开“{0}”").format(name), about_lock(entry)
            return "lock", self.tr("打开“{0}”需要密码").format(name), about_lock(entry)
        if entry.stage is Stage.FAILED:
            return "circle-x", self.tr("无法读取“{0}”").format(name), entry.failure or ""
        if entry.is_unread:
            return "circle-dashed", self.tr("已停止读取“{0}”").format(name), self.tr("可以随时继续")
        if progress is not None and (progress.share or progress.what):
            return "loader-circle", self.tr("正在读取“{0}”").format(name), about_progress(entry)
        if progress is None:
            return "circle-dashed", self.tr("“{0}”等待读取").format(name), self.tr("前面的报告读完后就轮到它")
        return "loader-circle", self.tr("正在读取“{0}”…").format(name), ""

    def _fit(self) -> None:
        if self._ways is not None and isinstance(row := self._ways.layout(), QBoxLayout):
            row.setDirection(QBoxLayout.Direction.LeftToRight)
            if row.sizeHint().width() + _MARGINS > self.width():
                row.setDirection(QBoxLayout.Direction.TopToBottom)
        for label, widest in ((self._title, _WIDEST["title"]), (self._detail, _WIDEST["detail"])):
            label.setFixedWidth(min(widest, max(160, self.width() - _MARGINS)))
            label.setMinimumHeight(0)  # else it would never need less
            label.setMinimumHeight(max(0, label.heightForWidth(label.width())))  # -1 while it says nothing
