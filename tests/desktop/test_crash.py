from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.crash import CrashReporter
from desktop.main_window import MainWindow


@pytest.fixture
def reporter(tmp_path: Path) -> Iterator[CrashReporter]:
    """Return a reporter in place of the hook; pytest-qt's own comes back afterwards."""
    hook = sys.excepthook
    reporter = CrashReporter(tmp_path / "nianbao.log")
    reporter.install()
    yield reporter
    sys.excepthook = hook


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def fail(message: str) -> None:
    try:
        raise ValueError(message)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_an_error_is_shown_once_however_often_it_comes(
    window: MainWindow, reporter: CrashReporter, qtbot: QtBot
) -> None:
    for _ in range(3):
        fail("每次绘制都出错")
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    boxes()[0].reject()
    qtbot.waitUntil(lambda: not boxes())
    fail("每次绘制都出错")
    fail("另一个错误")
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    box = boxes()[0]
    assert box.detailedText() == "ValueError: 另一个错误"
    box.reject()


def test_an_error_while_painting_leaves_no_painter_behind(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.views.pane.theme_of", lambda _: None)
    with pytest.raises(AttributeError):
        window.source._header.repaint()
    monkeypatch.undo()
    assert not window.grab().isNull()
