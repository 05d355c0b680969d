"""A report and its assessment become a plain description of the workbook, testable without a spreadsheet program."""

from __future__ import annotations

from collections.abc import Collection

from parser.export.form_sheet import form_sheet
from parser.export.sheets import PlannedCell, Role, Sheet
from parser.export.shown import Shown
from parser.export.stored import SHEET, stored_rows
from parser.export.text_sheets import prose_sheet, review_sheet
from parser.model.finding import Assessment
from parser.model.report import CellKey, Report, State
from parser.templates.load import template


def plan(report: Report, assessment: Assessment, open_cells: Collection[CellKey] | None = None) -> tuple[Sheet, ...]:
    """Return the sheets in order: the tables of the form, 正文, 校核记录, and the hidden one for re-reading.

    ``open_cells`` are those a person still has to look at; when not given, all that are doubtful or unreadable.
    """
    still_open = frozenset(cells_to_review(report, assessment) if open_cells is None else open_cells)
    tables = template(report.form).tables
    return (
        *(form_sheet(report, assessment, table, still_open) for table in tables),
        prose_sheet(report),
        review_sheet(report, assessment, still_open),
        _data_sheet(report),
    )


def cells_to_review(report: Report, assessment: Assessment) -> tuple[CellKey, ...]:
    """Return the cells that are doubtful or unreadable, in the form's order."""
    return tuple(
        key
        for key in template(report.form).fields
        if assessment.is_doubtful(report, key) or report.cells[key].state is State.UNREADABLE
    )


def _data_sheet(report: Report) -> Sheet:
    cells = (
        PlannedCell(row, column, shown, Role.DATA)
        for row, (entry, part, content) in enumerate(stored_rows(report), 1)
        for column, shown in enumerate((Shown(entry), Shown(part), Shown(content)), 1)
    )
    return Sheet(SHEET, (24.0, 6.0, 60.0), tuple(cells), hidden=True)
