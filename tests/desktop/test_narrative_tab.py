from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.models.narrative_model import FIGURE_ROLE, NarrativeModel
from desktop.session import Session
from desktop.views.narrative_tab import NarrativeTab
from parser.model.report import CellKey, Note, Report, State
from parser.templates.load import template
from tests.desktop.conftest import FakeBackend, OpenWindow
from tests.desktop.keys import CTRL, SHIFT, focus, press, write
from tests.desktop.seen import let_follow
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NEW, GRANTED = "applications.new_received.total", "applications.granted.total"
OVERVIEW = "　　本局严格依照𠮷条例办理。全年共收到政府信息公开申请 12 件，予以公开3件。\n主动公开政府信息30条。"


def narrated(**fields: object) -> Report:
    """Return a report whose prose states 12 applications where the table has 10, and 3 granted as the table has."""
    row = {f"applications.new_received.{who}": 10 for who in ("natural_person", "total")}
    granted = {f"applications.granted.{who}": 3 for who in ("natural_person", "total")}
    sections = {"1": OVERVIEW, "2": "", "3": "（略）", "4": None, "5": "无", "6": "无"}
    report = make_report(cells={**row, **granted}, **({"sections": sections} | fields))
    return replace(report, text=f"一、总体情况\n{OVERVIEW}\n{report.text}")


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    return FakeBackend({tmp_path / "甲.txt": narrated(), tmp_path / "乙.txt": make_report(issuer="清河市民政局")})


@pytest.fixture
def tab(window: MainWindow) -> NarrativeTab:
    """Return the tab, in sight and with the keyboard in it."""
    window.session.select(0)
    window.tables._tabs.setCurrentIndex(3)
    window.tables.focus_current()
    return window.tables.narrative


def read(tab: NarrativeTab) -> str:
    return tab.view.toPlainText()


def links(tab: NarrativeTab) -> list[tuple[str, str, str]]:
    """Return the text, the target and the tip of everything that leads somewhere."""
    found, block = [], tab.view.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            style = pieces.fragment().charFormat()
            if style.anchorHref():
                found.append((pieces.fragment().text(), style.anchorHref(), style.toolTip()))
            pieces += 1
        block = block.next()
    return found


def section(session: Session, number: str) -> str | None:
    assert session.report is not None
    return session.report.sections[number]


def step_to(window: MainWindow, rule: str) -> None:
    """Press F8 until a finding of the rule is chosen."""
    for _ in range(window.findings.view.model().rowCount()):
        QTest.keyClick(window, Key.Key_F8)
        if window.session.finding is not None and window.session.finding.rule == rule:
            return
    raise AssertionError(rule)


def checked(qtbot: QtBot, session: Session) -> None:
    """Wait until changed prose has been checked."""
    qtbot.waitUntil(lambda: not session.changes.unassessed)


def test_the_model_keeps_qts_rules(session: Session, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = NarrativeModel(session)
    qtmodeltester.check(model)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        figure.words for figure in (model.figure(0), model.figure(1))
    ]
    assert [model.index(row).data(FIGURE_ROLE).agrees for row in (0, 1)] == [False, True]
    session.set_text(CellKey.parse(NEW), "12")
    checked(qtbot, session)
    assert model.figure(0).agrees


def test_the_six_sections_are_there_to_read(tab: NarrativeTab) -> None:
    text = read(tab)
    assert "一、总体情况" in text
    assert "主动公开政府信息30条。" in text
    assert "没有找到这一部分" in text
    assert "（除表格外没有文字）" in text


def test_figures_are_marked_with_both_numbers_in_words(tab: NarrativeTab) -> None:
    figures = [link for link in links(tab) if link[1].startswith("figure:")]
    assert [words for words, _, _ in figures] == ["12 件", "3件"]
    assert "12 件" in figures[0][2] or "12件" in figures[0][2]
    assert "10" in figures[0][2]
    assert "不一致" in figures[0][2]
    assert figures[1][2].startswith("与表一致")
    assert tab.line.text() == "正文中有 2 个数与表格对应，1 个不一致"


