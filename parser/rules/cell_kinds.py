"""Checks of single cells: whole numbers, decimals, units, blanks, and what an office of a level may report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parser.model.finding import Finding
from parser.model.report import CellKey, State
from parser.model.template import NumberKind, Rule
from parser.rules import narrative, options
from parser.rules.case import Case, Check, cell_finding, finding
from parser.rules.form import Form, fits, printed, shown
from parser.rules.issuer import Level, level

_MUST = {
    NumberKind.COUNT: "不小于 0 的整数",
    NumberKind.CHANGE: "整数（减少用负数表示）",
    NumberKind.AMOUNT: "不小于 0 的数",
}


def whole(rule: Rule, form: Form) -> Check:
    """Counts are whole and not negative, changes whole, amounts not negative."""
    cells = tuple(
        (form.positions[key], form.field(key).kind, key) for key in form.cells_of(options.text(rule, "table"))
    )

    def check(case: Case) -> Iterator[Finding]:
        values = case.reading.values
        for position, kind, key in cells:
            value = values[position]
            if value and not fits(kind, value):
                yield cell_finding(rule, case, key, {"must": _MUST[kind]}, expected=_MUST[kind])

    return check


def decimals(rule: Rule, form: Form) -> Check:
    """An amount is printed with at most ``limit`` decimals."""
    key, limit = options.cell(rule, form, "field"), int(options.number(rule, "limit"))

    def check(case: Case) -> Iterator[Finding]:
        value = case.cell(key).value
        exponent = value.as_tuple().exponent if value is not None else 0
        if isinstance(exponent, int) and -exponent > limit:
            yield cell_finding(rule, case, key, {"limit": limit})

    return check


def amount_unit(rule: Rule, form: Form) -> Check:
    """An amount in 万元 is over ``limit``, or printed with another unit, or the prose gives the same figure in 元."""
    key, limit = options.cell(rule, form, "field"), int(options.number(rule, "limit"))
    unit, narrated = options.text(rule, "unit"), options.text(rule, "message_narrated")
    printed = options.text(rule, "message_printed")

    def check(case: Case) -> Iterator[Finding]:
        cell = case.cell(key)
        if not cell.value:
            return
        words = {"unit": unit, "limit": limit, "printed": cell.unit}
        if cell.unit not in (None, unit):
            yield cell_finding(rule, case, key, words, message=printed)
        elif cell.value in narrative.charges_in_yuan(case.report.sections):
            yield cell_finding(rule, case, key, words, message=narrated)
        elif cell.value > limit:
            yield cell_finding(rule, case, key, words)

    return check


def unit_guess(rule: Rule, form: Form) -> Check:
    """An amount has no unit, neither in its cell nor in the form: say which one the digits make likely."""
    key, limit = options.cell(rule, form, "field"), int(options.number(rule, "limit"))

    def check(case: Case) -> Iterator[Finding]:
        cell = case.cell(key)
        if cell.value and cell.unit is None:
            decimals = f"{cell.value:f}".partition(".")[2].rstrip("0")
            unit = "元" if cell.value >= limit and len(decimals) <= 2 else "万元"  # 元 has no third decimal
            yield cell_finding(rule, case, key, {"unit": unit})

    return check


def both_or_neither(rule: Rule, form: Form) -> Check:
    """Two figures are both 0 or both not."""
    left, right = options.cell(rule, form, "left"), options.cell(rule, form, "right")

    def check(case: Case) -> Iterator[Finding]:
        one, other = case.cell(left), case.cell(right)
        if one.value is not None and other.value is not None and (not one.value) != (not other.value):
            words = {"left": printed(one), "right": printed(other)}
            yield finding(rule, words, keys=(left, right), about=left.row)

    return check


def issuer_level(rule: Rule, form: Form) -> Check:
    """Only offices that may issue 规章 report them; silent when the name does not tell the level."""
    keys = _cells_of_rows(rule, form)

    def check(case: Case) -> Iterator[Finding]:
        filled = tuple(key for key in keys if case.cell(key).value)
        if filled and level(case.report.issuer) in (Level.BELOW, Level.TOWN):
            value = "、".join(f"{form.column_label(key)} {case.cell(key).shown}" for key in filled)
            words = {"row": form.row_label(filled[0]), "value": value, "issuer": case.report.issuer}
            yield finding(rule, words, keys=filled, about=filled[0].row, expected="0")

    return check


def town_level(rule: Rule, form: Form) -> Check:
    """A town or street office reports ``limit`` decisions or more, and its prose does not say so too."""
    keys, limit = _cells_of_rows(rule, form), int(options.number(rule, "limit"))

    def check(case: Case) -> Iterator[Finding]:
        for key in keys:
            value = case.cell(key).value
            if value is None or value < limit or level(case.report.issuer) is not Level.TOWN:
                continue
            if not narrative.mentions(case.report.sections, value):
                yield cell_finding(rule, case, key, {"limit": limit})

    return check


def blank_total(rule: Rule, form: Form) -> Check:
    """The total of a row is blank while its parts are filled: one finding, with what the totals would be."""
    rows = _totals(rule, form)

    def check(case: Case) -> Iterator[Finding]:
        sums = {key: _sum(case, cells) for key, cells in rows if case.cell(key).state is State.BLANK}
        omitted = {key: value for key, value in sums.items() if value is not None}
        if omitted:
            value = _listed([f"“{form.row_label(key)}” {shown(value)}" for key, value in omitted.items()])
            yield finding(rule, {"value": value}, keys=tuple(omitted), about=options.text(rule, "total"))

    return check


def blank_part(rule: Rule, form: Form) -> Check:
    """Parts of a row are blank, and the others make less than its total: one finding, with what is missing.

    Such a sum is not checked, for a figure that is missing may make it true.
    """
    rows = _totals(rule, form)

    def check(case: Case) -> Iterator[Finding]:
        short = {total: blanks for total, parts in rows if (blanks := _lacking(case, total, parts))}
        if short:
            listed = [
                f"“{form.row_label(total)}”之和 {shown(_sum(case, dict(rows)[total]) or Decimal(0))}，"
                f"总计 {case.cell(total).shown}"
                for total in short
            ]
            keys = tuple(key for total, blanks in short.items() for key in (*blanks, total))
            yield finding(rule, {"value": _listed(listed)}, keys=keys, about=options.text(rule, "total"))

    return check


def _lacking(case: Case, total: CellKey, parts: tuple[CellKey, ...]) -> tuple[CellKey, ...]:
    """Return the blank parts of a total that the others do not reach."""
    blanks = tuple(key for key in parts if case.cell(key).state is State.BLANK)
    value = case.cell(total).value
    is_known = all(case.cell(key).state in (State.NUMBER, State.BLANK) for key in parts)
    return blanks if is_known and value is not None and (_sum(case, parts) or 0) < value else ()


def _totals(rule: Rule, form: Form) -> tuple[tuple[CellKey, tuple[CellKey, ...]], ...]:
    """Return the total of every row of the rule's table and its parts."""
    table, total, parts = options.text(rule, "table"), options.text(rule, "total"), options.names(rule, "parts")
    return tuple(
        (CellKey(table, row, total), tuple(key for part in parts for key in form.match_cells(table, row, part)))
        for row in form.match_rows(table, ("*",))
        if CellKey(table, row, total) in form.positions
    )


def _listed(rows: list[str]) -> str:
    return "、".join(rows[:_LISTED]) + (f" 等 {len(rows)} 行" if len(rows) > _LISTED else "")


_LISTED = 4


def _sum(case: Case, keys: tuple[CellKey, ...]) -> Decimal | None:
    """Return the sum of the cells, blanks as 0; None when all are blank or one says something else."""
    cells = [case.cell(key) for key in keys]
    if any(cell.state not in (State.NUMBER, State.BLANK) for cell in cells):
        return None
    figures = [cell.value for cell in cells if cell.value is not None]
    return sum(figures, Decimal(0)) if figures else None


def _cells_of_rows(rule: Rule, form: Form) -> tuple[CellKey, ...]:
    table = options.text(rule, "table")
    return tuple(
        k for row in form.match_rows(table, options.names(rule, "rows")) for k in form.match_cells(table, row, "*")
    )
