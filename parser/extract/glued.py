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


def split_glued(pieces: Sequence[Piece], template: Template) -> tuple[Piece, ...]:
    """Cut section headings off what they were glued to: the last value of a table, or the prose that follows."""
    pattern, labels = _heading_pattern(template), _row_labels(template)
    return tuple(part for piece in pieces for part in _cut_heading(piece, pattern, labels))


@cache
def _row_labels(template: Template) -> frozenset[str]:
    return frozenset(normalise(slot.label.text) for slot in slots(template) if slot.row)


@cache
def _heading_pattern(template: Template) -> re.Pattern[str]:
    titles = {t for s in template.sections for t in (s.title.text, *s.title.aliases) if len(t) >= 5}
    titles |= {s.title.text for s in template.sections}
    spaced = (r"\s*".join(map(re.escape, title)) for title in sorted(titles, key=len, reverse=True))
    return re.compile(rf"[#*\s]*(?:[一二三四五六1-6—]\s*[、.．,，]\s*)(?:{'|'.join(spaced)})")


def _cut_heading(piece: Piece, pattern: re.Pattern[str], labels: frozenset[str]) -> Iterator[Piece]:
    text = piece.text
    match = pattern.search(text.translate(characters().simplify)) if len(text) > 6 else None
    if match is None or not isinstance(piece.place, TextSpan):
        yield piece
        return
    before, after = text[: match.start()], text[match.end() :]
    cuttable = not before or piece.bounded or looks_like_value(before.strip()) or normalise(before) in labels
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
