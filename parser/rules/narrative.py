"""What the prose of a report says in figures that the tables should say too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

Sections = Mapping[str, str | None]

_CLAUSE = re.compile(r"[^。；;！!\n]+")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_OTHER_APPLICATIONS = re.compile(r"复议|诉讼|行政许可|去年|上一?年度?(?!结转)|同期")
_RECEIVED = re.compile(
    r"(?:收到|收办|新收|接收|接到|受理|收悉)[^,，。；;]{0,24}?(?:公开|依申请)[^,，。；;]{0,16}?(?P<count>\d+)\s*[件份宗条个起]"
    r"|(?:公开|依)申请[^,，。；;]{0,6}?(?P<count2>\d+)\s*[件份宗条个起]"
    r"|(?:收到|新收|受理)申请[^,，。；;]{0,6}?(?P<count3>\d+)\s*[件份宗条个起]"
)
_YUAN = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*元")
_PROCESSING_FEE = re.compile(r"信息(?:公开)?(?:信息)?处理费|政府信息公开[^,，]{0,8}费")


def received(sections: Sections) -> str | None:
    """Return the words that state one or more applications received in the year, None when there are none.

    Looks at sections 一 and 三; figures of other years and of 复议, 诉讼, 行政许可 are left out.
    """
    for number in ("1", "3"):
        found = _received(sections.get(number) or "")
        if found is not None:
            return found
    return None


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


@lru_cache(maxsize=64)
def _received(text: str) -> str | None:
    for clause in _CLAUSE.findall(_plain(text)):
        for match in _RECEIVED.finditer(clause):
            count = match["count"] or match["count2"] or match["count3"]
            before = clause[max(0, match.start() - 12) : match.start()]
            if int(count) and not _OTHER_APPLICATIONS.search(before + match[0]):
                return match[0]
    return None


def _plain(text: str) -> str:
    return _SEPARATOR.sub("", unicodedata.normalize("NFKC", text))
