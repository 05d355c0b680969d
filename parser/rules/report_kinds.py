"""Checks of a whole table or report: years, the form used, rows missing or blank, and what extraction noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from parser.model.finding import Finding
from parser.model.report import CellKey, State
from parser.model.template import Rule
from parser.rules import options
from parser.rules.case import Case, Check, finding
from parser.rules.form import Form
from parser.templates.load import template_due

_LONG_RUN = 4
_SAYS_NOTHING = re.compile(
    r"(?:[\W\d_]|[一二三四五六](?=[、.)）])|存在的?|(?:主要|突出|明显)?(?:的)?问题|(?:下一步)?改进(?:情况|措施|的)?|情况"
    r"|(?:本年度)?(?:暂无|没有|无需?|不存在)|需要|及|和)*"
)


def declared_year(rule: Rule, _form: Form) -> Check:
    """The year of the title, of the 统计期限 and the year before publication are the same."""

    def check(case: Case) -> Iterator[Finding]:
        report = case.report
        said: dict[str, int] = {}
        if report.year is not None:
            said[f"报告年度为 {report.year} 年"] = report.year
        if report.period is not None:
            start, end = (day.year for day in report.period)
            said[f"统计期限为 {start} 年" if start == end else f"统计期限从 {start} 年到 {end} 年"] = end
            said |= {"": start} if start != end else {}
        if report.published is not None:
            due = report.published.year - 1
            is_same = report.published.year == report.year  # a reader would wonder what is wrong
            said[f"公布于 {report.published.year} 年{f'，应是 {due} 年度的报告' if is_same else ''}"] = due
        if len(set(said.values())) > 1:
            yield finding(rule, {"value": "，".join(words for words in said if words)})

    return check


def form_due(rule: Rule, _form: Form) -> Check:
    """The report uses the form that is due for its year; says so if it has been put into it since."""
    converted = options.text(rule, "message_converted")

    def check(case: Case) -> Iterator[Finding]:
        year, used = case.report.year, case.report.template
        due = template_due(year) if year is not None else None
        if due is not None and used is not None and used != due.id:
            message = converted if case.report.form == due.id else rule.message
            words = {"year": year, "due": due.id, "used": used}
            yield finding(rule, words, expected=due.id, actual=used, message=message)

    return check


def blank_table(rule: Rule, form: Form) -> Check:
    """The given share of a table is blank: one finding a table."""
    return _mostly(rule, form, State.BLANK, "blank")


def unread_table(rule: Rule, form: Form) -> Check:
    """The given share of a table cannot be read, as where a copy lost what was alike: one finding a table.

    Not of a form that somebody fills in: nothing has been read there.
    """
    check = _mostly(rule, form, State.UNREADABLE, "unread")
    return lambda case: check(case) if case.report.sha256 else iter(())


def _mostly(rule: Rule, form: Form, state: State, word: str) -> Check:
    share = options.number(rule, "share")

    def check(case: Case) -> Iterator[Finding]:
        for table in form.template.tables if state in case.states else ():
            keys = form.cells_of(table.key)
            concerned = case.in_state(keys, state)
            present = len(keys) - len(case.in_state(keys, State.ABSENT))
            if concerned and len(concerned) >= share * present:
                words = {"table": table.sheet, word: len(concerned), "total": present}
                yield finding(rule, words, keys=concerned, about=table.key)

    return check


def blank_rows(rule: Rule, form: Form) -> Check:
    """A few rows of a table are blank from end to end, no more than a share of them: one finding.

    Where most are, zeros were left out on purpose.
    """
    table, share = options.text(rule, "table"), options.number(rule, "share")
    keys = form.cells_of(table)
    rows = [tuple(cells) for _, cells in groupby(keys, lambda key: key.row)]

    def check(case: Case) -> Iterator[Finding]:
        if State.BLANK not in case.states:
            return
        blank = [cells for cells in rows if len(case.in_state(cells, State.BLANK)) == len(cells)]
        if 0 < len(blank) <= share * len(rows):
            concerned = tuple(key for cells in blank for key in cells)
            yield finding(rule, {"value": "、".join(_parts(form, keys, concerned))}, keys=concerned, about=table)

    return check


def absent_rows(rule: Rule, form: Form) -> Check:
    """Rows (else single cells) of the form that the source does not contain: one finding a table."""
    whole = options.text(rule, "message_table")

    def check(case: Case) -> Iterator[Finding]:
        for table in form.template.tables if State.ABSENT in case.states else ():
            keys = form.cells_of(table.key)
            absent = case.in_state(keys, State.ABSENT)
            if absent:
                words = {"table": table.sheet, "value": "、".join(_parts(form, keys, absent))}
                message = whole if len(absent) == len(keys) else rule.message
                yield finding(rule, words, keys=absent, about=table.key, message=message)

    return check


def _parts(form: Form, keys: tuple[CellKey, ...], absent: tuple[CellKey, ...]) -> Iterator[str]:
    """Yield the rows that are absent as a whole, long runs by their ends, and the cells absent from other rows."""
    kept = {key.row for key in set(keys).difference(absent)}
    first_cells = {key.row: key for key in reversed(keys)}
    rows = list(reversed(first_cells.values()))
    for is_absent, run in groupby(rows, lambda key: key.row not in kept):
        labels = [f"“{form.row_label(key)}”" for key in run if is_absent]
        yield from labels if len(labels) < _LONG_RUN else (f"{labels[0]}至{labels[-1]}（{len(labels)} 行）",)
    yield from (f"“{form.name(key)}”" for key in absent if key.row in kept)


def noted(rule: Rule, form: Form) -> Check:
    """What extraction noticed about the structure; not of a section that somebody has put in since."""
    sections = {section.missing_words: section.number for section in form.template.sections}

    def check(case: Case) -> Iterator[Finding]:
        for note in case.report.notes:
            number = sections.get(note.detail)
            is_there = number is not None and case.report.sections.get(number) is not None
            if note.rule == rule.id and not is_there:
                yield finding(rule, {"value": note.detail}, about=number)

    return check


def empty_section(rule: Rule, form: Form) -> Check:
    """A section that must report something is there but says nothing, or 无."""
    number = options.text(rule, "section")
    found = next((section for section in form.template.sections if section.number == number), None)
    if found is None:
        raise ValueError(f"格式中没有第 {number} 部分")
    section = found

    def check(case: Case) -> Iterator[Finding]:
        text = case.report.sections.get(number)
        if text is not None and _SAYS_NOTHING.fullmatch(text):
            yield finding(rule, {"section": section.ordinal, "title": section.title.text}, about=number)

    return check
