from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO

import pytest

from parser.errors import OutputError
from parser.export.replace_file import replace_file


def failing(number: int) -> object:
    def write(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(number, "no")

    return write


def test_new_content_replaces_the_old_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "报告.json"
    target.write_text("old", "utf-8")
    replace_file(target, lambda stream: stream.write(b"new"))
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    replace_file(tmp_path / "甲" / "乙" / "丙.json", lambda stream: stream.write(b"x"))
    assert (tmp_path / "甲" / "乙" / "丙.json").exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "不允许写入"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EIO, "换一个位置"),
    ],
)
def test_a_failure_says_what_to_do_and_keeps_the_old_file(tmp_path: Path, number: int, words: str) -> None:
    target = tmp_path / "报告.json"
    target.write_text("old", "utf-8")
    with pytest.raises(OutputError, match=words):
        replace_file(target, failing(number))  # type: ignore[arg-type]
    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_open_in_excel_is_named_as_the_likely_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match=r"Excel 或 WPS.*换一个文件名"):
        replace_file(tmp_path / "报告.xlsx", lambda stream: stream.write(b"x"))
    assert list(tmp_path.iterdir()) == []


def test_a_bug_in_the_writer_leaves_no_temporary_file(tmp_path: Path) -> None:
    def buggy(stream: BinaryIO) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_file(tmp_path / "a.json", buggy)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_or_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OutputError, match="是一个文件夹"):
        replace_file(tmp_path / "a.xlsx", lambda stream: stream.write(b"x"))
    (tmp_path / "b").write_bytes(b"")
    with pytest.raises(OutputError, match="检查路径"):
        replace_file(tmp_path / "b" / "c.xlsx", lambda stream: stream.write(b"x"))
    assert (tmp_path / "a.xlsx").is_dir()
