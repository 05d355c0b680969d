"""Tables written as values between commas, as spreadsheets and programs write them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from parser.pipeline import find_inputs, open_report
from parser.readers.separated import separator_of
from parser.templates.load import template
from tests.extract.snippets import numbered, read, row, shown
from tests.generator.sheets import height, sheets

_PROSE = "全局上下做了大量工作，取得了一定成效，公开信息1，200条，其中规章0，文件12，处罚3件。"


def _as_csv(due: dict[str, str], separator: str, *, repeated: bool = False, padded: bool = False) -> str:
    """Return a report whose tables are written like this; ``repeated``: merged cells in each of their places."""
    form = template("2021")
    drawn = sheets(form, due)
    tables = {table.section: drawn[table.key] for table in form.tables}
    rows = [["清河市水务局2023年政府信息公开工作年度报告"]]
    for section in form.sections:
        rows.append([f"{section.ordinal}、{section.title.text}"])
        if section.number not in tables:
            rows.append([_PROSE])
            continue
        sheet = tables[section.number]
        grid = [[""] * sheet.width for _ in sheet.rows]
        for number, line in enumerate(sheet.rows):
            for slot in line.slots:
                for down in range(height(sheet, line, slot) if repeated else 1):
                    for right in range(slot.span if repeated else 1):
                        grid[number + down][slot.column + right] = slot.text
        rows += grid
    widest = max(map(len, rows))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows([*cells, *[""] * (widest - len(cells))] if padded else cells for cells in rows)
    return out.getvalue()


def _consistent() -> dict[str, str]:
    due = dict.fromkeys(numbered("2021"), "0")
    for table_row in ("new_received", "granted", "results_total"):
        due |= {f"applications.{table_row}.natural_person": "1200", f"applications.{table_row}.total": "1200"}
    due |= {"proactive.rules.issued": "", "applications.granted.other_org": "", "remedies.review.upheld": "/"}
    return due


@pytest.mark.parametrize("separator", [",", ";", "；"])
@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("padded", [False, True])
def test_every_cell_is_read_in_its_place_without_doubt(separator: str, repeated: bool, padded: bool) -> None:
    due = _consistent()
    report = read(_as_csv(due, separator, repeated=repeated, padded=padded))
    assert shown(report) == due
    assert (report.issuer, report.year) == ("清河市水务局", 2023)


def test_quoted_cells_hold_commas_and_line_ends() -> None:
    text = _as_csv(_consistent(), ",").replace("1200", '"1,200"').replace("（二）部分公开（", '"（二）部分公开\n（')
    report = read(text.replace("不计其他情形）", '不计其他情形）"'))
    assert row(report, "applications.new_received")[0] == "1200"
    assert row(report, "applications.partially_granted") == ["0"] * 7


def test_a_quotation_mark_that_nothing_closes_swallows_no_row() -> None:
    text = _as_csv(_consistent(), ",").replace("（一）予以公开", '"（一）予以公开')
    report = read(text)
    assert row(report, "applications.partially_granted") == ["0"] * 7
    assert row(report, "applications.carried_forward") == ["0"] * 7


def test_two_stray_quotation_marks_swallow_no_row_between_them() -> None:
    text = (
        _as_csv(_consistent(), ",")
        .replace(",（一）予以公开", ',"（一）予以公开')
        .replace(",（七）总计", ',（七）总计"')
    )
    report = read(text)
    assert row(report, "applications.partially_granted") == ["0"] * 7
    assert row(report, "applications.denied_third_party_rights")[0].endswith("0")


def test_prose_full_of_commas_has_no_separator() -> None:
    assert separator_of("\n".join([_PROSE] * 20)) is None


@pytest.mark.parametrize("border", ["\t", " | "])
def test_commas_in_the_figures_of_other_tables_part_nothing(border: str) -> None:
    text = _as_csv(_consistent(), "\x1f").replace("1200", "11,348,200").replace("\x1f", border)
    assert separator_of(text) is None
    assert row(read(text), "applications.new_received")[0] == "11348200"


def test_prose_beside_such_tables_stays_as_it_is() -> None:
    assert _PROSE in read(_as_csv(_consistent(), ",", padded=True)).sections.values()


def test_the_file_is_found_and_opened_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "清河市水务局2023年.csv"
    file.write_bytes(_as_csv(_consistent(), ",").encode("gb18030"))
    assert find_inputs([tmp_path]) == [file]
    assert shown(open_report(file)) == _consistent()


@pytest.mark.parametrize("sign", [":", "~", "、", "&"])
@pytest.mark.parametrize("repeated", [False, True])
def test_rows_parted_by_other_signs_are_doubted_not_called_absent(sign: str, repeated: bool) -> None:
    text = _as_csv(_consistent(), "\x1f", repeated=repeated).replace("\x1f", sign)
    for name in ("proactive.rules", "applications.new_received", "applications.carried_forward"):
        assert all(cell.startswith(("?", "!")) for cell in row(read(text), name)), name
