"""Amounts and figures that stand anywhere in the prose, whatever they count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

Sections = Mapping[str, str | None]

_CLAUSE = re.compile(r"[^。；;！!\n]+")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_YUAN = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*元")
_PROCESSING_FEE = re.compile(r"信息(?:公开)?(?:信息)?处理费|政府信息公开[^,，]{0,8}费")


def mentions(sections: Sections, value: Decimal) -> bool:
    """Whether the figure stands anywhere in the prose."""
    pattern = re.compile(rf"(?<![\d.]){re.escape(f'{value:f}')}(?!\d|\.\d)")
    return any(pattern.search(_plain(text)) for text in sections.values() if text)


def charges_in_yuan(sections: Sections) -> frozenset[Decimal]:
    """Return the amounts in 元 that the prose gives for 收费, fees for processing information left out (X-FEE)."""
    return frozenset(amount for text in sections.values() if text for amount in _charges(text))


def _charges(text: str) -> Iterator[Decimal]:
    for clause in _CLAUSE.findall(_plain(text)):
        if "收费" in clause and not _PROCESSING_FEE.search(clause):
            yield from (Decimal(amount) for amount in _YUAN.findall(clause))


def _plain(text: str) -> str:
    return _SEPARATOR.sub("", unicodedata.normalize("NFKC", text))
