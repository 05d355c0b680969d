from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from parser.errors import OutputError
from parser.export.workbook import write_workbook
from parser.model.finding import Assessment
from parser.templates.load import template
from tests.export.samples import (
    AMOUNTS,
    BLANK,
    MARKED,
    NEW_PERSONS,
    UNREADABLE,
    broken_row,
    full_report,
    hostile_report,
)

FORMS = ("2019", "2021")


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(form: str, tmp_path: Path) -> openpyxl.Workbook:
    write_workbook(full_report(form), broken_row(), tmp_path / "报告.docx.xlsx")
    return openpyxl.load_workbook(tmp_path / "报告.docx.xlsx")


def named(book: openpyxl.Workbook, key: object) -> openpyxl.cell.Cell:
    ((title, coordinate),) = book.defined_names[str(key)].destinations
    return book[title][coordinate]  # type: ignore[no-any-return]


def test_every_value_cell_carries_its_key_as_a_name(book: openpyxl.Workbook, form: str) -> None:
    assert set(book.defined_names) == {str(key) for key in template(form).fields}
    assert named(book, NEW_PERSONS).value == 3001


def test_numbers_are_numbers_and_the_rest_is_text_or_nothing(book: openpyxl.Workbook, form: str) -> None:
    amount = named(book, AMOUNTS[form])
    assert (amount.value, amount.number_format) == (18.871, '0.0000"万元"')
    assert named(book, MARKED).value == "—"
    assert named(book, UNREADABLE).value == "1?#"
    assert named(book, BLANK).value is None


def test_the_merged_cells_are_those_of_the_form(book: openpyxl.Workbook, form: str) -> None:
    for table in template(form).tables:
        expected = {
            (c.row + 4, c.column + 1, c.row + 3 + c.row_span, c.column + c.column_span)
            for c in table.grid
            if c.row_span > 1 or c.column_span > 1
        }
        merged = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in book[table.sheet].merged_cells.ranges}
        assert {m for m in merged if m[0] > 3} == expected


def test_a_doubtful_cell_shows_in_black_and_white_too(book: openpyxl.Workbook) -> None:
    cell = named(book, NEW_PERSONS)
    assert cell.fill.patternType == "lightUp"
    assert cell.font.b
    assert "3O01" in cell.comment.text


def test_the_pages_are_a4_and_as_wide_as_the_paper(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[:5]:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
    assert [s.page_setup.orientation for s in book.worksheets[:3]] == ["portrait", "portrait", "landscape"]


def test_the_fonts_are_those_of_an_official_document(book: openpyxl.Workbook) -> None:
    fonts = {c.font.name for s in book.worksheets[:5] for row in s.iter_rows() for c in row if c.value is not None}
    assert fonts == {"宋体", "仿宋"}


def test_the_data_for_rereading_cannot_be_seen(book: openpyxl.Workbook) -> None:
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 5 + ["veryHidden"]


def test_no_text_ever_becomes_a_formula_or_an_error(form: str, tmp_path: Path) -> None:
    write_workbook(hostile_report(form), broken_row(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    starting = [
        cell for row in book["依申请公开"].iter_rows() for cell in row if str(cell.value).startswith(("=", "@"))
    ]
    assert starting
    assert all(cell.quotePrefix for cell in starting)


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(OutputError):
        write_workbook(full_report("2021"), Assessment(), tmp_path / "x" / "a.xlsx")
