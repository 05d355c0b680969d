"""A blank is believed unless the figures beside it say that something was lost there."""

from __future__ import annotations

import pytest

from tests.extract.snippets import numbered, read, row, written

NAME = "applications.granted"
COLUMNS = [key.split(".")[2] for key in numbered("2021") if key.startswith(f"{NAME}.")]


def granted(*figures: str) -> list[str]:
    """Return the row 予以公开 with ``figures`` in it as it is read; a blank elsewhere shows that blanks keep places."""
    values = dict(zip((f"{NAME}.{column}" for column in COLUMNS), figures, strict=True))
    values["applications.carried_over.commercial_enterprise"] = ""
    return row(read(written(values=values, layout="pipes_plain")), NAME)


@pytest.mark.parametrize(
    ("figures", "is_doubted"),
    [
        (["3", "", "", "", "2", "", "5"], False),
        (["3", "", "", "", "2", "", "9"], True),
        (["3", "", "", "", "2", "", ""], True),
        (["3", "0", "0", "0", "2", "0", ""], False),
        (["3", "0", "0", "0", "2", "5", ""], True),
        (["", "", "", "", "", "", "5"], False),
        (["", "", "", "", "", "", ""], False),
        (["3", "1", "1", "1", "2", "1", "5"], False),
    ],
    ids=[
        "adds up",
        "lacks one",
        "no total",
        "whole but for it",
        "moved",
        "only a total",
        "blank",
        "the office's mistake",
    ],
)
def test_a_row_with_blanks_is_doubted_where_its_figures_do_not_add_up(figures: list[str], is_doubted: bool) -> None:
    assert granted(*figures) == [f"?{figure}" if is_doubted else figure for figure in figures]


def test_where_no_row_has_a_total_none_is_missed() -> None:
    totals = {key: "" for key in numbered("2021") if key.startswith("applications.") and key.endswith(".total")}
    report = read(written(values=totals, layout="pipes_plain"))
    assert not any(text.startswith("?") for text in row(report, NAME))
