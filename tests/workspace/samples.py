"""Readings and edits to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from parser.model.report import Cell, CellKey, Edit, Report, State, section_cell
from parser.workspace.kept import Kept, Reading
from parser.workspace.store import Store
from tests.forms import make_report

PERSONS = CellKey("applications", "new_received", "natural_person")
TOTAL = CellKey("applications", "new_received", "total")
AT = datetime(2024, 1, 25, 9, 30, tzinfo=UTC)


def reading(report: Report | None = None, **fields: object) -> Reading:
    """Return a first reading."""
    report = report or make_report()
    return Reading(report, report.cells, **fields)  # type: ignore[arg-type]


def typed(report: Report, value: int, key: CellKey = PERSONS, reason: str = "修改", author: str = "张三") -> Edit:
    """Return the edit of typing a number into a cell."""
    before = report.cells[key]
    after = replace(before, state=State.NUMBER, value=Decimal(value), doubts=())
    return Edit(key, before, after, reason, author, AT)


def confirmed(report: Report, key: CellKey = PERSONS, author: str = "张三") -> Edit:
    """Return the edit of confirming a cell."""
    before = report.cells[key]
    return Edit(key, before, replace(before, doubts=()), "确认", author, AT)


def rewritten(report: Report, section: str, text: str | None, reason: str = "修改正文") -> Edit:
    """Return the edit of giving a section another text."""
    before = section_cell(report.sections.get(section))
    return Edit(CellKey.of_section(section), before, section_cell(text), reason, "张三", AT)


def printed(raw: str, value: int | None = None) -> Cell:
    """Return a cell of a source that prints ``raw``."""
    return Cell(State.NUMBER, Decimal(raw if value is None else value), raw=raw)


def loaded(store: Store, name: object) -> Kept:
    """Return what is kept of a report that is there."""
    from pathlib import Path

    kept = store.load(Path(str(name)))
    assert kept.report is not None
    return kept
