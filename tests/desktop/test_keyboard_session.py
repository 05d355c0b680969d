"""A clerk with nothing but a keyboard takes a damaged report from Ctrl+O to the workbook; the keys are counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.settings import Settings
from parser.pipeline import open_report
from tests.desktop.clerk import TRUTH, carry_through
from tests.desktop.conftest import MakeWindow
from tests.desktop.keys import Hands
from tests.desktop.sample_text import damaged_text

_TO_SPARE = 5
_NAME = "清河.txt"


@pytest.fixture
def window(show_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Return an empty window; the folder with the damaged report is where files were opened the last time."""
    (tmp_path / _NAME).write_text(damaged_text(), encoding="utf-8")
    Settings(tmp_path / "window.ini").remember_folder("open", tmp_path)
    return show_window(workspace=tmp_path / "工作区")


def test_a_damaged_report_goes_from_open_to_workbook_without_the_mouse(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Every key counts. What is left of the five: Ctrl+O, Ctrl+Enter, Ctrl+E and Enter for the proposed name."""
    hands = Hands()
    due = carry_through(window, hands, _NAME, qtbot.waitUntil)
    assert hands.count <= due + _TO_SPARE
    workbook = open_report(next(tmp_path.glob("*.xlsx")))
    shown = {str(key): cell.shown for key, cell in workbook.cells.items()}
    assert {key: shown[key] for key in TRUTH} == TRUTH
    assert "未核" not in next(tmp_path.glob("*.xlsx")).name
