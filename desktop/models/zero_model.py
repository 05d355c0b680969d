"""The cells that read alike as a Qt list model, with those among them that the clerk has clicked out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.models.wording import address, explain
from desktop.models.zero_classes import ReadAlike, read_alike
from desktop.session import Session
from parser.model.place import Place
from parser.model.report import CellKey

Index = QModelIndex | QPersistentModelIndex
TILE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class Tile(NamedTuple):
    """Everything that is painted of a cell: its words in the source, its reading, its place, and what is known."""

    key: CellKey
    raw: str
    shown: str
    place: Place | None
    is_open: bool
    is_odd: bool
    is_confirmed: bool


class Count(NamedTuple):
    """How many cells there are of a kind, and of them open, clicked out, and still to be confirmed."""

    cells: int
    open: int
    odd: int
    left: int


class ZeroModel(QAbstractListModel):
    """One row a cell of the group in sight; UserRole is its key. Asleep until ``wake``: then it follows the session."""

    regrouped = Signal()  # the groups, or the one in sight, are others
    counted = Signal()  # what is open, clicked out or confirmed has changed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_awake = False
        self.groups: list[ReadAlike] = []
        self.at = 0
        self._keys: tuple[CellKey, ...] = ()
        self._open: frozenset[CellKey] = frozenset()
        self._odd: dict[Path, set[CellKey]] = {}
        self._kept: dict[Path, set[CellKey]] = {}  # of those, the ones put in doubt when the sheet was closed
        session.assessed.connect(self._on_assessed)

    def wake(self) -> None:
        """Show the cells of the current report, first a group of which something is left to confirm."""
        self._is_awake, self.at = True, 0
        self._regroup()
        self.choose(next((at for at, group in enumerate(self.groups) if self.count(group).left), 0))

    def sleep(self) -> None:
        """Show nothing; what was clicked out is remembered."""
        self._is_awake, self.groups = False, []
        self._show(())

    # ── what is in sight ─────────────────────────────────────────────────────────────
    @property
    def group(self) -> ReadAlike | None:
        """The group in sight."""
        return self.groups[self.at] if self.at < len(self.groups) else None

    def choose(self, at: int) -> None:
        """Bring another group into sight."""
        if 0 <= at < len(self.groups) and at != self.at:
            self.at = at
            self._show(self.groups[at].keys)
            self.regrouped.emit()

    def choose_kind(self, kind: str) -> bool:
        """Bring the group of that kind into sight; False when there is none."""
        at = next((n for n, group in enumerate(self.groups) if group.kind == kind), -1)
        self.choose(at)
        return at >= 0

    def following(self) -> int:
        """Return the next group, round all of them, in which something is left to confirm; -1 when none has."""
        turn = [*range(self.at + 1, len(self.groups)), *range(self.at)]
        return next((at for at in turn if self.count(self.groups[at]).left), -1)

    def count(self, group: ReadAlike) -> Count:
        """Return the numbers of a group."""
        odd = self.odd & frozenset(group.keys)
        left = sum(self._is_left(key) for key in group.keys if key not in odd)
        return Count(len(group.keys), sum(key in self._open for key in group.keys), len(odd), left)

    @property
    def odd(self) -> frozenset[CellKey]:
        """The cells of the report that were clicked out."""
        entry = self._session.entry
        return frozenset(self._odd.get(entry.path, ())) if entry is not None else frozenset()

    @property
    def unkept(self) -> list[CellKey]:
        """The cells that were clicked out, are still in the report, and are not in doubt."""
        entry = self._session.entry
        if entry is None or entry.report is None:
            return []
        return [key for key in self.odd if key in entry.report.cells and key not in entry.open]

    def keep(self, keys: Iterable[CellKey]) -> None:
        """Take note that cells that were clicked out are in doubt now: they are in again once they are not."""
        if self._session.entry is not None:
            self._kept.setdefault(self._session.entry.path, set()).update(keys)

    def sorted_out(self) -> tuple[list[CellKey], list[CellKey]]:
        """Return the cells in sight that are still in, and those that were clicked out."""
        odd = self.odd
        return [key for key in self._keys if key not in odd], [key for key in self._keys if key in odd]

    def toggle(self, row: int) -> None:
        """Click a cell out, or in again."""
        entry = self._session.entry
        if entry is not None and 0 <= row < len(self._keys):
            self._odd.setdefault(entry.path, set()).symmetric_difference_update({self._keys[row]})
            self.dataChanged.emit(self.index(row), self.index(row))
            self.counted.emit()

    def key_at(self, row: int) -> CellKey | None:
        """Return the cell in a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    # ── for the view ─────────────────────────────────────────────────────────────────
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._session.entry
        if not index.isValid() or entry is None or entry.report is None:
            return None
        key = self._keys[index.row()]
        cell = entry.report.cells.get(key)
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.raw.strip() or cell.shown
        if role == Qt.ItemDataRole.UserRole:
            return str(key)
        if role == TILE_ROLE:
            is_open = key in self._open
            confirmed = key in entry.decided and not is_open
            return Tile(key, cell.raw.strip(), cell.shown, cell.place, is_open, key in self.odd, confirmed)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([address(entry, key), *explain(entry, key)])
        return self._spoken(key) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _spoken(self, key: CellKey) -> str:
        entry = self._session.entry
        assert entry is not None
        assert entry.report is not None
        words = [address(entry, key), entry.report.cells[key].shown]
        words += [self.tr("存疑")] if key in self._open else []
        words += [self.tr("已剔除")] if key in self.odd else []
        return "，".join(words)

    def _is_left(self, key: CellKey) -> bool:
        entry = self._session.entry
        return entry is not None and (key in self._open or key not in entry.decided)

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _on_assessed(self) -> None:
        if self._is_awake:
            self._regroup()

    def _regroup(self) -> None:
        """Sort the cells anew; those in sight stay where they are as long as they read alike."""
        entry, before = self._session.entry, self.group
        is_there = entry is not None and entry.is_editable
        self.groups = read_alike(entry) if entry is not None and is_there else []
        self._open = frozenset(entry.open) if entry is not None else frozenset()
        self._forget_settled()
        if before is not None:
            self.at = next((n for n, group in enumerate(self.groups) if group.kind == before.kind), 0)
        group = self.group
        fresh = group.keys if group is not None else ()
        if set(fresh) != set(self._keys):
            self._show(_in_order(fresh, self._keys))
        elif self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))
        self.regrouped.emit()

    def _forget_settled(self) -> None:
        """Let those be in again that somebody has decided since they were clicked out, or that were undone."""
        entry = self._session.entry
        if entry is not None and entry.path in self._odd:
            known = self._kept.get(entry.path, set()) | entry.decided.keys()
            settled = {key for key in self._odd[entry.path] if key in known and key not in self._open}
            self._odd[entry.path] -= settled
            self._kept.get(entry.path, set()).difference_update(settled)

    def _show(self, keys: tuple[CellKey, ...]) -> None:
        self.beginResetModel()
        self._keys = keys
        self.endResetModel()


def _in_order(keys: tuple[CellKey, ...], known: Iterable[CellKey]) -> tuple[CellKey, ...]:
    """Return the keys, those that are known already first and in their order."""
    there = frozenset(keys)
    return tuple(dict.fromkeys([*(key for key in known if key in there), *keys]))
