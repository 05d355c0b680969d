"""Text in which tables stand as HTML, as programs write it that turn scans into Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from parser.layout.text_builder import TextBuilder
from parser.readers.html import write_markup

_TABLE = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:html|body|div|center|p|br|hr|b|i|u|strong|em|font|span|img|h[1-6])\b[^>]*>", re.IGNORECASE)


def has_tables(text: str) -> bool:
    """Whether tables stand in the text as HTML."""
    return _TABLE.search(text) is not None and _CELL.search(text) is not None


def read_tables(text: str) -> TextBuilder:
    """Return, written, the text with its tables as tab-separated lines, every cell of them a bounded piece."""
    builder = TextBuilder()
    for is_table, part in _parts(text):
        if is_table:
            write_markup(part, builder)
        else:
            for line in part.split("\n"):
                builder.add_line(html.unescape(_TAG.sub(" ", line)) if "<" in line or "&" in line else line)
    return builder


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield what stands between the tables and, told apart, the tables; one that does not end goes on to the end."""
    depth, begin = 0, 0
    for tag in _TABLE.finditer(text):
        if tag[1]:
            depth -= depth > 0
            if depth == 0 and begin < tag.start() and _TABLE.match(text, begin):
                yield True, text[begin : tag.end()]
                begin = tag.end()
        else:
            if depth == 0:
                yield False, text[begin : tag.start()]
                begin = tag.start()
            depth += 1
    yield depth > 0, text[begin:]
