"""Damaged reports of all kinds survive the way through a workbook; the benchmark does the same for hundreds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from parser.model.report import Cell, Report, State
from tests.bench.round_trip import differences, travel, versions
from tests.generator import generate

CASES = (
    ("tabs", ("look_alikes", "noise_in_blanks")),
    ("paragraphs", ("blank_zeros_beside_totals", "office_mistake")),
    ("pipes_grid", ("truncated_table", "marks_for_nothing")),
    ("tabs_of_a_scan", ("label_tail_in_value", "mixed_forms")),
)


def written(folder: Path, layout: str, damages: tuple[str, ...]) -> Path:
    case = generate(600_000, layout=layout, damages=damages)
    path = folder / f"报告 {layout}{case.suffix}"
    path.write_bytes(case.data)
    return path


@pytest.mark.parametrize(("layout", "damages"), CASES, ids=[layout for layout, _ in CASES])
def test_a_damaged_report_comes_back_as_it_was(layout: str, damages: tuple[str, ...], tmp_path: Path) -> None:
    trip = travel(written(tmp_path, layout, damages), tmp_path)
    assert trip.checked == {"as read": 1, "edited": 1, "retyped": 1}
    assert not trip.different, trip.example


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("value", lambda cell: replace(cell, value=Decimal("3.0"))),
        ("state", lambda cell: replace(cell, state=State.MARK)),
        ("raw", lambda cell: replace(cell, raw="三")),
        ("unit", lambda cell: replace(cell, unit="件")),
    ],
)
def test_a_cell_that_came_back_different_is_noticed(part: str, change: Callable[[Cell], Cell], tmp_path: Path) -> None:
    report = versions(written(tmp_path, "tabs", ()))["as read"]
    key = next(key for key, cell in report.cells.items() if cell.value is not None)
    report = with_cell(report, key, replace(report.cells[key], value=Decimal(3)))
    other = with_cell(report, key, change(report.cells[key]))
    assert part in {name for name, _ in differences(report, other)}
    assert not list(differences(report, report))


def with_cell(report: Report, key: object, cell: Cell) -> Report:
    return replace(report, cells={**report.cells, key: cell})
