"""Plain text and Markdown, also with tables as HTML or between commas, and web pages kept under a text's name."""

from __future__ import annotations

import re

from parser.errors import EmptyFile
from parser.layout.flat_text import split_text
from parser.model.document import Document
from parser.readers.decode import decode
from parser.readers.html import read_html
from parser.readers.separated import read_separated, separator_of
from parser.readers.tables_in_text import has_tables, read_tables

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html\b[^>]*>\s*<head)", re.IGNORECASE)


def read_text(data: bytes, name: str, sha256: str) -> Document:
    """Return the document; raises UnreadableFile when the encoding is none that is known, EmptyFile without a word."""
    text = decode(data)
    if not text.strip():
        raise EmptyFile("文件里没有文字；请填报单位重发")
    if _PAGE.match(text):
        return read_html(data, name, sha256)
    if has_tables(text):
        builder = read_tables(text)
        return Document(name, "text", sha256, *builder.finish(), doubts=builder.doubts)
    separator = separator_of(text)
    shown, pieces = read_separated(text, separator) if separator else (text, split_text(text))
    return Document(name, "text", sha256, shown, pieces)
