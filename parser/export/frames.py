"""Reports become one tidy table, a row a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from parser.model.report import Report
from parser.templates.load import template

_COLUMNS = (
    "source", "issuer", "year", "form", "key", "table", "row", "column", "name",
    "state", "value", "unit", "raw", "confidence", "doubts",
)  # fmt: skip


def cells_frame(reports: Iterable[Report]) -> pd.DataFrame:
    """Return a row for every cell of every report; ``value`` is an exact Decimal or None, ``doubts`` the reasons."""
    return pd.DataFrame.from_records([row for report in reports for row in _rows(report)], columns=list(_COLUMNS))


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    head = (report.source, report.issuer, report.year, report.form)
    for key, field in template(report.form).fields.items():
        cell = report.cells[key]
        reasons = " ".join(doubt.reason.value for doubt in cell.doubts)
        reading = (cell.state.value, cell.value, cell.unit, cell.raw, cell.confidence, reasons)
        yield (*head, str(key), *key, field.name, *reading)
