"""Labels that span more columns of the source than others leave empty cells, which are not the form's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parser.templates.load import template
from tests.extract.snippets import PROACTIVE_2021, REMEDIES, read, row, shown, silent, written

_TABLE = next(table for table in template("2021").tables if table.key == "applications")
_COLUMNS = _TABLE.blocks[0].columns
_DEEPEST = 2  # groups left of a label that is one column wide
_WHOLE = ["4", "0", "2", "0", "0", "1", "7"]


def _due(wide: Sequence[str]) -> dict[str, str]:
    """Return table three with ``wide`` in the rows of wide labels and whole rows behind all others."""
    figures = {r.key: wide if len(r.path) < _DEEPEST else _WHOLE for r in _TABLE.blocks[0].rows}
    return {f"applications.{r}.{c.key}": figures[r][n] for r in figures for n, c in enumerate(_COLUMNS)}


def _copied(wide: Sequence[str], *, is_trimmed: bool = False) -> str:
    """Return a report whose labels are as wide as in the form; cells that begin higher up leave nothing."""
    lines = ["清河市水务局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", PROACTIVE_2021.rstrip("\n")]
    lines += ["三、收到和处理政府信息公开申请情况", "\t".join(column.label.text for column in _COLUMNS)]
    due, above = _due(wide), _TABLE.blocks[0].rows[0].path
    for line in _TABLE.blocks[0].rows:
        groups = [group.text for group in line.path if group not in above]
        label = [*groups, line.label.text, *[""] * (_DEEPEST - len(line.path))]
        text = "\t".join([*label, *(due[f"applications.{line.key}.{column.key}"] for column in _COLUMNS)])
        lines.append(text.rstrip("\t") if is_trimmed else text)
        above = line.path
    return "\n".join([*lines, REMEDIES])


@pytest.mark.parametrize(
    "wide",
    [["0"] * 6 + [""], ["", "", "0", "5", "", "", "5"], ["", *["0"] * 6], ["5", "", "", "", "1", "6", ""]],
    ids=["no total", "first ones blank", "first blank", "no total, a sum before"],
)
def test_blanks_of_a_wide_label_are_not_the_form_s_where_all_rows_end_at_one_edge(wide: list[str]) -> None:
    assert silent(read(_copied(wide)), _due(wide)) == {}
    assert row(read(_copied(wide)), "applications.results_total") in (wide, [f"?{figure}" for figure in wide])


def test_a_total_is_not_taken_from_zeros_where_the_first_blank_may_be_the_label_s() -> None:
    wide = ["0"] * 6 + [""]
    assert row(read(_copied(wide)), "applications.granted") == wide
    for text in (_copied(wide, is_trimmed=True), _copied(["0"] * 5 + ["", ""])):
        assert all(figure.startswith("?") for figure in row(read(text), "applications.granted"))


def test_a_total_of_zeros_is_not_believed_where_every_row_begins_further_left_than_it_should() -> None:
    due = _due(["0"] * 6 + [""])
    report = read(written(values=due, layout="tabs_by_depth"))
    assert silent(report, due) == {}
    assert shown(report, "applications.denied_state_secret.total") == {"applications.denied_state_secret.total": "7"}
