"""What a report says in the fields of another form, field by field."""

from __future__ import annotations

from decimal import Decimal

from parser.extract.refit import Origin, conversion, converted
from parser.model.report import Cell, CellKey, Doubt, Reason, State
from parser.rules.check import assess
from parser.templates.load import template
from tests.forms import make_report
from tests.rules.tables import COLUMNS, applications

OTHERS = ("other_overdue_correction", "other_overdue_fee", "other_misc")


def test_every_field_of_the_other_form_is_listed_once_with_a_reason() -> None:
    for used, due in (("2019", "2021"), ("2021", "2019")):
        items = conversion(make_report(used), due)
        assert [item.key for item in items] == list(template(due).fields)
        assert all(item.note for item in items)


def test_what_both_forms_ask_for_stays_as_it_was_read() -> None:
    doubted = Cell(State.NUMBER, Decimal(3), raw="B", doubts=(Doubt(Reason.LOOK_ALIKE),), second="3")
    report = make_report("2019", {"proactive.administrative_licensing.decisions": doubted})
    key = CellKey.parse("proactive.administrative_licensing.decisions")
    (item,) = [item for item in conversion(report, "2021") if item.key == key]
    assert (item.cell, item.origin, item.sources) == (report.cells[key], Origin.SAME, (key,))


def test_columns_that_mean_something_else_stay_blank_and_in_doubt() -> None:
    report = make_report("2019", {"proactive.normative_documents.disclosed_total": 7})
    blank = {str(i.key) for i in conversion(report, "2021") if i.origin is Origin.NONE}
    assert blank == {
        *(
            f"proactive.{row}.{column}"
            for row in ("rules", "normative_documents")
            for column in ("issued", "repealed", "effective")
        ),
        "proactive.administrative_fees.amount_10k_yuan",
    }
    new = converted(report, "2021")
    for name in blank:
        cell = new.cells[CellKey.parse(name)]
        assert cell.state is State.BLANK
        assert [doubt.reason for doubt in cell.doubts] == [Reason.LINES_LOST]


def test_other_results_that_are_0_are_0_in_every_part_and_else_blank() -> None:
    new = converted(make_report("2019", applications("2019")), "2021")
    for column in COLUMNS:
        parts = [new.cells[CellKey("applications", row, column)] for row in OTHERS]
        is_zero = not applications("2019")[f"applications.other.{column}"]
        assert {part.value for part in parts} == ({Decimal(0)} if is_zero else {None})


def test_parts_of_other_results_are_added_up_only_when_all_are_there() -> None:
    whole = make_report("2021", {f"applications.{row}.total": n for n, row in enumerate(OTHERS, 1)})
    key = CellKey.parse("applications.other.total")
    assert converted(whole, "2019").cells[key].value == 6
    torn = make_report("2021", {"applications.other_misc.total": Cell(State.UNREADABLE, raw="●")})
    cell = converted(torn, "2019").cells[key]
    assert (cell.state, bool(cell.doubts)) == (State.BLANK, True)


def test_a_converted_report_says_still_which_form_was_used() -> None:
    report = make_report("2019", applications("2019"), year=2023)
    new = converted(report, "2021")
    assert (new.form, new.template) == ("2021", "2019")
    (said,) = (f.message for f in assess(new).findings if f.rule == "X-TEMPLATE")
    assert said == "2023 年度报告应使用 2021 年格式，原件使用的是 2019 年格式，已转换"
    assert report.form == "2019"
