"""Broken equations become the cells to look at and the changes that would repair them, each with its proof."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import islice

from parser.model.finding import Suggestion
from parser.model.report import CellKey, State
from parser.model.watch import Watch
from parser.rules.evaluate import Outcomes, Reading, least_residual, terms, written
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

SLIP = 11  # what one cell may cost to be a suspect by itself: a figure too faint to be seen, where 0 is due

_UNEQUAL, _EQUAL = "，不相等", "，相等"  # how the message of an equation that does not hold ends, and one that does

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
    def is_loose(self) -> bool:
        """Whether it is only known by how much an equation fails at least: a cell of it has no value."""
        members, values = self.problem.network.members, self.problem.values
        return any(values[p] is None for number in self.problem.residuals for p, _ in members[number])

    @property
    def is_complete(self) -> bool:
        """Whether everything that is in question is known."""
        best = self.explained.explanations[:1]
        is_best = all(self.explained.reach > explanation.cost + TIES for explanation in best)
        return bool(best) and is_best and all(part.complete for part in self.parts)

    def is_loose_at(self, position: int) -> bool:
        """Whether a cell stands in an equation that cannot be evaluated."""
        incidence = self.problem.system.network.incidence
        return len(self.problem.network.incidence[position]) < len(incidence[position])

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

    def rests_on_alike(self, changes: Changes) -> bool:
        """Whether a figure stands in all equations that the changes close, and more is wrong: 7 may be a 1 in each."""
        closed, changed = self.closed(changes), {position for position, _ in changes}
        figures = (
            {self.problem.values[p] for p, _ in self.problem.network.members[number] if p not in changed} - {0, None}
            for number in closed
        )
        alike = set[int | None].intersection(*figures) if closed else set()
        return bool(alike) and len(closed) < len(self.problem.residuals)

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
    form: Form, systems: tuple[System, ...], outcomes: Outcomes, reading: Reading, watch: Watch
) -> tuple[Suspects, list[Suggestion]]:
    """Return the cells that can explain the broken equations, with their ids, and suggestions, best first.

    Suggestions are values for unreadable cells, one each, for absent rows, the parts of the best repair, and, up to
    ``MOST_SUGGESTIONS`` of both, what rivals them.
    """
    suspects: Suspects = {}
    best: list[Suggestion] = []
    rivals: list[Suggestion] = []
    for trouble in _troubles(form, systems, outcomes, reading, watch):
        suspects |= _suspects(trouble)
        best += _repairs(trouble)
        rivals += islice(_rivals(trouble), MOST_SUGGESTIONS)
    repairs = [*best, *rivals[: max(0, MOST_SUGGESTIONS - len(best))]]
    return suspects, sorted([*_fillings(form, systems, reading), *repairs], key=_is_unproven)


def _is_unproven(suggestion: Suggestion) -> bool:
    return suggestion.certainty != "unique"


def _troubles(
    form: Form, systems: tuple[System, ...], outcomes: Outcomes, reading: Reading, watch: Watch
) -> Iterator[_Trouble]:
    for system in systems if outcomes.broken else ():
        problem = pose(system, outcomes, reading, watch)
        if problem.residuals:
            alone = explain(problem, (TIES, TIES), None, MOST_STEPS)
            explained = with_joint_changes(problem, alone, MOST_STEPS)
            skipped = [equation for equation in system.equations if equation in outcomes.skipped]
            is_possible = partial(_is_possible, skipped, problem, reading)
            possible = tuple(filter(is_possible, explained.explanations)) or explained.explanations
            found = (part for best in possible[:1] for part in parts(problem, best))
            kept = (replace(part, rivals=tuple(filter(is_possible, part.rivals))) for part in found)
            yield _Trouble(form, reading, problem, replace(explained, explanations=possible), tuple(kept))


def _is_possible(skipped: Sequence[Instance], problem: Problem, reading: Reading, explanation: Explanation) -> bool:
    """Whether no part becomes more than its total in an equation that cannot be evaluated."""
    values = list(reading.values)
    for position, value in explanation.changes if skipped else ():
        values[position] = Decimal(value) / problem.scale
    return not any(least_residual(equation, values) for equation in skipped)


def _suspects(trouble: _Trouble) -> Suspects:
    """Return the cells of all explanations in question that stand in a broken equation; pinned ones are left alone.

    Those of one more equation, which cannot be evaluated, are not pinned: they are suspects as the cells are that they
    would change together with.
    """
    changes = [explanation.changes for explanation in trouble.explained.explanations]
    changes += [rival.changes for part in trouble.parts for rival in part.rivals]
    positions = {position for each in changes for position, _ in each} | _exchanges(trouble) | _by_themselves(trouble)
    if not trouble.is_complete:
        positions |= _crossings(trouble)
    if len(trouble.problem.residuals) == 1 or not trouble.explained.explanations:
        positions |= _figures(trouble)
    broken = {position: trouble.broken_at(position) for position in sorted(positions)}
    for each in changes:
        together = sorted({number for position, _ in each for number in trouble.broken_at(position)})
        broken |= {position: together for position, _ in each if not broken[position] and trouble.is_loose_at(position)}
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


def _by_themselves(trouble: _Trouble) -> set[int]:
    """Return the cells all of whose equations are broken, one of them by no more than a slip of theirs.

    Only in equations that hang together by several changes: those may trade theirs, further than any search goes.
    """
    problem = trouble.problem
    tied = {n for part in trouble.parts if len(part.changes) >= EXCHANGING for n in trouble.closed(part.changes)}
    repairs = (option for number in tied for option in problem.repairs(number, problem.residuals[number]))
    slips = {position for cost, position, _ in repairs if cost <= SLIP}
    return {p for p in slips if 1 < len(trouble.broken_at(p)) == len(problem.network.incidence[p])}


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
    if trouble.is_loose or any(trouble.reading.cells[position].is_confirmed for position, _ in part.changes):
        return False
    if not trouble.shared(2).isdisjoint(trouble.amounts(part.changes)) or trouble.rests_on_alike(part.changes):
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
    """Return the equations that hold then, in the words that their rules have for what does not."""
    return "；".join(_held(equation, values) for equation in equations)


def _held(equation: Instance, values: Values) -> str:
    message = equation.rule.message
    if not message.endswith(_UNEQUAL) or equation.needs_previous:
        return f"{equation.place}：{terms(equation.left, values)} = {terms(equation.right, values)}"
    sums = {"left": written(equation.left, values), "right": written(equation.right, values)}
    return message.removesuffix(_UNEQUAL).format_map({**equation.words, **sums, "previous": ""}) + _EQUAL
