from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from parser.export.reread import is_own_workbook, reread
from parser.export.workbook import write_workbook
from parser.model.finding import Assessment
from tests.export.samples import AMOUNTS, full_report, hostile_report

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")


def saved_by_libreoffice(file: Path, folder: Path) -> Path:
    """Return the workbook after LibreOffice opened and saved it."""
    folder.mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=120)
    return folder / file.name


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_report_survives_libreoffice(form: str, tmp_path: Path) -> None:
    file = tmp_path / "年报.xlsx"
    write_workbook(hostile_report(form), Assessment(), file)
    saved = saved_by_libreoffice(file, tmp_path / "saved")
    assert is_own_workbook(saved)
    assert reread(saved) == hostile_report(form)
    book = openpyxl.load_workbook(saved)
    assert book["nianbao_data"].sheet_state != "visible"
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]


def test_a_change_made_before_libreoffice_saved_is_an_edit(tmp_path: Path) -> None:
    file = tmp_path / "年报.xlsx"
    report = full_report("2021")
    write_workbook(report, Assessment(), file)
    book = openpyxl.load_workbook(file)
    ((title, coordinate),) = book.defined_names[str(AMOUNTS["2021"])].destinations
    book[title][coordinate].value = "=10+8.25"
    book.save(file)
    again = reread(saved_by_libreoffice(file, tmp_path / "saved"))
    assert str(again.cells[AMOUNTS["2021"]].value) == "18.25"
    assert again.cells[AMOUNTS["2021"]].unit == "万元"
    assert [edit.key for edit in again.edits[1:]] == [AMOUNTS["2021"]]
