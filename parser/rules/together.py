"""Changes that belong together become one explanation, the rest explained anew: a shifted row, and second readings.

Cell by cell a row that was read one column off costs as much as all its figures; as one slip of the reader it is
likely, and real reports have such rows. What second readings say is known without any search, also where it goes round
a loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parser.rules.explain import Explained, explain
from parser.rules.likelihood import UNDOUBTED
from parser.rules.problem import Changes, Explanation, Problem
from parser.rules.slips import LEAKED

SHIFT = UNDOUBTED + LEAKED + 2  # all figures of a row stand beside their place: one slip, odder than one figure's
FEWEST = 3  # figures that move; of two moved figures any other slips tell as well


def with_joint_changes(problem: Problem, explained: Explained, steps: int) -> Explained:
    """Return only the explanation with joint changes where that is cheaper than the best there is, else all."""
    best = min((e.cost for e in explained.explanations), default=explained.reach)
    for changes, cost in (*_said(problem), *((shift, SHIFT) for shift in _shifts(problem))):
        rest = problem.after(changes)
        if best <= cost:
            continue
        found = explain(rest, (0, 0), best - cost - 1, steps) if rest.residuals else _NOTHING_MORE
        steps -= found.steps
        for other in found.explanations[:1]:
            best = other.cost + cost
            explained = Explained((Explanation(changes | other.changes, best),), min(best, explained.reach), steps)
    return explained


_NOTHING_MORE = Explained((Explanation(frozenset(), 0),), 0, 0)


def _said(problem: Problem) -> Iterator[tuple[Changes, int]]:
    """Yield what second readings say of the cells in broken equations where they differ, and what that costs."""
    likely, members = problem.likelihood, problem.network.members
    cells = {position for number in problem.residuals for position, _ in members[number]}
    said = frozenset((position, value) for position in cells if (value := likely.said(position)) is not None)
    if len(said) > 1:
        yield said, problem.cost(said)


def _shifts(problem: Problem) -> Iterator[Changes]:
    """Yield what would put back a broken row: its figures one column to the left or right, the last as it must be."""
    for number in problem.residuals:
        row = sorted(position for position, _ in problem.network.members[number])
        if row == list(range(row[0], row[0] + len(row))):
            for to_left in (True, False):
                changes = _moved(problem, number, row, to_left)
                if changes is not None and len(changes) >= FEWEST and _settles(problem, changes):
                    yield changes


def _settles(problem: Problem, changes: Changes) -> bool:
    """Whether the changes leave so much less broken that they are worth a search."""
    return len(problem.after(changes).residuals) <= len(problem.residuals) - FEWEST


def _moved(problem: Problem, number: int, row: Sequence[int], to_left: bool) -> Changes | None:
    """Return the changes that move a row's figures by one cell; the one left over is what the equation leaves it."""
    read = [problem.values[position] for position in row]
    last, moved = (row[-1], zip(row, read[1:], strict=False)) if to_left else (row[0], zip(row[1:], read, strict=False))
    printed = dict(moved)
    factors, residual = dict(problem.network.members[number]), problem.residuals[number]
    for position, value in printed.items():
        before = problem.values[position]
        if value is None or before is None:
            return None
        residual += factors[position] * (value - before)
    kept, rest = problem.values[last], residual % factors[last]
    if kept is None or rest or kept - residual // factors[last] < 0:
        return None
    printed[last] = kept - residual // factors[last]
    return frozenset((p, value) for p, value in printed.items() if value is not None and value != problem.values[p])
