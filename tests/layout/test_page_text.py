from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parser.layout.page import PageBlock, PageCell, PageLine, PageRow, PageTable, TextPage
from parser.layout.page_text import BESIDE_NOTE, COMPARED_NOTE, join_pages, notes_of
from parser.model.place import PageBox, TextSpan

_EDGES = (0.1, 0.5, 0.7, 0.9)


def line(text: str, top: float, left: float = 0.1, right: float | None = None) -> PageLine:
    right = left + 0.02 * len(text) if right is None else right
    words, at = [], left
    for word in text.split():
        words.append(PageCell(word, (at, top, at + 0.02 * len(word), top + 0.015)))
        at += 0.02 * (len(word) + 1)
    return PageLine(text, (left, top, right, top + 0.015), tuple(words))


def table(rows: Sequence[Sequence[str]], top: float = 0.2, full: Sequence[str] = (), left: float = 0.0) -> PageTable:
    """Return a table with a label column and two value columns; the labels in ``full`` fill their cells."""
    made = []
    for n, texts in enumerate(rows):
        y = top + 0.03 * n
        made.append(
            PageRow(
                tuple(
                    PageCell(
                        text, (left + _EDGES[k], y, left + _EDGES[k + 1], y + 0.03), column=k, runs_on=text in full
                    )
                    for k, text in enumerate(texts)
                )
            )
        )
    return PageTable(tuple(made), (left + _EDGES[0], top, left + _EDGES[-1], top + 0.03 * len(rows)))


def joined(*pages: Sequence[PageBlock]) -> list[str]:
    return join_pages([TextPage(n, tuple(blocks)) for n, blocks in enumerate(pages, 1)])[0].split("\n")


def test_every_cell_knows_its_place_and_empty_ones_too() -> None:
    page = TextPage(3, (line("二、主动公开", 0.1), table([["规章", "", "7"]])))
    text, pieces, seen = join_pages([page])
    assert text == "二、主动公开\n规章\t\t7"
    assert [piece.bounded for piece in pieces] == [False, True, True, True]
    empty = seen[TextSpan(10, 10)]
    assert empty.box == PageBox(3, (0.5, 0.2, 0.7, 0.23))
    assert seen[TextSpan(0, 6)].box == PageBox(3, (0.1, 0.1, 0.22, 0.115))


def test_paragraphs_of_a_page_askew_are_told_by_where_their_lines_run_on_the_page_laid_flat() -> None:
    words = "本年度主动公开政府信息若干条均已"
    askew = [replace(line(words, 0.1 + 0.04 * n, 0.2 - 0.02 * n), flat=(0.1, 0.04 * n, 0.42, 1)) for n in range(5)]
    assert joined(askew) == [words * 5]
    assert len(joined([replace(each, flat=None) for each in askew])) > 1


def test_a_number_that_comes_first_on_a_line_that_is_not_set_in_begins_no_paragraph() -> None:
    first = line("虽然取得了一定的成绩，但是仍存在不少问题：1.公开不及时；", 0.1, left=0.14, right=0.76)
    second = line("2.解读形式单一，图解和视频不多，群众的关注不够、参与不足，需要改进；", 0.14, right=0.76)
    third = line("3.人手不足。", 0.18)
    assert joined([first, second, third]) == [first.text + second.text + third.text]
    heading = line("二、主动公开政府信息情况", 0.18)
    assert joined([first, second, heading])[-1] == heading.text
    article = line("第三十六条答复。", 0.18)
    assert joined([first, second, article]) == [first.text + second.text + article.text]
    ended, begun = replace(second, text=second.text[:-1] + "。"), line("1.人手不足。", 0.18)
    assert joined([first, ended, begun]) == [first.text + ended.text + begun.text]
    early = replace(ended, box=(0.1, 0.14, 0.735, 0.155))  # a little before the margin
    assert joined([first, early, begun])[-1] == begun.text
    flush = line(first.text, 0.1, right=0.76)  # no paragraph is set in
    assert joined([flush, second, third]) == [first.text, second.text, third.text]


def test_no_paragraph_ends_with_a_comma() -> None:
    short, full = "共收到政府信息公开的申请一百零六件，", "其中自然人一百零四件其他都是法人和组织的"
    assert joined([line(full, 0.1), line(short, 0.14), line(full, 0.18)])[-1].endswith(short + full)


def test_a_speck_before_a_line_is_not_where_lines_begin() -> None:
    speck = line("·贯彻《中华人民共和国政府信息公开条例》，推进公开，", 0.1, left=0.05, right=0.7)
    second, third = (line("全年主动公开各类信息若干条，" * 2, top, left=0.1, right=0.7) for top in (0.14, 0.18))
    assert joined([speck, second, third]) == [speck.text + second.text + third.text]


