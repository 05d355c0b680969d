from __future__ import annotations

from decimal import Decimal

from parser.export.frames import cells_frame
from tests.export.samples import AMOUNTS, NEW_PERSONS, full_report


def test_every_cell_of_every_report_is_a_row() -> None:
    frame = cells_frame([full_report("2019"), full_report("2021")])
    assert len(frame) == 198 + 200
    assert set(frame["form"]) == {"2019", "2021"}


def test_values_stay_exact_and_doubts_are_named() -> None:
    frame = cells_frame([full_report("2021")]).set_index("key")
    assert str(frame.loc[str(AMOUNTS["2021"]), "value"]) == str(Decimal("18.8710"))
    assert frame.loc[str(AMOUNTS["2021"]), "unit"] == "万元"
    assert frame.loc[str(NEW_PERSONS), "doubts"] == "look_alike"


def test_no_report_gives_an_empty_table_with_columns() -> None:
    assert "value" in cells_frame([]).columns
