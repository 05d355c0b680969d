"""How the clerk has arranged the window, from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow

from desktop.screen_room import resize_on_screen
from desktop.settings import Settings
from desktop.views.queue_pane import QueuePane
from desktop.views.splitter import Splitter

_USUAL = QSize(1366, 728)  # a screen of 1366 × 768 with its task bar


class WindowLayout:
    """Place and size of the window, shares of the panes, the queue folded or not, and its order."""

    def __init__(self, window: QMainWindow, queue: QueuePane, settings: Settings) -> None:
        self._window, self._queue, self._settings = window, queue, settings
        self._parts: dict[str, Splitter] = {}
        queue.order_chosen.connect(lambda order: settings.remember_choice("queue_order", order))

    def take(self, parts: Mapping[str, Splitter]) -> None:
        """Look after these too, and arrange them as they were left."""
        self._parts |= parts
        for name, part in parts.items():
            state = self._settings.layout(name)
            if state is not None:
                part.restore(state)

    def restore(self) -> None:
        """Arrange the window as it was left."""
        resize_on_screen(self._window, _USUAL)
        geometry = self._settings.layout("window")
        is_restored = geometry is not None and self._window.restoreGeometry(geometry)  # not from a much larger screen
        if not is_restored and self._settings.choice("window") == "maximized":
            self._window.setWindowState(Qt.WindowState.WindowMaximized)
        self._queue.setVisible(self._settings.choice("queue") != "folded")
        self._queue.sort_by(self._settings.choice("queue_order"))

    def keep(self) -> None:
        """Remember the window as it is."""
        for name, part in self._parts.items():
            if part.is_arranged:
                self._settings.remember_layout(name, part.saveState())
        self._settings.remember_layout("window", self._window.saveGeometry())
        self._settings.remember_choice("window", "maximized" if self._window.isMaximized() else "")

    def fold_queue(self) -> None:
        """Fold the list of reports away, or bring it back."""
        self._queue.setVisible(not self._queue.isVisible())
        self._settings.remember_choice("queue", "" if self._queue.isVisible() else "folded")
