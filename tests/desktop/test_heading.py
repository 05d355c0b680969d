"""Issuer, year and form corrected by a person, undone, kept and exported; and reports typed in from paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.heading import HeadingDialog
from desktop.entries import Entry
from desktop.main_window import MainWindow
from desktop.models.wording import explain
from parser.errors import WorkspaceUnwritable
from parser.export.reread import reread
from parser.export.workbook import write_workbook
from parser.extract.refit import refit
from parser.model.report import Report, State
from parser.model.watch import UNWATCHED, Watch
from parser.workspace.store import Store
from tests.desktop.conftest import COMPULSION, GRANTED, FakeBackend, OpenWindow, key
from tests.desktop.keys import CTRL, focus, press, write
from tests.desktop.seen import bar_of, reopen
from tests.forms import make_report

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def backend(backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    """Return the backend, which lays reports into the form asked for."""

    def open_report_as(path: Path, form: str, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        return refit(backend.open_report(path, watch), form)

    monkeypatch.setattr(backend, "open_report_as", open_report_as, raising=False)
    return backend


def current(window: MainWindow) -> tuple[Entry, Report]:
    entry = window.session.entry
    assert entry is not None
    assert entry.report is not None
    return entry, entry.report


def correct(window: MainWindow, qtbot: QtBot, issuer: str | None, year: int | None, form: str) -> None:
    entry, _ = current(window)
    assert window.session.headings.correct(entry, issuer, year, form)
    qtbot.waitUntil(lambda: entry.report is not None and entry.report.form == form)


def test_the_strip_says_what_the_report_is(window: MainWindow) -> None:
    assert window.review.strip.issuer.text() == "清河市农业农村局"
    assert window.review.strip.detail.text() == "2023 年度 · 2021 年格式"


def test_the_strip_says_what_was_not_recognised_and_what_does_not_fit(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    backend.reports = {tmp_path / "甲.txt": make_report("2019", issuer=None, year=2023)}
    window = open_window(tmp_path / "甲.txt")
    assert "没有认出机关" in window.review.strip.detail.text()
    assert "应使用 2021 年格式 · 2023 年度" in window.review.strip.detail.text()
    assert window.review.strip._sign.isVisible()


def test_ctrl_i_corrects_office_and_year_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_I, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), HeadingDialog))
    write("清河市水务局")
    press(Key.Key_Tab)
    write("2022")
    press(Key.Key_Return)
    _, report = current(window)
    assert (report.issuer, report.year) == ("清河市水务局", 2022)
    assert [edit.reason for edit in report.edits] == ["修改", "修改"]
    assert window.review.strip.issuer.text() == "清河市水务局"
    window.session.undo_stack.undo()
    assert (current(window)[1].issuer, current(window)[1].year) == ("清河市农业农村局", 2023)
    assert window.review.strip.issuer.text() == "清河市农业农村局"


def test_the_dialog_says_which_form_is_due_and_refuses_no_year(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_I, Modifier.ControlModifier)
    dialog = window.findChild(HeadingDialog)
    assert isinstance(dialog, HeadingDialog)
    dialog.year.setText("2020")
    assert "2019 年格式" in dialog.remark.text()
    dialog.year.setText("20")
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.year.clear()
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_office_and_year_are_kept_and_exported(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    correct(window, qtbot, "清河市水务局", None, "2021")
    before = current(window)[1]
    window = reopen(window, open_window, qtbot)
    entry, report = current(window)
    assert report == before
    write_workbook(report, entry.assessment, tmp_path / "出.xlsx")
    again = reread(tmp_path / "出.xlsx")
    assert (again.issuer, again.year) == ("清河市水务局", None)
    assert [str(edit.key) for edit in again.edits] == ["head.issuer.text", "head.year.text"]


def test_reading_again_keeps_what_a_person_said_of_the_report(window: MainWindow, qtbot: QtBot) -> None:
    correct(window, qtbot, "清河市水务局", 2022, "2021")
    entry, _ = current(window)
    window.session.read_again()
    qtbot.waitUntil(lambda: not entry.is_reading and entry.is_complete)
    assert (current(window)[1].issuer, current(window)[1].year) == ("清河市水务局", 2022)


def test_an_office_corrected_makes_and_unmakes_doubles(window: MainWindow, qtbot: QtBot) -> None:
    entry, _ = current(window)
    other = window.session.entries[1]
    correct(window, qtbot, "清河市民政局", 2023, "2021")
    assert entry.twins == (other.path,)
    assert other.twins == (entry.path,)
    window.session.undo_stack.undo()
    assert entry.twins == ()
    assert other.twins == ()


def test_another_form_keeps_what_both_have_and_opens_the_rest(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_text(key(GRANTED), "77")
    session.set_text(key("proactive.rules.issued"), "5")
    correct(window, qtbot, "清河市农业农村局", 2023, "2019")
    entry, report = current(window)
    assert len(report.cells) == 198
    assert report.cells[key(GRANTED)].shown == "77"
    assert key("proactive.rules.newly_made") in entry.open
    assert report.cells[key("proactive.rules.newly_made")].state is State.UNREADABLE
    assert window.tables.tables[0].model().rowCount() == 18
    assert session.key in report.cells


def test_a_change_of_form_is_undone_with_everything_in_it(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_text(key("proactive.rules.issued"), "5")
    before = current(window)[1]
    correct(window, qtbot, "清河市农业农村局", 2023, "2019")
    session.set_text(key("proactive.rules.newly_made"), "8")
    for _ in range(2):
        session.undo_stack.undo()
    after = current(window)[1]
    assert (after.form, after.cells) == (before.form, before.cells)
    session.undo_stack.undo()
    assert current(window)[1].cells[key("proactive.rules.issued")].shown == "0"
    for _ in range(3):
        session.undo_stack.redo()
    assert current(window)[1].cells[key("proactive.rules.newly_made")].shown == "8"


@pytest.mark.parametrize("steps_back", [0, 1, 2])
def test_a_change_of_form_is_kept(window: MainWindow, open_window: OpenWindow, qtbot: QtBot, steps_back: int) -> None:
    window.session.set_text(key(GRANTED), "77")
    correct(window, qtbot, "清河市农业农村局", 2023, "2019")
    window.session.set_text(key(GRANTED), "78")
    for _ in range(steps_back):
        window.session.undo_stack.undo()
    before = current(window)[1]
    window = reopen(window, open_window, qtbot)
    assert current(window)[1] == before


def test_a_change_of_form_is_said_not_to_be_kept_until_it_is(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WorkspaceUnwritable("磁盘空间不足；请清理磁盘后重试")

    with monkeypatch.context() as disk:
        disk.setattr(Store, "begin_reading", full)
        correct(window, qtbot, "清河市农业农村局", 2023, "2019")
        qtbot.waitUntil(lambda: bool(window.session.keeper.trouble))
    assert window.session.keeper.unkept == 1
    window.session.keeper.retry()
    qtbot.waitUntil(lambda: window.session.keeper.unkept == 0)


def test_reading_again_keeps_to_the_form_that_was_chosen(window: MainWindow, qtbot: QtBot) -> None:
    correct(window, qtbot, "清河市农业农村局", 2023, "2019")
    entry, _ = current(window)
    window.session.read_again()
    qtbot.waitUntil(lambda: not entry.is_reading and entry.is_complete)
    assert current(window)[1].form == "2019"


def test_a_paper_report_is_typed_into_an_empty_form(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    press(Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(focus().window(), HeadingDialog))
    write("柳林镇人民政府")
    press(Key.Key_Tab)
    write("2023")
    press(Key.Key_Return)
    entry, report = current(window)
    assert (report.issuer, report.year, len(entry.open)) == ("柳林镇人民政府", 2023, 200)
    assert window.session.entries[-1] is entry
    assert window.findings._header._detail.text() == "200 格尚无数值，相关勾稽关系未检查"
    assert bar_of(window).why.text() == "还没有录入"
    assert window.session.set_text(key(COMPULSION), "12")
    assert window.session.set_text(key(GRANTED), "")
    assert len(entry.open) == 198
    before = current(window)[1]
    window = reopen(window, open_window, qtbot)
    assert current(window)[1] == before
    window.queue.view.remove_current()
    menu = window.desk.menus["removed"]
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: any(entry.report == before for entry in window.session.entries))


def test_two_empty_forms_for_one_office_are_two(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(2):
        window.desk._add_typed("柳林镇人民政府", 2023, "2021")
    names = [entry.path.name for entry in window.session.entries[-2:]]
    assert names == ["柳林镇人民政府2023年报（录入）", "柳林镇人民政府2023年报（录入） 2"]
    assert window.session.entries[-1].twins


def test_a_typed_figure_says_who_typed_it_and_not_what_was_read(window: MainWindow) -> None:
    window.desk._add_typed("柳林镇人民政府", 2023, "2021")
    session, name = window.session, key("applications.granted.total")
    session.select(len(session.entries) - 1)
    session.set_text(name, "3")
    assert session.entry is not None
    told = explain(session.entry, name)
    assert told[-1].endswith("录入")
    assert not any("读不出" in words for words in told)


def test_a_typed_report_has_no_original_to_open(window: MainWindow, qtbot: QtBot) -> None:
    window.desk._add_typed("柳林镇人民政府", 2023, "2021")
    with qtbot.waitSignal(window.session.said) as said:
        window.desk.slots()["open_original"]()
    assert "没有原文件" in said.args[1]
