"""Word documents (docx and its kin): what a reader of the printed page sees, headers and footers left out."""

from __future__ import annotations

import re

from lxml import etree

from parser.errors import EmptyFile, UnreadableFile
from parser.layout.text_builder import TextBuilder
from parser.model.document import Document
from parser.model.report import Doubt, Reason
from parser.readers.docx_blocks import Block, BlockReader, Cell, Line, Table
from parser.readers.docx_drawings import FLOATING_NOTE
from parser.readers.docx_numbers import Numbers
from parser.readers.docx_styles import Styles
from parser.readers.package import Package, child, damage_said

_MAIN = "word/document.xml"
_LONGEST_CELL = 120  # longer text in a cell that stands alone is prose in a frame, no figure
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@damage_said
def read_docx(data: bytes, name: str, sha256: str) -> Document:
    """Return the document: paragraphs as lines, tables as rows, every cell a bounded piece.

    Raises UnreadableFile, FileTooLarge, PasswordProtected, or EmptyFile when no words are in it.
    """
    package = Package(data)
    main = package.main or _MAIN
    body = _body(package, main)
    styles = Styles(package.relative(main, "styles"))
    numbers = Numbers(package.relative(main, "numbering"), styles)
    builder = TextBuilder()
    _write(BlockReader(styles, numbers).read(body), builder)
    text, pieces = builder.finish()
    if not text.strip():
        raise EmptyFile(_nothing(package))
    return Document(name, "docx", sha256, text, pieces, doubts=builder.doubts)


def _body(package: Package, main: str) -> etree._Element:
    body = child(package.xml(main), "body")
    if body is None:
        raise UnreadableFile("文件里没有 Word 正文，可能已损坏；请用 Word 或 WPS 打开，另存为 docx 后重试")
    return body


def _nothing(package: Package) -> str:
    if any(part.startswith("word/media/") for part in package.names):
        return "文档里只有图片，没有文字；请向报送单位索取可编辑的文档，或先用文字识别软件转成文字"
    return "文档里没有文字；请填报单位重发"


def _write(blocks: list[Block], builder: TextBuilder) -> None:
    for block in blocks:
        if isinstance(block, Line):
            for line in block.text.split("\n"):
                if line.strip():
                    builder.add_line(line.strip(" \t"))
        else:
            _write_table(block, builder)


def _write_table(table: Table, builder: TextBuilder) -> None:
    for row in table.rows:
        if _is_frame(row):
            for cell in row:
                _write(cell, builder)
        else:
            for cells in _with_inner_rows(row):
                doubts = [tuple(Doubt(Reason.LOW_CONFIDENCE, note) for note in line.notes) for line in cells]
                builder.add_row([line.text for line in cells], doubts=doubts)


def _is_frame(row: list[Cell]) -> bool:
    """Return whether the row lays out the page: prose alone in it, or tables that are more than one cell's inside."""
    filled = [cell for cell in row if any(isinstance(block, Table) or block.text for block in cell)]
    tables = [cell for cell in filled if any(isinstance(block, Table) for block in cell)]
    if tables:
        return len(tables) > 1 or len(tables[0]) > 1 or len(filled) == 1
    return len(filled) == 1 and len(_words(filled[0]).text) > _LONGEST_CELL


def _with_inner_rows(row: list[Cell]) -> list[list[Line]]:
    """Return the row as what its cells say; the rows of a table inside a cell stand in the place of that cell."""
    rows: list[list[Line]] = [[]]
    for cell in row:
        tables = [block for block in cell if isinstance(block, Table)]
        line = _words(cell)
        if line.text or not tables:
            rows[-1].append(line)
        for table in tables:
            inner = [lines for inside in table.rows for lines in _with_inner_rows(inside)]
            rows[-1].extend(inner[0] if inner else [])
            rows.extend(inner[1:])
    return rows


def _words(cell: Cell) -> Line:
    """Return all words of the cell as one line; a picture that floats above words is a seal, or belongs elsewhere."""
    lines = [block for block in cell if isinstance(block, Line)]
    text = _SPACES.sub(" ", " ".join(line.text for line in lines if line.text)).strip()
    notes = dict.fromkeys(note for line in lines for note in line.notes if note != FLOATING_NOTE or not text)
    return Line(text, tuple(notes))
