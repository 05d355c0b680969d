"""What a person sees otherwise in a sheet than it is stored, or not at all, is put before the clerk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pixels

from parser.extract.report import extract
from parser.model.report import Cell, CellKey, State
from parser.readers.xlsx import read_xlsx
from parser.readers.xlsx_cells import shown_stored
from tests.readers.parts import changed

LICENSING = CellKey.parse("proactive.administrative_licensing.decisions")
LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
SHEET = "xl/worksheets/sheet1.xml"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def made(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    fill(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def licensing(data: bytes) -> Cell:
    return extract(read_xlsx(data, "报告.xlsx", "0")).cells[LICENSING]


def proactive(page: Worksheet, value: object) -> None:
    """Fill part of table two; B4 is the cell of what is under test."""
    rows = (
        *(["二、主动公开政府信息情况"], ["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", value]),
        *(["第二十条第（六）项"], ["信息内容", "本年处理决定数量"], ["行政处罚", 4], ["行政强制", 7]),
    )
    for row in rows:
        page.append(row)


def with_value(value: object, number_format: str = "General") -> bytes:
    def fill(page: Worksheet) -> None:
        proactive(page, value)
        page["B4"].number_format = number_format

    return made(fill)


def picture() -> Image:
    out = io.BytesIO()
    Pixels.new("RGB", (20, 10)).save(out, "PNG")
    out.seek(0)
    return Image(out)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        *(
            ("123456", "0!.0,"),
            ("123456", "0,"),
            ("-5", "0;[Red]0"),
            ("12", '0"0"'),
            ("12", '"1"0'),
            ("3386.7428", "0"),
        ),
        *(("12", ";;;"), ("-5", '0"件";;'), ("0.3", "0"), ("12.345", "0.00"), ("5830.66430000001", "General")),
    ],
)
def test_a_figure_that_is_shown_otherwise_than_stored_is_odd(stored: str, code: str) -> None:
    assert shown_stored(stored, code, since_1904=False).note


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        *(
            ("12", "General"),
            ("1234567", "#,##0"),
            ("18.871", "0.0000"),
            ("-8", "0;减0"),
            ("-8", "0_);(0)"),
            ("5", "000"),
        ),
        *(
            ("0", ";;;"),
            ("0", '0;-0;"-"'),
            ("3.3000000000000003", "General"),
            ("14", "0个"),
            ("0.5", "#.##"),
            ("x", "0"),
        ),
        *(("1234.5", "#,##0.00"), ("8", "+0;-0"), ("434.99999999999994", "0"), ("-1", "General")),
    ],
)
def test_a_figure_that_is_shown_as_stored_is_not_odd(stored: str, code: str) -> None:
    assert shown_stored(stored, code, since_1904=False).note == ""


def test_a_figure_shown_otherwise_is_doubted() -> None:
    cell = licensing(with_value(12345, "0,"))
    assert cell.raw == "12"
    assert "12345" in cell.doubts[0].note


def test_a_figure_that_its_format_hides_is_told() -> None:
    cell = licensing(with_value(12, ";;;"))
    assert cell.state is State.BLANK
    assert "12" in cell.doubts[0].note


@pytest.mark.parametrize("font", [InlineFont(vertAlign="superscript"), InlineFont(strike=True)])
def test_figures_raised_or_struck_out_run_into_no_others(font: InlineFont) -> None:
    cell = licensing(with_value(CellRichText(TextBlock(InlineFont(), "12"), TextBlock(font, "3"))))
    assert cell.raw == "12 3"
    assert cell.doubts


def test_digits_in_several_fonts_are_one_number() -> None:
    bold = TextBlock(InlineFont(b=True), "1")
    assert licensing(with_value(CellRichText(bold, TextBlock(InlineFont(), "2")))).shown == "12"


def test_a_figure_that_a_merged_cell_does_not_show_is_told() -> None:
    def fill(page: Worksheet) -> None:
        proactive(page, None)
        page.cell(4, 3, 246)

    data = made(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(SHEET)
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B4:D4"/></mergeCells>'
    hidden = sheet.replace(b"</sheetData>", merged)
    cell = licensing(changed(data, SHEET, hidden))
    assert cell.state is State.BLANK
    assert "246" in cell.doubts[0].note


def test_a_picture_in_an_empty_cell_is_no_empty_cell() -> None:
    def fill(page: Worksheet) -> None:
        proactive(page, None)
        page.add_image(picture(), "B4")

    cell = licensing(made(fill))
    assert (cell.state, cell.raw) == (State.UNREADABLE, "［图片］")
    assert "图片" in cell.doubts[0].note


def test_a_picture_within_a_merged_cell_is_found() -> None:
    def fill(page: Worksheet) -> None:
        proactive(page, None)
        page.merge_cells("B4:D4")
        page.add_image(picture(), "C4")

    assert licensing(made(fill)).state is State.UNREADABLE


@pytest.mark.parametrize("value", [None, 5])
def test_a_picture_over_several_cells_puts_the_empty_ones_in_doubt(value: int | None) -> None:
    def fill(page: Worksheet) -> None:
        proactive(page, value)
        image = picture()
        image.anchor = TwoCellAnchor(_from=AnchorMarker(col=1, row=2), to=AnchorMarker(col=2, row=5))
        page.add_image(image)

    cell = licensing(made(fill))
    assert cell.state is (State.BLANK if value is None else State.NUMBER)
    assert bool(cell.doubts) == (value is None)


def test_a_picture_above_the_table_is_no_text() -> None:
    def fill(page: Worksheet) -> None:
        page.append([None, "行政许可", 5])
        page.add_image(picture(), "A1")

    assert read_xlsx(made(fill), "报告.xlsx", "0").text == "行政许可\t5"


def remedies(page: Worksheet, *, framed: bool, rows: int) -> None:
    """Fill table four but for its figures, with so many empty rows below."""
    page.append(["四、政府信息公开行政复议、行政诉讼情况"])
    page.append(["行政复议", *[None] * 4, "行政诉讼"])
    page.append([*RESULTS, "未经复议直接起诉", *[None] * 4, "复议后起诉"])
    page.append([*[None] * 5, *RESULTS, *RESULTS])
    for row in range(2, 5 + rows):
        for column in range(1, 16):
            if framed:
                page.cell(row, column).border = BOX
            elif row > 4:
                page.cell(row, column).value = None


@pytest.mark.parametrize("rows", [1, 2, 30])
@pytest.mark.parametrize("framed", [True, False])
def test_the_empty_row_of_table_four_at_the_end_of_a_sheet_is_blank(framed: bool, rows: int) -> None:
    document = read_xlsx(made(lambda page: remedies(page, framed=framed, rows=rows)), "报告.xlsx", "0")
    states = {cell.state for key, cell in extract(document).cells.items() if key.table == "remedies"}
    assert states == {State.BLANK}
    assert len(document.text.split("\n")) <= 4 + 3
