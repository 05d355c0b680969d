"""Cells become the outcome of every relation: broken by how much, or not to be evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from parser.model.report import ABSENT, Cell, Reason, Report, State
from parser.rules.expand import Compare, Instance, Pick, Sum, Values
from parser.rules.form import Form, shown

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells in form order, then those of the report of the year before; the values end with one 0 more."""

    cells: Sequence[Cell]
    values: Values


class Step(NamedTuple):
    """What evaluating an instance takes, ready to hand: hundreds run on every edit."""

    added: Pick
    taken: Pick
    constant: Decimal
    holds: Compare
    instance: Instance


class Broken(NamedTuple):
    """An instance that does not hold and its residual, left minus right."""

    instance: Instance
    residual: Decimal


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All instances that are neither broken nor skipped (could not be evaluated) hold."""

    broken: tuple[Broken, ...]
    skipped: frozenset[Instance]


def read(form: Form, report: Report, previous: Report | None) -> Reading:
    """Return the cells of both reports in form order; what a report does not have is absent.

    A figure of which nobody knows whether it belongs to its cell takes no part: it counts as unreadable.
    """
    get = report.cells.get
    cells = [_placed(cell) if is_unplaced(cell) else cell for cell in (get(key, ABSENT) for key in form.keys)]
    if previous is None:
        values = [cell.value for cell in cells]
        return Reading(cells, [*values, *[None] * len(values), ZERO])
    cells += [previous.cells.get(key, ABSENT) for key in form.keys]
    return Reading(cells, [*[cell.value for cell in cells], ZERO])


def is_unplaced(cell: Cell) -> bool:
    """Whether nobody knows if the figure belongs to the cell: no equation of it is checked before somebody looked."""
    is_doubted = bool(cell.doubts) and any(doubt.reason is Reason.AMBIGUOUS_POSITION for doubt in cell.doubts)
    return is_doubted and cell.state is not State.ABSENT


def _placed(cell: Cell) -> Cell:
    return replace(cell, state=State.UNREADABLE, value=None)


def steps(instances: Sequence[Instance]) -> tuple[Step, ...]:
    """Return the instances ready for ``evaluate``."""
    return tuple(Step(i.added, i.taken, i.constant, i.holds, i) for i in instances)


def evaluate(program: Sequence[Step], reading: Reading) -> Outcomes:
    """Return which instances are broken, which cannot be evaluated.

    One with an operand without a value is broken only if no value could make it hold: a part is more than its total.
    """
    broken: list[Broken] = []
    skipped: list[Instance] = []
    values = reading.values
    for added, taken, constant, holds, instance in program:
        try:
            residual = sum(added(values), constant) - sum(taken(values))
        except TypeError:  # an operand without a value
            if not _holds_with_blanks(instance, reading):
                residual = least_residual(instance, values)
                broken += (Broken(instance, residual),) if residual else ()
                skipped += () if residual else (instance,)
            continue
        if not holds(residual, ZERO):
            broken.append(Broken(instance, residual))
    kept = tuple(b for b in broken if b.instance.given is None or _is_given(b.instance.given, reading))
    return Outcomes(kept, frozenset(skipped))


def written(side: Sum, values: Values) -> str:
    """Return a side with its figures, "3+20=23", zeros left out; operands without a value count as 0."""
    text, value = terms(side, values), shown(total(side, values))
    return text if text == value else f"{text}={value}"


def terms(side: Sum, values: Values) -> str:
    """Return the terms of a side that are not zero, "3001+34", or "0"."""
    figures = [sign * (values[position] or ZERO) for sign, position in side.operands]
    if side.constant:
        figures.append(Decimal(side.constant))
    return "".join(f"{figure:+f}" for figure in figures if figure).removeprefix("+") or "0"


def total(side: Sum, values: Values) -> Decimal:
    """Return the value of a side; operands without a value count as 0."""
    return sum((sign * (values[position] or ZERO) for sign, position in side.operands), Decimal(side.constant))


def _holds_with_blanks(instance: Instance, reading: Reading) -> bool:
    """Whether the relation is true with blanks as 0, no total blank, and nothing else without a value."""
    residual = instance.constant
    for sign, position in instance.operands:
        value = reading.values[position]
        if value is not None:
            residual += sign * value
        elif position in instance.totals or reading.cells[position].state is not State.BLANK:
            return False
    return instance.holds(residual, ZERO)


def least_residual(instance: Instance, values: Values) -> Decimal:
    """Return by how much an equation fails at least, whatever stands in its cells without a value; 0 if it may hold."""
    if not instance.is_definite or instance.comparison != "=":
        return ZERO
    residual, unknown = instance.constant, set[int]()
    for sign, position in instance.operands:
        value = values[position]
        if value is None:
            unknown.add(sign)
        else:
            residual += sign * value
    return residual if all(sign * residual > 0 for sign in unknown) else ZERO


def _is_given(condition: Instance, reading: Reading) -> bool:
    outcome = evaluate(steps((condition,)), reading)
    return not outcome.broken and not outcome.skipped
