"""The cells of a report are sorted by what was read in them: all the zeros, all the ones, and so on."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.entries import Entry
from parser.model.place import PageBox
from parser.model.report import Cell, CellKey, Reason, State

MANY, BLANK, MARK = "many", "blank", "mark"
_ELSEWHERE = frozenset(
    {Reason.AMBIGUOUS_POSITION, Reason.LINES_LOST, Reason.LABEL_LEAK}
)  # not what was read is in doubt
_ORDER = (*"0123456789", MANY, MARK, BLANK)


class ReadAlike(NamedTuple):
    """Cells that read alike, the open ones first, then as they stand in the form; ``kind`` is the digit or a word."""

    kind: str
    keys: tuple[CellKey, ...]

    @property
    def name(self) -> str:
        """What it is called on its tab."""
        return {MANY: _tr("多位数"), BLANK: _tr("空白"), MARK: _tr("符号")}.get(self.kind, self.kind)

    @property
    def read_as(self) -> str:
        """What its cells were read as, to follow “173 格”."""
        return {MANY: _tr("是多位数"), BLANK: _tr("读作空白"), MARK: _tr("读作符号")}.get(
            self.kind, _tr("读作 {0}").format(self.kind)
        )


def read_alike(entry: Entry) -> list[ReadAlike]:
    """Return the groups that have cells, zeros first. Blanks are among them where there is a page to look at.

    Cells of which it is in doubt whether the figure is theirs are in none: their looks do not tell.
    """
    if entry.report is None:
        return []
    groups: dict[str, list[CellKey]] = {}
    for key, cell in entry.report.cells.items():
        if kind := _kind(cell, entry.is_paged):
            groups.setdefault(kind, []).append(key)
    still_open = frozenset(entry.open)
    sort = {kind: sorted(keys, key=lambda key: key not in still_open) for kind, keys in groups.items()}
    return [ReadAlike(kind, tuple(sort[kind])) for kind in _ORDER if kind in sort]


def _kind(cell: Cell, is_paged: bool) -> str:
    if any(doubt.reason in _ELSEWHERE for doubt in cell.doubts):
        return ""
    if cell.state is State.NUMBER:
        return cell.shown if len(cell.shown) == 1 else MANY
    if cell.state is State.MARK:
        return MARK
    return BLANK if cell.state is State.BLANK and is_paged and isinstance(cell.place, PageBox) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("zero_classes", text)
