"""Rows that the source does not have, and what the equations say must stand in them."""

from __future__ import annotations

from desktop.entries import Entry
from parser.model.finding import Finding, Suggestion
from parser.model.report import State


def offered_rows(entry: Entry | None, finding: Finding | None = None) -> list[Suggestion]:
    """Return what is proposed for missing rows, in the order of the form; of those a finding names if it is given."""
    if entry is None or entry.report is None:
        return []
    named = entry.report.cells.keys() if finding is None else set(finding.keys)
    proposed = [suggestion for suggestion in entry.assessment.suggestions if suggestion.values.keys() <= named]
    rows = [suggestion for suggestion in proposed if is_missing_row(entry, suggestion)]
    if len(rows) < 2:
        return rows
    order = {key: place for place, key in enumerate(entry.form.fields)}
    return sorted(rows, key=lambda row: min(order[key] for key in row.values))


def is_missing_row(entry: Entry, suggestion: Suggestion) -> bool:
    """Whether the suggestion puts in what the source does not have, and changes nothing that it has."""
    cells = entry.report.cells if entry.report is not None else {}
    return all(key in cells and cells[key].state is State.ABSENT for key in suggestion.values)
