"""Rows that a pipe on a line of its own opens: it is no empty cell, and a row that lacks one takes no other's."""

from __future__ import annotations

import pytest

from parser.templates.load import template
from tests.extract.snippets import numbered, read, row, shown
from tests.extract.web_copies import opened_row
from tests.generator.model import Sheet
from tests.generator.sheets import sheets

_GONE = "gone"  # in place of a cell's text: the source has no such cell
_GAPS = ("\n", "\n\n ")  # between the lines of a row


def opened(form: str, changes: dict[str, str], gap: str) -> str:
    """Return a report with ``changes``, whose rows are opened by a pipe."""
    drawn = sheets(template(form), numbered(form) | changes)
    tables = {table.section: drawn[table.key] for table in template(form).tables}
    parts = ["松岭区民政局2023年政府信息公开工作年度报告"]
    for section in template(form).sections:
        parts.append(f"{section.ordinal}、{section.title.text}")
        parts += _rows(tables[section.number], gap) if section.number in tables else ["全局做了大量工作。"]
    return "\n".join(parts) + "\n"


def _rows(sheet: Sheet, gap: str) -> list[str]:
    return [gap.join(opened_row([slot for slot in line.slots if slot.text != _GONE])) for line in sheet.rows]


@pytest.mark.parametrize("gap", _GAPS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_pipe_that_opens_a_row_is_no_cell(form: str, gap: str) -> None:
    assert shown(read(opened(form, {}, gap))) == numbered(form)


@pytest.mark.parametrize("gap", _GAPS)
@pytest.mark.parametrize("column", ["issued", "repealed", "effective"])
def test_a_word_is_unreadable_in_its_own_column_and_moves_no_figure(column: str, gap: str) -> None:
    key = f"proactive.normative_documents.{column}"
    found = shown(read(opened("2021", {key: "未作统计"}, gap)))
    assert {name: text.removeprefix("?") for name, text in found.items()} == numbered("2021") | {key: "!未作统计"}


@pytest.mark.parametrize("gap", _GAPS)
@pytest.mark.parametrize(
    "key", ["proactive.rules.repealed", "applications.denied_third_party_rights.research_institution"]
)
def test_a_row_that_lacks_a_cell_is_doubted_alone(key: str, gap: str) -> None:
    name = key.rpartition(".")[0]
    report = read(opened("2021", {key: _GONE}, gap))
    assert all(text.startswith("?") for text in row(report, name))
    found = shown(report)
    assert {k: text for k, text in found.items() if not k.startswith(name)} == {
        k: text for k, text in numbered("2021").items() if not k.startswith(name)
    }


@pytest.mark.parametrize("gap", _GAPS)
def test_a_cell_left_empty_is_told_from_the_pipe_that_opens_the_next_row(gap: str) -> None:
    blank = dict.fromkeys((f"proactive.rules.{column}" for column in ("issued", "repealed", "effective")), "")
    blank["proactive.normative_documents.effective"] = ""
    assert {k: text.removeprefix("?") for k, text in shown(read(opened("2021", blank, gap))).items()} == (
        numbered("2021") | blank
    )


@pytest.mark.parametrize("gap", _GAPS)
def test_table_four_without_one_of_its_cells_is_doubted(gap: str) -> None:
    figures = {key: "0" for key in numbered("2021") if key.startswith("remedies")}
    figures |= dict.fromkeys(("remedies.litigation_direct.corrected", "remedies.litigation_direct.total"), "3")
    figures["remedies.litigation_after_review.upheld"] = _GONE
    found = shown(read(opened("2021", figures, gap)), "remedies")
    assert all(text.startswith("?") for text in found.values())
