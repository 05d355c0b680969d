"""A report is put into the cells of another form, and a form without a report is made to type one in.

``refit`` is for a form that was not recognised; ``conversion`` is the offer that belongs to X-TEMPLATE, for a report
that was filled into the form of other years: every field with where its figure comes from, nothing done unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from parser.model.report import Cell, CellKey, Doubt, Edit, Reason, Report, State
from parser.templates.load import template

_WHOLE, _PARTS = "other", ("other_overdue_correction", "other_overdue_fee", "other_misc")
"""（六）其他处理: one row in the form of 2019, three in that of 2021 (国办公开办函〔2019〕60号, 〔2021〕30号)."""

TYPED_TEXT = "（手工录入的报告，没有原文文件）"


def refit(report: Report, form: str) -> Report:
    """Return the report in the cells of another form: those both have stay, the others are still to be typed in."""
    note = f"{report.form} 年格式没有这一格，请对照原文录入"
    missing = Cell(State.UNREADABLE, doubts=(Doubt(Reason.LINES_LOST, note),))
    cells = {key: report.cells.get(key, missing) for key in template(form).fields}
    return replace(report, form=form, template=form, cells=cells, edits=_edits_of(report, cells))


class Origin(StrEnum):
    """Where a field of the other form gets its figure from."""

    SAME = "same"  # both forms have the field
    DERIVED = "derived"  # it follows from other fields
    NONE = "none"  # the form used does not ask for it


@dataclass(frozen=True, slots=True)
class Item:
    """A field of the other form with what it would say, and why in Chinese; ``sources`` are fields of the form used."""

    key: CellKey
    cell: Cell
    origin: Origin
    sources: tuple[CellKey, ...]
    note: str


def conversion(report: Report, form: str) -> tuple[Item, ...]:
    """Return what the report would say in every field of another form; what cannot be told is blank and in doubt.

    A column of one form is never taken for another of the other (对外公开总数量 is not 现行有效件数).
    """
    return tuple(_item(report, key) for key in template(form).fields)


def left_out(report: Report, items: Iterable[Item]) -> list[CellKey]:
    """Return the fields of the form used that no field of the other form, as ``items`` lists them, gets a figure of."""
    used = {source for item in items if item.origin is not Origin.NONE for source in item.sources}
    return [key for key in report.cells if key not in used]


def converted(report: Report, form: str) -> Report:
    """Return the report in the fields of another form, as ``conversion`` lists them.

    ``template`` still says which form was used; edits of fields that the other form does not have are left out.
    """
    cells = {item.key: item.cell for item in conversion(report, form)}
    return replace(report, form=form, cells=cells, edits=_edits_of(report, cells))


def _edits_of(report: Report, cells: Mapping[CellKey, Cell]) -> tuple[Edit, ...]:
    return tuple(edit for edit in report.edits if edit.key in cells or not edit.key.is_cell)


def _item(report: Report, key: CellKey) -> Item:
    if key in report.cells:
        return Item(key, report.cells[key], Origin.SAME, (key,), "两种格式都有这一项")
    if key.row in _PARTS and (whole := key._replace(row=_WHOLE)) in report.cells:
        return _part_of(whole, report.cells[whole], key)
    if key.row == _WHOLE and all(key._replace(row=row) in report.cells for row in _PARTS):
        return _sum_of(tuple(key._replace(row=row) for row in _PARTS), report, key)
    return _unknown(key, (), f"{report.form} 年格式没有这一项，需向填报单位补报")


def _part_of(whole: CellKey, cell: Cell, key: CellKey) -> Item:
    if cell.value == 0:
        return Item(key, cell, Origin.DERIVED, (whole,), "原表“（六）其他处理”为 0，各分项只能是 0")
    return _unknown(key, (whole,), f"原表“（六）其他处理”为“{cell.shown}”，没有分项，需向填报单位补报")


def _sum_of(parts: tuple[CellKey, ...], report: Report, key: CellKey) -> Item:
    cells = [report.cells[part] for part in parts]
    figures = [cell.value for cell in cells if cell.value is not None]
    if len(figures) < len(cells):
        return _unknown(key, parts, "原表“（六）其他处理”的分项不全，合计不出")
    doubts = tuple(dict.fromkeys(doubt for cell in cells for doubt in cell.doubts))
    total = Cell(State.NUMBER, sum(figures, Decimal(0)), raw="+".join(cell.raw for cell in cells), doubts=doubts)
    return Item(key, total, Origin.DERIVED, parts, "原表“（六）其他处理”三个分项之和")


def _unknown(key: CellKey, sources: tuple[CellKey, ...], note: str) -> Item:
    return Item(key, Cell(State.BLANK, doubts=(Doubt(Reason.LINES_LOST, note),)), Origin.NONE, sources, note)


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
