"""A cell of a worksheet becomes the text that Excel shows in it, and what is odd about that."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from parser.readers.number_format import GENERAL, general, shown_number
from parser.readers.package import attribute, child, is_on, local

ON = ("1", "true", "on")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIGURE = re.compile(r"(?:\d[\d,]*)?\.?\d+|\d[\d,]*\.")
_MINUS = re.compile(r"[-−减(（]")
_DECIMALS = re.compile(r"\.\d{7}")  # more than an amount has: Excel shows fewer, as many as fit

_OTHER_NOTE = "此格显示为“{}”，实际存的是 {}"
_NOT_SHOWN_NOTE = "此格存有 {}，按它的数字格式不显示"
_LONG_NOTE = "此格存的小数位数过多，显示的可能与“{}”不同"


class Shown(NamedTuple):
    """What a cell shows, and what is odd about it in Chinese words, ``''`` if nothing is."""

    text: str
    note: str = ""


def shown_stored(value: str, form: str, *, since_1904: bool) -> Shown:
    """Return what a cell shows that stores a number; odd if a person sees another figure than is stored."""
    text = shown_number(value, form, since_1904=since_1904)
    try:
        stored = general(Decimal(value))
    except InvalidOperation:
        return Shown(text)
    if not _FIGURE.search(text):
        return Shown(text, _NOT_SHOWN_NOTE.format(stored) if stored != "0" else "")
    if not _says(text, Decimal(stored)):
        return Shown(text, _OTHER_NOTE.format(text, stored))
    return Shown(text, _LONG_NOTE.format(text) if form == GENERAL and _DECIMALS.search(text) else "")


def rich_text(item: etree._Element | None) -> str:
    """Return a rich or plain text without the readings of its characters; what is raised or struck out stands apart."""
    if item is None:
        return ""
    parts, before = "", (False, False)
    for part in item.iter():
        if local(part) != "t" or not part.text or any(local(above) == "rPh" for above in part.iterancestors()):
            continue
        look = _look(child(part.getparent(), "rPr"))
        parts += part.text if look == before else f" {part.text}"  # 3 and a raised 1 are not 31
        before = look
    return unescaped(parts)


def unescaped(text: str) -> str:
    """Return the text with the characters that the format writes as _x000D_."""
    return _ESCAPED.sub(lambda match: _plain(chr(int(match[1], 16))), text)


def _says(text: str, stored: Decimal) -> bool:
    figures = [figure.replace(",", "") for figure in _FIGURE.findall(text)]
    return len(figures) == 1 and Decimal(figures[0]) * (-1 if _MINUS.search(text) else 1) == stored


def _look(properties: etree._Element | None) -> tuple[bool, bool]:
    raised = attribute(child(properties, "vertAlign")) in ("superscript", "subscript")
    return raised, is_on(child(properties, "strike"))


def _plain(character: str) -> str:
    return character if character.isprintable() or character in "\n\t" else " "
