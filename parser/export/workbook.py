"""The plan of a workbook becomes an .xlsx file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from parser.export.looks import STYLE_NAMES, styles
from parser.export.replace_file import replace_file
from parser.export.sheet_plan import plan
from parser.export.sheets import PlannedCell, Role, Sheet
from parser.export.shown import escaped
from parser.model.finding import Assessment
from parser.model.report import CellKey, Report

_PROGRAM = "年报核校"
_A4 = 9
_CENTIMETRE = 1 / 2.54  # inches
_ACTIVE = ("=", "+", "-", "@")  # what a spreadsheet program takes for the beginning of a formula when it is retyped


def write_workbook(
    report: Report, assessment: Assessment, path: Path, open_cells: Collection[CellKey] | None = None
) -> None:
    """Write the workbook of a report to ``path``, replacing it at once; raise OutputError when that is impossible.

    ``open_cells`` are those a person still has to look at (coloured and listed); when not given, all that are
    doubtful or unreadable.
    """
    book = workbook(plan(report, assessment, open_cells))
    replace_file(path, book.save)


def workbook(sheets: Collection[Sheet]) -> Workbook:
    """Return the workbook that the plan describes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = _PROGRAM
    for style in styles():
        book.add_named_style(style)
    for sheet in sheets:
        worksheet: Worksheet = book.create_sheet(sheet.title)
        _fill(book, worksheet, sheet)
        _set_up_page(worksheet, sheet)
    return book


def _fill(book: Workbook, worksheet: Worksheet, sheet: Sheet) -> None:
    for planned in sheet.cells:
        _dress(worksheet, planned)
        _put(worksheet, planned)
        if planned.key:
            name = str(planned.key)
            where = f"{quote_sheetname(sheet.title)}!${get_column_letter(planned.column)}${planned.row}"
            book.defined_names[name] = DefinedName(name, attr_text=where)
    for column, width in enumerate(sheet.widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width
    for row, height in sheet.heights.items():
        worksheet.row_dimensions[row].height = height


def _dress(worksheet: Worksheet, planned: PlannedCell) -> None:
    """Give the cell its look, all cells of a merged one too: their borders are drawn from each of them."""
    if planned.role is Role.DATA:
        return
    name = STYLE_NAMES[planned.role]
    last_row, last_column = planned.row + planned.row_span - 1, planned.column + planned.column_span - 1
    for row in range(planned.row, last_row + 1):
        for column in range(planned.column, last_column + 1):
            worksheet.cell(row, column).style = name
    if planned.row_span > 1 or planned.column_span > 1:
        area = CellRange(min_row=planned.row, min_col=planned.column, max_row=last_row, max_col=last_column)
        worksheet.merged_cells.ranges.add(area)  # its own add() compares with all others


def _put(worksheet: Worksheet, planned: PlannedCell) -> None:
    """Set content and note; text is text even where it looks like a formula or an error value."""
    cell = worksheet.cell(planned.row, planned.column)
    content = planned.shown.content
    if isinstance(content, str):
        cell.value = escaped(content)
        cell.data_type = "s"
        cell.quotePrefix = content.lstrip().startswith(_ACTIVE)
    elif content is not None:
        cell.value = content
        cell.number_format = planned.shown.number_format
    if planned.remark:
        cell.comment = _comment(planned.remark)


def _comment(remark: str) -> Comment:
    lines = sum(1 + len(line) // 18 for line in remark.split("\n"))
    return Comment(escaped(remark), _PROGRAM, height=18 * lines + 12, width=280)


def _set_up_page(worksheet: Worksheet, sheet: Sheet) -> None:
    """Set A4 across the page's width; a form on one page, lists and prose on as many as they need."""
    if sheet.hidden:
        worksheet.sheet_state = "veryHidden"
        return
    worksheet.sheet_view.showGridLines = False
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 1 if sheet.form else 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 1.5 * _CENTIMETRE
    margins.top = margins.bottom = 2 * _CENTIMETRE
    margins.header = margins.footer = 0.8 * _CENTIMETRE
    if worksheet.oddFooter:
        worksheet.oddFooter.center.text = "第 &P 页，共 &N 页"
