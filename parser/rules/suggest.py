"""Broken equations become the cells to look at and the changes that would repair them, each with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from parser.model.finding import Suggestion
from parser.model.report import Cell, CellKey
from parser.rules.evaluate import Outcomes, Reading, terms
from parser.rules.expand import Instance, Values
from parser.rules.explain import Explained, Explanation, Residuals, explain
from parser.rules.fill import fill
from parser.rules.form import Form
from parser.rules.system import Network, System

MOST_SUGGESTIONS = 5
FEW_CELLS = 6

Suspects = dict[CellKey, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A system with broken equations: their residuals by number, and what is known of its cells."""

    form: Form
    reading: Reading
    system: System
    network: Network
    residuals: Residuals

    def cell(self, position: int) -> Cell:
        return self.reading.cells[position]

    def broken_at(self, position: int) -> list[int]:
        return [number for number, _ in self.network.incidence[position] if number in self.residuals]

    def ids(self, numbers: list[int]) -> tuple[str, ...]:
        return tuple(self.system.equations[number].id for number in numbers or self.residuals)


def suggest(
    form: Form, parts: tuple[System, ...], outcomes: Outcomes, reading: Reading
) -> tuple[Suspects, list[Suggestion]]:
    """Return the cells that can explain the broken equations, with their ids, and suggestions, best first.

    Suggestions are values for unreadable cells, one each, and at most ``MOST_SUGGESTIONS`` repairs.
    """
    suspects: Suspects = {}
    unique: list[Suggestion] = []
    likely: list[Suggestion] = []
    for trouble in _troubles(form, parts, outcomes, reading):
        explained = explain(trouble.system, trouble.network, trouble.residuals, reading.values)
        plausible = _plausible(trouble, explained)
        suspects |= _suspects(trouble, explained, plausible)
        for suggestion in _repairs(trouble, explained, plausible):
            (unique if suggestion.certainty == "unique" else likely).append(suggestion)
    repairs = [*unique, *likely][:MOST_SUGGESTIONS]
    return suspects, sorted([*_fillings(form, parts, reading), *repairs], key=lambda s: s.certainty != "unique")


def _troubles(form: Form, parts: tuple[System, ...], outcomes: Outcomes, reading: Reading) -> Iterator[_Trouble]:
    broken = dict(outcomes.broken)
    if not broken:
        return
    for system in parts:
        residuals = {n: broken[equation] for n, equation in enumerate(system.equations) if equation in broken}
        if residuals:
            yield _Trouble(form, reading, system, system.evaluated(outcomes.skipped), residuals)


def _plausible(trouble: _Trouble, explained: Explained) -> tuple[Explanation, ...]:
    """Return the explanations that are the least far-fetched."""
    inventions = [_inventions(trouble, explanation) for explanation in explained.explanations]
    least = min(inventions, default=0)
    return tuple(e for e, count in zip(explained.explanations, inventions, strict=True) if count == least)


def _suspects(trouble: _Trouble, explained: Explained, plausible: tuple[Explanation, ...]) -> Suspects:
    """Return the cells of all explanations, or of the plausible ones when these are many and far-fetched.

    Where one cell is enough every cell that could be it is suspect: nothing else tells them apart.
    """
    positions = _cells(explained.explanations)
    if len(positions) > FEW_CELLS and any(len(explanation) > 1 for explanation in explained.explanations):
        positions = _cells(plausible)
    if not explained.complete:
        positions |= _crossings(trouble)
    if len(trouble.residuals) == 1:
        positions |= _figures(trouble)
    return {trouble.form.keys[p]: trouble.ids(trouble.broken_at(p)) for p in sorted(positions)}


def _figures(trouble: _Trouble) -> set[int]:
    """Return the cells that hold figures in the only broken equation: nothing tells how many of them are wrong."""
    (number,) = trouble.residuals
    return {position for position, _ in trouble.network.members[number] if trouble.cell(position).value}


def _cells(explanations: Iterable[Explanation]) -> set[int]:
    return {position for explanation in explanations for position, _ in explanation}


