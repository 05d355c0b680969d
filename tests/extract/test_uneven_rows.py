"""Rows with fewer or more cells than the form has columns: placed where the table itself tells, else doubted."""

from __future__ import annotations

import re

import pytest

from parser.model.report import CellKey, State
from parser.model.template import Template
from parser.templates.load import template
from tests.extract.snippets import PROACTIVE_2021, REMEDIES, REMEDIES_ROW, numbered, read, row, shown, silent, written
from tests.generator.layouts import LAYOUTS

FORM: Template = template("2021")
ROWS = next(table for table in FORM.tables if table.key == "applications").blocks[0].rows
TOTALS = {f"applications.{r.key}.total": "" for r in ROWS}


@pytest.mark.parametrize("layout", ["tabs", "pipes_plain", "pipes_grid", "lines_led_by_tab"])
def test_a_column_of_totals_left_blank_moves_no_figure(layout: str) -> None:
    text = written(values=TOTALS, layout=layout)
    assert silent(read(text), numbered("2021") | TOTALS) == {}


def test_a_column_of_totals_left_blank_is_read_by_the_header() -> None:
    due = numbered("2021") | TOTALS
    assert shown(read(written(values=TOTALS)), "applications") == {k: v for k, v in due.items() if k.startswith("app")}


def _without_cell(text: str, figure: str) -> str:
    return text.replace(f"\t{figure}", "", 1)


@pytest.mark.parametrize("key", ["denied_enforcement_file", "granted", "carried_over"])
@pytest.mark.parametrize("column", ["other_org", "natural_person", "legal_service_org"])
def test_the_cells_of_the_next_row_do_not_fill_up_a_row_that_lacks_one(key: str, column: str) -> None:
    due = numbered("2021")
    name = f"applications.{key}"
    report = read(_without_cell(written(), due[f"{name}.{column}"]))
    cells = [report.cells[CellKey("applications", key, c.key)] for c in FORM.tables[1].blocks[0].columns]
    assert all(cell.doubts for cell in cells)
    assert silent(report, {k: v for k, v in due.items() if not k.startswith(name)}) == {}


def test_a_column_that_the_table_lacks_leaves_every_row_in_doubt() -> None:
    text = re.sub(r"\t(\d+)(\t\d+)$", r"\2", written(), flags=re.MULTILINE)
    report = read(text)
    cells = [cell for key, cell in report.cells.items() if key.table == "applications"]
    assert all(cell.doubts for cell in cells if cell.state is State.NUMBER)


@pytest.mark.parametrize("layout", ["tabs", "pipes_grid", "pipes_with_extras"])
@pytest.mark.parametrize("key", ["not_processed_repeated", "denied_process_information"])
def test_a_row_whose_label_is_empty_is_read_in_its_place_with_doubt(key: str, layout: str) -> None:
    label = next(r.label.text for r in ROWS if r.key == key)
    report = read(written(layout=layout).replace(label, ""))
    due = [f"?{figure}" for name, figure in numbered("2021").items() if f".{key}." in name]
    assert row(report, f"applications.{key}") == due
    above = ROWS[[r.key for r in ROWS].index(key) - 1]
    assert not any("?" in text for text in row(report, f"applications.{above.key}"))


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in ("html", "html_bare", "ruled", "pdf_text")])
@pytest.mark.parametrize("garbled", ["", "□", ".", "口口", "行", "行政", "文件", "行政规"])
@pytest.mark.parametrize("blank", [("rules", 3), ("rules", 1), ("administrative_penalty", 1)])
def test_a_row_left_blank_does_not_take_the_figures_of_the_next_whose_label_is_garbled(
    blank: tuple[str, int], garbled: str, layout: str
) -> None:
    keys = [key for key in numbered("2021") if key.startswith(f"proactive.{blank[0]}.")][: blank[1]]
    label = {"rules": "行政规范性文件", "administrative_penalty": "行政强制"}[blank[0]]
    empty = dict.fromkeys(keys, "")
    report = read(written(values=empty, layout=layout).replace(label, garbled))
    assert silent(report, numbered("2021") | empty) == {}