def test_the_number_of_a_page_askew_is_found_where_it_stands_on_the_page_laid_flat() -> None:
    last = replace(line("全年主动公开各类信息若干条", 0.91, right=0.7), flat=(0.1, 0.85, 0.7, 0.87))
    number = replace(line("-1-", 0.9, left=0.48), flat=(0.48, 0.9, 0.52, 0.92))
    further = replace(line("签字盖章", 0.92, left=0.7), flat=(0.7, 0.86, 0.8, 0.88))
    assert joined([last, further, number]) == [last.text, further.text]


def test_no_paragraph_ends_within_brackets() -> None:
    above = line("认真贯彻《中华人民共和国政府信息公开条例》（以下简称", 0.1, right=0.6)
    assert joined([line("全" * 30, 0.06), above, line("《条例》），主动公开信息。", 0.14)])[-1].count("条例") == 2
    closed = line("认真贯彻《中华人民共和国政府信息公开条例》（下称条例）", 0.1, right=0.6)
    assert joined([line("全" * 30, 0.06), closed, line("主动公开信息。", 0.14)])[-1] == "主动公开信息。"


def test_a_line_that_had_no_room_for_a_number_goes_on_with_it() -> None:
    full = line("全年网站运行稳定，日常监测未见异常，各个栏目都能访问，", 0.1)
    short = line("修复错误链接多处，没有重大事故，网站运行可用性保持在", 0.14, right=full.right - 0.07)
    assert joined([full, short, line("99.3%。", 0.18)])[-1].endswith("保持在99.3%。")
    assert joined([full, short, line("全年如此。", 0.18)])[-1] == "全年如此。"
    nearer = replace(short, box=(short.left, 0.14, full.right - 0.06, 0.155))
    assert joined([full, nearer, line("此、至今未有变化。", 0.18)])[-1].endswith("保持在此、至今未有变化。")
    assert joined([full, nearer, line("全年如此。", 0.18)])[-1] == "全年如此。"


def test_loose_words_have_their_own_boxes() -> None:
    _, pieces, seen = join_pages([TextPage(1, (line("规章 3 5", 0.3),))])
    boxes = {piece.text: seen[piece.place].box.box for piece in pieces if isinstance(piece.place, TextSpan)}
    assert [round(boxes[text][0], 2) for text in ("规章", "3", "5")] == [0.1, 0.16, 0.2]


def test_a_value_glued_to_its_label_has_its_share_of_the_box() -> None:
    _, pieces, seen = join_pages([TextPage(1, (line("行政许可12", 0.3),))])
    value = next(piece for piece in pieces if piece.text == "12")
    assert isinstance(value.place, TextSpan)
    assert [round(x, 2) for x in seen[value.place].box.box] == [0.18, 0.3, 0.22, 0.32]


def test_a_label_torn_at_the_end_of_a_page_is_whole_again() -> None:
    torn = "1.本机关不掌握相关"
    upper, lower = table([["（三）", "0", "0"], [torn, "4", "5"]], full=[torn]), table([["政府信息", "", ""]])
    assert joined([upper], [lower])[-1] == "1.本机关不掌握相关政府信息\t4\t5"


def test_the_values_may_stand_with_the_second_half() -> None:
    torn = "1.本机关不掌握相关"
    document = join_pages(
        [TextPage(1, (table([[torn, "", ""]], full=[torn]),)), TextPage(2, (table([["政府信息", "4", "5"]]),))]
    )
    text, _, seen = document
    assert text == "1.本机关不掌握相关政府信息\t4\t5"
    assert seen[TextSpan(text.index("4"), text.index("4") + 1)].box.page == 2


def test_two_rows_stay_two() -> None:
    full = "行政处罚"
    assert joined([table([[full, "", ""]], full=[full])], [table([["行政强制", "1", "2"]])]) == [
        "行政处罚\t\t",
        "行政强制\t1\t2",
    ]
    numbered = "1.属于国家秘密"
    assert len(joined([table([[numbered, "", ""]], full=[numbered])], [table([["2.其他", "0", "0"]])])) == 2
    assert len(joined([table([[numbered, "0", "0"]], full=[numbered])], [table([["公开", "0", "0"]])])) == 2


def test_a_header_repeated_on_the_next_page_is_left_out() -> None:
    head = ["信息内容", "本年制发件数", "现行有效件数"]
    assert joined([table([head, ["规章", "1", "2"]])], [table([head, ["规范性文件", "3", "4"]])]) == [
        "\t".join(head),
        "规章\t1\t2",
        "规范性文件\t3\t4",
    ]


