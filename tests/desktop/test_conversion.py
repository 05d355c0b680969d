"""A report in the wrong form is offered in the form that is due: listed cell by cell, one step, never by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.conversion import ConversionDialog
from desktop.entries import Entry
from desktop.main_window import MainWindow
from parser.export.record import record
from parser.model.report import Report, State
from tests.desktop.conftest import FakeBackend, OpenWindow, key
from tests.desktop.keys import Key, back_to, focus, press
from tests.desktop.seen import reopen
from tests.forms import make_report

ISSUED, EFFECTIVE = "proactive.normative_documents.issued", "proactive.normative_documents.effective"
LICENCES = "proactive.administrative_licensing.decisions"
OTHERS = [f"applications.{row}.total" for row in ("other_overdue_correction", "other_overdue_fee", "other_misc")]


@pytest.fixture
def backend(tmp_path: Path) -> FakeBackend:
    """Return a report on 2023 in the form of 2019, and one in the form that is due."""
    cells = {
        "proactive.normative_documents.disclosed_total": 7,
        LICENCES: 12,
        "applications.other.natural_person": 3,
        "applications.other.total": 3,
    }
    return FakeBackend(
        {
            tmp_path / "旧表.txt": make_report("2019", cells, year=2023),
            tmp_path / "新表.txt": make_report(issuer="清河市民政局"),
        }
    )


@pytest.fixture
def window(open_window: OpenWindow, backend: FakeBackend) -> MainWindow:
    window = open_window(*backend.reports)
    window.session.select(0)
    return window


def current(window: MainWindow) -> tuple[Entry, Report]:
    entry = window.session.entry
    assert entry is not None
    assert entry.report is not None
    return entry, entry.report


def ask(window: MainWindow, qtbot: QtBot) -> ConversionDialog:
    window.actions_.convert.trigger()
    qtbot.waitUntil(lambda: isinstance(focus().window(), ConversionDialog))
    dialog = focus().window()
    assert isinstance(dialog, ConversionDialog)
    return dialog


def convert(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot)
    press(Key.Key_Return)
    back_to(window, qtbot)
    assert current(window)[1].form == "2021"


def groups(tree: QTreeWidget) -> dict[str, list[list[str]]]:
    """Return the lines of the list under their headings."""
    found = {}
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        children = [group.child(n) for n in range(group.childCount())]
        found[group.text(0)] = [[child.text(column) for column in range(4)] for child in children]
    return found


def test_it_is_offered_only_where_another_form_is_due(window: MainWindow) -> None:
    (button,) = [b for b in window.findings.findChildren(QToolButton) if b.defaultAction() is window.actions_.convert]
    assert button.isVisible()
    assert current(window)[1].form == "2019"
    window.session.select(1)
    assert not button.isVisible()
    assert not window.actions_.convert.isEnabled()


def test_every_cell_is_listed_with_where_it_comes_from(window: MainWindow, qtbot: QtBot) -> None:
    listed = groups(ask(window, qtbot).list)
    assert [title.partition("（")[0] for title in listed] == [
        "没有对应，留空待补", "由原表推算", "原表有，新格式没有", "两种格式都有，照抄"
    ]  # fmt: skip
    blank, derived, gone, same = listed.values()
    assert len(blank) + len(derived) + len(same) == 200
    assert next(line for line in blank if "制发件数" in line[0])[1:] == [
        "（空白）", "", "2019 年格式没有这一项，需向填报单位补报"
    ]  # fmt: skip
    assert any("“（六）其他处理”为“3”，没有分项" in line[3] for line in blank)
    assert {line[1] for line in derived} == {"0"}
    assert any(line[2].endswith("对外公开总数量：7") for line in gone)
    assert any(line[1] == "12" and line[2].endswith("：12") for line in same)


def test_escape_leaves_everything_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    before = current(window)[1]
    ask(window, qtbot)
    press(Key.Key_Escape)
    assert current(window)[1] is before


def test_what_cannot_be_told_stays_blank_and_in_doubt(window: MainWindow, qtbot: QtBot) -> None:
    convert(window, qtbot)
    entry, report = current(window)
    assert len(report.cells) == 200
    for name in (ISSUED, EFFECTIVE, *OTHERS):
        assert report.cells[key(name)].state is State.BLANK
        assert key(name) in entry.open
    assert report.cells[key(LICENCES)].shown == "12"
    assert [f.rule for f in entry.assessment.findings if f.rule == "X-TEMPLATE"] == ["X-TEMPLATE"]
    assert not window.actions_.convert.isEnabled()
    assert "原报告用 2019 年格式" in window.review.strip.detail.text()
    assert record(report, entry.assessment)["template"] == "2021"


def test_it_is_one_step_and_keeps_what_people_decided(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_text(key(LICENCES), "13")
    before = current(window)[1]
    convert(window, qtbot)
    assert current(window)[1].cells[key(LICENCES)].shown == "13"
    assert key(LICENCES) in current(window)[0].decided
    window.session.undo_stack.undo()
    assert (current(window)[1].form, current(window)[1].cells) == ("2019", before.cells)
    assert window.actions_.convert.isEnabled()
    window.session.undo_stack.redo()
    assert current(window)[1].form == "2021"


def test_a_figure_that_a_person_corrected_is_the_one_derived_from(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_text(key("applications.other.total"), "0")
    convert(window, qtbot)
    assert {current(window)[1].cells[key(name)].shown for name in OTHERS} == {"0"}


@pytest.mark.parametrize("steps_back", [0, 1])
def test_it_is_kept(window: MainWindow, open_window: OpenWindow, qtbot: QtBot, steps_back: int) -> None:
    convert(window, qtbot)
    window.session.set_text(key(ISSUED), "4")
    for _ in range(steps_back):
        window.session.undo_stack.undo()
    before = current(window)[1]
    window = reopen(window, open_window, qtbot)
    window.session.select(0)
    assert current(window)[1] == before


def test_reading_again_reads_the_form_used_and_converts_it(window: MainWindow, qtbot: QtBot) -> None:
    convert(window, qtbot)
    window.session.set_text(key(ISSUED), "4")
    entry, _ = current(window)
    window.session.read_again()
    qtbot.waitUntil(lambda: not entry.is_reading and entry.is_complete)
    report = current(window)[1]
    assert (report.form, report.template, report.cells[key(ISSUED)].shown) == ("2021", "2019", "4")
    assert report.cells[key(LICENCES)].shown == "12"


def test_the_new_form_used_too_early_is_offered_in_the_old_one(
    open_window: OpenWindow, backend: FakeBackend, tmp_path: Path, qtbot: QtBot
) -> None:
    backend.reports = {tmp_path / "早.txt": make_report("2021", {OTHERS[0]: 2, OTHERS[2]: 1}, year=2020)}
    window = open_window(*backend.reports)
    ask(window, qtbot)
    press(Key.Key_Return)
    back_to(window, qtbot)
    report = current(window)[1]
    assert (report.form, report.cells[key("applications.other.total")].shown) == ("2019", "3")
