"""The relations of a template become rule instances between concrete cells."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from parser.model.finding import Severity
from parser.model.report import CellKey
from parser.model.template import NumberKind, Rule
from parser.rules import options
from parser.rules.form import Form
from parser.rules.relation import Comparison, Relation, Side, Term, parse_relation

Values = Sequence[Decimal | None]
Pick = Callable[[Values], tuple[Decimal, ...]]
Compare = Callable[[Decimal, Decimal], bool]

_COMPARE: Mapping[Comparison, Compare] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
}


class Operand(NamedTuple):
    """A cell in a sum. ``position`` counts the form's cells, then those of the report of the year before."""

    sign: int
    position: int


@dataclass(frozen=True, slots=True)
class Sum:
    """One side of an instance."""

    operands: tuple[Operand, ...]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What an instance is about: a row, a column or a cell of a table, or (all empty) the whole table."""

    row: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        return ".".join(part for part in (self.row, self.column) if part is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A relation between concrete cells.

    ``totals`` are the operands that stand alone on their side: a blank there is never taken as 0. ``added`` and
    ``taken`` pick the values whose sums, with ``constant``, differ by the residual: left minus right. ``is_definite``
    says that it must hold by the form's own definition, between cells that are never below 0.
    """

    id: str
    rule: Rule
    place: str
    words: Mapping[str, str]
    left: Sum
    comparison: Comparison
    right: Sum
    keys: tuple[CellKey, ...]
    operands: tuple[Operand, ...]
    totals: frozenset[int]
    needs_previous: bool
    is_definite: bool
    added: Pick
    taken: Pick
    constant: Decimal
    given: Instance | None

    @property
    def holds(self) -> Compare:
        """Compare a residual with 0 as the relation wants it."""
        return _COMPARE[self.comparison]


def expand(rule: Rule, form: Form) -> Iterator[Instance]:
    """Yield the instances of a rule of kind "relation" in form order; raise ValueError if it does not fit."""
    table = options.text(rule, "table")
    relation = parse_relation(options.text(rule, "relation"))
    given = parse_relation(options.text(rule, "given")) if "given" in rule.options else None
    for subject in _subjects(rule, form, table):
        condition = _instance(rule, form, table, subject, given, None) if given else None
        yield _instance(rule, form, table, subject, relation, condition)


def _subjects(rule: Rule, form: Form, table: str) -> Iterator[Subject]:
    each = rule.options.get("each")
    rows = options.names(rule, "rows") if "rows" in rule.options else ("*",)
    if each == "row":
        yield from (Subject(row=row) for row in form.match_rows(table, rows))
    elif each == "column":
        yield from (Subject(column=column) for column in form.match_columns(table, ("*",)))
    elif each == "cell":
        for row in form.match_rows(table, rows):
            yield from (Subject(key.row, key.column) for key in form.match_cells(table, row, "*"))
    elif each is None:
        yield Subject()
    else:
        raise ValueError(f"each 不应为 {each}")


def _instance(
    rule: Rule, form: Form, table: str, subject: Subject, relation: Relation, given: Instance | None
) -> Instance:
    left, right = (_sum(side, form, table, subject) for side in (relation.left, relation.right))
    operands = left.operands + tuple(Operand(-sign, position) for sign, position in right.operands)
    sides = (left, right)
    positions = sorted(position for _, position in operands)
    size = len(form.keys)
    may_be_negative = any(form.field(form.keys[p % size]).kind is NumberKind.CHANGE for p in positions)
    return Instance(
        id=_id(rule, subject),
        rule=rule,
        place=_place(form, table, subject),
        words=_words(form, table, subject),
        left=left,
        comparison=relation.comparison,
        right=right,
        keys=tuple(dict.fromkeys(form.keys[position] for position in positions if position < size)),
        operands=operands,
        totals=frozenset(side.operands[0].position for side in sides if len(side.operands) == 1),
        needs_previous=any(position >= size for position in positions),
        is_definite=rule.severity is Severity.ERROR and given is None and not may_be_negative,
        added=_pick([position for sign, position in operands if sign > 0], size),
        taken=_pick([position for sign, position in operands if sign < 0], size),
        constant=Decimal(left.constant - right.constant),
        given=given,
    )


def _sum(side: Side, form: Form, table: str, subject: Subject) -> Sum:
    operands = (
        Operand(term.sign, form.positions[key] + (len(form.keys) if term.previous else 0))
        for term in side.terms
        for key in _cells(term, form, table, subject)
    )
    return Sum(tuple(operands), side.constant)


def _cells(term: Term, form: Form, table: str, subject: Subject) -> tuple[CellKey, ...]:
    """Return the cells a name stands for: in a row it is a column, in a column or cell a row, else "row.column"."""
    row, dot, column = term.name.partition(".")
    if dot:
        return form.match_cells(table, row, column)
    if term.name == "this" and subject.row and subject.column:
        return form.match_cells(table, subject.row, subject.column)
    if subject.column:
        return form.match_cells(table, term.name, subject.column)
    if subject.row:
        return form.match_cells(table, subject.row, term.name)
    raise ValueError(f"应写作“行.列”：{term.name}")


def _pick(positions: Sequence[int], size: int) -> Pick:
    """Return a getter of a tuple of values; the slot after all cells holds 0 and pads short ones."""
    zero = 2 * size
    pick: Pick = itemgetter(*positions, *[zero] * max(0, 2 - len(positions)))
    return pick


def _id(rule: Rule, subject: Subject) -> str:
    part = rule.options.get("part")
    return ":".join(str(piece) for piece in (rule.id, subject, part) if piece is not None and str(piece))


def _place(form: Form, table: str, subject: Subject) -> str:
    words = _words(form, table, subject)
    if subject.row and subject.column:
        return f"“{words['row']}”行“{words['column']}”列"
    return f"“{words['row']}”行" if subject.row else f"{words['column']}列" if subject.column else words["table"]


def _words(form: Form, table: str, subject: Subject) -> dict[str, str]:
    return {
        "table": form.table_name(table),
        "row": form.row_labels[table, subject.row] if subject.row else "",
        "column": form.column_labels[table, subject.column] if subject.column else "",
    }
