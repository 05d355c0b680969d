from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from parser.errors import WorkspaceDamaged, WorkspaceError, WorkspaceInUse, WorkspaceUnwritable
from parser.model.decision import TYPED
from parser.model.report import Cell, CellKey, Edit, State, head_cell
from parser.workspace.kept import Fingerprint, Reading, fingerprint_of
from parser.workspace.lock import NAME
from parser.workspace.store import FILE, Store
from tests.export.samples import full_report, hostile_report
from tests.forms import make_report
from tests.workspace.samples import AT, PERSONS, TOTAL, confirmed, loaded, reading, rewritten, typed

A, B = Path("/年报/甲 局.docx"), Path("/年报/乙.pdf")


def reopened(store: Store) -> Store:
    store.close()
    return Store(store.file.parent)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("make", [full_report, hostile_report])
def test_a_report_comes_back_as_it_was(store: Store, make, form: str) -> None:  # type: ignore[no-untyped-def]
    report = make(form)
    store.begin_reading(A, reading(report, came_with=report.edits))
    kept = loaded(reopened(store), A)
    assert kept.report == report
    assert kept.as_read == report.cells
    assert list(kept.as_read) == list(report.cells)


def test_edits_apply_to_what_was_read_in_the_order_they_were_made(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    for number in range(5):
        edit = typed(report, number)
        report = report.apply([edit])
        store.append(A, f"步骤{number}", [edit])
    kept = loaded(reopened(store), A)
    assert kept.report == report
    assert kept.as_read[PERSONS].shown == "0"


def test_the_queue_keeps_its_order_and_a_file_is_in_it_once(store: Store) -> None:
    store.add([B, A])
    store.add([A, B])
    store.begin_reading(A, reading())
    assert reopened(store).paths() == [B, A]


def test_a_file_that_was_never_read_is_in_the_queue_without_a_report(store: Store) -> None:
    store.add([A])
    kept = reopened(store).load(A)
    assert (kept.report, kept.is_complete, kept.fingerprint) == (None, False, None)


def test_a_file_taken_out_of_the_queue_comes_back_with_the_work_in_it(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    store.append(A, "1", [typed(report, 7)])
    store.hide(A)
    assert (store.paths(), store.hidden()) == ([], [A])
    store.add([A])
    assert (store.paths(), store.hidden()) == ([A], [])
    assert loaded(store, A).report == report.apply([typed(report, 7)])


def test_names_that_are_no_valid_unicode_are_kept(store: Store) -> None:
    path = Path(os.fsdecode("/年报/".encode() + b"\xc4\xea\xb1\xa8.docx"))  # GBK bytes on a UTF-8 system
    store.add([path])
    assert reopened(store).paths() == [path]


def test_where_it_was_left_is_remembered(store: Store) -> None:
    assert store.left_at() is None
    for path in (A, B):
        store.begin_reading(path, reading())
    store.leave_at(A, TOTAL)
    store.leave_at(B, None)
    store = reopened(store)
    assert store.left_at() == B
    assert loaded(store, A).cell == TOTAL


def test_an_export_is_remembered_with_the_state_it_was_made_in(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    for count in range(1, 5):
        edit = typed(report, count)
        report = report.apply([edit])
        store.append(A, str(count), [edit])
    store.mark_exported(A, Path("/出/甲.xlsx"), 3)
    kept = loaded(reopened(store), A)
    assert (kept.exported_to, kept.exported_edits) == (Path("/出/甲.xlsx"), 3)


def test_what_came_after_an_export_still_did_when_a_form_has_left_edits_out(store: Store) -> None:
    report, head = make_report("2019"), CellKey.of_head("form")
    only_here = CellKey.parse("applications.other.natural_person")
    store.begin_reading(A, reading(report))
    forms = [("2019", "2021"), ("2021", "2019")]
    moves = [Edit(head, head_cell(one), head_cell(other), TYPED, "张三", AT) for one, other in forms]
    shared = typed(report, 6)
    store.append(A, "1", [typed(report, 5, only_here), shared, *moves])
    store.mark_exported(A, Path("/出/甲.xlsx"), 3)  # all but the one that no longer counts
    store.append(A, "2", [typed(report.apply([shared]), 7)])
    kept = loaded(reopened(store), A)
    assert kept.report is not None
    assert [edit.after.value for edit in kept.report.edits if edit.key.is_cell] == [6, 7]
    assert kept.exported_edits == len(kept.report.edits) - 1


def test_the_beginning_of_a_reading_is_replaced_by_all_of_it(store: Store) -> None:
    whole = make_report(cells={str(PERSONS): 3})
    tables = replace(make_report(), text="", sections={})
    store.begin_reading(A, reading(tables, is_complete=False))
    assert not loaded(store, A).is_complete
    store.complete_reading(A, reading(whole, fingerprint=Fingerprint(5, 6, "ab")))
    kept = loaded(reopened(store), A)
    assert (kept.report, kept.is_complete) == (whole, True)
    assert kept.fingerprint == Fingerprint(5, 6, "ab")


def test_cells_edited_while_the_prose_was_read_stay(store: Store) -> None:
    tables = replace(make_report(), text="", sections={})
    store.begin_reading(A, reading(tables, is_complete=False))
    store.append(A, "1", [typed(tables, 7)])
    whole = replace(make_report(), cells=tables.cells)
    store.complete_reading(A, reading(whole))
    assert loaded(reopened(store), A).report == whole.apply([typed(tables, 7)])


def test_a_row_found_with_the_prose_comes_to_the_others_whatever_was_edited_meanwhile(store: Store) -> None:
    whole = make_report(cells={str(TOTAL): 3})
    cells = {**whole.cells, TOTAL: replace(whole.cells[TOTAL], state=State.ABSENT, value=None, raw="")}
    tables = replace(whole, text="", sections={}, cells=cells)
    store.begin_reading(A, reading(tables, is_complete=False))
    store.append(A, "1", [typed(tables, 7)])
    mine = tables.apply([typed(tables, 7)]).cells
    store.complete_reading(A, Reading(replace(whole, cells={**whole.cells, PERSONS: mine[PERSONS]}), cells))
    assert loaded(reopened(store), A).report == whole.apply([typed(tables, 7)])


def test_what_is_kept_twice_is_kept_once(store: Store) -> None:
    """A commit may arrive on the disk and its answer not: the step is then tried again."""
    report, first = make_report(), reading()
    for _ in range(2):
        store.begin_reading(A, first)
    for _ in range(2):
        store.append(A, "1", [typed(report, 7), confirmed(report, TOTAL)])
    assert len(loaded(store, A).report.edits) == 2  # type: ignore[union-attr]
    with closing(sqlite3.connect(store.file)) as connection:
        assert connection.execute("SELECT count(*) FROM reading").fetchone() == (1,)


def test_the_log_can_neither_be_changed_nor_shortened(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    store.append(A, "1", [typed(report, 7)])
    with closing(sqlite3.connect(store.file)) as connection:
        for statement in ("DELETE FROM log", "UPDATE log SET author = '李四'"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                connection.execute(statement)
        assert connection.execute("SELECT author, reason, at FROM log").fetchall() == [
            ("张三", "修改", "2024-01-25T09:30:00+00:00")
        ]


def test_a_step_is_kept_whole_or_not_at_all(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    broken = replace(typed(report, 8, TOTAL), reason=None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.append(A, "1", [typed(report, 7), broken])
    assert loaded(store, A).report == report


def test_a_full_disk_keeps_nothing_of_the_step_and_a_later_try_all_of_it(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    edits = [replace(typed(report, 7), reason="长" * 20_000)]
    connection = store._connected()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceUnwritable, match="磁盘空间不足"):
        store.append(A, "1", edits)
    assert loaded(store, A).report == report
    store.append(A, "1", edits)  # the connection was made anew, without the limit
    assert loaded(reopened(store), A).report == report.apply(edits)


def test_a_drive_that_went_away_and_came_back_goes_on(store: Store, folder: Path) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    store._disconnect()
    away = folder.rename(folder.with_name("断开"))
    folder.mkdir()  # an unmounted drive leaves an empty folder
    with pytest.raises(WorkspaceUnwritable, match="网络盘"):
        store.append(A, "1", [typed(report, 7)])
    assert list(folder.iterdir()) == []
    folder.rmdir()
    away.rename(folder)
    store.append(A, "1", [typed(report, 7)])
    assert loaded(reopened(store), A).report == report.apply([typed(report, 7)])


def test_what_somebody_else_took_while_the_drive_was_away_is_left_alone(store: Store, folder: Path) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    store._disconnect()
    there = {"user": "李四", "host": "二号机", "process": 1, "since": "2024-01-25T09:12:00+08:00", "token": "ab"}
    (folder / NAME).write_text(json.dumps(there), "utf-8")
    with pytest.raises(WorkspaceInUse, match="李四"):
        store.append(A, "1", [typed(report, 7)])
    assert loaded(Store(folder, may_write=False), A).report == report


def test_a_folder_that_takes_no_files_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(WorkspaceUnwritable, match="请"):
        Store(tmp_path / "文件" / "工作区")


def test_a_damaged_workspace_is_put_aside_and_said(store: Store, folder: Path) -> None:
    store.close()
    (folder / FILE).write_bytes(b"not a database at all" * 100)
    anew = Store(folder)
    assert anew.paths() == []
    aside = list(folder.glob("*-damaged-*.sqlite3"))
    assert [file.read_bytes()[:5] for file in aside] == [b"not a"]
    assert str(aside[0]) in anew.remarks[0]
    anew.close()


def test_damage_inside_is_looked_for_after_a_crash(store: Store, folder: Path) -> None:
    for number in range(20):
        store.begin_reading(Path(f"/{number}.txt"), reading())
    store.file.write_bytes(_holed(store.file.read_bytes()))
    os.close(store._lock._handle)  # the process is gone, its lock file is not
    anew = Store(folder)
    assert "已损坏" in anew.remarks[0]
    anew.close()


def _holed(data: bytes) -> bytes:
    middle = len(data) // 2 // 4096 * 4096
    return data[:middle] + b"\xff" * 8192 + data[middle + 8192 :]


def test_a_database_of_another_program_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(WorkspaceError, match="不是年报核校的工作区"):
        Store(folder)
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("other",)]


def test_cells_that_do_not_fit_together_are_said(store: Store) -> None:
    report = make_report()
    store.begin_reading(A, reading(report))
    store.append(A, "1", [replace(typed(report, 7), before=Cell(State.BLANK))])
    with pytest.raises(WorkspaceDamaged, match=A.name):
        store.load(A)


MOON = CellKey("proactive", "moon", "issued")


@pytest.mark.parametrize(("form", "words"), [("2033", "2033 年格式"), ("2021", "重新读取")])
def test_a_form_this_program_does_not_have_is_said_and_nothing_of_it_is_lost(
    store: Store, form: str, words: str
) -> None:
    report = make_report()
    report = replace(report, form=form, cells={MOON: Cell(State.BLANK), **report.cells})
    store.begin_reading(A, reading(report))
    edit = typed(report, 7, MOON)
    store.append(A, "1", [edit])
    kept = loaded(reopened(store), A)
    assert words in kept.problem
    assert kept.report == report.apply([edit])


def test_a_reader_sees_what_the_writer_keeps_and_changes_nothing(store: Store, folder: Path) -> None:
    reader = Store(folder, may_write=False)
    report = make_report()
    store.begin_reading(A, reading(report))
    assert loaded(reader, A).report == report
    store.append(A, "1", [typed(report, 7)])
    assert loaded(reader, A).report == report.apply([typed(report, 7)])
    with pytest.raises(WorkspaceError, match="只读"):
        reader.append(A, "2", [typed(report, 8)])
    reader.close()
    assert store._lock.is_held


def test_a_reader_makes_no_workspace(folder: Path) -> None:
    reader = Store(folder, may_write=False)
    assert reader.paths() == []
    assert reader.left_at() is None
    assert reader.load(A).report is None
    assert not folder.exists()


def test_a_file_is_known_by_its_content_once_its_size_or_time_is_another(tmp_path: Path) -> None:
    file = tmp_path / "甲.txt"
    assert fingerprint_of(file) is None
    file.write_text("一", "utf-8")
    first = fingerprint_of(file)
    assert first is not None
    os.utime(file, ns=(first.modified + 5, first.modified + 5))
    copied = fingerprint_of(file, first)
    assert copied is not None
    assert (copied.sha256, copied.modified) == (first.sha256, first.modified + 5)
    file.write_text("二", "utf-8")
    assert fingerprint_of(file, first).sha256 != first.sha256  # type: ignore[union-attr]
    assert fingerprint_of(tmp_path) is None


def test_edits_of_sections_are_in_the_log_and_apply_to_what_was_read(store: Store) -> None:
    report = make_report(sections={"1": "收到申请12件。", "2": None})
    store.begin_reading(A, reading(report))
    edits = [rewritten(report, "1", "收到申请 13 件。"), typed(report, 7), rewritten(report, "2", "")]
    for step, edit in enumerate(edits):
        report = report.apply([edit])
        store.append(A, f"步骤{step}", [edit])
    kept = loaded(reopened(store), A)
    assert kept.report == report
    assert dict(report.sections) == {"1": "收到申请 13 件。", "2": ""}
