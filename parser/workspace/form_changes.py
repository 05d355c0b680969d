"""What the log says of a report that was put into the cells of other forms meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from parser.model.decision import UNDONE
from parser.model.report import Edit
from parser.templates.load import template


def in_present_form(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits, in order, without those of cells that a form did not have into which the report was put since.

    They stay in the log, but decide nothing, also when another form has such cells again. To undo the change of form
    brings them back.
    """
    log: list[Edit] = []
    left_out: list[list[tuple[int, Edit]]] = []  # with each change of form
    for edit in edits:
        if edit.key.head == "form" and edit.reason == UNDONE and left_out:
            for position, other in left_out.pop():
                log.insert(position, other)
        elif edit.key.head == "form" and edit.reason != UNDONE:
            left_out.append(_homeless(log, edit.after.raw))
            gone = {position for position, _ in left_out[-1]}
            log = [other for position, other in enumerate(log) if position not in gone]
        log.append(edit)
    return tuple(log)


def _homeless(log: Iterable[Edit], form: str) -> list[tuple[int, Edit]]:
    """Return the edits, with their positions, of cells that the form has not; none for a form that is not known."""
    try:
        fields = template(form).fields
    except KeyError:
        return []
    return [(n, edit) for n, edit in enumerate(log) if edit.key.is_cell and edit.key not in fields]
