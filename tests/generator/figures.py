"""A seed becomes the figures of a report that obey every equation of the form."""

from __future__ import annotations

import random
from collections.abc import Sequence

from parser.model.template import Template
from tests.generator.equations import ENDS, PARTS

_SIZES = ("none", "few", "some", "many")
_COMMON_RESULTS = ("granted", "partially_granted", "unable_not_held", "not_processed_petition_complaint")


def figures(form: Template, rng: random.Random) -> dict[str, str | None]:
    """Return consistent values for all cells: mostly zeros, sometimes large."""
    cells: dict[str, str | None] = {str(key): "0" for key in form.fields}
    if rng.random() > 0.12:  # else nothing at all happened in the year
        cells.update(_proactive_2021(rng) if form.id == "2021" else _proactive_2019(rng))
        cells.update(_applications(form, rng, rng.choices(_SIZES, (30, 42, 22, 6))[0]))
        cells.update(_remedies(rng))
    return cells


def _count(rng: random.Random, zero: float, *tops: int) -> int:
    """Return 0 with probability ``zero``, else a number below one of ``tops``."""
    return 0 if rng.random() < zero else rng.randint(1, rng.choice(tops))


def _proactive_2021(rng: random.Random) -> dict[str, str | None]:
    cells: dict[str, str | None] = {}
    for row, zero in (("rules", 0.93), ("normative_documents", 0.45)):
        issued, repealed = _count(rng, zero, 3, 9, 40), _count(rng, max(zero, 0.7), 3, 25)
        effective = issued + _count(rng, zero, 5, 30, 480)
        for column, value in (("issued", issued), ("repealed", repealed), ("effective", effective)):
            cells[f"proactive.{row}.{column}"] = str(value)
    for row, tops in (("licensing", (40, 900, 21000)), ("penalty", (12, 150, 1800)), ("compulsion", (4, 60))):
        cells[f"proactive.administrative_{row}.decisions"] = str(_count(rng, 0.4, *tops))
    cells["proactive.administrative_fees.amount_10k_yuan"] = _amount(rng, 0.6)
    return cells


def _amount(rng: random.Random, zero: float) -> str:
    if rng.random() < zero:
        return "0"
    whole = rng.randint(0, rng.choice((9, 300, 20000, 96000)))
    decimals = rng.choice((0, 1, 2, 2, 3, 4, 4))
    return str(whole or 3) if not decimals else f"{whole}.{rng.randrange(10**decimals):0{decimals}d}"


def _proactive_2019(rng: random.Random) -> dict[str, str | None]:
    cells: dict[str, str | None] = {}
    for row, zero in (("rules", 0.94), ("normative_documents", 0.5)):
        disclosed = _count(rng, zero, 3, 22, 90)
        cells[f"proactive.{row}.newly_made"] = str(disclosed + _count(rng, 0.9, 4))
        cells[f"proactive.{row}.newly_disclosed"] = str(disclosed)
        cells[f"proactive.{row}.disclosed_total"] = str(disclosed + _count(rng, zero, 5, 260))
    for row in (
        "administrative_licensing",
        "other_public_services",
        "administrative_penalty",
        "administrative_compulsion",
    ):
        before = _count(rng, 0.35, 12, 130, 1200)
        cells[f"proactive.{row}.items_last_year"] = str(before)
        cells[f"proactive.{row}.items_change"] = str(
            rng.choice((0, 0, _count(rng, 0.4, 3, 20), -_count(rng, 0.3, max(before, 1)) if before else 0))
        )
        cells[f"proactive.{row}.decisions"] = str(_count(rng, 0.4, 20, 400, 5000))
    cells["proactive.administrative_fees.items_last_year"] = str(_count(rng, 0.6, 9))
    cells["proactive.administrative_fees.items_change"] = "0"
    projects = _count(rng, 0.4, 14, 90)
    cells["proactive.centralized_procurement.project_count"] = str(projects)
    cells["proactive.centralized_procurement.total_amount"] = _amount(rng, 0.0) if projects else "0"
    return cells


def _applications(form: Template, rng: random.Random, size: str) -> dict[str, str | None]:
    rows = [row.key for block in form.table("applications").blocks for row in block.rows]
    results = [row for row in rows if row not in ENDS]
    likely = [
        row for row in results if row in _COMMON_RESULTS or rng.random() < {"few": 0.1, "some": 0.4}.get(size, 0.85)
    ]
    table = {row: dict.fromkeys(PARTS, 0) for row in rows}
    for column in PARTS:
        received, before = _received(rng, size, column)
        forward = rng.randint(0, min(received + before, 1 + before + received // 20))
        table["new_received"][column], table["carried_over"][column] = received, before
        table["carried_forward"][column] = forward
        table["results_total"][column] = received + before - forward
        _deal(rng, table, likely, column, received + before - forward)
    return {
        f"applications.{row}.{column}": str(value)
        for row, values in table.items()
        for column, value in (*values.items(), ("total", sum(values.values())))
    }


def _received(rng: random.Random, size: str, column: str) -> tuple[int, int]:
    top = {"none": 0, "few": 9, "some": 120, "many": 3400}[size]
    if column != "natural_person":
        top = 0 if rng.random() < {"few": 0.8, "some": 0.5}.get(size, 0.25) else max(top // rng.choice((3, 12, 40)), 1)
    if not top:
        return 0, 0
    return rng.randint(top // 3, top), _count(rng, 0.6, max(top // 15, 2))


def _deal(rng: random.Random, table: dict[str, dict[str, int]], rows: Sequence[str], column: str, amount: int) -> None:
    """Spread ``amount`` over the result rows, a few taking most of it."""
    weights = [rng.random() ** 3 + 0.02 for _ in rows]
    while amount > 0:
        part = min(amount, max(1, rng.randint(0, max(amount // 3, 1))))
        table[rng.choices(rows, weights)[0]][column] += part
        amount -= part


def _remedies(rng: random.Random) -> dict[str, str | None]:
    cells: dict[str, str | None] = {}
    busy = rng.random() < 0.4
    for group in ("review", "litigation_direct", "litigation_after_review"):
        values = [_count(rng, 0.55 if busy else 1.0, 3, 12, 90) for _ in range(4)]
        for column, value in zip(
            ("upheld", "corrected", "other_result", "pending", "total"), (*values, sum(values)), strict=True
        ):
            cells[f"remedies.{group}.{column}"] = str(value)
    return cells
