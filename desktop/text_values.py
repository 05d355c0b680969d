"""What a person typed becomes a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from parser.model.report import Cell, State

if TYPE_CHECKING:
    from decimal import Decimal

# An active Chinese input method turns "/" into "、", "." into "。" and "_" into "——".
_TYPED_FOR = str.maketrans({"、": "/", "。": ".", "，": ",", "−": "-", "–": "-", "―": "—", "‐": "-"})
_MARKS = frozenset({"/", "-", "—", "_", "无"})
_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加?|减少?)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?P<decimals>\.\d+)?"
    r"(?P<unit>万元|元|件|个|项|次|宗|条|起)?"
)


def cell_from_text(text: str, now: Cell, as_read: Cell) -> Cell | None:
    """Return ``now`` changed to say ``text``, without doubts; None when ``text`` is neither number, mark nor blank.

    The printed raw text and place come from ``as_read``, the cell before any person touched it. A typed mark is the
    exception: ``Cell`` shows a mark by its raw text.
    """
    typed = _normalised(text)
    plain = replace(as_read, unit=now.unit, confidence=1.0, doubts=())
    if not typed:
        return replace(plain, state=State.BLANK, value=None, unit=None)
    if typed in _MARKS:
        same = as_read.state is State.MARK and as_read.shown in (typed, text.strip())
        return replace(plain, state=State.MARK, value=None, unit=None, raw=as_read.raw if same else typed)
    if match := _NUMBER.fullmatch(typed):
        return replace(plain, state=State.NUMBER, value=_value(match), unit=match["unit"] or now.unit)
    return None


def is_value(text: str) -> bool:
    """Whether ``text`` is a number, a mark or nothing: whether ``cell_from_text`` makes a cell of it."""
    typed = _normalised(text)
    return not typed or typed in _MARKS or _NUMBER.fullmatch(typed) is not None


def starts_a_value(text: str) -> bool:
    """Whether typing ``text`` over a cell can begin a value or a mark."""
    typed = _normalised(text)
    return bool(typed) and (typed[0].isdigit() or typed[0] in "+-./—_无增减")


def _normalised(text: str) -> str:
    typed = "".join(unicodedata.normalize("NFKC", text.translate(_TYPED_FOR)).split())
    return typed[0] if typed and set(typed) in ({"—"}, {"_"}) else typed


def _value(match: re.Match[str]) -> Decimal:
    from decimal import Decimal

    value = Decimal((match["digits"].replace(",", "") or "0") + (match["decimals"] or ""))  # .5 as in spreadsheets
    negative = match["sign"] is not None and match["sign"][0] in "-减"
    return -value if negative and value else value
