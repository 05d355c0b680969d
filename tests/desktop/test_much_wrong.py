"""With so much wrong that the search for what explains it takes time, it is made beside the window, and said."""

from __future__ import annotations

from pathlib import Path
from threading import get_ident, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.views.status_line import StatusLine
from parser.errors import UnreadableFile
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.model.watch import UNWATCHED, Watch
from parser.rules.check import assess
from tests.desktop.conftest import FakeBackend, OpenWindow, doubtful, key
from tests.desktop.keys import Key, focus, press, write
from tests.forms import make_report

WRONG = [
    "applications.granted.natural_person",
    "applications.denied_state_secret.commercial_enterprise",
    "applications.other_misc.research_institution",
    "applications.unable_not_held.public_welfare_org",
]


class WatchedBackend(FakeBackend):
    """Remembers in which threads it assessed."""

    def __init__(self, reports: dict[Path, Report | str]) -> None:
        super().__init__(reports)
        self.threads: list[int | None] = []

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        self.threads.append(get_ident())
        return assess(report, previous, watch)


@pytest.fixture
def backend(tmp_path: Path) -> WatchedBackend:
    cells = dict.fromkeys(WRONG, 7)
    return WatchedBackend({tmp_path / "错得多.txt": make_report(cells=cells), tmp_path / "无误.txt": make_report()})


@pytest.fixture
def window(open_window: OpenWindow, backend: WatchedBackend) -> MainWindow:
    window = open_window(*backend.reports)
    window.session.select(0)
    return window


def go_to_one(session: Session, qtbot: QtBot, name: str = WRONG[0]) -> None:
    """Go to a cell, and on when what is worked out for it ahead of time has come."""
    foresight = session.changes._foresight
    session.go_to(key(name))
    qtbot.waitUntil(lambda: not foresight._idle.isActive() and foresight._look is None)


def has_foreseen(session: Session, value: int) -> bool:
    """Whether a worker has found what the rules say with this value in the first of the wrong cells."""
    foresight = session.changes._foresight
    if foresight._look is not None or foresight._known is None:
        return False
    return foresight._known[0].report.cells[key(WRONG[0])].value == value


def test_the_window_goes_on_while_it_is_looked_for_what_is_wrong(
    window: MainWindow, backend: WatchedBackend, qtbot: QtBot
) -> None:
    session = window.session
    assert session.entry is not None
    assert len(session.entry.assessment.findings) > 6
    go_to_one(session, qtbot)
    backend.threads.clear()
    write("3")
    press(Key.Key_Return)
    status = window.statusBar()
    assert isinstance(status, StatusLine)
    assert status.left.text() == "正在检查…"
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert backend.threads
    assert main_thread().ident not in backend.threads
    assert session.report is not None
    assert session.report.cells[key(WRONG[0])].value == 3
    assert session.entry.assessment == assess(session.report)
    assert status.left.text() != "正在检查…"


def test_what_was_worked_out_while_the_clerk_typed_is_there_at_once(
    window: MainWindow, backend: WatchedBackend, qtbot: QtBot
) -> None:
    session = window.session
    go_to_one(session, qtbot)
    backend.threads.clear()
    write("3")
    qtbot.waitUntil(lambda: has_foreseen(session, 3))
    press(Key.Key_Return)
    assert not session.changes.unassessed
    assert backend.threads
    assert main_thread().ident not in backend.threads
    assert session.entry is not None
    assert session.report is not None
    assert session.entry.assessment == assess(session.report)


def test_what_was_proposed_before_is_not_taken_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session.entry is not None
    assert session.entry.assessment.suggestions
    session.go_to(key(WRONG[0]))
    write("0")
    press(Key.Key_Return)
    assert not session.entry.assessment.suggestions
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert session.report is not None
    assert session.entry.assessment == assess(session.report)


