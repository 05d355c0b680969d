"""Which reader reads a file; a file that no reader can read is refused with what is wrong and what to do."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import docx
import pytest

from parser.errors import EmptyFile, FileTooLarge, UnreadableFile, UnsupportedFormat
from parser.readers.registry import is_paged, may_be_report, read_bytes, read_document
from tests.refused import refused

TEXT = "一、总体情况\n行政许可\t186\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "报告.txt"


@pytest.mark.parametrize("name", ["报告.txt", "报告.TXT", "报告.md", "a b.text", "没有后缀", "报告.2023", "报告.csv"])
def test_text_is_read_under_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")
    document = read_document(path)
    assert (document.name, document.kind, document.text) == (name, "text", TEXT)
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize("name", ["报告.html", "报告.HTM", "报告.xhtml", "报告.doc", "没有后缀"])
def test_a_web_page_is_recognised_by_name_or_content(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("<html><body><p>一、总体情况</p></body></html>", "utf-8")
    assert (read_document(path).kind, read_document(path).text) == ("html", "一、总体情况")


@pytest.mark.parametrize(
    "name", ["a.txt", "a.MD", "a.html", "a.HTM", "a.docx", "a.doc", "a.wps", "a.pdf", "a.jpg", "a.xlsx"]
)
def test_whatever_may_hold_a_report_is_looked_at_in_folders(name: str) -> None:
    assert may_be_report(Path(name))


@pytest.mark.parametrize("name", ["a.exe", "a.json", "a.css", "a.js", "a", "txt", "Thumbs.db"])
def test_other_files_in_folders_are_passed_over(name: str) -> None:
    assert not may_be_report(Path(name))


@pytest.mark.parametrize(
    "content", [b"", b"\n \t\r\n", "　\n\u3000".encode(), b"\xef\xbb\xbf", b"\xff\xfe\n\x00", b"\0" * 9]
)
def test_a_file_without_words_is_empty(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    assert isinstance(refused(read_document, file), EmptyFile)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("图.heic", b"\x00\x00\x00\x18ftypheic", "HEIC"),
        ("报告.wps", b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        ("报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        ("报告.rtf", b"{\\rtf1\\ansi", "Word"),
        ("报告.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        ("报告.ofd", b"PK\x03\x04\x14\x00", "OFD"),
        ("报告.zip", b"PK\x03\x04\x14\x00", "压缩文件"),
        ("报告.rar", b"Rar!\x1a\x07", "压缩文件"),
        ("报告.mht", b"MIME-Version: 1.0\r\n", "mht"),
    ],
)
def test_a_file_of_another_kind_is_named_with_a_way_out(
    name: str, content: bytes, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parser.readers.convert.find_office", lambda: None)
    (tmp_path / name).write_bytes(content + b"\x01" * 40)
    error = refused(read_document, tmp_path / name)
    assert isinstance(error, UnsupportedFormat)
    assert kind in str(error)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", ".txt"),
        (b"BM6\x00\x0c\x00\x00\x00\x00\x00", ".bmp"),
        (b"II*\x00\x08\x00", ".tif"),
        (b"RIFF\x10\x00\x00\x00WEBP", ".webp"),
        (b"\n%PDF-1.4", ".docx"),
    ],
)
def test_pages_are_known_by_their_first_bytes_whatever_the_name(content: bytes, suffix: str) -> None:
    assert is_paged(content, suffix)


@pytest.mark.parametrize("text", ["BM是部门的缩写。", "RIFF是一种格式。", "II*", "%号表示百分比"])
def test_words_that_begin_like_a_picture_are_text(text: str, file: Path) -> None:
    assert not is_paged(text.encode(), ".txt")
    file.write_text(text, "utf-8")
    assert read_document(file).text == text


@pytest.mark.parametrize("name", ["报告.docx", "报告.xlsx", "报告.pdf"])
def test_a_damaged_office_file_is_not_taken_for_text(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("内容已经损坏", "utf-8")
    assert isinstance(refused(read_document, tmp_path / name), UnreadableFile)


@pytest.mark.parametrize(
    ("name", "megabytes", "most"),
    [
        ("报告.txt", 21, 20),
        ("没有后缀", 50, 20),
        ("报告.html", 300, 20),
        ("报告.docx", 101, 100),
        ("报告.PDF", 150, 100),
    ],
)
def test_what_is_too_large_is_refused_without_reading_it(
    name: str, megabytes: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _hollow(tmp_path / name, megabytes)
    monkeypatch.setattr(Path, "read_bytes", None)
    error = refused(read_document, path)
    assert isinstance(error, FileTooLarge)
    assert f"文件有 {megabytes} MB，超过 {most} MB" in str(error)


@pytest.mark.parametrize(("name", "megabytes"), [("报告.txt", 20), ("报告.xlsx", 100), ("照片.jpg", 100)])
def test_what_is_just_not_too_large_is_read(
    name: str, megabytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _path: b"1")
    assert read_bytes(_hollow(tmp_path / name, megabytes)) == b"1"


def test_a_file_with_more_text_than_any_report_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parser.readers.registry.MOST_TEXT", 1000)
    document = docx.Document()
    document.add_paragraph("字" * 990)
    document.save(str(tmp_path / "报告.docx"))
    assert len(read_document(tmp_path / "报告.docx").text) > 900
    document.add_paragraph("字" * 990)
    document.save(str(tmp_path / "报告.docx"))
    error = refused(read_document, tmp_path / "报告.docx")
    assert isinstance(error, FileTooLarge)
    assert "文件里的文字超过" in str(error)


def _hollow(path: Path, megabytes: int) -> Path:
    """Make a file of that size, which takes no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(megabytes * 2**20)
    return path


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "不存在" in str(refused(read_document, tmp_path / "没有.txt"))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "不是文件" in str(refused(read_document, tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert "不是文件" in str(refused(read_document, tmp_path / "管道.txt"))


def test_a_file_one_may_not_read_is_said_to_be_protected(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(TEXT, "utf-8")
    monkeypatch.setattr(Path, "read_bytes", _fail(PermissionError(13, "Permission denied")))
    assert "没有读取权限" in str(refused(read_document, file))


def test_a_failing_disk_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(TEXT, "utf-8")
    monkeypatch.setattr(Path, "read_bytes", _fail(OSError(5, "Input/output error")))
    assert "磁盘" in str(refused(read_document, file))


def _fail(error: Exception):  # type: ignore[no-untyped-def]
    def fail(path: Path) -> bytes:
        raise error

    return fail
