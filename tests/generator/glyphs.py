"""Characters that stand for others: traditional forms, their pinyin, and what OCR reads instead."""

from __future__ import annotations

from tests.generator.data import words

TRADITIONAL: dict[int, str] = {ord(pair[0]): pair[1] for pair in words("glyphs")["traditional"].split()}
PINYIN: dict[str, str] = words("glyphs")["pinyin"]
CONFUSED: dict[str, str] = {group[0]: group[1:] for group in words("glyphs")["confused"].split()}


def to_traditional(text: str) -> str:
    """Return ``text`` as a web site converts it."""
    for simplified, traditional in words("glyphs")["words"]:
        text = text.replace(simplified, traditional)
    return text.translate(TRADITIONAL)
