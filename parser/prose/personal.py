"""Identity and mobile numbers of persons in a text that is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from parser.model.place import TextSpan

_MOST = 2_000_000  # characters
_LONGEST = 200  # characters of a sentence before and behind a number
_ALONE = r"(?<![0-9A-Za-z_./=&%-]){}(?![0-9A-Za-z_/=&%-]|\.[0-9A-Za-z])"
_IDENTITY = re.compile(
    _ALONE.format(
        r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}"
        r"[- ]?((?:19|20)\d{2})(\d{2})(\d{2})[- ]?\d{3}[\dXx]"
    )
)
_MOBILE = re.compile(_ALONE.format(r"(?:\+?86[- ]?)?1[3-9]\d([- ]?)\d{4}\1\d{4}"))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")
_CALL_US = re.compile(
    r"拨打|咨询|致电|欢迎[^。]{0,8}来电|请与|可与|热线|监督|值班|办公|服务电话|举报电话|投诉电话|有疑问"
)
_SOMEBODY = re.compile(r"(?:申请人|当事人|投诉人|举报人|信访人|患者|学生|家长|业主|某|本人|身份证)[^。]{0,20}$")
_CONTACT = re.compile(r"联系|电话|传真|邮编|邮箱|地址|手机|微信|负责人|经办人|填报人")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A number that points to a person; ``masked`` shows it without its middle. Places are in the text."""

    kind: str
    masked: str
    place: TextSpan
    sentence: TextSpan


@lru_cache(maxsize=32)
def personal_data(text: str) -> tuple[PersonalData, ...]:
    """Return identity numbers whose checksum is right (GB 11643) and mobile numbers that are no office's contact.

    Source: X-PRIVACY, 条例第十五条 (个人隐私).
    """
    if len(text) > _MOST:
        return ()
    return tuple(sorted((*_identities(text), *_mobiles(text)), key=lambda item: item.place.start))


def _identities(text: str) -> Iterator[PersonalData]:
    for match in _IDENTITY.finditer(text):
        if _is_date(*map(int, match.groups())) and _is_checked(match[0]):
            yield _item("身份证号", match, text)


def _mobiles(text: str) -> Iterator[PersonalData]:
    for match in _MOBILE.finditer(text):
        sentence = _sentence(match, text)
        around = text[sentence.start : sentence.end]
        if _CALL_US.search(around):
            continue
        if _SOMEBODY.search(text[sentence.start : match.start()]) or not _CONTACT.search(around):
            yield _item("手机号码", match, text)


def _item(kind: str, match: re.Match[str], text: str) -> PersonalData:
    masked = match[0][:3] + "*" * (len(match[0]) - 5) + match[0][-2:]
    return PersonalData(kind, masked, TextSpan(*match.span()), _sentence(match, text))


def _sentence(match: re.Match[str], text: str) -> TextSpan:
    first = max(0, match.start() - _LONGEST)
    start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, first, match.start())), default=first)
    following = _SENTENCE_ENDS.search(text, match.end())
    return TextSpan(start, min(following.start() if following else len(text), match.end() + _LONGEST))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_checked(number: str) -> bool:
    """Whether the last character is the check character of the others (GB 11643-1999, ISO 7064 MOD 11-2)."""
    digits = re.sub(r"[- ]", "", number)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()
