"""What is done to a block of cells at once, by keys; each is one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from desktop.session import Session
from parser.model.report import Cell, State
from tests.desktop.conftest import FakeBackend, key
from tests.desktop.keys import CTRL, SHIFT, Key, press, write
from tests.forms import make_report

ROW = ("natural_person", "commercial_enterprise", "research_institution")
GRANTED, PARTIAL, SECRET, FORBIDDEN = (
    f"applications.{row}" for row in ("granted", "partially_granted", "denied_state_secret", "denied_prohibited_by_law")
)
Values = Callable[[str], list[str]]


@pytest.fixture
def backend(backend: FakeBackend) -> FakeBackend:
    """Return the backend, in its first report a few figures to fill down, and one cell that cannot be read."""
    cells: dict[str, Cell | int] = {f"{GRANTED}.{column}": number for number, column in enumerate(ROW, 5)}
    cells[f"{FORBIDDEN}.natural_person"] = Cell(State.UNREADABLE, raw="见表")
    backend.reports[next(iter(backend.reports))] = make_report(cells=cells)
    return backend


@pytest.fixture
def values(session: Session) -> Values:
    """Return a function that says what stands in the first three cells of a row."""

    def shown(row: str) -> list[str]:
        assert session.report is not None
        return [session.report.cells[key(f"{row}.{column}")].shown for column in ROW]

    return shown


def go(window: MainWindow, name: str) -> None:
    window.session.go_to(key(name))
    window.tables.focus_current()


def test_ctrl_c_copies_a_block_for_spreadsheets(window: MainWindow) -> None:
    go(window, f"{GRANTED}.natural_person")
    press(Key.Key_Right, SHIFT)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "5\t6\n0\t0"
    assert window.statusBar().currentMessage() == "已复制 4 格"


def test_ctrl_v_pastes_a_block_as_one_step_or_not_at_all(window: MainWindow, session: Session, values: Values) -> None:
    go(window, f"{GRANTED}.natural_person")
    QApplication.clipboard().setText("1\t2\n3\t/\n")
    press(Key.Key_V, CTRL)
    assert values(GRANTED) == ["1", "2", "7"]
    assert values(PARTIAL) == ["3", "/", "0"]
    assert session.undo_stack.count() == 1
    assert window.statusBar().currentMessage() == "已粘贴 4 格"
    QApplication.clipboard().setText("7\t见表")
    press(Key.Key_V, CTRL)
    assert values(GRANTED) == ["1", "2", "7"]
    assert session.undo_stack.count() == 1
    assert "没有粘贴：“见表”不是数" in window.statusBar().currentMessage()


def test_what_is_pasted_beyond_the_table_is_left_out_and_counted(window: MainWindow, session: Session) -> None:
    go(window, "applications.carried_forward.other_org")
    QApplication.clipboard().setText("1\t2\t3\n4\n")
    press(Key.Key_V, CTRL)
    assert session.report is not None
    assert session.report.cells[key("applications.carried_forward.total")].shown == "2"
    assert window.statusBar().currentMessage() == "已粘贴 2 格；另有 2 格超出表格，没有粘贴"


def test_ctrl_d_fills_the_topmost_cells_down_and_is_undone_in_one_step(
    window: MainWindow, session: Session, values: Values
) -> None:
    go(window, f"{GRANTED}.natural_person")
    press(Key.Key_Right, SHIFT)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_D, CTRL)
    assert window.statusBar().currentMessage() == "已向下填充 4 格"
    assert [values(row) for row in (GRANTED, PARTIAL, SECRET)] == [["5", "6", "7"], ["5", "6", "0"], ["5", "6", "0"]]
    assert session.undo_stack.count() == 1
    press(Key.Key_Z, CTRL)
    assert "已撤销“向下填充”" in window.statusBar().currentMessage()
    assert [values(row) for row in (PARTIAL, SECRET)] == [["0", "0", "0"]] * 2
    press(Key.Key_Y, CTRL)
    assert [values(row) for row in (PARTIAL, SECRET)] == [["5", "6", "0"]] * 2


def test_what_changes_nothing_is_no_step_and_says_so(window: MainWindow, session: Session) -> None:
    go(window, f"{PARTIAL}.natural_person")
    press(Key.Key_D, CTRL)
    count, said = session.undo_stack.count(), window.statusBar().currentMessage()
    press(Key.Key_D, CTRL)
    assert session.undo_stack.count() == count
    assert (said, window.statusBar().currentMessage()) == ("已向下填充 1 格", "这些格里本来就是这样，没有改动")
    press(Key.Key_C, CTRL)
    press(Key.Key_V, CTRL)
    assert window.statusBar().currentMessage() == "这些格里本来就是这样，没有改动"
    assert session.undo_stack.count() == count


def test_ctrl_d_takes_the_cell_above_where_one_row_is_selected(
    window: MainWindow, session: Session, values: Values
) -> None:
    go(window, f"{PARTIAL}.natural_person")
    press(Key.Key_D, CTRL)
    assert values(PARTIAL) == ["5", "0", "0"]
    press(Key.Key_Space, SHIFT)  # the row
    press(Key.Key_D, CTRL)
    assert values(PARTIAL) == ["5", "6", "7"]
    assert session.undo_stack.count() == 2


@pytest.mark.parametrize(
    "name",
    ["applications.new_received.natural_person", "applications.denied_three_securities_one_stability.natural_person"],
)
def test_ctrl_d_below_nothing_that_was_read_changes_nothing_and_says_so(
    window: MainWindow, session: Session, name: str
) -> None:
    go(window, name)
    press(Key.Key_D, CTRL)
    assert session.undo_stack.count() == 0
    assert window.statusBar().currentMessage() == "上面没有可以向下填充的数"


def test_delete_empties_the_selected_cells_in_one_step(window: MainWindow, session: Session, values: Values) -> None:
    go(window, f"{GRANTED}.natural_person")
    press(Key.Key_Right, SHIFT)
    press(Key.Key_Delete)
    assert values(GRANTED) == ["", "", "7"]
    press(Key.Key_Z, CTRL)
    assert values(GRANTED) == ["5", "6", "7"]


@pytest.fixture
def scattered(window: MainWindow) -> MainWindow:
    """Return the window with the first and the third cell of a row selected, not the second."""
    go(window, f"{GRANTED}.natural_person")
    table = window.tables.current_table
    assert table is not None
    third = table.model().index_of(key(f"{GRANTED}.{ROW[2]}"))  # type: ignore[attr-defined]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, CTRL, table.visualRect(third).center())
    assert table.blocks.keys() == [key(f"{GRANTED}.{ROW[place]}") for place in (0, 2)]
    return window


def test_cells_that_do_not_make_a_block_are_neither_copied_nor_pasted_over(
    scattered: MainWindow, session: Session, values: Values
) -> None:
    QApplication.clipboard().setText("1\t2")
    press(Key.Key_C, CTRL)
    assert "不能复制" in scattered.statusBar().currentMessage()
    assert QApplication.clipboard().text() == "1\t2"
    press(Key.Key_V, CTRL)
    assert "不能粘贴" in scattered.statusBar().currentMessage()
    assert values(GRANTED) == ["5", "6", "7"]
    press(Key.Key_Delete)
    assert values(GRANTED) == ["", "6", ""]


def test_where_no_cell_is_selected_nothing_is_copied_or_pasted(
    window: MainWindow, session: Session, values: Values
) -> None:
    go(window, f"{GRANTED}.natural_person")
    table = window.tables.current_table
    assert table is not None
    table.selectionModel().clear()
    QApplication.clipboard().setText("1\t2")
    table.blocks.copy()
    assert QApplication.clipboard().text() == "1\t2"
    assert window.statusBar().currentMessage() == "还没有选中单元格；请先选一格"
    table.blocks.paste()
    assert values(GRANTED) == ["5", "6", "7"]


def test_what_is_typed_after_pasting_goes_where_it_was_pasted(
    window: MainWindow, session: Session, values: Values
) -> None:
    go(window, f"{GRANTED}.natural_person")
    QApplication.clipboard().setText("5\t3")  # the first is what stands there
    press(Key.Key_V, CTRL)
    assert str(session.key) == f"{GRANTED}.natural_person"
    write("9")
    press(Key.Key_Return)
    assert values(GRANTED) == ["9", "3", "7"]
