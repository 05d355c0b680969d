"""Places in the prose where a number is missing: a form that nobody filled in, or print that a seal or fold took."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from parser.model.place import TextSpan
from parser.prose.plain import Paragraph, paragraphs

_SECTIONS = "123456"
_NUMERAL = "0-9〇零一二三四五六七八九十百千万两半几数"
_END = r"(?=[，,。;、)]|$)"
_DATES = (
    rf"[{_NUMERAL}]{{2,4}}年月(?![均度报份])",
    rf"年[{_NUMERAL}]{{1,3}}月日(?![均常程报])",
    r"年月日(?=[，,。;)]|$)",
    rf"(?<=[于至自从到在])年[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日",
)
_COUNTED = (
    rf"(?:共|共计|累计|合计|总计|大约)余?[件条篇场份]{_END}",
    rf"(?:收到|答复|发布|主动公开|制发|印发|发放|报送|组织|开展|召开|举办|撰写|编发|刊发|印制|更新|新增)余?[条篇场次份]{_END}",
    rf"(?:金额|资金|经费|总额|投入|收费)(?:为|共|达|共计|约|合计)?万?元{_END}",
    r"[\u4e00-\u9fff]%(?=[，,。;、)]|以上|以下|的|$)",
    r"(?<!_)__+(?=[件条次篇份个项场期人年月日万元])",
)
_OMITTED = re.compile("|".join((*_DATES, *_COUNTED)))
_MOST = 50  # are told: where more are missing, the text is no report
_AROUND = 8  # characters before and behind that are quoted
_STOPS = "。;\n"


@dataclass(frozen=True, slots=True)
class Omission:
    """Where a number is missing: the words around it, and their places in the text; None where they are not in it."""

    section: str
    words: str
    place: TextSpan | None
    sentence: TextSpan | None


@lru_cache(maxsize=32)
def omissions(text: str, sections: tuple[tuple[str, str | None], ...]) -> tuple[Omission, ...]:
    """Return where the prose of the sections lacks a number that its words ask for, in the order of the text.

    It lacks one where a date has no month or day, nothing stands before a measure word behind a verb of counting, or
    the line that was to be filled in is still there. A figure that is there, but wrong, is none of these.
    """
    return tuple(islice(_found(text, dict(sections)), _MOST))


def _found(text: str, sections: Mapping[str, str | None]) -> Iterator[Omission]:
    for paragraph in paragraphs(text, sections, _SECTIONS):
        for match in _OMITTED.finditer(paragraph.text):
            yield _omission(paragraph, sections[paragraph.section] or "", *match.span())


def _omission(paragraph: Paragraph, section: str, start: int, end: int) -> Omission:
    text = paragraph.text
    first = max((text.rfind(stop, 0, start) + 1 for stop in _STOPS), default=0)
    last = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    low, high = max(first, start - _AROUND), min(last, end + _AROUND)
    around = paragraph.span_within(low, high)
    words = "".join(section[around.start : around.end].split())
    words = f"{'…' * (low > first)}{words}{'…' * (high < last)}"
    return Omission(paragraph.section, words, paragraph.span(start, end), paragraph.span(first, last))
