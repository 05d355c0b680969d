"""Which cells can explain broken equations, and which repairs are offered with what certainty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.model.finding import Assessment, Severity, Suggestion
from parser.model.report import Cell, CellKey, Doubt, Reason, Report, State
from parser.rules.check import assess
from parser.rules.evaluate import read
from parser.rules.expand import expand
from parser.rules.form import form_of
from parser.rules.suggest import _proof
from parser.templates.load import template
from tests.forms import make_report, number
from tests.rules.tables import ABSENT, COLUMNS, FRAME, MARK, UNREADABLE, applications, key, rows, with_changes

FORMS = ["2019", "2021"]


def wrong(form: str, changes: dict[str, int]) -> Report:
    """Return a correct report with other figures in some cells of table three, named ``row.column``."""
    return make_report(form, applications(form) | {f"applications.{name}": value for name, value in changes.items()})


def names(keys: Iterable[CellKey]) -> set[str]:
    return {f"{k.row}.{k.column}" for k in keys}


def values(suggestion: Suggestion) -> dict[str, int]:
    return {f"{k.row}.{k.column}": int(v) for k, v in suggestion.values.items()}


def repaired(report: Report, suggestion: Suggestion) -> Assessment:
    cells = dict(report.cells)
    cells |= {k: replace(cells[k], value=v, state=State.NUMBER) for k, v in suggestion.values.items()}
    return assess(replace(report, cells=cells))


@pytest.mark.parametrize("form", FORMS)
def test_one_wrong_cell_anywhere_is_a_suspect_and_its_value_comes_first(form: str) -> None:
    for row in rows(form):
        for column in COLUMNS:
            right = applications(form)[f"applications.{row}.{column}"]
            for figure in {0, 1, 7, right + 10, right * 10} - {right}:
                assessment = assess(wrong(form, {f"{row}.{column}": figure}))
                assert f"{row}.{column}" in names(assessment.suspects)
                assert values(assessment.suggestions[0]) == {f"{row}.{column}": right}


@pytest.mark.parametrize("form", FORMS)
def test_one_cell_wrong_as_no_other_slips_would_make_it_is_the_only_suspect_and_proven(form: str) -> None:
    for row in rows(form):
        for column in COLUMNS:
            right = applications(form)[f"applications.{row}.{column}"]
            assessment = assess(wrong(form, {f"{row}.{column}": right * 10 + 4}))
            assert names(assessment.suspects) == {f"{row}.{column}"}
            (suggestion,) = assessment.suggestions
            assert values(suggestion) == {f"{row}.{column}": right}
            assert suggestion.certainty == "unique"
            assert set(suggestion.equations) == set(assessment.suspects[key(f"{row}.{column}")])
            assert len(suggestion.equations) >= 2


def test_a_figure_that_two_ordinary_slips_beside_it_explain_as_well_is_not_proven() -> None:
    """110 read as 120: an odd slip. Or 137 was read as 127 and 20 as 30, both look-alikes, and 24 as 34."""
    assessment = assess(wrong("2021", {"new_received.natural_person": 120}))
    assert [s.certainty for s in assessment.suggestions] == ["likely", "likely"]
    assert {"new_received.total", "carried_over.natural_person"} <= names(assessment.suspects)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, int]:
    """Return a correct table three of the 2021 form, mostly zeros as real ones are."""
    figures = {row: [0] * 6 for row in rows("2021")}
    details = [row for row in rows("2021") if row not in FRAME]
    for _ in range(draw(st.integers(0, 12))):
        figures[draw(st.sampled_from(details))][draw(st.integers(0, 5))] = draw(st.integers(0, 400))
    for column in range(6):
        figures["results_total"][column] = sum(figures[row][column] for row in details)
        figures["carried_forward"][column] = draw(st.sampled_from([0, 0, 0, 4, 13]))
        handled = figures["results_total"][column] + figures["carried_forward"][column]
        figures["carried_over"][column] = min(handled, draw(st.sampled_from([0, 0, 2, 9])))
        figures["new_received"][column] = handled - figures["carried_over"][column]
    return {
        f"applications.{row}.{column}": value
        for row, parts in figures.items()
        for column, value in zip(COLUMNS, [*parts, sum(parts)], strict=True)
    }


@given(tables(), st.sampled_from(rows("2021")), st.sampled_from(COLUMNS), st.integers(0, 9999))
@settings(max_examples=150)
def test_one_wrong_cell_in_any_table_is_a_suspect_and_its_value_comes_first(
    table: dict[str, int], row: str, column: str, figure: int
) -> None:
    name = f"applications.{row}.{column}"
    assessment = assess(make_report("2021", table | {name: figure}))
    if figure == table[name]:
        assert assessment == Assessment()
    else:
        assert f"{row}.{column}" in names(assessment.suspects)
        assert values(assessment.suggestions[0]) == {f"{row}.{column}": table[name]}
        proven = [values(s) for s in assessment.suggestions if s.certainty == "unique"]
        assert proven in ([], [{f"{row}.{column}": table[name]}])


@given(tables(), st.data())
@settings(max_examples=60)
def test_every_suggestion_closes_the_equations_it_names_and_breaks_none(
    table: dict[str, int], data: st.DataObject
) -> None:
    cells = st.tuples(st.sampled_from(rows("2021")), st.sampled_from(COLUMNS))
    changes = data.draw(st.dictionaries(cells, st.integers(0, 500), min_size=1, max_size=4))
    report = make_report("2021", table | {f"applications.{r}.{c}": value for (r, c), value in changes.items()})
    assessment = assess(report)
    before = {f.equation for f in assessment.findings}
    assert len(assessment.suggestions) <= 5
    for suggestion in assessment.suggestions:
        assert set(suggestion.values) <= set(assessment.suspects) or suggestion.certainty == "likely"
        after = {f.equation for f in repaired(report, suggestion).findings if f.rule != "T3-CAP"}
        assert set(suggestion.equations) <= before
        assert not set(suggestion.equations) & after
        assert after <= before


@pytest.mark.parametrize("message", ["“{row}”：{left} 对 {right}{previous}，不相等", "“{row}”：{left} 对 {right}"])
def test_a_template_may_put_its_equations_in_words_of_its_own(message: str) -> None:
    form = form_of(template("2021"))
    rule = next(rule for rule in template("2021").rules if rule.id == "T4-SUM")
    report = make_report("2021", {"remedies.review.upheld": 4, "remedies.review.total": 4})
    equation = next(iter(expand(replace(rule, message=message), form)))
    proof = _proof([equation], read(form, report, None).values)
    assert proof == ("“行政复议”：4 对 4，相等" if message.endswith("，不相等") else "“行政复议”行：4 = 4")


def test_the_proof_shows_the_closed_equations_with_their_figures() -> None:
    (suggestion,) = assess(wrong("2021", {"new_received.natural_person": 170})).suggestions
    assert suggestion.proof == (
        "“一、本年新收政府信息公开申请数量”：六类申请人之和 110+15+1+1=127，总计 127，相等；"
        "“自然人”列：本年新收加上年结转 110+30=140，办理结果总计加结转下年 129+11=140，相等"
    )


def test_two_wrong_cells_apart_are_two_unique_suggestions() -> None:
    assessment = assess(wrong("2021", {"granted.natural_person": 604, "carried_forward.commercial_enterprise": 29}))
    assert names(assessment.suspects) == {"granted.natural_person", "carried_forward.commercial_enterprise"}
    assert [(values(s), s.certainty) for s in assessment.suggestions] == [
        ({"granted.natural_person": 60}, "unique"),
        ({"carried_forward.commercial_enterprise": 2}, "unique"),
    ]


def test_two_wrong_cells_of_one_row_are_told_by_their_columns() -> None:
    assessment = assess(wrong("2021", {"granted.natural_person": 66, "granted.commercial_enterprise": 72}))
    assert names(assessment.suspects) == {"granted.natural_person", "granted.commercial_enterprise"}
    assert values(assessment.suggestions[0]) == {"granted.natural_person": 60, "granted.commercial_enterprise": 12}


def test_two_equal_errors_that_can_stand_crosswise_are_not_unique() -> None:
    assessment = assess(wrong("2021", {"granted.natural_person": 63, "unable_not_held.commercial_enterprise": 5}))
    crosswise = {"granted.commercial_enterprise", "unable_not_held.natural_person"}
    assert names(assessment.suspects) == {"granted.natural_person", "unable_not_held.commercial_enterprise"} | crosswise
    assert {s.certainty for s in assessment.suggestions} == {"likely"}


def test_a_figure_in_the_wrong_column_is_found_though_a_zero_must_change() -> None:
    swapped = {"granted.legal_service_org": 0, "granted.research_institution": 1}
    assessment = assess(wrong("2021", swapped))
    assert set(swapped) <= names(assessment.suspects)
    assert assessment.suggestion_for(key("granted.legal_service_org")) == 1
    assert assessment.suggestion_for(key("granted.research_institution")) == 0


def test_a_row_shifted_by_a_column_is_explained_within_the_row() -> None:
    table = applications()
    shifted = [0, *(table[f"applications.granted.{column}"] for column in COLUMNS[:-1])]
    report = wrong("2021", {f"granted.{c}": value for c, value in zip(COLUMNS, shifted, strict=True)})
    assessment = assess(report)
    changed = {
        f"granted.{c}" for c in COLUMNS if table[f"applications.granted.{c}"] != report.cells[key(f"granted.{c}")].value
    }
    assert changed <= names(assessment.suspects)
    assert values(assessment.suggestions[0]) == {name: table[f"applications.{name}"] for name in changed}


def test_totals_wrong_in_the_source_leave_few_suspects() -> None:
    """The totals of a chain of rows do not count one applicant, every column closes."""
    cells = {f"applications.{row}.legal_service_org": 1 for row in ("new_received", "granted", "results_total")}
    assessment = assess(make_report("2021", cells))
    assert {f.equation for f in assessment.findings if f.severity == "error"} == {
        "T3-ROW:new_received",
        "T3-ROW:granted",
        "T3-ROW:results_total",
    }
    assert names(assessment.suspects) == {
        f"{row}.{column}"
        for row in ("new_received", "granted", "results_total")
        for column in ("legal_service_org", "total")
    }
    assert {s.certainty for s in assessment.suggestions} == {"likely"}


def test_a_row_alone_is_explained_by_its_figures_and_total() -> None:
    """No column can be evaluated: each holds a mark, and nothing tells how many figures of the row are wrong."""
    marks = {f"applications.denied_state_secret.{column}": MARK for column in COLUMNS}
    report = make_report("2021", applications() | marks | {"applications.granted.natural_person": 54})
    assessment = assess(report)
    assert names(assessment.suspects) == {
        f"granted.{column}" for column in ("natural_person", "commercial_enterprise", "legal_service_org", "total")
    }
    assert {s.certainty for s in assessment.suggestions} == {"likely"}
    assert len(assessment.suggestions) <= 5


def test_figures_that_one_misreading_may_have_made_alike_prove_nothing() -> None:
    """One application, four times 1, three of them read as 7; where the fourth was read 0, 7 would fit."""
    cells = {
        f"applications.{row}.{column}": 1 for row in ("not_processed_publication",) for column in ("other_org", "total")
    }
    read: dict[str, Cell | int] = {
        "applications.new_received.total": 7,
        "applications.results_total.other_org": 7,
        "applications.results_total.total": 7,
        "applications.not_processed_confirm_reissue.other_org": 8,
    }
    suggestions = assess(make_report("2019", cells | read)).suggestions
    offered = {s.certainty for s in suggestions if values(s).get("new_received.other_org") == 7}
    assert offered == {"likely"}


def test_a_figure_and_its_total_misread_alike_leave_nothing_proven() -> None:
    """A row's only figure and its total are 2 and both read 5; what that leaves for another row is no proof."""
    printed = {"unable_not_held": 3, "not_processed_petition_complaint": 2, "granted": 2, "results_total": 7}
    cells = {
        f"applications.{row}.{column}": figure
        for row, figure in {**printed, "new_received": 7}.items()
        for column in ("natural_person", "total")
    }
    read = {
        "applications.not_processed_petition_complaint.natural_person": 5,
        "applications.not_processed_petition_complaint.total": 5,
        "applications.unable_not_held.natural_person": 0,
        "applications.unable_not_held.total": 8,
        "applications.not_processed_excessive.public_welfare_org": 6,
    }
    suggestions = assess(make_report("2019", cells | read)).suggestions
    offered = {s.certainty for s in suggestions if values(s) == {"unable_not_held.total": 0}}
    assert offered == {"likely"}


