"""What the rules will say once Enter is pressed, worked out while the clerk still types or looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from desktop.backend import Backend
from desktop.smoothness import give_way
from desktop.tasks import TaskRunner
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.model.watch import Watch

_PAUSE = 40  # ms: what the last key has changed is painted first


class Case(NamedTuple):
    """A report to assess, and the one of the year before if there is one."""

    report: Report
    previous: Report | None = None

    def is_like(self, other: Case) -> bool:
        """Whether both reports say the same."""
        return self.previous is other.previous and self.report == other.report


class _Look:
    """A case that a worker is looking at, and who waits for what it finds."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.is_wanted = False  # somebody will not do without its answer
        self.is_stale = False  # nobody waits for it any more
        self.waiting: list[tuple[Callable[[Assessment], None], Callable[[str], None]]] = []


class Foresight(QObject):
    """Assesses reports, the one that is likely to come ahead of time: between two keys there is time enough.

    What takes longer than a key may is worked out by a worker, one case at a time.
    """

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._make: Callable[[], Case | None] = lambda: None
        self._takes_time = False
        self._known: tuple[Case, Assessment] | None = None
        self._look: _Look | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_PAUSE)
        self._idle.timeout.connect(self._look_ahead)

    def expect(self, make: Callable[[], Case | None], *, takes_time: bool = False) -> None:
        """Assess, unless another key comes at once, the report that ``make`` returns then."""
        self._make, self._takes_time = make, takes_time
        self._idle.start()

    def known(self, report: Report, previous: Report | None = None) -> Assessment | None:
        """Return what the rules say about the report if that was worked out last."""
        self._idle.stop()
        is_known = self._known is not None and self._known[0].is_like(_figures(Case(report, previous)))
        return self._known[1] if self._known is not None and is_known else None

    def assess(self, report: Report, previous: Report | None = None) -> Assessment:
        """Return what the rules say about the report, compared with that of the year before."""
        return self.known(report, previous) or self._backend.assess(*_figures(Case(report, previous)))

    def assess_beside(
        self, case: Case, done: Callable[[Assessment], None], failed: Callable[[str], None] = lambda _: None
    ) -> None:
        """Have a worker assess the case, unless one is about it already; ``done`` or ``failed`` answers."""
        look = self._look_at(_figures(case))
        look.is_wanted = True
        look.waiting.append((done, failed))

    def _look_at(self, case: Case) -> _Look:
        """Return the look of a worker at the case; one that has begun on another that nobody needs is stopped."""
        if self._look is not None and self._look.case.is_like(case):
            return self._look
        self._drop_look()
        self._look = look = _Look(case)

        def is_over() -> bool:
            if not look.is_stale:
                give_way()
            return look.is_stale or self._tasks.is_closed

        self._tasks.submit(
            lambda: self._backend.assess(*case, Watch(cancelled=is_over)),
            lambda assessment: self._on_assessed(look, assessment),
            lambda why: self._on_failed(look, why),
        )
        return look

    def _drop_look(self) -> None:
        """Let another look take the place of the present one, which goes on only if somebody waits for it."""
        if self._look is not None:
            self._look.is_stale = not self._look.is_wanted
        self._look = None

    def _look_ahead(self) -> None:
        if self._tasks.is_closed:
            return
        if self._look is not None and self._look.is_wanted:  # look when that is done: it may be another key by then
            self._look.waiting.append((lambda _: self._idle.start(), lambda _: None))
            return
        case = self._make()
        if case is None:
            return
        if self._takes_time:
            self._look_at(_figures(case))
        else:
            self._drop_look()
            case = _figures(case)
            self._known = case, self._backend.assess(*case)

    def _on_assessed(self, look: _Look, assessment: Assessment) -> None:
        if look.is_stale:
            return
        self._known = look.case, assessment
        self._end(look)
        for done, _ in look.waiting:
            done(assessment)

    def _on_failed(self, look: _Look, why: str) -> None:
        self._end(look)
        for _, failed in look.waiting:
            failed(why)

    def _end(self, look: _Look) -> None:
        if self._look is look:
            self._look = None


def _figures(case: Case) -> Case:
    """Return the case without its edits: the rules look at figures, not at how they came to be."""
    return case._replace(report=replace(case.report, edits=()))
