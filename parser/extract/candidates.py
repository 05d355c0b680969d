"""Pieces of a document that may be labels of a form: exact wordings, garbled ones, and torn ones joined again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from parser.extract.values import leaked_value, looks_like_value
from parser.model.document import Piece
from parser.model.template import Template
from parser.templates.characters import characters
from parser.templates.labels import SlotKind, label_index, normalise, wording_kinds, wordings

_BEGINNING = re.compile(r"[\u4e00-\u9fff]|[1-9]\s*[.、．]")
_LONGEST = 400  # no label with its explanation in brackets is longer, pinyin at every other character or not …
_LONGEST_BARE = 90  # … nor without them
_NONE = re.compile(r"(?:无|未|没有|暂无|不)(?!法|经|现|予|再|掌)")
_FEW_WORDS = 6
_FUZZY = 62  # rapidfuzz ratio (0–100) from which a text may be a garbled label
_TORN = 70  # … and from which joined pieces may be a torn one
_PREFIX = 0.85  # share of a fragment's characters that must stand in the label, in order
_PREFIX_LEAST = 4  # … and how many at least
_RUN_PIECES = 8
_RUN_LENGTH = 46
_LABEL_COLUMNS = 4  # labels stand in the first columns of a table
_ROW_STEP = 3  # lines between a table row and the next, blank lines counted
_NEAR = 40  # how far before the first and after the last clear label a garbled one is looked for, in pieces
_CLEAR = 0.7  # similarity of a garbled label that is clear


@dataclass(frozen=True, slots=True)
class Candidate:
    """Pieces that may together be the label with this wording; ``similarity`` is 0–1."""

    pieces: tuple[int, ...]
    wording: str
    similarity: float


def find_candidates(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[Candidate, ...]:
    """Return everything in ``pieces`` that may be a label of one of ``forms``, in reading order."""
    index = label_index(forms)
    texts = {i: options for i, p in enumerate(pieces) if (options := _as_label(p))}
    found: dict[int, list[Candidate]] = {}
    for i, options in texts.items():
        wording = next((option for option in options if option in index), None)
        if wording:
            found[i] = [Candidate((i,), wording, 1.0)]
    exact = frozenset(found)
    first, last = _tables(found, forms, len(pieces))
    order = [i for i in texts if texts[i][0]]
    choices = list(index)
    below = _pieces_below(pieces)
    begin = bisect_left(order, first)
    for place in (*range(begin, len(order)), *range(begin - 1, -1, -1)):  # away from the certain ones, either way
        i = order[place]
        if not first - _NEAR <= i < last + _NEAR or (i in exact and len(texts[i][0]) > _PREFIX_LEAST):
            continue
        fuzzy = found.get(i) or _garbled(i, texts[i], choices)
        if leaked_value(pieces[i].text) is None and _BEGINNING.search(pieces[i].text):
            for run in (iter(order[place : place + _RUN_PIECES]), _descending(i, below)):
                fuzzy += _torn(run, pieces, exact, choices, index)
        found[i] = _best(fuzzy) or _fragments(i, texts[i][0], choices)
        if any(candidate.similarity >= _CLEAR for candidate in found[i]):
            first, last = min(first, i), max(last, i)
    return tuple(candidate for i in sorted(found) for candidate in found[i])


def _as_label(piece: Piece) -> tuple[str, ...]:
    """Return the wordings of a piece that may be a label, none of any other."""
    if not piece.text or len(piece.text) > _LONGEST or looks_like_value(piece.text) or _says_none(piece.text):
        return ()
    return tuple(wording for wording in wordings(piece.text) if len(wording) <= _LONGEST_BARE)


def _tables(found: Mapping[int, list[Candidate]], forms: tuple[Template, ...], size: int) -> tuple[int, int]:
    """Return the first and last of the certain table labels in a document of so many pieces; the whole without any."""
    kinds = wording_kinds(forms)
    sure = [i for i, (candidate, *_) in found.items() if kinds[candidate.wording] != frozenset({SlotKind.SECTION})]
    return (min(sure), max(sure)) if sure else (0, size)


def _says_none(text: str) -> bool:
    """Whether a few words say that there is nothing to count (无行政许可), and are not what is left of a label."""
    words = normalise(text)
    return words in characters().value_words or (len(words) <= _FEW_WORDS and _NONE.match(words) is not None)


def _garbled(i: int, options: tuple[str, ...], choices: Sequence[str]) -> list[Candidate]:
    return [
        Candidate((i,), wording, score / 100)
        for option in options
        for wording, score, _ in process.extract(option, choices, scorer=fuzz.ratio, score_cutoff=_FUZZY, limit=4)
    ]


def _torn(
    run: Iterator[int],
    pieces: Sequence[Piece],
    exact: Collection[int],
    choices: Sequence[str],
    known: Collection[str],
) -> list[Candidate]:
    """Join the pieces of ``run`` one by one; return the labels that the joined texts resemble."""
    members = [next(run)]
    joined = normalise(pieces[members[0]].text)
    results: list[Candidate] = []
    for i in run:
        text = normalise(pieces[i].text)
        if len(joined) + len(text) > _RUN_LENGTH or leaked_value(pieces[i].text):
            break
        if i in exact and len(text) > _PREFIX_LEAST and joined + text not in known:
            break
        members.append(i)
        joined += text
        results += (
            Candidate(tuple(members), wording, score / 100)
            for wording, score, _ in process.extract(joined, choices, scorer=fuzz.ratio, score_cutoff=_TORN, limit=2)
        )
    return results


def _fragments(i: int, text: str, choices: Sequence[str]) -> list[Candidate]:
    """Return labels of which ``text`` is only a part, in order, the rest lost."""
    if len(text) < _PREFIX_LEAST:
        return []
    scored = process.extract(text, choices, scorer=LCSseq.similarity, score_cutoff=_PREFIX_LEAST, limit=3)
    return [
        Candidate((i,), wording, max(0.35, common / len(wording) * 0.8))
        for wording, common, _ in scored
        if common >= _PREFIX * len(text) and common * 3 >= len(wording)
    ]


def _best(candidates: list[Candidate]) -> list[Candidate]:
    """Keep, for each wording, the most similar candidate."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.wording)
        if known is None or candidate.similarity > known.similarity:
            best[candidate.wording] = candidate
    return list(best.values())


def _pieces_below(pieces: Sequence[Piece]) -> dict[int, int]:
    """Map each bounded piece to the next non-empty one in the same column of a following row."""
    below: dict[int, int] = {}
    columns: dict[int, list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        if piece.bounded and piece.text and piece.column < _LABEL_COLUMNS:
            columns[piece.column].append(i)
    for members in columns.values():
        below.update(
            (upper, lower) for upper, lower in pairwise(members) if pieces[lower].line - pieces[upper].line <= _ROW_STEP
        )
    return below


def _descending(i: int, below: Mapping[int, int]) -> Iterator[int]:
    yield i
    for _ in range(_RUN_PIECES - 1):
        if i not in below:
            return
        i = below[i]
        yield i
