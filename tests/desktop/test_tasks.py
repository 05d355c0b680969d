"""What runs beside the window."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.tasks import TaskRunner
from parser.errors import UnreadableFile


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def answer(qtbot: QtBot, tasks: TaskRunner, work: Callable[[], object]) -> object:
    """Return what a worker answers, a message if it fails."""
    answers: list[object] = []
    tasks.submit(work, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_answers_come_to_the_thread_that_asked(qtbot: QtBot, tasks: TaskRunner) -> None:
    threads: list[object] = []
    tasks.submit(threading.get_ident, lambda ident: threads.extend((ident, threading.get_ident())), threads.append)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()
    assert QThread.currentThread().isMainThread()


def test_a_report_error_is_a_message(qtbot: QtBot, tasks: TaskRunner) -> None:
    def fail() -> None:
        raise UnreadableFile("文件打不开")

    assert answer(qtbot, tasks, fail) == "文件打不开"


def test_a_worker_is_used_again(qtbot: QtBot, tasks: TaskRunner) -> None:
    first = answer(qtbot, tasks, threading.get_ident)
    assert {answer(qtbot, tasks, threading.get_ident) for _ in range(5)} == {first}


def test_many_works_run_beside_each_other(qtbot: QtBot, tasks: TaskRunner) -> None:
    together = threading.Barrier(4, timeout=20)
    answers: list[object] = []
    for _ in range(4):
        tasks.submit(lambda: together.wait() >= 0, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert answers == [True] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives each thread a niceness of its own")
def test_the_window_goes_before_its_workers(qtbot: QtBot, tasks: TaskRunner) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def of_thread_within() -> int:
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(niceness()))
        thread.start()
        thread.join()
        return found[0]

    of_worker, within = answer(qtbot, tasks, niceness), answer(qtbot, tasks, of_thread_within)
    assert of_worker == within
    assert isinstance(of_worker, int)
    assert of_worker > niceness() or niceness() > 0  # who is started far behind stays there


def test_workers_run_where_their_niceness_may_not_be_set(
    qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_which: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse)
    assert answer(qtbot, tasks, lambda: "done") == "done"


def test_nothing_begins_once_it_is_closed(tasks: TaskRunner, qtbot: QtBot) -> None:
    begun: list[int] = []
    tasks.hold()
    tasks.submit(lambda: begun.append(1), begun.append, begun.append)
    tasks.close()
    tasks.let_go()
    tasks.submit(lambda: begun.append(2), begun.append, begun.append)
    qtbot.wait(20)
    assert begun == []


def test_an_error_while_tidying_up_is_logged(qtbot: QtBot, tasks: TaskRunner, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("gone")

    with caplog.at_level(logging.ERROR):
        tasks.tidy_up(fail)
        qtbot.waitUntil(lambda: "tidying up failed" in caplog.text)
