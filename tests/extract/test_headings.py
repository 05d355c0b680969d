"""Who reports on which year: titles of all the kinds seen, the reporting period, the signature."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from parser.extract.headings import Heading, processing_fee, read_heading

BODY = "\n一、总体情况\n我局认真贯彻条例，全年公开工作平稳有序。\n" + "各项工作按计划完成。" * 40


def heading(title: str, closing: str = "") -> Heading:
    return read_heading(title + BODY + closing, len(title) + 1)


def test_a_title_torn_within_its_last_word_is_whole() -> None:
    assert heading("清河市水务局2023年政府信息公开工作年度报\n告").title == "清河市水务局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "title",
    [
        "清河市水务局2023年政府信息公开工作年度报告",
        "清河市水务局\n2023年政府信息公开工作年度报告",
        "清河市水务局\n\n清河市水务局 2023年政府信息公开工作年度报告",
        "清河市水务局2023年度政府信息公开年度报告",
        "清河市水务局2023年信息公开年度报告",
        "清河市水务局 2023 年政府信息公开工作的年度报告",
        "清河市水务局2023年政府信息公开工作告年度报",
        "清河市水务局2023年政务公开工作年度报告",
        "清河市水务局2023年政府信息公开\n工作年度报告",
        "清河市水务局政府信息公开工作年度报告\n（2023年）",
        "清河市水务局\n政府信息公开工作年度报告\n（2023年度）",
        "清河市水务局政府信息公开工作2023年度报告",
        "清河市水务局二〇二三年政府信息公开工作年度报告",
        "清河市水务局２０２３年政府信息公开工作年度报告",
        "2023年清河市水务局政府信息公开工作年度报告",
        "2023年度清河市水务局政府信息公开年报",
        "清河市水务局关于2023年政府信息公开工作情况的报告",
        "2023年政府信息公开工作年度报告\n清河市水务局",
        "附件1\n清河市水务局2023年政府信息公开工作年度报告",
        "## 清河市水务局2023年政府信息公开工作年度报告",
        "**清河市水务局2023年政府信息公开工作年度报告**",
        "[bookmark: _GoBack]清河市水务局2023年政府信息公开工作年度报告",
        "首页>政务公开>政府信息公开年报\n清河市水务局2023年政府信息公开工作年度报告\n来源：清河市水务局 2024-01-20",
        "清河市水务局2023年政府信息公开工作年度报告_清河市人民政府",
    ],
)
def test_a_title_names_the_office_and_the_year(title: str) -> None:
    found = heading(title)
    assert (found.issuer, found.year) == ("清河市水务局", 2023)


@pytest.mark.parametrize(
    "issuer",
    [
        "清河市人民政府",
        "柳林镇人民政府",
        "滨河街道办事处",
        "南浦区人民政府滨河街道办事处",
        "中共清河市委组织部",
        "国家税务总局清河市税务局",
        "清河高新技术产业开发区管理委员会",
        "清河市第一中学",
        "清河市自来水有限公司",
        "东屏市住房公积金管理中心",
        "柳林镇",
    ],
)
def test_offices_of_every_kind_are_named(issuer: str) -> None:
    assert heading(f"{issuer}2023年政府信息公开工作年度报告").issuer == issuer


@pytest.mark.parametrize(
    "title",
    [
        "【年报】清河市水务局2023年政府信息公开工作年度报告",
        "标题：清河市水务局2023年政府信息公开工作年度报告",
        "信息名称：清河市水务局2023年政府信息公开工作年度报告",
        "附件：清河市水务局2023年政府信息公开工作年度报告",
        "关于清河市水务局2023年政府信息公开工作年度报告",
        "清河市水务局关于印发2023年政府信息公开工作年度报告的通知",
        "2023年政府信息公开工作年度报告\n（清河市水务局）",
    ],
)
def test_words_around_the_title_are_no_part_of_the_name(title: str) -> None:
    assert heading(title).issuer == "清河市水务局"


def test_a_name_broken_over_two_lines_is_joined() -> None:
    assert heading("柳林镇人民\n政府2023年政府信息公开工作年度报告").issuer == "柳林镇人民政府"


def test_full_width_brackets_of_a_name_are_kept_as_printed() -> None:
    assert heading("清河市水务局（防汛办）2023年政府信息公开工作年度报告").issuer == "清河市水务局（防汛办）"


@pytest.mark.parametrize(
    "printed",
    [
        "自2023年1月1日起至2023年12月31日止",
        "2023年1月1日至12月31日",
        "2023年1月1日—2023年12月31日",
        "2023年1月1日到2023年12月31日",
        "2023年1月1日～12月31日",
        "2023年1月1日 - 2023年12月31日",
        "2023 年 1 月 1 日至 2023 年 12 月 31 日",
    ],
)
def test_the_period_tells_the_year_when_the_title_does_not(printed: str) -> None:
    found = heading(f"清河市水务局政府信息公开工作年度报告\n本报告统计期限为{printed}。")
    assert found.period == (date(2023, 1, 1), date(2023, 12, 31))
    assert found.year == 2023


@pytest.mark.parametrize(
    "printed",
    [
        "自2023年1月1日起，至2023年12月31日止",
        "２０２３年１月１日至２０２３年１２月３１日",
        "2023.1.1-2023.12.31",
        "2023年1月至12月",
    ],
)
def test_a_period_in_other_dress_is_read(printed: str) -> None:
    found = heading(f"清河市水务局政府信息公开工作年度报告\n本报告统计期限为{printed}。")
    assert found.period == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    "printed",
    ["2023年3月1日至2023年12月31日", "2023年1月1日至2022年12月31日", "2023年13月1日至14月2日", "2022年1月至12月"],
)
def test_other_ranges_of_dates_are_no_period(printed: str) -> None:
    assert heading(f"清河市水务局2023年政府信息公开工作年度报告\n{printed}。").period is None


@pytest.mark.parametrize(
    "closing",
    ["\n清河市水务局\n2024年1月20日\n", "\n\n清河市水务局  2024年1月20日", "\n清河市水务局\n2024 年 1 月 20 日"],
)
def test_the_signature_names_the_office_when_the_title_does_not(closing: str) -> None:
    found = heading("2023年政府信息公开工作年度报告", closing)
    assert (found.issuer, found.published) == ("清河市水务局", date(2024, 1, 20))


def test_a_report_without_title_or_signature_names_nobody() -> None:
    found = heading("本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。")
    assert (found.title, found.issuer, found.year) == (None, None, 2023)


@pytest.mark.parametrize(
    ("head", "body", "closing", "year"),
    [
        ("清河市水务局政府信息公开工作年度报告", "2023年，我局公开信息12条。", "", 2023),
        ("清河市水务局政府信息公开工作年度报告", "2023年我局较2022年多公开12条；2023年共45条。", "", 2023),
        ("清河市水务局政府信息公开工作年度报告", "对2018年以来的补贴作了公示。", "", None),
        ("清河市水务局政府信息公开工作年度报告", "自2018年起设立专栏，较2022年多12条。", "", None),
        ("清河市水务局政府信息公开工作年度报告", "2018年设立专栏，2020年改版。", "", None),
        ("清河市水务局政府信息公开工作年度报告", "2018年设立专栏，公开信息12条。", "", None),
        ("清河市水务局政府信息公开工作年度报告", "自2018年，我局公开信息12条，2018年设立专栏。", "", None),
        ("清河市水务局政府信息公开工作年度报告", "2018年设立专栏。", "清河市水务局\n2024年1月20日", None),
        ("清河市水务局政府信息公开工作年度报告\n2024年1月20日", "我局公开信息12条。", "", None),
        ("清河市水务局20□3年政府信息公开工作年度报告\n2024年1月20日", "2023年公开信息12条。", "", 2023),
        ("清河市水务局20□3年政府信息公开工作年度报告\n2024-01-20", "2023年公开信息12条。", "", 2023),
    ],
)
def test_a_year_that_is_not_named_as_that_of_the_report_is_not_taken_for_it(
    head: str, body: str, closing: str, year: int | None
) -> None:
    assert heading(head, f"\n{body}\n{closing}").year == year


def test_nothing_is_invented_from_an_empty_text() -> None:
    assert read_heading("", 0) == Heading()


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("本年度收取信息处理费3940元。", "3940"),
        ("依法收取信息处理费共计1,250.50元。", "1250.50"),
        ("发出收费通知25件，收取信息处理费2950元。", "2950"),
        ("收取信息处理费0.5万元。", "5000"),
        ("本年度未收取信息处理费0元。", "0"),
    ],
)
def test_the_fee_for_processing_is_found_in_section_six(text: str, fee: str) -> None:
    assert processing_fee(text) == Decimal(fee)


@pytest.mark.parametrize("text", [None, "", "无。", "本年度未收取信息处理费。", "行政事业性收费3940元。"])
def test_no_fee_is_found_where_none_is_reported(text: str | None) -> None:
    assert processing_fee(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "关于印发《清河市水务局2023年政府信息公开工作年度报告》的通知",
        "【年报】清河市水务局2023年政府信息公开工作年度报告",
        "首页>政务公开>清河市水务局2023年政府信息公开工作年度报告",
        "清河市水务局关于报送2023年政府信息公开工作年度报告",
        "清河市水务局2023年法治政府建设暨政府信息公开工作年度报告",
        "清河市水务局2023 年 政 府 信 息 公 开 工 作 年 度 报 告",
        "清河市水务局2023 年度政府信息公开工作 年 度 报 告",
        "Page 1 - 清河市水务局2023年政府信息公开工作年度报告",
        "填报单位：清河市水务局\n2023年政府信息公开工作年度报告",
        "清河市\n水务局\n2023年政府信息公开工作年度报告",
        "2023年政府信息公开工作年度报告\n本报告根据有关要求，由清河市水务局编制。",
        "清河市公安局2018年政府信息公开工作年度报告\n清河市水务局2023年政府信息公开工作年度报告",
    ],
)
def test_an_office_is_told_from_what_stands_before_its_name(line: str) -> None:
    heading = read_heading(f"{line}\n", len(line) + 1)
    assert (heading.issuer, heading.year) == ("清河市水务局", 2023)


@pytest.mark.parametrize(
    "line",
    [
        "根据《中华人民共和国政府信息公开条例》，特编制清河市水务局2023年政府信息公开工作年度报告。本报告由六部分组成。",
        (
            "清河市水务局2023年政府信息公开工作年度报告根据《条例》和《关于做好2022年政府信息公开年度报告编制工作的通知》"
            "编制，由六部分组成，包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等内容。"
        ),
    ],
)
def test_a_report_without_a_title_is_named_by_its_first_sentence(line: str) -> None:
    heading = read_heading(f"{line}\n", len(line) + 1)
    assert (heading.title, heading.issuer, heading.year) == (None, "清河市水务局", 2023)


def test_the_editor_is_named_behind_the_words_for_the_report() -> None:
    line = (
        "为做好2023年政府信息公开年度报告编制发布工作，现发布年报。本报告由清河市水务局编制，全文包括总体情况等内容。"
    )
    assert read_heading(f"{line}\n", len(line) + 1).issuer == "清河市水务局"


def test_a_year_said_before_the_first_section_counts() -> None:
    line = (
        "2023年，在市政府办公室的指导下，我局及时、准确公开政府信息，现将本年度工作情况报告如下，请予审议并提出意见："
    )
    assert read_heading(f"{line}\n", len(line) + 1).year == 2023


def test_a_period_with_which_something_is_compared_is_another_one() -> None:
    text = "全年公开信息412条，与2018年1月1日至2018年12月31日相比增加。统计期限为2023年1月1日至2023年12月31日。"
    period = read_heading(text, 0).period
    assert period is not None
    assert period[0].year == 2023


def test_an_office_may_have_a_name_of_two_characters() -> None:
    assert read_heading("2022年度蒲县政府信息公开工作年度报告\n", 100).issuer == "蒲县"
    assert read_heading("2022年度本县政府信息公开工作年度报告\n", 100).issuer is None


def test_the_year_is_no_part_of_an_office() -> None:
    text = "按照有关要求，现将2023年度政府信息公开工作情况报告如下：\n一、总体情况\n"
    found = read_heading(text, len(text))
    assert (found.issuer, found.year) == (None, 2023)


def test_the_place_of_an_office_is_not_sought_beyond_a_possessive() -> None:
    text = "2022年，县审计局在县委领导下开展工作。\n成立了由局长任组长的清河县审计局政府信息公开领导小组。\n"
    assert read_heading(text, len(text)).issuer == "清河县审计局"


@pytest.mark.parametrize(
    "last", ["2022年1月1日至2022年12月31日，本局未收取信息处理费。", "截至2022年12月31日 本局没有收费"]
)
def test_the_end_of_the_period_is_no_day_of_publication(last: str) -> None:
    title = "清河市水务局2022年政府信息公开工作年度报告\n"
    assert read_heading(title + last, len(title)).published is None
    assert read_heading(f"{title}{last}\n清河市水务局\n2023年1月12日\n", len(title)).published == date(2023, 1, 12)
