"""Figures that a copy tore apart: at a thousands comma or decimal point, or before the unit or word behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parser.extract.values import strip_artefacts
from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.templates.characters import characters

_LONGEST = 24  # characters of a figure
_MOST_LINE_ENDS = 2  # between the parts: paragraphs have a blank line there
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*,")
_THOUSAND = re.compile(r"\d{3}(?:[,.]\d+)?")
_POINT, _DECIMALS = re.compile(r"\d+\."), re.compile(r"\d{1,6}")
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_UNITS = "|".join(characters().units)
# What stands behind a figure, on the next line too, and makes it another: money's unit, or an order of magnitude.
_BELOW = re.compile(rf"[十百千万亿余多]+(?:{_UNITS})?|元")
_BEHIND = re.compile(rf"{_UNITS}|以上|以下|以内|左右|[(（]\d{{1,3}}[)）]")  # … and on the same line only


def joined_figures(pieces: Sequence[Piece], text: str) -> tuple[Piece, ...]:
    """Return the pieces of ``text`` with what belongs to one figure in one piece, as it stands in the text.

    Whether it is a number says who reads it: "1, 113" is one, in doubt, "5 万" is none.
    """
    joined: list[Piece] = []
    for piece in pieces:
        whole = _joined(joined[-1], piece, text) if joined else None
        if whole is None:
            joined.append(piece)
        else:
            joined[-1] = whole
    return tuple(joined)


def _joined(before: Piece, piece: Piece, text: str) -> Piece | None:
    """Return both pieces as one if they are parts of a figure."""
    if len(before.text) > _LONGEST or not isinstance(before.place, TextSpan) or not isinstance(piece.place, TextSpan):
        return None
    gap = text[before.place.end : piece.place.start]
    if gap.strip() or "\t" in gap or gap.count("\n") > _MOST_LINE_ENDS:
        return None
    first, second = strip_artefacts(before.text), strip_artefacts(piece.text)
    if not _belong_together(first, second, on_one_line="\n" not in gap):
        return None
    place = TextSpan(before.place.start, piece.place.end)
    return replace(before, text=text[place.start : place.end], place=place)


def _belong_together(first: str, second: str, *, on_one_line: bool) -> bool:
    if _THOUSANDS.fullmatch(first):
        return _THOUSAND.fullmatch(second) is not None
    if _POINT.fullmatch(first):
        return _DECIMALS.fullmatch(second) is not None
    if not _FIGURE.fullmatch(first):
        return False
    return _BELOW.fullmatch(second) is not None or (on_one_line and _BEHIND.fullmatch(second) is not None)
