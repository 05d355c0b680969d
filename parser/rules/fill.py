"""Cells that could not be read, and rows that the source does not have, become what the equations leave for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parser.model.report import State
from parser.rules.evaluate import ZERO, Reading
from parser.rules.expand import Instance
from parser.rules.form import fits
from parser.rules.system import System


@dataclass(frozen=True, slots=True)
class Filled:
    """The value of a cell that is unreadable or absent.

    ``equations`` hold with it; ``checked`` says that one of them was not used to find a value. ``values`` are the
    values of all cells with those found.
    """

    position: int
    value: Decimal
    equations: tuple[Instance, ...]
    checked: bool
    values: tuple[Decimal | None, ...]


_UNKNOWN = (State.UNREADABLE, State.ABSENT)


def fill(system: System, reading: Reading) -> Iterator[Filled]:
    """Yield the unreadable and absent cells whose value follows from an equation and contradicts none."""
    without = [position for position in system.kinds if reading.values[position] is None]
    unread = [position for position in without if reading.cells[position].state in _UNKNOWN]
    if not unread:
        return
    values, used = _solved(system, reading)
    for position in unread:
        value = values[position]
        equations = [system.equations[number] for number, _ in system.network.incidence[position]]
        residuals = {e: residual for e in equations if (residual := _residual(e, values)) is not None}
        if value is not None and residuals and not any(residuals.values()):
            yield Filled(position, value, tuple(residuals), not used.issuperset(residuals), tuple(values))


def _solved(system: System, reading: Reading) -> tuple[list[Decimal | None], set[Instance]]:
    """Return the values after putting in the only unknown of an equation as often as possible, and those equations."""
    values = list(reading.values)
    used: set[Instance] = set()
    waiting = list(system.equations)
    while True:
        left = [(equation, p) for equation in waiting if (p := _only_unknown(equation, values, reading)) is not None]
        if not left:
            return values, used
        for equation, position in left:
            waiting.remove(equation)
            value = _missing(equation, position, values)
            if values[position] is None and value is not None and fits(system.kinds[position], value):
                values[position] = value
                used.add(equation)


def _only_unknown(equation: Instance, values: list[Decimal | None], reading: Reading) -> int | None:
    unknown = [position for _, position in equation.operands if values[position] is None]
    only = unknown[0] if len(unknown) == 1 else None
    return only if only is not None and reading.cells[only].state in _UNKNOWN else None


def _missing(equation: Instance, position: int, values: list[Decimal | None]) -> Decimal | None:
    factor = next(sign for sign, p in equation.operands if p == position)
    known = (sign * (values[p] or ZERO) for sign, p in equation.operands if p != position)
    return ZERO - sum(known, equation.constant) / factor  # never -0


def _residual(equation: Instance, values: list[Decimal | None]) -> Decimal | None:
    residual = equation.constant
    for sign, position in equation.operands:
        value = values[position]
        if value is None:
            return None
        residual += sign * value
    return residual
