"""Plain text and Markdown."""

from __future__ import annotations

from parser.errors import EmptyFile
from parser.layout.flat_text import split_text
from parser.model.document import Document
from parser.readers.decode import decode


def read_text(data: bytes, name: str, sha256: str) -> Document:
    """Return the document; raises UnreadableFile when the encoding is none that is known, EmptyFile without a word."""
    text = decode(data)
    if not text.strip():
        raise EmptyFile("文件里没有文字；请重新取得这份报告")
    return Document(name, "text", sha256, text, split_text(text))
