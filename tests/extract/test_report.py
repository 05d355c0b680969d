"""Documents as a whole: which form, which year, one report or two, or none at all."""

from __future__ import annotations

import contextlib
import random
from dataclasses import replace
from pathlib import Path

import pytest

from parser.errors import FileTooLarge, FormerForm, NoTables, ReportError
from parser.extract.report import extract
from parser.paths import resource
from parser.readers.text import read_text
from tests.extract.snippets import PROACTIVE_2019, PROACTIVE_2021, REMEDIES, numbered, read, shown, written

TITLE = "清河市水务局{}年政府信息公开工作年度报告\n"


def rules(text: str) -> list[str]:
    return [note.rule for note in read(text).notes if note.rule != "X-SECTION"]


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2023])
@pytest.mark.parametrize(("form", "table"), [("2019", PROACTIVE_2019), ("2021", PROACTIVE_2021)])
def test_the_labels_tell_the_form_and_not_the_year(form: str, table: str, year: int) -> None:
    report = read(TITLE.format(year) + table)
    assert (report.template, report.form, report.year) == (form, form, year)


def test_without_a_telling_label_the_form_is_open_and_the_due_one_is_filled() -> None:
    text = "规章\t0\t0\t0\n行政许可\t26\n行政处罚\t3\n行政强制\t1\n" + REMEDIES
    for year, due in ((2020, "2019"), (2023, "2021")):
        report = read(TITLE.format(year) + text)
        assert (report.template, report.form) == (None, due)


def test_a_block_of_the_other_form_is_noted_and_its_lost_columns_doubted() -> None:
    blocks = PROACTIVE_2019.split("第二十条")
    start, end = PROACTIVE_2021.index("第二十条第（五）项"), PROACTIVE_2021.index("第二十条第（六）项")
    report = read(f"{PROACTIVE_2021[:start]}第二十条{blocks[2]}{PROACTIVE_2021[end:]}{REMEDIES}")
    assert report.template == "2021"
    assert [note.rule for note in report.notes if note.rule == "X-MIXED"] == ["X-MIXED"]
    cells = shown(report, "proactive")
    assert cells["proactive.administrative_penalty.decisions"] == "37"
    assert cells["proactive.administrative_licensing.decisions"].strip("?") in ("412", "absent")
    assert not [key for key, text in cells.items() if text == "absent"]


def test_of_two_reports_the_first_is_read() -> None:
    second = dict.fromkeys(numbered("2021"), "9")
    report = read(written() + "\n" + written(values=second).replace("2023年", "2022年"))
    assert shown(report) == numbered("2021")
    assert (report.year, rules(written() + written(values=second))) == (2023, ["X-MULTI"])


_BLANK = written(values=dict.fromkeys(numbered("2021"), "")).replace("清河市水务局2023年", "某某局某某年")


@pytest.mark.parametrize(
    "before",
    [
        "填表说明\n行政许可\t填写本年数，如 12\n（一）予以公开\t例：3\n规章\t0\n",
        _BLANK,
        PROACTIVE_2021.replace("0", "7"),
    ],
    ids=["hints", "a form not filled in", "a table of another year"],
)
def test_of_a_scrap_and_a_report_the_report_is_read(before: str) -> None:
    report = read(f"{before}\n{written()}")
    assert shown(report) == numbered("2021")
    assert (report.issuer, report.year) == ("清河市水务局", 2023)
    assert report.sections == read(written()).sections
    assert [note.rule for note in report.notes] == ["X-MULTI"]
    assert "在它前面的没有读取" in report.notes[0].detail


def test_a_report_is_no_scrap_because_it_lacks_its_title_and_some_labels() -> None:
    first = written().split("\n", 1)[1].replace("2.重复申请", "？？").replace("行政强制", "？？")
    assert read(f"{first}\n{written(values=dict.fromkeys(numbered('2021'), '9'))}").cells == read(first).cells


