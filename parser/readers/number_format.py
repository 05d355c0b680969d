"""A stored number of a spreadsheet becomes the text that the cell shows under its number format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

GENERAL = "General"
_DIGITS = 15  # what a spreadsheet keeps of a number
_LONGEST = 30  # digits before or after the point that anybody would show
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<sign>(?P<letter>[ymdhsaegb])(?P=letter)*|.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"[<>=]+-?[\d.]+")
_LAST_DAY = 2_958_465  # 9999-12-31

# Formats known by number only; 14 to 58 as Chinese Windows shows them.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;¥"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'), **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}  # fmt: skip


@dataclass(frozen=True)
class _Token:
    text: str
    literal: bool = False


def shown_number(stored: str, form: str, *, since_1904: bool = False) -> str:
    """Return what a cell shows that stores the number ``stored`` under the number format ``form``.

    A format that is not understood (fractions, powers of ten, conditions) shows the number itself.
    """
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return stored
    section, value = _section(form, value)
    tokens = _tokens(section)
    signs = "".join(token.text for token in tokens if not token.literal)
    if _is_beyond(section, signs):
        return general(value)
    if any(token.text == GENERAL for token in tokens):
        return "".join(general(value) if token.text == GENERAL else token.text for token in tokens)
    if re.search(r"[ymdhsaeg]", signs, re.IGNORECASE):
        return _shown_date(value, tokens, section, since_1904=since_1904)
    return _shown_digits(value, tokens)


def general(value: Decimal) -> str:
    """Return the number in the fewest digits, without the noise of binary fractions."""
    with localcontext() as context:
        context.prec, context.rounding = _DIGITS, ROUND_HALF_UP
        value = +value
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _section(form: str, value: Decimal) -> tuple[str, Decimal]:
    """Return the part of the format for a number of this sign, and what it is to show."""
    parts = [""]
    for match in _TOKEN.finditer(form):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    if len(parts) == 1 or (len(parts) == 2 and value >= 0):
        return parts[0], value
    if value < 0:
        return parts[1], abs(value)
    return parts[2] if value == 0 and len(parts) > 2 else parts[0], value


def _tokens(section: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(section):
        if match["quoted"] is not None or match["escaped"]:
            tokens.append(_Token(match["quoted"] or match["escaped"] or "", literal=True))
        elif match["bracket"] is not None:
            currency = re.match(r"\$([^-]*)", match["bracket"])
            tokens += [_Token(currency[1], literal=True)] if currency else []
        elif match["general"]:
            tokens.append(_Token(GENERAL))
        elif match["noon"]:
            tokens.append(_Token("AM/PM"))
        elif match["sign"]:
            tokens.append(_Token(match["sign"]))
    return tokens


def _is_beyond(section: str, signs: str) -> bool:
    """Whether the format has what is not understood here."""
    brackets = [match["bracket"] for match in _TOKEN.finditer(section) if match["bracket"]]
    fraction = "/" in signs and re.search(r"[?#0]", signs) is not None
    return any(map(_CONDITION.match, brackets)) or fraction or re.search(r"[0#]E[+-]", section) is not None


def _shown_digits(value: Decimal, tokens: list[_Token]) -> str:
    marks = [_Token(sign) if not token.literal else token for token in tokens for sign in _split(token)]
    places = [index for index, mark in enumerate(marks) if not mark.literal and mark.text in "0#?"]
    if not places:
        text = "".join(mark.text for mark in marks if mark.literal or mark.text not in ",@")
        return general(value) if any(mark.text == "@" for mark in marks) else text
    point = next((i for i, mark in enumerate(marks) if not mark.literal and mark.text == "."), len(marks))
    whole, part = [i for i in places if i < point], [i for i in places if i > point]
    commas = [i for i, mark in enumerate(marks) if not mark.literal and mark.text == ","]
    scale = sum(i > (whole or places)[-1] and i < (point if part else len(marks)) for i in commas)
    grouped = bool(whole) and any(whole[0] < i < whole[-1] for i in commas)
    percent = sum(not mark.literal and mark.text == "%" for mark in marks)
    with localcontext() as context:
        context.prec = 4 * _LONGEST
        value = Decimal(general(value)) * 100**percent / Decimal(1000) ** scale
        value = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{abs(value):f}".partition(".")
    shown = dict(_whole_digits(digits, [(i, marks[i].text) for i in whole], grouped=grouped))
    shown |= _decimal_digits(decimals, [(i, marks[i].text) for i in part])
    text = "".join(_mark(index, mark, shown) for index, mark in enumerate(marks))
    if part and not any(shown[i] for i in part):
        text = text.replace(".", "", 1) if point < len(marks) else text
    return f"-{text}" if value < 0 else text


def _split(token: _Token) -> list[str]:
    return [token.text] if token.literal else list(token.text)


def _mark(index: int, mark: _Token, shown: dict[int, str]) -> str:
    if index in shown:
        return shown[index]
    return "" if not mark.literal and mark.text == "," else mark.text


def _whole_digits(digits: str, places: list[tuple[int, str]], *, grouped: bool) -> list[tuple[int, str]]:
    """Deal the digits before the point to their places from the right; the first place takes all that are left."""
    digits = "" if digits == "0" else digits
    least = max((len(places) - n for n, (_, sign) in enumerate(places) if sign == "0"), default=0)
    digits = digits.rjust(least, "0")
    if grouped:
        pieces = re.findall(r"\d{1,3}", digits[::-1])
        return [(index, ",".join(pieces)[::-1] if n == 0 else "") for n, (index, _) in enumerate(places)]
    out = []
    for n, (index, _) in enumerate(reversed(places)):
        last = n == len(places) - 1
        cut = 0 if last else max(len(digits) - 1, 0)
        out.append((index, digits[cut:]))
        digits = digits[:cut]
    return out


def _decimal_digits(decimals: str, places: list[tuple[int, str]]) -> dict[int, str]:
    kept = max((n + 1 for n, (_, sign) in enumerate(places) if sign == "0" or decimals[n] != "0"), default=0)
    return {index: decimals[n] if n < kept else "" for n, (index, _) in enumerate(places)}


def _shown_date(value: Decimal, tokens: list[_Token], section: str, *, since_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY or re.search(r"\[[hms]+\]", section, re.IGNORECASE):
        return general(value)
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    early = not since_1904 and value < 61  # the calendar of spreadsheets has a 29 February 1900
    seconds = int((value % 1 * 86_400).to_integral_value(ROUND_HALF_UP))
    moment = datetime.combine(first, datetime.min.time()) + timedelta(days=int(value) + early, seconds=seconds)
    noon = any(token.text == "AM/PM" and not token.literal for token in tokens)
    letters = [token.text.lower() if not token.literal else "" for token in tokens]
    out = []
    for index, token in enumerate(tokens):
        out.append(token.text if token.literal else _date_part(index, letters, moment, noon=noon))
    return "".join(out)


def _date_part(index: int, letters: list[str], moment: datetime, *, noon: bool) -> str:
    part = letters[index]
    if part == "am/pm":
        return "上午" if moment.hour < 12 else "下午"
    if set(part) == {"m"}:
        units = [other[0] for other in letters if other[:1] and other[0] in "ymdhs"]
        rank = sum(bool(other[:1]) and other[0] in "ymdhs" for other in letters[:index])
        minutes = (rank and units[rank - 1] == "h") or (rank + 1 < len(units) and units[rank + 1] == "s")
        number = moment.minute if minutes else moment.month
        return f"{number:02d}" if len(part) == 2 else moment.strftime("%b") if len(part) == 3 else str(number)
    hour = (moment.hour + 11) % 12 + 1 if noon else moment.hour
    numbers = {"d": moment.day, "h": hour, "s": moment.second}
    if part[:1] in numbers and len(set(part)) == 1 and len(part) <= 2:
        return f"{numbers[part[0]]:02d}" if len(part) == 2 else str(numbers[part[0]])
    if part[:1] == "y" or part == "e":
        return f"{moment.year:04d}" if len(part) > 2 or part == "e" else f"{moment.year % 100:02d}"
    if part in ("aaa", "aaaa"):
        return ("星期" if part == "aaaa" else "") + "一二三四五六日"[moment.weekday()]
    return part
