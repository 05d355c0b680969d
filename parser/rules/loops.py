"""Changes become others that close the same equations: shifted round a loop of four cells, two rows by two columns.

The search of rules.explain leaves out explanations that go all the way round a loop, since some shift of theirs takes
fewer cells. But figures misread alike, 7 as 1 in a row and 1 as 7 in another, are such a loop, and can be likelier.
Likelier still if two are twins: the only figure of a row and its total, where the same glyph fails twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import inf

from parser.rules.likelihood import UNDOUBTED, Likelihood
from parser.rules.problem import Changes, Explanation, Problem
from parser.rules.slips import LEAST
from parser.rules.system import Network

Loop = tuple[tuple[int, int], ...]
"""Four cell positions, and for each whether it goes up (1) or down (-1) when the first one goes up."""

CROSSING = 2  # equations that a cell of a loop stands in
TWIN = 1  # what the second of two twins costs
SAVED = LEAST + UNDOUBTED - TWIN


def round_loops(problem: Problem, replaced: Collection[Changes], most: int) -> Iterator[Explanation]:
    """Yield what costs at most ``most`` and closes the same equations as all ``replaced`` changes together.

    It has all cells of some loop changed that leads through each of the replaced.
    """
    first, *rest = sorted(replaced, key=len)
    changes = first.union(*rest)
    chosen = dict(changes)
    for start in sorted(position for position, _ in first):
        room = most - problem.cost(changes) + problem.cost(_of(changes, {start}))
        for loop in {**dict.fromkeys(_loops(problem, start, room)), **dict.fromkeys(_with_twins(problem, start))}:
            cells = {position for position, _ in loop}
            inside = _of(changes, cells)
            if problem.fixed & cells or any(cells.isdisjoint(position for position, _ in part) for part in rest):
                continue
            spent = problem.cost(changes - inside)
            for shifted in _shifted(problem, chosen, loop, most - spent):
                yield Explanation(changes - inside | shifted.changes, spent + shifted.cost)


def _of(changes: Changes, positions: Collection[int]) -> Changes:
    return frozenset(change for change in changes if change[0] in positions)


def _loops(problem: Problem, start: int, most: int) -> Iterator[Loop]:
    """Yield the loops through a cell: it, a cell in one of its equations, one in the other, and the last.

    Left out are those that cost more than ``most``, whatever their figures.
    """
    network, likely = problem.network, problem.likelihood
    if len(network.incidence[start]) != CROSSING:
        return
    row, column = network.incidence[start]
    most -= likely.least_for(start)
    room = most - 2 * likely.least
    beside = [(one, up) for one, up in _across(network, start, row) if likely.least_for(one) <= room]
    for below, down in _across(network, start, column) if beside else ():
        if likely.least_for(below) > room:
            continue
        across = _other(network, below, column)
        for one, up in beside:
            back = _other(network, one, row)
            last = network.corners.get(1 << across[0] | 1 << back[0])
            if last is not None and sum(likely.least_for(p) for p in (one, below, last)) <= most:
                factors = dict(network.incidence[last])
                way = -up * back[1] * factors[back[0]]
                if way == -down * across[1] * factors[across[0]]:
                    yield (start, 1), (one, up), (below, down), (last, way)


def _with_twins(problem: Problem, start: int) -> Iterator[Loop]:
    """Yield the loops through a cell in which the two that share no other of its equations read the same figure."""
    network, read = problem.network, problem.values
    if len(network.incidence[start]) != CROSSING or not problem.fixed:  # where nothing else is wrong, errors are rare
        return
    for end, other_end in (network.incidence[start], network.incidence[start][::-1]):
        for below, down in _across(network, start, other_end):
            across = _other(network, below, other_end) if read[below] else other_end
            for last, back in _across(network, below, across) if read[below] else ():
                if read[last] != read[below]:
                    continue
                far = _other(network, last, across)
                one = network.corners.get(1 << far[0] | 1 << end[0])
                if one is not None and one != start:
                    factors = dict(network.incidence[one])
                    up = -end[1] * factors[end[0]]
                    if back * down * far[1] == -up * factors[far[0]]:
                        yield (start, 1), (one, up), (below, down), (last, back * down)


def _across(network: Network, position: int, end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the other cells of an equation, and which way they go for it to stay closed when the first one goes up."""
    number, own = end
    for other, factor in network.members[number]:
        if other != position and len(network.incidence[other]) == CROSSING and abs(factor) == 1:
            yield other, -factor * own


def _other(network: Network, position: int, end: tuple[int, int]) -> tuple[int, int]:
    (other,) = (pair for pair in network.incidence[position] if pair[0] != end[0])
    return other


def _shifted(problem: Problem, chosen: Mapping[int, int], loop: Loop, most: int) -> Iterator[Explanation]:
    """Yield the figures of a loop after each shift that one of them, as read, makes likely."""
    read, likely = problem.values, problem.likelihood
    guide = next((step for step in loop if read[step[0]]), None)
    if guide is None or any(read[position] is None for position, _ in loop):
        return
    twins = bool(problem.fixed and read[loop[2][0]]) and read[loop[2][0]] == read[loop[3][0]]
    spare = most + SAVED * twins - sum(likely.least_for(position) for position, _ in loop)
    now = {position: chosen.get(position, read[position] or 0) for position, _ in loop}
    fewest = max(-now[position] for position, way in loop if way > 0)  # no figure falls below 0
    furthest = min((now[position] for position, way in loop if way < 0), default=inf)
    unmoved = {way * ((read[position] or 0) - now[position]) for position, way in loop}
    for slip, printed in likely.slips(guide[0]):
        if slip - likely.least_for(guide[0]) > spare:
            break
        shift = guide[1] * (printed - now[guide[0]])
        if not fewest <= shift <= furthest or shift in unmoved:
            continue
        after = frozenset((position, now[position] + way * shift) for position, way in loop)
        if _is_within(spare, likely, after):
            printed_alike = twins and len({value for p, value in after if p in (loop[2][0], loop[3][0])}) == 1
            cost = problem.cost(after) - SAVED * printed_alike
            if cost <= most:
                yield Explanation(after, cost)


def _is_within(spare: int, likely: Likelihood, changes: Changes) -> bool:
    """Whether the changes cost at most ``spare`` more than changes of these cells cost at least."""
    for position, value in changes:
        spare -= likely.cost(position, value) - likely.least_for(position)
        if spare < 0:  # most go no further
            return False
    return True
