from __future__ import annotations

from pathlib import Path

import pytest

from parser.errors import WorkspaceError
from parser.workspace.copying import copy_workspace
from parser.workspace.store import FILE, Store
from tests.forms import make_report
from tests.workspace.samples import reading, typed

A = Path("甲.docx").absolute()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a workspace that is being written to."""
    store, report = Store(tmp_path / "工作区"), make_report()
    store.begin_reading(A, reading(report))
    store.append(A, "一", [typed(report, 7)])
    return store


def test_a_copy_has_everything_and_goes_its_own_way(store: Store, tmp_path: Path) -> None:
    target = copy_workspace(tmp_path / "工作区", tmp_path / "交接")
    assert target == tmp_path / "交接" / FILE
    before = store.load(A).report
    copy = Store(tmp_path / "交接")  # its own lock: both may be worked in
    assert copy.load(A).report == before
    assert before is not None
    copy.append(A, "二", [typed(before, 8)])
    assert store.load(A).report == before
    copy.close()
    store.close()


def test_a_workspace_is_never_replaced(store: Store, tmp_path: Path) -> None:
    copy_workspace(tmp_path / "工作区", tmp_path / "交接")
    before = (tmp_path / "交接" / FILE).read_bytes()
    for folder in (tmp_path / "交接", tmp_path / "工作区"):
        with pytest.raises(WorkspaceError, match="已有一个工作区"):
            copy_workspace(tmp_path / "工作区", folder)
    assert (tmp_path / "交接" / FILE).read_bytes() == before
    store.close()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", "utf-8")
    with pytest.raises(WorkspaceError):
        copy_workspace(tmp_path / "工作区", tmp_path / "文件" / "里面")
    store.close()


def test_there_is_nothing_to_copy_where_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        copy_workspace(tmp_path / "没有", tmp_path / "交接")
    assert not (tmp_path / "交接" / FILE).exists()
