"""Automatic numbers of paragraphs, which Word draws but does not keep in the text, become text again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from parser.readers.docx_styles import Styles
from parser.readers.package import attribute, child, is_on, local, number

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False
    restart: int | None = None


@dataclass
class _Scheme:
    """An abstract list: its levels and where it stands."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    link: str | None = None  # the style whose list it really is


@dataclass
class _List:
    scheme: _Scheme
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbers:
    """Counts the numbered paragraphs of a document; ask once for each, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Read the list definitions (numbering.xml)."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        schemes: dict[str, _Scheme] = {}
        for item in () if root is None else root:
            if local(item) == "abstractNum":
                schemes[attribute(item, "abstractNumId") or ""] = _scheme(item)
            elif local(item) == "num":
                scheme = schemes.get(attribute(child(item, "abstractNumId")) or "")
                if scheme is not None:
                    self._lists[attribute(item, "numId") or ""] = _list(item, scheme)

    def next(self, properties: etree._Element | None) -> str:
        """Return the number before a paragraph with these properties (w:pPr), ``''`` for none, and count it."""
        found, depth = self._place(properties)
        if found is None:
            return ""
        level = _level(found, depth)
        _count(found, depth)
        if level.form in ("bullet", "none") and "%" not in level.pattern:
            return level.pattern if level.form == "none" else ""
        return re.sub(r"%([1-9])", lambda match: _shown(found, int(match[1]) - 1, level), level.pattern)

    def _place(self, properties: etree._Element | None) -> tuple[_List | None, int]:
        """Return the list of a paragraph and its depth; what the paragraph does not say its style says."""
        own = child(properties, "numPr")
        style = attribute(child(properties, "pStyle"))
        key, depth = attribute(child(own, "numId")), attribute(child(own, "ilvl"))
        inherited, inherited_depth, owner = self._styles.numbering(style)
        found = self._lists.get(key if key is not None else inherited or "")
        if found is not None and found.scheme.link:
            found = self._lists.get(self._styles.numbering(found.scheme.link)[0] or "", found)
        if found is None:
            return None, 0
        if depth is None and key is None:
            linked = (n for n, level in found.scheme.levels.items() if level.style == owner)
            return found, next(linked, number(inherited_depth))
        return found, min(max(number(depth), 0), _LEVELS - 1)


def joined(mark: str, text: str) -> str:
    """Return an automatic number and the text after it, apart where they would read as one figure."""
    if not mark or not text:
        return mark + text
    apart = mark[-1].isalnum() or text[0].isdigit() or text[0] in "+-.,，"
    return f"{mark} {text}" if apart else mark + text


def _scheme(item: etree._Element) -> _Scheme:
    levels = {number(attribute(level, "ilvl")): _read_level(level) for level in item if local(level) == "lvl"}
    return _Scheme(levels, link=attribute(child(item, "numStyleLink")))


def _read_level(item: etree._Element) -> _Level:
    forms = [attribute(form) or "decimal" for form in item.iter() if local(form) == "numFmt"]
    restart = attribute(child(item, "lvlRestart"))
    return _Level(
        number(attribute(child(item, "start")), 1),
        forms[-1] if forms else "decimal",  # the last one is the plain fallback of a custom format
        attribute(child(item, "lvlText")) or "",
        attribute(child(item, "suff")) or "tab",
        attribute(child(item, "pStyle")),
        is_on(child(item, "isLgl")),
        None if restart is None else number(restart),
    )


def _list(item: etree._Element, scheme: _Scheme) -> _List:
    found = _List(scheme)
    for override in item:
        if local(override) != "lvlOverride":
            continue
        depth, start, level = (
            number(attribute(override, "ilvl")),
            child(override, "startOverride"),
            child(override, "lvl"),
        )
        if level is not None:
            found.levels[depth] = _read_level(level)
        if start is not None:
            found.starts[depth] = number(attribute(start), 1)
    return found


def _level(found: _List, depth: int) -> _Level:
    return found.levels.get(depth) or found.scheme.levels.get(depth) or _Level()


def _count(found: _List, depth: int) -> None:
    """Count one paragraph: lists of one scheme count on together unless they say where they start."""
    counts = found.scheme.counts
    if depth in found.starts:
        counts[depth] = found.starts.pop(depth)
    else:
        counts[depth] = counts[depth] + 1 if depth in counts else _level(found, depth).start
    for upper in range(depth):
        counts.setdefault(upper, _level(found, upper).start)
    for deeper in [key for key in counts if key > depth]:
        restart = _level(found, deeper).restart
        if restart != 0 and (restart is None or depth < restart):
            del counts[deeper]


def _shown(found: _List, depth: int, level: _Level) -> str:
    form = "decimal" if level.legal else _level(found, depth).form
    return format_number(found.scheme.counts.get(depth, _level(found, depth).start), form)


def format_number(value: int, form: str) -> str:
    """Return the number in one of Word's number formats (ST_NumberFormat); decimal for one not known here."""
    if form in ("none", "bullet"):
        return ""
    if form in _FORMS and 0 < value < 10_000:
        return _FORMS[form](value)
    return str(value)


def _counting(value: int, digits: str = _DIGITS, units: str = "十百千", *, short_ten: bool = True) -> str:
    """Return a number below ten thousand in words: 二十三, 一百零五."""
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text[1:] if short_ten and text.startswith(digits[1] + units[0]) else text


def _digitwise(value: int) -> str:
    return "".join(("〇" + _DIGITS[1:])[int(digit)] for digit in str(value))


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


def _run_of(first: str, last: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if value <= last else str(value)


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    return _run_of("①", 20)(value) if value <= 20 else _run_of("㉑", 15)(value - 20) if value <= 35 else str(value)


def _roman(value: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (value // size)
        value %= size
    return text


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"), _counting,
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"), _digitwise
    ),
    "chineseLegalSimplified": lambda value: _counting(value, _LEGAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": lambda value: _counting(value, "零壹貳參肆伍陸柒捌玖", "拾佰仟", short_ten=False),
    "ideographTraditional": _cyclic(_STEMS),
    "ideographZodiac": _cyclic(_BRANCHES),
    "ideographEnclosedCircle": _run_of("㊀", 10),
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _run_of("⑴", 20),
    "decimalEnclosedFullstop": _run_of("⒈", 20),
    "numberInDash": lambda value: f"- {value} -",
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
}  # fmt: skip