def test_a_cell_that_may_have_traded_its_change_is_a_suspect() -> None:
    """Five figures of two columns, read so that other changes, fewer of them, make all sums right as well."""
    printed = {
        "partially_granted": (1, 1), "unable_not_held": (6, 6), "not_processed_petition_complaint": (1, 1),
        "results_total": (8, 8), "new_received": (8, 8),
    }  # fmt: skip
    cells = {
        f"applications.{row}.{column}": figure
        for row, figures in printed.items()
        for column, figure in zip(("natural_person", "total"), figures, strict=True)
    }
    read = {
        "applications.not_processed_petition_complaint.natural_person": 7,
        "applications.not_processed_petition_complaint.total": 7,
        "applications.partially_granted.total": 7,
        "applications.unable_not_held.natural_person": 0,
        "applications.partially_granted.natural_person": 4,
    }
    suspects = assess(make_report("2019", cells | read)).suspects
    assert names(suspects) >= {name.removeprefix("applications.") for name in read}


def test_a_part_that_is_more_than_its_total_is_suspect_whatever_else_cannot_be_read() -> None:
    """Two figures have changed places; a row cannot be read, but no figure in it could make the column right."""
    unread = {f"applications.unable_not_held.{column}": UNREADABLE for column in COLUMNS}
    swapped: dict[str, Cell | int] = {
        "applications.granted.other_org": 1,
        "applications.granted.legal_service_org": 0,
    }
    assessment = assess(make_report("2021", applications() | unread | swapped))
    assert {f.equation for f in assessment.findings if f.severity is Severity.ERROR} == {"T3-SUM:other_org"}
    assert {"granted.other_org", "granted.legal_service_org"} <= names(assessment.suspects)
    assert {name.partition(".")[0] for name in names(assessment.suspects)} == {"granted"}
    assert "granted.research_institution" not in names(assessment.suspects)
    assert all(suggestion.certainty == "likely" for suggestion in assessment.suggestions)


