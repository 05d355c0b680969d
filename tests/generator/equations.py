"""The equations that must hold by the form's own definition, to know which errors a reader can notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parser.model.template import Template
from tests.scoring import expect

PARTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
COLUMNS = (*PARTS, "total")
OUTCOMES = ("upheld", "corrected", "other_result", "pending")
ENDS = ("new_received", "carried_over", "results_total", "carried_forward")


@dataclass(frozen=True)
class Equation:
    """Sum of ``left`` = sum of ``right`` (or >= 0 for ``at_least_zero``)."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    at_least_zero: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return self.left + self.right

    def holds(self, values: Mapping[str, Decimal]) -> bool | None:
        """Return whether it holds, None when an operand is not a number."""
        if any(key not in values for key in self.keys):
            return None
        left = sum((values[key] for key in self.left), Decimal(0))
        return left >= 0 if self.at_least_zero else left == sum(values[key] for key in self.right)


def equations(form: Template) -> tuple[Equation, ...]:
    """Return every severity-E equation of the form."""
    rows = [row.key for block in form.table("applications").blocks for row in block.rows]
    results = [row for row in rows if row not in ENDS]
    found = [
        Equation(f"T3-ROW:{row}", _cells("applications", [row], PARTS), _cells("applications", [row], ["total"]))
        for row in rows
    ]
    for column in COLUMNS:
        total = _cells("applications", ["results_total"], [column])
        found.append(Equation(f"T3-SUM:{column}", total, _cells("applications", results, [column])))
        left = _cells("applications", ["new_received", "carried_over"], [column])
        right = _cells("applications", ["results_total", "carried_forward"], [column])
        found.append(Equation(f"T3-BAL:{column}", left, right))
    found.extend(
        Equation(f"T4-SUM:{group}", _cells("remedies", [group], ["total"]), _cells("remedies", [group], OUTCOMES))
        for group in ("review", "litigation_direct", "litigation_after_review")
    )
    for key in form.fields:
        if key.column == "items_change":
            pair = (f"proactive.{key.row}.items_last_year", str(key))
            found.append(Equation(f"T2o-NEG:{key.row}", pair, (), at_least_zero=True))
    return tuple(found)


def numbers(printed: Mapping[str, str | None]) -> dict[str, Decimal]:
    """Return the cells that read as a number."""
    readings = ((key, expect(text, key)) for key, text in printed.items())
    return {key: Decimal(reading.value) for key, reading in readings if reading.value is not None}


def broken(form: Template, values: Mapping[str, Decimal]) -> list[Equation]:
    """Return the equations that the values contradict.

    An equation of which an operand has no value is never among them, nor one with a blank: that counts as 0 only where
    the equation then holds.
    """
    return [equation for equation in equations(form) if equation.holds(values) is False]


def explanations(form: Template, values: Mapping[str, Decimal]) -> set[str]:
    """Return the cells that may explain the broken equations.

    Those that alone would put everything right if there are any, else all operands.
    """
    failed = broken(form, values)
    if not failed:
        return set()
    common = set.intersection(*(set(equation.keys) for equation in failed))
    alone = {key for key in common if _would_repair(key, failed, values)}
    return alone or {key for equation in failed for key in equation.keys}


def _would_repair(key: str, failed: Iterable[Equation], values: Mapping[str, Decimal]) -> bool:
    """Whether one other value of ``key``, not negative, makes all of ``failed`` true."""
    wanted = set()
    for equation in failed:
        if equation.at_least_zero:
            return True
        gap = sum(values[k] for k in equation.left) - sum(values[k] for k in equation.right)
        wanted.add(values[key] - gap if key in equation.left else values[key] + gap)
    return len(wanted) == 1 and min(wanted) >= 0


def _cells(table: str, rows: Iterable[str], columns: Iterable[str]) -> tuple[str, ...]:
    columns = tuple(columns)
    return tuple(f"{table}.{row}.{column}" for row in rows for column in columns)
