"""A form laid along a document: of all possible labels, the best chain that keeps the form's order.

Garbled, torn or missing labels, repeated page headers and foreign lines cost weight; nothing is ever counted off.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parser.extract.candidates import Candidate
from parser.extract.values import looks_like_value
from parser.model.document import Piece
from parser.model.template import Block, Template
from parser.templates.labels import Slot, SlotKind, label_index, normalise, slots, wording_kinds, wordings

SURE = 0.8  # similarity from which a text says a label, whatever its place
_CLOSE = 0.1  # two labels whose similarity differs by less cannot be told apart
_WORTH = {SlotKind.ROW: 1.5, SlotKind.SECTION: 1.0, SlotKind.GROUP: 0.8, SlotKind.HEAD: 0.6}  # rows carry the values
_FULL_WEIGHT = 12  # a label of so many characters counts fully


@dataclass(frozen=True, slots=True)
class Match:
    """A label of the form found at these pieces; ``rival`` is the row whose label it could be just as well."""

    slot: Slot
    pieces: tuple[int, ...]
    similarity: float
    rival: Slot | None = None

    @property
    def start(self) -> int:
        """Index of the first piece."""
        return self.pieces[0]


@dataclass(frozen=True)
class Alignment:
    """A form laid along a document: the labels found in the form's order.

    ``known`` are pieces that say a label of any form, in the chain or not; ``unused`` the wordings of those that are
    not part of it, by piece.
    """

    template: Template
    forms: tuple[Template, ...]
    pieces: Sequence[Piece]
    matches: tuple[Match, ...]
    weight: float
    known: frozenset[int]
    unused: Mapping[int, str]

    @cached_property
    def label_pieces(self) -> frozenset[int]:
        """Pieces that are part of a matched label."""
        return frozenset(i for match in self.matches for i in match.pieces)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """First pieces of the matched labels, ascending."""
        return tuple(match.start for match in self.matches)

    @cached_property
    def rivals(self) -> frozenset[tuple[str, str]]:
        """Tables and rows that garbled labels of other rows could be just as well."""
        rows = (match.rival for match in self.matches)
        return frozenset((slot.table.key, slot.row) for slot in rows if slot and slot.table and slot.row)

    @cached_property
    def line_sizes(self) -> Mapping[int, int]:
        """Number of pieces on each line."""
        return Counter(piece.line for piece in self.pieces)

    @cached_property
    def _unused_wordings(self) -> frozenset[str]:
        return frozenset(self.unused.values())

    def is_unused(self, wordings: Collection[str]) -> bool:
        """Whether a label with one of these wordings stands outside the chain."""
        return not self._unused_wordings.isdisjoint(wordings)

    def unused_in_head(self, block: Block) -> Mapping[int, str]:
        """Return the labels outside the chain between what is before the block's first header and its first row.

        A header printed once more, on the next page, lies behind.
        """
        heads = [m for m in self.matches if m.slot.block is block and m.slot.kind is SlotKind.HEAD]
        if not heads:
            return self.unused
        first = heads[0].start
        begin = max((m.pieces[-1] for m in self.matches if m.pieces[-1] < first), default=-1)
        rows = (m.start for m in self.matches if m.slot.kind is not SlotKind.HEAD and m.start > first)
        end = min(rows, default=len(self.pieces))
        return {i: wording for i, wording in self.unused.items() if begin < i < end}

    def is_foreign_row(self, piece: Piece) -> bool:
        """Whether the piece labels a row of another form, or repeats a row of this one."""
        kinds = wording_kinds(self.forms)
        return any(kinds.get(wording) == frozenset({SlotKind.ROW}) for wording in wordings(piece.text))

    def has_values(self, match: Match) -> bool:
        """Whether a value follows the label before any other text."""
        return _value_follows(self.pieces, match.pieces)

    def is_before_value(self, i: int) -> bool:
        """Whether a value follows the piece before any other text."""
        return _value_follows(self.pieces, (i,))

    def stands_again(self, match: Match) -> bool:
        """Whether the row's label stands a second time in the same kind of layout, followed by a value."""
        own = wordings(match.slot.label.text)
        if not self.is_unused(own):
            return False
        bounded = self.pieces[match.start].bounded
        return any(
            wording in own and self.pieces[i].bounded == bounded and _value_follows(self.pieces, (i,))
            for i, wording in self.unused.items()
        )


