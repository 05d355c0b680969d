"""Tables that a copy ran into one line: read like any other, while sentences about them stay sentences."""

from __future__ import annotations

import pytest

from parser.errors import NoTables
from parser.export.record import record
from parser.extract.run_on import unrolled
from parser.layout.flat_text import split_text
from parser.rules.check import assess
from parser.templates.load import templates
from tests.extract.snippets import numbered, read, shown, silent, written
from tests.generator import generate
from tests.scoring import score

SPOKEN = (
    "本年制发件数中，规章0件、行政规范性文件2件，现行有效件数9件；行政许可处理决定31件，行政处罚4件，行政强制0件，"
    "行政事业性收费0万元。结果维持1件，结果纠正0件，其他结果0件，尚未审结0件；商业企业申请3件，科研机构申请0件。"
)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_report_in_one_line_is_read(form: str) -> None:
    text = " ".join(written(form, layout="spaces").split("\n"))
    assert "\n" not in text
    assert shown(read(text)) == numbered(form)


@pytest.mark.parametrize("seed", range(7700, 7706))
def test_generated_reports_in_one_line_are_read(seed: int) -> None:
    case = generate(seed, layout="spaces", damages=[])
    report = read(" ".join(case.text.split("\n")))
    assert score(case.truth, record(report, assess(report))).counts["right"] == len(case.truth["cells"])


@pytest.mark.parametrize("title", ["二、主动公开政府信息情况", "四、政府信息公开行政复议、行政诉讼情况"])
def test_one_table_in_a_line_does_no_harm_to_the_others(title: str) -> None:
    text = written(layout="spaces")
    start = text.index(title)
    end = text.index("\n三、收到" if title[0] == "二" else "\n五、存在")
    assert shown(read(text[:start] + " ".join(text[start:end].split("\n")) + text[end:])) == numbered("2021")


def test_places_are_those_in_the_line() -> None:
    text = " ".join(written(layout="spaces").split("\n"))
    report = read(text)
    for cell in report.cells.values():
        assert cell.place is not None
        assert text[cell.place.start : cell.place.end] == cell.raw  # type: ignore[union-attr]


def test_sentences_about_the_tables_are_left_alone() -> None:
    pieces = split_text(SPOKEN)
    assert unrolled(pieces, templates()) == tuple(pieces)
    with pytest.raises(NoTables):
        read(f"一、总体情况\n{SPOKEN}\n")


@pytest.mark.parametrize("layout", ["tabs", "single_lines", "cell_closed_by_pipe", "lines_led_by_tab", "paragraphs"])
def test_a_summary_of_the_tables_without_a_comma_is_no_table(layout: str) -> None:
    counts = [
        "现有效件数",
        "本年制发件数",
        "本年废止件数",
        "规章",
        "行政规范性文件",
        "行政许可",
        "行政处罚",
        "行政强制",
        "行政事业性收费",
    ]
    counts += ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    words = " ".join(f"{label}{number} 件" for number, label in enumerate(counts, 411))
    text = written(layout=layout).replace("三、收到和处理", f"主要数据 {words}。\n三、收到和处理")
    assert silent(read(text), numbered("2021")) == {}


def test_a_figure_glued_to_its_label_is_doubted() -> None:
    line = (
        "二、主动公开政府信息情况第二十条第(一)项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件206"
        "第二十条第(五)项信息内容本年处理决定数量行政许可31第二十条第(六)项信息内容本年处理决定数量行政处罚4行政强制0"
    )
    found = shown(read(line), "proactive")
    glued = [value for key, value in found.items() if "rules" in key or "normative" in key]
    assert all(value.startswith("?") for value in glued)