def test_undone_at_once_the_checks_are_those_of_what_stands_there(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session.entry is not None
    assert session.report is not None
    before = session.entry.assessment
    session.go_to(key(WRONG[0]))
    write("3")
    press(Key.Key_Return)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert session.entry.assessment == before


def test_of_many_steps_at_once_only_the_last_is_waited_for(
    window: MainWindow, backend: WatchedBackend, qtbot: QtBot
) -> None:
    session = window.session
    backend.threads.clear()
    for number in range(20):
        session.set_text(key(WRONG[0]), str(number + 10))
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert session.entry is not None
    assert session.report is not None
    assert session.entry.assessment == assess(session.report)
    assert len(backend.threads) < 5


def test_checks_that_fail_are_said_and_not_waited_for_any_longer(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, said = window.session, []

    def fail(report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        raise UnreadableFile("没有规则；请重新安装")

    session.said.connect(lambda kind, _words: said.append(kind))
    monkeypatch.setattr(session.backend, "assess", fail)
    session.set_text(key(WRONG[0]), "3")
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert "error" in said


@pytest.mark.parametrize("goes_elsewhere", [False, True])
def test_with_nothing_open_the_way_goes_on_to_what_the_checks_find(
    window: MainWindow, qtbot: QtBot, goes_elsewhere: bool
) -> None:
    session, said = window.session, list[str]()
    assert session.entry is not None
    session.review.call_printed(list(session.entry.open), "原件如此")
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert not session.entry.open
    go_to_one(session, qtbot, "applications.granted.total")
    session.said.connect(lambda _kind, words: said.append(words))
    session.nothing_open.connect(lambda _entry: said.append("没有存疑"))
    write("3")
    press(Key.Key_Return)
    assert session.changes.unassessed
    assert not session.entry.open
    if goes_elsewhere:
        session.go_to(key(WRONG[3]))
    qtbot.waitUntil(lambda: bool(session.entry and session.entry.open))
    qtbot.wait(50)
    assert (str(session.key) == WRONG[3]) if goes_elsewhere else (session.key in session.entry.open)
    assert not any("没有存疑" in words for words in said)


def test_nobody_is_led_to_a_cell_before_the_rules_have_been_asked_about_it(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    go_to_one(session, qtbot)
    write("0")
    press(Key.Key_Return)
    assert session.changes.unassessed
    assert str(session.key) == WRONG[0]
    qtbot.waitUntil(lambda: str(session.key) != WRONG[0])
    assert session.entry is not None
    assert session.key in session.entry.open
    assert not session.changes.unassessed


def typed(window: MainWindow, qtbot: QtBot, *keys: Qt.Key, first: str = WRONG[0]) -> None:
    """Type 0 into a wrong cell and at once what follows, while the rules are asked."""
    go_to_one(window.session, qtbot, first)
    write("0")
    press(Key.Key_Return)
    assert window.session.changes.unassessed
    for one in keys:
        press(one)


def test_a_figure_typed_ahead_is_for_the_cell_that_the_clerk_is_led_to(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    typed(window, qtbot, Key.Key_5)
    assert str(session.key) == WRONG[0]
    qtbot.waitUntil(lambda: str(session.key) != WRONG[0])
    here = session.key
    qtbot.waitUntil(lambda: isinstance(focus(), QLineEdit))
    press(Key.Key_Return)
    assert session.report is not None
    assert here is not None
    assert (session.report.cells[here].shown, session.report.cells[key(WRONG[0])].shown) == ("5", "0")


def test_a_figure_typed_ahead_goes_into_the_next_table_too(
    open_window: OpenWindow, backend: WatchedBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    cells = {**dict.fromkeys(WRONG, 7), "remedies.review.total": 9}
    backend.reports = {tmp_path / "错得多.txt": make_report(cells=cells)}
    window = open_window(*backend.reports)
    session = window.session
    assert session.entry is not None
    for name in WRONG[1:]:
        session.set_text(key(name), "0")
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    go_to_one(session, qtbot)
    write("0")
    press(Key.Key_Return)
    press(Key.Key_Delete)
    qtbot.waitUntil(lambda: session.key is not None and session.key.table == "remedies")
    assert session.report is not None
    assert session.report.cells[key(WRONG[0])].shown == "0"


def test_enter_typed_ahead_confirms_no_cell_that_nobody_has_seen(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    typed(window, qtbot, Key.Key_Return, Key.Key_Return)
    qtbot.waitUntil(lambda: str(session.key) != WRONG[0])
    assert session.entry is not None
    assert session.key in session.entry.open
    assert session.undo_stack.count() == 1


@pytest.mark.parametrize("way", ["moves", "fails", "undoes", "edits"])
def test_what_was_typed_ahead_is_said_to_be_lost_where_nobody_is_led_on(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    session, said = window.session, list[str]()

    def fail(report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        raise UnreadableFile("没有规则；请重新安装")

    go_to_one(session, qtbot)
    session.said.connect(lambda _kind, words: said.append(words))
    if way == "fails":
        monkeypatch.setattr(session.backend, "assess", fail)
    write("0")
    press(Key.Key_Return)
    press(Key.Key_5)
    assert session.review.is_waiting
    if way == "moves":
        session.go_to(key(WRONG[2]))
    elif way == "undoes":
        session.undo_stack.undo()
    elif way == "edits":
        window.tables.edit_in_place()
    qtbot.waitUntil(lambda: not session.review.is_waiting)
    assert "检查时按下的键没有输入，请再按一次" in said
    qtbot.waitUntil(lambda: not session.changes.unassessed)
    assert session.report is not None
    assert session.report.cells[key(WRONG[0])].shown == ("7" if way == "undoes" else "0")
    assert str(session.key) == (WRONG[2] if way == "moves" else WRONG[0])


def test_a_doubt_about_how_a_cell_was_read_is_gone_to_at_once(
    open_window: OpenWindow, backend: WatchedBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    doubts = {name: doubtful("7", "7") for name in WRONG}
    backend.reports = {tmp_path / "存疑.txt": make_report(cells=doubts)}
    session = open_window(*backend.reports).session
    assert session.entry is not None
    go_to_one(session, qtbot)
    write("0")
    press(Key.Key_Return)
    assert session.changes.unassessed
    assert str(session.key) in WRONG[1:]
