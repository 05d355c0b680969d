"""Reports drawn on pages, with the place of every cell, and a backend that reads them as slowly as a test likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Semaphore
from types import MappingProxyType
from typing import Any

from PIL import Image, ImageDraw

from desktop.views.page_layout import turned_point
from parser.errors import UnreadableFile
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey, Report, State
from parser.model.template import Table
from parser.model.watch import UNWATCHED, Progress, Watch
from parser.readers.pages import Pages
from parser.readers.raster import open_pages_of
from parser.templates.load import template
from tests.desktop.conftest import FakeBackend
from tests.forms import make_report

_SIZE = (827, 1169)  # A4 at 100 dpi
_EDGES = (80, 120, 750, 1060)  # of the tables on their pages


def draw_report(
    path: Path,
    pages: int = 5,
    cells: Mapping[str, Any] | None = None,
    turned: Mapping[int, int] = MappingProxyType({}),
    **fields: Any,
) -> Report:
    """Write a PDF file or a picture and return its report; its tables stand on the pages 2 to 4, the rest is lines.

    ``turned``: by how many quarters, clockwise, pages must be turned to stand upright.
    """
    report = make_report(cells=cells, **{"source": path.name, "kind": "pdf", "pages": pages, **fields})
    sheets = [Image.new("RGB", _SIZE, "white") for _ in range(pages)]
    places: dict[CellKey, PageBox] = {}
    for number, table in enumerate(template(report.form).tables, 2):
        if number <= pages:
            places |= _draw_table(sheets[number - 1], number, table, report)
    for number, sheet in enumerate(sheets, 1):
        _draw_prose(sheet, number, is_full=number not in (2, 3, 4))
    sheets = [sheet.rotate(90 * turned.get(number, 0), expand=True) for number, sheet in enumerate(sheets, 1)]
    places = {key: _lying(place, turned.get(place.page, 0)) for key, place in places.items()}
    sheets[0].save(path, save_all=True, append_images=sheets[1:], resolution=100)
    placed = {key: replace(cell, place=places.get(key)) for key, cell in report.cells.items()}
    return replace(report, cells=placed)


def _lying(place: PageBox, quarters: int) -> PageBox:
    left, top, right, bottom = place.box
    ends = [turned_point(x, y, -quarters) for x, y in ((left, top), (right, bottom))]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*ends, strict=True))
    return PageBox(place.page, (x0, y0, x1, y1))


def _draw_table(sheet: Image.Image, page: int, table: Table, report: Report) -> dict[CellKey, PageBox]:
    pencil, places = ImageDraw.Draw(sheet), {}
    left, top, right, bottom = _EDGES
    across, down = (right - left) / table.column_count, (bottom - top) / table.row_count
    for cell in table.grid:
        x, y = left + cell.column * across, top + cell.row * down
        box = (x, y, x + cell.column_span * across, y + cell.row_span * down)
        pencil.rectangle(box, outline="black")
        if cell.key is not None:
            x0, y0, x1, y1 = box
            places[cell.key] = PageBox(page, (x0 / _SIZE[0], y0 / _SIZE[1], x1 / _SIZE[0], y1 / _SIZE[1]))
            pencil.text((x + 6, y + 4), report.cells[cell.key].shown, fill="black")
    return places


def _draw_prose(sheet: Image.Image, page: int, *, is_full: bool) -> None:
    pencil = ImageDraw.Draw(sheet)
    pencil.text((400, 1110), f"- {page} -", fill="black")
    for line in range(60, 1080 if is_full else 100, 24):
        pencil.line((80, line, 740 if line % 5 else 500, line), fill=(90, 90, 90), width=3)


class SlowBackend(FakeBackend):
    """Reads pages in steps: each waits until the test lets it happen, and for the clerk to stop it."""

    def __init__(self, reports: Mapping[Path, Report | str]) -> None:
        super().__init__(reports)
        self.is_slow: set[Path] = set()
        self.is_deaf = False  # does not hear that it is to stop
        self.fails_at = 1.0  # the share from which the rest of a file is damaged
        self._steps = Semaphore(0)
        self.started: list[Path] = []
        self.ended: list[Path] = []

    def let_go_on(self, steps: int = 1) -> None:
        """Let so many steps happen."""
        self._steps.release(steps)

    def open_pages(self, path: Path, password: str | None = None) -> Pages:
        return open_pages_of(path, password)

    def open_report(self, path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        self.started.append(path)
        try:
            return self._read_slowly(path, watch)
        finally:
            self.ended.append(path)

    def _read_slowly(self, path: Path, watch: Watch) -> Report:
        if path in self.is_slow and isinstance(report := self.reports[path], Report):
            for progress in steps_of(report):
                while not self._steps.acquire(timeout=0.01):
                    if not self.is_deaf:
                        watch.check()
                if progress.share >= self.fails_at:
                    raise UnreadableFile("后面的页已损坏；请重新扫描")
                watch.progress(progress)
            while not self._steps.acquire(timeout=0.01):
                watch.check()
        return super().open_report(path, watch)


def steps_of(report: Report) -> list[Progress]:
    """Return what is told while a report is read: two tables, all tables, the prose; the report itself is the last."""
    tables = [table.key for table in template(report.form).tables]
    parts = [_with(report, set(tables[:count])) for count in (1, 2, 3)]
    return [
        Progress(0.1, "正在识别第 1 页"),
        Progress(0.4, "正在识别第 2 页", parts[0]),
        Progress(0.6, "正在识别第 3 页", parts[1]),
        Progress(0.8, "正在识别第 4 页", parts[2], tables_done=True),
        Progress(0.9, "正在识别第 5 页"),
    ]


def _with(report: Report, tables: set[str]) -> Report:
    """Return the report as it is before the other tables and the prose have been read."""
    unread = Cell(State.ABSENT)
    cells = {key: cell if key.table in tables else unread for key, cell in report.cells.items()}
    return replace(report, cells=cells, text="", sections={}, title=None)
