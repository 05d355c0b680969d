"""Paths become inputs, inputs become reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parser.errors import PasswordNeeded, ReportError, UnreadableFile
from parser.export.workbook import write_workbook
from parser.paths import resource
from parser.pipeline import find_inputs, open_report, open_report_as
from parser.rules.check import assess
from tests.generator.pdf import pdf_case
from tests.locked_pdf import locked

SAMPLES = sorted(resource("samples").iterdir())


def names(folder: Path, inputs: list[Path]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in inputs]


def test_a_folder_is_searched_through_in_order(tmp_path: Path) -> None:
    for name in ("乙/b.txt", "甲/a.md", "c.HTML", "d.docx", "e.jpg", "f.xlsx", "甲/深/处/g.htm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert sorted(names(tmp_path, find_inputs([tmp_path]))) == sorted(
        ["乙/b.txt", "甲/a.md", "c.HTML", "d.docx", "e.jpg", "f.xlsx", "甲/深/处/g.htm"]
    )
    assert find_inputs([tmp_path]) == sorted(find_inputs([tmp_path]))


@pytest.mark.parametrize(
    "name", [".隐藏.txt", "~$报告.docx", ".git/a.txt", "~$x/a.txt", "a.json", "a.py", "Thumbs.db", "a"]
)
def test_hidden_lock_and_foreign_files_are_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x", "utf-8")
    assert find_inputs([tmp_path]) == []


def test_a_hidden_folder_above_the_given_one_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / ".缓存" / "年报").mkdir(parents=True)
    (tmp_path / ".缓存" / "年报" / "a.txt").write_text("x", "utf-8")
    assert len(find_inputs([tmp_path / ".缓存" / "年报"])) == 1


def test_a_file_given_by_name_is_an_input_whatever_it_is(tmp_path: Path) -> None:
    given = [tmp_path / "没有.txt", tmp_path / ".隐藏", tmp_path / "a.exe"]
    given[2].write_text("x", "utf-8")
    assert find_inputs(given) == given


def test_an_empty_folder_has_no_inputs(tmp_path: Path) -> None:
    assert find_inputs([tmp_path]) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_a_report_is_the_same_under_another_name(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / f"复件{path.suffix}"
    shutil.copy(path, copy)
    one, other = open_report(path), open_report(copy)
    assert (one.source, other.source) == (path.name, copy.name)
    assert (one.cells, one.sha256, one.sections) == (other.cells, other.sha256, other.sections)


def test_a_workbook_of_ours_is_read_back_and_not_extracted(tmp_path: Path) -> None:
    report = open_report(SAMPLES[0])
    write_workbook(report, assess(report), tmp_path / "年报.xlsx")
    again = open_report(tmp_path / "年报.xlsx")
    assert (again.cells, again.issuer, again.year, again.text) == (
        report.cells,
        report.issuer,
        report.year,
        report.text,
    )


@pytest.mark.parametrize("name", ["没有.txt", "没有.xlsx"])
def test_a_missing_file_is_a_report_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="不存在；请"):
        open_report(tmp_path / name)


@pytest.mark.usefixtures("qapp")  # Qt writes the PDF file
def test_a_locked_file_is_read_like_an_open_one_once_its_password_is_given(tmp_path: Path) -> None:
    plain, shut = tmp_path / "甲.pdf", tmp_path / "乙.pdf"
    plain.write_bytes(pdf_case(5, "2021").data)
    shut.write_bytes(locked(plain.read_bytes(), "qh2024"))
    assert open_report(shut, password="qh2024").cells == open_report(plain).cells
    assert open_report_as(shut, "2021", password="qh2024").cells == open_report_as(plain, "2021").cells
    with pytest.raises(PasswordNeeded, match="；请"):
        open_report(shut)


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="；请"):
        open_report(tmp_path)
