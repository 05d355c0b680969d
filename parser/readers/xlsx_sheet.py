"""A worksheet becomes the texts that its visible cells show, with the cells that are merged or framed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from parser.errors import FileTooLarge
from parser.readers.number_format import BUILT_IN, GENERAL
from parser.readers.package import Package, attribute, child, local, number
from parser.readers.xlsx_cells import ON, Shown, rich_text, shown_stored, unescaped
from parser.readers.xlsx_pictures import Area

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MOST_COLUMNS, _MOST_ROWS = 2**14, 2**20
_MOST_CELLS, _MOST_MERGES = 200_000, 2_000  # that show something; no form has more
_FAR = 200  # rows or columns: no merged cell of a form is larger
_TOO_LARGE = "工作表内容过多，不是一份年度报告；请只保留年度报告后重试"
_BELOW = 3  # empty rows of a form under the last one that shows something: table four has one

PICTURE = "［图片］"
_PICTURE_NOTE = "格上是图片或图形，读不出数，请看原文"
_COVERED_NOTE = "此格是合并的，其中另存有“{}”，没有显示"

Address = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True)
class Book:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]  # the number format of each cell style
    borders: tuple[bool, ...]  # whether each cell style draws a line
    since_1904: bool

    @classmethod
    def read(cls, package: Package, main: str, workbook: etree._Element) -> Book:
        """Return what the workbook's shared parts say."""
        strings = package.relative(main, "sharedStrings")
        styles = package.relative(main, "styles")
        texts = tuple(rich_text(item) for item in _items(strings) if local(item) == "si")
        codes = {
            number(attribute(item, "numFmtId")): attribute(item, "formatCode") or GENERAL
            for item in _items(child(styles, "numFmts"))
        }
        framed = [_has_lines(item) for item in _items(child(styles, "borders"))]
        formats, borders = [], []
        for style in _items(child(styles, "cellXfs")):
            key, border = number(attribute(style, "numFmtId")), number(attribute(style, "borderId"))
            formats.append(codes.get(key) or BUILT_IN.get(key, GENERAL))
            borders.append(0 <= border < len(framed) and framed[border])
        dates = attribute(child(workbook, "workbookPr"), "date1904") in ON
        return cls(texts, tuple(formats), tuple(borders), dates)

    def frames(self, cell: etree._Element) -> bool:
        """Return whether lines are drawn around the cell."""
        style = number(attribute(cell, "s"))
        return 0 <= style < len(self.borders) and self.borders[style]


