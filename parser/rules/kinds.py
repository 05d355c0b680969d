"""The kinds of rules that a template file can name, each with the words its messages may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from parser.model.template import Rule
from parser.rules import cell_kinds, prose_kinds, report_kinds
from parser.rules.case import Builder, Check
from parser.rules.form import Form

RELATION = "relation"
WHOLE = "whole"
RELATION_WORDS = frozenset({"left", "right", "row", "column", "table", "previous"})

_CELL = ("name", "value", "unit")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a rule of this kind becomes a check, and the words of its messages."""

    build: Builder
    words: frozenset[str]


KINDS: Mapping[str, Kind] = {
    name: Kind(build, frozenset(words))
    for name, build, words in (
        (WHOLE, cell_kinds.whole, (*_CELL, "must")),
        ("decimals", cell_kinds.decimals, (*_CELL, "limit")),
        ("amount_unit", cell_kinds.amount_unit, (*_CELL, "limit", "printed")),
        ("unit_guess", cell_kinds.unit_guess, _CELL),
        ("both_or_neither", cell_kinds.both_or_neither, ("left", "right")),
        ("issuer_level", cell_kinds.issuer_level, ("issuer", "row", "value")),
        ("town_level", cell_kinds.town_level, (*_CELL, "limit")),
        ("blank_total", cell_kinds.blank_total, ("value",)),
        ("blank_part", cell_kinds.blank_part, ("value",)),
        ("zero_but_narrated", prose_kinds.zero_but_narrated, ("value",)),
        ("declared_year", report_kinds.declared_year, ("value",)),
        ("template_due", report_kinds.form_due, ("year", "due", "used")),
        ("blank_table", report_kinds.blank_table, ("table", "blank", "total")),
        ("unread_table", report_kinds.unread_table, ("table", "unread", "total")),
        ("blank_rows", report_kinds.blank_rows, ("value",)),
        ("absent_rows", report_kinds.absent_rows, ("table", "value")),
        ("empty_section", report_kinds.empty_section, ("section", "title")),
        ("noted", report_kinds.noted, ("value",)),
        ("narrated", prose_kinds.narrated, ("words", "table")),
        ("omitted", prose_kinds.omitted, ("words",)),
        ("private_data", prose_kinds.private_data, ("value",)),
    )
}


def build(rule: Rule, form: Form) -> Check:
    """Return the check of a rule that is no relation; raise ValueError when kind, options or messages do not fit."""
    kind = KINDS.get(rule.kind)
    if kind is None:
        raise ValueError(f"不认识的规则种类 {rule.kind}")
    verify_messages(rule, kind.words)
    return kind.build(rule, form)


def verify_messages(rule: Rule, words: frozenset[str]) -> None:
    """Raise ValueError when a message of the rule uses a word that this kind does not offer."""
    messages = [rule.message, *(str(text) for option, text in rule.options.items() if option.startswith("message"))]
    for message in messages:
        for _, word, _, _ in Formatter().parse(message):
            if word is not None and word not in words:
                raise ValueError(f"提示语不能用 {{{word}}}")
