"""What the checks have to say about a report."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from parser.model.place import TextSpan
from parser.model.report import CellKey, Report

if TYPE_CHECKING:  # the module takes its time, and the window does not wait for it
    from decimal import Decimal


class Severity(StrEnum):
    """ERROR must hold by the form's own definition, WARNING usually holds, INFO is a hint."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """Who is wrong: our reading, the office's own figures, or nobody knows yet."""

    MISREAD = "misread"
    SOURCE = "source"
    OPEN = "open"


class Finding(NamedTuple):
    """One broken or noteworthy rule instance, in plain Chinese with the numbers in it.

    ``equation`` is the rule instance ("T3-ROW:new_received"); ``keys`` are the cells it speaks of. A finding about the
    prose has its ``sentence`` and the ``figure`` in it, both places in ``Report.text`` when they are to be found there.
    ``verdict`` is who is wrong: what a person has decided, else as far as two readings of the source tell. Only a
    person makes it ``explained``: it may stand as it is.
    """

    rule: str
    severity: Severity
    message: str
    keys: tuple[CellKey, ...] = ()
    expected: str | None = None
    actual: str | None = None
    verdict: Verdict = Verdict.OPEN
    equation: str | None = None
    sentence: TextSpan | None = None
    figure: TextSpan | None = None
    explained: bool = False


class Suggestion(NamedTuple):
    """A change of one or more cells and the equations that prove it.

    ``certainty`` is "unique" when no other equally small change satisfies the equations, else "likely".
    """

    values: Mapping[CellKey, Decimal]
    equations: tuple[str, ...]
    certainty: str
    proof: str


class Assessment(NamedTuple):
    """Everything the rules derive from a report: findings worst first, suspects of broken equations, suggestions."""

    findings: tuple[Finding, ...] = ()
    suspects: Mapping[CellKey, tuple[str, ...]] = MappingProxyType({})
    suggestions: tuple[Suggestion, ...] = ()

    def is_doubtful(self, report: Report, key: CellKey) -> bool:
        """Whether a person should look at the cell: a doubt of the reading, or it may explain a broken equation."""
        return bool(report.cells[key].doubts) or key in self.suspects

    def suggestion_for(self, key: CellKey) -> Decimal | None:
        """Return the best proposed value for the cell, or None."""
        return next((s.values[key] for s in self.suggestions if key in s.values), None)
