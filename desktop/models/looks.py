"""A cell and what is known about it become everything there is to paint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from desktop.decisions import must_be_settled
from desktop.entries import Entry
from parser.model.decision import Decisions, is_as_printed, is_confirmation
from parser.model.finding import Finding
from parser.model.report import Cell, CellKey, Report, State
from parser.rules.relation import parse_relation
from parser.templates.load import template


class CellLook(NamedTuple):
    """A value cell as it is painted; equal looks are painted alike."""

    text: str
    state: State
    raw: str
    unit: str
    sums: str  # what the other cells add up to where that is not ``text``
    doubtful: bool
    broken: bool
    changed: bool
    confirmed: bool
    printed: bool  # a person says that the source has it so
    lit: bool


class Looks:
    """How the cells of one table look; working it out anew costs only what may have changed."""

    def __init__(self) -> None:
        self._looks: dict[CellKey, CellLook] = {}
        self._cells: dict[CellKey, Cell] = {}
        self._signs = _Signs()

    def at(self, key: CellKey) -> CellLook | None:
        """Return how a cell looks, None when it is not known."""
        return self._looks.get(key)

    def __bool__(self) -> bool:
        return bool(self._looks)

    def clear(self) -> None:
        """Know nothing."""
        self._looks, self._cells, self._signs = {}, {}, _Signs()

    def renew(self, entry: Entry, keys: Set[CellKey], lit: frozenset[CellKey]) -> list[CellKey]:
        """Work out how the cells look now; return those that look otherwise than before."""
        assert entry.report is not None
        cells, before, changed = entry.report.cells, self._cells, []
        sums = sums_beside(entry.report, entry.assessment.findings, keys)
        signs = _Signs(frozenset(entry.open), entry.broken, lit, sums, entry.decided, entry.as_read)
        touched, self._signs = signs.other_than(self._signs), signs
        self._cells = {key: cells[key] for key in keys}
        for key, cell in self._cells.items():
            if key in touched or before.get(key) is not cell:
                look = _look(entry, key, key in signs.open, sums.get(key, ""), key in lit)
                if look != self._looks.get(key):
                    self._looks[key] = look
                    changed.append(key)
        return changed


class _Signs(NamedTuple):
    """What else than their values tells how cells look."""

    open: frozenset[CellKey] = frozenset()
    broken: frozenset[CellKey] = frozenset()
    lit: frozenset[CellKey] = frozenset()
    sums: Mapping[CellKey, str] = MappingProxyType({})
    decided: Decisions = MappingProxyType({})
    as_read: Mapping[CellKey, Cell] = MappingProxyType({})

    def other_than(self, before: _Signs) -> frozenset[CellKey]:
        """Return the cells of which something is otherwise than before."""
        if self.as_read is not before.as_read:
            return frozenset(self.as_read)
        sets = (self.open ^ before.open, self.broken ^ before.broken, self.lit ^ before.lit)
        sums = {key for key, _ in self.sums.items() ^ before.sums.items()}
        decided = self.decided.keys() ^ before.decided.keys()
        decided |= {key for key, was in before.decided.items() if self.decided.get(key, was) is not was}
        return frozenset().union(*sets, sums, decided)


def _look(entry: Entry, key: CellKey, is_open: bool, sums: str, is_lit: bool) -> CellLook:
    assert entry.report is not None
    cell, decision = entry.report.cells[key], entry.decided.get(key)
    changed = decision is not None and _is_changed(entry, key, cell)
    printed = decision is not None and is_as_printed(decision[1])
    return CellLook(
        text=cell.shown,
        state=cell.state,
        raw=cell.raw.strip() if cell.state is State.UNREADABLE else "",
        unit=cell.unit or "" if cell.state is State.NUMBER else "",
        sums=sums,
        doubtful=is_open,
        broken=key in entry.broken,
        changed=changed,
        confirmed=decision is not None and not printed and (is_confirmation(decision[1]) or not changed),
        printed=printed,
        lit=is_lit,
    )


def _is_changed(entry: Entry, key: CellKey, cell: Cell) -> bool:
    """Whether a person has made the cell what it is, in this program or before an exported workbook was read again."""
    assert entry.report is not None
    if _says(cell) != _says(entry.as_read[key]):
        return True
    if is_confirmation(entry.decided[key][1]):
        return False
    first = next(edit for edit in entry.report.edits if edit.key == key)
    return _says(cell) != _says(first.before)


def _says(cell: Cell) -> tuple[object, ...]:
    return cell.state, cell.shown, cell.unit


def sums_beside(report: Report, findings: Iterable[Finding], keys: Set[CellKey]) -> Mapping[CellKey, str]:
    """Return what its summands add up to for each total that does not agree; both sums where a row and a column do.

    ``keys`` are the cells of the table in question. A total that is explained as it is printed needs none.
    """
    found: dict[CellKey, list[str]] = {}
    for finding in findings:
        is_here = len(finding.keys) > 2 and not keys.isdisjoint((finding.keys[0], finding.keys[-1]))
        if is_here and finding.expected and must_be_settled(finding) and finding.rule in _sums(report.form):
            total = _total(report, finding)
            if total is not None and total in keys and finding.expected not in found.get(total, ()):
                found.setdefault(total, []).append(finding.expected)
    return {key: "/".join(sums) for key, sums in found.items()}


@lru_cache(maxsize=8)
def _sums(form: str) -> frozenset[str]:
    """Return the rules by which one cell is the sum of others; in a balance of two sums none is their total."""
    found = set[str]()
    for rule in template(form).rules:
        relation = parse_relation(str(rule.options["relation"])) if rule.kind == "relation" else None
        if relation and relation.comparison == "=" and 1 in (len(relation.left.terms), len(relation.right.terms)):
            found.add(rule.id)
    return frozenset(found)


def _total(report: Report, finding: Finding) -> CellKey | None:
    """Return the cell of a broken sum that ought to be what the others add up to; forms have it last or first."""
    values = {key: report.cells[key].value or Decimal(0) for key in finding.keys if key in report.cells}
    try:
        expected, actual = Decimal(finding.expected or ""), Decimal(finding.actual or "")
    except InvalidOperation:  # a limit, no sum
        return None
    for key in (finding.keys[-1], finding.keys[0]):
        if values.get(key) == actual and sum(values.values()) - actual == expected:
            return key
    return None
