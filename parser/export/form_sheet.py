"""One table of a report becomes a sheet in the official layout."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import accumulate

from parser.export.sheets import (
    LANDSCAPE,
    PORTRAIT,
    PlannedCell,
    Role,
    Sheet,
    issuer_and_year,
    lines_needed,
    report_title,
    text,
)
from parser.export.shown import shown_cell, shown_text
from parser.export.wording import doubts_in_words
from parser.model.finding import Assessment
from parser.model.report import CellKey, Report, State
from parser.model.template import GridCell, Table, Template
from parser.templates.load import template

_TOP = 3  # rows above the table: title, section, issuer and unit
_MANY_COLUMNS = 12
_FONT, _LINE, _PADDING, _LOWEST = 10.0, 13.5, 6.0, 21.0  # points


def form_sheet(report: Report, assessment: Assessment, table: Table, open_cells: Collection[CellKey]) -> Sheet:
    """Return the sheet of one table under its title, section and issuer; ``open_cells`` are marked and explained."""
    landscape = table.column_count > _MANY_COLUMNS
    total = LANDSCAPE if landscape else PORTRAIT
    widths = tuple(round(total * width / sum(table.widths), 2) for width in table.widths)
    first_value = min(cell.column for cell in table.grid if cell.key)
    body = (
        _label(cell, first_value, table.column_count)
        if cell.key is None
        else _value(report, assessment, cell, cell.key, open_cells)
        for cell in table.grid
    )
    cells = (*_top(report, template(report.form), table), *body)
    return Sheet(table.sheet, widths, cells, _heights(table, widths), landscape, form=True)


def address(form: Template, key: CellKey) -> str:
    """Return where the value cell stands in the workbook, as "依申请公开!D7"."""
    table = form.table(key.table)
    cell = next(cell for cell in table.grid if cell.key == key)
    letters, column = "", cell.column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{table.sheet}!{letters}{cell.row + _TOP + 1}"


def _top(report: Report, form: Template, table: Table) -> Iterator[PlannedCell]:
    width = table.column_count
    section = next(s for s in form.sections if s.number == table.section)
    left = width - max(1, width // 4)
    yield text(1, 1, report_title(report, form), Role.TITLE, width)
    yield text(2, 1, f"{section.ordinal}、{section.title.text}", Role.SECTION, width)
    yield text(3, 1, issuer_and_year(report), Role.LEFT_LINE, left)
    yield text(3, left + 1, f"单位：{table.unit}", Role.RIGHT_LINE, width - left)


def _label(cell: GridCell, first_value: int, column_count: int) -> PlannedCell:
    words = cell.label.text if cell.label else ""
    planned = text(cell.row + _TOP + 1, cell.column + 1, words, Role.HEADER, cell.column_span)
    role = _label_role(cell, words, first_value, column_count)
    return PlannedCell(planned.row, planned.column, planned.shown, role, cell.row_span, cell.column_span)


def _label_role(cell: GridCell, words: str, first_value: int, column_count: int) -> Role:
    """Column headers and the only label of a row are centred, labels of several columns stand left, as printed."""
    if cell.is_group and cell.column_span == column_count:
        return Role.BLOCK_LINE
    if cell.is_group and cell.row_span >= 2 * len(words):
        return Role.UPRIGHT
    if cell.row == 0 and words.startswith("（"):
        return Role.NOTE
    return Role.LABEL if cell.column < first_value and first_value > 1 else Role.HEADER


def _value(
    report: Report, assessment: Assessment, cell: GridCell, key: CellKey, open_cells: Collection[CellKey]
) -> PlannedCell:
    reading = report.cells[key]
    role, remark = Role.VALUE, None
    if key in open_cells:
        role = Role.UNREADABLE if reading.state is State.UNREADABLE else Role.DOUBTFUL
        remark = shown_text(_remark(report, assessment, key))
    elif reading.state is State.ABSENT:
        role = Role.ABSENT
    place = (cell.row + _TOP + 1, cell.column + 1)
    return PlannedCell(*place, shown_cell(reading), role, cell.row_span, cell.column_span, key, remark)


def _remark(report: Report, assessment: Assessment, key: CellKey) -> str:
    reading = report.cells[key]
    lines = ["无法识别：" if reading.state is State.UNREADABLE else "存疑："]
    lines += [f"· {words}" for words in doubts_in_words(report, assessment, key)]
    printed = reading.raw.strip()
    return "\n".join([*lines, f"原文：“{printed}”"] if printed else lines)


def _heights(table: Table, widths: tuple[float, ...]) -> dict[int, float]:
    """Return heights by row in which no label is cut off; a label of several rows gives each of them its share."""
    starts = tuple(accumulate(widths, initial=0.0))
    heights = dict.fromkeys(range(_TOP + 1, _TOP + 1 + table.row_count), _LOWEST)
    for cell in sorted(table.grid, key=lambda cell: cell.row_span):
        rows = range(cell.row + _TOP + 1, cell.row + _TOP + 1 + cell.row_span)
        width = starts[cell.column + cell.column_span] - starts[cell.column]
        words = cell.label.text if cell.label else ""
        missing = lines_needed(words, width, _FONT) * _LINE + _PADDING - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, missing) / len(rows)
    return {1: 36.0, 2: 27.0, 3: 21.0} | heights
