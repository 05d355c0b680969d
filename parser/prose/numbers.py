"""Numbers as prose writes them: 1,234件, 三十二件, 1.2万余件, 120多件, 约50份."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNIT = r"(?:万元|亿元|元|件|宗|份|起|例|条|项|个|部|批|次)"
_NO_COUNT = r"(?!工作日|月|百分点|小时|方面|月份|年|事(?!项)|以上|点)"
_NUMBER = re.compile(
    r"(?P<date>\d{1,4}[年月日])|(?P<skip>[\d.]{1,12}%|\d{4}-\d|[A-Za-z/][A-Za-z/.\d-]{0,60}\d)"
    r"|(?<![\d.])(?P<digits>\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?P<fraction>\.\d+)?(?![\d.])(?P<more>[余多])?"
    r"(?P<scale>[百千万亿](?!元))?(?P<more2>[余多])?(?P<unit>" + _UNIT + _NO_COUNT + r")?(?P<after>左右|以上|以内)?"
    r"|(?P<chinese>[零〇一二两三四五六七八九十百千万]{1,12})(?P<more3>[余多])?(?P<unit2>"
    r"(?:件|宗|份|起|例|条|项|个|次)" + _NO_COUNT + r")(?P<after2>左右|以上|以内)?"
    r"|(?P<zero>零)(?=$)"
)
_BEFORE_NONE = re.compile(r"[第每逐另某同任统单之其前后数几上近]$")
_APPROXIMATE = re.compile(r"(?:(?P<about>大?约)|(?P<below>将?近|接近|不足|不到)|(?P<above>超过?|逾|突破|至少))(?:为)?$")
_ALONE = re.compile(r"[一二两]?[起次]|一[个项条]")  # 一起, 一次, 一项: words more often than counts


@dataclass(frozen=True, slots=True)
class Number:
    """A count or amount at ``start`` … ``end`` of a text.

    The true figure is from ``low`` to ``high``; ``is_rough`` when the words leave it open (余, 约), not for an amount
    that was merely rounded. ``unit`` is "" where none is written. Not ``is_count``: a percentage, 第3件, 一项.
    """

    start: int
    end: int
    value: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    is_rough: bool = False
    unit: str = ""
    is_count: bool = True


def numbers_in(text: str, start: int, end: int) -> Iterator[Number]:
    """Return the numbers of the clause from ``start`` to ``end`` in order, dates left out."""
    return (_number(match, text) for match in _NUMBER.finditer(text, start, end) if not match["date"])


def chinese_value(text: str) -> int | None:
    """Return the value of a Chinese numeral ("一百二十", "三〇五"), None for what is none."""
    if len(text) > 1 and not set(text) & set("十百千万"):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section += (digit or (1 if character == "十" else 0)) * _SCALES[character]
            digit = 0
    value = total + section + digit
    return value if value or set(text) <= set("零〇") else None


def _number(match: re.Match[str], text: str) -> Number:
    start, end = match.span()
    before = text[max(0, start - 3) : start]
    if match["skip"]:
        return Number(start, end, is_count=False)
    if match["zero"]:
        return _exact(start, end, Decimal(0), "")
    if match["chinese"]:
        return _chinese(match, before)
    if before.endswith(("第", "每", "〔", "No")):
        return Number(start, end, is_count=False)
    digits = match["digits"].replace(",", "") + (match["fraction"] or "")
    scale = _SCALES[match["scale"] or ""]
    value = Decimal(digits) * scale
    value = value.to_integral_value() if value == value.to_integral_value() and scale > 1 else value
    unit = match["unit"] or ""
    decimals = len(digits.partition(".")[2])
    more = bool(match["more"] or match["more2"] or match["after"])
    if scale > 1:
        return _rough(start, end, value, Decimal(scale).scaleb(-decimals), before, more=more, unit=unit)
    if more or _APPROXIMATE.search(before):
        return _rough(start, end, value, _last_place(value), before, more=more, unit=unit)
    half = Decimal(5).scaleb(-decimals - 1) if unit.endswith("元") else Decimal(0)
    return Number(start, end, value, value - half, value + half, unit=unit)


def _exact(start: int, end: int, value: Decimal, unit: str) -> Number:
    return Number(start, end, value, value, value, unit=unit)


def _rough(start: int, end: int, value: Decimal, step: Decimal, before: str, *, more: bool, unit: str) -> Number:
    """Return a figure that may be off by ``step``: above it (余), below it (近), or half of it to either side (约)."""
    kind = _APPROXIMATE.search(before)
    if more or (kind and kind["above"]):
        low, high = value, value + step
    elif kind and kind["below"]:
        low, high = value - step, value
    else:
        low, high = value - step / 2, value + step / 2
    return Number(start, end, value, low, high, is_rough=True, unit=unit)


def _last_place(value: Decimal) -> Decimal:
    """Return the place of the last digit that says something: 10 for 120, 100 for 300."""
    whole = str(int(value))
    return Decimal(10) ** (len(whole) - len(whole.rstrip("0"))) if value >= 1 else Decimal(1)


def _chinese(match: re.Match[str], before: str) -> Number:
    start, end = match.span()
    value = chinese_value(match["chinese"])
    more = bool(match["more3"] or match["after2"])
    if value is None or (_BEFORE_NONE.search(before) and not _APPROXIMATE.search(before)):
        return Number(start, end, is_count=False)
    if _ALONE.fullmatch(match["chinese"] + match["unit2"]) and not more:
        return Number(start, end, is_count=False)
    if not more and not _APPROXIMATE.search(before):
        return _exact(start, end, Decimal(value), match["unit2"])
    step = _last_place(Decimal(value))
    return _rough(start, end, Decimal(value), step, before, more=more, unit=match["unit2"])