def test_an_equation_that_a_figure_not_read_may_fulfil_is_not_evaluated() -> None:
    unread = {f"applications.unable_not_held.{column}": UNREADABLE for column in COLUMNS}
    cells = applications() | unread | {"applications.unable_not_held.total": 44}
    assert not [f for f in assess(make_report("2021", cells)).findings if f.severity is Severity.ERROR]


def test_a_repair_never_makes_a_count_negative_or_broken() -> None:
    report = make_report(
        "2021", {"remedies.review.upheld": 1, "remedies.review.corrected": 9, "remedies.review.total": 2}
    )
    assessment = assess(report)
    offered = [values(suggestion) for suggestion in assessment.suggestions]
    assert sorted(offered, key=str) == [{"review.corrected": 1}, {"review.total": 10}]


def test_a_group_of_table_four_is_suspect_as_a_whole_and_nothing_in_it_is_proven() -> None:
    report = make_report("2021", {"remedies.review.upheld": 3, "remedies.review.total": 4})
    assessment = assess(report)
    assert names(assessment.suspects) == {
        f"review.{column}" for column in ("upheld", "corrected", "other_result", "pending", "total")
    }
    assert set(assessment.suspects.values()) == {("T4-SUM:review",)}
    assert [values(s) for s in assessment.suggestions][:2] == [{"review.upheld": 4}, {"review.total": 3}]
    assert {s.certainty for s in assessment.suggestions} == {"likely"}


