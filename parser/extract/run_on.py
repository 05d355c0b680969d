"""A table, or a whole report, that a copy ran into one line: cut where the form's labels begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parser.model.document import Piece
from parser.model.place import TextSpan
from parser.model.template import Template
from parser.templates.characters import characters
from parser.templates.labels import PINYIN, SlotKind, label_index, normalise, wording_kinds, wordings

_SHORT = 4  # a label of fewer characters may be part of a word
_LEAST = 40  # characters of a line in which a table may have run together
_HEADS, _LABELS = 2, 5  # so many column headers, and labels in all, no sentence has one after the other
_ROWS = 2  # rows with several figures in a line are no sentence either
_FIGURES = re.compile(r"(?:[\s|｜]\d[\d.]*){3,}(?=\s|$)")
_SPOKEN = 0.25  # of the labels in a table that ran together, words follow at most
_ELSEWHERE = 0.3  # of the rows a line names, and more, stand apart as well: it speaks of a table
_BETWEEN = rf"(?:{PINYIN.pattern}|[\W_])*+"  # what may stand between the characters of a label
_SENTENCE = re.compile(r"[，。；,;]")
_WORD = re.compile(r"\S+")
_PROSE = 40  # characters of running text behind a label


def unrolled(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[Piece, ...]:
    """Return the pieces, those in which a table ran together cut into labels and values, a row on each line."""
    run_on = [_may_hold_table(piece, forms) for piece in pieces]
    if not any(run_on):
        return tuple(pieces)
    known = {w for piece, is_long in zip(pieces, run_on, strict=True) if not is_long for w in wordings(piece.text)}
    found: list[Piece] = []
    more = 0  # lines that were added so far
    for piece, is_long in zip(pieces, run_on, strict=True):
        parts = _rows(piece, forms) if is_long and not _stands_elsewhere(piece, known, forms) else []
        if not parts:
            found.append(replace(piece, line=piece.line + more))
            continue
        for number, row in enumerate(parts):
            found += (_cut(piece, span, piece.line + more + number, column) for column, span in enumerate(row))
        more += len(parts)
    return tuple(found)


def _may_hold_table(piece: Piece, forms: tuple[Template, ...]) -> bool:
    if piece.bounded or len(piece.text) < _LEAST or not isinstance(piece.place, TextSpan):
        return False
    words = normalise(piece.text)
    kinds = [kind for wording, kind in _telling(forms) if wording in words]
    has_heads = kinds.count(SlotKind.HEAD) >= _HEADS and len(kinds) >= _LABELS
    return has_heads or (kinds.count(SlotKind.ROW) >= _ROWS and len(_FIGURES.findall(piece.text)) >= _ROWS)


def _stands_elsewhere(piece: Piece, known: Collection[str], forms: tuple[Template, ...]) -> bool:
    """Whether the rows that the piece names stand in a table already: it is a summary of that."""
    words = normalise(piece.text)
    rows = [wording for wording, kind in _telling(forms) if kind is SlotKind.ROW and wording in words]
    return sum(wording in known for wording in rows) > _ELSEWHERE * len(rows)


@cache
def _telling(forms: tuple[Template, ...]) -> tuple[tuple[str, SlotKind], ...]:
    """Return the wordings of the tables' labels that are too long to be part of a word, each with what it labels."""
    kinds = wording_kinds(forms)
    return tuple(
        (wording, SlotKind.HEAD if SlotKind.HEAD in kinds[wording] else SlotKind.ROW)
        for wording in kinds
        if len(wording) >= _SHORT and kinds[wording] & {SlotKind.HEAD, SlotKind.ROW}
    )


@cache
def _labels(forms: tuple[Template, ...]) -> re.Pattern[str]:
    """Return the pattern of all labels, the longest first; a short one ends where no word goes on."""
    wordings = sorted(label_index(forms), key=len, reverse=True)
    ends = (r"(?=[\s\d/—\-]|$)" if len(wording) < _SHORT else "" for wording in wordings)
    spelt = (_BETWEEN.join(map(re.escape, wording)) for wording in wordings)
    return re.compile("|".join(label + end for label, end in zip(spelt, ends, strict=True)))


def _rows(piece: Piece, forms: tuple[Template, ...]) -> list[list[tuple[int, int]]]:
    """Return the spans of the labels and values in the piece, by rows; none if they are words of a sentence."""
    text = piece.text.translate(characters().simplify)
    kinds = wording_kinds(forms)
    labels = [match.span() for match in _labels(forms).finditer(text)]
    bounds = [*labels, (len(text), len(text))]
    behind = [text[end:start] for (_, end), (start, _) in pairwise(bounds)]
    if sum(_SENTENCE.search(words) is not None for words in behind) > _SPOKEN * len(labels):
        return []
    rows = [list(_words(text, 0, labels[0][0]))]
    for (start, end), (following, _) in pairwise(bounds):
        if SlotKind.HEAD not in kinds.get(normalise(text[start:end]), ()):
            rows.append([])
        rows[-1].append((start, end))
        words = list(_words(text, end, following))
        if following - end >= _PROSE and _SENTENCE.search(text[end:following]):
            rows.append(words)
        else:
            rows[-1] += words
    return [row for row in rows if row]


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words between two labels; of running text that of all of it."""
    if end - start >= _PROSE and _SENTENCE.search(text, start, end):
        stripped = text[start:end].strip()
        begin = text.index(stripped, start)
        yield begin, begin + len(stripped)
    else:
        yield from (word.span() for word in _WORD.finditer(text, start, end))


def _cut(piece: Piece, span: tuple[int, int], line: int, column: int) -> Piece:
    assert isinstance(piece.place, TextSpan)
    start, end = span
    place = TextSpan(piece.place.start + start, piece.place.start + end)
    return replace(piece, text=piece.text[start:end], place=place, line=line, column=column)