def test_figures_of_cells_without_a_number_cannot_be_compared(
    open_window: OpenWindow, tmp_path: Path, backend: FakeBackend
) -> None:
    report = narrated()
    unread = {CellKey.parse(NEW): replace(report.cells[CellKey.parse(NEW)], state=State.UNREADABLE, value=None)}
    backend.reports = {tmp_path / "丙.txt": replace(report, cells={**report.cells, **unread})}
    window = open_window(*backend.reports)
    window.tables._tabs.setCurrentIndex(3)
    assert window.tables.narrative.line.text() == "正文中有 2 个数与表格对应，能比较的都一致，1 个无法比较"


def test_tab_stands_on_a_figure_and_enter_goes_to_its_cell(tab: NarrativeTab, session: Session) -> None:
    session.go_to(CellKey.parse("proactive.rules.issued"))
    tab.window().tables._tabs.setCurrentIndex(3)  # type: ignore[attr-defined]
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    assert "10" in tab.line.text()
    press(Key.Key_Return)
    assert str(session.key) == NEW
    assert focus().objectName() == "table.applications"


def test_a_click_on_a_figure_goes_to_its_cell_though_it_is_current(tab: NarrativeTab, session: Session) -> None:
    session.go_to(CellKey.parse(NEW))
    tab.window().tables._tabs.setCurrentIndex(3)  # type: ignore[attr-defined]
    cursor = tab.view.textCursor()
    place = tab.view._text.range_of("1", tab.model.figure(0).place)  # type: ignore[union-attr]
    assert place is not None
    cursor.setPosition(place[0] + 1)
    QTest.mouseClick(tab.view.viewport(), Qt.MouseButton.LeftButton, pos=tab.view.cursorRect(cursor).center())
    assert str(session.key) == NEW
    assert tab.window().tables.current_table.name == "applications"  # type: ignore[attr-defined]


def test_f8_goes_to_the_sentence_here_and_in_the_source(window: MainWindow, session: Session) -> None:
    step_to(window, "X-NEW")
    tab = window.tables.narrative
    assert tab.view.isVisible()
    (mark,) = tab.view.extraSelections()
    assert mark.cursor.selectedText().strip().endswith("予以公开3件")  # type: ignore[attr-defined]
    let_follow(window)
    sentences = [mark.cursor.selectedText() for mark in window.source.text.view.extraSelections()]  # type: ignore[attr-defined]
    assert any("全年共收到政府信息公开申请 12 件" in words for words in sentences)
    assert "12 件" in sentences


def test_f8_goes_to_where_a_number_is_missing(open_window: OpenWindow, tmp_path: Path, backend: FakeBackend) -> None:
    prose = "办法印发。\n专栏于2021年月28日改版。"
    report = make_report(sections={"1": "平稳有序。", "2": prose})
    backend.reports = {tmp_path / "甲.txt": replace(report, text=f"平稳有序。\n{prose}\n{report.text}")}
    window = open_window(*backend.reports)
    step_to(window, "X-GAP")
    (mark,) = window.tables.narrative.view.extraSelections()
    assert mark.cursor.selectedText() == "专栏于2021年月28日改版"  # type: ignore[attr-defined]


def test_a_cell_chosen_after_the_finding_is_shown_in_its_table(window: MainWindow, session: Session) -> None:
    step_to(window, "X-NEW")
    session.go_to(CellKey.parse(GRANTED))
    assert window.tables.current_table is not None
    assert window.tables.narrative.view.extraSelections() == []


def test_f2_changes_the_section_and_escape_ends_it(tab: NarrativeTab, session: Session, qtbot: QtBot) -> None:
    press(Key.Key_Tab)
    press(Key.Key_F2)
    assert focus().objectName() == "narrative_editor"
    assert tab.editor.field.toPlainText() == OVERVIEW
    press(Key.Key_End, Modifier.ControlModifier)
    write("另收到来信3封。")
    press(Key.Key_Escape)
    assert focus().objectName() == "narrative_view"
    assert section(session, "1") == OVERVIEW + "另收到来信3封。"
    assert session.report is not None
    (edit,) = session.report.edits
    assert (edit.key, edit.reason, edit.before.state) == (CellKey.of_section("1"), "修改正文", State.MARK)
    assert "已修改" in read(tab)
    checked(qtbot, session)


