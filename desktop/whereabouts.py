"""Where in the source to look for a cell."""

from __future__ import annotations

from desktop.entries import Entry
from parser.model.place import Place
from parser.model.report import CellKey


def place_near(entry: Entry, key: CellKey) -> Place | None:
    """Return where a cell stands in the source; where it stands nowhere, the last one before it, or the next one."""
    if entry.report is None or key not in entry.report.cells:
        return None
    fields, cells = list(entry.form.fields), entry.report.cells
    at = fields.index(key)
    nearest = (key, *reversed(fields[:at]), *fields[at + 1 :])
    return next((place for other in nearest if (place := cells[other].place)), None)