@dataclass
class Sheet:
    """The visible cells: ``texts`` only of those that show something, merged ones where they begin.

    ``notes`` say what is odd about some.
    """

    texts: dict[Address, str] = field(default_factory=dict)
    notes: dict[Address, str] = field(default_factory=dict)
    framed: set[Address] = field(default_factory=set)
    below: int = 0  # the row under the last that shows something, if the sheet knows it, 0 else
    covered: dict[Address, Address] = field(default_factory=dict)  # by a merged cell that begins elsewhere, there
    reached: set[Address] = field(default_factory=set)  # covered ones whose merged cell shows something
    last: dict[int, int] = field(default_factory=dict)  # the last column of a row that is framed or shows something
    hidden: list[tuple[int, int]] = field(default_factory=list)  # columns, first and last

    def hides_column(self, column: int) -> bool:
        """Return whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden)


def read_sheet(root: etree._Element, book: Book, pictures: Sequence[Area] = ()) -> Sheet:
    """Return what the worksheet shows, on which these areas are covered by pictures."""
    sheet = Sheet()
    sheet.hidden = [
        (number(attribute(item, "min")), number(attribute(item, "max")))
        for item in _items(child(root, "cols"))
        if attribute(item, "hidden") in ON
    ]
    rows = _rows(child(root, "sheetData"))
    hidden_rows = {key for key, row in rows.items() if attribute(row, "hidden") in ON}
    texts = _texts(rows, book, zeros=_shows_zeros(root))
    _merge(sheet, child(root, "mergeCells"), texts, hidden_rows)
    for row, columns in texts.items():
        for column, shown in columns.items():
            if row not in hidden_rows and not sheet.hides_column(column):
                sheet.notes |= {(row, column): shown.note} if shown.note else {}
                sheet.texts |= {(row, column): shown.text} if shown.text.strip() else {}
    for area in pictures:
        _cover(sheet, area, hidden_rows)
    _frame(sheet, {key: row for key, row in rows.items() if key not in hidden_rows}, book)
    for row, column in (*sheet.texts, *sheet.framed, *sheet.reached):
        sheet.last[row] = max(sheet.last.get(row, 0), column)
    return sheet


def _cover(sheet: Sheet, area: Area, hidden_rows: set[int]) -> None:
    """Tell of a picture on empty cells; one above the first row that shows something is no part of a form."""
    top, left, bottom, right = area
    rows = [row for row in range(top, min(bottom, top + _FAR) + 1) if row not in hidden_rows]
    columns = [column for column in range(left, min(right, left + _FAR) + 1) if not sheet.hides_column(column)]
    cells = {sheet.covered.get((row, column), (row, column)) for row in rows for column in columns}
    first = min((row for row, _ in sheet.texts), default=_MOST_ROWS)
    for address in cells - sheet.texts.keys():
        if address[0] > first:
            sheet.notes[address] = _PICTURE_NOTE
            sheet.texts |= {address: PICTURE} if len(cells) == 1 else {}


def _frame(sheet: Sheet, rows: dict[int, etree._Element], book: Book) -> None:
    """Find the framed cells, below the last row that shows something only those of the next rows.

    Without any frame an empty row there counts if it is in the file.
    """
    bottom = max((row for row, _ in sheet.texts), default=0)
    framed = {(row, column) for row, element in rows.items() for column, cell in _cells(element) if book.frames(cell)}
    framed_rows = {row for row, _ in framed}
    end = bottom + next((n for n in range(_BELOW) if bottom + n + 1 not in framed_rows), _BELOW)
    sheet.framed = {(row, column) for row, column in framed if row <= end}
    sheet.below = bottom + 1 if not framed and bottom + 1 in rows else 0


def _texts(rows: dict[int, etree._Element], book: Book, *, zeros: bool) -> dict[int, dict[int, Shown]]:
    """Return by row and column what the cells show, without those that show nothing and hide nothing."""
    texts: dict[int, dict[int, Shown]] = {}
    count = 0
    for row, element in rows.items():
        found = ((column, _shown(cell, book, zeros=zeros)) for column, cell in _cells(element))
        texts[row] = {column: shown for column, shown in found if shown.text.strip() or shown.note}
        count += len(texts[row])
        if count > _MOST_CELLS:
            raise FileTooLarge(_TOO_LARGE)
    return texts


def _merge(
    sheet: Sheet, listed: etree._Element | None, texts: dict[int, dict[int, Shown]], hidden_rows: set[int]
) -> None:
    """Let every merged range stand once, at its first visible cell; what lies below it is not shown."""
    ranges = [_range(attribute(item, "ref") or "") for item in _items(listed)]
    if len(ranges) > _MOST_MERGES:
        raise FileTooLarge(_TOO_LARGE)
    for found in filter(None, ranges):
        top, left, bottom, right = found
        own = texts.get(top, {}).get(left)
        below: list[Shown] = []
        for row in range(top, min(bottom, max(texts, default=0)) + 1):
            columns = texts.get(row, {})
            below += [columns.pop(column) for column in sorted(columns) if left <= column <= right]
        if own is None and any(shown.text for shown in below):
            own = Shown("", _COVERED_NOTE.format(next(shown.text for shown in below if shown.text)))
        begin_row = next((r for r in range(top, min(bottom, top + _FAR) + 1) if r not in hidden_rows), top)
        begin_column = next((c for c in range(left, min(right, left + _FAR) + 1) if not sheet.hides_column(c)), left)
        if own:
            texts.setdefault(begin_row, {})[begin_column] = own
        for row in range(top, min(bottom, top + _FAR) + 1):
            across = [(row, column) for column in range(left, min(right, left + _FAR) + 1)]
            sheet.covered.update(dict.fromkeys(across, (begin_row, begin_column)))
            sheet.reached.update(across if own and own.text else ())
        sheet.covered.pop((begin_row, begin_column), None)


def _range(reference: str) -> tuple[int, int, int, int] | None:
    """Return top, left, bottom and right of a range, None if it is one cell or none at all."""
    first, _, last = reference.partition(":")
    begin, end = _address(first), _address(last)
    if begin is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((begin[0], end[0])), sorted((begin[1], end[1]))
    return top, left, bottom, right


def _shows_zeros(root: etree._Element) -> bool:
    return attribute(child(root, "sheetViews", "sheetView"), "showZeros") not in ("0", "false")


def _rows(data: etree._Element | None) -> dict[int, etree._Element]:
    rows: dict[int, etree._Element] = {}
    last = 0
    for item in _items(data):
        if local(item) == "row":
            last = number(attribute(item, "r"), last + 1)
            if 0 < last <= _MOST_ROWS:
                rows[last] = item
    return rows


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    last = 0
    for item in row:
        if local(item) == "c":
            address = _address(attribute(item, "r") or "")
            last = address[1] if address else last + 1
            if last <= _MOST_COLUMNS:
                yield last, item


def _shown(cell: etree._Element, book: Book, *, zeros: bool) -> Shown:
    """Return what the cell shows; a formula that was never calculated as itself, so that it is not taken for blank."""
    kind, stored = attribute(cell, "t") or "n", child(cell, "v")
    formula = child(cell, "f")
    value = "" if stored is None else stored.text or ""
    if kind == "inlineStr":
        return Shown(rich_text(child(cell, "is")))
    if formula is not None and not value and kind != "str":
        return Shown(f"={formula.text or '?'}")
    if kind == "s":
        return Shown(book.strings[number(value, -1) % 2**31])  # an IndexError: the file is damaged
    if kind == "b":
        return Shown("TRUE" if value in ON else "FALSE")
    if kind != "n" or not value:
        return Shown(unescaped(value))
    if not zeros and not value.strip("-0.Ee+"):
        return Shown("")
    style = number(attribute(cell, "s"))
    form = book.formats[style] if 0 <= style < len(book.formats) else GENERAL
    return shown_stored(value.strip(), form, since_1904=book.since_1904)


def _has_lines(border: etree._Element) -> bool:
    return any(
        local(side) in ("left", "right", "top", "bottom") and (attribute(side, "style") or "none") != "none"
        for side in border
    )


def _address(text: str) -> Address | None:
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _items(element: etree._Element | None) -> tuple[etree._Element, ...]:
    return () if element is None else tuple(element)
