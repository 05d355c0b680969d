"""A report and its assessment become the JSON record of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from parser.export.replace_file import replace_file
from parser.export.shown import decimal_text
from parser.model.finding import Assessment, Finding, Suggestion
from parser.model.place import PageBox, Place
from parser.model.report import Cell, CellKey, Reason, Report, State
from parser.templates.load import template, template_due

SCHEMA = 1


def record(report: Report, assessment: Assessment) -> dict[str, object]:
    """Return the report as JSON of schema 1: one cell record for every field of the form, in the form's order."""
    due = template_due(report.year) if report.year is not None else None
    return {
        "schema": SCHEMA,
        "source": {"name": report.source, "sha256": report.sha256, "kind": report.kind, "pages": report.pages},
        "issuer": report.issuer,
        "year": report.year,
        "title": report.title,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "template": report.form if report.template is not None else None,
        "template_due": due.id if due else None,
        "information_processing_fee_yuan": _decimal(report.information_processing_fee_yuan),
        "text": report.text,
        "sections": {section.number: report.sections.get(section.number) for section in template(report.form).sections},
        "cells": [_cell(report, assessment, key) for key in template(report.form).fields],
        "suggestions": [_suggestion(suggestion) for suggestion in assessment.suggestions],
        "findings": [_finding(finding) for finding in assessment.findings],
    }


def write_json(report: Report, assessment: Assessment, path: Path) -> None:
    """Write the record to ``path`` (UTF-8), replacing it at once; raise OutputError when that is impossible."""
    text = json.dumps(record(report, assessment), ensure_ascii=False, indent=1, allow_nan=False)
    # Half of a surrogate pair has no UTF-8 form; written as \udXXX it is valid JSON and comes back as it was.
    replace_file(path, lambda stream: stream.write(f"{text}\n".encode(errors="backslashreplace")))


def _cell(report: Report, assessment: Assessment, key: CellKey) -> dict[str, object]:
    cell = report.cells[key]
    return {
        "key": str(key),
        "raw": cell.raw,
        "value": _value(cell),
        "unit": cell.unit,
        "state": cell.state.value,
        "doubtful": assessment.is_doubtful(report, key),
        "reasons": list(dict.fromkeys(_reasons(cell, assessment, key))),
        "confidence": cell.confidence,
        "suggestion": _proposal(cell, assessment, key),
        "place": _place(cell.place),
    }


def _value(cell: Cell) -> str | None:
    return _decimal(cell.value) if cell.state is State.NUMBER else None


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


def _reasons(cell: Cell, assessment: Assessment, key: CellKey) -> Iterator[str]:
    yield from (doubt.reason.value for doubt in cell.doubts)
    if key in assessment.suspects:
        yield Reason.EQUATION.value


def _proposal(cell: Cell, assessment: Assessment, key: CellKey) -> str | None:
    """Return the best proposed value that differs from the present one."""
    proposed = (suggestion.values[key] for suggestion in assessment.suggestions if key in suggestion.values)
    return _decimal(next((value for value in proposed if value != cell.value), None))


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    if isinstance(place, PageBox):
        return {"page": place.page, "box": list(place.box)}
    return {"span": [place.start, place.end]}


def _suggestion(suggestion: Suggestion) -> dict[str, object]:
    return {
        "edits": {str(key): _decimal(value) for key, value in suggestion.values.items()},
        "equations": list(suggestion.equations),
        "certainty": suggestion.certainty,
        "proof": suggestion.proof,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "keys": [str(key) for key in finding.keys],
        "expected": finding.expected,
        "actual": finding.actual,
        "verdict": finding.verdict.value,
    }
