"""The office that reports, named by its own sentences where no title says it."""

from __future__ import annotations

import pytest

from parser.extract.headings import read_heading

TABLES = "\n二、主动公开政府信息情况\n规章\t0\t0\t0\n"


def office(before: str, first_section: str = "略。") -> tuple[str | None, int | None]:
    """Return office and year of a report with these words before its first section and in it."""
    head = f"{before}\n"
    found = read_heading(f"{head}一、总体情况\n{first_section}{TABLES}", len(head))
    return found.issuer, found.year


@pytest.mark.parametrize(
    "sentence",
    [
        "按照要求，柳林县水务局特向社会公布2023年政府信息公开工作年度报告。",
        "根据条例规定，特向社会公布《柳林县水务局2023年政府信息公开工作年度报告》。",
        "为发挥年度报告的作用，我局结合实际，制定《柳林县水务局2023年政府信息公开年度报告》，并适时更新。",
        "现公布2023年柳林县水务局政府信息公开工作年度报告。",
        "现将2023年度柳林县水务局政府信息公开工作情况报告予以公布。",
        "依照要求，柳林县水务局特编制2023年政府信息公开年度报告。",
        "现将柳林县水务局2023年度政府信息工作年度报告予以公开。",
        "特向社会公布柳林县水务局（以下简称“县水务局”）2023年政府信息公开工作年度报告。",
        "柳林县水务局政府信息公开工作年度报告依据条例编制，统计数据截止时间为2023年12月31日。",
        "现公布柳林县水务局政府信息公开年度报告，统计期限为2023年1月1日至12月31日。",
        "2023年，柳林县水务局严格遵循条例要求。现将有关情况报告如下：",
        "本报告统计期限为2023年1月1日至12月31日。如有疑问，可直接与柳林县水务局综合股联系。",
    ],
)
def test_the_words_before_the_first_section_name_the_office_and_the_year(sentence: str) -> None:
    assert office(sentence) == ("柳林县水务局", 2023)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，柳林县水务局认真贯彻落实条例，公开工作平稳有序。",
        "2023年，在县委、县政府的领导下，柳林县水务局坚持以公开为常态。",
        "（一）主动公开情况。2023年，柳林县水务局在县政府网站上主动公开信息51条。",
        "2023年柳林县水务局全面贯彻条例精神。",
    ],
)
def test_what_an_office_did_in_the_year_names_it(sentence: str) -> None:
    assert office("", sentence) == ("柳林县水务局", 2023)


def test_a_year_since_which_an_office_works_need_not_be_that_of_the_report() -> None:
    assert office("", "2022年以来，柳林县水务局进一步加强组织领导。") == ("柳林县水务局", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，县政府高度重视公开工作，多次召开会议。",
        "2023年，全县认真贯彻落实条例。",
        "2023年，国务院办公厅进一步加强指导。",
        "2023年，我局认真贯彻落实条例。",
        "2023年，国家水务总局认真贯彻落实条例，我局公开信息12条。",
        "2023年，柳林县人民政府门户网站主动公开我局信息12条。",
        "2023年，我局公开信息12条。柳林县人民政府办公室按照职责加强指导。",
        "2023年，我局公开信息12条。申请人可与柳林县档案馆联系查阅。",
    ],
)
def test_others_at_work_in_the_year_are_not_the_office(sentence: str) -> None:
    assert office("", sentence) == (None, 2023)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("截止2023年12月31日，我局通过网站发布信息34条。", 2023),
        ("现从六个方面汇报我镇2023年政府信息公开工作。", 2023),
        ("依据关于2023年度政府信息公开的具体工作要求，认真做好工作。", 2023),
        ("较2022年度政府信息公开工作有所进步。", None),
    ],
)
def test_a_year_said_once_counts_where_it_is_that_of_the_report(sentence: str, year: int | None) -> None:
    assert office("", sentence) == (None, year)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("柳林县人民政府办公室关于印发柳林县水务局2023年政府信息公开工作年度报告的通知", "柳林县水务局"),
        ("2023年政府信息公开工作年度报告\n柳林县人民政府办公室：\n根据要求，现将我局报告报送如下", None),
        ("2023年政府信息公开工作年度报告\n依据柳林县统计局编制的统计口径，编制本报告。", None),
        ("柳林县人民政府门户网站\n2023年政府信息公开工作年度报告", None),
    ],
)
def test_offices_that_hand_on_or_receive_a_report_are_not_whose_it_is(before: str, name: str | None) -> None:
    assert office(before) == (name, 2023)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("对照2022年政府信息公开工作年度报告中的问题，逐条整改到位。", None),
        ("落实2024年政务公开工作要点，做好各项工作。", None),
        ("截至2022年12月31日累计公开120条。2023年，我局公开12条。", 2023),
    ],
)
def test_the_year_of_another_report_or_plan_is_not_that_of_this_one(sentence: str, year: int | None) -> None:
    assert office("", sentence + "各项工作按计划完成。" * 40)[1] == year


def test_a_sentence_is_no_title() -> None:
    before = "柳林县东坡街道2023年政府信息公开工作年度报告\n\n现将2023年度东坡街道政府信息公开工作情况报告如下："
    assert office(before) == ("柳林县东坡街道", 2023)


def test_a_desk_of_a_small_office_is_not_the_office() -> None:
    assert office("本报告由东坡镇人民政府党政办公室编制。")[0] == "东坡镇人民政府"


def test_a_name_without_its_place_gets_it_from_the_first_sentence() -> None:
    title = "市人民政府办公室2023年政府信息公开工作年度报告"
    sentence = "现公开柳林市人民政府办公室2023年政府信息公开工作年度报告。"
    assert office(f"{title}\n{sentence}") == ("柳林市人民政府办公室", 2023)
    assert office(title) == ("市人民政府办公室", 2023)


def test_a_heading_is_better_than_a_name_without_its_place() -> None:
    assert office("柳林区国资局\n现公布区政府国资局2023年政府信息公开工作年度报告。")[0] == "柳林区国资局"


def test_a_name_is_kept_as_it_is_written() -> None:
    sentence = "2023年，義成鎮(zhèn)人民政府嚴(yán)格按照要求，切實做好公開工作。"
    assert office("", sentence) == ("義成鎮人民政府", 2023)


@pytest.mark.parametrize("piece", ["\n", " \n", "在", "2023年，在", "，公布2023年", "由清河", "(a", "\n2023年，在"])
def test_a_long_text_is_looked_through_quickly(piece: str) -> None:
    """No pattern may take a time that grows with the square of the text; the test would not end."""
    text = piece * 100_000
    assert read_heading(text, len(text) // 2).issuer is None
