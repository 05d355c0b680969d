"""Asks for the password of a file, in the pane concerned."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.entries import Entry
from desktop.session import Session

_WIDEST = 320
_BLINK = 100  # ms in which many files that turn out to be locked count as one


class PasswordForm(QWidget):
    """A field, a button, and whether the same password is tried on the other files that wait for one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry: Entry | None = None
        self.field, self.button = QLineEdit(self), QPushButton(self.tr("打开"), self)
        self.shown, self.for_others = QCheckBox(self.tr("显示密码"), self), QCheckBox(self)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_BLINK)
        self._counting.timeout.connect(self._count)
        self._build()
        session.entry_changed.connect(self._on_entry_changed)

    def _build(self) -> None:
        self.field.setObjectName("password_field")
        self.field.setPlaceholderText(self.tr("输入密码…"))
        self.field.setAccessibleName(self.tr("打开文件的密码"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaximumWidth(_WIDEST)
        self.field.setAcceptDrops(False)
        self.field.returnPressed.connect(self._on_given)
        self.field.textChanged.connect(lambda text: self.button.setEnabled(bool(text)))
        self.field.textEdited.connect(lambda _text: self._session.stay())
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_given)
        self.shown.toggled.connect(self._on_shown)
        entry_row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        entry_row.setSpacing(8)
        entry_row.addWidget(self.field, 1)
        entry_row.addWidget(self.button)
        entry_row.addStretch()
        column.addLayout(entry_row)
        column.addWidget(self.shown)
        column.addWidget(self.for_others)
        self.setFocusProxy(self.field)

    def ask(self, entry: Entry) -> None:
        """Ask for the password of this file."""
        if entry is not self._entry:
            self.field.clear()
            self.shown.setChecked(False)
            self.for_others.setChecked(False)
        self._entry = entry
        self._count()

    def _count(self) -> None:
        others = len(self._session.unlocking.others(self._entry)) if self._entry is not None else 0
        self.for_others.setText(self.tr("用同一密码尝试打开其余 {0} 份加密文件").format(others))
        self.for_others.setVisible(bool(others))

    def _on_entry_changed(self) -> None:
        if self.isVisible() and not self._counting.isActive():
            self._counting.start()

    def _on_shown(self, is_shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    def _on_given(self) -> None:
        password, entry = self.field.text(), self._entry
        if password and entry is not None:
            others = self._session.unlocking.others(entry) if self.for_others.isChecked() else []
            self.field.clear()
            self._session.unlocking.unlock([entry, *others], password)
