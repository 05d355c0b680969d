"""Tables laid along the form: every value in its own cell, whatever the layout; gaps and strangers never shift it."""

from __future__ import annotations

import re

import pytest

from parser.model.report import Reason, Report
from parser.templates.load import template
from tests.extract.snippets import (
    PROACTIVE_2019,
    PROACTIVE_2021,
    REMEDIES,
    REMEDIES_HEAD,
    REMEDIES_ROW,
    numbered,
    read,
    row,
    shown,
    written,
)
from tests.generator import LAYOUTS

WHOLE = sorted(set(LAYOUTS) - {"deduplicated", "html", "html_bare"})
BOUNDED = sorted(name for name in WHOLE if LAYOUTS[name].bounded)


def noted(report: Report, rule: str) -> list[str]:
    return [note.detail for note in report.notes if note.rule == rule]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", WHOLE)
def test_every_value_is_in_its_own_cell_in_every_layout(form: str, layout: str) -> None:
    report = read(written(form, layout=layout))
    assert report.template == form
    assert shown(report) == numbered(form)


def test_a_table_alone_is_enough() -> None:
    report = read(PROACTIVE_2021)
    assert row(report, "proactive.rules") == ["0", "0", "0"]
    assert row(report, "proactive.normative_documents") == ["2", "1", "9"]
    assert row(report, "proactive.administrative_licensing") == ["186"]
    assert row(report, "proactive.administrative_fees") == ["12.6500"]
    assert set(shown(report, "applications", "remedies").values()) == {"absent"}


def test_the_form_of_2019_has_changes_and_units() -> None:
    report = read(PROACTIVE_2019)
    assert report.template == "2019"
    assert row(report, "proactive.administrative_licensing") == ["26", "7", "412"]
    assert row(report, "proactive.administrative_penalty") == ["310", "-12", "46"]
    assert row(report, "proactive.administrative_compulsion") == ["9", "0", "2"]
    assert row(report, "proactive.centralized_procurement") == ["14", "3964"]


def test_the_fifteen_values_of_table_four_are_read_in_order() -> None:
    assert list(shown(read(PROACTIVE_2021 + REMEDIES), "remedies").values()) == REMEDIES_ROW.split("\t")


@pytest.mark.parametrize("layout", BOUNDED)
def test_a_blank_cell_between_borders_is_blank_and_shifts_nothing(layout: str) -> None:
    keys = [f"applications.granted.{column}" for column in ("commercial_enterprise", "other_org")]
    values = dict.fromkeys([*keys, "proactive.rules.repealed"], "")
    figures = [int(numbered("2021")[key]) for key in numbered("2021") if ".granted." in key and key not in keys]
    values["applications.granted.total"] = str(sum(figures[:-1]))
    assert shown(read(written(values=values, layout=layout))) == numbered("2021") | values


@pytest.mark.parametrize("layout", sorted(set(WHOLE) - set(BOUNDED)))
def test_where_blanks_leave_no_trace_the_row_is_doubted_not_guessed(layout: str) -> None:
    blank = {"applications.granted.commercial_enterprise": "", "applications.granted.other_org": ""}
    report = read(written(values=blank, layout=layout))
    assert all(text.startswith("?") for text in row(report, "applications.granted"))
    sure = {key: text for key, text in shown(report).items() if "granted" not in key}
    assert sure == {key: text for key, text in numbered("2021").items() if "granted" not in key}


@pytest.mark.parametrize("layout", WHOLE)
@pytest.mark.parametrize("mark", ["/", "—", "无"])
def test_marks_hold_their_place(mark: str, layout: str) -> None:
    marks = {key: mark for key in numbered("2021") if "rules" in key or "compulsion" in key}
    assert shown(read(written(values=marks, layout=layout))) == numbered("2021") | marks


@pytest.mark.parametrize("layout", ["tabs", "pipes_plain", "cell_closed_by_pipe", "paragraphs"])
@pytest.mark.parametrize("sign", ["\\", "＼", "※", "×", "·"])
def test_a_table_with_a_sign_in_every_cell_is_not_blank(sign: str, layout: str) -> None:
    report = read(written(values=dict.fromkeys(numbered("2021"), sign), layout=layout))
    assert "" not in shown(report, "proactive", "applications").values()


@pytest.mark.parametrize("lost", ["行政规范性文件\t2\t1\t9\n", "规章\t0\t0\t0\n", "行政处罚\t37\n", "行政许可\t186\n"])
def test_a_missing_row_is_absent_and_shifts_nothing(lost: str) -> None:
    whole, cut = shown(read(PROACTIVE_2021)), shown(read(PROACTIVE_2021.replace(lost, "")))
    changed = {key: text for key, text in cut.items() if text != whole[key]}
    assert set(changed.values()) == {"absent"}
    assert len(changed) == lost.count("\t")


