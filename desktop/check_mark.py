"""Whether a report that somebody called checked is still what they checked."""

from __future__ import annotations

from desktop.decisions import WorkState, state_before, state_of
from parser.model.decision import CHECK_MARK, CONFIRMED, Decisions
from parser.model.report import Report


def is_still_checked(report: Report, decided: Decisions) -> bool:
    """Whether a person called the report checked, and nobody has since done more than confirm what stands there."""
    checked, _ = decided.get(CHECK_MARK, (None, None))
    return checked is not None and _only_confirmed_since(
        state_of(report.cells, decided), state_before(report, checked + 1)
    )


def _only_confirmed_since(now: WorkState, before: WorkState) -> bool:
    (cells, made), (cells_before, made_before) = now, before
    more = made.keys() - made_before.keys()
    return cells == cells_before and made_before.items() <= made.items() and all(made[k] == CONFIRMED for k in more)
