from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.queue_model import ARRIVAL
from desktop.session import Session
from desktop.views.pane import holds_focus
from parser.model.report import Cell, State
from tests.desktop.conftest import COMPULSION, GRANTED, LICENSING, REVIEW_TOTAL, FakeBackend, OpenWindow, key
from tests.desktop.keys import CTRL, SHIFT, back_to, focus, press, write
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Return the window at a doubt in the first table."""
    window.session.go_to(key(COMPULSION))
    return window


def value(session: Session, name: str) -> str:
    assert session.report is not None
    return session.report.cells[key(name)].shown


def press_in_menu(what: Qt.Key) -> None:
    """Press a key where a menu is open."""
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, what)


def go(session: Session, name: str) -> None:
    session.go_to(key(name))


def test_enter_held_down_confirms_one_cell_only(window: MainWindow, session: Session) -> None:
    press(Key.Key_Return)
    here = session.key
    assert str(here) != COMPULSION
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Modifier.NoModifier, "\r", True)
        QApplication.sendEvent(focus(), held)
    assert session.key == here
    assert session.undo_stack.count() == 1


def test_a_menu_closed_with_esc_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot) -> None:
    table = focus()
    press(Key.Key_F, Modifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    press_in_menu(Key.Key_Right)
    assert QApplication.activePopupWidget() is not None  # another menu
    press_in_menu(Key.Key_Escape)
    back_to(window, qtbot)
    qtbot.waitUntil(lambda: focus() is table)


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_enter_accepts_and_goes_to_the_next_doubt_in_another_table(
    window: MainWindow, session: Session, enter: Qt.Key
) -> None:
    press(enter)
    assert str(session.key) == GRANTED
    assert focus().objectName() == "table.applications"
    assert session.report is not None
    assert session.report.cells[key(COMPULSION)].doubts == ()
    assert [edit.reason for edit in session.report.edits] == ["确认"]
    assert value(session, COMPULSION) == "0"


def test_shift_enter_goes_back_and_changes_nothing(window: MainWindow, session: Session) -> None:
    go(session, GRANTED)
    press(Key.Key_Return, Modifier.ShiftModifier)
    assert str(session.key) == COMPULSION
    assert session.undo_stack.count() == 0


def test_confirmed_suspects_are_closed_but_their_finding_stays(window: MainWindow, session: Session) -> None:
    assert session.entry is not None
    for _ in range(12):
        if not session.entry.open:
            break
        press(Key.Key_Return)
    assert session.entry.open == []
    assert [f.rule for f in session.entry.assessment.findings if f.severity == "error"] == ["T4-SUM"]
    session.undo_stack.undo()
    assert len(session.entry.open) == 1


def test_a_number_in_its_equation_reopens_a_confirmed_suspect(window: MainWindow, session: Session) -> None:
    assert session.entry is not None
    go(session, REVIEW_TOTAL)
    press(Key.Key_Return)
    assert key(REVIEW_TOTAL) not in session.entry.open
    session.set_text(key("remedies.review.upheld"), "9")
    assert key(REVIEW_TOTAL) in session.entry.open


@pytest.mark.parametrize("typed", ["45", "４５"])
def test_typed_digits_replace_and_enter_goes_on(window: MainWindow, session: Session, typed: str) -> None:
    write(typed)
    assert isinstance(focus(), QLineEdit)
    press(Key.Key_Return)
    assert value(session, COMPULSION) == "45"
    assert str(session.key) == GRANTED
    assert not isinstance(focus(), QLineEdit)


def test_escape_gives_up(window: MainWindow, session: Session) -> None:
    write("45")
    press(Key.Key_Escape)
    assert value(session, COMPULSION) == "0"
    assert session.undo_stack.count() == 0
    assert str(session.key) == COMPULSION


def test_f2_keeps_the_old_text(window: MainWindow, session: Session) -> None:
    session.set_text(key(LICENSING), "362")
    go(session, LICENSING)
    press(Key.Key_F2)
    write("4")
    press(Key.Key_Left)
    press(Key.Key_Left)
    write("0")
    press(Key.Key_Return)
    assert value(session, LICENSING) == "36024"


def test_what_is_no_number_keeps_the_editor_open(window: MainWindow, session: Session) -> None:
    write("1")
    focus().setText("一百")  # type: ignore[attr-defined]
    focus().setModified(True)  # type: ignore[attr-defined]
    press(Key.Key_Return)
    assert isinstance(focus(), QLineEdit)
    press(Key.Key_Escape)
    assert value(session, COMPULSION) == "0"


def test_delete_makes_the_cell_blank(window: MainWindow, session: Session) -> None:
    press(Key.Key_Delete)
    assert session.cell is not None
    assert session.cell.state is State.BLANK


def test_enter_on_an_unreadable_cell_is_refused(open_window: OpenWindow, backend: FakeBackend, tmp_path: Path) -> None:
    backend.reports[tmp_path / "甲.txt"] = make_report(cells={LICENSING: Cell(State.UNREADABLE, raw="见表")})
    window = open_window(tmp_path / "甲.txt")
    session, entry = window.session, window.session.entry
    assert entry is not None
    go(session, LICENSING)
    window.tables.focus_current()
    press(Key.Key_Return)
    assert str(session.key) == LICENSING
    assert key(LICENSING) in entry.open
    press(Key.Key_F2)
    assert focus().text() == "见表"  # type: ignore[attr-defined]
    press(Key.Key_Return)
    assert session.cell is not None
    assert session.cell.state is State.UNREADABLE


def test_arrows_and_tab_move_between_value_cells(window: MainWindow, session: Session) -> None:
    go(session, "proactive.rules.issued")
    press(Key.Key_Right)
    assert str(session.key) == "proactive.rules.repealed"
    press(Key.Key_Tab)
    assert str(session.key) == "proactive.rules.effective"
    press(Key.Key_Tab)
    assert str(session.key) == "proactive.normative_documents.issued"
    press(Key.Key_Backtab, Modifier.ShiftModifier)
    assert str(session.key) == "proactive.rules.effective"
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert str(session.key) == LICENSING


def test_arrows_commit_what_was_typed(window: MainWindow, session: Session) -> None:
    go(session, "applications.new_received.natural_person")
    window.tables.focus_current()
    write("7")
    press(Key.Key_Down)
    assert value(session, "applications.new_received.natural_person") == "7"
    assert str(session.key) == "applications.carried_over.natural_person"


def test_alt_1_takes_what_the_rules_propose_first(window: MainWindow, session: Session) -> None:
    go(session, REVIEW_TOTAL)
    assert str(session.suggestions[0].values[key(REVIEW_TOTAL)]) == "2"
    QTest.keyClick(window, Key.Key_1, Modifier.AltModifier)
    assert value(session, REVIEW_TOTAL) == "2"
    assert session.report is not None
    assert session.report.edits[-1].reason.startswith("采用建议")


def test_undo_and_redo_go_to_where_it_happened(window: MainWindow, session: Session) -> None:
    write("5")
    press(Key.Key_Return)
    session.select(1)
    QTest.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert (session.position, str(session.key), value(session, COMPULSION)) == (0, COMPULSION, "0")
    assert session.entry is not None
    assert key(COMPULSION) in session.entry.open
    session.go_to(key(REVIEW_TOTAL))
    QTest.keyClick(window, Key.Key_Y, Modifier.ControlModifier)
    assert (str(session.key), value(session, COMPULSION)) == (COMPULSION, "5")


def test_letters_typed_on_a_cell_open_no_editor_and_are_refused_with_a_word(
    window: MainWindow, session: Session
) -> None:
    for letter in "ax":
        write(letter)
        assert f"“{letter}”不是数" in window.statusBar().currentMessage()
        assert not isinstance(focus(), QLineEdit)
    assert value(session, COMPULSION) == "0"


def test_undo_selects_the_changed_cell_alone_though_ctrl_is_held_down(window: MainWindow, session: Session) -> None:
    changed = "applications.granted.natural_person"
    go(session, changed)
    write("5")
    press(Key.Key_Tab)
    assert str(session.key) != changed
    QTest.keyClick(window.windowHandle(), Key.Key_Z, Modifier.ControlModifier)  # so that the application knows of Ctrl
    table = window.tables.current_table
    assert table is not None
    chosen = table.blocks.keys()
    assert (str(session.key), [str(each) for each in chosen]) == (changed, [changed])


def test_f8_steps_through_the_findings(window: MainWindow, session: Session) -> None:
    QTest.keyClick(window, Key.Key_F8)
    assert session.finding is not None
    assert session.finding.rule == "T4-SUM"
    assert session.key is not None
    assert session.key.table == "remedies"
    assert set(session.finding.keys) == session.lit
    assert window.findings.view.currentIndex().data(Qt.ItemDataRole.UserRole) == "T4-SUM"
    QTest.keyClick(window, Key.Key_F8, Modifier.ShiftModifier)
    assert session.finding is not None


def test_after_f8_keys_go_to_the_cell_though_the_list_had_them(window: MainWindow, session: Session) -> None:
    window.queue.view.setFocus()
    press(Key.Key_F8)
    here = session.key
    assert here is not None
    write("9")
    press(Key.Key_Return)
    assert value(session, str(here)) == "9"


def test_f8_leaves_the_keys_with_the_findings(window: MainWindow) -> None:
    window.findings.view.setFocus()
    press(Key.Key_F8)
    assert focus() is window.findings.view


def test_figures_typed_in_the_list_lead_to_no_other_report(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    files = [tmp_path / "04.txt", tmp_path / "10.txt"]
    backend.reports = {file: make_report(issuer=file.stem) for file in files}
    window = open_window(*files)
    window.queue.view.setFocus()
    before = window.session.position
    write("1")
    assert window.session.position == before


def test_f6_goes_round_the_panes(window: MainWindow) -> None:
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Key.Key_F6)
        seen.append(focus().objectName())
        headers = window.findings._header, window.queue._header, window.source._header
        assert [header.is_active for header in headers] == [focus() is view for view in (
            window.findings.view, window.queue.view, window.source.view)]  # fmt: skip
    assert seen == ["findings_view", "queue_view", "source_view", "table.proactive"]


def test_f6_reaches_the_bars_that_have_something_to_say(window: MainWindow) -> None:
    done: list[str] = []
    window.tables.notice.say("写不进去", is_error=True, offers=[("重试", lambda: done.append("again")), ("换", print)])
    window.bar.say("工作区被占用", is_error=True)
    window.source.view.setFocus()
    press(Key.Key_F6)
    press(Key.Key_Return)
    assert done == ["again"]
    assert window.tables.notice.isVisible()
    press(Key.Key_F6, Modifier.ShiftModifier)
    assert focus() is window.source.view
    press(Key.Key_F6)
    press(Key.Key_Escape)
    assert not window.tables.notice.isVisible()
    assert focus() is window.source.view
    window.findings.view.setFocus()
    press(Key.Key_F6)
    assert holds_focus(window.bar)
    press(Key.Key_Return)
    assert not window.bar.isVisible()
    assert focus() is window.findings.view


def test_f8_with_nothing_found_says_so(window: MainWindow) -> None:
    window.session.select(1)
    press(Key.Key_F8)
    assert window.statusBar().currentMessage() == "检查结果里没有要看的了"


def test_f6_goes_on_from_a_field_beside_the_page(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_F, Modifier.ControlModifier)
    assert focus().objectName() == "find_field"
    press(Key.Key_F6)
    assert focus().objectName() == "table.proactive"


def test_in_the_running_text_it_is_said_that_there_is_no_cell_to_empty(window: MainWindow) -> None:
    for _ in range(3):
        press(Key.Key_Tab, Modifier.ControlModifier)
    window.review.slots()["clear"]()
    assert "正文里没有单元格" in window.statusBar().currentMessage()


def test_ctrl_page_keys_change_the_report(window: MainWindow, session: Session) -> None:
    window.queue.sort_by(ARRIVAL)  # the order of need is found a moment later
    QTest.keyClick(window, Key.Key_PageDown, Modifier.ControlModifier)
    assert session.position == 1
    QTest.keyClick(window, Key.Key_PageUp, Modifier.ControlModifier)
    assert session.position == 0


def test_ctrl_f_finds_in_the_source(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_F, Modifier.ControlModifier)
    assert focus().objectName() == "find_field"
    write("其他")
    assert window.source.view.extraSelections()
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert focus().objectName() == "table.proactive"


def test_a_read_only_workspace_opens_no_editor_and_says_why(window: MainWindow, session: Session) -> None:
    session.keeper.is_read_only = True
    go(session, LICENSING)
    for opens in (lambda: write("7"), lambda: press(Key.Key_F2)):
        window.statusBar().clearMessage()
        opens()
        assert focus().objectName() == "table.proactive"
        assert window.statusBar().currentMessage() == "工作区是以只读方式打开的，不能修改"


def test_ctrl_tab_goes_round_the_tables_and_the_prose(window: MainWindow) -> None:
    tabs = window.tables._tabs
    start = tabs.currentIndex()
    seen = []
    for _ in range(tabs.count()):
        press(Key.Key_Tab, CTRL)
        seen.append(tabs.currentIndex())
        assert holds_focus(window.tables)
    assert sorted(seen) == list(range(tabs.count()))
    assert seen[-1] == start
    press(Key.Key_Backtab, CTRL | SHIFT)
    assert tabs.currentIndex() == seen[-2]
