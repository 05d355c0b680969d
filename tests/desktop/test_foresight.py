"""Checks are worked out ahead of the key that asks for them, and are never those of another report."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.foresight import Case, Foresight
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.tasks import TaskRunner
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.rules.check import assess
from tests.desktop.conftest import COMPULSION, REVIEW_TOTAL, FakeBackend, key
from tests.desktop.keys import Key, press, write
from tests.forms import make_report


class CountingBackend(FakeBackend):
    """Remembers what it was asked about."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked: list[Report] = []

    def assess(self, report: Report, previous: Report | None = None) -> Assessment:
        self.asked.append(report)
        return assess(report, previous)


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
