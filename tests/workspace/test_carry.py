from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from parser.model.decision import CHECK_MARK, CHECKED, REREAD
from parser.model.place import TextSpan
from parser.model.report import Cell, CellKey, Doubt, Edit, Reason, Report, State, head_cell
from parser.workspace.carry import Carried, carried
from parser.workspace.kept import Kept
from parser.workspace.store import Store
from tests.forms import make_report
from tests.workspace.samples import AT, PERSONS, TOTAL, confirmed, loaded, printed, reading, rewritten, typed

A = Path("/甲.txt")
SMUDGED = Cell(State.NUMBER, printed("0").value, raw="O", doubts=(Doubt(Reason.LOOK_ALIKE, "字母 O"),))


def report(**cells: Cell | int) -> Report:
    names = {"persons": str(PERSONS), "total": str(TOTAL)}
    return make_report(cells={names[name]: cell for name, cell in cells.items()})


def reread(before: Report, edits: list[Edit], fresh: Report) -> Carried:
    """Return what becomes of the edits, all of which stand, when ``fresh`` is read."""
    decided: Mapping[CellKey, Edit] = {edit.key: edit for edit in edits}
    return carried(Kept(A, before.apply(edits), before.cells), fresh, decided, AT, None)


def test_a_value_stays_where_the_print_is_the_same_and_takes_its_new_place() -> None:
    before, fresh = report(persons=SMUDGED), report(persons=SMUDGED, total=5)
    moved = replace(fresh.cells[PERSONS], place=TextSpan(900, 901))
    fresh = replace(fresh, cells={**fresh.cells, PERSONS: moved}, text="新的正文")
    got = reread(before, [typed(before, 45)], fresh)
    cell = got.report.cells[PERSONS]
    assert (cell.shown, cell.raw, cell.doubts, cell.place) == ("45", "O", (), TextSpan(900, 901))
    assert got.report.text == "新的正文"
    assert got.contested == ()
    assert got.report.edits[0] == typed(before, 45)
    assert got.reading.as_read[PERSONS] == moved


def test_a_confirmation_stays_where_the_print_is_the_same() -> None:
    before = report(persons=SMUDGED)
    got = reread(before, [confirmed(before)], before)
    assert got.report.cells[PERSONS].doubts == ()
    assert [edit.reason for edit in got.report.edits] == ["确认"]


def test_another_print_counts_and_says_what_it_takes_the_place_of() -> None:
    before, fresh = report(persons=SMUDGED), report(persons=printed("50"))
    got = reread(before, [typed(before, 45)], fresh)
    cell = got.report.cells[PERSONS]
    assert (cell.shown, cell.raw) == ("50", "50")
    assert [(doubt.reason, doubt.note) for doubt in cell.doubts] == [
        (Reason.READINGS_DIFFER, "张三核为“45”时原文是“O”，现在原文是“50”，请重新核对")
    ]
    assert got.contested == (PERSONS,)
    assert (got.report.edits[-1].reason, got.report.edits[-1].before.shown) == (REREAD, "45")


def test_a_print_that_now_says_what_the_person_said_needs_no_doubt() -> None:
    before, fresh = report(persons=SMUDGED), report(persons=printed("45"))
    got = reread(before, [typed(before, 45)], fresh)
    assert got.report.cells[PERSONS] == fresh.cells[PERSONS]
    assert got.contested == ()


@pytest.mark.parametrize("now", [Cell(State.ABSENT), Cell(State.UNREADABLE), Cell(State.MARK, raw="/")])
def test_a_blank_is_not_the_same_as_nothing_read(now: Cell) -> None:
    before = report(persons=Cell(State.BLANK))
    got = reread(before, [typed(before, 45)], report(persons=now))
    assert got.contested == (PERSONS,)
    assert got.report.cells[PERSONS].state is now.state


def test_of_a_cell_that_the_source_did_not_have_it_says_so() -> None:
    before = report(persons=Cell(State.ABSENT))
    got = reread(before, [typed(before, 45)], report(persons=50))
    (doubt,) = got.report.cells[PERSONS].doubts
    assert doubt.note == "张三核为“45”时原文是“无此格”，现在原文是“50”，请重新核对"


def test_a_cell_nobody_decided_takes_the_new_print_and_the_change_is_in_the_log() -> None:
    before, fresh = report(total=5), report(total=6)
    got = reread(before, [], fresh)
    assert got.report.cells == fresh.cells
    assert got.renewed == (TOTAL,)
    assert [(edit.key, edit.before.shown, edit.after.shown) for edit in got.report.edits] == [(TOTAL, "5", "6")]


def test_in_a_report_worked_on_the_new_print_of_any_cell_is_doubted_until_somebody_has_seen_it() -> None:
    before, fresh = report(total=5), report(total=6)
    got = reread(before, [confirmed(before)], fresh)
    (doubt,) = got.report.cells[TOTAL].doubts
    assert (got.report.cells[TOTAL].shown, doubt.note) == ("6", "上次读取时是“5”，现在是“6”，请重新核对")
    again = carried(Kept(A, got.report, fresh.cells), fresh, {PERSONS: confirmed(before)}, AT, None)
    assert again.report.cells[TOTAL].doubts == (doubt,)
    untouched = carried(Kept(A, reread(before, [], fresh).report, fresh.cells), before, {}, AT, None)
    assert untouched.report.cells[TOTAL].doubts == ()  # it was read again before, but nobody has worked on it
    mark = Edit(CHECK_MARK, head_cell("未核"), head_cell("已核"), CHECKED, "张三", AT)
    checked = Kept(A, before.apply([mark]), before.cells)
    assert carried(checked, fresh, {}, AT, None).report.cells[TOTAL].doubts == (doubt,)