def test_a_table_that_ends_early_does_not_take_the_next_sections_numbers() -> None:
    text = written(layout="lines_led_by_tab")
    start = text.index("\t（五）不予处理")
    end = text.index("四、政府信息公开行政复议")
    report = read(text[:start] + text[end:])
    names = [r.key for b in template("2021").table("applications").blocks for r in b.rows]
    for name in names[names.index("not_processed_petition_complaint") :]:
        assert set(row(report, f"applications.{name}")) == {"absent"}
    assert row(report, "applications.unable_still_unclear") == [
        numbered("2021")[key] for key in numbered("2021") if "unable_still_unclear" in key
    ]
    assert shown(report, "remedies") == {k: v for k, v in numbered("2021").items() if k.startswith("remedies")}


@pytest.mark.parametrize("name", ["其他主动公开文件", "政策解读材料", "地方性法规"])
def test_a_row_that_the_form_does_not_have_is_noted_and_shifts_nothing(name: str) -> None:
    report = read(PROACTIVE_2021.replace("第二十条第（五）项", f"{name}\t5\t6\t7\n第二十条第（五）项"))
    assert shown(report) == shown(read(PROACTIVE_2021))
    assert noted(report, "X-EXTRAROW") == [f"主动公开“{name}（5、6、7）”"]


@pytest.mark.parametrize("part", ["行政检查", "行政确认类", "检查"])
def test_the_first_part_of_a_row_is_not_the_row(part: str) -> None:
    split = f"行政强制\t{part}\t4\n\t行政备案\t9\n"
    report = read(re.sub(r"行政强制\t4\n", split, PROACTIVE_2021))
    assert row(report, "proactive.administrative_compulsion") == ["?4"]


@pytest.mark.parametrize(
    ("glued", "key", "digits"),
    [
        ("规章000", "proactive.rules", "000"),
        ("二、上年结转政府信息公开申请数量2000013", "applications.carried_over", "2000013"),
    ],
)
def test_digits_without_anything_between_are_one_for_each_column_and_doubted(glued: str, key: str, digits: str) -> None:
    text = written(layout="single_lines")
    label = glued.removesuffix(digits)
    start = text.index(label)
    lines = text[start:].split("\n")
    report = read(text[:start] + "\n".join([glued, *lines[1 + len(digits) :]]))
    assert row(report, key) == [f"?{digit}" for digit in digits]


@pytest.mark.parametrize("word", ["未增未减", "不变", "没有变化"])
@pytest.mark.parametrize("layout", ["tabs", "lines_led_by_tab", "cell_closed_by_pipe", "cell_and_pipe_alternate"])
def test_a_word_in_the_place_of_a_figure_leaves_the_others_where_they_are(word: str, layout: str) -> None:
    key = "proactive.administrative_licensing.items_change"
    report = read(written("2019", {key: word}, layout))
    assert shown(report) == numbered("2019") | {key: f"!{word}"}


def test_a_header_torn_between_pages_is_in_order() -> None:
    text = written(layout="tabs")
    start, end = text.index("申请人情况"), text.index("一、本年新收")
    names = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    torn = "申请人情况\n\t自\t法人或其他组织\t总\n\t\t\t然人\t" + "\t".join(names) + "\t计\n"
    assert shown(read(text[:start] + torn + text[end:])) == numbered("2021")


def test_a_label_with_a_long_explanation_is_read() -> None:
    note = "指本机关依照法律、法规和规章作出的各类处罚，" * 8
    pinyin = "行(xíng)政(zhèng)强(qiáng)制(zhì)（" + "含(hán)代(dài)履(lǚ)行(xíng)，" * 8 + "）"
    text = PROACTIVE_2021.replace("行政处罚\t", f"行政处罚（{note}）\t").replace("行政强制\t", f"{pinyin}\t")
    assert shown(read(text)) == shown(read(PROACTIVE_2021))


@pytest.mark.parametrize(
    ("official", "torn"),
    [
        ("第二十条第（六）项", "第二十条\t第(六)\t项"),
        ("本年制发件数", "本年\n制发件数"),
        ("行政规范性文件\t2", "行政规范\t性文件\t2"),
        ("一、本年新收政府信息公开申请数量", "一、本年新收政府信息\n公开申请数量"),
    ],
)
def test_a_torn_label_is_joined(official: str, torn: str) -> None:
    text = written().replace("行政规范性文件\t103\t104", "行政规范性文件\t2\t104")
    report = read(text.replace(official, torn))
    values = [cell.shown for cell in report.cells.values()]
    assert values == [cell.shown for cell in read(text).cells.values()]


