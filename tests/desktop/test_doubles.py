"""Reports about the same office and year say so of each other, for as long as they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert all(entry.twin is not None for entry in inbox.entries)
    inbox.remove(inbox.entries[2])
    first, second = inbox.entries
    assert (first.twin, second.twin) == (second.path, first.path)
    inbox.remove(second)
    assert first.twin is None
