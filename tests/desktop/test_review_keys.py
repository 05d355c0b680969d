"""The keys that decide: leaving a doubt for later, confirming many at once, calling a figure as printed, 已核."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QInputDialog, QToolTip
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.stages import Stage
from parser.model.finding import Finding, Severity, Suggestion, Verdict
from parser.model.report import ABSENT, Doubt, Reason, State
from tests.desktop.conftest import (
    COMPULSION,
    GRANTED,
    LICENSING,
    REVIEW_TOTAL,
    FakeBackend,
    OpenWindow,
    doubtful,
    key,
)
from tests.desktop.keys import ALT, CTRL, SHIFT, Key, back_to, focus, press, write
from tests.desktop.seen import bar_of, let_follow, still_open
from tests.forms import make_report


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Return the window at a doubt in the first table."""
    window.session.go_to(key(COMPULSION))
    return window


def reasons(session: Session) -> list[str]:
    assert session.report is not None
    return [edit.reason for edit in session.report.edits]


def message(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def accept_everything(session: Session) -> None:
    for _ in range(20):
        if still_open(session):
            press(Key.Key_Return)
    assert not still_open(session)


def start_again(window: MainWindow) -> None:
    """Go to the worst doubt, where a report is entered."""
    entry = window.session.entry
    assert entry is not None
    window.session.go_to(entry.round.first)
    window.tables.focus_current()


def test_what_is_undone_and_done_again_is_said_with_the_report_it_is_in(window: MainWindow) -> None:
    press(Key.Key_Return)
    name = window.session.entries[0].path.name
    window.session.select(1)
    press(Key.Key_Z, CTRL)
    assert message(window) == f"已撤销“确认”：{name}"
    press(Key.Key_Y, CTRL)
    assert message(window).startswith("已重做“确认”")


# ── later, and round again ───────────────────────────────────────────────────────────
def test_space_leaves_a_doubt_open_and_for_the_end_of_the_round(window: MainWindow, session: Session) -> None:
    start_again(window)
    before, met = still_open(session), []
    while str(session.key) != COMPULSION:
        press(Key.Key_Return)
    press(Key.Key_Space)
    assert str(session.key) != COMPULSION
    while str(session.key) != COMPULSION:
        met.append(str(session.key))
        press(Key.Key_Return)
    assert GRANTED in met
    assert still_open(session) == {COMPULSION} < before
    assert "先放下的还有 1 处" in message(window)
    let_follow(window)
    bar = window.source.view.verticalScrollBar()
    before_scrolling = bar.value()
    bar.setValue(0 if before_scrolling > bar.maximum() / 2 else bar.maximum())
    assert bar.value() != before_scrolling
    press(Key.Key_Space)  # there is no other
    assert str(session.key) == COMPULSION
    let_follow(window)
    assert bar.value() == before_scrolling
    press(Key.Key_Return)
    assert still_open(session) == set()


def test_space_on_a_sound_cell_says_that_there_is_nothing_to_leave(window: MainWindow, session: Session) -> None:
    session.go_to(key(LICENSING))
    press(Key.Key_Space)
    assert str(session.key) == LICENSING
    assert "没有存疑" in message(window)


def test_the_round_says_that_it_begins_again(window: MainWindow, session: Session) -> None:
    start_again(window)
    count, first = len(still_open(session)), session.key
    for _ in range(count - 1):
        window.session.review.go_to_doubt(1)
    press(Key.Key_Return)
    assert session.key == first
    assert f"从头再看：还有 {count - 1} 处存疑" in message(window)


def test_what_was_left_for_later_comes_in_the_order_it_was_left(window: MainWindow, session: Session) -> None:
    start_again(window)
    count, left = len(still_open(session)), []
    for _ in range(count):
        left.append(str(session.key))
        press(Key.Key_Space)
    assert set(left) == still_open(session)
    assert str(session.key) == left[0]
    press(Key.Key_Return)
    assert str(session.key) == left[1]


# ── suggestions ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("number", "digit"), [(1, Key.Key_1), (2, Key.Key_2), (3, Key.Key_3)])
def test_alt_and_a_number_take_that_suggestion(window: MainWindow, session: Session, number: int, digit: Key) -> None:
    from decimal import Decimal

    entry, here = session.entry, key(REVIEW_TOTAL)
    assert entry is not None
    proposed = tuple(Suggestion({here: Decimal(value)}, (), "likely", f"得 {value}") for value in (7, 8, 9))
    entry.assessment = entry.assessment._replace(suggestions=proposed)
    session.go_to(here)
    press(digit, ALT)
    assert session.report is not None
    assert session.report.cells[here].shown == str(6 + number)
    assert reasons(session) == [f"采用建议：得 {6 + number}"]
    press(Key.Key_Z, CTRL)
    assert session.report.cells[here].shown == "3"


def test_alt_and_a_number_say_so_where_there_is_no_such_suggestion(window: MainWindow, session: Session) -> None:
    from decimal import Decimal

    entry, here = session.entry, key(REVIEW_TOTAL)
    assert entry is not None
    entry.assessment = entry.assessment._replace(suggestions=())
    session.go_to(here)
    press(Key.Key_1, ALT)
    assert message(window) == "这一格没有建议"
    entry.assessment = entry.assessment._replace(suggestions=(Suggestion({here: Decimal(7)}, (), "likely", "得 7"),))
    session.go_to(key(COMPULSION))
    session.go_to(here)
    press(Key.Key_2, ALT)
    assert message(window) == "这一格只有 1 条建议"
    assert reasons(session) == []


def test_a_suggestion_never_changes_what_a_person_has_decided_elsewhere(window: MainWindow, session: Session) -> None:
    from decimal import Decimal

    entry, here, other = session.entry, key(REVIEW_TOTAL), key(GRANTED)
    assert entry is not None
    both = Suggestion({here: Decimal(7), other: Decimal(5)}, (), "likely", "得 7")
    session.go_to(other)
    entry.assessment = entry.assessment._replace(suggestions=(both,))
    assert entry.suggestions_for(here) == [both]
    session.review.accept()
    entry.assessment = entry.assessment._replace(suggestions=(both,))
    assert other in entry.decided
    assert entry.suggestions_for(here) == []
    assert entry.suggestions_for(other) == [both]  # whoever looks at the cell itself may think better of it


def test_a_suggestion_for_several_cells_names_them_before_and_after(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    from decimal import Decimal

    entry, here, other = session.entry, key(REVIEW_TOTAL), key("remedies.review.corrected")
    assert entry is not None
    entry.assessment = entry.assessment._replace(
        suggestions=(Suggestion({here: Decimal(7), other: Decimal(5)}, (), "likely", "2+5 = 7"),)
    )
    session.go_to(key(COMPULSION))
    session.go_to(here)
    names = [entry.form.fields[one].name for one in (here, other)]
    tip = bar_of(window)._buttons[0].toolTip()
    assert tip.splitlines() == [f"{names[0]}：3 改为 7", f"{names[1]}：0 改为 5", "2+5 = 7"]
    press(Key.Key_1, ALT)
    assert message(window) == f"已按建议改了 2 格：{names[0]}、{names[1]}；按 Ctrl+Z 撤销"


def test_a_button_says_whether_the_equations_leave_no_other_way(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    from decimal import Decimal

    entry, here = session.entry, key(REVIEW_TOTAL)
    assert entry is not None
    for certainty, words in (("unique", "按勾稽应为 7  Alt+1"), ("likely", "可能是 7  Alt+1")):
        proposed = Suggestion({here: Decimal(7)}, (), certainty, "")
        entry.assessment = entry.assessment._replace(suggestions=(proposed,))
        session.go_to(key(COMPULSION))
        session.go_to(here)
        assert bar_of(window)._buttons[0].text() == words
    ways = tuple(Suggestion({here: Decimal(n)}, (), "likely", "") for n in (7, 5))
    entry.assessment = entry.assessment._replace(suggestions=ways)
    session.go_to(key(COMPULSION))
    session.go_to(here)
    buttons = bar_of(window)._buttons
    assert [button.text() for button in buttons[:2]] == ["可能是 7  Alt+1", "5  Alt+2"]
    assert buttons[1].accessibleName() == "可能是 5  Alt+2"


def test_what_the_mouse_rests_on_is_not_told_of_another_cell(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.go_to(key(REVIEW_TOTAL))
    button = bar_of(window)._buttons[0]
    QToolTip.showText(button.mapToGlobal(QPoint(4, 4)), "结果维持：2 改为 3", button)
    qtbot.waitUntil(QToolTip.isVisible)
    session.go_to(key("remedies.review.corrected"))
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=3000)


def test_enter_on_what_is_as_printed_keeps_the_reason(window: MainWindow, session: Session) -> None:
    here = key(REVIEW_TOTAL)
    session.go_to(here)
    session.review.call_printed([here], "原件如此")
    session.set_text(key("remedies.review.corrected"), "4")
    assert REVIEW_TOTAL in still_open(session)
    session.go_to(here)
    session.review.accept()
    assert session.entry is not None
    assert session.entry.decided[here][1].reason == "原文如此：原件如此"
    assert REVIEW_TOTAL not in still_open(session)


# ── many at once ─────────────────────────────────────────────────────────────────────
def test_ctrl_shift_enter_confirms_the_selection_in_one_step(window: MainWindow, session: Session) -> None:
    before = still_open(session)
    press(Key.Key_A, CTRL)
    press(Key.Key_Return, CTRL | SHIFT)
    assert still_open(session) == {name for name in before if not name.startswith("proactive.")}
    assert session.undo_stack.count() == 1
    press(Key.Key_Z, CTRL)
    assert still_open(session) == before
    assert str(session.key) == COMPULSION


def test_a_cell_that_was_not_found_is_confirmed_alone_but_not_with_others(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    file, absent = tmp_path / "缺.txt", replace(ABSENT, doubts=(Doubt(Reason.AMBIGUOUS_POSITION, "没有认出这一行"),))
    backend.reports = {file: make_report(cells={COMPULSION: doubtful("0", "O"), LICENSING: absent})}
    window = open_window(file)
    session = window.session
    session.go_to(key(COMPULSION))
    window.tables.focus_current()
    press(Key.Key_A, CTRL)
    press(Key.Key_Return, CTRL | SHIFT)
    assert still_open(session) == {LICENSING}
    assert message(window) == "已确认 1 格；1 格读不出数或没有找到，请逐格核对"
    press(Key.Key_Return)
    assert not still_open(session)


def test_it_is_said_when_a_confirmed_figure_breaks_equations(window: MainWindow, session: Session) -> None:
    entry, here = session.entry, key(COMPULSION)
    assert entry is not None
    before = still_open(session)
    broken = tuple(key(f"applications.granted.{column}") for column in ("natural_person", "total"))
    finding = Finding("T3-ROW", Severity.ERROR, "不平", keys=broken, equation="T3-ROW@granted")
    assessed = entry.assessment._replace(
        findings=(*entry.assessment.findings, finding),
        suspects={**entry.assessment.suspects, **dict.fromkeys(broken, frozenset({finding.equation}))},
    )
    session.changes._foresight.known = lambda *_: assessed  # type: ignore[method-assign]
    session.go_to(here)
    press(Key.Key_Return)
    more = len(still_open(session) - before)
    assert more > 0
    assert message(window) == f"按确认的数算，另有 {more} 格与勾稽关系不符，一并列为存疑"


def test_shift_space_takes_the_row_for_confirming(window: MainWindow, session: Session) -> None:
    session.go_to(key("applications.granted.other_org"))
    window.tables.focus_current()
    press(Key.Key_Space, SHIFT)
    press(Key.Key_Return, CTRL | SHIFT)
    assert GRANTED not in still_open(session)
    assert COMPULSION in still_open(session)
    assert "已确认 1 格" in message(window)


# ── as printed ───────────────────────────────────────────────────────────────────────
def test_ctrl_quote_asks_for_a_reason_and_explains_the_finding(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.go_to(key(REVIEW_TOTAL))
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    write("原件合计有误")
    press(Key.Key_Return)
    assert session.report is not None
    assert session.report.cells[key(REVIEW_TOTAL)].shown == "3"
    assert reasons(session) == ["原文如此：原件合计有误"]
    assert session.entry is not None
    assert [f.verdict for f in session.entry.assessment.findings if f.rule == "T4-SUM"] == [Verdict.SOURCE]
    back_to(window, qtbot)
    press(Key.Key_Z, CTRL)
    assert [f.explained for f in session.entry.assessment.findings if f.rule == "T4-SUM"] == [False]


def test_what_one_cell_explains_is_not_asked_of_the_others(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.go_to(key(REVIEW_TOTAL))
    before = still_open(session)
    assert "remedies.review.upheld" in before
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    press(Key.Key_Return)
    assert still_open(session) == {name for name in before if not name.startswith("remedies.")}
    back_to(window, qtbot)
    press(Key.Key_Z, CTRL)
    assert still_open(session) == before
    press(Key.Key_Y, CTRL)
    session.set_text(key("remedies.review.upheld"), "9")
    assert REVIEW_TOTAL in still_open(session)


def test_without_a_reason_the_question_stays_until_there_is_one(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    press(Key.Key_Backspace)  # the usual reason is selected
    press(Key.Key_Return)
    assert isinstance(focus().window(), QInputDialog)
    assert reasons(session) == []
    write("1")
    press(Key.Key_Return)
    assert reasons(session) == ["原文如此：1"]


def test_escape_gives_up_explaining(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.go_to(key(REVIEW_TOTAL))
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    press(Key.Key_Escape)
    assert reasons(session) == []


# ── checked ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_ctrl_enter_is_refused_while_a_doubt_is_open_and_goes_there(
    window: MainWindow, session: Session, enter: Key
) -> None:
    session.go_to(key(LICENSING))
    press(enter, CTRL)
    assert session.entry is not None
    assert session.entry.stage is Stage.DOUBTFUL
    assert str(session.key) in still_open(session)
    assert "还不能标为已核" in message(window)


def test_ctrl_enter_is_refused_while_an_error_is_neither_corrected_nor_explained(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    accept_everything(session)
    press(Key.Key_Return, CTRL)
    assert session.entry is not None
    assert session.entry.stage is Stage.BROKEN
    assert session.finding is not None
    assert session.finding.rule == "T4-SUM"
    assert "Ctrl+'" in message(window)
    here = session.key
    press(Key.Key_Apostrophe, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), QInputDialog))
    press(Key.Key_Return)
    assert session.report is not None
    assert here is not None
    assert here.table == "remedies"
    assert session.report.edits[-1].key == here == session.key  # that which the clerk is at is called as printed
    back_to(window, qtbot)
    press(Key.Key_Return, CTRL)
    assert session.entry.stage is Stage.CHECKED


def test_a_corrected_error_lets_the_report_be_checked_and_a_later_edit_takes_it_back(
    window: MainWindow, session: Session
) -> None:
    session.go_to(key(REVIEW_TOTAL))
    window.tables.focus_current()
    write("2")
    press(Key.Key_Return)
    accept_everything(session)
    press(Key.Key_Return, CTRL)
    assert session.entry is not None
    assert session.entry.stage is Stage.CHECKED
    session.go_to(key(LICENSING))
    window.tables.focus_current()
    write("9")
    press(Key.Key_Return)
    assert session.entry.stage is not Stage.CHECKED
    press(Key.Key_Z, CTRL)
    assert session.entry.stage is Stage.CHECKED
    session.headings.correct(session.entry, "清河市水务局", 2023, "2021")
    assert message(window) == "报告有改动，不再是已核；改完请再按 Ctrl+Enter"
    press(Key.Key_Z, CTRL)
    assert session.entry.stage is Stage.CHECKED
    press(Key.Key_Z, CTRL)
    assert session.entry.stage is not Stage.CHECKED
    press(Key.Key_Y, CTRL)
    assert session.entry.stage is Stage.CHECKED


# ── marks ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("typed", "shown"), [("/", "/"), ("-", "-"), ("无", "无"), ("、", "/"), ("——", "—")])
def test_typed_marks_are_marks(window: MainWindow, session: Session, typed: str, shown: str) -> None:
    write(typed)
    press(Key.Key_Return)
    assert session.report is not None
    cell = session.report.cells[key(COMPULSION)]
    assert (cell.state, cell.shown) == (State.MARK, shown)