@pytest.mark.parametrize("layout", ["tabs", "pipes_grid", "pipes_with_extras", "pipes_plain"])
@pytest.mark.parametrize("garbled", ["", "□", "口口", "文件"])
def test_a_row_blank_on_its_own_line_stays_blank(garbled: str, layout: str) -> None:
    empty = dict.fromkeys((f"proactive.rules.{key}" for key in ("issued", "repealed", "effective")), "")
    report = read(written(values=empty, layout=layout).replace("行政规范性文件", garbled))
    assert [text.removeprefix("?") for text in row(report, "proactive.rules")] == ["", "", ""]


def test_a_row_torn_within_its_label_keeps_the_figures_of_its_second_half() -> None:
    report = read(PROACTIVE_2021.replace("行政规范性文件\t2\t1\t9", "行政规范\t\t\t\n性文件\t2\t1\t9"))
    assert row(report, "proactive.normative_documents") == ["2", "1", "9"]


@pytest.mark.parametrize("layout", ["single_lines", "lines_led_by_tab", "paragraphs"])
def test_the_absence_of_a_row_is_doubted_where_the_one_above_has_figures_for_two(layout: str) -> None:
    report = read(written(layout=layout).replace("2.重复申请", ""))
    assert all(text.startswith("?") for text in row(report, "applications.not_processed_repeated"))


def test_a_second_line_of_figures_without_label_leaves_the_row_above_in_doubt() -> None:
    figures = "\t".join(numbered("2021")[f"applications.granted.{c.key}"] for c in FORM.tables[1].blocks[0].columns)
    report = read(written().replace(figures, f"{figures}\n\t\t\t8\t0\t0\t0\t0\t0\t8"))
    assert all(text.startswith("?") for text in row(report, "applications.granted"))


@pytest.mark.parametrize(
    ("printed", "doubted"),
    [
        ("7\t1\t0\t3\t11\t5\t0\t3\t9\t8\t1\t1\t1\t12\t", "litigation"),
        ("\t7\t1\t0\t3\t11\t5\t1\t0\t3\t9\t8\t1\t1\t1", ""),
    ],
)
def test_a_line_of_table_four_that_moved_by_a_cell_is_doubted_from_where_it_does_not_add_up(
    printed: str, doubted: str
) -> None:
    cells = shown(read(REMEDIES.replace(REMEDIES_ROW, printed)), "remedies")
    assert {key for key, text in cells.items() if not text.startswith("?")} == {
        key for key in cells if not key.startswith(f"remedies.{doubted}")
    }


def test_a_blank_in_table_four_beside_a_total_that_is_wrong_is_blank() -> None:
    report = read(REMEDIES.replace(REMEDIES_ROW, "7\t1\t\t3\t11\t5\t0\t3\t1\t8\t1\t1\t1\t1\t4"))
    assert "?" not in "".join(shown(report, "remedies").values())


@pytest.mark.parametrize(
    ("printed", "due"),
    [
        ("5\n2 4 1\n88", ["?5", "?241", "?88"]),
        ("5\n2\n8 8", ["?5", "?2", "?88"]),
        ("5 0\n2 4 1\n88", ["?50", "?241", "?88"]),
        ("5\n2 4 1", ["?2", "?4", "?1"]),
    ],
)
def test_digits_that_stand_apart_are_not_taken_for_a_row(printed: str, due: list[str]) -> None:
    figures = [numbered("2021")[f"proactive.normative_documents.{key}"] for key in ("issued", "repealed", "effective")]
    report = read(written(layout="single_lines").replace("\n".join(figures), printed))
    assert row(report, "proactive.normative_documents") == due


def test_a_label_that_a_stamp_garbled_takes_no_other_rows_place() -> None:
    text = written()
    for printed, garbled in (
        ("二、上年结转政府信息公开申请数量", "二、上年結技式件售基公中中"),
        ("（一）予以公开", "三年度办理结果\\t()子以公开"),
        ("（二）部分公开", "二)"),
    ):
        text, count = re.subn(rf"^([^\t\n]*\t)?{printed}[^\t\n]*", garbled, text, count=1, flags=re.MULTILINE)
        assert count
    report = read(text)
    for key in ("carried_over", "granted", "partially_granted"):
        due = [figure for name, figure in numbered("2021").items() if f".{key}." in name]
        assert [cell.removeprefix("?") for cell in row(report, f"applications.{key}")] == due
    assert silent(report, numbered("2021")) == {}
