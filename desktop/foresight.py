"""What the rules will say once Enter is pressed, worked out while the clerk still types or looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from desktop.backend import Backend
from parser.model.finding import Assessment
from parser.model.report import Report

_PAUSE = 20  # ms: what the last key has changed is painted first


class Case(NamedTuple):
    """A report to assess, and the one of the year before if there is one."""

    report: Report
    previous: Report | None = None

    def is_like(self, other: Case) -> bool:
        """Whether both reports say the same."""
        return self.previous is other.previous and self.report == other.report


class Foresight(QObject):
    """Assesses reports, the one that is likely to come ahead of time: between two keys there is time enough."""

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._make: Callable[[], Case | None] = lambda: None
        self._known: tuple[Case, Assessment] | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_PAUSE)
        self._idle.timeout.connect(self._look_ahead)

    def expect(self, make: Callable[[], Case | None]) -> None:
        """Assess, unless another key comes at once, the report that ``make`` returns then."""
        self._make = make
        self._idle.start()

    def assess(self, report: Report, previous: Report | None = None) -> Assessment:
        """Return what the rules say about the report, compared with that of the year before."""
        self._idle.stop()
        case = _figures(Case(report, previous))
        if self._known is not None and self._known[0].is_like(case):
            return self._known[1]
        return self._backend.assess(*case)

    def _look_ahead(self) -> None:
        case = self._make()
        if case is not None:
            case = _figures(case)
            self._known = case, self._backend.assess(*case)


def _figures(case: Case) -> Case:
    """Return the case without its edits: the rules look at figures, not at how they came to be."""
    return case._replace(report=replace(case.report, edits=()))
