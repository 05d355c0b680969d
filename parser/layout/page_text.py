"""Pages become one text: tables and paragraphs torn between them rejoined, page numbers and running titles left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from parser.layout.page import PageBlock, PageCell, PageLine, PageTable, TextPage
from parser.layout.page_margins import margin_lines
from parser.layout.text_builder import SeenPart, TextBuilder
from parser.layout.torn_tables import OpenTable, continued, opened
from parser.model.document import Piece, Seen
from parser.model.place import PageBox, TextSpan

BESIDE_NOTE = "页面为左右两栏，先读左栏，再读右栏"
COMPARED_NOTE = "页面为左右两份报告对照，先读完左边一份，再读右边一份"
_ALIKE = 0.35  # share of their phrases that two reports side by side have in common
_PHRASE = 5  # characters
_SHORT = 15  # characters; shorter lines end their paragraph
_ROOM = 1.6  # characters that a line may stop before the right margin and still run on
_FULL = 0.6  # … a line so near it hardly ends a paragraph by chance
_INDENT = 1.0  # characters by which a line may be set in and still go on with the paragraph
_LARGER, _SIZED = 1.25, 6  # times as large are the characters of a title, and so many show their size
_GAP = 1.5  # characters between words that are no prose
_OPEN = "，、（(“"  # no paragraph ends with these …
_UNCLOSED = re.compile(r"[（(《][^（(《）)》]{0,20}$")  # … nor so
_ENDS = "，。；：、！？）)》”"  # no line begins with these
_UNBROKEN = re.compile(rf"[(（《“]*(?:[0-9A-Za-z.,:/%％-]+[{_ENDS}]*|.[{_ENDS}]+)?")  # one line holds all of it
_FIGURE = re.compile(r"[-+\d.,/]+")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[#*●■◆]|第.{1,3}[章条]"
)

Placed = tuple[int, PageBlock]  # page, block


def join_pages(pages: Sequence[TextPage]) -> tuple[str, tuple[Piece, ...], Mapping[TextSpan, Seen]]:
    """Return the text of the pages in reading order, its pieces, and where on the pages they were seen."""
    builder = TextBuilder()
    for stream in _streams(pages):
        _write(stream, builder)
    text, pieces = builder.finish()
    return text, pieces, builder.seen


def notes_of(pages: Sequence[TextPage]) -> tuple[str, ...]:
    """Return what should be said about how the pages were read."""
    beside = [page for page in pages if page.beside]
    if not beside:
        return ()
    return (COMPARED_NOTE if _is_compared(beside) else BESIDE_NOTE,)


def _streams(pages: Sequence[TextPage]) -> Iterator[list[Placed]]:
    """Yield the blocks in reading order: of two reports side by side first the left one to its end."""
    margins = margin_lines(pages)

    def kept(page: TextPage, blocks: Sequence[PageBlock]) -> list[Placed]:
        return [(page.number, block) for block in blocks if id(block) not in margins]

    if not _is_compared([page for page in pages if page.beside]):
        yield [placed for page in pages for part in (page.blocks, page.beside) for placed in kept(page, part)]
        return
    between = min(block.box[0] for page in pages for block in page.beside)
    for is_parted, run in groupby(pages, key=lambda page: _is_parted(page, between)):
        members = list(run)
        yield [
            placed
            for page in members
            for placed in kept(page, page.blocks)
            if not is_parted or page.beside or placed[1].box[0] < between
        ]
        if is_parted:
            yield [
                placed
                for page in members
                for placed in kept(page, page.beside or page.blocks)
                if page.beside or placed[1].box[0] >= between
            ]


def _is_parted(page: TextPage, between: float) -> bool:
    """Whether the page has two reports side by side, or the end of one beside an empty half."""
    return bool(page.beside) or all((b.box[0] >= between) == (b.box[2] >= between) for b in page.blocks)


def _is_compared(pages: Sequence[TextPage]) -> bool:
    """Whether the two sides say the same, like two years' reports; else they are one text in two columns."""
    left = _phrases([block for page in pages for block in page.blocks])
    right = _phrases([block for page in pages for block in page.beside])
    least = min(len(left), len(right))
    return least > 0 and len(left & right) >= _ALIKE * least


def _phrases(blocks: Sequence[PageBlock]) -> set[str]:
    """Return all stretches of some characters in the blocks, figures left out: they are the same however wrapped."""
    texts = [line.text for line in blocks if isinstance(line, PageLine)]
    texts += [cell.text for b in blocks if isinstance(b, PageTable) for row in b.rows for cell in row.cells]
    plain = re.sub(r"[\d\s.,]", "", "".join(texts))
    return {plain[n : n + _PHRASE] for n in range(len(plain) - _PHRASE + 1)}


