"""What dialogs that only show something have in common: a button that closes them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """Return the button in its row; Esc does the same."""
    buttons = QDialogButtonBox(parent=dialog)
    buttons.addButton(QCoreApplication.translate("about", "关闭"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return buttons
