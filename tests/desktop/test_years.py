"""What was carried forward last year is compared with what was carried over this year, wherever both reports are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from tests.desktop.conftest import FakeBackend, OpenWindow, key
from tests.forms import make_report

FORWARD, OVER = "applications.carried_forward.total", "applications.carried_over.total"


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """Return two reports of one office; the earlier one carries five applications forward."""
    return FakeBackend(
        {
            tmp_path / "今年.txt": replace(make_report(issuer="清河市商务局", year=2023), sha256="1" * 64),
            tmp_path / "去年.txt": make_report(
                cells={FORWARD: 5}, issuer="江南省清河市商务委员会", year=2022, source="去年.txt"
            ),
        }
    )


def carried(session: Session, position: int = 0) -> list[str]:
    """Return what is said about the carrying over in a report of the queue."""
    return [f.message for f in session.entries[position].assessment.findings if f.rule == "X-CARRY"]


def in_sight(window: MainWindow) -> list[str]:
    model = window.findings.view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return [row.data() for row in rows if row.data(Qt.ItemDataRole.UserRole) == "X-CARRY"]


def test_the_report_of_the_year_before_is_found_and_named(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(carried(session)))
    session.select(0)
    assert in_sight(window) == carried(session)
    assert carried(session) == ["“总计”列：上年结转 0，与上年报告的结转下年度继续办理 5 不符（2022 年报告：去年.txt）"]
    assert carried(session, 1) == []


def test_an_edit_is_compared_at_once(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(carried(session)))
    session.select(0)
    session.set_text(key(OVER), "5")
    assert carried(session) == []
    session.undo_stack.undo()
    assert len(carried(session)) == 1
    session.set_text(key("applications.new_received.total"), "7")
    assert len(carried(session)) == 1


def test_an_edit_of_the_year_before_is_heard_of(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(carried(session)))
    session.select(1)
    session.set_text(key(FORWARD), "0")
    qtbot.waitUntil(lambda: not carried(session))
    session.set_text(key(FORWARD), "8")
    qtbot.waitUntil(lambda: [" 8 不符" in message for message in carried(session)] == [True])


def test_without_the_year_before_there_is_nothing_to_compare(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(carried(session)))
    session.inbox.remove(session.entries[1])
    qtbot.waitUntil(lambda: not carried(session))
    session.set_text(key(OVER), "3")
    assert carried(session) == []


def test_another_year_is_another_report(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(carried(session)))
    session.headings.correct(session.entries[1], "江南省清河市商务委员会", 2021, "2021")
    qtbot.waitUntil(lambda: not carried(session))
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: bool(carried(session)))


def test_the_year_before_may_come_later(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    session = open_window(tmp_path / "今年.txt").session
    session.set_text(key("applications.new_received.total"), "7")
    session.add([tmp_path / "去年.txt"])
    qtbot.waitUntil(lambda: bool(carried(session)))
