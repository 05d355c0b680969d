"""The edits of a report become what people have decided in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from parser.model.report import CellKey, Edit

CONFIRMED = "确认"
TYPED = "修改"
SUGGESTED = "采用建议"
UNDONE = "撤销"
PRINTED = "原文如此"
PICKED = "挑出"  # put in doubt by a person who saw it among cells of the same digit
REWRITTEN = "修改正文"
CHECKED = "标为已核"
CONVERTED = "转换格式"  # from the form used into the one that is due
REREAD = "重新读取"  # the reason of an edit that a new reading made, and nobody else

CHECK_MARK = CellKey.of_head("checked")
"""Under which a person calls the whole report checked as it stands."""

Decisions = Mapping[CellKey, tuple[int, Edit]]


class Standing:
    """The edits of each cell that were not undone, with the positions at which their steps began.

    Edits of one author at one moment are one step: none of them came before another. What came before a reading is
    gone. Goes on from what it knows: an edit more costs no more than that edit, however many were made.
    """

    def __init__(self, edits: Sequence[Edit] = ()) -> None:
        self._edits: Sequence[Edit] = ()
        self._past: dict[CellKey, list[tuple[int, Edit]]] = {}
        self._step = 0  # where the last of the steps began
        self.take(edits)

    def take(self, edits: Sequence[Edit]) -> None:
        """Be about ``edits``, which most often begin with those known."""
        known = len(self._edits)
        if edits[:known] != self._edits:
            self._past, self._step, known = {}, 0, 0
        self._edits = edits
        for position, edit in enumerate(edits[known:], known):
            first = edits[self._step]
            if (first.at, first.author) != (edit.at, edit.author):
                self._step = position
            past = self._past.setdefault(edit.key, [])
            if edit.reason == REREAD:
                past[:] = [(self._step, edit)]
            elif edit.reason != UNDONE:
                past.append((self._step, edit))
            elif past:
                past.pop()

    @property
    def decisions(self) -> Decisions:
        """The standing decision of each cell, see ``decisions``."""
        last = {key: past[-1] for key, past in self._past.items() if past}
        return MappingProxyType({key: edit for key, edit in last.items() if edit[1].reason not in (REREAD, PICKED)})

    @property
    def last_changes(self) -> dict[CellKey, int]:
        """Where in the edits the step began that last changed the meaning of each cell, see ``last_changes``."""
        return {
            key: position
            for key, past in self._past.items()
            for position, edit in past
            if (edit.before.state, edit.before.value) != (edit.after.state, edit.after.value)
        }


def decisions(edits: Sequence[Edit]) -> Decisions:
    """Return the standing decision of each cell with the position in ``edits`` at which its step began.

    What was undone does not count, nor what was decided about a cell that is printed otherwise, or in doubt, since.
    """
    return Standing(edits).decisions


def is_confirmation(edit: Edit) -> bool:
    """Whether the edit accepts the cell as it stands."""
    return edit.reason == CONFIRMED


def is_change(edit: Edit) -> bool:
    """Whether the edit puts something else into the cell."""
    return (edit.before.state, edit.before.shown) != (edit.after.state, edit.after.shown)


def is_as_printed(edit: Edit) -> bool:
    """Whether the edit says that the figure is wrong, or odd, in the source itself."""
    return edit.reason.partition("：")[0] == PRINTED


def changed(edits: Sequence[Edit]) -> frozenset[CellKey]:
    """Return what is no longer as it was before the first edit; what was only confirmed, or undone, is."""
    edits = [edit for edit in edits if edit.key != CHECK_MARK]
    first = {edit.key: edit.before for edit in reversed(edits)}
    last = {edit.key: edit.after for edit in edits}
    return frozenset(key for key in first if (first[key].state, first[key].shown) != (last[key].state, last[key].shown))


def last_changes(edits: Sequence[Edit]) -> dict[CellKey, int]:
    """Return where in ``edits`` the step began that last changed the meaning of each cell, but for undone ones."""
    return Standing(edits).last_changes
