from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.entries import Stage
from desktop.main_window import MainWindow
from parser.model.report import Report, State
from tests.conftest import ROOT
from tests.desktop.conftest import COMPULSION, GRANTED, REVIEW_TOTAL, MakeWindow, doubtful, key
from tests.desktop.paged import SlowBackend, draw_report
from tests.desktop.seen import let_follow, report_of, words
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier
_TABLES_DONE, _ALL = 4, 6  # steps


@pytest.fixture
def backend(tmp_path: Path) -> SlowBackend:
    doubts = {COMPULSION: doubtful("0", "O"), GRANTED: doubtful("0", "O"), REVIEW_TOTAL: 3, "remedies.review.upheld": 2}
    first, second = tmp_path / "一.pdf", tmp_path / "二.pdf"
    reports = {
        first: draw_report(first, cells=doubts),
        second: draw_report(second, issuer="清河市水利局"),
        tmp_path / "三.txt": make_report(issuer="清河市民政局"),
    }
    backend = SlowBackend(reports)
    backend.is_slow = {first, second}
    return backend


@pytest.fixture
def window(show_window: MakeWindow, backend: SlowBackend, qtbot: QtBot) -> MainWindow:
    window = show_window(*backend.reports, backend=backend)
    qtbot.waitUntil(lambda: bool(backend.started))
    return window


def next_time(window: MainWindow, show_window: MakeWindow, backend: SlowBackend, qtbot: QtBot) -> MainWindow:
    """Close the window while the prose of the first file is being read, and open it again with its tables."""
    started = len(backend.started)
    window.close()
    qtbot.waitUntil(lambda: backend.ended == backend.started)
    window = show_window(backend=backend)
    qtbot.waitUntil(lambda: window.session.report is not None and len(backend.started) > started)
    return window


def go_on(qtbot: QtBot, window: MainWindow, backend: SlowBackend, steps: int) -> None:
    """Let steps of the current file happen, and wait until the window shows the last of them."""
    entry = window.session.entry
    assert entry is not None
    shares = [0.1, 0.4, 0.6, 0.8, 0.9]
    done = next((n for n, share in enumerate(shares, 1) if entry.progress and entry.progress.share == share), 0) + steps
    backend.let_go_on(steps)
    if done >= _ALL:
        qtbot.waitUntil(lambda: not entry.is_reading)
    else:
        qtbot.waitUntil(lambda: entry.progress is not None and entry.progress.share == shares[done - 1])


def test_pages_are_there_before_anything_is_read(window: MainWindow, qtbot: QtBot) -> None:
    view = window.source.pages.view
    qtbot.waitUntil(lambda: len(view._items) == 5)
    assert view.isVisible()
    assert view is window.source.view
    assert window.review.beside.isVisible()
    assert "正在读取“一.pdf”" in window.review.beside._title.text()


def test_the_queue_and_the_page_say_how_far_reading_is(window: MainWindow, backend: SlowBackend, qtbot: QtBot) -> None:
    assert words(window, 1) == "等待读取"
    go_on(qtbot, window, backend, 1)
    assert words(window) == "10% · 正在识别第 1 页"
    assert window.review.beside._title.text() == "正在读取“一.pdf”"
    assert window.review.beside._detail.text() == "10% · 正在识别第 1 页"


def test_tables_fill_as_they_are_read_and_may_be_changed_once_all_are_there(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, 2)
    session, model = window.session, window.tables.tables[0].model()
    assert window.tables.isVisible()
    assert report_of(window).cells[key(GRANTED)].state is State.ABSENT
    index = window.tables.tables[0].model().index_of(key(COMPULSION))
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(session.said):
        assert not session.set_text(key(COMPULSION), "7")
    QTest.keyClick(window.tables.tables[0], Key.Key_Delete)
    assert session.undo_stack.count() == 0
    assert "40% · 正在识别第 2 页" in window._status.left.text()
    go_on(qtbot, window, backend, 2)
    assert report_of(window).cells[key(GRANTED)].state is State.NUMBER
    assert session.entry is not None
    assert session.entry.stage is Stage.READING
    assert not window.actions_.export.isEnabled()
    assert session.set_text(key(COMPULSION), "7")


def test_the_cell_the_clerk_looks_at_stays_when_the_prose_has_been_read(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, _TABLES_DONE)
    session, at = window.session, window.session.key
    assert session.entry is not None
    assert at == session.entry.first_to_look_at
    session.review.call_printed([at], "原件如此")
    assert session.key == at != session.entry.first_to_look_at
    go_on(qtbot, window, backend, 2)
    assert session.entry.is_complete
    assert session.key == at