def test_a_changed_figure_is_checked_in_the_background(tab: NarrativeTab, session: Session, qtbot: QtBot) -> None:
    tab.edit("1")
    tab.editor.field.setPlainText(OVERVIEW.replace("12 件", "10 件"))
    press(Key.Key_Escape)
    checked(qtbot, session)
    assert [figure.agrees for _, figure in tab.model.in_section("1")] == [True, True]
    assert session.entry is not None
    assert "X-NEW" not in {finding.rule for finding in session.entry.assessment.findings}
    assert [words for words, target, _ in links(tab) if target.startswith("figure:")] == ["10 件", "3件"]


def test_ctrl_z_takes_back_what_was_kept_step_by_step(tab: NarrativeTab, session: Session, qtbot: QtBot) -> None:
    tab.edit("5")
    press(Key.Key_End, Modifier.ControlModifier)
    write("一")
    tab.editor.keep()
    write("二")
    assert tab.editor.field.toPlainText() == "无一二"
    press(Key.Key_Z, Modifier.ControlModifier)
    assert (tab.editor.field.toPlainText(), section(session, "5")) == ("无一", "无一")
    press(Key.Key_Z, Modifier.ControlModifier)
    assert (tab.editor.field.toPlainText(), section(session, "5")) == ("无", "无")
    press(Key.Key_Y, Modifier.ControlModifier)
    assert section(session, "5") == "无一"
    checked(qtbot, session)


