"""Checks are worked out ahead of the key that asks for them, and are never those of another report."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from desktop import smoothness
from desktop.foresight import Case, Foresight
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.tasks import TaskRunner
from parser.errors import Cancelled
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.model.watch import UNWATCHED, Watch
from parser.rules.check import assess
from tests.desktop.conftest import COMPULSION, REVIEW_TOTAL, FakeBackend, key
from tests.desktop.keys import Key, press, write
from tests.forms import make_report


class CountingBackend(FakeBackend):
    """Remembers what it was asked about."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked: list[Report] = []

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        self.asked.append(report)
        return assess(report, previous, watch)


def test_what_was_expected_is_assessed_once(qtbot: QtBot) -> None:
    backend, report = CountingBackend(), make_report()
    foresight = Foresight(backend, TaskRunner())
    foresight.expect(lambda: Case(report))
    qtbot.waitUntil(lambda: backend.asked == [report])
    assert foresight.assess(report) == assess(report)
    assert len(backend.asked) == 1


def test_what_comes_otherwise_is_assessed_itself(qtbot: QtBot) -> None:
    backend, other = CountingBackend(), make_report(cells={REVIEW_TOTAL: 3})
    foresight = Foresight(backend, TaskRunner())
    foresight.expect(lambda: Case(make_report()))
    qtbot.waitUntil(lambda: len(backend.asked) == 1)
    assert foresight.assess(other) == assess(other)
    assert foresight.assess(other).findings


class SlowBackend(CountingBackend):
    """Is about its first report until it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped: list[Report] = []

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        self.asked.append(report)
        while report is self.asked[0]:
            try:
                watch.check()
            except Cancelled:
                self.stopped.append(report)
                raise
            time.sleep(0.001)
        return assess(report, previous, watch)


def test_what_is_expected_no_longer_is_stopped(qtbot: QtBot) -> None:
    backend, one, other = SlowBackend(), make_report(), make_report(cells={REVIEW_TOTAL: 3})
    foresight = Foresight(backend, TaskRunner())
    foresight.expect(lambda: Case(one), takes_time=True)
    qtbot.waitUntil(lambda: len(backend.asked) == 1)
    foresight.expect(lambda: Case(other), takes_time=True)
    qtbot.waitUntil(lambda: backend.asked == [one, other])
    qtbot.waitUntil(lambda: backend.stopped == [one])
    qtbot.waitUntil(lambda: foresight.known(other) is not None)
    assert foresight.known(one) is None


def test_a_window_that_is_closed_looks_ahead_no_more(qtbot: QtBot) -> None:
    asked: list[None] = []
    foresight = Foresight(SlowBackend(), tasks := TaskRunner())
    tasks.close()
    foresight.expect(lambda: asked.append(None))
    qtbot.waitUntil(lambda: not foresight._idle.isActive())
    assert not asked


def test_what_somebody_waits_for_is_not_stopped(qtbot: QtBot) -> None:
    backend, one, other = SlowBackend(), make_report(), make_report(cells={REVIEW_TOTAL: 3})
    foresight = Foresight(backend, tasks := TaskRunner())
    foresight.assess_beside(Case(one), lambda _: None)
    qtbot.waitUntil(lambda: len(backend.asked) == 1)
    foresight.assess_beside(Case(other), lambda _: None)
    qtbot.waitUntil(lambda: foresight.known(other) is not None)
    assert not backend.stopped
    tasks.close()


def test_workers_give_way_to_what_the_clerk_has_done_and_come_on_beside_a_key_held_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, slept = [100.0], list[float]()
    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=slept.append)
    monkeypatch.setattr(smoothness, "time", clock)
    monkeypatch.setattr(smoothness._Clerk, "served", 0.0)
    smoothness.give_way()
    assert not slept
    smoothness.go_first()
    smoothness.give_way()
    assert slept == [pytest.approx(0.03)]
    now[0] += 0.033  # the next key of one that is held down
    smoothness.go_first()
    smoothness.give_way()
    assert len(slept) == 1


@pytest.mark.parametrize("typed", ["", "45"])
def test_enter_finds_the_checks_done_after_typing_and_on_a_doubt(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    asked: list[Report] = []
    real = session.backend.assess
    monkeypatch.setattr(session.backend, "assess", lambda report, *more: asked.append(report) or real(report, *more))
    session.go_to(key(COMPULSION))
    qtbot.waitUntil(lambda: len(asked) == 1)
    write(typed)
    qtbot.waitUntil(lambda: len(asked) == 2 if typed else True)
    before = len(asked)
    press(Key.Key_Return)
    assert len(asked) == before
    assert session.entry is not None
    assert session.report is not None
    assert session.report.cells[key(COMPULSION)].shown == (typed or "0")
    assert session.entry.assessment == real(session.report)
