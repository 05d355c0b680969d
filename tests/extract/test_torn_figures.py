"""Figures torn apart by a copy, or followed by a word, are read whole or not at all; page numbers are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser.model.report import Cell, CellKey, State
from parser.templates.load import template
from tests.extract.snippets import PROACTIVE_2021, REMEDIES_HEAD, read, shown, written

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


@pytest.mark.parametrize("behind", [" 亿元", " 千元", " 万", " 以上", " 余", " （2）", "\n万", "\n余件"])
@pytest.mark.parametrize("figure", ["186", "１８６"])
def test_a_figure_with_a_word_that_makes_it_another_is_none(figure: str, behind: str) -> None:
    found = cell(LINES.replace("186", figure + behind), LICENSING)
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


@pytest.mark.parametrize("mark", ["**{}**", "*{}*", "`{}`", "$ {} $"])
@pytest.mark.parametrize(("printed", "state"), [("/", State.MARK), ("37", State.NUMBER), ("", State.BLANK)])
def test_signs_of_emphasis_around_a_cell_are_no_part_of_it(mark: str, printed: str, state: State) -> None:
    text = PROACTIVE_2021.replace("\t186", "\t" + (mark.format(printed) if printed else ""))
    assert cell(text, LICENSING).state is state


@pytest.mark.parametrize(
    ("printed", "state"),
    [("~~5~~", State.UNREADABLE), ("_ _", State.MARK), ("* *", State.UNREADABLE), ("` `", State.UNREADABLE)],
)
def test_signs_around_nothing_or_that_strike_a_figure_out_are_no_emphasis(printed: str, state: State) -> None:
    found = cell(PROACTIVE_2021.replace("\t186", f"\t{printed}"), LICENSING)
    assert found.state is state


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


@pytest.mark.parametrize(("borders", "state"), [("", State.ABSENT), ("\t\t", State.BLANK)])
def test_a_table_cut_off_behind_a_label_lacks_its_row_or_may(borders: str, state: State) -> None:
    head = "三、收到和处理政府信息公开申请情况\n\t申请人情况\n\t自然人\t法人或其他组织\t总计\n"
    text = (
        PROACTIVE_2021
        + head
        + "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n二、上年结转政府信息公开申请数量"
        + borders
    )
    cells = read(text).cells
    assert cells[CellKey.parse("applications.new_received.total")].value == 3
    last = cells[CellKey.parse("applications.carried_over.total")]
    assert (last.state, bool(last.doubts)) == (state, bool(borders))


@pytest.mark.parametrize("row", ["（一）予以公开：{}件", "（一）予以公开{}", "（一）予以公开（{}件）"])
def test_a_table_written_as_a_list_is_not_blank(row: str) -> None:
    text = (
        PROACTIVE_2021 + "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量：5件\n" + row.format(3)
    )
    found = read(text + "\n四、政府信息公开行政复议、行政诉讼情况\n").cells
    assert found[CellKey.parse("applications.granted.total")].doubts


def test_two_rows_of_table_four_are_doubted_though_one_has_blanks() -> None:
    first = "\t".join(["", "", "", "", "0", "", "", "", "22", "22", "", "", "", "", "0"])
    zeros = "\t".join("0" * 15)
    for rows in (f"{first}\n{zeros}", f"{zeros}\n{first}"):
        cells = read(PROACTIVE_2021 + REMEDIES_HEAD + rows + "\n五、存在的主要问题及改进情况\n无\n").cells
        assert all(cell.doubts for key, cell in cells.items() if key.table == "remedies")
    alone = read(PROACTIVE_2021 + REMEDIES_HEAD + first + "\n五、存在的主要问题及改进情况\n无\n").cells
    assert not any(cell.doubts for key, cell in alone.items() if key.table == "remedies")


def test_a_blank_row_whose_label_lacks_its_number_is_doubted() -> None:
    blank = {f"applications.other_misc.{column.key}": "" for column in template("2021").tables[1].blocks[0].columns}
    text = written(values=blank, layout="pipes_plain").replace("3.其他", "其他")
    cells = [cell for key, cell in read(text).cells.items() if key.row == "other_misc"]
    assert all(cell.doubts for cell in cells)


@pytest.mark.parametrize("nothing", ["&nbsp;", "NaN", "None"])
def test_what_programs_write_into_an_empty_cell_is_nothing(nothing: str) -> None:
    whole = PROACTIVE_2021 + "三、收到和处理政府信息公开申请情况\n"
    found = read(whole.replace("186", nothing)).cells[CellKey.parse(LICENSING)]
    assert (found.state, found.doubts, found.raw) == (State.BLANK, (), nothing)
