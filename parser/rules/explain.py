"""Broken equations become the sets of cells whose change to other values makes every equation hold, likeliest first.

A cell links the equations it stands in. Changes that make no closed loop of cells and equations (along a loop they can
be shifted until one of them is nothing) leave some broken equation with just one wrong cell, whose change its residual
gives. The search takes one broken equation at a time: either just one of its cells is still wrong, then the equation is
settled, or several are, then it waits. So every explanation is met exactly once. With a bound from below on what the
broken equations still cost the cheapest comes first, and when a cost is reached all that is cheaper is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from heapq import heappop, heappush
from itertools import count
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from parser.rules.problem import Explanation, Option, Problem, Residuals
from parser.rules.system import Pairs

SEVERAL = 2
FAR = 10**6


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations, best first; all that cost less than ``reach`` are among them. ``steps`` is the work it took."""

    explanations: tuple[Explanation, ...]
    reach: int
    steps: int


def explain(problem: Problem, margins: tuple[int, int], known: int | None, steps: int) -> Explained:
    """Return every explanation that costs at most the first of ``margins`` more than the best one.

    ``known`` is what the best one costs, if that is known: when there is none within the margin, go on up to the second
    margin and return the first there is. The search ends after so many steps, with what it has found; raises Cancelled
    when the watch of the problem stops it.
    """
    margin, proof = margins
    search = _Search(problem, problem.likelihood.least, None if known is None else known + proof)
    found: list[Explanation] = []
    for explanation in search.run(steps):
        found.append(explanation)
        search.most = (found[0].cost if known is None else known) + margin
    return Explained(tuple(found), search.reach, search.steps)


_NONE: Mapping[int, int] = MappingProxyType({})


class _State(NamedTuple):
    """Changes chosen so far. ``settled`` equations may hold no other change, ``waiting`` ones still need so many."""

    cost: int
    residuals: Residuals
    bounds: tuple[int, ...]
    chosen: tuple[tuple[int, int], ...] = ()
    settled: int = 0
    waiting: Mapping[int, int] = _NONE