def align(
    pieces: Sequence[Piece], template: Template, forms: tuple[Template, ...], candidates: Sequence[Candidate]
) -> Alignment:
    """Return the heaviest chain of candidates that keeps the order of both, and in which no piece is of two labels."""
    sequence = slots(template)
    links = [
        (candidate, position)
        for candidate in candidates
        for position in _positions(candidate, template, forms)
        if _fits(candidate, sequence[position], pieces, forms)
    ]
    chain, weight = _heaviest_chain(links, sequence)
    while (weaker := _weaker_of_two_in_one(chain, sequence)) is not None:
        links.remove(weaker)
        chain, weight = _heaviest_chain(links, sequence)
    rivals = _rivals(chain, links, sequence)
    matches = tuple(Match(sequence[p], c.pieces, c.similarity, rivals.get(p)) for c, p in chain)
    used = {i for m in matches for i in m.pieces}
    whole = [c for c in candidates if c.similarity >= SURE and len(c.pieces) == 1]
    known = frozenset(used.union(*(c.pieces for c in whole)))
    unused = {c.pieces[0]: c.wording for c in whole if used.isdisjoint(c.pieces)}
    return Alignment(template, forms, pieces, matches, weight, known, unused)


def _positions(candidate: Candidate, template: Template, forms: tuple[Template, ...]) -> list[int]:
    return [position for form, position in label_index(forms)[candidate.wording] if form == template.id]


def _fits(candidate: Candidate, slot: Slot, pieces: Sequence[Piece], forms: tuple[Template, ...]) -> bool:
    """Whether the label may stand for the slot.

    Vertical group labels run beside their rows, out of reading order. A wording that also heads a column ("其他",
    "总计" without their numbers) labels a row only if a value follows.
    """
    if slot.kind is SlotKind.GROUP:
        return slot.block is not None and slot.block.line is not None
    if slot.row is None or SlotKind.HEAD not in wording_kinds(forms)[candidate.wording]:
        return True
    return _value_follows(pieces, candidate.pieces)


def _value_follows(pieces: Sequence[Piece], label: Sequence[int]) -> bool:
    for i in range(label[-1] + 1, len(pieces)):
        if pieces[i].text:
            return looks_like_value(pieces[i].text)
    return False


def _rivals(
    chain: Sequence[tuple[Candidate, int]], links: Sequence[tuple[Candidate, int]], sequence: Sequence[Slot]
) -> dict[int, Slot]:
    """Return, by matched position, another free row whose label the garbled text resembles nearly as much."""
    readings: dict[int, list[tuple[Candidate, int]]] = defaultdict(list)
    for candidate, position in links:
        readings[candidate.pieces[0]].append((candidate, position))
    rivals: dict[int, Slot] = {}
    bounds = [-1, *(position for _, position in chain), len(sequence)]
    for n, (chosen, position) in enumerate(chain):
        if chosen.similarity == 1 or not sequence[position].row:
            continue
        for other, at in readings[chosen.pieces[0]]:
            close = other.similarity >= chosen.similarity - _CLOSE
            if close and at != position and bounds[n] < at < bounds[n + 2] and sequence[at].row:
                rivals[position] = sequence[at]
    return rivals


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


def _weaker_of_two_in_one(
    chain: Sequence[tuple[Candidate, int]], sequence: Sequence[Slot]
) -> tuple[Candidate, int] | None:
    """Return the weaker of two labels of the chain that are made of the same piece, None if all have their own."""
    owners: dict[int, tuple[Candidate, int]] = {}
    for link in chain:
        for piece in link[0].pieces:
            other = owners.setdefault(piece, link)
            if other is not link:
                return min(link, other, key=lambda one: _weight(one[0], sequence[one[1]]))
    return None


def _weight(candidate: Candidate, slot: Slot) -> float:
    """How much the match says: long labels, labels of rows and exact wordings most, of two wordings the fuller."""
    length = min(len(normalise(slot.label.text)), _FULL_WEIGHT)
    return candidate.similarity**2 * (2 + length + len(candidate.wording) / 100) * _WORTH[slot.kind]


def _raise(
    tree: list[tuple[float, int, int]], n: int, links: Sequence[tuple[Candidate, int]], total: Sequence[float]
) -> None:
    candidate, position = links[n]
    entry = (total[n], candidate.pieces[0], n)
    node = position + 1
    while node < len(tree):
        tree[node] = max(tree[node], entry)
        node += node & -node
