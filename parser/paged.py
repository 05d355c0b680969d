"""Reports made of pages, PDF files and pictures: first the tables, then what is doubtful in them, then the prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from threading import Lock

import numpy as np

from parser.damaged_pages import numbers, with_damage_doubted
from parser.errors import EmptyFile, NoTables, UnreadableFile
from parser.extract.page_order import doubted_among_others, hold_several, in_form_order
from parser.extract.report import extract
from parser.layout.page import PageBlock, PageTable, TextPage
from parser.layout.page_text import join_pages, notes_of
from parser.model.document import Document
from parser.model.place import PageBox
from parser.model.report import Report, State
from parser.model.watch import Progress, Watch
from parser.ocr.ahead import PagesAhead
from parser.ocr.borderless import read_borderless
from parser.ocr.cut_page import CutPage, cut_tables
from parser.ocr.dots import without_dots
from parser.ocr.engine import Recogniser
from parser.ocr.flat_page import FlatPage, is_ruled, lay_flat, may_be_ruled
from parser.ocr.folded_rows import rows_told_apart
from parser.ocr.full_page import lines_of, outside, read_words, spot_words
from parser.ocr.hairlines import with_hairlines_drawn
from parser.ocr.legible import Spots, Words, legible_way
from parser.ocr.rapid import recogniser
from parser.ocr.read_cell import ReadCell
from parser.ocr.rereading import weak_read_again
from parser.ocr.scan_tables import ReadPage, page_table
from parser.ocr.spread import part_of, parts_of
from parser.ocr.upright import holds_labels, turned_upright
from parser.readers.pages import Pages, Pixels
from parser.readers.pdf_text import read_text_pages
from parser.readers.picture_pages import PastedPages
from parser.readers.raster import PdfPages, open_pages
from parser.second_look import look_again, with_rows_outside
from parser.templates.labels import label_pairs
from parser.templates.load import templates

_DPI = 200
_TABLES = 0.6  # share of the work that reading the tables is
_NEIGHBOURS = 2  # pages before and after one with a table that may belong to the report
_QUICK = 60  # dots an inch at which a page is looked at for lines
_NARROWEST, _LONGEST = 64, 40  # pixels, and times its width; what is narrower or longer is no page
_MOST_PROSE = 40  # pages of which every word is read; a report has about ten
_LOOKING = 0.3  # share of the work that finding the pages with tables is, among very many
_DAMAGED_PAGES = "第 {} 页已损坏，没有读取；请填报单位重发，或对照纸质材料"
_UNREAD_PICTURES = "第 {} 页除文字表格外还有图片，图片里像有表格，没有读取；请对照原文核对"
_UNREAD_WORDS = "文档里的各页是图片，只读了图片；图片以外的文字没有读取，请对照原文补录"
_UNREAD_PROSE = "页数很多，只识别了前 {} 个扫描页的正文，其余扫描页只找表格"


def open_paged(
    data: bytes, name: str, sha256: str, watch: Watch, engine: Recogniser | None = None, *, password: str | None = None
) -> Report:
    """Return the report on the pages of a PDF file or picture; ``watch`` gets its tables as they are read.

    ``engine`` recognises what was scanned, RapidOCR's model by default. Raises a ReportError that says what is wrong
    and what to do.
    """
    with open_pages(data, password) as pages:
        return _Reading(pages, name, sha256, watch, engine).report()


@dataclass
class _Reading:
    """One file while it is being read. Pages are rendered one at a time, so that memory does not grow with them."""

    pages: Pages
    name: str
    sha256: str
    watch: Watch
    engine: Recogniser | None
    blocks: dict[int, list[list[PageBlock]]] = field(default_factory=dict)  # what was recognised, by page and part
    written: list[TextPage] = field(default_factory=list)  # what text layers gave
    turns: dict[int, int] = field(default_factory=dict)  # quarter turns of pages with tables
    seen: dict[PageBox, ReadCell] = field(default_factory=dict)
    damaged: dict[int, UnreadableFile] = field(default_factory=dict)  # pages that cannot be shown, and why
    has_unread_prose: bool = False
    is_complete: bool = False  # all tables were found by their lines
    begun: float = 0.0  # share of the work done before the tables
    rendering: Lock = field(default_factory=Lock)

    def report(self) -> Report:
        """Read everything."""
        texts = read_text_pages(self.pages, self.watch) if isinstance(self.pages, PdfPages) else []
        self.written = [page for page in texts if page is not None]
        scanned = [n for n in range(1, self.pages.count + 1) if n > len(texts) or texts[n - 1] is None]
        if not scanned:
            return extract(self._document("pdf"))
        if len(scanned) > _MOST_PROSE:
            self.has_unread_prose = True
            scanned = self._around_tables(scanned)
        self.engine = self.engine or recogniser()
        kind = self._kind(scanned)
        with PagesAhead(self._cut, self.watch.check) as ahead:
            self._read_tables(scanned, kind, ahead)
        tables = self._tables(kind)
        self.is_complete = tables is not None
        with PagesAhead(self._laid, self.watch.check) as ahead:
            self._read_prose(scanned[:_MOST_PROSE], ahead)
        document = self._document(kind)
        if not document.text.strip():
            if self.damaged:
                raise self.damaged[min(self.damaged)]
            raise EmptyFile("页面上没有可以识别的文字；请确认扫描时没有放反纸张，图片没有过暗或过淡")
        return with_damage_doubted(self._whole(document, tables), self.damaged)

    def _whole(self, document: Document, tables: Report | None) -> Report:
        assert self.engine is not None
        try:
            report = extract(document)
        except NoTables:
            if self.damaged:
                raise self.damaged[min(self.damaged)] from None
            raise
        if tables is not None and tables.form == report.form:
            return replace(report, cells=with_rows_outside(tables.cells, report.cells))
        looked = look_again(report, self.seen, self.engine)
        return doubted_among_others(looked, self._in_order()[0], templates())

    def _kind(self, scanned: Sequence[int]) -> str:
        if not isinstance(self.pages, PdfPages):
            return "image"
        tables = {page.number for page in self.written if any(isinstance(b, PageTable) for b in page.blocks)}
        return "pdf" if tables else "scan" if scanned else "pdf"

    def _tables(self, kind: str) -> Report | None:
        """Return the report with its tables complete and looked at again; None as long as one of them is missing.

        The clerk may begin with them while the prose is read.
        """
        assert self.engine is not None
        if hold_several(self._in_order()[0], templates()):  # the headings tell where one report ends
            return None
        try:
            report = look_again(extract(self._document(kind)), self.seen, self.engine)
        except NoTables:
            return None
        found = {key.table for key, cell in report.cells.items() if cell.state is not State.ABSENT}
        if found != {key.table for key in report.cells}:
            return None
        known = tuple(note for note in report.notes if note.rule != "X-SECTION")  # the prose is still to come
        early = replace(report, notes=known)
        self.watch.progress(Progress(_TABLES, "表格已识别，正在识别正文", early, tables_done=True))
        return report

    def _around_tables(self, scanned: Sequence[int]) -> list[int]:
        """Return, of very many pages, those with ruled lines on them and their neighbours: nothing else is read."""
        ruled = set()
        for number in scanned:
            self.watch.check()
            self.begun = _LOOKING * number / scanned[-1]
            self.watch.progress(Progress(self.begun, f"正在第 {number} 页找表格"))
            pixels = self._pixels(number, _QUICK)
            if pixels is not None and is_ruled(pixels):
                ruled.add(number)
        return [number for number in scanned if ruled & set(range(number - _NEIGHBOURS, number + _NEIGHBOURS + 1))]

    # ── tables ───────────────────────────────────────────────────────────────────────
    def _read_tables(self, scanned: Sequence[int], kind: str, ahead: PagesAhead[list[CutPage]]) -> None:
        assert self.engine is not None
        pairs = label_pairs(templates())
        for done, (number, page) in enumerate(ahead.each(scanned, self._turn), 1):
            self.watch.check()
            if page is not None:
                parts = turned_upright(page, partial(self._turned, ahead, number), self.engine, pairs)
                parts = [rows_told_apart(part, self.engine) for part in parts]
                if holds_labels(parts, pairs):
                    parts = [weak_read_again(part, self.engine) for part in parts]
                self._take(number, parts)
            self._tell(self.begun + done / len(scanned) * (_TABLES - self.begun), kind, number)

    def _take(self, number: int, parts: Sequence[ReadPage]) -> None:
        if any(part.tables for part in parts):
            self.blocks[number] = [[page_table(part.flat, table) for table in part.tables] for part in parts]
        for part in parts:
            for table in part.tables:
                self.seen.update(zip((PageBox(number, place) for place in table.places), table.cells, strict=True))
            if part.tables:
                self.turns[number] = part.flat.turn

    def _turned(self, ahead: PagesAhead[list[CutPage]], number: int, turn: int) -> list[CutPage] | None:
        self.watch.check()
        return ahead.made(number, turn)

    def _turn(self, number: int) -> int:
        """Return how many quarter turns are most likely to bring the page upright: as many as its neighbour needed."""
        return self.turns.get(number, self.turns[max(self.turns)] if self.turns else 0)

    def _cut(self, number: int, turn: int) -> list[CutPage] | None:
        pixels = self._pixels(number)
        if pixels is None:
            return None
        turned = np.rot90(pixels, turn)
        parts = parts_of(turned)
        if not any(may_be_ruled(part_of(turned, part)) for part in parts):
            return None
        return [cut_tables(lay_flat(pixels, turn, part)) for part in parts]

    def _pixels(self, number: int, dpi: float = _DPI) -> Pixels | None:
        """Return the page, None if it is a mere strip or damaged."""
        with self.rendering:
            try:
                pixels = self.pages.pixels(number, dpi if isinstance(self.pages, PdfPages) else None)
            except UnreadableFile as error:
                self.damaged[number] = error
                return None
        high, wide = pixels.shape[:2]
        narrowest = _NARROWEST * min(1, dpi / _DPI)
        if min(high, wide) < max(narrowest, max(high, wide) / _LONGEST):
            return None
        return without_dots(with_hairlines_drawn(pixels))

    # ── prose ────────────────────────────────────────────────────────────────────────
    def _read_prose(self, scanned: Sequence[int], ahead: PagesAhead[list[FlatPage]]) -> None:
        """Read what stands outside the tables: the title block, the sections, and tables that have no lines."""
        assert self.engine is not None
        for done, (number, parts) in enumerate(ahead.each(scanned, self._known_turn), 1):
            self.watch.check()
            self.watch.progress(
                Progress(_TABLES + (1 - _TABLES) * done / len(scanned), f"正在识别第 {number} 页的文字")
            )
            if parts is not None:
                self.blocks[number] = list(self._with_prose(number, parts, ahead))

    def _with_prose(
        self, number: int, parts: Sequence[FlatPage], ahead: PagesAhead[list[FlatPage]]
    ) -> Iterator[list[PageBlock]]:
        """Yield what stands on each part of the page: its tables, which say what is up, and its lines of text."""
        assert self.engine is not None
        if any(self.blocks.get(number, [])):
            words = self._words(self._spots(parts))
        else:
            parts, words = legible_way(parts, partial(ahead.made, number), self._spots, self._words)
            if not self.is_complete:
                self._take(number, [read_borderless(*each, self.engine) for each in zip(parts, words, strict=True)])
        tables = self.blocks.get(number, [[] for _ in parts])
        for flat, of_tables, of_words in zip(parts, tables, words, strict=True):
            yield sorted([*of_tables, *lines_of(flat, outside(flat, of_tables, of_words))], key=lambda block: block.top)

    def _spots(self, parts: Sequence[FlatPage]) -> Spots:
        self.watch.check()
        return [spot_words(flat) for flat in parts]

    def _words(self, spots: Spots, most: int | None = None, is_upside_down: bool = False) -> Words:
        assert self.engine is not None
        return [read_words(each, self.engine, self.watch, most, is_upside_down=is_upside_down) for each in spots]

    def _known_turn(self, number: int) -> int:
        """Return the turn of the page, or what it is likeliest to be: the one that most pages with tables needed."""
        return self.turns.get(number, max(self.turns.values(), key=[*self.turns.values()].count, default=0))

    def _laid(self, number: int, turn: int) -> list[FlatPage] | None:
        pixels = self._pixels(number)
        if pixels is None:
            return None
        parts = parts_of(np.rot90(pixels, turn))
        tables = self.blocks.get(number, [[] for _ in parts])
        return [lay_flat(pixels, turn, part, has_tables=bool(found)) for part, found in zip(parts, tables, strict=True)]

    # ── putting together ─────────────────────────────────────────────────────────────
    def _tell(self, share: float, kind: str, number: int) -> None:
        report = None
        if any(isinstance(block, PageTable) for part in self.blocks.get(number, []) for block in part):
            try:
                report = extract(self._document(kind))
            except NoTables:
                report = None
        self.watch.progress(Progress(share, f"正在识别第 {number} 页", report))

    def _document(self, kind: str) -> Document:
        pages, order_notes = self._in_order()
        text, pieces, seen = join_pages(pages)
        notes = (*order_notes, *notes_of(pages), *self._unread())
        return Document(self.name, kind, self.sha256, text, pieces, self.pages.count, notes, seen)

    def _in_order(self) -> tuple[list[TextPage], list[str]]:
        """Return what is known of the pages in the order of the form, and what to tell about that."""
        recognised = [TextPage(number, tuple(chain.from_iterable(parts))) for number, parts in self.blocks.items()]
        return in_form_order(sorted([*self.written, *recognised], key=lambda page: page.number), templates())

    def _unread(self) -> Iterator[str]:
        """Yield what the clerk must know of pages that were not read, or not all of them."""
        if self.damaged:
            yield _DAMAGED_PAGES.format(numbers(self.damaged))
        pictured = [page.number for page in self.written if page.pictures]
        if pictured:
            yield _UNREAD_PICTURES.format(numbers(pictured))
        if isinstance(self.pages, PastedPages) and self.pages.has_words:
            yield _UNREAD_WORDS
        if self.has_unread_prose:
            yield _UNREAD_PROSE.format(_MOST_PROSE)
