"""Text layers that say something else than the page shows are known by their characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from parser.readers.pdf_chars import UNKNOWN

_STRANGE = 0.05  # share of characters without meaning from which a text layer is of no use
_FEW = 30  # characters too few to judge a text by
_COMMON = 0.7  # share of its Chinese characters that are common ones in any readable text
_FOREIGN = 0.2  # share of letters of other scripts from which a text is garbled


def is_garbled(signs: Sequence[str]) -> bool:
    """Whether characters are not what the page shows: without meaning, of other scripts, or random Chinese ones."""
    if sum(_is_strange(sign) for sign in signs) > _STRANGE * len(signs):
        return True
    letters = [sign for sign in signs if sign.isalpha()]
    if len(letters) < _FEW:
        return False
    chinese = [sign for sign in letters if "\u3400" <= sign <= "\u9fff"]
    foreign = sum(not sign.isascii() and sign < "\u2e80" for sign in letters)
    if foreign > _FOREIGN * len(letters):
        return True
    return len(chinese) >= _FEW and sum(map(_is_common, chinese)) < _COMMON * len(chinese)


def _is_strange(sign: str) -> bool:
    return sign == UNKNOWN or unicodedata.category(sign) in ("Co", "Cn", "Cc", "Cs")


def _is_common(sign: str) -> bool:
    """Whether a Chinese character is among the common ones of mainland China, Taiwan or Hong Kong."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= sign.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
