from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parser.errors import ReportError, UnreadableFile, UnsupportedFormat
from parser.export.reread import CHANGED, is_own_workbook, reread
from parser.export.stored import restored, stored_rows
from parser.export.workbook import write_workbook
from parser.model.finding import Assessment
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell, CellKey, Doubt, Edit, Reason, Report, State
from tests.export.samples import (
    AMOUNTS,
    BLANK,
    GONE,
    MARKED,
    NEW_PERSONS,
    NEW_TOTAL,
    UNREADABLE,
    broken_row,
    full_report,
    hostile_report,
)
from tests.forms import make_report

FORMS = ("2019", "2021")
Book = openpyxl.Workbook


def named(book: Book, key: CellKey) -> openpyxl.cell.Cell:
    ((title, coordinate),) = book.defined_names[str(key)].destinations
    return book[title][coordinate]  # type: ignore[no-any-return]


def changed(report: Report, folder: Path, change: Callable[[Book], object]) -> Report:
    """Return what is read after the workbook of ``report`` was changed in a spreadsheet program."""
    file = folder / "年报.xlsx"
    write_workbook(report, broken_row(), file)
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return reread(file)


def typed(report: Report, folder: Path, key: CellKey, content: object) -> Report:
    def change(book: Book) -> None:
        named(book, key).value = content

    return changed(report, folder, change)


def decimals(report: Report) -> list[str]:
    return [str(cell.value) for cell in report.cells.values()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [make_report, full_report, hostile_report])
def test_nothing_is_lost_on_the_way(form: str, make: Callable[[str], Report], tmp_path: Path) -> None:
    report = make(form)
    write_workbook(report, broken_row(), tmp_path / "a.xlsx")
    again = reread(tmp_path / "a.xlsx")
    assert again == report
    assert decimals(again) == decimals(report)


texts = st.text(st.characters(), max_size=40) | st.sampled_from(["=1", "/", "\x00", "_x000D_", "12", " 5 ", "1e3"])
values = st.decimals(allow_nan=False, allow_infinity=False, places=None) | st.integers(0, 10**6).map(Decimal)
places = (
    st.none()
    | st.builds(TextSpan, st.integers(0), st.integers(0))
    | st.builds(PageBox, st.integers(1, 99), st.tuples(*[st.floats(0, 1)] * 4))
)
doubts = st.lists(st.builds(Doubt, st.sampled_from(Reason), texts), max_size=3).map(tuple)


@st.composite
def readings(draw: st.DrawFn) -> Cell:
    state = draw(st.sampled_from(State))
    value = draw(values) if state is State.NUMBER else None
    unit = draw(st.none() | st.sampled_from(["万元", "元", "个", "%", '"', "y", "=件"]) | texts)
    return Cell(state, value, unit, draw(texts), draw(places), draw(st.floats(0, 1)), draw(doubts))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    report = make_report(draw(st.sampled_from(FORMS)))
    keys = list(report.cells)
    some = draw(st.dictionaries(st.sampled_from(keys), readings(), max_size=12))
    zones = st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=8)))
    at = draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones))  # noqa: DTZ001
    report = replace(report, cells={**report.cells, **some}, text=draw(texts), title=draw(st.none() | texts))
    edits = [Edit(key, report.cells[key], draw(readings()), draw(texts), draw(texts), at) for key in list(some)[:2]]
    return replace(report.apply(edits), issuer=draw(st.none() | texts), sections={"1": draw(texts), "2": None})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=reports())
def test_any_report_comes_back_from_the_workbook(report: Report, tmp_path: Path) -> None:
    write_workbook(report, Assessment(), tmp_path / "a.xlsx")
    again = reread(tmp_path / "a.xlsx")
    assert again == report
    assert decimals(again) == decimals(report)


@settings(max_examples=60)
@given(report=reports())
def test_any_report_comes_back_from_its_rows(report: Report) -> None:
    assert restored(stored_rows(report)) == report


def test_a_text_longer_than_a_cell_comes_back(tmp_path: Path) -> None:
    report = make_report(text="长文\n𠮷\x00 " * 50_000)
    write_workbook(report, Assessment(), tmp_path / "a.xlsx")
    assert reread(tmp_path / "a.xlsx") == report


@pytest.mark.parametrize(
    ("key", "content", "state", "value", "unit"),
    [
        (NEW_PERSONS, 3007, State.NUMBER, "3007", None),
        (NEW_PERSONS, 3007.0, State.NUMBER, "3007", None),
        (NEW_PERSONS, "３００７件", State.NUMBER, "3007", "件"),
        (NEW_PERSONS, "3,007", State.NUMBER, "3007", None),
        (NEW_PERSONS, None, State.BLANK, "None", None),
        (NEW_PERSONS, "  ", State.BLANK, "None", None),
        (NEW_PERSONS, "/", State.MARK, "None", None),
        (UNREADABLE, 17, State.NUMBER, "17", None),
        (BLANK, 0, State.NUMBER, "0", None),
        (GONE, 4, State.NUMBER, "4", None),
        (MARKED, 0, State.NUMBER, "0", None),
        (AMOUNTS["2021"], 18.25, State.NUMBER, "18.25", "万元"),
        (AMOUNTS["2021"], 0.1 + 0.2, State.NUMBER, "0.3", "万元"),
        (AMOUNTS["2021"], "18.8720万元", State.NUMBER, "18.8720", "万元"),
    ],
)
def test_a_value_changed_in_the_sheet_is_an_edit(
    key: CellKey, content: object, state: State, value: str, unit: str | None, tmp_path: Path
) -> None:
    report = full_report("2021")
    again = typed(report, tmp_path, key, content)
    assert again.edits[:-1] == report.edits
    edit = again.edits[-1]
    assert (edit.key, edit.reason, edit.before, edit.after) == (key, CHANGED, report.cells[key], again.cells[key])
    cell = again.cells[key]
    assert (cell.state, str(cell.value), cell.unit) == (state, value, unit)
    assert cell.place == report.cells[key].place
    assert cell.raw == (content if state is State.MARK else report.cells[key].raw)
    assert cell.doubts == ()