def test_undoing_brings_the_section_back_into_sight(
    tab: NarrativeTab, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    tab.edit("5")
    tab.editor.field.setPlainText("没有问题。")
    press(Key.Key_Escape)
    session.select(1)
    QTest.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert (session.position, section(session, "5")) == (0, "无")
    assert tab.view.isVisible()
    checked(qtbot, session)


def test_keys_that_lead_elsewhere_keep_the_text_first(tab: NarrativeTab, session: Session, qtbot: QtBot) -> None:
    tab.edit("5")
    write("新")
    press(Key.Key_PageDown, Modifier.ControlModifier)
    assert session.position == 1
    assert not tab.is_editing
    entry = session.entries[0]
    assert entry.report is not None
    assert entry.report.sections["5"] == "新无"
    checked(qtbot, session)


def test_a_missing_section_can_be_written(tab: NarrativeTab, session: Session, qtbot: QtBot) -> None:
    assert ("补录", "edit:4") in [link[:2] for link in links(tab)]
    tab.edit("4")
    press(Key.Key_Escape)
    assert section(session, "4") is None
    tab.edit("4")
    write("无")
    press(Key.Key_Escape)
    assert section(session, "4") == "无"
    session.undo_stack.undo()
    assert section(session, "4") is None
    checked(qtbot, session)


def test_the_changed_section_is_in_the_export_and_the_workspace(
    tab: NarrativeTab, window: MainWindow, backend: FakeBackend, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    from parser.workspace.store import Store

    tab.edit("5")
    tab.editor.field.setPlainText("没有问题。")
    press(Key.Key_Escape)
    checked(qtbot, session)
    assert session.entry is not None
    assert session.entry.is_unexported
    with qtbot.waitSignal(session.said):
        session.export(tmp_path / "出.xlsx")
    assert backend.exported[0][1].sections["5"] == "没有问题。"
    assert not session.entry.is_unexported
    tab.edit("5")
    tab.editor.field.setPlainText("还有问题。")
    press(Key.Key_Escape)
    assert session.entry.is_unexported
    checked(qtbot, session)
    assert session.keeper.settle(5)
    store = Store(session.keeper.folder, may_write=False)
    kept = store.load(session.entry.path)
    store.close()
    assert kept.report is not None
    assert kept.report.sections["5"] == "还有问题。"


def test_what_is_not_read_to_the_end_cannot_be_changed(tab: NarrativeTab, session: Session) -> None:
    assert session.entry is not None
    session.entry.is_complete = False
    said: list[str] = []
    session.said.connect(lambda _level, text: said.append(text))
    tab.edit("1")
    assert not tab.is_editing
    assert said == ["正文还没有读完，读完后就可以修改"]


def test_the_figures_are_never_sought_while_their_text_is_being_understood(
    tab: NarrativeTab, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parser.prose import figures

    sought = []
    monkeypatch.setattr(figures, "figures_in", lambda report: sought.append(report.sections["1"]) or ())
    with qtbot.waitSignal(session.changes.assessed):
        session.changes.rewrite(session.entry, "1", "共收到政府信息公开申请10件。")
        assert sought == []
    assert sought == ["共收到政府信息公开申请10件。"]


def test_f6_leaves_the_tab(tab: NarrativeTab, window: MainWindow) -> None:
    assert focus().objectName() == "narrative_view"
    QTest.keyClick(window, Key.Key_F6)
    assert focus().objectName() == "findings_view"


def test_the_source_shows_the_section_that_is_being_changed(tab: NarrativeTab, window: MainWindow) -> None:
    def line() -> str:
        return window.source.text.view.textCursor().block().text().strip()

    window.tables._tabs.setCurrentIndex(2)
    window.session.go_to(CellKey.parse("remedies.review.total"))
    let_follow(window)
    at_cell = line()
    press(Key.Key_Tab, CTRL)
    assert line().startswith("本局严格依照")
    tab.edit("1")
    assert line().startswith("本局严格依照")
    press(Key.Key_Escape)
    press(Key.Key_Tab, CTRL | SHIFT)
    assert line() == at_cell != ""


def test_the_button_names_the_section_that_f2_opens(tab: NarrativeTab, window: MainWindow) -> None:
    press(Key.Key_Home)
    assert tab._edit.text() == "修改第一部分  F2"
    press(Key.Key_F2)
    assert tab.editor.section == "1"
    press(Key.Key_Escape)
    window.resize(window.width(), 400)
    press(Key.Key_End)
    at = tab.view.verticalScrollBar().value()
    assert tab._edit.text() == "修改第六部分  F2"
    press(Key.Key_F2)
    assert tab.editor.section == "6"
    press(Key.Key_Escape)
    assert tab.view.verticalScrollBar().value() == at > 0


@pytest.fixture
def lacking(window: MainWindow, backend: FakeBackend) -> NarrativeTab:
    """Return the tab of a report in which part six was not found; the keyboard is in a table."""
    words = template("2021").sections[5].missing_words
    lacks_six = narrated(sections={"1": OVERVIEW, "2": "", "3": "", "4": "", "5": "无", "6": None})
    window.session.select(0)
    entry = window.session.entry
    assert entry is not None
    report = replace(lacks_six, notes=(Note("X-SECTION", words),))
    entry.renew(report, backend.assess(report))
    window.session._tell(window.session.current_changed, window.session.cell_changed)
    window.tables._tabs.setCurrentIndex(0)
    window.tables.focus_current()
    assert "X-SECTION" in rules(window.session)
    return window.tables.narrative


def rules(session: Session) -> list[str]:
    assert session.entry is not None
    return [finding.rule for finding in session.entry.assessment.findings]


def test_a_missing_section_is_shown_and_put_in_and_no_longer_missing(
    window: MainWindow, lacking: NarrativeTab, qtbot: QtBot
) -> None:
    session = window.session
    while session.finding is None or session.finding.rule != "X-SECTION":
        press(Key.Key_F8)
    assert lacking.isVisible()
    seen = lacking.view.cursorForPosition(lacking.view.viewport().rect().bottomLeft()).block()
    below = [seen.text(), *(block.text() for _ in range(9) if (block := (seen := seen.previous())).isValid())]
    assert any("六、其他需要报告的事项" in line for line in below)
    before = session.undo_stack.count()
    press(Key.Key_Apostrophe, Modifier.ControlModifier)
    assert "不用说明" in window.statusBar().currentMessage()
    assert session.undo_stack.count() == before
    session.changes.rewrite(session.entry, "6", "无其他需要报告的事项。")
    qtbot.waitUntil(lambda: "X-SECTION" not in rules(session))
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: "X-SECTION" in rules(session))


@pytest.mark.parametrize("held", [Modifier.NoModifier, Modifier.ControlModifier])
def test_home_and_end_show_the_beginning_and_the_end(tab: NarrativeTab, held: Modifier) -> None:
    tab.window().resize(900, 420)
    bar = tab.view.verticalScrollBar()
    press(Key.Key_End, held)
    assert bar.value() == bar.maximum() > 0
    press(Key.Key_Home, held)
    assert bar.value() == 0


def test_at_the_end_of_the_text_its_last_section_is_the_one_in_sight(tab: NarrativeTab, qtbot: QtBot) -> None:
    tab.window().resize(1366, 480)
    bar = tab.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert tab.view.section == "6"
    bar.setValue(0)
    assert tab.view.section != "6"
