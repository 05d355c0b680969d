"""The plain description of a workbook's sheets: cells with place, content and role; no openpyxl in it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parser.export.shown import Shown, shown_text
from parser.model.decision import changed
from parser.model.report import CellKey, Report
from parser.model.template import Template

PORTRAIT, LANDSCAPE = 94.0, 138.0  # characters of column width across A4 between the margins
TALLEST = 409.0  # points; no spreadsheet program takes a higher row
_POINTS_A_CHARACTER = 5.25
_SIDES = 5.0  # points that a cell keeps free left and right of its text


class Role(StrEnum):
    """What a cell is on the page; the workbook gives every role its look."""

    TITLE = "title"
    SECTION = "section"
    LEFT_LINE = "left_line"
    RIGHT_LINE = "right_line"
    BLOCK_LINE = "block_line"  # 第二十条第（x）项
    HEADER = "header"
    NOTE = "note"  # the 勾稽关系 printed in the form
    LABEL = "label"  # of a row, left-aligned
    UPRIGHT = "upright"  # a label standing in a narrow cell
    VALUE = "value"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"
    ABSENT = "absent"
    HEADING = "heading"
    PROSE = "prose"
    LIST_HEAD = "list_head"
    LIST_TEXT = "list_text"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell, counted from row 1 and column 1. ``key`` names a value cell, ``remark`` is the note attached to it."""

    row: int
    column: int
    shown: Shown
    role: Role
    row_span: int = 1
    column_span: int = 1
    key: CellKey | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``widths`` in characters, ``heights`` in points by row. A ``form`` fits on one page."""

    title: str
    widths: tuple[float, ...]
    cells: tuple[PlannedCell, ...]
    heights: Mapping[int, float] = field(default_factory=dict)
    landscape: bool = False
    form: bool = False
    hidden: bool = False
    repeated_rows: int = 0


def text(row: int, column: int, words: str, role: Role, columns: int = 1) -> PlannedCell:
    """Return a cell that shows ``words`` over so many columns."""
    return PlannedCell(row, column, Shown(shown_text(words) or None), role, column_span=columns)


def lines_needed(words: str, width: float, font: float) -> int:
    """Return how many lines ``words`` take in a column ``width`` characters wide, in a font of so many points."""
    capacity = max(1.0, math.floor((width * _POINTS_A_CHARACTER - _SIDES) / font * 2) / 2)
    return sum(max(1, math.ceil(_text_width(line) / capacity)) for line in words.split("\n"))


def _text_width(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in line)


_WITHIN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # where a title went on in the next line
_TORN = "年度报"  # how a title ends of which the last character stands on another line


def report_title(report: Report, form: Template) -> str:
    """Return the report's own title, or one made of issuer, year and the form's title.

    Its own says no longer whose report this is once issuer or year were corrected, and may be torn off at its end.
    """
    own = _WITHIN_WORDS.sub("", " ".join((report.title or "").split()))
    is_corrected = any(key.head in ("issuer", "year") for key in changed(report.edits))
    if own and not own.endswith(_TORN) and not is_corrected:
        return own
    return f"{report.issuer or ''}{f'{report.year}年' if report.year else ''}{form.title}"


def issuer_and_year(report: Report) -> str:
    """Return the line that says whose report on which year this is."""
    year = f"{report.year}年" if report.year else "（未注明）"
    return f"填报机关：{' '.join((report.issuer or '（未注明）').split())}　　年度：{year}"