def test_the_explanation_by_a_cell_doubted_already_comes_first() -> None:
    doubted = replace(number(4), raw="A", doubts=(Doubt(Reason.LOOK_ALIKE),))
    report = make_report("2021", {"remedies.review.upheld": 3, "remedies.review.total": doubted})
    assert values(assess(report).suggestions[0]) == {"review.total": 3}
    doubted = replace(number(0), raw="O", doubts=(Doubt(Reason.LOOK_ALIKE),))
    cells = {"remedies.review.pending": doubted, "remedies.review.total": 4, "remedies.review.upheld": 3}
    assert values(assess(make_report("2021", cells)).suggestions[0]) == {"review.pending": 1}


def test_more_errors_than_can_be_explained_leave_the_crossings_suspect() -> None:
    changes = {f"{row}.{column}": 1 for row in rows("2021")[4:16] for column in COLUMNS[2:6]}
    assessment = assess(wrong("2021", changes))
    assert set(changes) <= names(assessment.suspects)
    assert assessment.suggestions == ()


@pytest.mark.parametrize("form", FORMS)
def test_an_unreadable_cell_gets_the_value_its_row_and_column_agree_on(form: str) -> None:
    for name, right in applications(form).items():
        assessment = assess(make_report(form, applications(form) | {name: UNREADABLE}))
        (suggestion,) = assessment.suggestions
        assert suggestion.values == {CellKey.parse(name): Decimal(right)}
        assert suggestion.certainty == "unique"
        assert not assessment.suspects


