"""Figures and headers broken in two: joined where that is certain, doubted where it is not, never cut in silence."""

from __future__ import annotations

import pytest

from parser.model.report import CellKey, Report, State
from tests.extract.snippets import PROACTIVE_2019, PROACTIVE_2021, REMEDIES_HEAD, REMEDIES_ROW, read, shown

LICENSING, FEES = "proactive.administrative_licensing.decisions", "proactive.administrative_fees.amount_10k_yuan"


def doubted(report: Report) -> set[str]:
    return {str(key) for key, cell in report.cells.items() if cell.doubts and cell.state is not State.ABSENT}


def spaced(text: str) -> str:
    return text.replace("\t", " ")


@pytest.mark.parametrize("lay", [str, spaced], ids=["tabs", "spaces"])
@pytest.mark.parametrize(("figure", "key"), [("18\n6", LICENSING), ("12.65\n00", FEES)])
def test_digits_right_below_a_figure_cast_doubt_on_it(lay: type[str], figure: str, key: str) -> None:
    report = read(lay(PROACTIVE_2021.replace(figure.replace("\n", ""), figure)))
    assert key in doubted(report)


def test_digits_below_a_line_of_table_four_that_is_not_full_cast_doubt_on_it() -> None:
    shortened = REMEDIES_ROW[: REMEDIES_ROW.rindex("\t") + 1]
    report = read(f"{PROACTIVE_2021}{REMEDIES_HEAD}{shortened}\n5\n五、存在的主要问题及改进情况\n无\n")
    assert "remedies.litigation_after_review.total" in doubted(report)


@pytest.mark.parametrize("lay", [str, spaced], ids=["tabs", "spaces"])
def test_page_numbers_that_count_on_cast_no_doubt(lay: type[str]) -> None:
    text = PROACTIVE_2021.replace("\t186\n", "\t186\n2\n").replace("\t12.6500\n", "\t12.6500\n3\n")
    assert doubted(read(lay(text))) == set()


def test_a_page_number_apart_from_the_figures_casts_no_doubt() -> None:
    assert doubted(read(PROACTIVE_2021.replace("\t186\n", "\t186\n\n2\n\n"))) == set()


def test_a_number_below_a_full_line_of_table_four_casts_no_doubt() -> None:
    report = read(f"{PROACTIVE_2021}{REMEDIES_HEAD}{REMEDIES_ROW}\n4\n五、存在的主要问题及改进情况\n无\n")
    assert not {key for key in doubted(report) if key.startswith("remedies")}


def test_a_header_broken_where_the_rest_is_another_forms_header_is_one() -> None:
    broken = PROACTIVE_2021.replace("本年处理决定数量", "本年\n处理决定数量")
    assert shown(read(broken)) == shown(read(PROACTIVE_2021))


def test_a_blank_beside_the_figures_of_a_part_on_another_form_is_doubted() -> None:
    first, rest = PROACTIVE_2021.split("第二十条第（五）项", 1)
    part = "第二十条第（五）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t490\t0\t\n"
    report = read(first + part + rest.partition("行政许可\t186\n")[2])
    cell = report.cells[CellKey.parse(LICENSING)]
    assert cell.state is State.BLANK
    assert cell.doubts


@pytest.mark.parametrize("change", ["增5减2", "增3/减0"])
def test_two_signs_in_one_cell_are_never_one_figure(change: str) -> None:
    lines = PROACTIVE_2019.replace("增7", change).replace("\t", "\n")
    report = read(lines)
    assert any("administrative_licensing.items_change" in key for key in doubted(report)) or (
        report.cells[CellKey.parse("proactive.administrative_licensing.items_change")].state is State.UNREADABLE
    )


def test_a_sign_and_its_figure_are_one_value_whatever_parts_the_cells() -> None:
    for text in (PROACTIVE_2019.replace("\t", "\n"), spaced(PROACTIVE_2019)):
        assert shown(read(text)) == shown(read(PROACTIVE_2019))


def test_a_page_number_is_no_figure_of_a_line_of_table_four_that_lacks_one() -> None:
    lacking = spaced(REMEDIES_ROW.rpartition("\t")[0])
    report = read(f"{spaced(PROACTIVE_2021)}{spaced(REMEDIES_HEAD)}10\n{lacking}\n五、存在的主要问题及改进情况\n无\n")
    assert {key for key in shown(report) if key.startswith("remedies")} <= doubted(report)


def test_no_label_is_made_of_a_piece_of_another() -> None:
    rows = "\n".join(f"{label} 0 0 0 0 0 0 0" for label in ("（一）予以公开", "（二）部分公开", "（七）总计"))
    head = "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    torn = f"一、本年新收政府信息公开申请\n0 0 0 0 1 0 1\n数量\n{rows}\n"
    report = read(f"三、收到和处理政府信息公开申请情况\n{head}{torn}四、结转下年度继续办理 0 0 0 0 1 0 1\n")
    found = shown(report, "applications.new_received", "applications.carried_over")
    columns = ("legal_service_org", "other_org", "total")
    assert [found[f"applications.new_received.{key}"] for key in columns] == ["?1", "?0", "?1"]  # or those of the next
    carried = [cell for key, cell in report.cells.items() if key.row == "carried_over"]
    assert {cell.state for cell in carried} == {State.ABSENT}
