"""Section headings that are glued to what stands before or behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from parser.extract.values import looks_like_value
from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.model.template import Template
from parser.templates.characters import characters
from parser.templates.labels import normalise, slots

_STOPS = ("。", "：", ":")  # end the first words of a point of the prose ("1.主动公开情况。全年…")

_DASH = "—"  # a garbled 一


def split_glued(pieces: Sequence[Piece], template: Template) -> tuple[Piece, ...]:
    """Cut section headings off what they were glued to: the last value of a table, or the prose that follows."""
    return tuple(part for piece in pieces for part in _cut_heading(piece, template))


@cache
def _row_labels(template: Template) -> frozenset[str]:
    return frozenset(normalise(slot.label.text) for slot in slots(template) if slot.row)


@cache
def _heading_pattern(template: Template) -> re.Pattern[str]:
    titles = {t for s in template.sections for t in (s.title.text, *s.title.aliases) if len(t) >= 5}
    titles |= {s.title.text for s in template.sections}
    spaced = (r"\s*".join(map(re.escape, title)) for title in sorted(titles, key=len, reverse=True))
    return re.compile(rf"[#*\s]*([一二三四五六1-6{_DASH}])\s*[、.．,，]\s*({'|'.join(spaced)})")


@cache
def _ordinals(template: Template) -> dict[str, frozenset[str]]:
    """Return, by title, the ordinals with which it may begin."""
    return {
        normalise(title): frozenset((section.ordinal, section.number, _DASH))
        for section in template.sections
        for title in (section.title.text, *section.title.aliases)
    }


def _cut_heading(piece: Piece, template: Template) -> Iterator[Piece]:
    text = piece.text
    match = _heading_pattern(template).search(text.translate(characters().simplify)) if len(text) > 6 else None
    if match is None or not isinstance(piece.place, TextSpan):
        yield piece
        return
    before, after = text[: match.start()], text[match.end() :]
    is_after_value = piece.bounded or looks_like_value(before.strip()) or normalise(before) in _row_labels(template)
    is_point = after.startswith(_STOPS) and match[1] not in _ordinals(template)[normalise(match[2])]
    cuttable = not is_point and (not before or is_after_value)
    if not cuttable or not (before or after):
        yield piece
        return
    begin = piece.place.start
    for start, end in ((0, match.start()), (match.start(), match.end()), (match.end(), len(text))):
        part = text[start:end].strip()
        if part:
            at = begin + start + text[start:end].index(part)
            heading = start == match.start() and end == match.end()
            yield replace(piece, text=part, place=TextSpan(at, at + len(part)), bounded=piece.bounded and not heading)