def test_what_the_clerk_did_before_the_prose_was_read_is_kept_and_can_be_undone(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, _TABLES_DONE)
    session = window.session
    session.set_text(key(REVIEW_TOTAL), "2")
    session.go_to(key(GRANTED))
    window.tables.focus_current()
    QTest.keyClick(window.tables.current_table, Key.Key_Return)
    chosen = session.key
    go_on(qtbot, window, backend, 2)
    assert session.entry is not None
    assert session.entry.is_complete
    assert session.key == chosen
    report = report_of(window)
    assert report.cells[key(REVIEW_TOTAL)].shown == "2"
    assert [edit.reason for edit in report.edits] == ["修改", "确认"]
    assert report.text
    assert report.sections["1"] == "（略）"
    assert window.source.text.view.toPlainText() == report.text
    assert not session.entry.error_count
    assert session.entry.is_unexported
    for _ in range(2):
        QTest.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert report_of(window).cells[key(REVIEW_TOTAL)].shown == "3"
    assert not session.entry.is_unexported
    QTest.keyClick(window, Key.Key_Y, Modifier.ControlModifier)
    assert report_of(window).cells[key(REVIEW_TOTAL)].shown == "2"


def test_an_untouched_cell_gives_way_to_the_first_doubt_and_a_chosen_one_stays(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, 2)
    assert str(window.session.key) == COMPULSION
    window.session.go_to(key("proactive.rules.issued"))
    go_on(qtbot, window, backend, 4)
    assert str(window.session.key) == "proactive.rules.issued"


def test_stopping_takes_effect_at_once_and_reading_can_be_taken_up_again(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, 2)
    qtbot.waitUntil(window.queue.reading_button.isVisible)
    window.queue.reading_button.click()
    qtbot.waitUntil(lambda: window.session.inbox.reading._running is None)
    assert [words(window, row) for row in range(3)] == ["已停止"] * 3
    assert window.session.report is None
    assert window.source.view.isVisible()
    assert window.review.beside.isVisible()
    again = next(b for b in window.review.beside.findChildren(QPushButton) if b.text() == "继续读取")
    assert again.isVisible()
    again.click()
    qtbot.waitUntil(lambda: backend.started.count(window.session.entries[0].path) == 2)
    go_on(qtbot, window, backend, _ALL)
    assert report_of(window).cells[key(REVIEW_TOTAL)].shown == "3"


def test_stopping_while_the_prose_is_read_keeps_the_tables_and_the_work_in_them(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, _TABLES_DONE)
    window.session.set_text(key(REVIEW_TOTAL), "2")
    window.session.stop_reading()
    entry = window.session.entry
    assert entry is not None
    assert entry.is_unread
    assert words(window).startswith("正文未读 ·")
    assert report_of(window).cells[key(REVIEW_TOTAL)].shown == "2"
    window.session.set_text(key(COMPULSION), "4")
    window.session.resume_reading()
    qtbot.waitUntil(lambda: backend.started.count(entry.path) == 2)
    backend.let_go_on(_ALL)
    qtbot.waitUntil(lambda: entry.is_complete)
    assert [report_of(window).cells[key(name)].shown for name in (REVIEW_TOTAL, COMPULSION)] == ["2", "4"]
    assert report_of(window).text


