"""Templates become rule instances between concrete cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parser.errors import TemplateError
from parser.model.finding import Severity
from parser.model.template import Rule
from parser.rules.check import RuleBook, rule_book
from parser.templates.load import template, templates


def book(form: str) -> RuleBook:
    return rule_book(template(form))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("2021", {"T3-ROW": 25, "T3-BAL": 7, "T3-SUM": 7, "T4-SUM": 3}),
        ("2019", {"T3-ROW": 23, "T3-BAL": 7, "T3-SUM": 7, "T4-SUM": 3}),
    ],
)
def test_a_form_has_the_equations_of_its_tables(form: str, expected: dict[str, int]) -> None:
    ids = book(form).equations
    assert len(set(ids)) == len(ids) == sum(expected.values())
    assert {rule: sum(name.startswith(f"{rule}:") for name in ids) for rule in expected} == expected


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_equations_are_called_by_rule_and_row_or_column(form: str) -> None:
    assert {"T3-ROW:new_received", "T3-BAL:total", "T3-SUM:natural_person", "T4-SUM:review"} <= set(
        book(form).equations
    )


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_table_three_is_one_system_and_each_group_of_table_four_another(form: str) -> None:
    assert [len(system.equations) for system in book(form).systems] == [len(book(form).equations) - 3, 1, 1, 1]


def test_a_wildcard_is_the_sum_of_all_rows_that_begin_so() -> None:
    (equation,) = (i for i in book("2021").instances if i.id == "T3-SUM:total")
    assert len(equation.keys) == 22
    assert {key.column for key in equation.keys} == {"total"}
    assert not {"new_received", "carried_over", "carried_forward"} & {key.row for key in equation.keys}


@pytest.mark.parametrize("form", templates(), ids=lambda form: form.id)
def test_all_instances_of_the_shipped_forms_have_their_own_id(form: object) -> None:
    ids = [instance.id for instance in rule_book(form).instances]  # type: ignore[arg-type]
    assert len(set(ids)) == len(ids)


def a_rule(kind: str = "relation", message: str = "{left}", **options: object) -> Rule:
    return Rule("N-1", Severity.WARNING, kind, message, {"table": "proactive", **options})


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (a_rule(relation="issued = effective"), "行.列"),
        (a_rule(relation="rules.issued = rules.unknown"), "格式中没有 unknown"),
        (a_rule(relation="nobody.issued = rules.issued"), "格式中没有 nobody"),
        (a_rule(relation="rules.issued == rules.effective"), "关系式"),
        (a_rule(relation="decisions >= 0", each="row"), "格式中没有 decisions|proactive"),
        (a_rule(relation="a = b", each="table"), "each"),
        (a_rule(), "relation 应为文字"),
        (a_rule(relation="rules.issued = rules.effective", message="{value}"), "提示语不能用 {value}"),
        (a_rule(relation="rules.issued = rules.effective", message="{left"), "N-1"),
        (a_rule("no_such_kind"), "不认识的规则种类 no_such_kind"),
        (a_rule("decimals", "{value}", field="rules.issued", limit="4"), "limit 应为数"),
        (a_rule("decimals", "{value}", field="*.issued", limit=4), "应指一个单元格"),
        (a_rule("issuer_level", "{value}", rows="rules"), "rows 应为一组名称"),
        (a_rule("empty_section", "{title}", section="9"), "没有第 9 部分"),
        (a_rule("whole", "{value}", table="unknown"), "格式中没有 unknown"),
    ],
)
def test_a_rule_that_does_not_fit_its_form_is_refused_by_name(rule: Rule, complaint: str) -> None:
    form = replace(template("2021"), rules=(rule,))
    with pytest.raises(TemplateError, match=complaint) as caught:
        rule_book(form)
    assert "N-1" in str(caught.value)


def test_two_rules_of_one_id_are_refused_unless_told_apart_by_part() -> None:
    one, other = a_rule(relation="rules.issued >= 0"), a_rule(relation="rules.effective >= 0")
    with pytest.raises(TemplateError, match="重复"):
        rule_book(replace(template("2021"), rules=(one, other)))
    told_apart = replace(other, options={**other.options, "part": "effective"})
    assert [i.id for i in rule_book(replace(template("2021"), rules=(one, told_apart))).instances] == [
        "N-1",
        "N-1:effective",
    ]
