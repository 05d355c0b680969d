"""Labels of a form found in a document: fuzzy matches, then the best chain of them in the form's order.

Garbled, torn or missing labels, repeated page headers and foreign lines cost weight; nothing is ever counted off.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from parser.extract.values import leaked_value, looks_like_value
from parser.model.document import Piece
from parser.model.template import Template
from parser.templates.labels import Slot, SlotKind, label_index, normalise, slots, wording_kinds, wordings

_BEGINNING = re.compile(r"[\u4e00-\u9fff]|[1-9]\s*[.、．]")
_LONGEST = 90  # no label with its explanation in brackets is longer
_SURE = 0.8  # similarity from which a text says a label, whatever its place
_FUZZY = 62  # rapidfuzz ratio (0–100) from which a text may be a garbled label
_PREFIX = 0.85  # share of a fragment's characters that must stand in the label, in order
_PREFIX_LEAST = 4  # … and how many at least
_RUN_PIECES = 8
_RUN_LENGTH = 46
_LABEL_COLUMNS = 4  # labels stand in the first columns of a table
_ROW_STEP = 3  # lines between a table row and the next, blank lines counted
_NEAR = 40  # how far before the first and after the last certain label a garbled one is looked for, in pieces
_WORTH = {SlotKind.ROW: 1.5, SlotKind.SECTION: 1.0, SlotKind.GROUP: 0.8, SlotKind.HEAD: 0.6}  # rows carry the values
_FULL_WEIGHT = 12  # a label of so many characters counts fully


@dataclass(frozen=True, slots=True)
class Candidate:
    """Pieces that may together be the label with this wording; ``similarity`` is 0–1."""

    pieces: tuple[int, ...]
    wording: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Match:
    """A label of the form found at these pieces."""

    slot: Slot
    pieces: tuple[int, ...]
    similarity: float

    @property
    def start(self) -> int:
        """Index of the first piece."""
        return self.pieces[0]


@dataclass(frozen=True)
class Alignment:
    """A form laid along a document: the labels found in the form's order.

    ``known`` are pieces that say a label of any form, in the chain or not; ``unused`` the wordings of those that are
    not part of it.
    """

    template: Template
    forms: tuple[Template, ...]
    pieces: Sequence[Piece]
    matches: tuple[Match, ...]
    weight: float
    known: frozenset[int]
    unused: frozenset[str]

    @cached_property
    def label_pieces(self) -> frozenset[int]:
        """Pieces that are part of a matched label."""
        return frozenset(i for match in self.matches for i in match.pieces)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """First pieces of the matched labels, ascending."""
        return tuple(match.start for match in self.matches)

    def is_foreign_row(self, piece: Piece) -> bool:
        """Whether the piece labels a row of another form, or repeats a row of this one."""
        kinds = wording_kinds(self.forms)
        return any(kinds.get(wording) == frozenset({SlotKind.ROW}) for wording in wordings(piece.text))

    def has_values(self, match: Match) -> bool:
        """Whether a value follows the label before any other text."""
        return _value_follows(self.pieces, match.pieces)


def find_candidates(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[Candidate, ...]:
    """Return everything in ``pieces`` that may be a label of one of ``forms``, in reading order."""
    index = label_index(forms)
    texts = {i: wordings(p.text) for i, p in enumerate(pieces) if _may_be_label(p)}
    found: dict[int, list[Candidate]] = {}
    for i, options in texts.items():
        wording = next((option for option in options if option in index), None)
        if wording:
            found[i] = [Candidate((i,), wording, 1.0)]
    exact = frozenset(found)
    near = _tables(found, forms)
    order = [i for i in texts if texts[i][0]]
    choices = list(index)
    below = _pieces_below(pieces)
    for place, i in enumerate(order):
        if i in found or i not in near:
            continue
        fuzzy = _garbled(i, texts[i], choices)
        if leaked_value(pieces[i].text) is None and _BEGINNING.search(pieces[i].text):
            for run in (iter(order[place : place + _RUN_PIECES]), _descending(i, below)):
                fuzzy += _torn(run, pieces, exact, choices)
        found[i] = _best(fuzzy) or _fragments(i, texts[i][0], choices)
    return tuple(candidate for i in sorted(found) for candidate in found[i])


def align(
    pieces: Sequence[Piece], template: Template, forms: tuple[Template, ...], candidates: Sequence[Candidate]
) -> Alignment:
    """Return the heaviest chain of candidates that keeps both the document's and the form's order."""
    index = label_index(forms)
    sequence = slots(template)
    kinds = wording_kinds(forms)
    links = [
        (candidate, position)
        for candidate in candidates
        for form, position in index[candidate.wording]
        if form == template.id
        and _is_ordered(sequence[position])
        and (
            sequence[position].row is None
            or SlotKind.HEAD not in kinds[candidate.wording]
            or _value_follows(pieces, candidate.pieces)
        )
    ]
    chain, weight = _heaviest_chain(links, sequence)
    matches = tuple(Match(sequence[position], c.pieces, c.similarity) for c, position in chain)
    used = {i for m in matches for i in m.pieces}
    whole = [c for c in candidates if c.similarity >= _SURE and len(c.pieces) == 1]
    known = frozenset(used.union(*(c.pieces for c in whole)))
    unused = frozenset(c.wording for c in whole if used.isdisjoint(c.pieces))
    return Alignment(template, forms, pieces, matches, weight, known, unused)


def _value_follows(pieces: Sequence[Piece], label: Sequence[int]) -> bool:
    following = (piece.text for piece in pieces[label[-1] + 1 :] if piece.text)
    return looks_like_value(next(following, ""))


def _is_ordered(slot: Slot) -> bool:
    """Whether the label stands in reading order; vertical group labels run beside their rows and do not."""
    return slot.kind is not SlotKind.GROUP or (slot.block is not None and slot.block.line is not None)


def _heaviest_chain(
    links: Sequence[tuple[Candidate, int]], sequence: Sequence[Slot]
) -> tuple[list[tuple[Candidate, int]], float]:
    """Weighted longest increasing chain over (first piece, slot position), O(n log n) with a prefix-maximum tree."""
    links = sorted(links, key=lambda link: (link[0].pieces[0], -link[1]))
    tree: list[tuple[float, int, int]] = [(0.0, -1, -1)] * (len(sequence) + 1)
    total = [0.0] * len(links)
    before = [-1] * len(links)
    waiting: list[tuple[int, int]] = []
    for n, (candidate, position) in enumerate(links):
        while waiting and links[waiting[0][1]][0].pieces[0] < candidate.pieces[0]:
            _raise(tree, waiting[0][1], links, total)
            heapq.heappop(waiting)
        best = (0.0, -1, -1)
        node = position
        while node > 0:
            best = max(best, tree[node])
            node -= node & -node
        total[n] = best[0] + _weight(candidate, sequence[position])
        before[n] = best[2]
        heapq.heappush(waiting, (candidate.pieces[0], n))
    if not links:
        return [], 0.0
    last = max(range(len(links)), key=lambda n: (total[n], -n))
    weight = total[last]
    chain: list[tuple[Candidate, int]] = []
    while last >= 0:
        chain.append(links[last])
        last = before[last]
    return chain[::-1], weight


def _weight(candidate: Candidate, slot: Slot) -> float:
    """How much the match says: long labels, labels of rows and exact wordings most."""
    length = min(len(normalise(slot.label.text)), _FULL_WEIGHT)
    return candidate.similarity**2 * (2 + length) * _WORTH[slot.kind]


def _raise(
    tree: list[tuple[float, int, int]], n: int, links: Sequence[tuple[Candidate, int]], total: Sequence[float]
) -> None:
    candidate, position = links[n]
    entry = (total[n], candidate.pieces[0], n)
    node = position + 1
    while node < len(tree):
        tree[node] = max(tree[node], entry)
        node += node & -node


def _may_be_label(piece: Piece) -> bool:
    return bool(piece.text) and len(piece.text) <= _LONGEST and not looks_like_value(piece.text)


def _tables(found: Mapping[int, list[Candidate]], forms: tuple[Template, ...]) -> range:
    """Return the stretch of the document in which garbled labels are looked for: around all certain table labels."""
    kinds = wording_kinds(forms)
    sure = [i for i, (candidate, *_) in found.items() if kinds[candidate.wording] != frozenset({SlotKind.SECTION})]
    return range(min(sure) - _NEAR, max(sure) + _NEAR) if sure else range(10**9)


def _garbled(i: int, options: tuple[str, ...], choices: Sequence[str]) -> list[Candidate]:
    return [
        Candidate((i,), wording, score / 100)
        for option in options
        for wording, score, _ in process.extract(option, choices, scorer=fuzz.ratio, score_cutoff=_FUZZY, limit=4)
    ]


def _torn(
    run: Iterator[int], pieces: Sequence[Piece], exact: Collection[int], choices: Sequence[str]
) -> list[Candidate]:
    """Join the pieces of ``run`` one by one; return the labels that the joined texts resemble."""
    members = [next(run)]
    joined = normalise(pieces[members[0]].text)
    results: list[Candidate] = []
    for i in run:
        text = normalise(pieces[i].text)
        if len(joined) + len(text) > _RUN_LENGTH or leaked_value(pieces[i].text):
            break
        if i in exact and len(text) > _PREFIX_LEAST:
            break
        members.append(i)
        joined += text
        results += (
            Candidate(tuple(members), wording, score / 100)
            for wording, score, _ in process.extract(joined, choices, scorer=fuzz.ratio, score_cutoff=70, limit=2)
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
    for _ in range(3):
        if i not in below:
            return
        i = below[i]
        yield i
