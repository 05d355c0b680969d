"""Typed access to the parameters of a rule, which come from a template file."""

from __future__ import annotations

from parser.model.report import CellKey
from parser.model.template import Rule
from parser.rules.form import Form


def text(rule: Rule, name: str) -> str:
    """Return a text option; raise ValueError when it is missing or of another kind."""
    value = rule.options.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} 应为文字")
    return value


def number(rule: Rule, name: str) -> float:
    """Return a number option; raise ValueError when it is missing or of another kind."""
    value = rule.options.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} 应为数")
    return value


def names(rule: Rule, name: str) -> tuple[str, ...]:
    """Return a list of names or patterns; raise ValueError when it is missing or of another kind."""
    value = rule.options.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name} 应为一组名称")
    return tuple(value)


def cell(rule: Rule, form: Form, name: str) -> CellKey:
    """Return the one cell that an option "row.column" of the rule's table names; raise ValueError otherwise."""
    row, _, column = text(rule, name).partition(".")
    found = form.match_cells(text(rule, "table"), row, column)
    if len(found) != 1:
        raise ValueError(f"{name} 应指一个单元格")
    return found[0]
