"""Which report is that of the same office for the year before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.model.finding import Severity
from parser.model.report import Edit
from parser.rules.check import assess
from parser.rules.year_before import likeness, year_before, years_before
from tests.forms import make_report, number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清河市农业农村局", "清河市农业农村局"),
        ("清河市农业农村局", "江南省清河市农业农村局"),
        ("清河市农业农村局", "农业农村局"),
        ("清河市 发展和改革委员会", "清河市发展改革委"),
        ("白石镇人民政府", "清河市白石镇政府"),
        ("城东街道办事处", "清河区城东街道办"),
    ],
)
def test_an_office_is_the_same_with_places_before_it_and_in_short(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清河市卫生健康委员会", "清河市卫生健康局"),
        ("江南省水利厅", "水利局"),
        ("清河市发展改革局", "发展和改革委员会"),
    ],
)
def test_an_office_may_be_renamed(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清河市财政局", "南溪市财政局"),
        ("清河市财政局", "清河市审计局"),
        ("清河市人民政府", "清河市人民政府办公室"),
        ("白石镇人民政府", "青石镇人民政府"),
        ("清河市水利局", "清河市水务局"),
        ("清河市发改委", "南溪市发展和改革委员会"),
        ("清河市教育局", "清河市体育局"),
        ("清河市公安局", "清河市公安局交警支队"),
        ("", "清河市水利局"),
        (None, None),
        ("局", "清河市局"),
    ],
)
def test_other_names_are_other_offices(one: str | None, other: str | None) -> None:
    assert likeness(one, other) == likeness(other, one) == 2


def test_the_report_of_the_year_before_is_found_by_office_and_year() -> None:
    now = make_report(issuer="清河市财政局", year=2023)
    before = make_report(issuer="江南省清河市财政局", year=2022)
    others = [make_report(issuer="南溪市财政局", year=2022), make_report(issuer="清河市财政局", year=2021), now]
    assert year_before(now, [*others, before]) is before
    assert year_before(now, others) is None
    assert year_before(make_report(issuer="清河市财政局", year=None), [before]) is None


_PLACES = st.sampled_from(["", "江南省", "清河市", "江南省清河市", "南溪县", "青石", "青石镇"])
_MATTERS = ["发展和改革", "发展改革", "发改", "卫生健康", "卫健", "水利", "水务", "教育", "州"]
_OFFICES = st.sampled_from([*_MATTERS, "人民政府", "政府办", "城东街道办事处"])
_KINDS = st.sampled_from(["", "局", "委员会", "委", "厅"])
_NAMES = st.builds("".join, st.tuples(_PLACES, _OFFICES, _KINDS))


@given(st.lists(st.tuples(st.one_of(st.none(), _NAMES), st.sampled_from([None, 2021, 2022, 2023])), max_size=12))
def test_among_many_the_same_reports_are_found_as_one_by_one(named: list[tuple[str | None, int | None]]) -> None:
    reports = [make_report(issuer=name, year=year) for name, year in named]
    found = [year_before(report, reports) for report in reports]
    assert all(one is other for one, other in zip(years_before(reports), found, strict=True))


def test_the_same_name_goes_before_a_renamed_office_and_two_that_fit_are_none() -> None:
    now = make_report(issuer="清河市商务局", year=2023)
    renamed, same = make_report(issuer="清河市商务委员会", year=2022), make_report(issuer="商务局", year=2022)
    assert year_before(now, [renamed, same]) is same
    assert year_before(now, [renamed]) is renamed
    other = make_report(issuer="清河市商务局", year=2022, sha256="1" * 64)
    assert year_before(now, [same, other]) is None


def test_of_a_file_and_the_workbook_made_of_it_the_one_that_was_worked_on_counts() -> None:
    now, as_read = make_report(issuer="清河市商务局", year=2023), make_report(issuer="清河市商务局", year=2022)
    cell, at = next(iter(as_read.cells.items())), datetime(2024, 1, 25, tzinfo=UTC)
    workbook = as_read.apply([Edit(cell[0], cell[1], number(7), "修改", "李四", at)])
    assert year_before(now, [as_read, workbook]) is workbook
    assert year_before(now, [workbook, as_read]) is workbook


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_column_that_was_not_carried_over_is_a_warning_of_its_own(form: str) -> None:
    before = make_report(
        form, {"applications.carried_forward.natural_person": 3, "applications.carried_forward.total": 3}, year=2023
    )
    now = make_report("2021", {"applications.carried_over.other_org": 1}, year=2024)
    found = [f for f in assess(now, before).findings if f.rule == "X-CARRY"]
    columns = {f.keys[0].column for f in found}
    assert columns == {"natural_person", "other_org", "total"}
    assert {f.severity for f in found} == {Severity.WARNING}
    assert all(f.message.endswith(f"（2023 年报告：{before.source}）") for f in found)