def _write(stream: Sequence[Placed], builder: TextBuilder) -> None:
    table: OpenTable | None = None
    page_of_table = 0
    lines: list[tuple[int, PageLine]] = []
    margins = _margins(stream)
    for page, block in stream:
        if isinstance(block, PageLine):
            _write_table(table, builder)
            table = None
            if lines and not _runs_on(lines[-1], (page, block), margins):
                _write_paragraph(lines, builder)
                lines = []
            lines.append((page, block))
            continue
        _write_paragraph(lines, builder)
        lines = []
        below = opened(block, page)
        if table and page > page_of_table and table.goes_on(block):
            table = continued(table, below)
        else:
            _write_table(table, builder)
            table = below
        page_of_table = page
    _write_table(table, builder)
    _write_paragraph(lines, builder)


def _write_table(table: OpenTable | None, builder: TextBuilder) -> None:
    for row in table.rows if table else ():
        if row:
            texts, seen = [placed.cell.text for placed in row], [placed.seen for placed in row]
            builder.add_row(texts, seen, [placed.cell.column for placed in row])


def _write_paragraph(lines: Sequence[tuple[int, PageLine]], builder: TextBuilder) -> None:
    text = ""
    parts: list[SeenPart] = []
    for page, line in lines:
        if text and text[-1].isascii() and line.text[:1].isascii() and text[-1].isalnum() and line.text[:1].isalnum():
            text += " "
        parts += _parts(line, page, len(text))
        text += line.text
    if text.strip():
        builder.add_line(text, parts)


def _parts(line: PageLine, page: int, begin: int) -> Iterator[SeenPart]:
    """Yield where each word of the line stands in the text and on the page."""
    at = 0
    for word in line.words or (PageCell(line.text, line.box, line.confidence, line.doubts),):
        found = line.text.find(word.text, at)
        if found >= 0:
            at = found + len(word.text)
            yield begin + found, begin + at, Seen(PageBox(page, word.box), word.confidence, word.doubts)


class _Margins(NamedTuple):
    """From where to where the lines of a page run, and whether some are set in, as the first lines of paragraphs."""

    left: float
    right: float
    has_indents: bool


def _margins(stream: Sequence[Placed]) -> dict[int, _Margins]:
    """Return the margins of each page."""
    lines: dict[int, list[PageLine]] = defaultdict(list)
    for page, block in stream:
        if isinstance(block, PageLine) and len(block.text) > _SHORT:
            lines[page].append(block)
    margins = {}
    for page, own in lines.items():
        left, right = _begun_together(own), max(line.right for line in own)
        has_indents = any(line.left - left > _INDENT * _size(line) for line in own)
        margins[page] = _Margins(left, right, has_indents)
    return margins


def _begun_together(lines: Sequence[PageLine]) -> float:
    """Return where the leftmost lines begin; a speck may stand before a single one."""
    lefts = sorted(line.left for line in lines)
    near = _INDENT / 2 * _size(lines[0])
    return next((left for left, following in pairwise(lefts) if following - left < near), lefts[0])


def _is_open(text: str) -> bool:
    """Whether no paragraph ends so."""
    return text[-1] in _OPEN or _UNCLOSED.search(text) is not None


def _wide(text: str) -> float:
    """Return how wide a text is, in Chinese characters; those of ASCII take half the room."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _runs_on(upper: tuple[int, PageLine], lower: tuple[int, PageLine], margins: Mapping[int, _Margins]) -> bool:
    """Whether a line goes on with the paragraph of the line above: that one is full, and it is not set in."""
    (page, above), (next_page, below) = upper, lower
    if len(above.text) < _SHORT or page not in margins or _is_row(above) or _is_row(below):
        return False
    left, _, has_indents = margins.get(next_page, margins[page])
    right = margins[page].right
    if len(below.text) >= _SIZED and _size(above) > _LARGER * _size(below):  # a title
        return False
    wide, is_open = _size(above), _is_open(above.text)
    unbroken = _UNBROKEN.match(below.text)
    room = _ROOM + (_wide(unbroken[0]) if unbroken else 0.0)
    if not is_open and (right - above.right > room * wide or below.left - left > _INDENT * wide):
        return False
    is_item = below.text[:1].isdigit() or below.text[:1] == "第"  # may come first on a line not set in; no heading does
    is_amid = has_indents and is_item and (above.text[-1] != "。" or right - above.right <= _FULL * wide)
    return _BEGINS.match(below.text) is None or is_open or is_amid


def _size(line: PageLine) -> float:
    """Return how wide a Chinese character of the line is; digits and Latin letters measure half."""
    return (line.right - line.left) / _wide(line.text)


def _is_row(line: PageLine) -> bool:
    """Whether figures stand alone on the line, or words far apart: it is a row of a table without borders."""
    wide = (line.box[2] - line.box[0]) / len(line.text)
    gaps = (right.box[0] - left.box[2] for left, right in pairwise(line.words))
    return any(gap > _GAP * wide for gap in gaps) or any(_FIGURE.fullmatch(word.text) for word in line.words)
