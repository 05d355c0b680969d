"""What the log says of a report that was put into the cells of other forms meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from parser.model.decision import UNDONE
from parser.model.report import Edit
from parser.templates.load import template

Logged = tuple[int, Edit]
"""An edit with its place in the log."""


def in_present_form(log: Iterable[Edit]) -> list[Logged]:
    """Return the edits of the log without those of cells that a form lacked into which the report was put since.

    They stay in the log, but decide nothing, also when another form has such cells again. To undo the change of form
    brings them back.
    """
    present: list[Logged] = []
    left_out: list[list[Logged]] = []  # with each change of form
    for place, edit in enumerate(log):
        if edit.key.head == "form" and edit.reason == UNDONE and left_out:
            present = sorted(present + left_out.pop(), key=itemgetter(0))
        elif edit.key.head == "form" and edit.reason != UNDONE:
            left_out.append(_homeless(present, edit.after.raw))
            gone = {position for position, _ in left_out[-1]}
            present = [other for other in present if other[0] not in gone]
        present.append((place, edit))
    return present


def _homeless(present: Iterable[Logged], form: str) -> list[Logged]:
    """Return the edits of cells that the form has not; none for a form that is not known."""
    try:
        fields = template(form).fields
    except KeyError:
        return []
    return [(place, edit) for place, edit in present if edit.key.is_cell and edit.key not in fields]
