"""Web pages: saved government pages with navigation around the article, and pages exported from Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from parser.errors import EmptyFile
from parser.layout.text_builder import TextBuilder
from parser.model.document import Document
from parser.readers.decode import decode, tidy
from parser.readers.html_cells import SKIPPED, Shown, cell_text, is_hidden_itself, read_cell
from parser.readers.html_styles import Styles

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = (b"gb2312", b"gbk", b"gb18030")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_TITLE = re.compile(r"信息公[开開]\S{0,8}?(?:[报報]告|年[报報])")
_NAME_PARTS = re.compile(r"[_|]|\s[-—–]+\s")
_PATH = re.compile(r"[>＞»]|位置")  # where the reader is on the site
_LONGEST_TITLE = 70
_HEAD_LINES = 16
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_LANDMARKS = re.compile(r"第二十[条條]|行政[复復復][议議]|行政[许許]可|[总總]体?情[况況]|需要[报報]告的事[项項]")


def read_html(data: bytes, name: str, sha256: str) -> Document:
    """Return the document: the article's text, tables as tab-separated lines, every cell a bounded piece.

    Raises EmptyFile when the page holds no text.
    """
    root = _parse(data)
    article, styles = _article(root), Styles.read(root)
    builder = _written(article, styles)
    text, _ = builder.finish()
    if not text.strip():
        raise EmptyFile("网页中没有文字；请在浏览器中打开后另存为完整网页，或复制正文存为文本")
    title = _title_outside(root)
    if title and not any(map(_is_title, text.split("\n", _HEAD_LINES)[:_HEAD_LINES])):
        builder = _written(article, styles, title)
    return Document(name, "html", sha256, *builder.finish(), doubts=builder.doubts)


def write_markup(source: str, builder: TextBuilder) -> None:
    """Write what a browser shows of a piece of a page: paragraphs as lines, tables as rows."""
    root = _parsed(source)
    _Writer(Styles.read(root), builder).write(root.body if root.body is not None else root)


def _written(article: html.HtmlElement, styles: Styles, title: str | None = None) -> TextBuilder:
    writer = _Writer(styles)
    if title:
        writer.write_line(title)
    writer.write(article)
    return writer.builder


def _parse(data: bytes) -> html.HtmlElement:
    return _parsed(_decode_page(data))


def _parsed(text: str) -> html.HtmlElement:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except etree.ParserError:  # there is nothing in it that could be shown
        return html.document_fromstring("<p></p>", parser=parser, ensure_head_body=True)


def _decode_page(data: bytes) -> str:
    """Return the page's text; a declared encoding counts only if the bytes bear it out."""
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() in _CHINESE:
        try:
            return tidy(data.decode("gb18030"))
        except UnicodeDecodeError:
            pass
    return decode(data)


def _article(root: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest element that holds nearly all of the report's own words, leaving navigation outside."""
    body = root.body if root.body is not None else root
    node, count = body, _landmarks(body)
    while count:
        children = [(child, _landmarks(child)) for child in node if isinstance(child.tag, str)]
        best, held = max(children, key=lambda pair: pair[1], default=(None, 0))
        if best is None or held < 0.95 * count or best.tag in ("table", "tbody", "tr", "td"):
            break
        node, count = best, held
    return node


def _title_outside(root: html.HtmlElement) -> str | None:
    """Return the report's title where it stands beside the article, in a heading of the page or as the page's name."""
    headings = [cell_text(element) for element in root.iter("h1", "h2", "h3", "h4")]
    names = [part.strip() for element in root.iter("title") for part in _NAME_PARTS.split(cell_text(element))]
    titles = [*filter(_is_title, headings), *filter(_is_title, names)]
    return next((title for title in titles if "20" in title), titles[0] if titles else None)


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and _TITLE.search(line) is not None and _PATH.search(line) is None


def _landmarks(element: html.HtmlElement) -> int:
    return len(_LANDMARKS.findall("".join(element.itertext())))


@dataclass
class _Writer:
    """Walks through elements and writes their paragraphs and tables."""

    styles: Styles
    builder: TextBuilder = field(default_factory=TextBuilder)
    loose: list[str] = field(default_factory=list)

    def write(self, element: html.HtmlElement) -> None:
        """Write everything in the element, ending with a complete line."""
        self._walk(element)
        self._end_paragraph()

    def write_line(self, text: str) -> None:
        """Write a line of its own."""
        self._loosely(text, preformatted=False)
        self._end_paragraph()

    def _walk(self, element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in SKIPPED or is_hidden_itself(element):
            return
        block = element.tag in _BLOCKS
        if block:
            self._end_paragraph()
        if element.tag == "table" and _is_data_table(element):
            self._table(element)
        else:
            self._inside(element)
        if block or element.tag == "br":
            self._end_paragraph()

    def _inside(self, element: html.HtmlElement) -> None:
        preformatted = element.tag == "pre"
        self._loosely(element.text, preformatted)
        for child in element:
            self._walk(child)
            self._loosely(child.tail, preformatted)

    def _loosely(self, text: str | None, preformatted: bool) -> None:
        self.loose.append((text or "") if preformatted else _SPACES.sub(" ", text or ""))

    def _end_paragraph(self) -> None:
        paragraph = "".join(self.loose).strip(" \r\n")
        self.loose.clear()
        if paragraph.strip():
            self.builder.add_line(paragraph)

    def _table(self, table: html.HtmlElement) -> None:
        """Write a table row by row; a cell spanning columns or rows stands once, where it begins."""
        for caption in table.iter("caption"):
            self.write_line(cell_text(caption))
        for row in _rows(table):
            self._row([read_cell(cell, self.styles) for cell in row])

    def _row(self, cells: list[Shown]) -> None:
        """Write a row; pictures in it are named where words beside them show that it is one of figures."""
        has_words = any(cell.text for cell in cells)
        texts = [cell.text or (cell.lacks if has_words else "") for cell in cells]
        self.builder.add_row(texts, doubts=[cell.doubts for cell in cells])


def _is_data_table(table: html.HtmlElement) -> bool:
    """Whether the table holds figures, not the layout of a page: no cell holds paragraphs or another table of them."""
    if table.find(".//table") is not None:
        return False
    return all(len(cell_text(cell)) <= 120 for row in _rows(table) for cell in row)


def _rows(table: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    for row in table.iter("tr"):
        if any(map(is_hidden_itself, (row, *row.iterancestors("tbody", "thead", "tfoot")))):
            continue
        cells = [cell for cell in row if cell.tag in ("td", "th") and not is_hidden_itself(cell)]
        if cells:
            yield cells