def test_nothing_changes_where_the_same_is_read() -> None:
    before = report(persons=SMUDGED, total=5)
    got = reread(before, [], before)
    assert got.report == before
    assert got.renewed == ()


def test_decisions_on_cells_the_new_form_does_not_have_are_named() -> None:
    before, fresh = make_report("2019"), make_report("2021")
    gone = next(key for key in before.cells if key not in fresh.cells)
    got = reread(before, [typed(before, 45, gone), typed(before, 46)], fresh)
    assert [edit.key for edit in got.homeless] == [gone]
    assert [edit.key for edit in got.report.edits] == [PERSONS]
    assert got.report.cells[PERSONS].shown == "46"


def test_what_was_changed_in_an_exported_workbook_is_no_silent_loss() -> None:
    before = report()
    mine = typed(before, 45)
    exported = before.apply([mine])
    there = typed(exported, 50, reason="在工作簿中修改", author="李四")
    got = carried(Kept(A, exported, before.cells), exported.apply([there]), {PERSONS: mine}, AT, None)
    assert got.report.cells[PERSONS].shown == "50"
    assert got.report.cells[PERSONS].doubts
    assert [edit.reason for edit in got.report.edits] == ["修改", "在工作簿中修改", REREAD]
    assert got.reading.came_with == (there,)


def test_a_typed_mark_stays_a_mark() -> None:
    before = report(persons=SMUDGED)
    mark = Edit(PERSONS, before.cells[PERSONS], Cell(State.MARK, raw="/"), "修改", "张三", AT)
    got = reread(before, [mark], before)
    assert got.report.cells[PERSONS].shown == "/"


@pytest.mark.parametrize("changed", [True, False])
def test_a_second_reading_is_kept_with_all_that_was_done_before(store: Store, changed: bool) -> None:
    before = report(persons=SMUDGED)
    edit = typed(before, 45)
    store.begin_reading(A, reading(before))
    store.append(A, "1", [edit])
    kept = loaded(store, A)
    fresh = report(persons=printed("50") if changed else SMUDGED, total=6)
    got = carried(kept, fresh, {PERSONS: edit}, AT, None)
    store.begin_reading(A, got.reading)
    later = typed(got.report, 9, TOTAL)
    store.append(A, "2", [later])
    again = loaded(store, A)
    assert again.report == got.report.apply([later])
    assert again.as_read == fresh.cells


def prose(text: str | None, report: Report | None = None) -> Report:
    return replace(report or make_report(), sections={"1": text, "2": "（略）"})


def test_a_section_stays_as_it_was_changed_where_the_source_is_the_same() -> None:
    before = prose("收到申请12件。")
    got = reread(before, [rewritten(before, "1", "收到申请13件。")], before)
    assert got.report.sections == {"1": "收到申请13件。", "2": "（略）"}
    assert (got.contested, got.renewed, got.homeless) == ((), (), ())
    again = reread(got.report, [], before)
    assert again.report.sections["1"] == "收到申请13件。"


def test_a_section_the_source_says_otherwise_counts_and_the_change_stays_in_the_log() -> None:
    before, fresh = prose("收到申请12件。"), prose("收到申请15件。")
    got = reread(before, [rewritten(before, "1", "收到申请13件。")], fresh)
    assert got.report.sections == fresh.sections
    assert got.contested == (CellKey.of_section("1"),)
    assert [(edit.reason, edit.before.raw, edit.after.raw) for edit in got.report.edits] == [
        ("修改正文", "收到申请12件。", "收到申请13件。"),
        (REREAD, "收到申请13件。", "收到申请15件。"),
    ]
    later = reread(got.report, [rewritten(got.report, "1", "收到申请16件。")], fresh)
    assert later.report.sections["1"] == "收到申请16件。"


def test_a_section_nobody_changed_is_read_anew() -> None:
    before, fresh = prose(None), prose("收到申请15件。")
    there = rewritten(before, "1", "补录")
    undone = replace(there.reversed(), reason="撤销")
    assert reread(before, [], fresh).report == fresh
    got = carried(Kept(A, before.apply([there, undone]), before.cells), fresh, {}, AT, None)
    assert got.report.sections == fresh.sections
    assert got.contested == ()


def test_carried_sections_come_back_from_the_workspace(store: Store) -> None:
    before, fresh = prose("收到申请12件。"), prose("收到申请15件。")
    edit = rewritten(before, "1", "收到申请13件。")
    store.begin_reading(A, reading(before))
    store.append(A, "1", [edit])
    got = reread(before, [edit], fresh)
    store.begin_reading(A, got.reading)
    assert loaded(store, A).report == got.report
