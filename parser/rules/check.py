"""A report, and the one of the year before if there is one, become an assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from parser.errors import TemplateError
from parser.model.finding import Assessment, Finding, Severity, Suggestion, Verdict
from parser.model.report import CellKey, Report, State
from parser.model.template import Rule, Template
from parser.model.watch import UNWATCHED, Watch
from parser.rules.case import Case, Check
from parser.rules.evaluate import Broken, Reading, Step, evaluate, read, steps, total, written
from parser.rules.expand import Instance, expand
from parser.rules.form import Form, form_of, shown
from parser.rules.kinds import RELATION, RELATION_WORDS, WHOLE, build, verify_messages
from parser.rules.relation import Comparison
from parser.rules.suggest import Suspects, suggest
from parser.rules.system import System, is_equation, systems
from parser.rules.verdict import evidence
from parser.templates.load import template

_TURNED: Mapping[Comparison, Comparison] = {"=": "=", "!=": "!=", ">=": "<=", "<=": ">="}
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a form made ready: relations between cells, and checks of other kinds."""

    form: Form
    instances: tuple[Instance, ...]
    within: tuple[Step, ...]
    with_previous: tuple[Step, ...]
    systems: tuple[System, ...]
    checks: tuple[Check, ...]
    doubting: frozenset[str]

    @property
    def equations(self) -> tuple[str, ...]:
        """Ids of the equations that must hold by the form's own definition."""
        return tuple(instance.id for instance in self.instances if is_equation(instance))


