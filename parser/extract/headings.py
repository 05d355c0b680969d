"""Who reports on which year, and where the six sections begin."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from parser.extract.offices import (
    FULL_DATE,
    REPORT,
    TOPIC,
    YEAR,
    at_work,
    editor,
    in_full,
    is_office,
    lacks_place,
    named,
    office_in,
    to_year,
    with_desk,
)
from parser.templates.characters import characters
from parser.templates.labels import PINYIN

_TITLES = (
    re.compile(
        rf"(?P<issuer>.*?)[\s,，:：\-—_]*(?:关于)?\s*[（(《]?{YEAR}[）)]?(?:[年度的\s]|关于|工作|开展|做好){{0,6}}{TOPIC}.{{0,10}}?{REPORT}"
    ),
    re.compile(rf"{YEAR}\s*(?P<issuer>.+?)\s*(?:关于)?{TOPIC}.{{0,10}}?{REPORT}"),
    re.compile(rf"(?P<issuer>.*?)\s*(?:关于)?{TOPIC}.{{0,10}}?{REPORT}\s*[（(《]?\s*{YEAR}"),
    re.compile(rf"(?P<issuer>.*?)\s*(?:关于)?{TOPIC}.{{0,10}}?{REPORT}"),
)
_WRAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff\d])|(?<=\d) (?=[\u4e00-\u9fff])")
_TORN_OFF = re.compile(r"\s*告\s*")  # what a narrow page leaves of a title for the next line
_DATE = r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_DATE = r"(20\d\d)\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?"
_PERIOD = re.compile(
    rf"(?<![较比与同]){_DATE}\s*起?\s*,?\s*(?:至|到|止|[-—–~]+)\s*(?:(20\d\d)\s*[年.])?\s*(\d{{1,2}})\s*[月.]\s*(\d{{1,2}})\s*日?"
)
_MONTHS = re.compile(r"(?:期限|时限|时间)[^。\n]{0,12}?(20\d\d)\s*年\s*1\s*月?份?\s*(?:至|到|[-—–~]+)\s*12\s*月")
_NOT_COMPARED = r"(?<![自从较比与同前])"
_SPOKEN_YEAR = re.compile(rf"{_NOT_COMPARED}(20\d\d)\s*年(?!\s*(?:以来|来|以前|之前|前|起|初|底|末|[\d.]+\s*月|同期))")
_OPENS_A_REPORT = r"\s*年\s*(?:度|[,，(（]|[我本全共])"
_ON_TOPIC = rf"\s*年(?:度)?{TOPIC}(?!.{{0,6}}(?:{REPORT}|要点|计划|方案))"
_UNTIL = re.compile(r"截[止至][^。\d]{0,8}(20\d\d)\s*年\s*12\s*月\s*31\s*日")
_DAY = re.compile(r"(20\d\d)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
_SIGNED = re.compile(rf"(?<![至到止自从]){FULL_DATE}(?=\s|$|[)）。]|印发|发布)")
_BEGINNING = 3000
_FIRST_SECTION = 2000
_SENTENCE = re.compile(r"[。；]|现将|如下")
_AMONG_OTHERS = re.compile(r"[暨及和与、]$")  # one report about several things
_SPACED = 8  # letters that stand alone in a line set wide
_WIDE = re.compile(r"(?<!\S)[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff](?!\S)){2,}")  # … or in a part of one
_PAGE = re.compile(r"^Page \d+ - ")  # what a flip-book puts before the title
_REGION = re.compile(r"[\u4e00-\u9fff]{2,12}[省市县区旗州盟]")
_FEE = re.compile(r"信息处理费[^。；]{0,40}?(\d[\d,]*(?:\.\d+)?)\s*(万)?元")
_HEAD_LINES = 16
_PROSE = 40  # characters; a shorter line before the report may name another one
_SIGNATURE = 240


@dataclass(frozen=True, slots=True)
class Heading:
    """The title block: what the report calls itself."""

    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    period: tuple[date, date] | None = None
    published: date | None = None


def read_heading(text: str, body_start: int) -> Heading:
    """Return title, issuer and years; ``body_start`` is where section one (or the first table) begins in ``text``."""
    lines = [_tidy(line) for line in text[:body_start].split("\n")]
    lines = [line for line in lines if line and len(line) <= 80][:_HEAD_LINES]
    title, issuer, year = _title(lines)
    told, told_year = named(text[:body_start])
    period = _period(unicodedata.normalize("NFKC", text))
    published = _last_date(text[-_SIGNATURE:])
    beginning = text[: body_start + _FIRST_SECTION]
    worker, year_of_work = at_work(beginning)
    issuer = (
        issuer
        or (told if told and not lacks_place(told) else _organ_line(lines) or told)
        or _organ_line(_beside(lines, title))
        or editor(beginning)
        or _signature(text)
        or _organ_line(lines)
        or worker
        or with_desk(beginning)
    )
    issuer = in_full(issuer, beginning) if issuer else None
    if issuer and "(" in issuer:
        wide = issuer.replace("(", "（").replace(")", "）")
        issuer = wide if wide in text else issuer
    if year is None:
        year = told_year or _line_year(lines) or (period[1].year if period else None)
    if year is None:
        day = next(filter(None, map(_DAY.search, lines)), None)
        after = published.year if published else int(day[1]) if day else None
        preamble = [line for line in text[:body_start].split("\n") if len(line) > _PROSE]
        year = _spoken_year("\n".join([*preamble, text[body_start:]]), after) or year_of_work or _counted_until(text)
    return Heading(title, issuer, year, period, published)


def processing_fee(section_six: str | None) -> Decimal | None:
    """Return the 信息处理费 in yuan reported in section six, None if no amount is given."""
    match = _FEE.search(section_six or "")
    if not match:
        return None
    return Decimal(match[1].replace(",", "")) * (10000 if match[2] else 1)


def _tidy(line: str) -> str:
    plain = PINYIN.sub("", unicodedata.normalize("NFKC", re.sub(r"\[bookmark:[^\]]*\]", "", line)))
    plain = plain.strip().strip("#*=|").strip()
    plain = _WIDE.sub(lambda wide: "".join(wide[0].split()), _PAGE.sub("", plain))
    words = plain.split()
    alone = sum(len(word) == 1 for word in words)
    return "".join(words) if alone >= max(_SPACED, 2 * len(words) / 3) else plain


def _title(lines: Sequence[str]) -> tuple[str | None, str | None, int | None]:
    """Return title, issuer and year from the first line, or two or three lines together, that reads as a title."""
    best: tuple[int, str, str | None, int | None] | None = None
    for size in (1, 2, 3):
        for n in range(len(lines) - size + 1):
            joined = "".join(lines[n : n + size])
            if len(joined) > 70 or _SENTENCE.search(joined):
                continue
            parsed = _parse_title(joined)
            if parsed:
                issuer, year = parsed
                named = 2 if issuer and is_office(issuer) else 1 if issuer else 0
                is_region = size > 1 and _REGION.fullmatch(lines[n]) is not None
                score = named + 2 * (year is not None) - (size - 1) + is_region
                if best is None or score >= best[0]:  # the nearer to the report; before it others may be listed
                    rest = lines[n + size : n + size + 1] if joined.endswith("报") else []
                    torn = "告" if rest and _TORN_OFF.fullmatch(rest[0]) else ""
                    best = (score, _WRAP.sub("", " ".join(lines[n : n + size])) + torn, issuer, year)
    return best[1:] if best else (None, None, None)


def _parse_title(line: str) -> tuple[str | None, int | None] | None:
    plain = line.translate(characters().simplify)
    for pattern in _TITLES:
        match = pattern.search(plain)
        if match:
            groups = match.groupdict()
            start, end = match.span("issuer")
            if _AMONG_OTHERS.search(line[start:end]):
                start, end = 0, match.start()
            return office_in(line[start:end]), to_year(groups.get("year"))
    return None


def _organ_line(lines: Sequence[str]) -> str | None:
    """Return the first word of a short line that ends like the name of an office."""
    for line in lines:
        if len(line) > 40 or re.search(r"[。；！？]|[:：]$", line):  # or to whom it is addressed
            continue
        for word in re.split(r"[\s,，_\-—:：>《》]+", line.strip("()")):
            if len(word) >= 3 and is_office(word) and office_in(word):
                return word
    return None


def _beside(lines: Sequence[str], title: str | None) -> list[str]:
    """Return the lines just above and below the title, the nearer to an office's usual place first."""
    if title is None:
        return []
    at = next((n for n, line in enumerate(lines) if title.startswith(line)), 0)
    return [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]


