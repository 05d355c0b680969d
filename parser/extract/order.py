"""Sections that do not stand in the order of the form become pieces that do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parser.extract.sections import with_ordinal
from parser.model.document import Piece
from parser.model.template import Template
from parser.templates.labels import SlotKind, label_index, slots, wording_kinds, wordings

_SECTION = frozenset({SlotKind.SECTION})


def section_starts(pieces: Sequence[Piece], forms: tuple[Template, ...]) -> tuple[tuple[str, int], ...]:
    """Return the numbers of the sections ("1" … "6") in the order of the document, each with its first piece.

    Empty when a title stands there twice (a table of contents): nobody knows then which begins the section.
    """
    kinds, index = wording_kinds(forms), label_index(forms)
    sequences = {form.id: slots(form) for form in forms}
    found: list[tuple[str, int]] = []
    for i, piece in enumerate(pieces):
        wording = next((w for w in wordings(piece.text) if kinds.get(w) == _SECTION), None)
        if wording is not None and not piece.bounded:
            form, position = index[wording][0]
            number = sequences[form][position].part.removeprefix("section/")
            found.append((number, with_ordinal(pieces, i)))
    numbers = [number for number, _ in found]
    return tuple(found) if len(set(numbers)) == len(numbers) else ()


def is_disordered(starts: Sequence[tuple[str, int]]) -> bool:
    """Whether a section stands before one that the form has before it."""
    return any(number > following for (number, _), (following, _) in pairwise(starts))


def in_order(pieces: Sequence[Piece], starts: Sequence[tuple[str, int]]) -> tuple[Piece, ...]:
    """Return the pieces with the sections, from title to title, in the order of the form."""
    ends = [*(start for _, start in starts[1:]), len(pieces)]
    parts = {number: pieces[start:end] for (number, start), end in zip(starts, ends, strict=True)}
    return (*pieces[: starts[0][1]], *(piece for number in sorted(parts) for piece in parts[number]))
