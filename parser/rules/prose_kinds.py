"""Checks of the prose: its figures against the tables, and personal data that must not be published."""

from __future__ import annotations

from collections.abc import Iterator

from parser.model.finding import Finding
from parser.model.report import State
from parser.model.template import Rule
from parser.prose.figures import figures_in
from parser.prose.omitted import omissions
from parser.prose.personal import personal_data
from parser.rules import options
from parser.rules.case import Case, Check, finding
from parser.rules.form import Form, shown

_RECEIVED = "X-NEW"


def narrated(rule: Rule, _form: Form) -> Check:
    """A figure of the prose is not what the table holds: one finding for each that differs."""

    def check(case: Case) -> Iterator[Finding]:
        said = set()
        for figure in figures_in(case.report, rule.id):
            if figure.agrees is not False or (figure.keys, figure.value) in said:
                continue
            said.add((figure.keys, figure.value))
            about = f"{figure.keys[0].row}.{figure.keys[0].column}"
            total = None if figure.total is None else shown(figure.total)
            found = finding(
                rule,
                {"words": figure.words, "table": figure.tables},
                keys=figure.keys,
                about=about,
                expected=shown(figure.value),
                actual=total,
            )
            yield found._replace(sentence=figure.sentence, figure=figure.span)

    return check


def zero_but_narrated(rule: Rule, form: Form) -> Check:
    """A table without any figure, while the prose states applications received."""
    table = options.text(rule, "table")
    positions = tuple(form.positions[key] for key in form.cells_of(table))

    def check(case: Case) -> Iterator[Finding]:
        if any(case.reading.values[position] for position in positions):
            return
        states = {case.states[position] for position in positions}
        if State.UNREADABLE in states or states == {State.ABSENT}:
            return
        for figure in figures_in(case.report, _RECEIVED):
            if figure.value and not figure.agrees:
                found = finding(rule, {"value": figure.words}, keys=figure.keys, about=table)
                yield found._replace(sentence=figure.sentence, figure=figure.span)
                return

    return check


def omitted(rule: Rule, _form: Form) -> Check:
    """A number is missing where the words of the prose ask for one: one finding for each place."""

    def check(case: Case) -> Iterator[Finding]:
        for gap in omissions(case.report.text, tuple(case.report.sections.items())):
            about = gap.section if gap.place is None else f"{gap.section}.{gap.place.start}"
            found = finding(rule, {"words": gap.words}, about=about)
            yield found._replace(sentence=gap.sentence, figure=gap.place)

    return check


def private_data(rule: Rule, _form: Form) -> Check:
    """The prose holds an identity number or somebody's mobile number (X-PRIVACY): one finding for each."""

    def check(case: Case) -> Iterator[Finding]:
        for item in personal_data(case.report.text):
            found = finding(rule, {"value": f"{item.kind} {item.masked}"}, about=f"{item.place.start}")
            yield found._replace(sentence=item.sentence, figure=item.place)

    return check