def test_tables_changed_before_the_prose_was_read_are_there_when_the_window_opens_again(
    window: MainWindow, show_window: MakeWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    go_on(qtbot, window, backend, _TABLES_DONE)
    window.session.set_text(key(REVIEW_TOTAL), "2")
    window = next_time(window, show_window, backend, qtbot)
    entry = window.session.entries[0]
    assert window.session.entry is entry
    assert (report_of(window).cells[key(REVIEW_TOTAL)].shown, report_of(window).text) == ("2", "")
    window.session.set_text(key(COMPULSION), "4")
    backend.let_go_on(_ALL)
    qtbot.waitUntil(lambda: entry.is_complete)
    whole = report_of(window)
    assert whole.text
    assert [edit.reason for edit in whole.edits] == ["修改", "修改"]
    assert entry.as_read[key(REVIEW_TOTAL)].shown == "3"
    qtbot.waitUntil(lambda: window.session.entries[1].progress is not None)
    window = next_time(window, show_window, backend, qtbot)
    assert window.session.entries[0].is_complete
    assert report_of(window) == whole


def test_tables_of_a_file_that_was_replaced_before_its_prose_was_read_are_read_again(
    window: MainWindow, show_window: MakeWindow, backend: SlowBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    go_on(qtbot, window, backend, _TABLES_DONE)
    window.session.set_text(key(COMPULSION), "4")
    backend.reports[tmp_path / "一.pdf"] = draw_report(
        tmp_path / "一.pdf", cells={COMPULSION: doubtful("0", "O"), GRANTED: 8}, title="另一份"
    )
    window = next_time(window, show_window, backend, qtbot)
    entry = window.session.entries[0]
    backend.let_go_on(_ALL)
    qtbot.waitUntil(lambda: entry.is_complete)
    assert [report_of(window).cells[key(name)].shown for name in (COMPULSION, GRANTED)] == ["4", "8"]
    assert report_of(window).title == "另一份"


def test_a_file_that_does_not_hear_is_not_waited_for(window: MainWindow, backend: SlowBackend, qtbot: QtBot) -> None:
    backend.is_deaf = True
    window.session.stop_reading()
    assert words(window) == "已停止"
    backend.let_go_on(_TABLES_DONE)
    qtbot.wait(50)
    assert window.session.report is None
    backend.is_deaf = False
    qtbot.waitUntil(lambda: window.session.inbox.reading._running is None)
    assert words(window) == "已停止"


def test_a_file_read_in_the_background_leaves_the_current_one_alone(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    backend.let_go_on(_ALL)
    qtbot.waitUntil(lambda: window.session.entries[0].is_complete)
    window.session.go_to(key(GRANTED))
    backend.let_go_on(2)
    qtbot.waitUntil(
        lambda: window.session.entries[1].progress is not None and window.session.entries[1].report is not None
    )
    assert window.session.position == 0
    assert str(window.session.key) == GRANTED
    assert words(window, 1).endswith("正在识别第 2 页")
    window.session.select(1)
    assert report_of(window).issuer == "清河市水利局"
    assert window.review.report.isVisible()


def test_a_file_that_turns_out_unreadable_takes_its_unfinished_tables_with_it(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    backend.fails_at = 0.6
    go_on(qtbot, window, backend, 2)
    assert window.review.report.isVisible()
    backend.let_go_on()
    qtbot.waitUntil(lambda: words(window) == "后面的页已损坏；请重新扫描")
    assert window.review.beside._detail.text() == "后面的页已损坏；请重新扫描"
    assert window.source.pages.view.isVisible()
    let_follow(window)
    assert not any(item.marks for item in window.source.pages.view._items)


def test_complete_tables_stay_when_the_prose_cannot_be_read(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot
) -> None:
    backend.fails_at = 0.9
    go_on(qtbot, window, backend, _TABLES_DONE)
    window.session.set_text(key(REVIEW_TOTAL), "2")
    backend.let_go_on()
    qtbot.waitUntil(window.tables.notice.isVisible)
    assert window.tables.notice.label.text() == "正文没有读出来：后面的页已损坏；请重新扫描"
    assert report_of(window).cells[key(REVIEW_TOTAL)].shown == "2"
    assert window.actions_.export.isEnabled()
    assert words(window).startswith("正文未读 ·")


def test_closing_the_window_stops_what_is_being_read(window: MainWindow, backend: SlowBackend, qtbot: QtBot) -> None:
    assert not backend.ended
    window.close()
    qtbot.waitUntil(lambda: backend.ended == backend.started)


def test_a_program_that_ends_while_pages_are_read_and_drawn_ends_well(tmp_path: Path) -> None:
    draw_report(tmp_path / "一.pdf", pages=12)
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication; from desktop.app import create_window\n"
        "app = QApplication([]); window = create_window([Path(sys.argv[1])]); window.show()\n"
        "window.review.images.opened.connect(lambda: QTimer.singleShot(30, app.exit)); app.exec()"
    )
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", program, tmp_path / "一.pdf"], cwd=ROOT, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()


def test_a_report_changed_while_read_counts_as_changed(window: MainWindow, backend: SlowBackend, qtbot: QtBot) -> None:
    go_on(qtbot, window, backend, 2)
    entry = window.session.entry
    assert entry is not None
    assert not entry.is_unexported
    go_on(qtbot, window, backend, 2)
    assert not entry.is_unexported
    window.session.set_text(key(COMPULSION), "4")
    assert entry.is_unexported


def test_the_final_report_of_unchanged_tables_is_taken_as_it_is(
    window: MainWindow, backend: SlowBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    go_on(qtbot, window, backend, _ALL)
    expected = backend.reports[tmp_path / "一.pdf"]
    assert isinstance(expected, Report)
    assert replace(report_of(window)) == expected
