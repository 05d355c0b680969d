"""A workbook of ours becomes the report again; what was changed in its visible tables becomes edits."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell

from parser.errors import FileTooLarge, UnreadableFile, UnsupportedFormat
from parser.export.shown import same_content, shown_cell, shown_text
from parser.export.stored import SHEET, restored
from parser.extract.values import read_value
from parser.model.report import Cell, CellKey, Edit, Report, State
from parser.model.template import Field, NumberKind
from parser.templates.load import template

CHANGED = "在工作簿中修改"
UNKNOWN_AUTHOR = "（工作簿）"

_LARGEST = 400_000_000  # bytes unpacked; a report's text may have 20 MB
_LISTING = 4_000_000
_BROKEN = (
    OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
    KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
)  # fmt: skip
_NAME = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?name\s*=\s*["']([^"']*)["']""")
_DIGITS = 15  # what a spreadsheet keeps of a number
_ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3}\$?[0-9]{1,7})")


def is_own_workbook(path: Path) -> bool:
    """Return whether the file is a workbook that this program exported; False for anything else, even unreadable."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as stream:
            return SHEET.encode() in _NAME.findall(stream.read(_LISTING))
    except _BROKEN:
        return False


def reread(path: Path) -> Report:
    """Return the report in a workbook of ours, with values changed in its visible tables as edits.

    Raises UnsupportedFormat for a workbook of another kind or of a newer version, UnreadableFile for a damaged one,
    FileTooLarge for one that no report can have filled.
    """
    if not path.is_file():
        raise UnreadableFile(f"找不到文件 {path.name}；请检查路径")
    if not is_own_workbook(path):
        raise UnsupportedFormat(f"{path.name} 不是年报核校导出的工作簿；请改为读取原报告文件")
    book = _load(path)
    if SHEET not in book.sheetnames:
        raise UnreadableFile(_damaged(path))
    report = restored(book[SHEET].iter_rows(max_col=3, values_only=True))
    try:
        fields = template(report.form).fields
    except KeyError:
        raise UnsupportedFormat(f"工作簿使用 {report.form} 年格式，本程序没有这种格式；请升级后再读取") from None
    if fields.keys() != report.cells.keys():
        raise UnreadableFile(_damaged(path))
    contents = _contents(path, book, fields)
    author = book.properties.lastModifiedBy or UNKNOWN_AUTHOR
    return report.apply(_edits(report, fields, contents, author, _saved_at(path, book)))


def _damaged(path: Path) -> str:
    return f"{path.name} 已损坏，无法还原其中的报告；请重新导出，或改为读取原报告文件"


def _load(path: Path, *, calculated: bool = False) -> Workbook:
    """Return the workbook with formulas as they stand, or with the values a spreadsheet program last gave them."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise FileTooLarge(f"{path.name} 过大，不是一份年报的工作簿；请改为读取原报告文件")
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore", UserWarning)  # of parts that openpyxl does not keep
            return load_workbook(stream, data_only=calculated)
    except PermissionError as error:
        raise UnreadableFile(f"没有权限读取 {path.name}，或它正被别的程序占用；请关闭该程序后重试") from error
    except _BROKEN as error:
        raise UnreadableFile(_damaged(path)) from error


def _contents(path: Path, book: Workbook, fields: Mapping[CellKey, Field]) -> dict[CellKey, object]:
    """Return what stands in the value cells: of a formula its value, or words that it was never calculated."""
    cells = {key: _named_cell(book, key, field) for key, field in fields.items()}
    contents: dict[CellKey, object] = {key: cell.value for key, cell in cells.items()}
    formulas = [key for key, cell in cells.items() if cell.data_type == "f"]
    if formulas:
        calculated = _load(path, calculated=True)
        for key in formulas:
            value = _named_cell(calculated, key, fields[key]).value
            contents[key] = "（未计算的公式）" if value is None else value
    return contents


def _named_cell(book: Workbook, key: CellKey, field: Field) -> SheetCell | MergedCell:
    """Return the cell that carries the name of ``key``, wherever it was moved to."""
    name = book.defined_names.get(str(key))
    address = _ADDRESS.match(name.attr_text or "") if name else None
    sheet = (address[1].replace("''", "'") if address[1] else address[2]) if address else ""
    if not address or sheet not in book.sheetnames:
        raise UnreadableFile(f"工作簿中找不到“{field.name}”的单元格，可能整行或整张表被删除；请用未改动的工作簿重试")
    cell: SheetCell | MergedCell = book[sheet][address[3].replace("$", "")]
    return cell


def _saved_at(path: Path, book: Workbook) -> datetime:
    """Return when the workbook was last saved, which it notes in UTC."""
    saved = book.properties.modified or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return saved if saved.tzinfo else saved.replace(tzinfo=UTC)


def _edits(
    report: Report, fields: Mapping[CellKey, Field], contents: Mapping[CellKey, object], author: str, at: datetime
) -> Iterator[Edit]:
    for key, before in report.cells.items():
        found = contents[key]
        if same_content(shown_cell(before), found):
            continue
        after = _cell(before, found, fields[key].kind)
        if after is None:
            unread = replace(before, state=State.UNREADABLE, value=None, unit=None)
            yield Edit(key, before, unread, f"{CHANGED}：{shown_text(str(found))}", author, at)
        elif _says(after) != _says(before):
            yield Edit(key, before, after, CHANGED, author, at)


def _says(cell: Cell) -> tuple[object, ...]:
    return cell.state, cell.value, cell.unit, cell.shown if cell.state is State.MARK else ""


def _cell(before: Cell, found: object, kind: NumberKind) -> Cell | None:
    """Return the cell changed to what was found; None when that is neither a number nor a mark nor blank.

    The printed text and the place stay. A mark is the exception: ``Cell`` shows it by its raw text.
    """
    plain = replace(before, value=None, unit=None, confidence=1.0, doubts=())
    if found is None:
        return replace(plain, state=State.BLANK)
    if isinstance(found, int | float) and not isinstance(found, bool):
        value = _decimal(found)
        return replace(plain, state=State.NUMBER, value=value, unit=before.unit) if value.is_finite() else None
    read = read_value(found, kind) if isinstance(found, str) else None
    if read is None or read.state is State.UNREADABLE:
        return None
    raw = read.raw if read.state is State.MARK else before.raw
    unit = read.unit or before.unit if read.state is State.NUMBER else None
    return replace(read, raw=raw, unit=unit, place=before.place)


def _decimal(number: float) -> Decimal:
    """Return the number with the 15 digits a spreadsheet keeps, without exponent for whole ones."""
    value = Decimal(number) if isinstance(number, int) else Decimal(f"{number:.{_DIGITS}g}")
    whole = value.is_finite() and value == value.to_integral_value() and value.adjusted() < _DIGITS
    return Decimal(int(value)) if whole else value
