"""The best explanation of broken equations becomes parts that can be repaired each by itself, with what rivals each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from parser.rules.explain import explain
from parser.rules.loops import round_loops
from parser.rules.problem import Changes, Explanation, Problem
from parser.rules.system import Network

IN_QUESTION = (9, 9, 9)  # what a rival in place of one, two, three parts may cost more and have its cells looked at
MANY_IN_QUESTION = (11, 14, 14)  # the same where much is wrong: a bad scan has more errors than the rule
MANY = 3
NOT_ALONE = (18, 14, 12)  # what it must cost more for a part to be sure: in place of it alone, of two, of three
ALONE = 14  # the same where nothing else is wrong: then errors are rare
MOST_STEPS = 400
MOST_STEPS_FEW, MOST_STEPS_MANY = 600, 2_000  # in all; the few are to be there before the next key


@dataclass(frozen=True, slots=True)
class Part:
    """Changes that close broken equations by themselves.

    ``rivals`` are changes in question in place of these, or of these and another part, the likeliest first. It is
    ``complete`` if all such are known, and ``sure`` if there is none that is to be reckoned with at all.
    """

    changes: Changes
    rivals: tuple[Explanation, ...]
    complete: bool
    sure: bool


def parts(problem: Problem, best: Explanation) -> Iterator[Part]:
    """Yield the parts of the best explanation in the order of the form; where a row is shifted, nothing rivals them."""
    groups = split(problem.network, best.changes)
    if best.cost < problem.cost(best.changes):
        yield from (Part(group, (), complete=False, sure=False) for group in groups)
        return
    margins = IN_QUESTION if len(best.changes) < MANY else MANY_IN_QUESTION
    looks: list[_Look] = []
    unsure: set[Changes] = set()
    left = MOST_STEPS_FEW if len(best.changes) <= MANY else MOST_STEPS_MANY
    for replaced in [*((group,) for group in groups), *combinations(groups, 2), *combinations(groups, 3)]:
        margin = margins[len(replaced) - 1]
        proof = ALONE if len(best.changes) == 1 else NOT_ALONE[len(replaced) - 1]
        furthest = margin if unsure.issuperset(replaced) else max(margin, proof)
        look = _look(problem, best, replaced, (margin, furthest), min(left, MOST_STEPS))
        looks.append(look)
        left -= look.steps
        unsure.update(() if look.is_sure else replaced)
    for group in groups:
        mine = [look for look in looks if group in look.parts]
        rivals = sorted((r for look in mine for r in look.rivals), key=lambda r: (r.cost, sorted(r.changes)))
        yield Part(
            changes=group,
            rivals=tuple(rivals),
            complete=all(look.is_complete for look in mine),
            sure=group not in unsure,
        )


def split(network: Network, changes: Changes) -> list[Changes]:
    """Return the changes in groups that share no equation, in the order of the form."""
    groups: list[tuple[int, Changes]] = []
    for change in sorted(changes):
        mask, group = network.masks[change[0]], frozenset({change})
        for known in [known for known in groups if known[0] & mask]:
            groups.remove(known)
            mask, group = mask | known[0], group | known[1]
        groups.append((mask, group))
    return sorted((group for _, group in groups), key=min)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is in question in place of one to three parts, with what it costs more.

    It ``is_complete`` if that is all, and ``is_sure`` if there is nothing that is to be reckoned with.
    """

    parts: tuple[Changes, ...]
    rivals: tuple[Explanation, ...]
    is_complete: bool
    is_sure: bool
    steps: int


def _look(
    problem: Problem, best: Explanation, replaced: tuple[Changes, ...], margins: tuple[int, int], steps: int
) -> _Look:
    changes = frozenset[tuple[int, int]]().union(*replaced)
    cost, others = problem.cost(changes), best.changes - changes
    left = problem.after(others, replaced)
    explained = explain(left, margins, cost, steps)
    most = margins[0] if explained.explanations else margins[1]
    loops = [loop for loop in round_loops(left, replaced, cost + most) if not _contains(loop.changes, replaced)]
    rivals = tuple(
        Explanation(_whole(problem.network, rival.changes, others), rival.cost - cost)
        for rival in dict.fromkeys([*explained.explanations, *loops])
    )
    reach = explained.reach - cost
    in_question = tuple(rival for rival in rivals if rival.cost <= margins[0])
    return _Look(replaced, in_question, reach > margins[0], not rivals and reach > margins[1], explained.steps)


def _contains(changes: Changes, some: Iterable[Changes]) -> bool:
    return any(one <= changes for one in some)


def _whole(network: Network, changes: Changes, others: Changes) -> Changes:
    """Return the changes together with those of the others without which they leave an equation open."""
    groups = split(network, changes | others)
    return frozenset[tuple[int, int]]().union(*(group for group in groups if not group.isdisjoint(changes)))
