"""Which form a document uses, decided by its labels, block by block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parser.model.template import Template
from parser.templates.labels import slots, wordings


@dataclass(frozen=True, slots=True)
class Vote:
    """How strongly the labels of one part (a block of table two, table three) speak for a form."""

    part: str
    form: str
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The form in use (None: undecidable) and the parts whose labels are those of another form."""

    form: str | None
    foreign: dict[str, str]


@cache
def decisive(template: Template, forms: tuple[Template, ...]) -> frozenset[int]:
    """Return the slot positions of labels that no other form has in any wording."""
    others = {
        wording
        for form in forms
        if form is not template
        for slot in slots(form)
        for text in (slot.label.text, *slot.label.aliases)
        for wording in wordings(text)
    }
    return frozenset(
        slot.position for slot in slots(template) if slot.table and wordings(slot.label.text)[0] not in others
    )


def choose(votes: Sequence[Vote], wanted: str | None = None) -> Choice:
    """Return the form of most parts; a tie goes to the greater weight, no vote at all is undecidable.

    ``wanted`` is a form that a person has chosen: it is taken whatever the labels say.
    """
    by_part: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for vote in votes:
        by_part[vote.part][vote.form] += vote.weight
    winners = {part: max(counts, key=counts.__getitem__) for part, counts in by_part.items()}
    if not winners:
        return Choice(wanted, {})
    parts = Counter(winners.values())
    form = wanted or max(parts, key=lambda name: (parts[name], sum(counts[name] for counts in by_part.values())))
    foreign = {part: winner for part, winner in winners.items() if winner != form and not by_part[part][form]}
    return Choice(form, foreign)
