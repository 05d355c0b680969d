"""Figures that slipped from their row or column are doubted: another row's, a page number, a mark at the label."""

from __future__ import annotations

import re

import pytest

from parser.model.report import State
from tests.extract.snippets import numbered, read, shown, silent, written

_LABELS = {"carried_over": "二、上年结转", "partially_granted": "（二）部分公开"}
_ROW = re.compile(r"^(.*[^\d ])((?: \d+){7})$", re.MULTILINE)


def test_figures_copied_before_their_labels_are_doubted() -> None:
    text = _ROW.sub(lambda row: f"{row[2].strip()}\n{row[1]}", written(layout="spaces"))
    assert silent(read(text), numbered("2021")) == {}


def test_a_row_without_figures_alone_casts_no_doubt_on_others() -> None:
    text = re.sub(r"(重复申请)( \d+){7}", r"\1", written(layout="spaces"))
    doubtful = {key.row for key, cell in read(text).cells.items() if cell.doubts}
    assert doubtful == {"not_processed_repeated"}


def test_an_unknown_row_that_resembles_its_neighbour_more_is_doubted() -> None:
    text = written(layout="pipes_plain").replace("7.属于行政执法案卷", "8执属法于案卷行查询事")
    assert all(cell.doubts for key, cell in read(text).cells.items() if key.row == "denied_enforcement_file")


def test_figures_under_a_label_that_runs_over_its_row_are_doubted() -> None:
    cells = "2.没有现成信息需要 | 2另行0制作 | 0 | 4 | 0 | 0 | 0 | 24 |"
    text = re.sub(r"2\.没有现成信息需要另行制作.*", cells, written(layout="pipes_plain"))
    assert all(cell.doubts for key, cell in read(text).cells.items() if key.row == "unable_needs_creation")


@pytest.mark.parametrize(("total", "is_doubted"), [("5", True), ("15", False)])
def test_a_figure_alone_below_a_row_that_it_does_not_add_up_is_doubted(total: str, is_doubted: bool) -> None:
    text = re.sub(r"(2\.重复申请)( \d+){7}", rf"\1 0 1 2 3 4 5\n{total}", written(layout="spaces"))
    doubts = [bool(cell.doubts) for key, cell in read(text).cells.items() if key.row == "not_processed_repeated"]
    assert doubts == [is_doubted] * 7


@pytest.mark.parametrize(("figure", "is_doubted"), [("2", True), ("0", False), ("26", False)])
def test_a_digit_at_the_label_may_be_that_of_a_note(figure: str, is_doubted: bool) -> None:
    text = re.sub(r"行政许可\n\d+\n\d+\n\d+", f"行政许可{figure}\n39\n414", written("2019", layout="single_lines"))
    read_row = {key.column: cell for key, cell in read(text).cells.items() if key.row == "administrative_licensing"}
    assert [cell.state for cell in read_row.values()] == [State.NUMBER] * 3
    assert [bool(cell.doubts) for cell in read_row.values()] == [is_doubted] * 3


def test_figures_of_rows_that_all_lost_their_labels_are_shared_out_with_doubt() -> None:
    text = written(layout="single_lines")
    for label in ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"):
        text = text.replace(f"{label}\n", "")
    rows = {key: text for key, text in shown(read(text)).items() if ".unable_" in key}
    assert rows == {key: f"?{numbered('2021')[key]}" for key in rows}


@pytest.mark.parametrize("layout", ["pipes_with_extras", "spaces", "tabs"])
@pytest.mark.parametrize("place", ["carried_over", "partially_granted"])
def test_a_row_is_not_called_absent_where_figures_without_a_label_stand_in_another_s_place(
    layout: str, place: str
) -> None:
    lines = written(layout=layout).split("\n")
    moved, other = (next(line for line in lines if label in line) for label in ("3.补正后", _LABELS[place]))
    nameless = re.sub(r"^.*?申请内容仍不明确", "", moved).lstrip(" |\t")
    lines[lines.index(moved)], lines[lines.index(other)] = other, nameless
    report = read("\n".join(lines))
    assert silent(report, numbered("2021")) == {}
    assert all(cell.doubts for key, cell in report.cells.items() if key.row == "unable_still_unclear")


def test_a_row_without_a_label_below_one_out_of_order_casts_doubt_on_missing_ones() -> None:
    lines = written(layout="pipes_plain").split("\n")
    moved = next(line for line in lines if "四、结转下年度" in line)
    lines.remove(moved)
    above = next(n for n, line in enumerate(lines) if "6.属于四类" in line)
    lines[above] = lines[above].removeprefix("6.属于四类过程性信息 | ")
    lines.insert(above, moved)
    doubtful = {key.row for key, cell in read("\n".join(lines)).cells.items() if cell.doubts}
    assert doubtful == {"denied_process_information", "carried_forward"}
