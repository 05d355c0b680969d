"""Figures of the prose beside the tables."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.model.report import Cell, CellKey, Doubt, Reason, Report, State
from parser.prose.figures import Figure, figures_in
from tests.forms import make_report, number
from tests.rules.tables import UNREADABLE

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
NEW = CellKey("applications", "new_received", "total")
CASES: list[dict[str, Any]] = _DATA["cases"]


def report_of(text: str, form: str = "2021", **fields: object) -> Report:
    year = 2023 if form == "2021" else 2020
    given: dict[str, object] = {"sections": {"1": text}, "text": text, "issuer": "清河市水务局", "year": year}
    return make_report(form, _DATA["tables"][form], **(given | fields))


def said(figures: tuple[Figure, ...], agrees: bool) -> Counter[str]:
    return Counter(f"{figure.rule} {figure.value}" for figure in figures if figure.agrees is agrees)


def test_there_are_sentences_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_sentence_is_understood(case: dict[str, Any]) -> None:
    figures = figures_in(report_of(case["text"], case.get("form", "2021")))
    assert said(figures, agrees=False) == Counter(case.get("differs", ()))
    assert said(figures, agrees=True) == Counter(case.get("agrees", ()))


def test_a_figure_knows_its_place_and_its_cells() -> None:
    text = "清河市水务局\n一、总体情况\n主动公开 30 条。共收到政府信息公开申请 125 件，均已答复。\n二、略"
    report = report_of(text, sections={"1": "主动公开 30 条。共收到政府信息公开申请 125 件，均已答复。"})
    (figure,) = figures_in(report)
    assert figure.span is not None
    assert figure.sentence is not None
    assert text[figure.span.start : figure.span.end] == "125 件"
    assert text[figure.sentence.start : figure.sentence.end] == "共收到政府信息公开申请 125 件，均已答复"
    assert [str(key) for key in figure.keys] == ["applications.new_received.total"]
    assert (figure.value, figure.total, figure.agrees) == (Decimal(125), Decimal(126), False)


def test_a_figure_knows_its_place_in_its_section_also_when_the_source_has_another_text() -> None:
    section = "主动公开 30 条。\n\n本局严格依照条例办理，全年共收到政府信息公开申请\n 125 件，均已答复。"
    report = report_of("别的文字", sections={"1": section})
    (figure,) = figures_in(report)
    assert (figure.span, figure.section) == (None, "1")
    assert section[figure.place.start : figure.place.end] == "125 件"
    assert (
        section[figure.passage.start : figure.passage.end]
        == "本局严格依照条例办理，全年共收到政府信息公开申请\n 125 件，均已答复"
    )


def test_a_sum_of_rows_has_all_their_cells() -> None:
    (figure,) = figures_in(report_of("依申请公开情况。不予公开8件。"))
    assert len(figure.keys) == 8
    assert figure.total == 8


def test_a_figure_that_differs_names_everything_it_could_stand_for() -> None:
    (figure,) = figures_in(report_of("共收到政府信息公开申请99件。"))
    assert figure.tables == "“本年新收”为 126，“本年新收加上年结转”为 130"


@pytest.mark.parametrize(("text", "is_rough"), [("受理依申请公开120余件。", True), ("受理依申请公开126件。", False)])
def test_a_rough_figure_says_so(text: str, is_rough: bool) -> None:
    (figure,) = figures_in(report_of(text))
    assert figure.is_approximate is is_rough


def test_a_cell_that_could_not_be_read_is_linked_but_not_judged() -> None:
    report = report_of("共收到政府信息公开申请125件。")
    (figure,) = figures_in(replace(report, cells={**report.cells, NEW: UNREADABLE}))
    assert figure.agrees is None


def with_cells(text: str, cell: Cell, *keys: str) -> Report:
    """Return a report in which nothing else than ``cell`` stands in the cells of the keys."""
    report = report_of(text)
    return replace(report, cells={**report.cells, **{CellKey.parse(key): cell for key in keys}})


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("制发行政规范性文件3件，现行有效45件。", "proactive.normative_documents.effective", "规范性文件现行有效件数"),
        ("作出行政处罚决定72件。", "proactive.administrative_penalty.decisions", "行政处罚处理决定数量"),
        ("依申请公开情况。予以公开45件。", "applications.granted.total", "予以公开"),
        ("共收到政府信息公开申请126件。", "applications.carried_forward.total", None),
    ],
)
@pytest.mark.parametrize(("cell", "words"), [(Cell(State.BLANK), "空白"), (Cell(State.MARK, raw="/"), "为“/”")])
def test_a_cell_without_a_number_does_not_hold_what_the_prose_says(
    text: str, key: str, name: str | None, cell: Cell, words: str
) -> None:
    figure = figures_in(with_cells(text, cell, key))[-1]
    assert figure.agrees is (name is None)
    if name is not None:
        assert (figure.total, figure.tables) == (None, f"“{name}”{words}")


def test_a_blank_where_the_prose_says_none_is_not_judged() -> None:
    (figure,) = figures_in(
        with_cells("行政强制0件。", Cell(State.BLANK), "proactive.administrative_compulsion.decisions")
    )
    assert figure.agrees is None


def test_a_total_left_out_beside_its_parts_is_not_reported_again() -> None:
    report = with_cells("依申请公开情况。予以公开45件。", Cell(State.BLANK), "applications.granted.total")
    for parts, agrees in ((45, None), (44, False)):
        cells = {**report.cells, CellKey.parse("applications.granted.natural_person"): number(parts)}
        (figure,) = figures_in(replace(report, cells=cells))
        assert figure.agrees is agrees


def test_a_table_without_any_number_is_not_reported_figure_by_figure() -> None:
    report = report_of("作出行政处罚决定72件。")
    cells = {key: Cell(State.BLANK) if key.table == "proactive" else cell for key, cell in report.cells.items()}
    (figure,) = figures_in(replace(report, cells=cells))
    assert figure.agrees is None


def test_a_blank_whose_place_is_not_known_is_not_judged() -> None:
    cell = Cell(State.BLANK, doubts=(Doubt(Reason.AMBIGUOUS_POSITION),))
    (figure,) = figures_in(with_cells("作出行政处罚决定72件。", cell, "proactive.administrative_penalty.decisions"))
    assert figure.agrees is None


def test_a_blank_among_the_rows_of_a_sum_counts_nothing() -> None:
    report = report_of("依申请公开情况。不予公开8件。")
    blank = Cell(State.BLANK)
    cells = {key: blank if key.row == "denied_enforcement_file" else cell for key, cell in report.cells.items()}
    (figure,) = figures_in(replace(report, cells=cells))
    assert figure.agrees


def test_an_edit_changes_what_agrees() -> None:
    report = report_of("共收到政府信息公开申请125件。")
    edited = replace(report, cells={**report.cells, NEW: number(125)})
    assert [figure.agrees for figure in figures_in(report)] == [False]
    assert [figure.agrees for figure in figures_in(edited)] == [True]


def test_figures_of_one_rule_can_be_asked_for() -> None:
    report = report_of("收到政府信息公开申请126件，予以公开45件。")
    assert [figure.value for figure in figures_in(report, "X-CAT")] == [45]


def test_the_whole_government_speaks_of_all_its_offices() -> None:
    text = "全市各级行政机关共收到政府信息公开申请125件。"
    assert figures_in(report_of(text)) == ()
    assert [figure.agrees for figure in figures_in(report_of(text, issuer="清河市人民政府"))] == [False]


def test_plans_and_other_matters_are_not_read() -> None:
    text = "共收到政府信息公开申请125件。"
    assert figures_in(report_of(text, sections={"5": text, "6": text})) == ()


@pytest.mark.parametrize(("section", "text"), [("3", "予以公开45件。"), ("4", "行政复议2件，行政诉讼4件。")])
def test_a_section_with_a_table_has_its_topic(section: str, text: str) -> None:
    figures = figures_in(report_of(text, sections={section: text}))
    assert figures
    assert all(figure.agrees for figure in figures)


@pytest.mark.parametrize(
    "text",
    [
        "（一）予以公开\n5\n0\n0\n0\n0\n0\n5",
        "（一）予以公开 5 0 0 0 0 0 5",
        "行政许可\n672",
        "一、本年新收政府信息公开申请数量\t3\t3",
    ],
)
def test_a_table_left_in_the_prose_is_not_judged(text: str) -> None:
    assert said(figures_in(report_of(text, sections={"3": text})), agrees=False) == Counter()


_WORDS = "收到政府信息公开申请件。；：、（）其中不予未无及和分别为均余约万年%一二十百"
_BITS = st.sampled_from([*_WORDS, *"0123456789.,\t\n ", "2023年", "上年结转"])


@given(st.lists(_BITS, max_size=60).map("".join))
def test_whatever_the_prose_says_its_figures_have_places(text: str) -> None:
    for figure in figures_in(report_of(text)):
        assert figure.span is not None
        assert figure.sentence is not None
        assert figure.sentence.start <= figure.span.start < figure.span.end <= figure.sentence.end <= len(text)
