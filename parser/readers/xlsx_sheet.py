"""A worksheet becomes the texts that its visible cells show, with the cells that are merged or framed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parser.errors import FileTooLarge
from parser.readers.number_format import BUILT_IN, GENERAL, shown_number
from parser.readers.package import Package, attribute, child, local, number

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MOST_COLUMNS, _MOST_ROWS = 2**14, 2**20
_MOST_CELLS, _MOST_MERGES = 200_000, 2_000  # that show something; no form has more
_FAR = 200  # rows or columns: no merged cell of a form is larger
_TOO_LARGE = "工作表内容过多，不是一份年度报告；请只保留年度报告后重试"
_ON = ("1", "true", "on")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

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
        texts = tuple(_string(item) for item in _items(strings) if local(item) == "si")
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
        dates = attribute(child(workbook, "workbookPr"), "date1904") in _ON
        return cls(texts, tuple(formats), tuple(borders), dates)

    def frames(self, cell: etree._Element) -> bool:
        """Return whether lines are drawn around the cell."""
        style = number(attribute(cell, "s"))
        return 0 <= style < len(self.borders) and self.borders[style]


@dataclass
class Sheet:
    """The visible cells: ``texts`` only of those that show something, merged ones where they begin."""

    texts: dict[Address, str] = field(default_factory=dict)
    framed: set[Address] = field(default_factory=set)
    covered: set[Address] = field(default_factory=set)  # by a merged cell that begins elsewhere
    reached: set[Address] = field(default_factory=set)  # covered ones whose merged cell shows something
    last: dict[int, int] = field(default_factory=dict)  # the last column of a row that is framed or shows something
    hidden: list[tuple[int, int]] = field(default_factory=list)  # columns, first and last

    def hides_column(self, column: int) -> bool:
        """Return whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden)


def read_sheet(root: etree._Element, book: Book) -> Sheet:
    """Return what the worksheet shows."""
    sheet = Sheet()
    sheet.hidden = [
        (number(attribute(item, "min")), number(attribute(item, "max")))
        for item in _items(child(root, "cols"))
        if attribute(item, "hidden") in _ON
    ]
    rows = _rows(child(root, "sheetData"))
    hidden_rows = {key for key, row in rows.items() if attribute(row, "hidden") in _ON}
    texts = _texts(rows, book, zeros=_shows_zeros(root))
    _merge(sheet, child(root, "mergeCells"), texts, hidden_rows)
    for row, columns in texts.items():
        for column, text in columns.items():
            if row not in hidden_rows and not sheet.hides_column(column):
                sheet.texts[row, column] = text
    bottom = max((row for row, _ in sheet.texts), default=0)
    sheet.framed = {
        (row, column)
        for row, element in rows.items()
        if row <= bottom and row not in hidden_rows
        for column, cell in _cells(element)
        if book.frames(cell)
    }
    for row, column in (*sheet.texts, *sheet.framed, *sheet.reached):
        sheet.last[row] = max(sheet.last.get(row, 0), column)
    return sheet


def _texts(rows: dict[int, etree._Element], book: Book, *, zeros: bool) -> dict[int, dict[int, str]]:
    """Return by row and column what the cells show, without those that show nothing."""
    texts: dict[int, dict[int, str]] = {}
    count = 0
    for row, element in rows.items():
        shown = ((column, _text(cell, book, zeros=zeros)) for column, cell in _cells(element))
        texts[row] = {column: text for column, text in shown if text.strip()}
        count += len(texts[row])
        if count > _MOST_CELLS:
            raise FileTooLarge(_TOO_LARGE)
    return texts


def _merge(
    sheet: Sheet, listed: etree._Element | None, texts: dict[int, dict[int, str]], hidden_rows: set[int]
) -> None:
    """Let every merged range stand once, at its first visible cell; what lies below it is not shown."""
    ranges = [_range(attribute(item, "ref") or "") for item in _items(listed)]
    if len(ranges) > _MOST_MERGES:
        raise FileTooLarge(_TOO_LARGE)
    for found in filter(None, ranges):
        top, left, bottom, right = found
        text = texts.get(top, {}).get(left, "")
        for row in range(top, min(bottom, max(texts, default=0)) + 1):
            columns = texts.get(row, {})
            for column in [c for c in columns if left <= c <= right]:
                del columns[column]
        begin_row = next((r for r in range(top, min(bottom, top + _FAR) + 1) if r not in hidden_rows), top)
        begin_column = next((c for c in range(left, min(right, left + _FAR) + 1) if not sheet.hides_column(c)), left)
        if text:
            texts.setdefault(begin_row, {})[begin_column] = text
        for row in range(top, min(bottom, top + _FAR) + 1):
            across = [(row, column) for column in range(left, min(right, left + _FAR) + 1)]
            sheet.covered.update(across)
            sheet.reached.update(across if text else ())
        sheet.covered.discard((begin_row, begin_column))


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


def _text(cell: etree._Element, book: Book, *, zeros: bool) -> str:
    """Return what the cell shows; a formula that was never calculated as itself, so that it is not taken for blank."""
    kind, stored = attribute(cell, "t") or "n", child(cell, "v")
    formula = child(cell, "f")
    value = "" if stored is None else stored.text or ""
    if kind == "inlineStr":
        return _string(child(cell, "is"))
    if formula is not None and not value and kind != "str":
        return f"={formula.text or '?'}"
    if kind == "s":
        return book.strings[number(value, -1) % 2**31]  # an IndexError: the file is damaged
    if kind == "b":
        return "TRUE" if value in _ON else "FALSE"
    if kind != "n" or not value:
        return _unescaped(value)
    if not zeros and not value.strip("-0.Ee+"):
        return ""
    style = number(attribute(cell, "s"))
    form = book.formats[style] if 0 <= style < len(book.formats) else GENERAL
    return shown_number(value.strip(), form, since_1904=book.since_1904)


def _string(item: etree._Element | None) -> str:
    """Return a rich or plain text without the readings of its characters."""
    if item is None:
        return ""
    parts = (part for part in item.iter() if local(part) == "t")
    return _unescaped("".join(p.text or "" for p in parts if not any(local(a) == "rPh" for a in p.iterancestors())))


def _unescaped(text: str) -> str:
    """Return the text with the characters that the format writes as _x000D_."""
    return _ESCAPED.sub(lambda match: _plain(chr(int(match[1], 16))), text)


def _plain(character: str) -> str:
    return character if character.isprintable() or character in "\n\t" else " "


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
