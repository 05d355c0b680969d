from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.entries import Entry
from desktop.keeper import Keeper
from desktop.models.queue_model import WORDS_ROLE
from desktop.reading import ReadingQueue
from desktop.session import Session
from desktop.tasks import TaskRunner
from tests.desktop.conftest import GRANTED, REVIEW_TOTAL, FakeBackend, OpenWindow, doubtful, key
from tests.forms import make_report


class HandDriven(TaskRunner):
    """Answers only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[Callable[[], None]] = []

    def submit(self, work, done, failed):  # type: ignore[no-untyped-def]
        self.started.append(lambda: done(work()))


@pytest.fixture
def tasks() -> HandDriven:
    return HandDriven()


@pytest.fixture
def keeper(backend: FakeBackend, tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "工作区", backend.assess)
    keeper.open()
    yield keeper
    keeper.close()


def entries(backend: FakeBackend, count: int) -> list[Entry]:
    files = [Path(f"{number}.txt").absolute() for number in range(count)]
    backend.reports.update({file: make_report(issuer=f"单位{file.stem}") for file in files})
    return [Entry(file) for file in files]


def answer(qtbot: QtBot, tasks: HandDriven) -> None:
    qtbot.waitUntil(lambda: bool(tasks.started))
    tasks.started.pop()()


def test_files_are_read_one_after_the_other_and_a_preferred_one_next(
    qtbot: QtBot, backend: FakeBackend, tasks: HandDriven
) -> None:
    files, read = entries(backend, 4), []
    queue = ReadingQueue(backend, tasks)
    queue.answered.connect(read.append)
    queue.add(files)
    assert len(tasks.started) == 1
    queue.prefer(files[3])
    for _ in files:
        answer(qtbot, tasks)
    assert read == [files[0], files[3], files[1], files[2]]


def test_stopping_leaves_the_files_unread_until_one_is_preferred(
    qtbot: QtBot, backend: FakeBackend, tasks: HandDriven
) -> None:
    files = entries(backend, 4)
    queue = ReadingQueue(backend, tasks)
    queue.add(files)
    assert queue.stop() == files
    assert all(entry.is_unread and entry.was_stopped for entry in files)
    answer(qtbot, tasks)  # it was too late to stop the first
    assert [entry.is_unread for entry in files] == [False, True, True, True]
    queue.prefer(files[3])
    answer(qtbot, tasks)
    assert files[3].report is not None
    queue.prefer(files[0])
    assert not tasks.started


def test_stopped_reading_can_be_taken_up_again(
    qtbot: QtBot, backend: FakeBackend, tasks: HandDriven, keeper: Keeper
) -> None:
    files = entries(backend, 3)
    session = Session(backend, tasks, keeper)
    with qtbot.waitSignal(session.entries_added):
        session.add([entry.path for entry in files])
        answer(qtbot, tasks)
    session.stop_reading()
    assert all(entry.is_unread for entry in session.entries)
    session.resume_reading()
    for _ in range(3):
        answer(qtbot, tasks)
    assert all(entry.report for entry in session.entries)


def test_the_window_opens_on_the_first_report_that_needs_a_person(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "丁.docx", tmp_path / "乙.txt", tmp_path / "丙.txt", tmp_path / "甲.txt")
    assert window.session.position == 3


def test_a_file_that_cannot_be_read_offers_ways_on(
    open_window: OpenWindow, qtbot: QtBot, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "丁.docx")
    qtbot.waitUntil(lambda: window.session.entry is not None and bool(window.session.entry.failure))
    offered = {b.text(): b for b in window._blank.findChildren(QPushButton) if b.isVisible()}
    assert list(offered) == ["打开原文件", "重新读取原文件", "新建空白表…", "从列表中移除"]
    with qtbot.waitSignal(window.session.said, check_params_cb=lambda _, words: "仍然无法读取" in words):
        offered["重新读取原文件"].click()
    backend.reports[tmp_path / "丁.docx"] = make_report()
    offered["重新读取原文件"].click()
    qtbot.waitUntil(lambda: window.session.report is not None)
    assert not any(button.isVisible() for button in offered.values())


def test_once_the_clerk_has_moved_the_window_stays(
    qtbot: QtBot, backend: FakeBackend, tasks: HandDriven, keeper: Keeper
) -> None:
    session = Session(backend, tasks, keeper)
    with qtbot.waitSignal(session.entries_added):
        session.add([file for file in backend.reports if file.stem in "乙甲"][::-1])
        answer(qtbot, tasks)
    answer(qtbot, tasks)
    session.go_to(key(REVIEW_TOTAL))
    answer(qtbot, tasks)
    assert session.position == 0
    assert session.entries[1].open


def test_a_single_file_that_is_opened_later_is_shown(
    open_window: OpenWindow, qtbot: QtBot, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "甲.txt")
    session = window.session
    session.add([tmp_path / "丙.txt"])
    qtbot.waitUntil(lambda: session.entry is not None and session.entry.path.stem == "丙")
    session.select(0)
    session.add([tmp_path / "丁.docx", tmp_path / "乙.txt"])
    qtbot.waitUntil(lambda: len(session.entries) == 4)
    assert session.position == 0


def test_a_first_doubt_in_another_table_is_current_and_in_sight(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    backend.reports[tmp_path / "己.txt"] = make_report(cells={GRANTED: doubtful("0", "O")})
    window = open_window(tmp_path / "己.txt")
    assert str(window.session.key) == GRANTED
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "table.applications"


def test_the_keyboard_comes_back_to_the_table_after_an_unreadable_file(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "乙.txt", tmp_path / "丁.docx", tmp_path / "丙.txt")
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "table.proactive"


def test_the_same_office_and_year_twice_is_said(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports[tmp_path / "又.txt"] = make_report(issuer="清河市民政局")
    window = open_window(tmp_path / "乙.txt", tmp_path / "又.txt")
    model = window.queue.view.model()
    assert [model.index(row, 0).data(WORDS_ROLE) for row in range(2)] == ["可能重复 · 无存疑，勾稽全部相符"] * 2
    assert window.tables.notice.isVisible()
    assert window.tables.notice.label.text() == "“又.txt”也是清河市民政局 2023 年的年报，请确认是否重复"
    assert "请确认是否重复" in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
