"""Tables as some office or converter might print them: a value may be doubted, but never wrong in silence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parser.extract.report import extract
from parser.layout.page import PageCell, PageLine, PageRow, PageTable, TextPage
from parser.layout.page_text import join_pages
from parser.model.document import Document
from parser.model.report import Report, State
from tests.extract.snippets import (
    PROACTIVE_2019,
    PROACTIVE_2021,
    REMEDIES_HEAD,
    REMEDIES_ROW,
    numbered,
    read,
    row,
    shown,
    silent,
    written,
)


def test_a_column_of_ordinals_is_no_data() -> None:
    lines = PROACTIVE_2021.split("\n")
    text = "\n".join(
        line if line.startswith("第") else f"序号\t{line}" if line.startswith("信息") else f"{n}\t{line}"
        for n, line in enumerate(lines)
    )
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


@pytest.mark.parametrize("style", ["{}.", "{}、", "{}", "({})"])
@pytest.mark.parametrize("layout", ["tabs", "pipes_plain", "lines_led_by_tab", "single_lines", "spaces"])
def test_ordinals_in_cells_of_their_own_are_no_data(style: str, layout: str) -> None:
    text = written(layout=layout)
    mark = {"tabs": "\t", "pipes_plain": " | ", "lines_led_by_tab": "\n\t", "single_lines": "\n", "spaces": " "}[layout]
    for number in range(1, 9):
        for first in "属其危保本没补信重要无申":
            text = text.replace(f"{number}.{first}", style.format(number) + mark + first)
    assert silent(read(text), numbered("2021")) == {}


@pytest.mark.parametrize("remark", ["", "无", "/", "含委托执法", "3", "详见附件2"])
def test_a_column_of_remarks_is_no_data(remark: str) -> None:
    lines = PROACTIVE_2021.split("\n")
    text = "\n".join(
        f"{line}\t备注" if line.startswith("信息") else f"{line}\t{remark}" if "\t" in line else line for line in lines
    )
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


def test_a_column_of_units_is_no_data() -> None:
    lines = PROACTIVE_2021.split("\n")
    text = "\n".join(
        line.replace("\t", "\t单位\t" if line[0] == "信" else "\t件\t", 1) if line else line for line in lines
    )
    assert shown(read(text)) == shown(read(PROACTIVE_2021))


@pytest.mark.parametrize("total", ["合计", "合 计", "共计", "总 计"])
def test_another_word_for_the_total_does_no_harm(total: str) -> None:
    assert silent(read(written().replace("总计", total)), numbered("2021")) == {}


@pytest.mark.parametrize("label", ["件数", "数量", "合计", "2023年", "数量（件）", "件", "本年度"])
def test_a_label_before_the_data_of_table_four_is_no_data(label: str) -> None:
    lines = REMEDIES_HEAD.split("\n")
    head = "\n".join([lines[0], *(f"\t{line}" for line in lines[1:4])])
    report = read(f"{PROACTIVE_2021}{head}\n{label}\t{REMEDIES_ROW}\n")
    assert list(shown(report, "remedies").values()) == REMEDIES_ROW.split("\t")


ODD = [
    "约5",
    "5（件）",
    "5%",
    "12、13",
    "5至7",
    "N/A",
    "暂无",
    "五",
    "5*",
    "—",
    "...",
    "不涉及",
    "未统计",
    "#REF!",
    "见附件",
    "本年未制发",
    "现行有效",
    "其他结果不详",
]
ODD_KEYS = [
    "applications.denied_enforcement_file.commercial_enterprise",
    "proactive.administrative_licensing.decisions",
    "remedies.review.upheld",
]


@pytest.mark.parametrize("key", ODD_KEYS)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("layout", ["tabs", "pipes_plain", "pipes_grid", "lines_led_by_tab", "markdown"])
def test_an_odd_cell_between_borders_moves_no_neighbour_and_is_not_taken_for_nothing(
    odd: str, layout: str, key: str
) -> None:
    due = numbered("2021") | {key: odd}
    assert silent(read(written(values={key: odd}, layout=layout)), due) == {}


@pytest.mark.parametrize("layout", ["tabs", "markdown", "pipes_grid"])
def test_a_label_of_another_row_beside_the_rows_own_is_not_taken_for_nothing(layout: str) -> None:
    key = "proactive.administrative_licensing.decisions"
    report = read(written(values={key: "不予公开"}, layout=layout))
    assert silent(report, numbered("2021") | {key: "不予公开"}) == {}


@pytest.mark.parametrize("odd", ["—0", "——0", "-0-", "---"])
@pytest.mark.parametrize("layout", ["tabs", "lines_led_by_tab"])
def test_a_dash_in_a_cell_between_borders_is_no_page_number(odd: str, layout: str) -> None:
    key = "applications.denied_enforcement_file.commercial_enterprise"
    due = numbered("2021") | {key: odd}
    assert silent(read(written(values={key: odd}, layout=layout)), due) == {}


@pytest.mark.parametrize("odd", ["不涉及", "#REF!", "见附件", "——0"])
@pytest.mark.parametrize("layout", ["tabs", "pipes_grid", "lines_led_by_tab", "markdown"])
def test_a_word_in_the_first_cell_of_a_row_never_moves_the_others(odd: str, layout: str) -> None:
    key = "applications.denied_enforcement_file.natural_person"
    due = numbered("2021") | {key: odd}
    assert silent(read(written(values={key: odd}, layout=layout)), due) == {}


@pytest.mark.parametrize("odd", ["不涉及", "无数据", "零", "(0)", "0、"])
@pytest.mark.parametrize("layout", ["tabs", "single_lines", "spaces"])
def test_a_table_full_of_words_is_not_called_blank(odd: str, layout: str) -> None:
    words = {key: odd for key in numbered("2021") if key.startswith("applications")}
    report = read(written(values=words, layout=layout))
    assert silent(report, words) == {}


def test_a_row_spread_far_apart_with_spaces_is_a_row_and_no_paragraph() -> None:
    assert shown(read(written(layout="spaces").replace(" ", " " * 12))) == numbered("2021")


@pytest.mark.parametrize("odd", ["约186", "近三年186", "增加186"])
def test_a_word_glued_before_a_loose_figure_is_doubted(odd: str) -> None:
    text = PROACTIVE_2021.replace("\t", "\n").replace("186", odd)
    assert silent(read(text), {"proactive.administrative_licensing.decisions": "?"}) == {}


@pytest.mark.parametrize("odd", ["3²", "3①", "3 ①", "①3", "① 3", "₂3", "增加3", "减少3"])
def test_a_footnote_mark_or_a_word_in_a_count_is_doubted(odd: str) -> None:
    text = PROACTIVE_2021.replace("186", odd)
    assert silent(read(text), {"proactive.administrative_licensing.decisions": "?"}) == {}


def test_columns_in_another_order_are_doubted_or_read_by_their_headers() -> None:
    text = PROACTIVE_2021.replace("本年废止件数\t现行有效件数", "现行有效件数\t本年废止件数")
    assert silent(read(text.replace("2\t1\t9", "2\t9\t1")), shown(read(PROACTIVE_2021))) == {}


@pytest.mark.parametrize("second", ["行政许可\t20\n行政许可\t186", "行政许可\t186\n行政许可\t20"])
def test_a_row_that_stands_twice_with_different_figures_is_doubted(second: str) -> None:
    text = PROACTIVE_2021.replace("行政许可\t186", second)
    assert silent(read(text), {"proactive.administrative_licensing.decisions": "?"}) == {}


def test_a_row_that_stands_twice_alike_is_read() -> None:
    text = PROACTIVE_2021.replace("行政许可\t186", "行政许可\t186\n行政许可\t186")
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


@pytest.mark.parametrize("numbers", ["\t".join(map(str, range(1, 16))), "\t".join(f"({n})" for n in range(1, 16))])
def test_a_row_of_column_numbers_in_table_four_is_no_data(numbers: str) -> None:
    report = read(f"{PROACTIVE_2021}{REMEDIES_HEAD}{numbers}\n{REMEDIES_ROW}\n")
    due = dict(zip(shown(report, "remedies"), REMEDIES_ROW.split("\t"), strict=True))
    assert silent(report, due) == {}


@pytest.mark.parametrize("other", ["\t".join("0" * 15), "\t".join("3" * 15)])
def test_two_rows_of_data_in_table_four_are_doubted(other: str) -> None:
    report = read(f"{PROACTIVE_2021}{REMEDIES_HEAD}{other}\n{REMEDIES_ROW}\n")
    assert silent(report, dict.fromkeys(shown(report, "remedies"), "?")) == {}


@pytest.mark.parametrize("first", ["2022", "2023"])
def test_of_two_years_in_table_four_the_reports_own_is_read_or_both_are_doubted(first: str) -> None:
    other = "\t".join("3" * 15)
    rows = {"2022": f"2022年\t{other}", "2023": f"2023年\t{REMEDIES_ROW}"}
    last = {"2022": "2023", "2023": "2022"}[first]
    text = f"清河市水务局2023年政府信息公开工作年度报告\n{PROACTIVE_2021}{REMEDIES_HEAD}{rows[first]}\n{rows[last]}\n"
    report = read(text)
    due = dict(zip(shown(report, "remedies"), REMEDIES_ROW.split("\t"), strict=True))
    assert silent(report, due) == {}


@pytest.mark.parametrize("loose", ["5", "3 含下放", "3件"])
def test_a_loose_figure_below_an_empty_cell_is_not_its_value(loose: str) -> None:
    text = PROACTIVE_2021.replace("行政许可\t186", f"行政许可\t\n{loose}")
    assert silent(read(text), {"proactive.administrative_licensing.decisions": ""}) == {}


@pytest.mark.parametrize("loose", ["- 5 -", "5 / 8", "注 3", "2024年1月9日", "3.", "(3)", "第3页", "2 3"])
def test_a_line_that_is_no_figure_below_an_empty_cell_leaves_it_empty(loose: str) -> None:
    text = PROACTIVE_2021.replace("行政许可\t186", f"行政许可\t\n{loose}")
    assert silent(read(text), {"proactive.administrative_licensing.decisions": ""}) == {}


def test_three_lines_of_five_are_the_three_groups_of_table_four() -> None:
    values = REMEDIES_ROW.split("\t")
    lines = "\n".join("\t".join(values[start : start + 5]) for start in (0, 5, 10))
    assert list(shown(read(f"{PROACTIVE_2021}{REMEDIES_HEAD}{lines}\n"), "remedies").values()) == values


def _small_tables(names: Sequence[str], rows: Sequence[str]) -> str:
    head = REMEDIES_HEAD.split("\n")[2].split("\t")[:5]
    lines = [f"{PROACTIVE_2021}\n{REMEDIES_HEAD.split()[0]}\n"]
    for name, figures in zip(names, rows, strict=True):
        cells = [head, ["---"] * 5, figures.split(" ")]
        lines += [f"\n### {name}" if name else "", *(f"| {' | '.join(line)} |" for line in cells)]
    return "\n".join([*lines, "\n五、存在的主要问题及改进情况\n无\n"])


_GROUPS = {
    "review": ("行政复议", "4 1 0 3 8"),
    "litigation_direct": ("行政诉讼（未经复议直接起诉）", "0 6 2 0 8"),
    "litigation_after_review": ("行政诉讼（复议后起诉）", "5 0 0 9 14"),
}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_three_small_tables_are_the_groups_of_table_four_that_their_names_say(order: tuple[int, ...]) -> None:
    tables = [list(_GROUPS.values())[n] for n in order]
    report = read(_small_tables(*zip(*tables, strict=True)))
    assert {group: row(report, f"remedies.{group}") for group in _GROUPS} == {
        group: figures.split() for group, (_, figures) in _GROUPS.items()
    }


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (["行政复议", "", ""], ["4 1 0 3 8", "0 6 2 0 8", "5 0 0 9 14"]),
        (["行政复议", "行政诉讼", "复议后起诉"], ["4 1 0 3 8", "0 6 2 0 8", "5 0 0 9 14"]),
        (["行政复议", "未经复议直接起诉", "复议后起诉"], ["4 1 0 3 8", "0 6 2 0 8 1", "5 0 0 9 14"]),
        (["行政复议", "未经复议直接起诉", "复议后起诉"] * 2, ["4 1 0 3 8", "0 6 2 0 8", "5 0 0 9 14"] * 2),
    ],
    ids=["no names", "half a name", "a cell more", "two years"],
)
def test_small_tables_of_which_one_cannot_be_told_are_doubted(names: list[str], rows: list[str]) -> None:
    assert all(text.startswith("?") for text in shown(read(_small_tables(names, rows)), "remedies").values())


def test_a_blank_in_a_small_table_stands_where_it_is() -> None:
    names, rows = zip(*_GROUPS.values(), strict=True)
    report = read(_small_tables(names, (rows[0], "0  2 6 8", rows[2])))
    assert row(report, "remedies.litigation_direct") == ["0", "", "2", "6", "8"]


def test_table_four_turned_on_its_side_is_doubted() -> None:
    rows = "行政复议\t1\t0\t0\t1\t2\n未经复议直接起诉\t0\t0\t1\t0\t1\n复议后起诉\t3\t0\t0\t2\t5\n"
    title = REMEDIES_HEAD.split("\n")[0]
    report = read(f"{PROACTIVE_2021}{title}\n项目\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n{rows}五、存在的\n")
    due = dict(zip(shown(report, "remedies"), REMEDIES_ROW.split("\t"), strict=True))
    assert silent(report, due) == {}


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("行政许可186件", "行政许可\t186"),
        ("行政许可：186", "行政许可\t186"),
        ("行政许可\t120\t186", "行政许可\t186"),
        ("规章\t0\t0", "规章\t0\t0\t0"),
        ("行政处罚\t37\t行政强制\t4", "行政处罚\t37\n行政强制\t4"),
    ],
)
def test_a_row_of_another_build_is_doubted_or_right(printed: str, official: str) -> None:
    text = PROACTIVE_2021.replace(official, printed)
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


def test_commas_between_all_cells_are_doubted() -> None:
    text = PROACTIVE_2021.replace("\t", ",")
    report = read(text)
    assert silent(report, shown(read(PROACTIVE_2021))) == {}


def test_tabs_at_line_ends_do_not_make_rows_of_words_with_spaces() -> None:
    text = PROACTIVE_2021.replace("\t", " ").replace("\n", "\t\n")
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


def test_a_tab_behind_a_cell_that_a_tab_leads_adds_no_cell() -> None:
    lines = [f"\t{cell}" for line in PROACTIVE_2021.split("\n") for cell in line.split("\t")]
    text = "\n".join(f"{line}\t" if n % 3 == 0 else line for n, line in enumerate(lines))
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}


@pytest.mark.parametrize(
    "note",
    [
        "注：1.本表统计口径为本机关，不含下属单位。2.行政许可含变更3件。",
        "备注：3件申请为重复申请",
        "单位：件",
        "填表人：张明　填报日期：2024年1月9日",
        "审核人：3",
        "*含撤回 2 件",
        "[1] 含上年结转3件",
        "（数据截至2023年12月31日）",
        "联系电话：0999-8100218",
        "第 1 页",
    ],
)
@pytest.mark.parametrize("layout", ["tabs", "lines_led_by_tab", "pipes_plain", "single_lines", "spaces"])
def test_a_note_under_a_table_is_no_data(note: str, layout: str) -> None:
    text = written(layout=layout)
    for heading in ("三、收到和处理", "四、政府信息公开行政复议", "五、存在的"):
        text = text.replace(f"\n{heading}", f"\n{note}\n\n{heading}")
    assert silent(read(text), numbered("2021")) == {}


@pytest.mark.parametrize(
    "title", ["表1 主动公开情况统计表", "附表2", "单位：件", "（统计期：2023年1月1日至12月31日）", "表 3"]
)
def test_a_line_over_a_table_is_no_data(title: str) -> None:
    text = written()
    for label in ("第二十条第（一）项", "（本列数据的勾稽关系为", "行政复议\t"):
        text = text.replace(f"\n{label}", f"\n{title}\n{label}", 1)
    assert shown(read(text)) == numbered("2021")


def test_tables_gathered_in_an_annex_are_read() -> None:
    text = written()
    parts = {}
    for number, (begin, end) in enumerate(
        (("第二十条", "\n三、收到"), ("（本列", "\n四、政府"), ("行政复议\t", "\n五、存在")), 1
    ):
        start = text.index(f"\n{begin}")
        parts[number] = text[start : text.index(end, start)]
    for number, table in parts.items():
        text = text.replace(table, f"\n详见附表{number}\n")
    text += "".join(f"\n附表{number}\n{table}\n" for number, table in parts.items())
    assert shown(read(text)) == numbered("2021")


def test_a_small_table_in_section_one_is_not_taken_for_table_two() -> None:
    small = "项目\t2022年\t2023年\n行政许可\t120\t999\n行政处罚\t20\t998\n行政强制\t5\t997\n"
    text = written().replace("二、主动公开政府信息情况", f"{small}\n二、主动公开政府信息情况")
    assert silent(read(text), numbered("2021")) == {}


def test_a_table_of_contents_is_not_taken_for_the_headings() -> None:
    contents = "目录\n" + "".join(
        f"{title}……{page}\n"
        for page, title in enumerate(
            (
                "一、总体情况",
                "二、主动公开政府信息情况",
                "三、收到和处理政府信息公开申请情况",
                "六、其他需要报告的事项",
            ),
            1,
        )
    )
    report = read(contents + written())
    assert shown(report) == numbered("2021")
    assert report.sections["1"] == "全局上下做了大量工作，取得了一定成效。"


def test_rows_of_the_table_in_prose_are_not_taken_for_the_table() -> None:
    prose = (
        "一、本年新收政府信息公开申请数量9件；\n（一）予以公开8件；\n1.行政许可 7 件\n行政处罚：6\n（七）总计5件。\n"
    )
    assert silent(read(written().replace("全局上下", f"{prose}全局上下", 1)), numbered("2021")) == {}


def test_rows_in_another_order_are_doubted_but_never_exchanged() -> None:
    text = PROACTIVE_2021.replace("行政处罚\t37\n行政强制\t4", "行政强制\t4\n行政处罚\t37")
    assert silent(read(text), shown(read(PROACTIVE_2021))) == {}
    assert row(read(text), "proactive.administrative_licensing") == ["186"]


@pytest.mark.parametrize("line", ["1\t\t0\t1\t2\t0\t0\t1\t0\t1\t3\t0\t\t2\t5", "1 0 1 2 0 0 1 0 1 3 2 5", "1\n0\n1\n2"])
def test_table_four_without_header_and_with_blanks_is_not_left_out_in_silence(line: str) -> None:
    title = "四、政府信息公开行政复议、行政诉讼情况"
    report = read(f"{PROACTIVE_2021}{title}\n{line}\n五、存在的主要问题及改进情况\n无\n")
    cells = [cell for key, cell in report.cells.items() if key.table == "remedies"]
    assert len(cells) == 15
    assert all(cell.doubts for cell in cells)


def test_table_four_that_is_not_there_is_absent() -> None:
    title = "四、政府信息公开行政复议、行政诉讼情况"
    report = read(f"{PROACTIVE_2021}{title}\n无\n五、存在的主要问题及改进情况\n无\n")
    cells = [cell for key, cell in report.cells.items() if key.table == "remedies"]
    assert {cell.state for cell in cells} == {State.ABSENT}
    assert not any(cell.doubts for cell in cells)


_GARBLED_HEAD = "四、政府信息公开行政复议、行政诉讼情况\n□网\t深集\n□\t业三\t人\t网集\n"


def test_a_row_under_its_heading_is_read_with_doubt_where_the_header_is_garbled() -> None:
    report = read(f"{PROACTIVE_2021}{_GARBLED_HEAD}{REMEDIES_ROW}\n五、存在的主要问题及改进情况\n无\n")
    assert list(shown(report, "remedies").values()) == [f"?{value}" for value in REMEDIES_ROW.split("\t")]


@pytest.mark.parametrize("rows", [f"{REMEDIES_ROW}\n{REMEDIES_ROW}", REMEDIES_ROW.rpartition("\t")[0]])
def test_under_a_garbled_header_two_rows_or_a_shorter_one_are_not_guessed_at(rows: str) -> None:
    report = read(f"{PROACTIVE_2021}{_GARBLED_HEAD}{rows}\n五、存在的主要问题及改进情况\n无\n")
    assert set(shown(report, "remedies").values()) == {"?absent"}


def _seen_on_a_page(title: str, rows: Sequence[Sequence[tuple[int, str]]]) -> Report:
    """Return the report of one table on a page, under its title, each cell beginning in a column of its grid."""
    ruled = [
        PageRow(tuple(PageCell(text, (column / 20, n / 20, (column + 1) / 20, (n + 1) / 20), column=column)
                      for column, text in cells))
        for n, cells in enumerate(rows, 1)
    ]  # fmt: skip
    line = PageLine(title, (0.0, 0.0, 1.0, 0.04), (PageCell(title, (0.0, 0.0, 1.0, 0.04)),))
    text, pieces, seen = join_pages([TextPage(1, (line, PageTable(tuple(ruled), (0.0, 0.05, 1.0, 0.9), ())))])
    return extract(Document("扫描件.pdf", "scan", "0" * 64, text, pieces, 1, (), seen))


def test_the_only_row_of_two_figures_in_a_grid_of_three_columns_stands_in_its_own_columns() -> None:
    lines = [line.split("\t") for line in PROACTIVE_2019.splitlines()]
    cut = next(n for n, line in enumerate(lines) if line[0] == "第二十条第（九）项")
    places = {4: (0, 1, 2, 3), 3: (0, 1, 3), 1: (0,)}
    rows = [list(zip(places[len(line)], line, strict=True)) for line in lines[:cut]]
    report = _seen_on_a_page("二、主动公开政府信息情况", rows)
    found = {key: text for key, text in shown(report, "proactive").items() if text != "absent"}
    assert found == {key: text for key, text in shown(read(PROACTIVE_2019), "proactive").items() if key in found}
    assert len(found) == 20


@pytest.mark.parametrize(("after_fifth", "doubt"), [(6, "?"), (5, "")])
def test_values_of_table_four_are_doubted_where_cells_are_joined_and_others_blank(after_fifth: int, doubt: str) -> None:
    title, *lines = REMEDIES_HEAD.splitlines()
    head = [list(enumerate(line.split("\t"))) for line in lines]
    values = [*enumerate("10012"), *enumerate([*"102140210", ""], after_fifth)]
    report = _seen_on_a_page(title, [*head, values])
    assert list(shown(report, "remedies").values()) == [f"{doubt}{value}" for _, value in values]


@pytest.mark.parametrize("after", ["2\t1\t4\t0\t7" + "\t0" * 10, "\t" * 14, "\t".join(["/"] * 15)])
def test_two_tables_four_in_one_section_are_doubted(after: str) -> None:
    second = f"附：2022年情况\n{REMEDIES_HEAD.partition(chr(10))[2]}{after}\n"
    text = f"{REMEDIES_HEAD}{REMEDIES_ROW}\n{second}五、存在的主要问题及改进情况\n无\n"
    assert all(cell.startswith("?") for cell in shown(read(text), "remedies").values())


def test_a_header_that_a_page_repeats_before_the_figures_is_no_second_table_four() -> None:
    text = f"{REMEDIES_HEAD}{REMEDIES_HEAD.partition(chr(10))[2]}{REMEDIES_ROW}\n五、存在的主要问题及改进情况\n无\n"
    assert "?" not in "".join(shown(read(text), "remedies").values())


def test_table_four_with_its_columns_in_another_order_is_doubted() -> None:
    head = REMEDIES_HEAD.replace("结果维持\t结果纠正", "结果纠正\t结果维持")
    text = f"{head}{REMEDIES_ROW}\n五、存在的主要问题及改进情况\n无\n"
    assert all(cell.startswith("?") for cell in shown(read(text), "remedies").values())


def test_of_a_column_that_the_header_names_and_the_form_has_not_no_figure_is_taken() -> None:
    head = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t上年现行有效件数\n"
    report = read(f"{head}规章\t\t0\t0\t75\n行政规范性文件\t2\t\t2\t77\n")
    assert row(report, "proactive.rules") == ["", "0", "0"]
    assert row(report, "proactive.normative_documents") == ["2", "", "2"]


@pytest.mark.parametrize("sign", ['","', ";", "；", "：", "、"])
def test_figures_that_could_not_be_told_from_the_labels_are_not_called_blank(sign: str) -> None:
    text = written(layout="tabs").replace("\t", sign)
    assert set(silent(read(text), numbered("2021")).values()) <= {"absent"}  # which is a finding


@pytest.mark.parametrize("blank", [None, 7, 14])
def test_without_its_header_table_four_is_read_in_order_with_its_blanks_and_doubted(blank: int | None) -> None:
    values = ["" if n == blank else text for n, text in enumerate(REMEDIES_ROW.split("\t"))]
    heading = REMEDIES_HEAD.splitlines()[0]
    report = read(f"{PROACTIVE_2021}{heading}\n口 口\n" + "\t".join(values) + "\n五、存在的主要问题及改进情况\n无\n")
    assert list(shown(report, "remedies").values()) == [f"?{text}" for text in values]
