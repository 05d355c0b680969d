from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.entries import Source, Stage
from desktop.job_line import Job
from desktop.keeper import Keeper
from desktop.main_window import MainWindow
from parser.errors import WorkspaceUnwritable
from parser.model.report import Cell, Report, State
from parser.workspace.database import explained
from parser.workspace.lock import WriterLock
from parser.workspace.store import FILE, Store
from tests.desktop.conftest import (
    COMPULSION,
    GRANTED,
    LICENSING,
    REVIEW_TOTAL,
    FakeBackend,
    MakeWindow,
    OpenWindow,
    doubtful,
    is_at_rest,
    key,
)
from tests.desktop.seen import reopen, report_of, words
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def button(window: MainWindow, text: str) -> QPushButton:
    found = [offer for offer in (*window.bar.offers, *window.tables.notice.offers) if offer.text() == text]
    assert len(found) == 1
    return found[0]


def test_a_window_opens_where_the_last_one_was_left(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_text(key(COMPULSION), "45")
    session.go_to(key(REVIEW_TOTAL))
    session.review.accept()
    session.select(1)
    session.select(0)
    session.go_to(key(LICENSING))
    before = report_of(window)
    paths, stages = [e.path for e in session.entries], [words(window, row) for row in range(4)]
    window = reopen(window, open_window, qtbot)
    assert [entry.path for entry in window.session.entries] == paths
    assert [words(window, row) for row in range(4)] == stages
    assert window.session.position == 0
    assert str(window.session.key) == LICENSING
    assert report_of(window) == before
    assert window.session.entry is not None
    assert key(REVIEW_TOTAL) not in window.session.entry.open
    assert window.session.entry.as_read[key(COMPULSION)].shown == "0"


def test_nothing_is_read_again_that_was_read_before(
    window: MainWindow, open_window: OpenWindow, backend: FakeBackend, qtbot: QtBot
) -> None:
    for path, report in list(backend.reports.items()):
        if isinstance(report, Report):
            backend.reports[path] = "文件不在了"
    window = reopen(window, open_window, qtbot)
    assert [entry.report is not None for entry in window.session.entries] == [True, True, True, False]


def test_undo_and_redo_are_kept_like_any_change(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_text(key(COMPULSION), "45")
    session.undo_stack.undo()
    session.undo_stack.redo()
    session.undo_stack.undo()
    window = reopen(window, open_window, qtbot)
    assert [edit.reason for edit in report_of(window).edits] == ["修改", "撤销", "修改", "撤销"]
    assert report_of(window).cells[key(COMPULSION)].shown == "0"
    assert window.session.entry is not None
    assert key(COMPULSION) in window.session.entry.open


def test_a_decision_reopens_after_reopening_when_a_number_in_its_equation_changes(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window.session.go_to(key(REVIEW_TOTAL))
    window.session.review.accept()
    window = reopen(window, open_window, qtbot)
    entry = window.session.entry
    assert entry is not None
    assert key(REVIEW_TOTAL) not in entry.open
    window.session.set_text(key("remedies.review.upheld"), "9")
    assert key(REVIEW_TOTAL) in entry.open


def test_an_export_and_what_changed_after_it_are_remembered(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.said):
        window.session.export(tmp_path / "出.xlsx")
    window = reopen(window, open_window, qtbot)
    assert window.session.entries[0].stage is Stage.EXPORTED
    window.session.set_text(key(COMPULSION), "4")
    window = reopen(window, open_window, qtbot)
    assert window.session.entries[0].stage is Stage.CHANGED
    assert window.session.entries[0].exported_to == tmp_path / "出.xlsx"


def test_new_files_come_first_and_known_ones_are_gone_to(
    open_window: OpenWindow, backend: FakeBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    window = reopen(open_window(tmp_path / "乙.txt", tmp_path / "丙.txt"), open_window, qtbot, tmp_path / "甲.txt")
    assert [entry.path.stem for entry in window.session.entries] == ["乙", "丙", "甲"]
    assert window.session.position == 2
    with qtbot.waitSignal(window.session.said) as said:
        window.session.add([tmp_path / "丙.txt"])
    assert said.args == ["info", "1 份文件已在列表中，没有重复添加"]
    assert len(window.session.entries) == 3
    assert window.session.position == 1


def test_a_file_taken_off_the_list_comes_back_with_the_work_in_it(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.set_text(key(COMPULSION), "45")
    qtbot.waitUntil(lambda: window.queue.view.queue.row_of(3) == 1)  # what needs no look has come last
    window.queue.view.remove_current()
    assert [words(window, row) for row in range(window.queue.view.model().rowCount())] == [
        "无存疑，勾稽全部相符",
        "无存疑，勾稽全部相符",
        "文件已损坏；请换一份再试",
    ]
    assert (window.session.position, window.queue.view.currentIndex().row()) == (2, 0)  # the one that was below it
    assert [window.session.undo_stack.count(), window.session.undo_stack.undoText()] == [1, "从列表中移除"]
    for _ in range(2):
        window = reopen(window, open_window, qtbot)
        entries = window.session.entries
        assert len(entries) == 3
        window.session.add([tmp_path / "甲.txt"])
        qtbot.waitUntil(lambda entries=entries: len(entries) == 4 and not entries[3].is_reading)
        window.session.select(3)
        assert report_of(window).cells[key(COMPULSION)].shown == "45"
        window.queue.view.remove_current()


def test_the_last_file_taken_off_the_list_leaves_an_empty_window(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(tmp_path / "乙.txt")
    window.queue.view.remove_current()
    assert window.session.position == -1
    assert window._blank.isVisible()
    window.queue.view.remove_current()


def test_random_actions_are_kept_and_can_all_be_undone(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    session, chance = window.session, random.Random(11)
    start = report_of(window).cells
    keys = list(start)
    for _ in range(150):
        what = chance.random()
        if what < 0.6:
            session.set_text(chance.choice(keys), chance.choice(["", "0", "1", "12", "/", "无", "3.5", "x"]))
        elif what < 0.7:
            session.go_to(chance.choice(keys))
            session.review.accept()
        else:
            session.undo_stack.undo() if what < 0.9 else session.undo_stack.redo()
    end, steps = report_of(window), session.undo_stack.index()
    session.undo_stack.setIndex(0)
    assert report_of(window).cells == start
    session.undo_stack.setIndex(steps)
    assert report_of(window).cells == end.cells
    whole = report_of(window)
    window = reopen(window, open_window, qtbot)
    assert report_of(window) == whole


def test_every_edit_is_on_the_disk_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_text(key(COMPULSION), "45")
    assert window.session.keeper.settle()
    reader = Store(window.session.keeper.folder, may_write=False)
    kept = reader.load(window.session.entries[0].path)
    assert kept.report == window.session.report
    reader.close()


def in_its_thread(keeper: Keeper, work: Callable[[Store], object]) -> None:
    """Do something to the store of a keeper once all is kept that waits."""
    done = Event()
    keeper._submit(Job(lambda store: (work(store), done.set())))
    assert done.wait(5)


# ── trouble ──────────────────────────────────────────────────────────────────────────
@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let nothing be written; ``undo`` makes room."""

    def fail(*_: object) -> None:
        raise WorkspaceUnwritable("磁盘空间不足；请清理磁盘后重试")

    monkeypatch.setattr(Store, "append", fail)
    return monkeypatch


@pytest.fixture
def window_on_a_full_disk(window: MainWindow, full_disk: pytest.MonkeyPatch, qtbot: QtBot) -> MainWindow:
    window.session.set_text(key(COMPULSION), "45")
    window.session.set_text(key(GRANTED), "4")
    qtbot.waitUntil(window.bar.isVisible)
    return window


def test_a_full_disk_is_a_bar_and_work_goes_on(
    window_on_a_full_disk: MainWindow, full_disk: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = window_on_a_full_disk
    qtbot.waitUntil(lambda: window._status.kept.text() == "未保存 2 处")
    assert window.bar.label.text().endswith("磁盘空间不足；请清理磁盘后重试")
    window.session.undo_stack.undo()
    assert window._status.kept.text() == "未保存 3 处"
    full_disk.undo()
    button(window, "重试").click()
    qtbot.waitUntil(lambda: not window.bar.isVisible())
    qtbot.waitUntil(lambda: window._status.kept.text() == "已自动保存")


def test_a_share_that_vanishes_costs_nothing_and_is_gone_back_to(window: MainWindow, qtbot: QtBot) -> None:
    keeper = window.session.keeper
    in_its_thread(keeper, lambda store: store._disconnect())  # what the system does to its handles
    away = keeper.folder.rename(keeper.folder.with_name("断开"))
    window.session.set_text(key(COMPULSION), "45")
    qtbot.waitUntil(window.bar.isVisible)
    assert "网络盘" in window.bar.label.text()
    window.session.set_text(key(GRANTED), "4")
    qtbot.waitUntil(lambda: window._status.kept.text() == "未保存 2 处")
    assert not keeper.folder.exists()  # nothing new is begun in the place of what is away
    away.rename(keeper.folder)
    button(window, "重试").click()
    qtbot.waitUntil(lambda: not window.bar.isVisible())
    reader = Store(keeper.folder, may_write=False)
    assert reader.load(window.session.entries[0].path).report == window.session.report
    reader.close()


def test_a_workspace_that_may_no_longer_be_written_is_said(window: MainWindow, qtbot: QtBot) -> None:
    keeper = window.session.keeper
    readonly = "PRAGMA query_only = ON"  # SQLite's own answer to a file it may not write
    in_its_thread(keeper, lambda store: store._connected().execute(readonly))
    window.session.set_text(key(COMPULSION), "45")
    qtbot.waitUntil(window.bar.isVisible)
    assert "不允许写入" in window.bar.label.text()
    button(window, "重试").click()  # opened anew, it may be written
    qtbot.waitUntil(lambda: not window.bar.isVisible() and keeper.unkept == 0)


def test_a_read_only_folder_is_said_and_may_be_looked_at(
    window: MainWindow, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.session.set_text(key(COMPULSION), "45")
    assert window.session.keeper.settle(5)
    window.let_go()

    def refuse(_lock: WriterLock) -> None:
        with explained(window.session.keeper.folder / FILE):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(WriterLock, "take", refuse)
    other = open_window()
    qtbot.waitUntil(other.bar.isVisible)
    assert "不允许写入" in other.bar.label.text()
    button(other, "只读打开").click()
    qtbot.waitUntil(lambda: other.session.report is not None)
    assert other.session.report.cells[key(COMPULSION)].shown == "45"  # type: ignore[union-attr]
    assert not other.session.set_text(key(COMPULSION), "46")


def test_closing_warns_of_what_is_not_kept_and_goes_on_once_it_is(
    window_on_a_full_disk: MainWindow, full_disk: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = window_on_a_full_disk
    assert not window.close()
    box = window.findChild(QMessageBox)
    assert "2 处修改还没有保存" in box.text()
    full_disk.undo()
    next(button for button in box.buttons() if button.text() == "重试").click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_can_give_up_or_be_taken_back(window_on_a_full_disk: MainWindow, qtbot: QtBot) -> None:
    window = window_on_a_full_disk
    for answer, stays in (("返回核对", True), ("不保存，直接关闭", False)):
        assert not window.close()
        box = window.findChild(QMessageBox)
        next(button for button in box.buttons() if button.text() == answer).click()
        assert window.isVisible() is stays
        qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))


def test_files_wait_calmly_for_a_workspace_that_somebody_else_has(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    second = open_window()
    qtbot.waitUntil(second.bar.isVisible)
    with qtbot.waitSignal(second.session.inbox.searched):
        second.session.add([tmp_path / "甲.txt"])
    assert not second.session.inbox.is_searching
    assert second._blank._title.text() == "工作区没有打开"
    button(second, "只读打开").click()
    qtbot.waitUntil(lambda: len(second.session.entries) == 4)


def test_a_workspace_that_does_not_open_is_missed(
    make_window: MakeWindow, backend: FakeBackend, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive, real = Event(), Store.paths

    def paths(store: Store) -> object:
        drive.wait(30)
        return real(store)

    monkeypatch.setattr(Store, "paths", paths)
    monkeypatch.setattr("desktop.views.workspace_bar._PATIENCE", 50)
    window = make_window(*backend.reports, backend=backend)
    window.show()
    try:
        qtbot.waitUntil(window.bar.isVisible)
        assert "还没有打开" in window.bar.label.text()
    finally:
        drive.set()
    qtbot.waitUntil(lambda: window.session.report is not None)
    assert not window.bar.isVisible()


def test_a_second_window_may_look_and_not_touch(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    second = open_window()
    qtbot.waitUntil(second.bar.isVisible)
    assert "同一时间只能由一个人修改" in second.bar.label.text()
    assert second._status.kept.text() == "工作区没有打开"
    button(second, "只读打开").click()
    qtbot.waitUntil(lambda: len(second.session.entries) == 4 and second.session.report is not None)
    with qtbot.waitSignal(second.session.said):
        assert not second.session.set_text(key(COMPULSION), "4")
    assert report_of(second).edits == ()
    assert second._status.kept.text() == "只读"


def test_files_given_to_a_refused_window_are_read_once_it_is_open(
    window: MainWindow, show_window: MakeWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports[tmp_path / "戊.txt"] = make_report(issuer="清河市水利局")
    second = show_window(tmp_path / "戊.txt", backend=backend)
    qtbot.waitUntil(lambda: bool(second.bar.offers))
    window.close()
    button(second, "重试").click()
    qtbot.waitUntil(lambda: is_at_rest(second, 5))
    assert second.session.position == 4


def test_a_workspace_may_be_any_folder(
    show_window: MakeWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "共享 盘" / "年报"
    show_window(backend=backend, workspace=folder)
    qtbot.waitUntil((folder / FILE).is_file)


# ── reading again ────────────────────────────────────────────────────────────────────
@pytest.fixture
def file(tmp_path: Path, backend: FakeBackend) -> Path:
    """Return a file that is really there, so that it can become another."""
    file = tmp_path / "戊.txt"
    file.write_text("一", "utf-8")
    backend.reports[file] = make_report(cells={COMPULSION: doubtful("0", "O"), GRANTED: doubtful("0", "O")})
    return file


def becomes(file: Path, backend: FakeBackend, cells: dict[str, Cell | str | int]) -> None:
    file.write_text(file.read_text("utf-8") + "二", "utf-8")
    backend.reports[file] = make_report(cells=cells, text="新的正文" * 2000)


def test_a_changed_file_is_said_and_read_again_with_the_decisions_in_it(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    window.session.set_text(key(COMPULSION), "45")
    window.session.set_text(key(GRANTED), "4")
    becomes(file, backend, {COMPULSION: doubtful("0", "O"), GRANTED: "6", LICENSING: 3})
    window = reopen(window, open_window, qtbot)
    entry = window.session.entry
    assert entry is not None
    qtbot.waitUntil(lambda: entry.source is Source.CHANGED)
    assert words(window).startswith("原文件已变 ·")
    assert report_of(window).cells[key(GRANTED)].shown == "4"
    button(window, "重新读取").click()
    qtbot.waitUntil(lambda: entry.source is Source.SAME and not entry.is_reading)
    for _ in range(2):
        cells = report_of(window).cells
        assert [cells[key(name)].shown for name in (COMPULSION, GRANTED, LICENSING)] == ["45", "6", "3"]
        who = window.session.changes.author
        assert cells[key(GRANTED)].doubts[0].note.startswith(f"{who}核为“4”时原文是“O”，现在原文是“6”")
        assert window.session.entry is not None
        assert key(GRANTED) in window.session.entry.open
        assert key(GRANTED) not in window.session.entry.decided
        assert report_of(window).text.startswith("新的正文")
        window = reopen(window, open_window, qtbot)
    assert window.session.entry is not None
    assert window.session.entry.source is Source.SAME


@pytest.mark.parametrize("does", ["mark", "export"])
def test_a_file_changed_while_it_is_looked_at_is_noticed_when_it_is_finished(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot, does: str
) -> None:
    window = open_window(file)
    session = window.session
    qtbot.waitUntil(lambda: is_at_rest(window))
    becomes(file, backend, {GRANTED: "6"})
    session.review.mark_checked() if does == "mark" else session.export(file.with_suffix(".xlsx"))
    qtbot.waitUntil(lambda: session.entry is not None and session.entry.source is Source.CHANGED)


def test_what_was_read_again_is_said_and_can_no_longer_be_undone(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    window.session.set_text(key(GRANTED), "4")
    becomes(file, backend, {GRANTED: "6"})
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: "1 格核对过、但原文已变" in window.tables.notice.label.text())
    assert window.source.view.toPlainText().startswith("新的正文")
    assert not window.session.undo_stack.canUndo()
    assert window.session.set_text(key(GRANTED), "6")
    assert report_of(window).cells[key(GRANTED)].doubts == ()


def test_a_file_that_cannot_be_read_again_leaves_everything_as_it_was(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    window.session.set_text(key(GRANTED), "4")
    before = report_of(window)
    backend.reports[file] = "文件已损坏；请换一份"
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: "没有重新读取" in window.tables.notice.label.text())
    assert report_of(window) == before
    assert window.session.set_text(key(GRANTED), "5")
    window = reopen(window, open_window, qtbot)
    assert report_of(window).cells[key(GRANTED)].shown == "5"


def test_an_unreadable_file_may_be_tried_again(
    window: MainWindow, backend: FakeBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.select(3)
    backend.reports[tmp_path / "丁.docx"] = make_report(issuer="清河市水利局")
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: window.session.report is not None)
    assert window.session.entry is not None
    assert window.session.entry.stage is Stage.CLEAN
    assert window.session.set_text(key(COMPULSION), "4")


def test_a_file_that_is_gone_is_said_and_its_report_stays(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    file.unlink()
    window = reopen(window, open_window, qtbot)
    qtbot.waitUntil(lambda: words(window).startswith("原文件不在 ·"))
    assert report_of(window).cells[key(COMPULSION)].raw == "O"
    assert window.session.set_text(key(GRANTED), "5")


def test_a_confirmed_cell_is_open_again_when_the_file_has_another_number_in_its_equation(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    broken: dict[str, Cell | str | int] = {"remedies.review.upheld": 2, REVIEW_TOTAL: 3}
    becomes(file, backend, broken)
    window = open_window(file)
    window.session.go_to(key(REVIEW_TOTAL))
    window.session.review.accept()
    entry = window.session.entry
    assert entry is not None
    assert key(REVIEW_TOTAL) not in entry.open
    becomes(file, backend, broken)
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: "已重新读取" in window.statusBar().currentMessage())
    assert key(REVIEW_TOTAL) not in entry.open
    becomes(file, backend, {**broken, "remedies.review.upheld": 1})
    QTest.keyClick(window, Key.Key_F5)
    said = "1 格的读数与原来不同（行政复议·结果维持）"
    qtbot.waitUntil(lambda: said in window.statusBar().currentMessage())
    assert key(REVIEW_TOTAL) in entry.open


def test_work_in_a_form_that_has_changed_since_is_carried_over(
    open_window: OpenWindow, backend: FakeBackend, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    window.session.set_text(key(COMPULSION), "45")
    window.close()
    with closing(sqlite3.connect(window.session.keeper.folder / "workspace.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM cell WHERE key = ?", [LICENSING])
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.session.entries) and window.session.entries[0].failure is not None)
    assert "请按 F5 重新读取" in words(window)
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: window.session.report is not None)
    before = report_of(window)
    assert before.cells[key(COMPULSION)].shown == "45"
    assert key(LICENSING) in before.cells
    window = reopen(window, open_window, qtbot)
    assert report_of(window) == before


def test_a_copy_of_a_file_is_said(open_window: OpenWindow, backend: FakeBackend, file: Path) -> None:
    copy = file.with_name("戊 副本.txt")
    copy.write_bytes(file.read_bytes())
    backend.reports[file] = backend.reports[copy] = replace(make_report(), issuer=None)
    window = open_window(file, copy)
    assert [words(window, row).startswith("可能重复 ·") for row in (0, 1)] == [True, True]
    assert "内容相同" in window.tables.notice.label.text()


# ── the author ───────────────────────────────────────────────────────────────────────
def test_the_author_is_asked_for_and_signs_what_is_changed(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window.desk.ask_author()
    dialog = window.findChild(QInputDialog)
    assert dialog.textValue() == window.session.changes.author
    dialog.setTextValue(" 王  五 ")
    dialog.accept()
    window.session.set_text(key(COMPULSION), "4")
    assert report_of(window).edits[-1].author == "王 五"
    window = reopen(window, open_window, qtbot)
    assert window.session.changes.author == "王 五"
    assert report_of(window).cells[key(COMPULSION)].state is State.NUMBER


def test_the_author_is_asked_for_once(window: MainWindow) -> None:
    settings, name = window.desk._settings, window.session.changes.author
    assert settings.author is None
    window.desk.ask_author()
    window.findChild(QInputDialog).reject()
    assert settings.author == name
    settings.remember_author("王五")
    window.desk.ask_author()
    next(dialog for dialog in window.findChildren(QInputDialog) if dialog.isVisible()).reject()
    assert settings.author == "王五"