def test_a_report_with_a_title_is_no_scrap_however_much_of_it_was_lost() -> None:
    first = written().split("三、收到")[0]
    report = read(f"{first}\n{written(values=dict.fromkeys(numbered('2021'), '9')).replace('2023年', '2022年')}")
    assert report.year == 2023
    assert report.cells == read(first).cells


def test_the_sections_of_a_second_report_are_not_those_of_the_first() -> None:
    report = read(written() + "\n" + written().replace("2023年", "2022年"))
    assert report.sections == read(written()).sections


@pytest.mark.parametrize(
    "text",
    [
        TITLE.format(2023)
        + "一、总体情况\n全年公开信息30条。\n二、主动公开政府信息情况\n见附图。\n六、其他需要报告的事项\n无。\n",
        "关于做好春节期间安全生产工作的通知\n各科室：请认真落实。\n",
        "规章",
        "。" * 5000,
        "1\t2\t3\n" * 300,
    ],
    ids=["tables are pictures", "another document", "one word", "stops", "numbers"],
)
def test_a_text_without_the_tables_is_refused(text: str) -> None:
    with pytest.raises(NoTables, match=r"表格.*；请"):
        read(text)


@pytest.mark.parametrize(("kind", "advice"), [("scan", "重新扫描"), ("image", "重新扫描"), ("text", "确认文件")])
def test_who_scanned_what_holds_no_table_is_told_what_may_be_wrong(kind: str, advice: str) -> None:
    document = replace(read_text("清河市水务局年度报告，字迹模糊。".encode(), "报告.pdf", "0" * 64), kind=kind)
    with pytest.raises(NoTables, match=f"；.*{advice}"):
        extract(document)


@pytest.mark.parametrize("year", [2012, 2018])
def test_a_report_of_2018_or_before_is_refused_for_its_form(year: int) -> None:
    lists = "指标名称\t计量单位\t数量\n一、主动公开情况\n主动公开政府信息数\t条\t120\n收到申请数\t件\t4\n"
    with pytest.raises(FormerForm, match=rf"{year} 年.*；"):
        read(TITLE.format(year) + lists)


def test_a_text_many_times_longer_than_a_report_is_refused() -> None:
    with pytest.raises(FileTooLarge, match="；请"):
        read("1 2 3 4 5 6 7 8 9\n" * 8000)


def test_every_cell_of_the_form_has_a_reading_and_a_place() -> None:
    for path in sorted(resource("samples").glob("*.txt")):
        report = extract(read_text(path.read_bytes(), path.name, "0"))
        assert all((cell.place is None) <= (cell.state == "absent") for cell in report.cells.values())


@pytest.mark.parametrize("seed", range(40))
def test_a_mangled_report_is_read_or_refused_but_never_a_crash(seed: int) -> None:
    rng = random.Random(seed)
    path: Path = rng.choice(sorted(resource("samples").glob("*.txt")))
    lines = read_text(path.read_bytes(), path.name, "0").text.split("\n")
    for _ in range(rng.choice((5, 40, 200))):
        place = rng.randrange(len(lines))
        other = rng.randrange(len(lines))
        cut = rng.randrange(len(lines[place]) + 1)
        match rng.randrange(5):
            case 0:
                lines.insert(place, lines[other])
            case 1:
                lines[place] = lines[place][:cut]
            case 2:
                lines[place] = lines[place][:cut] + rng.choice("|\t0—（总计\u200b│-") + lines[place][cut:]
            case 3:
                lines[place], lines[other] = lines[other], lines[place]
            case _:
                lines[place:other] = reversed(lines[place:other])
    with contextlib.suppress(ReportError):
        assert len(read("\n".join(lines)).cells) in (198, 200)


def test_what_is_left_of_a_header_at_the_documents_end_is_of_no_other_form() -> None:
    text = written("2021", {}, "pipes_plain")
    cut = text[: text.index("行政许可")].rstrip()
    for end in ("本年", "本年处"):
        report = read(cut[: cut.rindex("本年")] + end)
        assert report.form == "2021"
        assert "X-MIXED" not in [note.rule for note in report.notes]