def test_unreadable_cells_of_one_row_are_found_by_their_columns() -> None:
    cells = with_changes(applications(), granted__natural_person=UNREADABLE, granted__total=UNREADABLE)
    suggestions = assess(make_report("2021", cells)).suggestions
    assert [(values(s), s.certainty) for s in suggestions] == [
        ({"granted.natural_person": 60}, "unique"),
        ({"granted.total": 73}, "unique"),
    ]


def test_an_unreadable_cell_with_one_equation_only_is_likely() -> None:
    cells: dict[str, Cell | int] = {"remedies.review.upheld": UNREADABLE, "remedies.review.total": 4}
    (suggestion,) = assess(make_report("2021", cells)).suggestions
    assert (values(suggestion), suggestion.certainty) == ({"review.upheld": 4}, "likely")
    assert suggestion.proof == "“行政复议”：四项结果之和 4，总计 4，相等"


def test_equations_that_disagree_give_an_unreadable_cell_no_value() -> None:
    cells = with_changes(applications(), granted__natural_person=UNREADABLE, granted__total=74)
    assert not [s for s in assess(make_report("2021", cells)).suggestions if key("granted.natural_person") in s.values]


def test_marks_and_blanks_are_printed_so_and_get_no_value() -> None:
    cells = with_changes(applications(), granted__natural_person=MARK, granted__total=Cell(State.BLANK))
    assert assess(make_report("2021", cells)).suggestions == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_is_missing_is_offered_whole_with_what_the_columns_leave_for_it(form: str) -> None:
    for row in rows(form):
        table = applications(form)
        absent: dict[str, Cell | int] = {f"applications.{row}.{column}": ABSENT for column in COLUMNS}
        (suggestion,) = assess(make_report(form, {**table, **absent})).suggestions
        if row == "results_total":  # stands in two equations of every column
            assert f"T3-BAL:{COLUMNS[0]}" in suggestion.equations
        assert values(suggestion) == {f"{row}.{column}": table[f"applications.{row}.{column}"] for column in COLUMNS}
        assert suggestion.certainty == "likely"
        assert f"T3-ROW:{row}" in suggestion.equations
        assert {str(value) for value in suggestion.values.values()}.isdisjoint({"-0"})


