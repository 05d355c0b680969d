"""What is to be explained: broken equations, the values in their cells, and what it costs to change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parser.model.template import NumberKind
from parser.model.watch import UNWATCHED, Watch
from parser.rules.evaluate import Outcomes, Reading
from parser.rules.likelihood import Likelihood
from parser.rules.system import Network, System

Residuals = Mapping[int, int]
"""Left minus right by equation number, for the equations that are broken; never 0."""

Option = tuple[int, int, int]
"""A change that repairs an equation by itself: its cost, the cell's position, by how much."""

Changes = frozenset[tuple[int, int]]
"""Cell positions with the values they would have to have."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Changes that make every equation hold, and how far-fetched they are."""

    changes: Changes
    cost: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be explained. ``network`` names the equations that can be evaluated; cells without a value are never
    changed. Values and residuals are whole numbers, in units of 1/``scale``. Explanations that change a ``fixed`` cell
    or contain one of ``without`` are not wanted. ``options`` remembers the changes that repair an equation. ``watch``
    may stop whoever searches.
    """

    system: System
    network: Network
    residuals: Residuals
    values: Sequence[int | None]
    scale: int
    likelihood: Likelihood
    fixed: frozenset[int] = frozenset()
    without: tuple[Changes, ...] = ()
    options: dict[tuple[int, int], tuple[Option, ...]] = field(default_factory=dict)
    watch: Watch = UNWATCHED

    def cost(self, changes: Changes) -> int:
        """Return how far-fetched changes are, each a slip by itself."""
        return sum(self.likelihood.cost(position, value) for position, value in changes)

    def repairs(self, number: int, residual: int) -> tuple[Option, ...]:
        """Return the changes of one cell that repair an equation, cheapest first."""
        known = self.options.get((number, residual))
        if known is None:
            known = self.options[number, residual] = tuple(sorted(self._repairs(number, residual)))
        return known

    def after(self, changes: Changes, without: tuple[Changes, ...] = ()) -> Problem:
        """Return the problem that is left when changes are made for good."""
        residuals = dict(self.residuals)
        for position, value in changes:
            for number, factor in self.network.incidence[position]:
                residual = residuals.pop(number, 0) + factor * (value - (self.values[position] or 0))
                if residual:
                    residuals[number] = residual
        return replace(self, residuals=residuals, fixed=self.fixed | {p for p, _ in changes}, without=without)

    def _repairs(self, number: int, residual: int) -> Iterator[Option]:
        values, kinds, scale, cost = self.values, self.system.kinds, self.scale, self.likelihood.cost
        for position, factor in self.network.members[number]:
            value = values[position]
            if value is None or residual % factor:
                continue
            printed = value - residual // factor
            is_possible = printed >= 0 or kinds[position] is NumberKind.CHANGE
            if is_possible and (printed % scale == 0 or kinds[position] is NumberKind.AMOUNT):
                yield cost(position, printed), position, printed - value


def pose(system: System, outcomes: Outcomes, reading: Reading, watch: Watch = UNWATCHED) -> Problem:
    """Return what there is to explain of a system; it has no residuals when nothing is broken."""
    broken = dict(outcomes.broken)
    residuals = {number: broken[e] for number, e in enumerate(system.equations) if e in broken}
    scale = _scale([*residuals.values(), *(reading.values[position] for position in system.kinds)])
    values = [None if value is None else int(value * scale) for value in reading.values]
    return Problem(
        system=system,
        network=system.evaluated(outcomes.skipped),
        residuals={number: int(residual * scale) for number, residual in residuals.items()},
        values=values,
        scale=scale,
        likelihood=Likelihood(system, reading.cells, values, scale),
        watch=watch,
    )


def _scale(values: Iterable[Decimal | None]) -> int:
    """Return the power of ten that makes all values whole."""
    exponents = [value.as_tuple().exponent for value in values if value]
    scale: int = 10 ** -min([0, *(exponent for exponent in exponents if isinstance(exponent, int))])
    return scale
