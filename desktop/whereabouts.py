"""Where in the source to look for a cell."""

from __future__ import annotations

from desktop.entries import Entry
from parser.model.place import Place
from parser.model.report import CellKey


def place_near(entry: Entry, key: CellKey) -> Place | None:
    """Return where a cell stands in the source; where the last one before it does when it stands nowhere."""
    place = None
    for here in entry.form.fields if entry.report is not None else ():
        place = entry.report.cells[here].place or place if entry.report is not None else None
        if here == key:
            break
    return place