def assess(report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
    """Return all findings worst first, the cells that can explain broken equations, and suggested repairs.

    ``previous`` is the same office's report of the year before. Nothing is remembered between calls. Raises Cancelled
    when ``watch`` stops the search.
    """
    book = _book(report.form)
    if previous is not None and not _is_year_before(previous, report):
        previous = None
    reading = read(book.form, report, previous)
    outcomes = evaluate(book.within if previous is None else book.with_previous, reading)
    case = Case(book.form, report, previous, reading, [cell.state for cell in reading.cells])
    suspects, suggestions = suggest(book.form, book.systems, outcomes, reading, watch)
    findings = [
        _broken(broken, case, _evidence(book.form, broken, reading, suspects, suggestions))
        for broken in outcomes.broken
    ]
    for check in book.checks:
        findings.extend(check(case))
    _add_broken_limits(suspects, book, findings)
    return Assessment(tuple(_worst_first(findings, book.form)), suspects, tuple(suggestions))


class Signed(NamedTuple):
    """A cell of an equation; those of one sign and those of the other have the same sum."""

    sign: int
    key: CellKey


def closed_equations(report: Report) -> list[tuple[Signed, ...]]:
    """Return the cells of every equation that must hold, and does."""
    book = _book(report.form)
    closed, _ = _equations(book, report)
    keys = book.form.keys
    return [tuple(Signed(sign, keys[position]) for sign, position in instance.operands) for instance in closed]


def vouching(report: Report) -> Counter[CellKey]:
    """Return how many equations that must hold, and do, each cell takes part in: a misread figure would break them.

    Where one of its equations is broken, no more than one vouches for a cell.
    """
    closed, broken = _equations(_book(report.form), report)
    counts = Counter(key for instance in closed for key in instance.keys)
    contradicted = {key for instance in broken for key in instance.keys}
    return Counter({key: min(count, 1) if key in contradicted else count for key, count in counts.items()})


def _equations(book: RuleBook, report: Report) -> tuple[list[Instance], list[Instance]]:
    """Return the equations that hold, and those that are broken."""
    outcomes = evaluate(book.within, read(book.form, report, None))
    broken = {instance for instance, _ in outcomes.broken}
    equations = [i for i in book.instances if is_equation(i) and i not in outcomes.skipped]
    return [i for i in equations if i not in broken], [i for i in equations if i in broken]


def rule_book(form: Template) -> RuleBook:
    """Return the rules of a template made ready; raise TemplateError naming the rule that does not fit the form."""
    named = form_of(form)
    instances: list[Instance] = []
    checks: list[Check] = []
    for rule in form.rules:
        try:
            if rule.kind == RELATION:
                verify_messages(rule, RELATION_WORDS)
                instances += expand(rule, named)
            else:
                checks.append(build(rule, named))
        except ValueError as error:
            raise TemplateError(f"{form.id} 年格式的规则 {rule.id} 有误（{error}）；请改正格式文件后重试") from error
    _refuse_duplicates(form, instances)
    return RuleBook(
        form=named,
        instances=tuple(instances),
        within=steps([i for i in instances if not i.needs_previous]),
        with_previous=steps(instances),
        systems=systems(instances, named),
        checks=tuple(checks),
        doubting=frozenset(rule.id for rule in form.rules if _makes_doubtful(rule)),
    )


@cache
def _book(form_id: str) -> RuleBook:
    return rule_book(template(form_id))


def _is_year_before(previous: Report, report: Report) -> bool:
    return previous.year is None or report.year is None or previous.year == report.year - 1


def _makes_doubtful(rule: Rule) -> bool:
    """Whether a broken rule makes its own cells doubtful: limits that hold by definition, but no equations."""
    return rule.severity is Severity.ERROR and rule.kind in (RELATION, WHOLE)


def _evidence(
    form: Form, broken: Broken, reading: Reading, suspects: Suspects, suggestions: Sequence[Suggestion]
) -> Verdict:
    if not is_equation(broken.instance):
        return Verdict.OPEN
    name = broken.instance.id
    explaining = [form.positions[key] for key, equations in suspects.items() if name in equations]
    repair = next((suggestion.values for suggestion in suggestions if name in suggestion.equations), {})
    return evidence(broken, reading, explaining, [form.positions[key] for key in repair])


def _broken(broken: Broken, case: Case, verdict: Verdict) -> Finding:
    instance, values = broken.instance, case.reading.values
    left, right = total(instance.left, values), total(instance.right, values)
    judges_left = len(instance.left.operands) == 1 or not instance.right.operands
    actual, expected = (left, right) if judges_left else (right, left)
    sign = instance.comparison if judges_left else _TURNED[instance.comparison]
    sums = {"left": written(instance.left, values), "right": written(instance.right, values)}
    words = {**instance.words, **sums, "previous": _named(case.previous)}
    return Finding(
        rule=instance.rule.id,
        severity=instance.rule.severity,
        message=instance.rule.message.format_map(words) + _about_unread(instance, case.reading),
        keys=instance.keys,
        expected=f"{sign.removeprefix('=')}{shown(expected)}",
        actual=shown(actual),
        equation=instance.id,
        verdict=verdict,
    )


def _about_unread(instance: Instance, reading: Reading) -> str:
    """Return how many cells are not counted in because nobody knows yet what stands in them, ``""`` for none."""
    states = [reading.cells[position].state for _, position in instance.operands]
    count = sum(state in (State.UNREADABLE, State.ABSENT) for state in states)
    return f"（另有 {count} 格尚不能确定，没有计入）" if count else ""


def _named(previous: Report | None) -> str:
    """Return which report is compared with: its year and its file."""
    if previous is None:
        return ""
    year = f"{previous.year} 年报告" if previous.year is not None else "上年报告"
    return f"{year}：{previous.source}"


def _add_broken_limits(suspects: Suspects, book: RuleBook, findings: Iterable[Finding]) -> None:
    """Add the cells of broken limits (whole numbers, sums not below 0)."""
    exact = {equation.id for system in book.systems for equation in system.equations}
    for finding in findings:
        if finding.rule not in book.doubting or finding.equation is None or finding.equation in exact:
            continue
        for key in finding.keys:
            suspects[key] = (*suspects.get(key, ()), finding.equation)


def _worst_first(findings: Iterable[Finding], form: Form) -> list[Finding]:
    def place(finding: Finding) -> tuple[int, int]:
        first = min((form.positions[key] for key in finding.keys), default=-1)
        return _WORST_FIRST.index(finding.severity), first

    return sorted(findings, key=place)


def _refuse_duplicates(form: Template, instances: Iterable[Instance]) -> None:
    seen: set[str] = set()
    for instance in instances:
        if instance.id in seen:
            raise TemplateError(f"{form.id} 年格式的规则 {instance.id} 重复；请用 part 区分后重试")
        seen.add(instance.id)