def _inventions(trouble: _Trouble, explanation: Explanation) -> int:
    """Count the zeros, doubted by nobody, that would have to be figures: readers lose and distort, they do not invent.

    A zero does not count when it is a total, or when its figure stands in another cell of the row, which would be 0.
    """
    keys, cells = trouble.form.keys, trouble.reading.cells
    moved = {(keys[p].row, cells[p].value) for p, value in explanation if not value}
    return sum(
        not cells[p].value
        and not cells[p].doubts
        and p not in trouble.system.totals
        and (keys[p].row, value) not in moved
        for p, value in explanation
    )


def _distortions(trouble: _Trouble, explanation: Explanation) -> int:
    """Count the cells, doubted by nobody, whose figure would be more than one character off."""
    cells = trouble.reading.cells
    return sum(not cells[p].doubts and not _is_one_slip(cells[p].shown, f"{value:f}") for p, value in explanation)


def _is_one_slip(old: str, new: str) -> bool:
    """Whether one character was changed, lost or added."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return old[start + 1 :] in (new[start + 1 :], new[start:]) or old[start:] == new[start + 1 :]


def _crossings(trouble: _Trouble) -> set[int]:
    """Return the cells in two or more broken equations, and all cells of the equations that none of them is in."""
    counts = {p: trouble.broken_at(p) for p in trouble.network.incidence if trouble.reading.values[p] is not None}
    crossing = {p for p, numbers in counts.items() if len(numbers) > 1}
    covered = {number for p in crossing for number in counts[p]}
    return crossing | {p for p, numbers in counts.items() if not covered.issuperset(numbers)}


def _repairs(trouble: _Trouble, explained: Explained, plausible: tuple[Explanation, ...]) -> Iterator[Suggestion]:
    """Yield what all explanations agree on as unique, the rest of each plausible one as likely, best first."""
    explanations = explained.explanations
    agreed = frozenset.intersection(*explanations) if explanations and explained.complete else frozenset()
    proven = frozenset(change for change in agreed if _is_proven(trouble, change, explanations))
    for change in sorted(proven):
        yield _suggestion(trouble, frozenset({change}), "unique")
    is_only = explained.complete and len(explanations) == 1
    rest = [explanation - proven for explanation in plausible if explanation - proven]
    for changes in sorted(rest, key=lambda e: _rank(trouble, e))[:MOST_SUGGESTIONS]:
        is_overdetermined = all(len(trouble.broken_at(p)) > 1 for p, _ in changes)
        yield _suggestion(trouble, changes, "unique" if is_only and is_overdetermined else "likely")


def _is_proven(trouble: _Trouble, change: tuple[int, Decimal], explanations: tuple[Explanation, ...]) -> bool:
    """Whether the change repairs two or more equations by itself, whatever the rest of the explanation is."""
    numbers = {number for number, _ in trouble.network.incidence[change[0]]}
    others = {number for e in explanations for p, _ in e - {change} for number, _ in trouble.network.incidence[p]}
    return len(trouble.broken_at(change[0])) > 1 and numbers.isdisjoint(others)


def _rank(trouble: _Trouble, changes: Explanation) -> tuple[int, int, list[int]]:
    undoubted = sum(not trouble.cell(p).doubts for p, _ in changes)
    return undoubted, _distortions(trouble, changes), sorted(p for p, _ in changes)


def _suggestion(trouble: _Trouble, changes: Explanation, certainty: str) -> Suggestion:
    values = list(trouble.reading.values)
    for position, value in changes:
        values[position] = value
    touched = sorted({n for position, _ in changes for n in trouble.broken_at(position)})
    equations = [trouble.system.equations[n] for n in touched]
    return Suggestion(
        values={trouble.form.keys[position]: value for position, value in sorted(changes)},
        equations=tuple(equation.id for equation in equations),
        certainty=certainty,
        proof=_proof(equations, values),
    )


def _fillings(form: Form, parts: tuple[System, ...], reading: Reading) -> Iterator[Suggestion]:
    for system in parts:
        for filled in fill(system, reading):
            yield Suggestion(
                values={form.keys[filled.position]: filled.value},
                equations=tuple(equation.id for equation in filled.equations),
                certainty="unique" if filled.checked else "likely",
                proof=_proof(filled.equations, filled.values),
            )


def _proof(equations: Iterable[Instance], values: Values) -> str:
    return "；".join(f"{e.place}：{terms(e.left, values)} = {terms(e.right, values)}" for e in equations)
