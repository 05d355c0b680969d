from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from parser.errors import WorkspaceTooNew
from parser.model.decision import CHECK_MARK, CHECKED
from parser.model.report import head_cell
from parser.workspace import migrate
from parser.workspace.schema import STEPS
from parser.workspace.store import FILE, Store
from tests.forms import make_report
from tests.workspace.samples import loaded, reading, typed

A, B = Path("/甲.txt"), Path("/乙.txt")
NEXT = max(STEPS) + 1


@pytest.fixture
def old(folder: Path) -> Path:
    """Return the folder of a workspace of the version before the one that ``next_version`` brings."""
    store = Store(folder)
    store.begin_reading(A, reading())
    store.close()
    return folder


def next_version(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(migrate, "STEPS", {**STEPS, NEXT: script})


def version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_workspace_is_copied_and_brought_up_to_date(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_version(monkeypatch, "ALTER TABLE report ADD COLUMN mark TEXT;\nUPDATE report SET mark = ';';\n")
    store = Store(old)
    assert loaded(store, A).report == make_report()
    store.close()
    assert version(old / FILE) == NEXT
    copies = list(old.glob(f"workspace-v{NEXT - 1}-*.sqlite3"))
    assert [version(copy) for copy in copies] == [NEXT - 1]
    assert str(copies[0]) in store.remarks[0]


def test_a_failed_migration_leaves_the_workspace_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_version(monkeypatch, "ALTER TABLE report ADD COLUMN mark TEXT;\nALTER TABLE nothing ADD COLUMN mark TEXT;\n")
    with pytest.raises(sqlite3.OperationalError):
        Store(old)
    monkeypatch.undo()
    store = Store(old)
    assert loaded(store, A).report == make_report()
    assert store.remarks == []
    store.close()


def test_a_report_called_checked_before_that_was_an_edit_still_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "STEPS", {number: STEPS[number] for number in (1, 2)})
    report = make_report()
    store = Store(folder)
    for path in (A, B):
        store.begin_reading(path, reading(report))
        store.append(path, path.name, [typed(report, 4)])
    store.close()
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE report SET checked_edits = CASE WHEN path = '/甲.txt' THEN 1 ELSE 0 END")
    monkeypatch.undo()
    store = Store(folder)
    marked, changed_since = (loaded(store, path).report for path in (A, B))
    assert marked is not None
    assert changed_since is not None
    assert [(edit.key, edit.after, edit.reason) for edit in marked.edits[1:]] == [
        (CHECK_MARK, head_cell("已核"), CHECKED)
    ]
    assert len(changed_since.edits) == 1
    store.close()


@pytest.mark.parametrize("may_write", [True, False])
def test_a_newer_workspace_is_refused_and_left_alone(old: Path, may_write: bool) -> None:
    with closing(sqlite3.connect(old / FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {NEXT}")
    before = (old / FILE).read_bytes()
    with pytest.raises(WorkspaceTooNew, match="请升级"):
        Store(old, may_write=may_write)
    assert (old / FILE).read_bytes() == before
    assert [file.name for file in old.iterdir() if file.stat().st_size] == [FILE]
