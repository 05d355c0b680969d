"""A cell or a text of the report becomes what a spreadsheet cell can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parser.model.report import Cell, State

LONGEST_TEXT = 16_000  # code points; a cell holds 32,767 UTF-16 units, of which a code point takes up to two
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_UNIT = re.compile(r'[^"\\A-Za-z\x00-\x1f]{1,16}')
_DIGITS = 15  # what Excel keeps of a number
_GENERAL = "General"


@dataclass(frozen=True, slots=True)
class Shown:
    """Content of a spreadsheet cell: a number with its format, a text, or nothing."""

    content: int | float | str | None = None
    number_format: str = _GENERAL


def shown_cell(cell: Cell) -> Shown:
    """Return the content for a value cell: numbers as numbers, marks and unreadable text as text, else nothing.

    A number that a spreadsheet would round, or whose unit does not fit into a number format, becomes text.
    """
    if cell.state is State.NUMBER and cell.value is not None:
        return _shown_number(cell.value, cell.unit or "")
    if cell.state in (State.MARK, State.UNREADABLE):
        return Shown(shown_text(cell.raw).strip() or None)
    return Shown()


def shown_text(text: str) -> str:
    """Return the text without what a workbook cannot hold: forbidden characters show as �, too long ends in ……."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FORBIDDEN.sub("\ufffd", text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 2] + "……"


def escaped(text: str) -> str:
    """Return ``text`` so that readers do not take ``_x0041_`` in it for a coded character."""
    return _ESCAPE.sub("_x005F_", text)


def same_content(shown: Shown, found: object) -> bool:
    """Return whether a spreadsheet cell still holds what was put into it; white space in texts does not count."""
    if isinstance(shown.content, str) or shown.content is None:
        expected = shown.content or ""
        return isinstance(found, str | None) and _plain(found or "") == _plain(escaped(expected))
    return isinstance(found, int | float) and not isinstance(found, bool) and float(shown.content) == float(found)


def decimal_text(value: Decimal) -> str:
    """Return ``value`` without exponent, plus sign or negative zero, with its decimals."""
    if not value.is_finite() or abs(value.adjusted()) > 1000:
        return str(value)
    return f"{abs(value) if value.is_zero() else value:f}"


def _plain(text: str) -> str:
    """Return the text without white space and codes; LibreOffice decodes ``_x005F_`` and does not code it again."""
    while (decoded := _CODED.sub(lambda match: chr(int(match[1], 16)), text)) != text:
        text = decoded
    return " ".join(shown_text(text).split())


def _shown_number(value: Decimal, unit: str) -> Shown:
    text = decimal_text(value)
    decimals = len(text.partition(".")[2])
    if decimals > _DIGITS or not _survives(value) or (unit and not _PLAIN_UNIT.fullmatch(unit)):
        return Shown(shown_text(text + unit))
    number_format = "0" + ("." + "0" * decimals if decimals else "") + (f'"{unit}"' if unit else "")
    return Shown(float(value) if decimals else int(value), number_format)


def _survives(value: Decimal) -> bool:
    """Whether a spreadsheet's 15 digits hold the value exactly."""
    return value.is_finite() and abs(value.adjusted()) <= _DIGITS and Decimal(f"{float(value):.{_DIGITS}g}") == value
