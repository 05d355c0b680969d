"""The panes share the window out by a rule, until somebody draws a border elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views.pane import PaneHeader

Shares = Callable[[int], list[int]]  # pixels there are, pixels for each pane

_ONE_FINDING = PaneHeader.HEIGHT + 30


class Splitter(QSplitter):
    """Panes beside or above each other; ``is_arranged`` says that the clerk gave them their sizes."""

    def __init__(self, orientation: Qt.Orientation, widgets: Sequence[QWidget], shares: Shares) -> None:
        super().__init__(orientation)
        self._shares, self.is_arranged = shares, False
        self.setHandleWidth(5)
        self.setChildrenCollapsible(False)
        for place, widget in enumerate(widgets):
            self.addWidget(widget)
            self.setStretchFactor(place, shares(1000)[place])
        self.splitterMoved.connect(self._on_moved)

    def restore(self, state: QByteArray) -> None:
        """Give the panes the sizes they had been given by hand."""
        self.is_arranged = self.restoreState(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.is_arranged:
            room = self.width() if self.orientation() is Qt.Orientation.Horizontal else self.height()
            self.setSizes(self._shares(room))

    def _on_moved(self) -> None:
        self.is_arranged = True


def queue_and_rest(room: int) -> list[int]:
    """Return the widths of the list of reports and of all that is right of it."""
    queue = min(max(160, room * 2 // 13), 240)
    return [queue, room - queue]


def source_and_tables(room: int) -> list[int]:
    """Return the widths of the source and of the tables, which come first where there is little."""
    source = room * (3 if room < 800 else 4) // 10
    return [source, room - source]


def tables_and_findings(room: int) -> list[int]:
    """Return the heights of the tables and of the findings, which show no more than the worst where there is little."""
    findings = _ONE_FINDING if room < 460 else room // 5
    return [room - findings, findings]
