"""The printed text of one cell becomes a ``Cell``: number, blank, mark or unreadable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from parser.model.place import Place
from parser.model.report import Cell, Doubt, Reason, State
from parser.model.template import NumberKind
from parser.templates.characters import characters
from parser.templates.labels import PINYIN

_C = characters()
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NOTE_SIGN = "[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u2473\u2776-\u277f]"
_NOTE_MARK = re.compile(f"(?<=\\d)\\s*{_NOTE_SIGN}|{_NOTE_SIGN}\\s*(?=\\d)")  # never a digit of the number
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`|\$)\s*([^*_~`$\s][^*_~`$]*)\1")  # of Markdown, around all of a cell
_SIGNS = "|".join(sorted(map(re.escape, _C.plus | _C.minus), key=len, reverse=True))
_NUMBER = re.compile(rf"(?P<sign>{_SIGNS})?(?P<digits>\d+(?:\.\d+)?)(?P<unit>{'|'.join(_C.units)})?")
_DIFFERENCE = re.compile(r"(\d+)/(\d+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LOOK_ALIKES = "".join(map(chr, _C.look_alikes))
_MARKS = "|".join(map(re.escape, sorted(_C.marks, key=len, reverse=True)))
_LOOSE = re.compile(
    rf"(?:{_SIGNS})?[\d.,{re.escape(_LOOK_ALIKES)}]*\d[\d.,{re.escape(_LOOK_ALIKES)}]*(?:{'|'.join(_C.units)})?"
    rf"|[{re.escape(_LOOK_ALIKES)}]{{1,3}}|\d+/\d+|{_MARKS}|[增减]"
)
_MARKS_RUN = re.compile(r"([/\-—–无])\1+")  # of cells that ran together
_ORDINAL = re.compile(r"\d{1,2}[.,]")  # "8." before a label
_STROKES = frozenset("Il|!]")
_INTERPRETED = 0.6


def strip_artefacts(text: str) -> str:
    """Return ``text`` without bookmarks, note marks (3², 3①), white space and invisible characters, half width.

    And without the signs of Markdown that make all of it bold or the like.
    """
    if "bookmark" in text:
        text = _BOOKMARK.sub("", text)
    if emphasis := _EMPHASIS.fullmatch(text.strip()):
        text = emphasis[2]
    text = _NOTE_MARK.sub("", _INVISIBLE.sub("", text))
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_C.simplify)


@lru_cache(maxsize=4096)
def looks_like_value(text: str) -> bool:
    """Whether loose text could be the content of a value cell; a lone stroke (I, l, |) could as well be a rule line."""
    plain = strip_artefacts(text)
    is_loose = _LOOSE.fullmatch(plain) is not None and _ORDINAL.fullmatch(plain) is None
    return is_loose or is_run_of_marks(plain)


def is_run_of_marks(text: str) -> bool:
    """Whether the text is one mark ("/", "-", "无") several times: those of cells that ran together."""
    return _MARKS_RUN.fullmatch(text) is not None


def is_stroke(text: str) -> bool:
    """Whether the text is one vertical stroke: the digit 1, or a piece of a table's border."""
    return strip_artefacts(text) in _STROKES


@lru_cache(maxsize=4096)
def read_value(text: str, kind: NumberKind = NumberKind.COUNT) -> Cell:
    """Return the cell printed as ``text``; ``raw`` is the text, the place is left to the caller.

    Digits misread as letters are interpreted and doubtful; nothing is ever guessed into a number in silence.
    """
    plain = strip_artefacts(text)
    if not plain:
        return Cell(State.BLANK, raw=text)
    if plain in _C.marks:
        return Cell(State.MARK, raw=text)
    exact = _number(_THOUSANDS.sub("", plain), kind)
    if exact:
        return replace(exact, raw=text, doubts=(*_spacing(text), *_oddities(text, plain, kind)))
    translated = _THOUSANDS.sub("", plain.translate(_C.look_alikes))
    interpreted = _number(translated, kind)
    if interpreted is None:
        return Cell(State.UNREADABLE, raw=text, confidence=0.0)
    pairs = {f"“{a}”按 {b} 读取" for a, b in zip(plain, plain.translate(_C.look_alikes), strict=True) if a != b}
    doubt = Doubt(Reason.LOOK_ALIKE, "、".join(sorted(pairs)) or f"按 {translated} 读取")
    return replace(interpreted, raw=text, confidence=_INTERPRETED, doubts=(doubt,))


def leaked_value(text: str) -> str | None:
    """Return the value at the end of a cell that begins with the tail of a label ("贵 0" → "0"), else None."""
    match = re.search(rf"(?<=[^\d.\-+/\s])\s*((?:{_SIGNS})?[\d.,]*\d(?:{'|'.join(_C.units)})?|[Oo])\s*$", text)
    return match[1] if match and len(PINYIN.sub("", strip_artefacts(text[: match.start(1)]))) <= 6 else None


def with_doubt(cell: Cell, reason: Reason, note: str, place: Place | None = None) -> Cell:
    """Return the cell with one more doubt."""
    return replace(cell, doubts=(*cell.doubts, Doubt(reason, note)), place=place or cell.place, confidence=_INTERPRETED)


def _number(plain: str, kind: NumberKind) -> Cell | None:
    match = _NUMBER.fullmatch(plain)
    if match:
        value = Decimal(match["digits"])
        if match["sign"] in _C.minus and value:
            value = -value
        return Cell(State.NUMBER, value, match["unit"])
    pair = _DIFFERENCE.fullmatch(plain) if kind is NumberKind.CHANGE else None
    if pair:
        return Cell(State.NUMBER, Decimal(pair[1]) - Decimal(pair[2]))
    return None


def _oddities(text: str, plain: str, kind: NumberKind) -> Iterator[Doubt]:
    """Doubt a number with a note mark, and a sign where none is due: something was left out to read it."""
    if re.search(_NOTE_SIGN, text):
        yield Doubt(Reason.LOOK_ALIKE, f"“{text.strip()}”带有注码，按 {plain} 读取")
    match = _NUMBER.fullmatch(plain)
    if match and match["sign"] and kind is not NumberKind.CHANGE:
        yield Doubt(Reason.LOOK_ALIKE, f"“{text.strip()}”带有增减号，此栏应为件数或金额")


def _spacing(text: str) -> tuple[Doubt, ...]:
    """Doubt a number whose digits stand apart ("1 2"): it may be two."""
    if re.search(r"[\d.,，]\s+[\d.]", text.strip()):
        return (Doubt(Reason.LOOK_ALIKE, f"“{text.strip()}”中间有空格，按一个数读取"),)
    return ()
