"""Broken equations become the cells to look at and the changes that would repair them, each with its proof."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from parser.model.finding import Suggestion
from parser.model.report import CellKey, State
from parser.rules.evaluate import Outcomes, Reading, terms
from parser.rules.expand import Instance, Values
from parser.rules.explain import Explained, explain
from parser.rules.fill import Filled, fill
from parser.rules.form import Form
from parser.rules.problem import Changes, Explanation, Problem, pose
from parser.rules.rivals import Part, parts, split
from parser.rules.system import System
from parser.rules.together import with_joint_changes

MOST_SUGGESTIONS = 5
MOST_STEPS = 3_000
EXCHANGING = 3  # parts that change by the same amount, from which the search for what rivals them is not far enough
TIES = 2  # what another explanation of everything may cost more than the best and still be told, as in rules.slips

Suspects = dict[CellKey, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A system with broken equations, what can explain them, and the parts of the best explanation."""

    form: Form
    reading: Reading
    problem: Problem
    explained: Explained
    parts: tuple[Part, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything that is in question is known."""
        best = self.explained.explanations[:1]
        is_best = all(self.explained.reach > explanation.cost + TIES for explanation in best)
        return bool(best) and is_best and all(part.complete for part in self.parts)

    def broken_at(self, position: int) -> list[int]:
        incidence, residuals = self.problem.network.incidence, self.problem.residuals
        return [number for number, _ in incidence[position] if number in residuals]

    def amounts(self, changes: Changes) -> frozenset[int]:
        """Return by how much the cells change, up or down."""
        return frozenset(abs(value - (self.problem.values[position] or 0)) for position, value in changes)

    def shared(self, parts: int) -> frozenset[int]:
        """Return the amounts by which so many parts or more change: these parts can trade their changes."""
        counts = Counter(amount for part in self.parts for amount in self.amounts(part.changes))
        return frozenset(amount for amount, count in counts.items() if count >= parts)

    def said(self, changes: Changes) -> Changes:
        """Return the changes to what a second reading says, if they close an equation and break none by themselves.

        Empty unless other changes are to cells whose readings agree: those are the office's to make.
        """
        likely = self.problem.likelihood
        if not any(self.reading.cells[position].is_confirmed for position, _ in changes):
            return frozenset()
        said = frozenset((position, value) for position, value in changes if likely.said(position) == value)
        left = self.problem.after(said).residuals
        return said if left.keys() < self.problem.residuals.keys() else frozenset()

    def closed(self, changes: Changes) -> list[int]:
        """Return the broken equations of the cells that hold after the changes."""
        left = self.problem.after(changes).residuals
        return sorted({n for position, _ in changes for n in self.broken_at(position) if n not in left})

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.problem.system.equations[number].id for number in numbers)


def suggest(
    form: Form, systems: tuple[System, ...], outcomes: Outcomes, reading: Reading
) -> tuple[Suspects, list[Suggestion]]:
    """Return the cells that can explain the broken equations, with their ids, and suggestions, best first.

    Suggestions are values for unreadable cells, one each, for absent rows, the parts of the best repair, and, up to
    ``MOST_SUGGESTIONS`` of both, what rivals them.
    """
    suspects: Suspects = {}
    best: list[Suggestion] = []
    rivals: list[Suggestion] = []
    for trouble in _troubles(form, systems, outcomes, reading):
        suspects |= _suspects(trouble)
        best += _repairs(trouble)
        rivals += islice(_rivals(trouble), MOST_SUGGESTIONS)
    repairs = [*best, *rivals[: max(0, MOST_SUGGESTIONS - len(best))]]
    return suspects, sorted([*_fillings(form, systems, reading), *repairs], key=_is_unproven)


def _is_unproven(suggestion: Suggestion) -> bool:
    return suggestion.certainty != "unique"


def _troubles(form: Form, systems: tuple[System, ...], outcomes: Outcomes, reading: Reading) -> Iterator[_Trouble]:
    for system in systems if outcomes.broken else ():
        problem = pose(system, outcomes, reading)
        if problem.residuals:
            alone = explain(problem, (TIES, TIES), None, MOST_STEPS)
            explained = with_joint_changes(problem, alone, MOST_STEPS)
            found = (part for best in explained.explanations[:1] for part in parts(problem, best))
            yield _Trouble(form, reading, problem, explained, tuple(found))


def _suspects(trouble: _Trouble) -> Suspects:
    """Return the cells of all explanations in question that stand in a broken equation; pinned ones are left alone."""
    positions = {position for explanation in trouble.explained.explanations for position, _ in explanation.changes}
    for part in trouble.parts:
        positions |= {position for rival in part.rivals for position, _ in rival.changes}
    positions |= _exchanges(trouble)
    if not trouble.is_complete:
        positions |= _crossings(trouble)
    if len(trouble.problem.residuals) == 1 or not trouble.explained.explanations:
        positions |= _figures(trouble)
    broken = {position: trouble.broken_at(position) for position in sorted(positions)}
    return {trouble.form.keys[p]: trouble.ids(numbers) for p, numbers in broken.items() if numbers}


def _figures(trouble: _Trouble) -> set[int]:
    """Return the cells of broken equations that hold figures, for where nothing tells how many of them are wrong."""
    members = trouble.problem.network.members
    return {p for number in trouble.problem.residuals for p, _ in members[number] if trouble.problem.values[p]}


def _exchanges(trouble: _Trouble) -> set[int]:
    """Return the cells in two equations that are broken by an amount that three parts or more change by."""
    problem, amounts = trouble.problem, trouble.shared(EXCHANGING)
    broken = {number for number, residual in problem.residuals.items() if abs(residual) in amounts}
    readable = (p for p in problem.network.incidence if amounts and problem.values[p] is not None)
    return {p for p in readable if len(broken.intersection(trouble.broken_at(p))) > 1}


def _crossings(trouble: _Trouble) -> set[int]:
    """Return the cells in two or more broken equations, and all cells of the equations that none of them is in."""
    values = trouble.problem.values
    counts = {p: trouble.broken_at(p) for p in trouble.problem.network.incidence if values[p] is not None}
    crossing = {p for p, numbers in counts.items() if len(numbers) > 1}
    covered = {number for p in crossing for number in counts[p]}
    return crossing | {p for p, numbers in counts.items() if not covered.issuperset(numbers)}


def _repairs(trouble: _Trouble) -> Iterator[Suggestion]:
    """Yield the parts of the best explanation."""
    for part in trouble.parts:
        said = trouble.said(part.changes)
        if said and said != part.changes:
            yield _suggestion(trouble, said, "likely")
        yield _suggestion(trouble, part.changes, "unique" if _is_unique(trouble, part) else "likely")


def _rivals(trouble: _Trouble) -> Iterator[Suggestion]:
    """Yield the parts of other explanations of everything, then what rivals a part, the likeliest first."""
    others = [c for e in trouble.explained.explanations[1:] for c in split(trouble.problem.network, e.changes)]
    others += [rival.changes for rival in sorted((r for part in trouble.parts for r in part.rivals), key=_rank)]
    offered = {part.changes for part in trouble.parts}
    for changes in dict.fromkeys(others):
        if changes not in offered:
            yield _suggestion(trouble, changes, "likely")


def _rank(explanation: Explanation) -> tuple[int, list[tuple[int, int]]]:
    return explanation.cost, sorted(explanation.changes)


def _is_unique(trouble: _Trouble, part: Part) -> bool:
    """Whether no other explanation is in question, and more equations prove the part than it changes cells.

    What two readings agree on is printed so: it is the office that would have to say what it should be.
    """
    if any(trouble.reading.cells[position].is_confirmed for position, _ in part.changes):
        return False
    if not trouble.shared(2).isdisjoint(trouble.amounts(part.changes)):
        return False
    closed = {number for position, _ in part.changes for number in trouble.broken_at(position)}
    is_agreed = all(part.changes <= other.changes for other in trouble.explained.explanations)
    return part.sure and trouble.is_complete and is_agreed and len(closed) > len(part.changes)


def _suggestion(trouble: _Trouble, changes: Changes, certainty: str) -> Suggestion:
    keys, problem = trouble.form.keys, trouble.problem
    figures = {position: Decimal(value) / problem.scale for position, value in sorted(changes)}
    values = [figures.get(position, value) for position, value in enumerate(trouble.reading.values)]
    closed = trouble.closed(changes)
    return Suggestion(
        values={keys[position]: figure for position, figure in figures.items()},
        equations=trouble.ids(closed),
        certainty=certainty,
        proof=_proof([problem.system.equations[number] for number in closed], values),
    )


def _fillings(form: Form, systems: tuple[System, ...], reading: Reading) -> Iterator[Suggestion]:
    """Yield values for unreadable cells, one each, and for absent rows where the equations determine them all."""
    for system in systems:
        rows: dict[tuple[str, str], list[Filled]] = defaultdict(list)
        for filled in fill(system, reading):
            key = form.keys[filled.position]
            if reading.cells[filled.position].state is State.ABSENT:
                rows[key.table, key.row].append(filled)
            else:
                yield _filling(form, [filled], "unique" if filled.checked else "likely")
        for (table, row), found in rows.items():
            if len(found) == len(form.match_cells(table, row, "*")):
                yield _filling(form, found, "likely")


def _filling(form: Form, found: Sequence[Filled], certainty: str) -> Suggestion:
    equations = list(dict.fromkeys(equation for filled in found for equation in filled.equations))
    return Suggestion(
        values={form.keys[filled.position]: filled.value for filled in found},
        equations=tuple(equation.id for equation in equations),
        certainty=certainty,
        proof=_proof(equations, found[0].values),
    )


def _proof(equations: Sequence[Instance], values: Values) -> str:
    return "；".join(f"{e.place}：{terms(e.left, values)} = {terms(e.right, values)}" for e in equations)
