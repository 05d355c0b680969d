"""A report's parts become plain data that JSON holds, and that data becomes the same parts again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from parser.model.place import PageBox, Place, TextSpan
from parser.model.report import Cell, CellKey, Doubt, Edit, Note, Reason, Report, State

Plain = dict[str, object]


def plain_head(report: Report) -> Plain:
    """Return what a report says about itself: everything but its text, sections, cells and edits."""
    fee = report.information_processing_fee_yuan
    return {
        "source": report.source,
        "sha256": report.sha256,
        "kind": report.kind,
        "form": report.form,
        "template": report.template,
        "issuer": report.issuer,
        "year": report.year,
        "title": report.title,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "published": report.published.isoformat() if report.published else None,
        "information_processing_fee_yuan": None if fee is None else str(fee),
        "notes": [list(note) for note in report.notes],
        "pages": report.pages,
    }


def report_from(
    head: Mapping[str, Any],
    text: str,
    sections: Mapping[str, str | None],
    cells: Mapping[CellKey, Cell],
    edits: tuple[Edit, ...],
) -> Report:
    """Return the report with the head of ``plain_head`` and the other parts.

    Damaged data raises KeyError, ValueError, TypeError or ArithmeticError, here and in the functions below.
    """
    head = dict(head)
    period = head.pop("period")
    published = head.pop("published")
    fee = head.pop("information_processing_fee_yuan")
    notes = head.pop("notes")
    return Report(
        **head,
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        published=date.fromisoformat(published) if published else None,
        information_processing_fee_yuan=None if fee is None else Decimal(fee),
        notes=tuple(Note(rule, detail) for rule, detail in notes),
        sections=sections,
        text=text,
        cells=cells,
        edits=edits,
    )


def plain_cell(cell: Cell) -> Plain:
    """Return everything in the cell."""
    return {
        "state": cell.state.value,
        "value": None if cell.value is None else str(cell.value),
        "unit": cell.unit,
        "raw": cell.raw,
        "place": None if cell.place is None else cell.place._asdict(),
        "confidence": cell.confidence,
        "doubts": [[doubt.reason.value, doubt.note] for doubt in cell.doubts],
        "second": cell.second,
    }


def cell_from(data: Mapping[str, Any]) -> Cell:
    """Return the cell of ``plain_cell``."""
    return Cell(
        state=State(data["state"]),
        value=None if data["value"] is None else Decimal(data["value"]),
        unit=data["unit"],
        raw=data["raw"],
        place=_place_from(data["place"]),
        confidence=data["confidence"],
        doubts=tuple(Doubt(Reason(reason), note) for reason, note in data["doubts"]),
        second=data.get("second"),
    )


def plain_edit(edit: Edit) -> Plain:
    """Return everything in the edit."""
    return {
        "key": str(edit.key),
        "before": plain_cell(edit.before),
        "after": plain_cell(edit.after),
        "reason": edit.reason,
        "author": edit.author,
        "at": edit.at.isoformat(),
    }


def edit_from(data: Mapping[str, Any]) -> Edit:
    """Return the edit of ``plain_edit``."""
    at = datetime.fromisoformat(data["at"])
    key = CellKey.parse(data["key"])
    return Edit(key, cell_from(data["before"]), cell_from(data["after"]), data["reason"], data["author"], at)


def _place_from(data: Mapping[str, Any] | None) -> Place | None:
    if data is None:
        return None
    if "box" in data:
        left, top, right, bottom = data["box"]
        return PageBox(data["page"], (left, top, right, bottom))
    return TextSpan(data["start"], data["end"])
