"""Where in the source to look for a cell."""

from __future__ import annotations

from desktop.entries import Entry
from parser.model.place import PageBox, Place
from parser.model.report import CellKey


def place_near(entry: Entry, key: CellKey) -> Place | None:
    """Return where a cell stands in the source; where it stands nowhere, the last one before it, or the next one."""
    if entry.report is None or key not in entry.report.cells:
        return None
    fields, cells = list(entry.form.fields), entry.report.cells
    at = fields.index(key)
    nearest = (key, *reversed(fields[:at]), *fields[at + 1 :])
    return next((place for other in nearest if (place := cells[other].place)), None)


def page_of_section(entry: Entry, number: str) -> int | None:
    """Return the page, from 1, on which a section of the prose is likely to begin; None where no cell is on a page.

    The tables tell: a section that has one begins where that does, one behind them where they end; the first stands at
    the beginning and the last at the end.
    """
    if entry.report is None:
        return None
    pages: dict[str, list[int]] = {}
    for key, cell in entry.report.cells.items():
        if isinstance(cell.place, PageBox):
            pages.setdefault(entry.form.table(key.table).section, []).append(cell.place.page)
    if not pages:
        return None
    before = [page for section, found in pages.items() if section < number for page in found]
    if number in pages:
        return min(pages[number])
    is_last = number == max(section.number for section in entry.form.sections)
    return entry.report.pages if is_last else max(before, default=1)
