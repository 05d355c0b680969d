"""What a check of any kind is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parser.model.finding import Finding
from parser.model.report import Cell, CellKey, Report, State
from parser.model.template import Rule
from parser.rules.evaluate import Reading
from parser.rules.form import Form


@dataclass(frozen=True, slots=True)
class Case:
    """A report under examination, with the report of the year before if there is one."""

    form: Form
    report: Report
    previous: Report | None
    reading: Reading
    states: Sequence[State]

    def cell(self, key: CellKey) -> Cell:
        """Return the reading of a cell of the form."""
        return self.reading.cells[self.form.positions[key]]

    def in_state(self, keys: Sequence[CellKey], state: State) -> tuple[CellKey, ...]:
        """Return those of the keys whose cell is in the state."""
        positions = self.form.positions
        return tuple(key for key in keys if self.states[positions[key]] is state)


Check = Callable[[Case], Iterator[Finding]]
Builder = Callable[[Rule, Form], Check]
"""Makes a check of a rule; raises ValueError when the rule's options do not fit the form."""


def finding(
    rule: Rule,
    words: Mapping[str, object],
    *,
    keys: tuple[CellKey, ...] = (),
    about: str | None = None,
    expected: str | None = None,
    actual: str | None = None,
    message: str | None = None,
) -> Finding:
    """Return the rule's finding, ``words`` put into its message (or into ``message``).

    ``about`` completes the id of the instance.
    """
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=(message or rule.message).format_map(words),
        keys=keys,
        expected=expected,
        actual=actual,
        equation=None if about is None else f"{rule.id}:{about}",
    )


def cell_finding(
    rule: Rule, case: Case, key: CellKey, words: Mapping[str, object], *, expected: str | None = None, message: str = ""
) -> Finding:
    """Return the rule's finding about one cell; {name}, {value} and {unit} are the cell's."""
    cell = case.cell(key)
    own = {"name": case.form.name(key), "value": cell.shown, "unit": cell.unit or ""}
    return finding(
        rule,
        {**own, **words},
        keys=(key,),
        about=f"{key.row}.{key.column}",
        expected=expected,
        actual=cell.shown,
        message=message or None,
    )
