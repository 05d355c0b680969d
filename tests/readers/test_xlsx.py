"""Workbooks that offices filled in themselves are read as Excel shows them; bad ones are refused with a way out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from parser.errors import EmptyFile, FileTooLarge, ReportError, UnreadableFile
from parser.model.document import Document
from parser.model.place import TextSpan
from parser.readers.number_format import BUILT_IN, general, shown_number
from parser.readers.registry import read_document
from parser.readers.xlsx import read_xlsx
from tests.bench.office_files import judge
from tests.generator.excel import HABITS, excel_case, with_shared_strings, with_values
from tests.readers.parts import changed
from tests.refused import refused

GENERATED = [(seed, form) for seed in range(8100, 8104) for form in ("2019", "2021")]
BOX = Border(*[Side(style="thin")] * 4)


def made(*fill: Callable[[Worksheet], object]) -> bytes:
    """Return a workbook with a sheet for each function that fills one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, one in enumerate(fill, 1):
        one(book.create_sheet(f"表{number}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nothing(page: Worksheet) -> None:
    """Leave the sheet empty."""


def read(*fill: Callable[[Worksheet], object]) -> Document:
    return read_xlsx(made(*fill), "报告.xlsx", "0")


def lines(*fill: Callable[[Worksheet], object]) -> list[str]:
    return read(*fill).text.split("\n")


def shown(value: object, number_format: str = "General") -> str:
    """Return what a cell with this value shows."""

    def fill(page: Worksheet) -> None:
        page.append(["行政许可", value])
        page["B1"].number_format = number_format

    return lines(fill)[0].partition("\t")[2]


@pytest.mark.parametrize(("seed", "form"), GENERATED)
def test_filled_forms_are_read_without_a_fault(seed: int, form: str) -> None:
    case = excel_case(seed, form)
    scored = judge(case.data, ".xlsx", case.truth)
    assert set(scored.kinds.values()) == {"right"}
    assert not scored.counts["misplaced"]


@pytest.mark.parametrize("habits", [[], list(HABITS), *([habit] for habit in HABITS)])
def test_no_habit_of_workbooks_hurts(habits: list[str]) -> None:
    case = excel_case(8200, "2021", habits)
    assert set(judge(case.data, ".xlsx", case.truth).kinds.values()) == {"right"}


def test_every_piece_is_what_stands_at_its_place() -> None:
    found = read(
        lambda page: [page.append(row) for row in (["一、总体情况"], ["规章", None, " 3 "], ["行政许可", "1\n2"])]
    )
    for piece in found.pieces:
        assert isinstance(piece.place, TextSpan)
        assert found.text[piece.place.start : piece.place.end] == piece.text
    assert found.kind == "xlsx"
    assert found.text == "一、总体情况\n规章\t\t3\n行政许可\t1 2\t"


def test_merged_cells_stand_once_where_they_begin() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["三、结果", "（一）公开", None, 6])
        page.append([None, "（二）部分", None, 2])
        for area in ("A1:A2", "B1:C1", "B2:C2"):
            page.merge_cells(area)

    assert lines(fill) == ["三、结果\t（一）公开\t6", "（二）部分\t2"]


def test_a_merged_cell_that_begins_in_a_hidden_row_or_column_is_shown() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["三、结果", None, "1.公开", 6])
        page.append([None, None, "2.部分", 2])
        page.merge_cells("A1:B2")
        page.row_dimensions[1].hidden = True
        page.column_dimensions["A"].hidden = True

    assert lines(fill) == ["三、结果\t2.部分\t2"]


def test_empty_cells_within_a_frame_are_blank_cells() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["规章", None, None])
        page.append(["一、总体情况", None, None, None, "很宽"])
        for column in (1, 2, 3):
            page.cell(1, column).border = BOX

    assert lines(fill)[0] == "规章\t\t"


def test_empty_cells_without_a_frame_are_as_many_as_in_the_rows_above() -> None:
    rows = (["信息内容", "制发", "废止"], ["规章"], ["行政规范性文件", 1, 2])
    assert lines(lambda page: [page.append(row) for row in rows])[1] == "规章\t\t"