def _signature(text: str) -> str | None:
    """Return the office named before the closing date, on its line or the one above."""
    closing = re.search(rf"\n\s*([\u4e00-\u9fff（）()]{{3,40}})\s+{FULL_DATE}\s*$", text[-_SIGNATURE:])
    if closing and is_office(closing[1]):
        return office_in(closing[1])
    lines = [_tidy(line) for line in text[-_SIGNATURE:].split("\n")]
    lines = [line for line in lines if line]
    for above, line in pairwise(lines):
        if re.fullmatch(FULL_DATE, line) and is_office(above):
            return office_in(above)
    return None


def _line_year(lines: Sequence[str]) -> int | None:
    for line in lines:
        for match in re.finditer(YEAR, line) if len(line) <= 40 else ():
            if "年" in match[0]:
                return to_year(match["year"])
    return None


def _spoken_year(text: str, published: int | None) -> int | None:
    """Return the year that the beginning of the report speaks of most, None if there is none or another as often.

    A year since which, before which or with which something is compared is another one, and so is that of a day. A
    report is published in the year after the one that it is about. Where that year is not known, one that is said only
    once is taken if it is said as a report begins (2023年，我局), not of something done in it (2018年设立专栏).
    """
    beginning = text[:_BEGINNING]
    years = Counter(int(match[1]) for match in _SPOKEN_YEAR.finditer(beginning)).most_common(2)
    if not years or (len(years) > 1 and years[0][1] == years[1][1]):
        return None
    year, times = years[0]
    if published is not None:
        return year if year == published - 1 else None
    told_once = re.search(rf"{_NOT_COMPARED}{year}(?:{_OPENS_A_REPORT}|{_ON_TOPIC})", beginning)
    return year if times > 1 or told_once else None


def _counted_until(text: str) -> int | None:
    """Return the year up to whose last day the report says that it counts."""
    match = _UNTIL.search(unicodedata.normalize("NFKC", text))
    return int(match[1]) if match else None


def _period(text: str) -> tuple[date, date] | None:
    """Return the reporting period (统计期限): the first range of dates that begins on 1 January, or of all months."""
    for match in _PERIOD.finditer(text):
        year, month, day, year_end, month_end, day_end = (int(g) if g else None for g in match.groups())
        try:
            first = date(year or 0, month or 0, day or 0)
            last = date(year_end or year or 0, month_end or 0, day_end or 0)
        except ValueError:
            continue
        if (first.month, first.day) == (1, 1) and first <= last:
            return first, last
    months = _MONTHS.search(text)
    return (date(int(months[1]), 1, 1), date(int(months[1]), 12, 31)) if months else None


def _last_date(text: str) -> date | None:
    """Return the day on which the report was signed or published: no day up to which something is counted."""
    for match in reversed(list(_SIGNED.finditer(text))):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            continue
    return None
