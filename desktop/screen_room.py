"""No window is larger than its screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 64)  # what the desktop puts round a window, and a task bar


def resize_on_screen(window: QWidget, size: QSize) -> None:
    """Make the window as large as ``size``, or as its screen allows."""
    window.resize(size.boundedTo(room_on_screen(window)))


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window may be without its frame."""
    return window.screen().availableSize() - _FRAME
