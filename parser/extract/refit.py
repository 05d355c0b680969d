"""A report is put into the cells of another form, and a form without a report is made to type one in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parser.model.report import Cell, Doubt, Reason, Report, State
from parser.templates.load import template

TYPED_TEXT = "（手工录入的报告，没有原文文件）"


def refit(report: Report, form: str) -> Report:
    """Return the report in the cells of another form: those both have stay, the others are still to be typed in."""
    note = f"{report.form} 年格式没有这一格，请对照原文录入"
    missing = Cell(State.UNREADABLE, doubts=(Doubt(Reason.LINES_LOST, note),))
    cells = {key: report.cells.get(key, missing) for key in template(form).fields}
    edits = tuple(edit for edit in report.edits if edit.key in cells or not edit.key.is_cell)
    return replace(report, form=form, template=form, cells=cells, edits=edits)


def empty_report(form: str, issuer: str | None, year: int | None) -> Report:
    """Return a report with every cell still to be typed in, from paper."""
    waiting = Cell(State.UNREADABLE, doubts=(Doubt(Reason.LINES_LOST, "还没有录入"),))
    layout = template(form)
    return Report(
        source=TYPED_TEXT,
        sha256="",
        kind="text",
        text=TYPED_TEXT,
        form=form,
        template=form,
        cells=dict.fromkeys(layout.fields, waiting),
        issuer=issuer,
        year=year,
        title=f"{issuer or ''}{f'{year} 年' if year else ''}{layout.title}",
        period=(date(year, 1, 1), date(year, 12, 31)) if year else None,
        sections={section.number: "（手工录入，正文没有录入）" for section in layout.sections},
    )