@dataclass(slots=True)
class _Search:
    problem: Problem
    least: int
    most: int | None
    reach: int = 0
    steps: int = 0
    unwanted: frozenset[tuple[int, int]] = field(init=False)
    options: Callable[[int, int], tuple[Option, ...]] = field(init=False)
    shares: Callable[[int, int], tuple[tuple[float, Pairs], ...]] = field(init=False)
    bound: Callable[[int, int, int], int] = field(init=False)

    def __post_init__(self) -> None:
        """Note which changes are unwanted by themselves, and let what is asked for over and over be remembered."""
        self.unwanted = frozenset(change for some in self.problem.without if len(some) == 1 for change in some)
        self.options, self.shares = cache(self._options), cache(self._shares)
        self.bound = cache(self._bound)

    def run(self, steps: int) -> Iterator[Explanation]:
        """Yield explanations, cheapest first, until all that cost no more than ``most`` are known."""
        order = count()
        waiting = [(0, next(order), self._start())]
        while waiting and self.steps < steps:
            self.problem.watch.check()
            self.steps += 1
            self.reach, _, state = heappop(waiting)
            if self._is_too_much(self.reach):
                return
            if not state.residuals and not state.waiting:
                yield Explanation(frozenset(state.chosen), state.cost)
                continue
            truly = state.cost + self._shared(state)
            if truly > self.reach:
                heappush(waiting, (truly, next(order), state))
                continue
            for child in self._children(state):
                self.steps += 1
                heappush(waiting, (child.cost + max(child.bounds), next(order), child))
        if not waiting:
            self.reach = FAR

    def _is_too_much(self, cost: int) -> bool:
        return self.most is not None and cost > self.most

    def _is_unwanted(self, state: _State) -> bool:
        without = self.problem.without
        return bool(without) and any(changes.issubset(state.chosen) for changes in without)

    def _start(self) -> _State:
        residuals, family = self.problem.residuals, self.problem.system.family
        bounds = [0] * (max(family) + 1)
        for number, residual in residuals.items():
            bounds[family[number]] += self.bound(number, residual, 0)
        return _State(0, residuals, tuple(bounds))

    def _children(self, state: _State) -> Iterator[_State]:
        """Yield the ways on: in one broken equation just one more cell is wrong, this one or that, or several are."""
        number, options = -1, None
        for other, residual in state.residuals.items():
            if state.waiting.get(other, 0) < SEVERAL:
                found = self.options(other, residual)
                if options is None or len(found) < len(options):
                    number, options = other, found
        if options is None:
            return
        masks, settled, room = self.problem.network.masks, state.settled, FAR
        if self.most is not None:
            mine = self.bound(number, state.residuals[number], state.waiting.get(number, 0))
            room = self.most - state.cost - state.bounds[self.problem.system.family[number]] + mine
        for option in options:
            if option[0] > room:
                break
            if not masks[option[1]] & settled:
                child = self._changed(state, number, option)
                if child is not None and not self._is_unwanted(child):
                    yield child
        yield self._put_off(state, number)

    def _changed(self, state: _State, number: int, option: Option) -> _State | None:
        """Return the state after a change that settles an equation, None if that costs too much."""
        cost, position, change = option
        spent, residuals, bounds, chosen, settled, waiting = state
        now, family, bound = list(bounds), self.problem.system.family, self.bound
        room = FAR if self.most is None else self.most - spent - cost
        after: list[tuple[int, int, int]] = []
        for other, factor in self.problem.network.incidence[position]:
            residual, needed = residuals.get(other, 0), waiting.get(other, 0)
            left, waits = residual + factor * change, 1 if needed == SEVERAL and other != number else 0
            rest = now[family[other]] - bound(other, residual, needed)
            if left or waits:
                if rest + self.least > room:  # most go no further: what the equation costs exactly takes longer
                    return None
                rest += bound(other, left, waits)
            now[family[other]] = rest
            after.append((other, left, waits))
        if max(now) > room:
            return None
        still, waits_now = dict(residuals), dict(waiting)
        for other, left, waits in after:
            _put(still, other, left)
            _put(waits_now, other, waits)
        chosen = (*chosen, (position, (self.problem.values[position] or 0) + change))
        return _State(spent + cost, still, tuple(now), chosen, settled | 1 << number, waits_now)

    def _put_off(self, state: _State, number: int) -> _State:
        """Return the state in which the equation has several wrong cells."""
        bounds, residual = list(state.bounds), state.residuals[number]
        before = self.bound(number, residual, state.waiting.get(number, 0))
        bounds[self.problem.system.family[number]] += self.bound(number, residual, SEVERAL) - before
        waiting = {**state.waiting, number: SEVERAL}
        return _State(state.cost, state.residuals, tuple(bounds), state.chosen, state.settled, waiting)

    def _shared(self, state: _State) -> int:
        """Return what the broken equations cost at least, the cost of a cell shared out among those it repairs.

        A cell that repairs all its equations serves two or three of them by itself. Others come in groups: two serve at
        most three equations, three four, and so on, or two five where cells stand in three broken equations.
        """
        residuals, get = state.residuals, state.residuals.get
        alone: dict[int, float] = dict.fromkeys(residuals, FAR)
        for number, residual in residuals.items():
            for share, others in self.shares(number, residual):
                for other, due in others:
                    if get(other) != due:
                        break
                else:
                    alone[number] = min(alone[number], share)
                    for other, _ in others:
                        alone[other] = min(alone[other], share)
        least, most = 0.4 * self.least, self.least * 2 / 3
        total, broken = 0.0, sum(1 << number for number in residuals)
        for number, share in alone.items():
            if share > least:
                share = min(share, least if self._is_wide(number, broken) else most)
            total += share
        return ceil(total - 1e-6)

    def _is_wide(self, number: int, broken: int) -> bool:
        """Whether a cell of the equation stands in more than two, of which others are broken too."""
        return any((mask & broken).bit_count() > 1 for mask in self.problem.network.wide.get(number, ()))

    def _bound(self, number: int, residual: int, needed: int) -> int:
        """Return what the wrong cells of an equation cost at least: none, one that repairs it, or several."""
        if not residual and not needed:
            return 0
        options = self.options(number, residual) if residual and needed < SEVERAL else ()
        return min(SEVERAL * self.least, options[0][0]) if options else SEVERAL * self.least

    def _options(self, number: int, residual: int) -> tuple[Option, ...]:
        """Return the changes of one cell that repair an equation: cost, position and change, cheapest first."""
        repairs, fixed, unwanted = self.problem.repairs(number, residual), self.problem.fixed, self.unwanted
        if unwanted:
            read = self.problem.values
            repairs = tuple(o for o in repairs if (o[1], (read[o[1]] or 0) + o[2]) not in unwanted)
        return tuple(o for o in repairs if o[1] not in fixed) if fixed else repairs

    def _shares(self, number: int, residual: int) -> tuple[tuple[float, Pairs], ...]:
        """Return what each cell that repairs an equation costs an equation of its, and how the others must be broken.

        Only the cells that stand in this equation before all others, so that each is met once.
        """
        incidence = self.problem.network.incidence
        return tuple(
            (cost / len(pairs), tuple((other, -factor * change) for other, factor in pairs[1:]))
            for cost, position, change in self.options(number, residual)
            if (pairs := incidence[position])[0][0] == number
        )


def _put(counts: dict[int, int], number: int, count: int) -> None:
    """Set a count; what counts 0 is not in it."""
    if count:
        counts[number] = count
    else:
        counts.pop(number, None)
