"""What is painted of a cell says who made it what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QFont

from desktop.entries import Entry
from desktop.models.looks import CellLook, Looks, sums_beside
from desktop.views.cell_painter import Figures
from parser.model.decision import CONFIRMED, TYPED
from parser.model.report import Edit
from parser.rules.check import assess
from tests.desktop.conftest import GRANTED, key
from tests.forms import make_report

_NOW = datetime(2024, 1, 15, 9, tzinfo=UTC)


def look_of(*values: int, reason: str = TYPED) -> CellLook | None:
    """Return the look of a cell read as 7 that people gave these values before the report was exported."""
    report = make_report(cells={GRANTED: 7})
    for value in values:
        before = report.cells[key(GRANTED)]
        after = replace(before, value=Decimal(value))
        report = report.apply([Edit(key(GRANTED), before, after, reason, "王", _NOW)])
    entry = Entry(Path("年报.xlsx"))
    entry.take(report, assess(report))
    looks = Looks()
    looks.renew(entry, {key(GRANTED)}, frozenset())
    return looks.at(key(GRANTED))


def test_a_value_changed_before_the_workbook_was_read_again_looks_changed() -> None:
    look = look_of(9)
    assert look is not None
    assert (look.text, look.changed, look.confirmed) == ("9", True, False)


def test_a_value_changed_and_changed_back_or_only_confirmed_looks_confirmed() -> None:
    for look in (look_of(9, 7), look_of(7, reason=CONFIRMED)):
        assert look is not None
        assert (look.text, look.changed, look.confirmed) == ("7", False, True)


@pytest.mark.usefixtures("qapp")
def test_only_a_total_has_the_sum_of_its_summands_beside() -> None:
    column, total = "applications.{}.natural_person", "applications.{}.total"
    cells = {name.format(row): n for row, n in (("new_received", 7), ("carried_over", 5)) for name in (column, total)}
    cells |= {
        name.format(row): n for row, n in (("results_total", 4), ("carried_forward", 3)) for name in (column, total)
    }
    report = make_report(cells=cells)
    sums = sums_beside(report, assess(report).findings, report.cells.keys())
    assert {str(cell): words for cell, words in sums.items()} == {
        column.format("results_total"): "0",
        total.format("results_total"): "0",
    }  # 7 + 5 is not 4 + 3, yet neither is what 7 ought to be


def test_a_number_is_written_smaller_rather_than_shortened() -> None:
    figures, number = Figures(QFont()), "3723"
    bold, plain, small = figures.width(number, bold=True), figures.width(number), figures.width(number, small=True)
    assert figures.shape(number, bold, bold=True) == (True, False)
    assert figures.shape(number, plain - 1, bold=True) == (False, True)
    assert figures.shape(number, small - 1, bold=False) == (False, True)
