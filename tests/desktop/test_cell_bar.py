"""The line over the tables: why to look at a cell and what is proposed, else what stands in the source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.icons import pixmap
from desktop.main_window import MainWindow
from desktop.models.wording import explain
from desktop.palette import theme_of
from desktop.views.pane import ElidedLabel
from desktop.views.wrapped_label import WrappedLabel
from parser.model.report import Cell, Doubt, Reason, State
from tests.desktop.conftest import COMPULSION, GRANTED, REVIEW_TOTAL, key
from tests.desktop.keys import Key, press, write
from tests.desktop.seen import bar_of, let_follow


def test_of_a_plain_cell_it_shows_what_stands_in_the_source(window: MainWindow) -> None:
    window.session.go_to(key("applications.granted.total"))
    bar = bar_of(window)
    assert bar._strip.isVisible()
    assert bar._strip._parts[1] == "0"
    assert not bar.why.isVisible()


def test_of_a_doubtful_cell_it_says_why_and_leaves_the_source_to_the_lens(window: MainWindow) -> None:
    window.session.go_to(key(COMPULSION))
    bar = bar_of(window)
    assert bar.why.text() == "字母 O 按 0 读取"
    assert not bar._strip.isVisible()


def test_while_a_plain_cell_is_edited_it_names_the_keys_and_keeps_its_height(window: MainWindow) -> None:
    window.session.go_to(key("applications.granted.total"))
    window.tables.focus_current()
    height = bar_of(window).height()
    write("4")
    bar = bar_of(window)
    assert bar.why.text() == "Enter 提交，Esc 放弃"
    assert not bar._strip.isVisible()
    press(Key.Key_Escape)
    let_follow(window)
    assert bar._strip.isVisible()
    assert bar.height() == height


def test_of_a_cell_looked_at_it_says_so_beside_the_source(window: MainWindow) -> None:
    window.session.go_to(key(GRANTED))
    window.session.review.accept()
    window.session.go_to(key(GRANTED))
    bar = bar_of(window)
    assert bar.why.isVisible()
    assert bar._strip.isVisible()


def test_a_decided_figure_of_a_broken_equation_has_no_tick(window: MainWindow) -> None:
    session, bar, theme = window.session, window.tables.cell_bar, theme_of(window.palette())

    def shows(name: str, colour: str) -> bool:
        let_follow(window)
        expected = pixmap(name, colour, 16, bar.devicePixelRatioF()).toImage()
        return bar._sign.pixmap().toImage() == expected

    session.go_to(key(GRANTED))
    session.review.accept()
    session.go_to(key(GRANTED))
    assert shows("check", theme.good)
    session.set_text(key("remedies.review.upheld"), "7")
    session.go_to(key("remedies.review.upheld"))
    assert session.entry is not None
    assert session.key in session.entry.broken
    assert shows("circle-x", theme.error)


def test_nothing_is_proposed_any_more_for_a_cell_that_is_called_as_printed(window: MainWindow) -> None:
    session = window.session
    session.go_to(key(REVIEW_TOTAL))
    if not session.suggestions:
        session.go_to(key("remedies.review.upheld"))
    assert session.suggestions
    here = session.key
    assert here is not None
    session.review.call_printed([here], "原件如此")
    session.go_to(here)
    assert not session.suggestions
    assert not any(button.isVisible() for button in bar_of(window)._buttons)


def test_why_an_equation_may_be_broken_is_said_of_all_its_cells(window: MainWindow) -> None:
    session = window.session
    session.review.call_printed([key(REVIEW_TOTAL)], "原件如此")
    session.go_to(key("remedies.review.upheld"))
    assert bar_of(window).why.text().count("原文如此：原件如此") == 1
    session.go_to(key(REVIEW_TOTAL))
    assert bar_of(window).why.text().count("原文如此：原件如此") == 1


def test_a_figure_typed_back_is_said_to_be_as_it_was_read(window: MainWindow) -> None:
    session = window.session
    for text in ("8", "2"):
        session.changes.put_texts(session.entry, {key("remedies.review.upheld"): text})
    session.go_to(key("remedies.review.upheld"))
    assert "改回读出的“2”（修改）" in bar_of(window).why.text()


def test_what_is_still_wrong_is_said_before_what_was_explained(window: MainWindow) -> None:
    session = window.session
    session.review.call_printed([key(REVIEW_TOTAL)], "原件如此")
    session.go_to(key(REVIEW_TOTAL))
    bar, entry = bar_of(window), session.entry
    assert bar.why.text().startswith("原文如此：原件如此")
    assert entry is not None
    (finding,) = (f for f in entry.assessment.findings if key(REVIEW_TOTAL) in f.keys)
    fresh = finding._replace(rule="T9", message="另一条不符", equation=f"T9:{finding.equation}", explained=False)
    entry.assessment = entry.assessment._replace(findings=(*entry.assessment.findings, fresh))
    session.step.note()
    let_follow(window)
    assert bar.why.text().startswith("另一条不符；原文如此：原件如此")


def test_of_a_cell_beyond_reading_that_was_typed_it_does_not_say_that_it_was_blank(window: MainWindow) -> None:
    session = window.session
    entry, name = session.entry, key("remedies.review.pending")
    assert entry is not None
    assert entry.report is not None
    nothing = Cell(State.UNREADABLE)
    entry.as_read = {**entry.as_read, name: nothing}
    entry.report = replace(entry.report, cells={**entry.report.cells, name: nothing})
    session.set_text(name, "3")
    session.go_to(name)
    assert "由“读不出”改为" in bar_of(window).why.text()


@pytest.mark.parametrize("reason", [Reason.LOW_CONFIDENCE, Reason.AMBIGUOUS_POSITION])
def test_a_blank_that_is_in_question_is_not_called_blank_behind_the_question(
    window: MainWindow, reason: Reason
) -> None:
    session, name = window.session, key("remedies.review.pending")
    assert session.entry is not None
    assert session.entry.report is not None
    blank = Cell(State.BLANK, doubts=(Doubt(reason, "可能有过淡的字迹"),))
    session.entry.as_read = {**session.entry.as_read, name: blank}
    session.entry.report = replace(session.entry.report, cells={**session.entry.report.cells, name: blank})
    assert explain(session.entry, name)[0] == "可能有过淡的字迹"
    assert "原文此格空白" not in explain(session.entry, name)


def test_the_piece_of_the_source_is_written_larger_with_larger_text(window: MainWindow) -> None:
    window.session.go_to(key("applications.carried_forward.total"))  # nothing is in doubt there
    strip = window.tables.cell_bar._strip
    before = strip._enlarged().pointSizeF()
    window.desk.choose_text("larger")
    assert window.tables.cell_bar.height() >= strip.height()
    assert strip._enlarged().pointSizeF() > before
    assert strip.height() > strip.HEIGHT
    window.desk.choose_text("")
    assert strip._enlarged().pointSizeF() == before


def _halves(label: ElidedLabel) -> tuple[bool, bool]:
    """Return whether anything is written in the upper quarter of a label, and in the lower one."""
    image = label.grab().toImage()
    quarter = image.height() // 4
    back = image.pixel(image.width() - 1, 0)

    def inked(rows: range) -> bool:
        return any(image.pixel(x, y) != back for y in rows for x in range(image.width()))

    return inked(range(quarter)), inked(range(image.height() - quarter, image.height()))


def test_a_long_reason_takes_the_lines_that_the_bar_has_before_it_is_cut(qtbot: QtBot) -> None:
    text = "三件与其他六件之和同总计不等，而且上下两行的差也不等；" * 2
    for label, halves in ((ElidedLabel(text), (False, False)), (WrappedLabel(text), (True, True))):
        qtbot.addWidget(label)
        metrics = label.fontMetrics()
        label.resize(metrics.horizontalAdvance(text) // 2 + 40, metrics.lineSpacing() * 2 + 2)
        assert _halves(label) == halves
        label.setText("与总计不等")
        assert _halves(label) == (False, False)


NAMED = "“（三）不予公开·3.危及‘三安全一稳定’的其他情形”：六类申请人之和 1+1+1=3，总计 4，不相等"


def test_where_a_reason_has_no_room_its_figures_are_seen_rather_than_all_of_a_name(qtbot: QtBot) -> None:
    label = WrappedLabel(NAMED)
    qtbot.addWidget(label)
    metrics = label.fontMetrics()
    label.resize(metrics.horizontalAdvance(NAMED) * 2 // 5, metrics.lineSpacing() * 2 + 2)
    shown = label.shortened(label.contentsRect()).replace("\n", "")
    assert shown.startswith("“（三）不")
    assert shown.endswith("”：六类申请人之和 1+1+1=3，总计 4，不相等")
    label.resize(metrics.horizontalAdvance(NAMED) * 3 // 5, metrics.lineSpacing() * 2 + 2)
    assert label.shortened(label.contentsRect()).replace("\n", "") == NAMED


def test_where_a_reason_has_no_room_the_middle_of_a_sum_is_left_out(qtbot: QtBot) -> None:
    label = WrappedLabel(
        "“总计”列：各项办理结果之和 24+319+151+546+18+2+3+1525+2+11+155+1=2757，（七）总计 2756，不相等"
    )
    qtbot.addWidget(label)
    label.resize(560, 2 * label.fontMetrics().lineSpacing())
    assert "".join(label._lines(label.text(), label.contentsRect())) == label.text()
    label.resize(300, label.height())
    shown = "".join(label._lines(label.text(), label.contentsRect()))
    assert shown == "“总计”列：各项办理结果之和 24+…+1=2757，（七）总计 2756，不相等"


@pytest.mark.parametrize("choice", ["", "large", "larger"])
def test_it_has_two_lines_for_a_reason_in_any_size_of_text(window: MainWindow, choice: str) -> None:
    window.desk.choose_text(choice)
    for name in (COMPULSION, "applications.granted.total"):
        window.session.go_to(key(name))
        bar = window.tables.cell_bar
        room = bar.why.contentsRect().height() if bar.why.isVisible() else bar.height()
        assert room >= 2 * bar.why.fontMetrics().lineSpacing()
        assert bar._strip.isHidden() or bar._strip.height() == bar.height()
    window.desk.choose_text("")


def test_pointed_at_it_gives_all_reasons_in_full(window: MainWindow) -> None:
    window.session.go_to(key(REVIEW_TOTAL))
    entry, why = window.session.entry, window.tables.cell_bar.why
    assert entry is not None
    assert entry.assessment.findings[0].message in why.toolTip().splitlines()


def test_a_cell_that_may_be_wrong_because_of_sums_elsewhere_says_which(window: MainWindow) -> None:
    entry, here = window.session.entry, key(GRANTED)
    assert entry is not None
    broken = next(finding for finding in entry.assessment.findings if finding.equation)
    assert here not in broken.keys
    window.session.go_to(here)
    window.session.review.accept()
    suspects = {**entry.assessment.suspects, here: (broken.equation,)}
    entry.assessment = entry.assessment._replace(suspects=suspects)
    assert broken.message in explain(entry, here)
