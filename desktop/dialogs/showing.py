"""What dialogs have in common: a button that closes those that only show something, and room on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

_FRAME = QSize(16, 64)  # what the desktop puts round a window, and a task bar


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """Return the button in its row; Esc does the same."""
    buttons = QDialogButtonBox(parent=dialog)
    buttons.addButton(QCoreApplication.translate("about", "关闭"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return buttons


def resize_on_screen(window: QWidget, size: QSize) -> None:
    """Make the window as large as ``size``, or as its screen allows."""
    window.resize(size.boundedTo(room_on_screen(window)))


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window may be without its frame."""
    return window.screen().availableSize() - _FRAME
