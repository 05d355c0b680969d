"""Figures torn apart by a copy, or followed by a word, are read whole or not at all; page numbers are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.model.report import Cell, CellKey, State
from tests.extract.snippets import PROACTIVE_2021, read, shown

LICENSING, FEES = "proactive.administrative_licensing.decisions", "proactive.administrative_fees.amount_10k_yuan"
LINES = PROACTIVE_2021.replace("\t", "\n")
PARAGRAPHS = LINES.replace("\n", "\n\n")


def cell(text: str, key: str = FEES) -> Cell:
    return read(text + "三、收到和处理政府信息公开申请情况\n").cells[CellKey.parse(key)]


@pytest.mark.parametrize("printed", ["12.65 万元", "12.65\n万元", "12.65\n\n万元", "12.65万元"])
def test_a_unit_apart_from_its_figure_belongs_to_it(printed: str) -> None:
    found = cell(LINES.replace("12.6500", printed))
    assert (found.value, found.unit, found.doubts) == (Decimal("12.65"), "万元", ())


def test_a_unit_on_the_next_line_of_a_cell_belongs_to_its_figure() -> None:
    piped = "".join(f"{line.replace(chr(9), ' | ')} |\n" for line in PROACTIVE_2021.splitlines())
    found = cell(piped.replace("12.6500 |", "126500\n元 |"))
    assert (found.value, found.unit) == (Decimal(126500), "元")


@pytest.mark.parametrize("behind", ["亿元", "千元", "万", "以上", "余", "（2）"])
def test_a_figure_with_a_word_that_makes_it_another_is_none(behind: str) -> None:
    found = cell(LINES.replace("186", f"186 {behind}"), LICENSING)
    assert found.state is State.UNREADABLE or found.doubts


@pytest.mark.parametrize("lines", [LINES, PARAGRAPHS], ids=["lines", "paragraphs"])
@pytest.mark.parametrize(
    ("key", "figure", "printed", "value"),
    [
        (LICENSING, "186", "1, 113", 1113),
        (LICENSING, "186", "1,\n113", 1113),
        (FEES, "12.6500", "12.\n65", Decimal("12.65")),
    ],
)
def test_a_figure_torn_at_a_comma_or_point_is_one_in_doubt(
    lines: str, key: str, figure: str, printed: str, value: Decimal
) -> None:
    found = cell(lines.replace(figure, printed), key)
    assert found.value == value
    assert found.doubts


def test_a_figure_that_ends_a_row_is_not_joined_to_the_next() -> None:
    whole = PROACTIVE_2021 + "三、收到和处理政府信息公开申请情况\n"
    assert shown(read(whole.replace("\t", " "))) == shown(read(whole))


@pytest.mark.parametrize("mark", ["**{}**", "*{}*", "`{}`", "$ {} $", "~~{}~~"])
@pytest.mark.parametrize(("printed", "state"), [("/", State.MARK), ("37", State.NUMBER), ("", State.BLANK)])
def test_signs_of_emphasis_around_a_cell_are_no_part_of_it(mark: str, printed: str, state: State) -> None:
    text = PROACTIVE_2021.replace("\t186", "\t" + (mark.format(printed) if printed else ""))
    assert cell(text, LICENSING).state is state


@pytest.mark.parametrize(
    "head",
    [
        "清河市农业农村局2023年政府信息公开工作年度报告",
        "2024/1/25 16:40",
        "https://www.qh.gov.cn/zwgk/art/2024/1/25/art_1229421929_4205907.html",
    ],
)
@pytest.mark.parametrize("lines", [LINES, PARAGRAPHS], ids=["lines", "paragraphs"])
def test_a_number_before_the_head_of_a_page_and_another_figure_is_doubted(lines: str, head: str) -> None:
    figure = "\n186\n" if lines is LINES else "\n\n186\n\n"
    assert cell(lines.replace(figure, f"\n3\n{head}{figure}"), LICENSING).doubts


def test_a_table_cut_off_behind_a_label_lacks_its_row() -> None:
    head = "三、收到和处理政府信息公开申请情况\n\t申请人情况\n\t自然人\t法人或其他组织\t总计\n"
    text = (
        PROACTIVE_2021
        + head
        + "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n二、上年结转政府信息公开申请数量\t\t"
    )
    cells = read(text).cells
    assert cells[CellKey.parse("applications.new_received.total")].value == 3
    assert cells[CellKey.parse("applications.carried_over.total")].state is State.ABSENT