def test_page_numbers_do_not_part_a_table() -> None:
    torn = "1.本机关不掌握相关"
    upper = [table([[torn, "4", "5"]], full=[torn]), line("— 1 —", 0.93, 0.45)]
    assert joined(upper, [table([["政府信息", "", ""]]), line("— 2 —", 0.93, 0.45)]) == [
        "1.本机关不掌握相关政府信息\t4\t5"
    ]


def test_a_dot_left_of_the_dash_beside_a_page_number_makes_it_no_text() -> None:
    assert joined([line("规章 1 2", 0.3), line("-1.", 0.93, 0.5)], [line("规章 3 4", 0.3), line(".2—", 0.93, 0.5)]) == [
        "规章 1 2",
        "规章 3 4",
    ]
    assert joined([line("规章", 0.3), line("-1", 0.9, 0.5)]) == ["规章", "-1"]


def test_bare_page_numbers_count_with_the_pages() -> None:
    pages = [[line("规章 1 2", 0.3), line(str(n), 0.9, 0.5)] for n in (4, 5, 6)]
    assert joined(*pages) == ["规章 1 2"] * 3
    assert joined([line("规章", 0.3), line("7", 0.5, 0.5)]) == ["规章", "7"]


def test_a_running_title_stays_once() -> None:
    title = line("云溪县人民政府信息公开年报", 0.04)
    pages = [[PageLine(title.text, title.box), line(f"第{n}段", 0.3)] for n in "甲乙丙"]
    assert joined(*pages) == [title.text, "第甲段", "第乙段", "第丙段"]


def test_the_lines_of_a_paragraph_are_joined() -> None:
    text = "本年度主动公开各类信息，全部按期发布，群众查阅方便，反映良好，没有发生"
    first, second = line(text, 0.3, right=0.9), line("泄密事件。", 0.32)
    assert joined([first, second]) == [text + "泄密事件。"]
    assert joined([first], [second, line("（二）依申请公开", 0.34)]) == [text + "泄密事件。", "（二）依申请公开"]
    indented = line("另起一段。", 0.32, left=0.14)
    assert joined([first, indented]) == [text, "另起一段。"]


def test_a_title_as_wide_as_the_page_does_not_run_on_into_the_text_below() -> None:
    title = line("清河市水务局2023年政府信息公开工作年度报告", 0.1, 0.1, 0.9)
    text = [
        line("本报告的统计期限为自2023年1月1日起至2023年12月31日止，由本局", 0.15, 0.1, 0.9),
        line("编制。", 0.18, 0.1, 0.16),
    ]
    assert joined([title, *text]) == [title.text, text[0].text + text[1].text]
    second = line("以及行政机关政府信息公开工作情况的年度报告", 0.12, 0.1, 0.9)
    assert joined([title, second, *text])[0] == title.text + second.text


def test_rows_without_borders_are_no_paragraph() -> None:
    row = line("行政规范性文件与其他对外管理服务事项 12 13 14", 0.3, right=0.9)
    assert joined([row, line("规章", 0.32)]) == [row.text, "规章"]


def _page(number: int, left: Sequence[PageBlock], right: Sequence[PageBlock]) -> TextPage:
    return TextPage(number, tuple(left), tuple(right))


def test_of_two_reports_side_by_side_the_left_comes_first() -> None:
    head = ["信息内容", "本年制发件数", "现行有效件数"]
    narrow = [table([head, [name, "1", "2"]]) for name in ("行政规章甲", "行政许可甲")]
    other = [table([head, [name, "3", "4"]], left=1.0) for name in ("行政规章甲", "行政许可甲")]
    pages = [_page(n, [a], [b]) for n, (a, b) in enumerate(zip(narrow, other, strict=True), 1)]
    pages.append(TextPage(3, (line("左边的结尾", 0.3),)))
    text, _, _ = join_pages(pages)
    assert [row.split("\t")[1] for row in text.split("\n") if "甲" in row] == ["1", "1", "3", "3"]
    assert text.index("左边的结尾") < text.index("甲\t3")
    assert notes_of(pages) == (COMPARED_NOTE,)


def test_one_text_in_two_columns_is_read_page_by_page() -> None:
    pages = [
        _page(1, [line("左边的文字甲", 0.2)], [line("右边是另外的话", 0.2, left=0.55)]),
        _page(2, [line("下一页接着说", 0.2)], [line("最后才是结尾", 0.2, left=0.55)]),
    ]
    assert join_pages(pages)[0].split("\n") == ["左边的文字甲", "右边是另外的话", "下一页接着说", "最后才是结尾"]
    assert notes_of(pages) == (BESIDE_NOTE,)