def test_two_missing_rows_of_one_sum_are_not_determined_and_not_offered() -> None:
    absent: dict[str, Cell] = {f"applications.{row}.{c}": ABSENT for row in ("granted", "other_misc") for c in COLUMNS}
    assert assess(make_report("2021", {**applications(), **absent})).suggestions == ()


def test_a_missing_row_that_would_not_add_up_is_not_offered() -> None:
    absent: dict[str, Cell | int] = {f"applications.granted.{column}": ABSENT for column in COLUMNS}
    cells = {**applications(), **absent, "applications.unable_not_held.total": 999}
    offered = assess(make_report("2021", cells)).suggestions
    assert not [s for s in offered if key("granted.total") in s.values]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (
            {
                "carried_over.public_welfare_org": 1,
                "carried_over.total": 1,
                "denied_internal_affairs.public_welfare_org": 1,
                "denied_internal_affairs.total": 1,
                "results_total.public_welfare_org": 1,
                "results_total.total": 1,
            },
            {
                "carried_over.public_welfare_org": 0,
                "denied_internal_affairs.public_welfare_org": 0,
                "denied_internal_affairs.total": 7,
                "denied_prohibited_by_law.research_institution": 1,
                "results_total.total": 0,
            },
        ),
        (
            {
                "new_received.research_institution": 1,
                "new_received.public_welfare_org": 1,
                "new_received.total": 2,
                "carried_forward.research_institution": 1,
                "carried_forward.public_welfare_org": 1,
                "carried_forward.total": 2,
            },
            {
                "new_received.research_institution": 7,
                "new_received.total": 7,
                "carried_forward.research_institution": 7,
                "carried_forward.public_welfare_org": 0,
                "denied_enforcement_file.legal_service_org": 6,
            },
        ),
    ],
    ids=["one application that seems to be none", "two of them that seem to be seven"],
)
def test_errors_that_fewer_changes_elsewhere_explain_are_all_suspects_and_nothing_wrong_is_proven(
    printed: dict[str, int], read: dict[str, int]
) -> None:
    cells = {f"applications.{name}": value for name, value in printed.items()}
    assert assess(make_report("2021", cells)).findings == ()
    assessment = assess(make_report("2021", cells | {f"applications.{name}": value for name, value in read.items()}))
    assert set(read) <= names(assessment.suspects)
    for suggestion in assessment.suggestions:
        is_right = all(printed.get(name, 0) == value for name, value in values(suggestion).items())
        assert is_right or suggestion.certainty == "likely"


def test_parts_that_change_by_the_same_amount_prove_nothing_and_leave_all_they_can_trade_suspect() -> None:
    """Printed are 6 and 1, 7 in all; every slip is by 6, and three changes by 6 elsewhere explain them as well."""
    printed = {
        "new_received.natural_person": 8,
        "new_received.total": 8,
        "granted.natural_person": 6,
        "granted.total": 6,
        "denied_enforcement_file.natural_person": 1,
        "denied_enforcement_file.total": 1,
        "results_total.natural_person": 7,
        "results_total.total": 7,
        "carried_forward.natural_person": 1,
        "carried_forward.total": 1,
    }
    read = {
        "granted.natural_person": 0,
        "denied_enforcement_file.natural_person": 7,
        "results_total.natural_person": 1,
        "results_total.total": 1,
        "carried_forward.total": 7,
    }
    assert assess(wrong_in({}, printed)).findings == ()
    assessment = assess(wrong_in(read, printed))
    assert set(read) <= names(assessment.suspects)
    assert {suggestion.certainty for suggestion in assessment.suggestions} == {"likely"}


def wrong_in(read: dict[str, int], printed: dict[str, int]) -> Report:
    return make_report("2021", {f"applications.{name}": value for name, value in (printed | read).items()})
