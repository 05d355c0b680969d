"""Paragraphs of the prose and their places."""

from __future__ import annotations

from parser.model.place import TextSpan
from parser.prose.plain import LEFT_OUT, Paragraph, paragraphs


def read(text: str, **sections: str) -> list[Paragraph]:
    return list(paragraphs(text, {name[1:]: value for name, value in sections.items()} or {"1": text}, "1234"))


def test_every_character_knows_its_place() -> None:
    text = "标题\n一、总体情况\n共收到 １２ 件（含转办）申请。\n"
    (paragraph,) = read(text, _1="共收到 １２ 件（含转办）申请。")
    assert paragraph.text == "共收到12件申请。"
    span = paragraph.span(3, 6)
    assert span is not None
    assert text[span.start : span.end] == "１２ 件"


def test_traditional_characters_and_pinyin_are_made_plain() -> None:
    assert [p.text for p in read("收到政府信息公開申請(qǐng)3件。")] == ["收到政府信息公开申请3件。"]


def test_titles_of_documents_say_nothing() -> None:
    assert [p.text for p in read("印发《2023年12件实事》。")] == [f"印发{LEFT_OUT}。"]


def test_a_line_broken_by_its_width_goes_on() -> None:
    text = "二〇二三年全市水务系统认真落实条例要求共收到政府信\n息公开申请12件。\n（三）平台建设。"
    assert [p.text for p in read(text)] == [
        "二〇二三年全市水务系统认真落实条例要求共收到政府信息公开申请12件。",
        "(三)平台建设。",
    ]


def test_a_heading_and_a_cell_below_are_apart() -> None:
    text = "（二）依申请公开情况\n收到12件。\n5.要求行政机关确认或重新出具已获取信息内容\n0\n0"
    assert [p.text for p in read(text)][-3:] == ["5.要求行政机关确认或重新出具已获取信息内容", "0", "0"]


def test_rows_of_a_table_are_no_prose() -> None:
    assert read("（一）予以公开\t5\t0\t0\n| 行政许可 | 12 |") == []


def test_numbers_apart_stay_apart() -> None:
    assert [p.text for p in read("予以公开 5 0 0")] == ["予以公开5 0 0"]


def test_prose_that_is_not_in_the_text_has_no_place() -> None:
    (paragraph,) = read("别的文字", _1="收到12件。")
    assert paragraph.span(0, 2) is None


def test_prose_is_found_where_the_text_makes_words_bold() -> None:
    text = "一、总体情况\n**一是主动公开。**收到张**的申请**12**件，均已答复。\n答复3件。"
    first, second = read(text, _1="一是主动公开。收到张**的申请12件，均已答复。\n答复3件。")
    span = first.span(first.text.index("12"), first.text.index("12") + 3)
    assert span is not None
    assert text[span.start : span.end] == "12**件"
    assert second.span(0, 4) == TextSpan(text.index("答复3"), text.index("答复3") + 4)


def test_of_two_places_that_read_alike_the_nearer_one_is_meant() -> None:
    text = "新收**申请**5件。\n办结申请6件。\n新收申请5件。\n另有7件。"
    found = read(text, _1="新收申请5件。\n办结申请6件。", _2="新收申请5件。\n另有7件。")
    starts = [span.start for paragraph in found if (span := paragraph.span(0, 1))]
    assert starts == [0, text.index("办结"), text.rindex("新收"), text.index("另有")]


def test_stars_alone_are_nowhere() -> None:
    assert [p.span(0, 1) for p in read("**一是**好", _1="***\n二是好")] == [None]


def test_sections_are_found_in_their_order() -> None:
    text = "无\n一\n无\n三\n无"
    assert [p.span(0, 1) for p in read(text, _1="一", _3="无")] == [TextSpan(2, 3), TextSpan(4, 5)]


def test_prose_far_too_long_is_left_alone() -> None:
    assert read("收到12件。\n" * 20_000) == []
