"""What the rules will say once Enter is pressed, worked out while the clerk still types or looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from desktop.backend import Backend
from parser.model.finding import Assessment
from parser.model.report import Report

_PAUSE = 20  # ms: what the last key has changed is painted first


class Foresight(QObject):
    """Assesses reports, the one that is likely to come ahead of time: between two keys there is time enough."""

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._make: Callable[[], Report | None] = lambda: None
        self._known: tuple[Report, Assessment] | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_PAUSE)
        self._idle.timeout.connect(self._look_ahead)

    def expect(self, make: Callable[[], Report | None]) -> None:
        """Assess, unless another key comes at once, the report that ``make`` returns then."""
        self._make = make
        self._idle.start()

    def assess(self, report: Report) -> Assessment:
        """Return what the rules say about the report."""
        self._idle.stop()
        report = replace(report, edits=())  # the rules look at figures, not at how they came to be
        if self._known is not None and self._known[0] == report:
            return self._known[1]
        return self._backend.assess(report)

    def _look_ahead(self) -> None:
        report = self._make()
        if report is not None:
            report = replace(report, edits=())
            self._known = report, self._backend.assess(report)
