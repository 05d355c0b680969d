"""A reading becomes how far-fetched it is that a cell is really printed with another figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parser.model.report import Cell
from parser.rules.slips import LEAST, LOST, slip_cost, slips_of
from parser.rules.system import System

UNDOUBTED = 5  # for any cell to be misread; as in parser.rules.slips
DOUBTED = 3
CONFIRMED = 9  # two readings agree: it is the office's own slip, or both were misled
SAID = LEAST + DOUBTED  # in all, for what a second reading says
INVENTED = 4  # for a 0 to be a figure: most cells are really 0


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What it costs to say that cells of a system are printed with other values than those read.

    ``values`` are the values read, in the whole numbers of the search: units of 1/``scale``.
    """

    system: System
    cells: Sequence[Cell]
    values: Sequence[int | None]
    scale: int
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    beside: dict[int, frozenset[int]] = field(default_factory=dict)
    floors: dict[int, int] = field(default_factory=dict)
    ordinary: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """The least that the change of any cell costs."""
        doubted = any(self.cells[position].doubts for position in self.system.kinds)
        return LEAST + (DOUBTED if doubted else UNDOUBTED)

    def least_for(self, position: int) -> int:
        """Return the least that a change of the cell costs."""
        known = self.floors.get(position)
        if known is None:
            known = self.floors[position] = self._least_for(position)
        return known

    def _least_for(self, position: int) -> int:
        if self.cells[position].doubts:
            return LEAST + DOUBTED
        if self.values[position]:
            return LEAST + UNDOUBTED
        is_expected = position in self.system.totals or any(self._beside(position))
        return LOST + UNDOUBTED + INVENTED * (not is_expected)

    def slips(self, position: int) -> tuple[tuple[int, int], ...]:
        """Return what one slip may have made into the figure of the cell: cost and figure, cheapest first."""
        known = self.ordinary.get(position)
        if known is None:
            found = ((self.cost(position, printed), printed) for printed in slips_of(self.values[position] or 0))
            known = self.ordinary[position] = tuple(sorted(found))
        return known

    def cost(self, position: int, value: int) -> int:
        """Return the cost of a cell being printed with a value."""
        known = self.known.get((position, value))
        if known is None:
            known = self.known[position, value] = self._cost(position, value)
        return known

    def said(self, position: int) -> int | None:
        """Return the figure of a second reading that differs, in whole units; None where there is none."""
        cell = self.cells[position]
        other = cell.second_value
        return None if other is None or other == cell.value else int(other * self.scale)

    def _cost(self, position: int, value: int) -> int:
        cell, read, beside = self.cells[position], self.values[position] or 0, self._beside(position)
        has_second = cell.second is not None
        if has_second and value == self.said(position):
            return SAID
        slip = slip_cost(read, value, beside)
        if cell.doubts:
            return slip + DOUBTED
        is_invented = not read and position not in self.system.totals and value not in beside
        return slip + (CONFIRMED if has_second and cell.is_confirmed else UNDOUBTED) + INVENTED * is_invented

    def _beside(self, position: int) -> frozenset[int]:
        """Return the figures left, right, above and below."""
        known = self.beside.get(position)
        if known is None:
            figures = (self.values[p] for p in self.system.around[position])
            known = self.beside[position] = frozenset(figure for figure in figures if figure is not None)
        return known
