"""Broken equations become the smallest sets of cells whose change to other values makes every equation hold.

The equations of table three form a linear code: a wrong cell breaks its row and its column. Let n cells be wrong.

- If n rows (or n columns) are broken, each of them holds exactly one wrong cell, and its residual gives that cell's
  value: trying every cell of one broken row, then the same for what is still broken, finds all explanations.
- Otherwise, as long as the wrong cells make no closed loop of rows and columns (which takes at least four of them),
  one stands alone in some broken equation: trying every cell of every broken equation finds all explanations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from parser.model.template import NumberKind
from parser.rules.system import Network, System

ZERO = Decimal(0)
LOOP_FREE = 3
MOST_CELLS = 8
MOST_STEPS = 500

Explanation = frozenset[tuple[int, Decimal]]
"""Cell positions with the values they would have to have."""

Residuals = dict[int, Decimal]
"""Left minus right by equation number, for the equations that are broken; never 0."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations of the smallest size there is; ``complete`` is False when there may be others."""

    explanations: tuple[Explanation, ...]
    complete: bool


def explain(system: System, network: Network, residuals: Residuals, values: Sequence[Decimal | None]) -> Explained:
    """Return the smallest explanations of ``residuals``.

    ``network`` names the equations that can be evaluated; cells without a value are never changed.
    """
    search = _Search(system, network, values)
    broken = sum(1 << number for number in residuals)
    least = max((broken & family).bit_count() for family in system.families) if system.families else 1
    if least > LOOP_FREE:
        along = tuple(search.along_a_line(residuals))
        if along:
            return Explained(along, complete=False)
    largest = min(max(LOOP_FREE, least + 1), MOST_CELLS)
    for size in range(max(1, least), largest + 1):
        search.extend(residuals, broken, size, {})
        if search.found or search.steps > MOST_STEPS:
            is_exact = search.steps <= MOST_STEPS and (size <= LOOP_FREE or size == least)
            return Explained(tuple(search.found), complete=is_exact)
    return Explained((), complete=False)


def fits(kind: NumberKind, value: Decimal) -> bool:
    """Whether a figure may stand in a cell of this kind."""
    if value < 0 and kind is not NumberKind.CHANGE:
        return False
    return kind is NumberKind.AMOUNT or value == value.to_integral_value()


@dataclass(slots=True)
class _Search:
    system: System
    network: Network
    values: Sequence[Decimal | None]
    found: dict[Explanation, None] = field(default_factory=dict)
    steps: int = 0

    def extend(self, residuals: Residuals, broken: int, size: int, chosen: dict[int, Decimal]) -> None:
        """Add to ``found`` every way to repair ``residuals`` with exactly ``size`` more cells."""
        if size == 1:
            self._finish(residuals, chosen)
            return
        for number in self._to_try(residuals, broken, size):
            for position, factor in self.network.members[number]:
                self.steps += 1
                if self.steps > MOST_STEPS:
                    return
                change = -residuals[number] / factor
                value = self._changed(position, change)
                if value is not None and position not in chosen:
                    rest, still = self._after(residuals, broken, position, change)
                    if rest and self._can_repair(still, size - 1):
                        self.extend(rest, still, size - 1, {**chosen, position: value})

    def along_a_line(self, residuals: Residuals) -> Iterable[Explanation]:
        """Yield explanations within one row or column, as a shifted line makes: every other equation crosses it."""
        for line, members in self.network.members.items():
            crossing = {n: (p, f) for p, _ in members for n, f in self.network.incidence[p] if n != line}
            changes = {crossing[n][0]: -r / crossing[n][1] for n, r in residuals.items() if n in crossing}
            values = {position: self._changed(position, change) for position, change in changes.items()}
            if set(residuals) <= {*crossing, line} and None not in values.values():
                rest = dict(residuals)
                for position, change in changes.items():
                    rest, _ = self._after(rest, 0, position, change)
                if not rest:
                    yield frozenset((position, value) for position, value in values.items() if value is not None)

    def _can_repair(self, broken: int, size: int) -> bool:
        """Whether ``size`` cells can be enough: a cell repairs one equation of each family at most."""
        return all((broken & family).bit_count() <= size for family in self.system.families)

    def _to_try(self, residuals: Residuals, broken: int, size: int) -> Iterable[int]:
        """Return the equations of which one must hold a wrong cell that stands alone in it."""
        exact = [
            n
            for family in self.system.families
            if (broken & family).bit_count() == size
            for n in residuals
            if family >> n & 1
        ]
        return (min(exact, key=lambda n: len(self.network.members[n])),) if exact else residuals

    def _finish(self, residuals: Residuals, chosen: dict[int, Decimal]) -> None:
        for position in self.network.touching.get(frozenset(residuals), ()):
            changes = {-residuals[number] / factor for number, factor in self.network.incidence[position]}
            if len(changes) == 1 and position not in chosen:
                value = self._changed(position, changes.pop())
                if value is not None:
                    self.found[frozenset({**chosen, position: value}.items())] = None

    def _changed(self, position: int, change: Decimal) -> Decimal | None:
        """Return the cell's value after the change, None when it cannot change so."""
        value = self.values[position]
        if value is None or not fits(self.system.kinds[position], value + change):
            return None
        return value + change

    def _after(self, residuals: Residuals, broken: int, position: int, change: Decimal) -> tuple[Residuals, int]:
        rest = dict(residuals)
        for number, factor in self.network.incidence[position]:
            residual = rest.pop(number, ZERO) + factor * change
            if residual:
                rest[number] = residual
                broken |= 1 << number
            else:
                broken &= ~(1 << number)
        return rest, broken