def test_the_tail_of_a_label_beside_the_value_is_doubted() -> None:
    report = read(PROACTIVE_2021.replace("行政事业性收费\t12.6500", "行政事业性收到\t贵 12.6500"))
    assert row(report, "proactive.administrative_fees") == ["?12.6500"]
    (cell,) = [cell for key, cell in report.cells.items() if key.row == "administrative_fees"]
    assert [doubt.reason for doubt in cell.doubts] == [Reason.LABEL_LEAK]


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("行政许司", "行政许可"),
        ("行政許可", "行政许可"),
        ("本年度止件数", "本年废止件数"),
        ("规 章", "规章"),
        ("规章（设区的市以上人民政府填报）", "规章"),
        ("規範性檔案", "行政规范性文件"),
        ("行政事业型收费", "行政事业性收费"),
    ],
)
def test_a_label_in_other_characters_is_recognised(printed: str, official: str) -> None:
    assert [text.strip("?") for text in shown(read(PROACTIVE_2021.replace(official, printed))).values()] == [
        *shown(read(PROACTIVE_2021)).values()
    ]


@pytest.mark.parametrize(
    "page", ["- 5 -", "— 5 —", "第 5 页 共 8 页", "\n\n", "清河市水务局2023年度报告", "Page 5", "5 / 8", "续表"]
)
@pytest.mark.parametrize("layout", ["tabs", "lines_led_by_tab", "pipes_plain", "single_lines"])
def test_a_page_end_inside_a_table_changes_nothing(page: str, layout: str) -> None:
    text = written(layout=layout)
    for label in ("1.本机关不掌握相关政府信息", "行政强制"):
        start = text.rindex("\n", 0, text.index(label))
        if layout in ("tabs", "pipes_plain"):
            text = f"{text[:start]}\n{page}{text[start:]}"
        else:  # before the row, where its group stands
            above = text.rindex("\n", 0, start)
            text = f"{text[:above]}\n{page}{text[above:]}"
    sure = {key: text for key, text in shown(read(text)).items() if not text.startswith("?")}
    assert len(sure) >= 190
    assert sure == {key: text for key, text in numbered("2021").items() if key in sure}


def test_a_header_repeated_on_the_next_page_changes_nothing() -> None:
    text = written()
    start = text.index("（本列数据的勾稽关系为")
    head = text[start : text.index("一、本年新收政府信息公开申请数量")]
    place = text.rindex("\n", 0, text.index("2.重复申请")) + 1
    assert shown(read(text[:place] + head + text[place:])) == numbered("2021")


def test_a_label_garbled_in_the_header_but_whole_in_its_repetition_is_not_another_order() -> None:
    text = written()
    start = text.index("（本列数据的勾稽关系为")
    head = text[start : text.index("一、本年新收政府信息公开申请数量")]
    place = text.rindex("\n", 0, text.index("2.重复申请")) + 1
    garbled = text[:start] + head.replace("自然人", "人") + text[start + len(head) : place]
    assert shown(read(garbled + head + text[place:])) == numbered("2021")


def test_a_heading_ends_a_table() -> None:
    text = PROACTIVE_2021.replace(
        "行政事业性收费\t12.6500\n", "行政事业性收费\t\n三、收到和处理政府信息公开申请情况\n12 7\n"
    )
    assert row(read(text), "proactive.administrative_fees") == [""]


def test_prose_behind_a_table_is_not_read_into_it() -> None:
    text = f"{PROACTIVE_2021.replace('12.6500', '')}本年办理行政许可 186 件，行政处罚 37 件，行政强制 4 件。\n"
    (cell,) = row(read(text), "proactive.administrative_fees")
    assert cell.strip("?") == ""


def test_a_whole_table_left_blank_is_blank_and_not_doubtful() -> None:
    blank = {key: "" for key in numbered("2021") if key.startswith(("applications", "remedies"))}
    for layout in ("tabs", "lines_led_by_tab", "pipes_plain", "markdown"):
        report = read(written(values=blank, layout=layout))
        assert set(shown(report, "applications").values()) == {""}
        assert shown(report, "proactive") == {k: v for k, v in numbered("2021").items() if k.startswith("proactive")}


def test_repeated_lines_dropped_from_the_text_make_the_rest_unreadable() -> None:
    zeros = dict.fromkeys(numbered("2021"), "0") | {
        "applications.granted.total": "6",
        "applications.granted.other_org": "6",
    }
    lines = written(values=zeros, layout="single_lines").split("\n")
    report = read("\n".join(dict.fromkeys(lines)))
    assert not {text for text in shown(report, "applications").values() if text[:1] not in ("?", "!")}


@pytest.mark.parametrize("value", ["O", "3O01", "l"])
def test_a_letter_for_a_digit_is_doubted_in_its_cell_only(value: str) -> None:
    report = read(written(values={"applications.granted.total": value}))
    doubted = [str(key) for key, cell in report.cells.items() if cell.doubts]
    assert doubted == ["applications.granted.total"]


def test_the_separator_row_of_markdown_is_no_row() -> None:
    text = REMEDIES_HEAD + "\t".join(["---"] * 15) + "\n" + REMEDIES_ROW + "\n" + "\t".join(["---"] * 15) + "\n"
    assert list(shown(read(PROACTIVE_2021 + text), "remedies").values()) == REMEDIES_ROW.split("\t")
