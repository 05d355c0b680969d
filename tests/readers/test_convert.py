"""Documents of older word processors are read by way of LibreOffice; without it the message says how to save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.errors import ReportError, UnreadableFile
from parser.readers import convert
from parser.readers.registry import read_document
from tests.bench.office_files import judge
from tests.generator.excel import excel_case
from tests.generator.word import word_case

OFFICE = convert.find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


def test_without_an_office_program_old_formats_say_how_to_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "find_office", lambda: None)
    path = tmp_path / "报告.rtf"
    path.write_bytes(rb"{\rtf1 a}")
    with pytest.raises(ReportError, match=r"；请用 Word 或 WPS 打开，点“文件 → 另存为”，类型选 docx"):
        read_document(path)


def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/bin/sleep").exists():
        pytest.skip("needs /bin/sleep")
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(convert, "find_office", lambda: str(program))
    monkeypatch.setattr(convert, "SECONDS", 0.2)
    with pytest.raises(UnreadableFile, match="没能转换"):
        convert.converted(b"{\\rtf1 a}", ".rtf", "docx")


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".odt"])
def test_old_documents_are_read_through_libreoffice(suffix: str) -> None:
    case = word_case(7400, "2021", [])
    old = convert.run_office(OFFICE or "", case.data, ".docx", suffix[1:])
    assert old is not None
    assert set(judge(old, suffix, case.truth).kinds.values()) == {"right"}


@needs_office
@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_old_workbooks_are_read_through_libreoffice(suffix: str) -> None:
    case = excel_case(7400, "2021", ["numbers", "borders"])
    old = convert.run_office(OFFICE or "", case.data, ".xlsx", suffix[1:])
    assert old is not None
    assert set(judge(old, suffix, case.truth).kinds.values()) == {"right"}
