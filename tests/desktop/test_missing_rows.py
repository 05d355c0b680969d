"""Rows that the source does not have are offered where the equations determine them, and never fill themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from parser.export.text_sheets import review_sheet
from parser.model.report import CellKey, State
from tests.desktop.conftest import FakeBackend, OpenWindow
from tests.desktop.keys import ALT, CTRL, Key, back_to, focus, press, write
from tests.desktop.seen import bar_of, reopen
from tests.forms import make_report
from tests.rules.tables import ABSENT, COLUMNS, applications

ROWS = ("granted", "carried_forward")


def row_keys(row: str) -> list[CellKey]:
    return [CellKey("applications", row, column) for column in COLUMNS]


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """Return a report without two rows that stand in different sums, and another without any."""
    absent = {str(key): ABSENT for row in ROWS for key in row_keys(row)}
    return FakeBackend({tmp_path / "缺行.txt": make_report("2021", applications() | absent)})


@pytest.fixture
def window(open_window: OpenWindow, backend: FakeBackend) -> MainWindow:
    return open_window(*backend.reports)


def missing(session: Session) -> set[str]:
    assert session.report is not None
    return {key.row for key, cell in session.report.cells.items() if cell.state is State.ABSENT}


def offer(window: MainWindow) -> str:
    buttons = window.tables.findChildren(QPushButton)
    return next((b.text() for b in buttons if b.isVisible() and "Alt+1" in b.text()), "")


def figures(session: Session, row: str) -> list[str]:
    assert session.report is not None
    return [session.report.cells[key].shown for key in row_keys(row)]


def test_nothing_is_filled_by_itself(window: MainWindow, session: Session) -> None:
    assert missing(session) == set(ROWS)
    (finding,) = [f for f in window.findings.view.model().findings if f.rule == "X-ABSENT"]
    words = window.findings.view.model().index(window.findings.view.model().row_of(finding), 0).data()
    assert words == f"{finding.message}（其中 2 行可按勾稽关系补入，选中后按 Alt+1）"


def test_f8_and_one_key_a_row_put_the_rows_in(window: MainWindow, session: Session) -> None:
    truth = applications()
    press(Key.Key_F8)
    assert (session.key or CellKey("", "", "")).row == "granted"
    assert offer(window) == "补入 60（本行 7 格）  Alt+1"
    press(Key.Key_1, ALT)
    assert missing(session) == {"carried_forward"}
    assert figures(session, "granted") == [str(truth[str(key)]) for key in row_keys("granted")]
    assert session.key == CellKey("applications", "carried_forward", "natural_person")
    assert "还有 1 行可以按勾稽关系补入" in window.statusBar().currentMessage()
    press(Key.Key_1, ALT)
    assert missing(session) == set()
    assert session.entry is not None
    assert not session.entry.error_count


def test_each_row_is_one_step(window: MainWindow, session: Session) -> None:
    press(Key.Key_F8)
    press(Key.Key_1, ALT)
    press(Key.Key_1, ALT)
    press(Key.Key_Z, CTRL)
    assert missing(session) == {"carried_forward"}
    press(Key.Key_Z, CTRL)
    assert missing(session) == set(ROWS)
    press(Key.Key_Y, CTRL)
    assert missing(session) == {"carried_forward"}


def test_a_row_put_in_is_kept_with_its_proof(
    window: MainWindow, session: Session, open_window: OpenWindow, qtbot: QtBot
) -> None:
    press(Key.Key_F8)
    press(Key.Key_1, ALT)
    before = session.report
    session = reopen(window, open_window, qtbot).session
    assert session.report == before
    assert session.report is not None
    assert {edit.reason.partition("：")[0] for edit in session.report.edits} == {"采用建议"}
    assert "六类申请人之和 60+12+1=73，总计 73，相等" in session.report.edits[0].reason


def test_a_row_that_the_figures_no_longer_determine_is_not_offered(window: MainWindow, session: Session) -> None:
    session.set_text(CellKey("applications", "results_total", "natural_person"), "999")
    rows = [row for row in window.findings.view.model().findings if row.rule == "X-ABSENT"]
    words = window.findings.view.model().index(window.findings.view.model().row_of(rows[0]), 0).data()
    assert "补入" not in words
    press(Key.Key_F8)
    press(Key.Key_1, ALT)
    assert missing(session) == set(ROWS)


def test_of_a_figure_typed_where_the_source_has_no_cell_it_says_so(window: MainWindow, session: Session) -> None:
    session.go_to(row_keys("granted")[0])
    window.tables.focus_current()
    write("60")
    press(Key.Key_Return)
    session.go_to(row_keys("granted")[0])
    assert "由“无此格”改为" in bar_of(window).why.text()
    press(Key.Key_Delete)
    write("61")
    press(Key.Key_Return)
    session.go_to(row_keys("granted")[0])
    assert "由“空白”改为" in bar_of(window).why.text()


def explain(window: MainWindow, qtbot: QtBot) -> None:
    """Say of the finding that is lit up that the source has it so, for the usual reason."""
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    press(Key.Key_Return)
    back_to(window, qtbot)


def as_printed(session: Session) -> set[str]:
    assert session.entry is not None
    return {key.row for key in session.entry.decided}


def test_all_cells_of_missing_rows_are_called_as_printed_in_one_step_and_the_cursor_stays(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    press(Key.Key_F8)
    press(Key.Key_Right)
    here = session.key
    assert here == row_keys("granted")[1]
    explain(window, qtbot)
    assert session.key == here
    assert session.entry is not None
    assert set(session.entry.decided) == {key for row in ROWS for key in row_keys(row)}
    table = window.tables.current_table
    assert table is not None
    assert all(table._model._looks.at(key).printed for row in ROWS for key in row_keys(row))
    assert not session.entry.error_count
    press(Key.Key_Z, CTRL)
    assert not session.entry.decided
    assert session.entry.error_count == 1


def test_one_cell_called_as_printed_says_nothing_of_the_others_that_are_missing(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.go_to(row_keys("granted")[0])
    window.tables.focus_current()
    explain(window, qtbot)
    assert session.entry is not None
    assert set(session.entry.decided) == {row_keys("granted")[0]}
    assert session.entry.error_count == 1
    press(Key.Key_F8)
    explain(window, qtbot)
    assert not session.entry.error_count


def test_over_the_table_stands_why_a_row_may_be_missing(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_F8)
    explain(window, qtbot)
    for key in row_keys("carried_forward"):
        session.go_to(key)
        words = bar_of(window).why.text()
        assert words.startswith("原文如此：原件漏填（")
        assert words.endswith("原文无此格")


def test_the_record_says_once_which_rows_are_missing_and_why(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    press(Key.Key_F8)
    explain(window, qtbot)
    entry = session.entry
    assert entry is not None
    assert entry.report is not None
    told = [str(cell.shown.content) for cell in review_sheet(entry.report, entry.assessment, entry.open).cells]
    assert "三、修改与确认记录（1）" in told
    assert told[-1] == "原文如此：原件漏填"
    (rows,) = [words for words in told if words.startswith("14 格：")]
    assert rows.count("（全部 7 格）") == 2


def test_a_row_may_still_be_put_in_where_it_was_called_missing(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    press(Key.Key_F8)
    explain(window, qtbot)
    session.go_to(row_keys("granted")[0])
    write("60")
    press(Key.Key_Return)
    session.go_to(row_keys("granted")[0])
    assert "由“无此格”改为" in bar_of(window).why.text()
    assert as_printed(session) == set(ROWS)
