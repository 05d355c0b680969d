"""Figures that stand in the row or the label beside leave a blank row in doubt, never blank in silence."""

from __future__ import annotations

import pytest

from tests.extract.snippets import PROACTIVE_2021, read, row, silent, written

UPPER, LOWER = "applications.denied_state_secret", "applications.denied_prohibited_by_law"


def rewritten(upper: str, lower: str) -> str:
    """Return a report whose rows of two neighbours hold these texts in each cell."""
    lines = written().split("\n")
    at = next(n for n, line in enumerate(lines) if "属于国家秘密" in line)
    for n, text in ((at, upper), (at + 1, lower)):
        words = lines[n].split("\t")
        lines[n] = "\t".join([*words[:-7], *[text] * 7])
    return "\n".join(lines)


@pytest.mark.parametrize(("upper", "lower", "blank"), [("5 7", "", LOWER), ("", "5 7", UPPER)])
def test_a_blank_row_beside_one_with_two_figures_in_each_cell_is_doubted(upper: str, lower: str, blank: str) -> None:
    assert row(read(rewritten(upper, lower)), blank) == ["?"] * 7


@pytest.mark.parametrize("upper", ["5", "/", ""])
def test_a_blank_row_beside_any_other_is_blank(upper: str) -> None:
    assert row(read(rewritten(upper, "")), LOWER) == [""] * 7


@pytest.mark.parametrize("figure", ["28145", "261.5", "12件", "3)"])
def test_a_blank_row_is_doubted_where_its_label_ends_in_a_figure(figure: str) -> None:
    text = PROACTIVE_2021.replace("行政事业性收费\t12.6500", f"行政事业性收费{figure}\t")
    assert silent(read(text), {"proactive.administrative_fees.amount_10k_yuan": figure}) == {}


@pytest.mark.parametrize(
    "label", ["行政事业性收费", "4.行政事业性收费", "行政事业性收费（第20条）", "2023年行政事业性收费"]
)
def test_a_blank_row_is_blank_where_other_figures_stand_in_its_label(label: str) -> None:
    text = PROACTIVE_2021.replace("行政事业性收费\t12.6500", f"{label}\t")
    assert row(read(text), "proactive.administrative_fees") == [""]
