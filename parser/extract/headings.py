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

from parser.templates.characters import characters

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_OF_A_DAY = r"\s*[年./-]\s*\d{1,2}\s*[月./-]"
_YEAR = rf"(?P<year>(?:20\d\d|二[〇○零0]\s*[一二三]\s*[〇○零一二三四五六七八九]))(?!{_OF_A_DAY})\s*年?\s*(?:度)?"
_TOPIC = r"(?:政府)?(?:信息|政务)(?:与政务)?公开"
_REPORT = r"(?:报告|年报|告年度报|年度报|年报告)"
_TITLES = (
    re.compile(
        rf"(?P<issuer>.*?)[\s,，:：\-—_]*(?:关于)?\s*[（(《]?{_YEAR}[）)]?(?:[年度的\s]|关于|工作|开展|做好){{0,6}}{_TOPIC}.{{0,10}}?{_REPORT}"
    ),
    re.compile(rf"{_YEAR}\s*(?P<issuer>.+?)\s*(?:关于)?{_TOPIC}.{{0,10}}?{_REPORT}"),
    re.compile(rf"(?P<issuer>.*?)\s*(?:关于)?{_TOPIC}.{{0,10}}?{_REPORT}\s*[（(《]?\s*{_YEAR}"),
    re.compile(rf"(?P<issuer>.*?)\s*(?:关于)?{_TOPIC}.{{0,10}}?{_REPORT}"),
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()·]{1,36}?(?:委员会|办公室|办事处|人民政府|管委会|街道办|街道|中心|政府|法院|检察院|公司|学院|大学|医院"
    r"|[局厅委办部署院处所队站镇乡旗县区市省会社馆台行])$"
)
_TORN_OFF = re.compile(r"\s*告\s*")  # what a narrow page leaves of a title for the next line
_NOBODY = re.compile(
    r"^(?:我|本|各|该|年|第|关于|附|政府信息|信息公开|首页|当前|来源|发布|索引|标题|名称|无|栏目|导航|互动|位置|政务|依申请|法定"
    r"|走进|网站|您|搜索|打印|字号|字体|分享|返回|上一|下一|目录|公开)"
)
_OFFICE = r"([\u4e00-\u9fff（）()]{3,36}?)"
_NAMED = (  # where the report names itself in its first words
    re.compile(rf"(?:公布|编制|发布|公开|现将|报送){_OFFICE}{_YEAR}{_TOPIC}.{{0,6}}?{_REPORT}"),
    re.compile(rf"^{_OFFICE}\s*{_YEAR}{_TOPIC}.{{0,6}}?{_REPORT}(?=根据|按照|依据|为)", re.MULTILINE),
)
_EDITOR = (
    re.compile(rf"(?:由|[，。；,;\s](?!本报告|由)){_OFFICE}(?:负责)?编制(?:本报告|而成|了|完成|。|，)?"),
    re.compile(rf"(?:与|联系){_OFFICE}(?:政务公开|信息公开|办公室)?联系"),
)
_FULL_DATE = r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_DATE = r"(20\d\d)\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?"
_PERIOD = re.compile(
    rf"(?<![较比与同]){_DATE}\s*起?\s*,?\s*(?:至|到|止|[-—–~]+)\s*(?:(20\d\d)\s*[年.])?\s*(\d{{1,2}})\s*[月.]\s*(\d{{1,2}})\s*日?"
)
_MONTHS = re.compile(r"(?:期限|时限|时间)[^。\n]{0,12}?(20\d\d)\s*年\s*1\s*月?份?\s*(?:至|到|[-—–~]+)\s*12\s*月")
_NOT_COMPARED = r"(?<![自从较比与同前])"
_SPOKEN_YEAR = re.compile(rf"{_NOT_COMPARED}(20\d\d)\s*年(?!\s*(?:以来|来|以前|之前|前|起|初|底|末|[\d.]+\s*月|同期))")
_OPENS_A_REPORT = r"\s*年\s*(?:度|[,，(（]|[我本全共])"
_DAY = re.compile(r"(20\d\d)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
_BEGINNING = 3000
_AROUND_NAME = re.compile(
    r"^(?:【[^】]*】|(?:标题|信息名称|名称|附件\d?|关于)[:：]?|[^:：]{0,4}单位[:：])+|关于(?:印发|公布|报送|上报|发布)?$"
)
_BEFORE_NAME = re.compile(r".*[《【】“”>★☆]")  # a notice that hands on the report, the way to the page
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
    named = _named(text[:body_start])
    period = _period(unicodedata.normalize("NFKC", text))
    published = _last_date(text[-_SIGNATURE:])
    issuer = (
        issuer
        or named[0]
        or _organ_line(_beside(lines, title))
        or _editor(text[: body_start + 2000])
        or _signature(text)
        or _organ_line(lines)
    )
    if issuer and "(" in issuer:
        wide = issuer.replace("(", "（").replace(")", "）")
        issuer = wide if wide in text else issuer
    if year is None:
        year = named[1] or _line_year(lines) or (period[1].year if period else None)
    if year is None:
        day = next(filter(None, map(_DAY.search, lines)), None)
        after = published.year if published else int(day[1]) if day else None
        preamble = [line for line in text[:body_start].split("\n") if len(line) > _PROSE]
        year = _spoken_year("\n".join([*preamble, text[body_start:]]), after)
    return Heading(title, issuer, year, period, published)


def processing_fee(section_six: str | None) -> Decimal | None:
    """Return the 信息处理费 in yuan reported in section six, None if no amount is given."""
    match = _FEE.search(section_six or "")
    if not match:
        return None
    return Decimal(match[1].replace(",", "")) * (10000 if match[2] else 1)


def _tidy(line: str) -> str:
    plain = unicodedata.normalize("NFKC", re.sub(r"\[bookmark:[^\]]*\]", "", line))
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
            if len(joined) > 70 or re.search(r"[。；]", joined):
                continue
            parsed = _parse_title(joined)
            if parsed:
                issuer, year = parsed
                named = 2 if issuer and _is_organ(issuer) else 1 if issuer else 0
                is_region = size > 1 and _REGION.fullmatch(lines[n]) is not None
                score = named + 2 * (year is not None) - (size - 1) + is_region
                if best is None or score >= best[0]:  # the nearer to the report; before it others may be listed
                    rest = lines[n + size : n + size + 1] if joined.endswith("报") else []
                    torn = "告" if rest and _TORN_OFF.fullmatch(rest[0]) else ""
                    best = (score, " ".join(lines[n : n + size]) + torn, issuer, year)
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
            return _organ(line[start:end]), _to_year(groups.get("year"))
    return None


def _named(preamble: str) -> tuple[str | None, int | None]:
    """Return office and year of the report that the first words say is published here."""
    plain = unicodedata.normalize("NFKC", preamble)
    for match in filter(None, (pattern.search(plain) for pattern in _NAMED)):
        if _is_organ(match[1]) and _organ(match[1]):
            return _organ(match[1]), _to_year(match["year"])
    return None, None


def _to_year(text: str | None) -> int | None:
    digits = re.sub(r"\s", "", text).translate(_CHINESE_DIGITS) if text else ""
    return int(digits) if digits else None


def _organ(text: str) -> str | None:
    """Return the office named by ``text``, None when it names nobody in particular."""
    name = re.sub(r"\s+", "", text).strip("-—_,，:：.。《》<>/“”★☆")
    name = _BEFORE_NAME.sub("", name)
    name = _AROUND_NAME.sub("", name)
    if not 3 <= len(name) <= 40 or _NOBODY.match(name) or re.search(r"[\d。，；]", name):
        return None
    return f"{name}政府" if name.endswith("人民") else name


def _is_organ(text: str) -> bool:
    return _ORGAN.fullmatch(text.translate(characters().simplify)) is not None


def _organ_line(lines: Sequence[str]) -> str | None:
    """Return the first word of a short line that ends like the name of an office."""
    for line in lines:
        if len(line) > 40 or re.search(r"[。；！？]", line):
            continue
        for word in re.split(r"[\s,，_\-—:：>《》]+", line.strip("()")):
            if len(word) >= 3 and _is_organ(word) and _organ(word):
                return word
    return None


def _beside(lines: Sequence[str], title: str | None) -> list[str]:
    """Return the lines just above and below the title, the nearer to an office's usual place first."""
    if title is None:
        return []
    at = next((n for n, line in enumerate(lines) if title.startswith(line)), 0)
    return [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]


def _editor(text: str) -> str | None:
    for pattern in _EDITOR:
        match = pattern.search(text)
        if match and _is_organ(match[1]) and _organ(match[1]):
            return match[1]
    return None


def _signature(text: str) -> str | None:
    """Return the office named before the closing date, on its line or the one above."""
    closing = re.search(rf"\n\s*([\u4e00-\u9fff（）()]{{3,40}})\s+{_FULL_DATE}\s*$", text[-_SIGNATURE:])
    if closing and _is_organ(closing[1]):
        return _organ(closing[1])
    lines = [_tidy(line) for line in text[-_SIGNATURE:].split("\n")]
    lines = [line for line in lines if line]
    for above, line in pairwise(lines):
        if re.fullmatch(_FULL_DATE, line) and _is_organ(above):
            return _organ(above)
    return None


def _line_year(lines: Sequence[str]) -> int | None:
    for line in lines:
        for match in re.finditer(_YEAR, line) if len(line) <= 40 else ():
            if "年" in match[0]:
                return _to_year(match["year"])
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
    return year if times > 1 or re.search(rf"{_NOT_COMPARED}{year}{_OPENS_A_REPORT}", beginning) else None


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
    for match in reversed(list(re.finditer(_FULL_DATE, text))):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            continue
    return None
