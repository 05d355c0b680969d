"""Asks for the name that signs what a person changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from desktop.settings import Settings
from desktop.signing import login_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("author", text)


def ask_author(parent: QWidget, settings: Settings, done: Callable[[str], object]) -> QInputDialog:
    """Open the question, the last name or else the login name in it; an empty answer changes nothing."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_tr("校核人姓名"))
    dialog.setLabelText(_tr("您的姓名会记在校核记录中（谁、何时、为何改了什么）："))
    dialog.setTextValue(settings.author or login_name())
    dialog.setOkButtonText(_tr("确定"))
    dialog.setCancelButtonText(_tr("以后再说"))

    def accept(text: str) -> None:
        if name := " ".join(text.split()):
            settings.remember_author(name)
            done(name)

    def keep_login_name() -> None:
        if settings.author is None:  # asked once is enough; the menu has the question for later
            settings.remember_author(login_name())

    dialog.textValueSelected.connect(accept)
    dialog.rejected.connect(keep_login_name)
    dialog.open()
    return dialog
