"""Who is wrong where an equation fails: told by two readings, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

from parser.model.finding import Assessment, Severity, Verdict
from parser.model.report import Cell, CellKey, Doubt, Reason, Report
from parser.rules.check import assess
from tests.forms import make_report, number
from tests.rules.tables import applications, key

DIFFER = (Doubt(Reason.READINGS_DIFFER),)


def scanned(changes: dict[str, int] | None = None) -> Report:
    """Return a table three of which every cell was read twice and says the same both times."""
    report = make_report("2021", applications() | {f"applications.{k}": v for k, v in (changes or {}).items()})
    return replace(report, cells={k: replace(cell, second=cell.raw) for k, cell in report.cells.items()})


def misread(report: Report, name: CellKey, figure: int) -> Report:
    """Return the report with another first reading of a cell."""
    second = report.cells[name].second
    return replace(report, cells={**report.cells, name: replace(number(figure), second=second, doubts=DIFFER)})


def verdicts(assessment: Assessment) -> dict[str, Verdict]:
    return {f.equation or "": f.verdict for f in assessment.findings if f.severity is Severity.ERROR}


def test_a_first_reading_that_the_second_corrects_is_a_misreading() -> None:
    assessment = assess(misread(scanned(), key("granted.natural_person"), 66))
    assert verdicts(assessment) == {"T3-ROW:granted": Verdict.MISREAD, "T3-SUM:natural_person": Verdict.MISREAD}
    assert assessment.suggestions[0].values == {key("granted.natural_person"): 60}


def test_figures_that_two_readings_agree_on_are_wrong_in_the_source() -> None:
    assessment = assess(scanned({"granted.natural_person": 66}))
    assert verdicts(assessment) == {"T3-ROW:granted": Verdict.SOURCE, "T3-SUM:natural_person": Verdict.SOURCE}


def test_what_is_printed_so_is_never_changed_as_proven() -> None:
    assessment = assess(scanned({"granted.natural_person": 604}))
    assert key("granted.natural_person") in assessment.suspects
    assert {suggestion.certainty for suggestion in assessment.suggestions} == {"likely"}


def test_one_reading_leaves_it_open() -> None:
    report = make_report("2021", applications() | {"applications.granted.natural_person": 66})
    assert set(verdicts(assess(report)).values()) == {Verdict.OPEN}


def test_a_suspect_that_was_read_once_leaves_it_open() -> None:
    report = scanned({"granted.natural_person": 66})
    name = key("granted.natural_person")
    once = replace(report, cells={**report.cells, name: replace(report.cells[name], second=None)})
    assert set(verdicts(assess(once)).values()) == {Verdict.OPEN}


def test_a_second_reading_that_does_not_close_the_equation_leaves_it_open() -> None:
    report = misread(scanned({"granted.commercial_enterprise": 19}), key("granted.natural_person"), 66)
    found = verdicts(assess(report))
    assert found["T3-ROW:granted"] is Verdict.OPEN
    assert found["T3-SUM:natural_person"] is Verdict.MISREAD
    assert found["T3-SUM:commercial_enterprise"] is Verdict.SOURCE


def test_a_misreading_is_offered_apart_from_what_the_office_would_have_to_change() -> None:
    report = misread(scanned({"granted.commercial_enterprise": 19}), key("granted.natural_person"), 66)
    first = assess(report).suggestions[0]
    assert first.values == {key("granted.natural_person"): 60}
    assert first.equations == ("T3-SUM:natural_person",)


def test_a_figure_typed_over_what_both_readings_say_is_not_the_offices() -> None:
    report = scanned()
    name = key("granted.natural_person")
    typed = replace(report, cells={**report.cells, name: replace(report.cells[name], value=number(66).value)})
    assert verdicts(assess(typed))["T3-ROW:granted"] is Verdict.MISREAD


def test_a_second_reading_that_is_no_figure_says_nothing() -> None:
    assert Cell(number(6).state, number(6).value, raw="6", second="-").second_value is None
    assert Cell(number(6).state, number(6).value, raw="6", second="6.0").is_confirmed


def test_second_readings_of_several_cells_of_one_sum_go_before_its_total() -> None:
    report = make_report(
        "2021", {"remedies.review.corrected": 1, "remedies.review.pending": 1, "remedies.review.total": 2}
    )
    report = replace(report, cells={k: replace(cell, second=cell.raw) for k, cell in report.cells.items()})
    corrected, pending = (CellKey.parse(f"remedies.review.{column}") for column in ("corrected", "pending"))
    assessment = assess(misread(misread(report, corrected, 71), pending, 15))
    assert verdicts(assessment) == {"T4-SUM:review": Verdict.MISREAD}
    assert assessment.suggestions[0].values == {corrected: 1, pending: 1}


def test_a_misreading_that_hides_what_the_office_got_wrong_is_left_open() -> None:
    """The total is printed one too high, a part is read one too high: the row closes, and the columns do not."""
    report = misread(scanned({"partially_granted.total": 13}), key("partially_granted.natural_person"), 10)
    assessment = assess(report)
    assert set(verdicts(assessment)) == {"T3-SUM:natural_person", "T3-SUM:total"}
    for finding in assessment.findings:
        first = next((s for s in assessment.suggestions if finding.equation in s.equations), None)
        changes_print = first is not None and any(report.cells[name].is_confirmed for name in first.values)
        assert finding.verdict is not Verdict.MISREAD or not changes_print
