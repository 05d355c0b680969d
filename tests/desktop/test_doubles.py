"""Reports about the same office and year say so of each other, for as long as they are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from tests.desktop.conftest import FakeBackend
from tests.forms import make_report


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """Return three reports of one office for one year."""
    reports = {tmp_path / f"{name}.txt": make_report(issuer="清河市水务局", year=2023) for name in "甲乙丙"}
    for path in reports:
        path.write_text("年报", "utf-8")
    return FakeBackend(reports)


def test_of_three_doubles_two_stay_such_when_one_is_removed(window: MainWindow) -> None:
    inbox = window.session.inbox
    paths = {entry.path for entry in inbox.entries}
    assert all({entry.path, *entry.twins} == paths for entry in inbox.entries)
    inbox.remove(inbox.entries[2])
    first, second = inbox.entries
    assert (first.twins, second.twins) == ((second.path,), (first.path,))
    inbox.remove(second)
    assert first.twins == ()


def test_the_bar_that_names_a_double_goes_with_it(window: MainWindow) -> None:
    window.session.select(0)
    notice, inbox = window.tables.notice, window.session.inbox
    assert notice.label.text() == "“乙.txt”、“丙.txt”都是清河市水务局 2023 年的年报，请确认是否重复"
    assert notice.isVisible()
    inbox.remove(inbox.entries[2])
    assert notice.label.text() == "“乙.txt”也是清河市水务局 2023 年的年报，请确认是否重复"
    inbox.remove(inbox.entries[1])
    assert not notice.isVisible()


def test_a_bar_over_the_results_moves_no_cell(window: MainWindow) -> None:
    window.session.select(0)
    window.tables.notice.hide()
    QApplication.processEvents()
    table = window.tables.current_table
    assert table is not None
    before = table.viewport().mapTo(window, QPoint())
    window.tables.notice.say("无法写入“某.xlsx”", is_error=True)
    QApplication.processEvents()
    assert window.tables.notice.isVisible()
    assert table.viewport().mapTo(window, QPoint()) == before
