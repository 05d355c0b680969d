from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.app import create_window
from desktop.main_window import MainWindow
from desktop.settings import Settings
from parser.model.report import State
from parser.pipeline import open_report
from tests.desktop.conftest import key
from tests.desktop.sample_text import write_samples


def test_from_files_to_a_workbook_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    write_samples(tmp_path / "报告 2023")
    window = create_window([tmp_path / "报告 2023"], settings=Settings(tmp_path / "window.ini"))
    assert isinstance(window, MainWindow)
    qtbot.addWidget(window, before_close_func=lambda w: w.let_go())
    session = window.session
    qtbot.waitUntil(
        lambda: len(session.entries) == 6 and not any(e.is_reading for e in session.entries), timeout=20_000
    )
    failed = [entry.path.name for entry in session.entries if entry.failure]
    assert failed == ["通讯录.txt"]
    session.select(next(i for i, e in enumerate(session.entries) if e.path.name.startswith("清河市农业农村局")))
    assert session.set_text(key("applications.granted.natural_person"), "12")
    assert session.set_text(key("proactive.rules.issued"), "无")
    target = tmp_path / session.exporter.proposed_name(session.entry)
    assert target.name == "清河市农业农村局2023年报（未核）.xlsx"
    with qtbot.waitSignal(session.said, timeout=20_000):
        session.export(target)
    again = open_report(target)
    assert again.cells[key("applications.granted.natural_person")].shown == "12"
    mark = again.cells[key("proactive.rules.issued")]
    assert (mark.state, mark.shown) == (State.MARK, "无")
    assert session.entry is not None
    assert not session.entry.is_unexported
