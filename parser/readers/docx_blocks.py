"""The body of a Word document becomes lines and tables in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parser.readers.docx_drawings import chosen
from parser.readers.docx_numbers import Numbers, joined
from parser.readers.docx_styles import Styles
from parser.readers.docx_words import control_content, runs_on, words
from parser.readers.package import attribute, child, is_on, local, number

_DROPPED = frozenset({"del", "moveFrom", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "altChunk"})
_MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or all words of a cell; ``notes`` say what is seen there besides its text."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass
class Table:
    """Rows of cells; a merged cell stands once, where it begins."""

    rows: list[list[Cell]] = field(default_factory=list)


Block = Line | Table
Cell = list[Block]


@dataclass
class BlockReader:
    """Reads containers of paragraphs and tables, each once and in document order: numbers count on."""

    styles: Styles
    numbers: Numbers

    def read(self, container: etree._Element) -> list[Block]:
        """Return the blocks of the container; a paragraph is a line, left out where nothing is seen."""
        blocks: list[Block] = []
        self._read_into(container, blocks, [])
        return blocks

    def _read_into(self, container: etree._Element, blocks: list[Block], begun: list[Line]) -> None:
        """Add the container's blocks; ``begun`` holds what runs on into the next paragraph."""
        for item in self._items(container):
            if local(item) == "p":
                self._paragraph(item, blocks, begun)
            elif local(item) == "tbl":
                _end(blocks, begun)
                blocks.append(self._table(item))
        _end(blocks, begun)

    def _items(self, container: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs, tables, rows or cells in the container, whatever wraps them."""
        for item in container:
            name = local(item)
            if name in ("p", "tbl", "tr", "tc"):
                yield item
            elif name in ("sdt", "AlternateContent"):
                content = control_content(item) if name == "sdt" else chosen(item)
                if content is not None:
                    yield from self._items(content)
            elif name not in _DROPPED:
                yield from self._items(item)

    def _paragraph(self, paragraph: etree._Element, blocks: list[Block], begun: list[Line]) -> None:
        properties = child(paragraph, "pPr")
        if self.styles.is_contents(attribute(child(properties, "pStyle"))):
            return
        found = words(paragraph, self.styles)
        begun.append(Line(found.text, found.notes))
        if not runs_on(properties):
            line = _run_together(begun)
            begun.clear()
            line = Line(joined(self.numbers.next(properties), line.text), line.notes)
            if line.text.strip() or line.notes:
                blocks.append(line)
        for box in found.boxes:
            self._read_into(box, blocks, [])

    def _table(self, element: etree._Element) -> Table:
        table = Table()
        above: set[int] = set()  # columns in which a merged cell is open
        for row in self._items(element):
            properties = child(row, "trPr")
            if local(row) != "tr" or child(properties, "del") is not None or is_on(child(properties, "hidden")):
                continue
            cells, above = self._row(row, number(attribute(child(properties, "gridBefore"))), above)
            if cells:
                table.rows.append(cells)
        return table

    def _row(self, row: etree._Element, column: int, above: set[int]) -> tuple[list[Cell], set[int]]:
        """Return the cells that begin in the row and the columns that merged cells of it reach into."""
        cells: list[Cell] = []
        merged: set[int] = set()
        for item in self._items(row):
            properties = child(item, "tcPr")
            if local(item) != "tc" or child(properties, "cellDel") is not None:
                continue
            span = min(max(number(attribute(child(properties, "gridSpan")), 1), 1), _MOST_COLUMNS)
            down, across = child(properties, "vMerge"), child(properties, "hMerge")
            if down is not None:
                merged.update(range(column, column + span))
            content = self.read(item)
            if not (_continues(across) or (_continues(down) and (column in above or not content))):
                cells.append(content)
            column += span
        return cells, merged


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and attribute(merge) != "restart"


def _run_together(begun: list[Line]) -> Line:
    notes = dict.fromkeys(note for line in begun for note in line.notes)
    return Line("".join(line.text for line in begun).strip(), tuple(notes))


def _end(blocks: list[Block], begun: list[Line]) -> None:
    """End a paragraph that had nothing to run on into."""
    line = _run_together(begun)
    begun.clear()
    if line.text or line.notes:
        blocks.append(line)
