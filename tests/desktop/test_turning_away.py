"""Another report comes into sight while a figure is being typed."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.removing import remove
from tests.desktop.conftest import GRANTED, FakeBackend, OpenWindow, key
from tests.desktop.keys import write


def test_what_is_being_typed_goes_into_its_own_report_when_another_comes_into_sight(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(tmp_path / "甲.txt", tmp_path / "乙.txt")
    session, (first, second) = window.session, window.session.entries
    for leave in (lambda: session.select(1), lambda: remove(session, [session.entries[0]])):
        session.select(0)
        session.go_to(key(GRANTED))
        window.tables.focus_current()
        write("78")
        leave()
        assert session.entry is second
        assert first.report is not None
        assert first.report.cells[key(GRANTED)].shown == "78"
        assert second.report is not None
        assert not second.report.edits
        session.undo_stack.undo()


def test_half_a_value_is_let_go_and_said_when_another_report_comes_into_sight(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(tmp_path / "甲.txt", tmp_path / "乙.txt")
    session = window.session
    session.select(0)
    session.go_to(key(GRANTED))
    window.tables.focus_current()
    write("7-")
    with qtbot.waitSignal(session.said, check_params_cb=lambda _, words: "“7-”不是数，没有改" in words):
        session.select(1)
    assert not any(entry.report.edits for entry in session.entries if entry.report)


def test_a_clerk_who_types_is_followed_by_no_report_that_needs_one_more(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "乙.txt")
    window.session.go_to(key(GRANTED))
    window.session._is_following = True  # as at the start, with the first cell chosen for the clerk
    window.tables.focus_current()
    write("7")
    assert not window.session._is_following
