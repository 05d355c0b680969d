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

FORMS = ("2019", "2021")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of workbooks that LibreOffice opened and saved; in 改动.xlsx a value was changed before."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for form in FORMS:
        write_workbook(hostile_report(form), Assessment(), folder / f"{form}.xlsx")
    write_workbook(full_report("2021"), Assessment(), folder / "改动.xlsx")
    book = openpyxl.load_workbook(folder / "改动.xlsx")
    ((title, coordinate),) = book.defined_names[str(AMOUNTS["2021"])].destinations
    book[title][coordinate].value = "=10+8.25"
    book.save(folder / "改动.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    files = [str(file) for file in folder.glob("*.xlsx")]
    subprocess.run([*command, "--outdir", str(folder / "saved"), *files], check=True, capture_output=True, timeout=180)
    return folder / "saved"


@pytest.mark.parametrize("form", FORMS)
def test_a_report_survives_libreoffice(form: str, saved: Path) -> None:
    file = saved / f"{form}.xlsx"
    assert is_own_workbook(file)
    assert reread(file) == hostile_report(form)


@pytest.mark.parametrize("form", FORMS)
def test_the_hidden_sheet_stays_hidden_and_text_stays_text(form: str, saved: Path) -> None:
    book = openpyxl.load_workbook(saved / f"{form}.xlsx")
    assert book["nianbao_data"].sheet_state != "visible"
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]


def test_a_formula_typed_into_a_value_cell_is_an_edit_to_what_it_gives(saved: Path) -> None:
    again = reread(saved / "改动.xlsx")
    assert str(again.cells[AMOUNTS["2021"]].value) == "18.25"
    assert again.cells[AMOUNTS["2021"]].unit == "万元"
    assert [edit.key for edit in again.edits[1:]] == [AMOUNTS["2021"]]