def test_a_text_alone_is_a_line() -> None:
    found = read(lambda page: page.append(["二、主动公开政府信息情况"]))
    assert [piece.bounded for piece in found.pieces] == [False]


def test_empty_columns_around_the_table_are_left_out() -> None:
    assert lines(lambda page: page.append([None, None, "规章", 1, None, None])) == ["规章\t1"]


def test_hidden_rows_columns_and_sheets_are_left_out() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["规章", 9, 1])
        page.append(["规章", 9, 8])
        page.row_dimensions[2].hidden = True
        page.column_dimensions["B"].hidden = True

    def hide(page: Worksheet) -> None:
        page.append(["规章", 7])
        page.sheet_state = "veryHidden"

    assert lines(fill, hide) == ["规章\t1"]


def test_several_sheets_are_named_unless_the_sheet_says_it_itself() -> None:
    def other(page: Worksheet) -> None:
        page.append(["表2"])
        page.append(["规章", 2])

    assert lines(lambda page: page.append(["规章", 1]), other) == ["表1", "规章\t1", "表2", "规章\t2"]
    assert lines(lambda page: page.append(["规章", 1]), nothing) == ["规章\t1"]
    title = "清河市水务局2023年政府信息公开工作年度报告"
    assert lines(lambda page: page.append([title]), other) == [title, "表2", "规章\t2"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12, "General", "12"), (12.0, "0_ ", "12"), (18.871, "0.0000", "18.8710"), (18.871, "General", "18.871"),
        (1.1 + 2.2, "General", "3.3"), (0, "0", "0"), (-8, "General", "-8"), (-8, "0;减0", "减8"), (8, "+0;-0", "+8"),
        (1234567, "#,##0", "1,234,567"), (1234.5, "#,##0.00", "1,234.50"), (0.125, "0.0%", "12.5%"),
        (3964, '0"万元"', "3964万元"), (14, "0个", "14个"), (123456, "0!.0,", "12.3"), (5, "000", "005"),
        (0, '0;-0;"-"', "-"), (0, "0;;;@", ""), (0.5, "#.##", ".5"), (2.5, "0", "3"), (7, "@", "7"),
        (0.5, "# ?/?", "0.5"), (3.5, 'General"件"', "3.5件"), (12, "[Red]0", "12"), (12, "[>5]0.0;0", "12"),
        (12, "¥0", "¥12"), (12, "[$￥-804]0.00", "￥12.00"), (1e20, "General", "100000000000000000000"),
        (date(2024, 1, 5), "yyyy/m/d", "2024/1/5"), (date(2024, 1, 5), 'yyyy"年"m"月"d"日"', "2024年1月5日"),
        (date(2024, 1, 5), "yy-mm-dd", "24-01-05"), (date(2024, 1, 5), "yyyy年mm月", "2024年01月"),
        ("００12", "General", "００12"), (True, "General", "TRUE"), ("#N/A", "General", "#N/A"),
        (Decimal("96171.6"), "General", "96171.6"), (59237.2449, "0.0000_);(0.0000)", "59237.2449"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("45296.5", "h:mm:ss", "12:00:00"), ("45296.75", "h:mm AM/PM", "6:00 下午"),
        ("45296.754", "yyyy/m/d h:mm", "2024/1/5 18:05"),
        ("45296", BUILT_IN[31], "2024年1月5日"), ("1", "yyyy/m/d", "1900/1/1"), ("45296", "aaaa", "星期五"),
        ("-1", "yyyy/m/d", "-1"), ("x", "0", "x"), ("NaN", "0", "NaN"), ("1E+400", "0", "1E+400"), ("1.5E1", "0", "15"),
    ],
)  # fmt: skip
def test_stored_numbers_are_shown(stored: str, code: str, text: str) -> None:
    assert shown_number(stored, code) == text


def test_dates_since_1904_are_told() -> None:
    assert shown_number("43834", "yyyy/m/d", since_1904=True) == "2024/1/5"


