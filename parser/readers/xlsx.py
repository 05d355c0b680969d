"""Excel workbooks in which an office filled the form: the visible sheets as Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from parser.errors import EmptyFile, FileTooLarge, UnreadableFile
from parser.layout.text_builder import TextBuilder
from parser.model.document import Document
from parser.model.report import Doubt, Reason
from parser.readers.package import Package, attribute, child, damage_said, local
from parser.readers.xlsx_pictures import pictures
from parser.readers.xlsx_sheet import Address, Book, Sheet, read_sheet

_MAIN = "xl/workbook.xml"
_LONGEST_CELL = 120  # longer text alone in its row is prose, no figure
_WIDEST = 512  # columns of which the empty ones are still counted
_MOST_CELLS = 2_000_000  # with the empty ones between
_HEADING = re.compile(r"[一二三四五六][、.．]")
_TITLE = re.compile(r"信息公[开開].{0,8}[报報]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@damage_said
def read_xlsx(data: bytes, name: str, sha256: str) -> Document:
    """Return the document: every visible row of cells, every cell a bounded piece; formulas by their last value.

    Raises UnreadableFile, FileTooLarge, PasswordProtected, or EmptyFile when all visible sheets are empty.
    """
    package = Package(data)
    sheets = [(title, sheet) for title, sheet in _sheets(package) if sheet.texts]
    builder = TextBuilder()
    for title, sheet in sheets:
        is_needed = _HEADING.match(title) is not None or not _has_title(sheet)
        if len(sheets) > 1 and title not in sheet.texts.values() and is_needed:
            builder.add_line(title)
        _write(sheet, builder)
    text, pieces = builder.finish()
    if not text.strip():
        raise EmptyFile("工作簿里没有可见的内容；请确认没有隐藏工作表，或请填报单位重发")
    return Document(name, "xlsx", sha256, text, pieces, doubts=builder.doubts)


def _sheets(package: Package) -> Iterator[tuple[str, Sheet]]:
    """Yield name and content of the visible sheets in the order of their tabs."""
    main = package.main or _MAIN
    workbook = package.xml(main)
    listed = child(workbook, "sheets")
    if workbook is None or listed is None:
        raise UnreadableFile("文件里没有 Excel 工作表，可能已损坏；请用 Excel 或 WPS 打开，另存为 xlsx 后重试")
    parts = package.related(main)
    book = Book.read(package, main, workbook)
    for item in listed:
        kind, target = parts.get(attribute(item, "id") or "", ("", ""))
        if local(item) != "sheet" or not kind.endswith("/worksheet"):
            continue
        if (attribute(item, "state") or "visible") == "visible":
            root = package.xml(target)
            if root is None:
                raise UnreadableFile("工作簿缺少一张工作表，可能已损坏；请用 Excel 或 WPS 打开，另存为 xlsx 后重试")
            yield attribute(item, "name") or "", read_sheet(root, book, pictures(package, target))


def _has_title(sheet: Sheet) -> bool:
    """Whether the sheet begins with the title of a report, which says more than the sheet's name ("主动公开")."""
    return _TITLE.search(sheet.texts[min(sheet.texts)]) is not None


def _write(sheet: Sheet, builder: TextBuilder) -> None:
    """Write the rows, each as wide as its frame or, without one, as the rows of its table above it."""
    columns, blocks = _columns(sheet), _blocks(sheet)
    if len(columns) * sum(map(len, blocks)) > _MOST_CELLS:
        raise FileTooLarge("工作表内容过多，不是一份年度报告；请只保留年度报告后重试")
    for block in blocks:
        width = 0
        for row in block:
            framed = any((row, column) in sheet.framed for column in columns)
            own = sheet.last.get(row, 0)
            last = own if framed else max(own, width)
            cells = [(row, column) for column in columns if column <= last and (row, column) not in sheet.covered]
            if sum(cell in sheet.texts for cell in cells) > 1:
                width = own
            _write_row(sheet, cells, framed=framed, builder=builder)


def _write_row(sheet: Sheet, cells: list[Address], *, framed: bool, builder: TextBuilder) -> None:
    """Write a row of cells; one text with no cell beside it is a line of its own."""
    texts = [sheet.texts.get(cell, "") for cell in cells]
    filled = [text for text in texts if text]
    alone = len(filled) == 1 and ((len(texts) == 1 and not framed) or len(filled[0]) > _LONGEST_CELL)
    if alone:
        for line in filled[0].split("\n"):
            builder.add_line(line.strip(" \t"))
    elif texts:
        notes = [sheet.notes.get(cell) for cell in cells]
        doubts = [(Doubt(Reason.READINGS_DIFFER, note),) if note else () for note in notes]
        builder.add_row([_SPACES.sub(" ", text).strip() for text in texts], doubts=doubts)


def _columns(sheet: Sheet) -> list[int]:
    """Return the visible columns from the first to the last that holds anything."""
    used = sorted({column for _, column in sheet.texts})
    between = range(used[0], used[-1] + 1) if used[-1] - used[0] < _WIDEST else used
    return [column for column in between if not sheet.hides_column(column)]


def _blocks(sheet: Sheet) -> list[list[int]]:
    """Return the rows that hold anything, are framed or end the sheet, in runs without a gap between them."""
    rows = sorted({row for row, _ in (*sheet.texts, *sheet.notes, *sheet.framed)} | {sheet.below} - {0})
    if not rows:
        return []
    blocks = [rows[:1]]
    for above, row in pairwise(rows):
        if row > above + 1:
            blocks.append([])
        blocks[-1].append(row)
    return blocks
