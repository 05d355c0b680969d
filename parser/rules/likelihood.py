"""A reading becomes how far-fetched it is that a cell is really printed with another figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parser.model.report import Cell
from parser.rules.slips import LEAST, slip_cost
from parser.rules.system import System

UNDOUBTED = 5  # for any cell to be misread; as in parser.rules.slips
DOUBTED = 3
INVENTED = 4  # for a 0 to be a figure: most cells are really 0


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What it costs to say that cells of a system are printed with other values than those read.

    ``values`` are the values read, in the whole numbers of the search.
    """

    system: System
    cells: Sequence[Cell]
    values: Sequence[int | None]
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    beside: dict[int, frozenset[int]] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """The least that the change of any cell costs."""
        doubted = any(self.cells[position].doubts for position in self.system.kinds)
        return LEAST + (DOUBTED if doubted else UNDOUBTED)

    def cost(self, position: int, value: int) -> int:
        """Return the cost of a cell being printed with a value."""
        known = self.known.get((position, value))
        if known is None:
            read, beside = self.values[position] or 0, self._beside(position)
            known = slip_cost(read, value, beside)
            if self.cells[position].doubts:
                known += DOUBTED
            else:
                is_invented = not read and position not in self.system.totals and value not in beside
                known += UNDOUBTED + INVENTED * is_invented
            self.known[position, value] = known
        return known

    def _beside(self, position: int) -> frozenset[int]:
        """Return the figures left, right, above and below."""
        known = self.beside.get(position)
        if known is None:
            figures = (self.values[p] for p in self.system.around[position])
            known = self.beside[position] = frozenset(figure for figure in figures if figure is not None)
        return known