@pytest.mark.parametrize("content", ["3001", " 3,001 ", 3001.0])
def test_the_same_number_written_differently_is_no_change(content: object, tmp_path: Path) -> None:
    report = full_report("2021")
    assert typed(report, tmp_path, NEW_PERSONS, content) == report


@pytest.mark.parametrize("content", ["约五件", datetime(2024, 3, 5), True, "=1+2", "#DIV/0!"])  # noqa: DTZ001
def test_what_is_no_number_is_never_taken_for_one(content: object, tmp_path: Path) -> None:
    again = typed(full_report("2021"), tmp_path, NEW_PERSONS, content)
    assert again.cells[NEW_PERSONS].state is State.UNREADABLE
    assert again.edits[-1].reason.startswith(CHANGED)
    assert again.edits[-1].before.value == Decimal(3001)


def test_a_letter_typed_for_a_digit_is_a_doubt(tmp_path: Path) -> None:
    cell = typed(full_report("2021"), tmp_path, NEW_PERSONS, "3OO7").cells[NEW_PERSONS]
    assert (cell.value, cell.raw) == (Decimal(3007), "3O01")
    assert [doubt.reason for doubt in cell.doubts] == [Reason.LOOK_ALIKE]


def test_author_and_time_are_those_of_the_workbook(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.properties.lastModifiedBy = "王五"
        named(book, NEW_TOTAL).value = 3001

    edit = changed(full_report("2021"), tmp_path, change).edits[-1]
    assert edit.author == "王五"
    assert abs(datetime.now(UTC) - edit.at) < timedelta(minutes=5)


def test_cells_are_found_where_they_were_moved_to(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        named(book, NEW_TOTAL).value = 5
        book["依申请公开"].title = "申请 '24"
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace("'依申请公开'", "'申请 ''24'")

    again = changed(full_report("2021"), tmp_path, change)
    assert [edit.key for edit in again.edits[1:]] == [NEW_TOTAL]


def test_a_changed_workbook_can_be_exported_and_changed_again(tmp_path: Path) -> None:
    once = typed(full_report("2019"), tmp_path, NEW_TOTAL, 3001)
    twice = typed(once, tmp_path, NEW_PERSONS, "—")
    assert [edit.reason for edit in twice.edits] == ["按勾稽关系改正", CHANGED, CHANGED]
    write_workbook(twice, Assessment(), tmp_path / "b.xlsx")
    assert reread(tmp_path / "b.xlsx") == twice


@pytest.mark.parametrize("text", ["'依申请公开'!#REF!", "#REF!", None])
def test_a_deleted_row_is_said_and_never_taken_for_blank(text: str | None, tmp_path: Path) -> None:
    def change(book: Book) -> None:
        if text is None:
            del book.defined_names[str(NEW_TOTAL)]
        else:
            book.defined_names[str(NEW_TOTAL)].attr_text = text

    with pytest.raises(UnreadableFile, match="一、本年新收政府信息公开申请数量·总计"):
        changed(full_report("2021"), tmp_path, change)


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5, 100])
def test_changed_data_is_refused(row: int, tmp_path: Path) -> None:
    def change(book: Book) -> None:
        cell = book["nianbao_data"].cell(row, 3)
        cell.value = str(cell.value)[:-2] + "|"

    with pytest.raises(UnreadableFile, match="已损坏"):
        changed(full_report("2021"), tmp_path, change)


def test_a_newer_workbook_asks_for_a_newer_program(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book["nianbao_data"].cell(1, 3).value = "|2|"

    with pytest.raises(UnsupportedFormat, match="升级"):
        changed(full_report("2021"), tmp_path, change)


def test_an_unknown_form_asks_for_its_template(tmp_path: Path) -> None:
    rows = stored_rows(replace(full_report("2021"), form="2031"))

    def change(book: Book) -> None:
        for number, (_, _, text) in enumerate(rows, 1):
            book["nianbao_data"].cell(number, 3).value = text

    with pytest.raises(UnsupportedFormat, match="2031"):
        changed(full_report("2021"), tmp_path, change)


def test_a_foreign_workbook_is_not_ours(tmp_path: Path) -> None:
    file = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(file)
    assert not is_own_workbook(file)
    with pytest.raises(UnsupportedFormat, match="不是年报核校导出的工作簿"):
        reread(file)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0" * 200, "文本".encode()])
def test_no_workbook_at_all_is_not_ours(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    assert not is_own_workbook(file)
    with pytest.raises(ReportError):
        reread(file)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert not is_own_workbook(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match="找不到"):
        reread(tmp_path / "a.xlsx")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet6.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
def test_a_damaged_part_is_said(part: str, tmp_path: Path) -> None:
    write_workbook(full_report("2021"), Assessment(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name == part else data)
    assert is_own_workbook(tmp_path / "b.xlsx")
    with pytest.raises(UnreadableFile):
        reread(tmp_path / "b.xlsx")


def test_the_suffix_of_the_file_does_not_matter(tmp_path: Path) -> None:
    write_workbook(full_report("2021"), Assessment(), tmp_path / "a.xlsx")
    shutil.move(tmp_path / "a.xlsx", tmp_path / "a.tmp")
    assert reread(tmp_path / "a.tmp") == full_report("2021")
