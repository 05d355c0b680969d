"""Rows of a ruled table whose labels nobody can read are those of the form, in its order, and doubted."""

from __future__ import annotations

import re
from itertools import count

import pytest

from parser.templates.load import template
from tests.extract.snippets import PROACTIVE_2019, numbered, read, shown, written

_FORM = "2021"
_WIDTH = 7  # cells of a row
_STROKES = ("口ﾄ小", "卜川丨", "丿エ", "凵卜U", "x丿ム")  # what is left of a label whose thin strokes are lost
_ROWS = [row.key for block in template(_FORM).table("applications").blocks for row in block.rows]


def _garbled(lost: frozenset[int] = frozenset(), *, keeps_numbers: bool = True, head: str = "社会公益组织") -> str:
    """Return a report in which the labels of table three cannot be read, without the ``lost`` rows.

    Their numbers are left if ``keeps_numbers``; ``head`` stands in a cell of the header.
    """
    before, heading, rest = written(_FORM).partition("三、收到和处理政府信息公开申请情况")
    table, end, after = rest.partition("四、政府信息公开行政复议、行政诉讼情况")
    numbers, kept = count(), []
    for line in table.replace("社会公益组织", head).split("\n"):
        cells = line.split("\t")
        if len(cells) <= _WIDTH or not cells[-1].isdecimal():
            kept.append(line)
        elif (number := next(numbers)) not in lost:
            labels = [_strokes(label, number, keeps_numbers) for label in cells[:-_WIDTH]]
            kept.append("\t".join((*labels, *cells[-_WIDTH:])))
    return before + heading + "\n".join(kept) + end + after


def _strokes(label: str, number: int, keeps_number: bool) -> str:
    found = re.match(r"（?[一二三四五六七\d]", label)
    return (found[0] if found and keeps_number else "") + _STROKES[number % len(_STROKES)] if label else ""


def _table_three(cells: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in cells.items() if key.startswith("applications.")}


@pytest.mark.parametrize("head", ["社会公益组织", "让东公产15", "2"])
@pytest.mark.parametrize("keeps_numbers", [True, False])
def test_all_rows_are_read_in_order_whatever_is_left_of_the_header(head: str, keeps_numbers: bool) -> None:
    found = _table_three(shown(read(_garbled(keeps_numbers=keeps_numbers, head=head))))
    assert {key: text.removeprefix("?") for key, text in found.items()} == _table_three(numbered(_FORM))
    assert all(text.startswith("?") for text in found.values())


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(range(17, len(_ROWS)), id="the end"),
        pytest.param([8], id="one in the middle"),
        pytest.param([0, 1], id="the beginning"),
    ],
)
def test_where_rows_are_lost_the_numbers_of_the_others_tell_their_places(lost: list[int]) -> None:
    found = _table_three(shown(read(_garbled(frozenset(lost)))))
    gone = tuple(f"applications.{_ROWS[n]}." for n in lost)
    due = {key: "absent" if key.startswith(gone) else text for key, text in _table_three(numbered(_FORM)).items()}
    assert {key: text.removeprefix("?") for key, text in found.items()} == due
    assert all(text.startswith("?") for key, text in found.items())


def test_where_nothing_tells_which_rows_are_lost_none_is_guessed() -> None:
    found = _table_three(shown(read(_garbled(frozenset([8]), keeps_numbers=False))))
    assert all(text.startswith("?") for text in found.values())
    assert {text for key, text in found.items() if key.startswith("applications.unable_")} == {"?absent"}


@pytest.mark.parametrize("label", ["见章", "规草", "见"])
def test_a_short_label_misread_is_no_figure_of_a_row_with_blanks(label: str) -> None:
    found = shown(read(PROACTIVE_2019.replace("规章\t0\t0\t0", f"{label}\t\t\t5")))
    row = [found[f"proactive.rules.{column}"] for column in ("newly_made", "newly_disclosed", "disclosed_total")]
    assert [text.removeprefix("?") for text in row] == ["", "", "5"]
    assert found["proactive.normative_documents.newly_made"] == "3"