def test_the_general_format_drops_the_noise_of_binary_fractions() -> None:
    assert [general(Decimal(text)) for text in ("434.99999999999994", "-0.0", "1E+2", "0.1000000000000001")] == [
        "435", "0", "100", "0.1",
    ]  # fmt: skip


def test_a_formula_is_read_by_its_value_and_one_without_is_no_blank() -> None:
    data = made(lambda page: page.append(["规章", "=SUM(D1:E1)", "=1+1"]))
    data = with_values(data, [("xl/worksheets/sheet1.xml", "B1", "12")])
    assert read_xlsx(data, "", "").text == "规章\t12\t=1+1"


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    def fill(page: Worksheet) -> None:
        page.append(["规章", 0, 3])
        page.sheet_view.showZeros = False

    assert lines(fill) == ["规章\t\t3"]


def test_rich_text_is_read_without_the_readings_of_its_characters() -> None:
    data = with_shared_strings(made(lambda page: page.append(["规章", "1"])))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strings = unescape(archive.read("xl/sharedStrings.xml").decode())
    rich = strings.replace("<si><t>规章</t></si>", "<si><r><t>规</t></r><r><t>章</t></r><rPh><t>gui</t></rPh></si>")
    assert rich != strings
    assert read_xlsx(changed(data, "xl/sharedStrings.xml", rich.encode()), "", "").text == "规章\t1"


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".et", ".xls", ".txt"])
def test_a_workbook_is_recognised_under_any_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(made(lambda page: page.append(["规章", 1])))
    assert (read_document(path).kind, read_document(path).text) == ("xlsx", "规章\t1")


def refusal(data: bytes) -> ReportError:
    return refused(read_xlsx, data, "报告.xlsx", "0")


def test_a_workbook_without_visible_words_is_empty() -> None:
    assert isinstance(refusal(made(nothing)), EmptyFile)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_workbook_that_lacks_a_part_is_refused(part: str) -> None:
    data = with_shared_strings(made(lambda page: page.append(["规章", "a"])))
    assert isinstance(refusal(changed(data, part, None)), UnreadableFile)


def test_the_older_binary_workbook_is_refused_with_a_way_out() -> None:
    data = changed(made(lambda page: page.append(["规章"])), "xl/workbook.xml", None)
    assert "另存为 xlsx" in str(refusal(changed(data, "xl/workbook.bin", b"1")))


def test_a_huge_sheet_is_refused_and_a_huge_merged_cell_does_no_harm() -> None:
    def wide(page: Worksheet) -> None:
        for row in range(1, 6000):
            page.cell(row, 1, "甲")
        page.cell(1, 510, "乙")

    assert isinstance(refusal(made(wide)), FileTooLarge)
    data = made(lambda page: [page.append(["规章", 1]), page.merge_cells("D3:E4")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"D3:E4", b"D3:XFD1048576")
    assert read_xlsx(changed(data, "xl/worksheets/sheet1.xml", sheet), "", "").text == "规章\t1"


def test_mutated_files_never_crash_the_reader() -> None:
    rng = random.Random(20_261_124)
    whole = excel_case(8300, "2021", HABITS).data
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    wild = (b"-1", b"99999999", b"", b"x", b"0", b"3")
    for turn in range(200):
        name = rng.choice(sorted(parts))
        data = bytearray(whole if turn % 3 == 0 else parts[name])
        for _ in range(rng.randint(1, 20)):
            start = rng.randrange(len(data))
            data[start : start + rng.choice((0, 1, 1, 40))] = rng.randbytes(rng.choice((0, 1, 1, 9)))
        mutated = bytes(data)
        if turn % 3 == 1:  # numbers exchanged: well-formed, with wild addresses, styles and sizes
            mutated = re.sub(rb'(?<=")\d+(?=")', lambda m: rng.choice((m[0], *wild)), parts[name])
        try:
            read_xlsx(mutated if turn % 3 == 0 else changed(whole, name, mutated), "报告.xlsx", "0")
        except ReportError as error:
            if "；请" not in str(error):
                raise
