"""The files of the session as a Qt list model: those the clerk wants to see, in the order the clerk wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from desktop.entries import Entry
from desktop.models.queue_wording import queue_tip, queue_words
from desktop.session import Session
from desktop.stages import Stage

Index = QModelIndex | QPersistentModelIndex
SIGN_ROLE = Qt.ItemDataRole.UserRole + 1
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
OFFICE_ROLE = Qt.ItemDataRole.UserRole + 3
_NOWHERE = QModelIndex()
_SETTLE = 100  # ms in which many changes become one new arrangement

GROUPS: dict[str, frozenset[str]] = {  # what the clerk may look at alone -> the stages in it
    "open": frozenset({"doubtful", "broken"}),
    "clean": frozenset({"clean"}),
    "checked": frozenset({"checked"}),
    "exported": frozenset({"exported"}),
    "changed": frozenset({"changed"}),
    "unread": frozenset({"unread", "reading"}),
    "failed": frozenset({"failed"}),
}
NEED, ARRIVAL, NAME, ISSUER = "need", "arrival", "name", "issuer"
ORDERS = (NEED, ARRIVAL, NAME, ISSUER)


class _Seen(NamedTuple):
    """What the list needs of an entry, worked out once a change."""

    stage: str
    words: str
    sought: str  # what a search looks at
    rank: int  # 0: something is to be done; 1: nothing in it was ever to be looked at; 2: done
    name: str
    issuer: str


class QueueModel(QAbstractListModel):
    """A row a file in sight; UserRole is its path, WORDS_ROLE its state in words, SIGN_ROLE the stage to show.

    OFFICE_ROLE is whose report it is where the name of the file does not say so.

    Rows are not the session's positions: ``position_of`` and ``row_of`` lead from the ones to the others.
    """

    arranged = Signal()  # other rows are in sight, or in another order
    counted = Signal()  # ``counts`` may be others

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._seen = [self._look(entry) for entry in session.entries]
        self.counts = Counter(seen.stage for seen in self._seen)
        self._wanted: tuple[str, ...] = ()
        self._group, self._order = "", NEED
        self._current: Entry | None = None  # as far as is known here
        self._positions: list[int] = []
        self._rows: dict[int, int] = {}
        self._arrange()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE)
        self._settling.timeout.connect(self.arrange)
        self.may_move = True  # rows stay where they are as long as the clerk points at them
        session.entries_added.connect(self._on_added)
        session.entry_changed.connect(self._on_changed)
        session.entry_removed.connect(self._on_removed)
        session.current_changed.connect(self._on_current_changed)

    # ── rows ─────────────────────────────────────────────────────────────────────────
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._positions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        position = self._positions[index.row()]
        entry, seen = self._session.entries[position], self._seen[position]
        if role == Qt.ItemDataRole.DisplayRole:
            return seen.name
        if role == Qt.ItemDataRole.UserRole:
            return str(entry.path)
        if role == SIGN_ROLE:  # exported or not, what is open is to be looked at
            is_exported, left = seen.stage in ("exported", "changed"), Stage.DOUBTFUL if entry.open else Stage.BROKEN
            if is_exported and (entry.open or entry.error_count):
                return str(left)
            is_waiting = entry.stage is Stage.READING and entry.progress is None
            return str(Stage.UNREAD) if is_waiting else seen.stage
        if role == WORDS_ROLE:
            return seen.words
        office = "" if seen.issuer in seen.name else seen.issuer
        if role == OFFICE_ROLE:
            return office
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (seen.name, seen.words, office)))
        return queue_tip(entry, seen.words) if role == Qt.ItemDataRole.ToolTipRole else None

    def position_of(self, row: int) -> int:
        """Return the session's position of the file in a row."""
        return self._positions[row]

    def row_of(self, position: int) -> int:
        """Return the row of a file, -1 when it is not in sight."""
        return self._rows.get(position, -1)

    # ── what the clerk wants to see ──────────────────────────────────────────────────
    def show_only(self, wanted: str, group: str = "") -> None:
        """Show the files of a group ("" for all) that have the words of ``wanted`` in name, office, year or state."""
        words = tuple(wanted.casefold().split())
        if (words, group) != (self._wanted, self._group):
            self._wanted, self._group = words, group
            self.arrange(is_asked=True)

    @property
    def order(self) -> str:
        """By what the rows are arranged, one of ORDERS."""
        return self._order

    def sort_by(self, order: str) -> None:
        """Arrange the rows by ``order``, one of ORDERS."""
        if order in ORDERS and order != self._order:
            self._order = order
            self.arrange(is_asked=True)

    def arrange(self, is_asked: bool = False, shown: frozenset[int] = frozenset()) -> None:
        """Bring the rows into their order; later, while the clerk points at them without having asked for it.

        The files at the positions ``shown`` come into sight whatever the clerk wants to see.
        """
        if not is_asked and not self.may_move:
            self._settling.start()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._positions[index.row()] for index in before]
        self._arrange(keep=shown if is_asked else {self._session.position} & set(self._positions))
        rows = [self._rows.get(position, -1) for position in held]
        self.changePersistentIndexList(before, [self.index(row) if row >= 0 else QModelIndex() for row in rows])
        self.layoutChanged.emit()
        self.arranged.emit()

    def _arrange(self, keep: Iterable[int] = ()) -> None:
        """Put the positions in sight into their order; those to ``keep`` stay in sight: they are being worked at."""
        shown = [n for n, seen in enumerate(self._seen) if self._is_wanted(seen) or n in keep]
        seen = self._seen
        if self._order == NEED:
            shown.sort(key=lambda n: seen[n].rank)
        elif self._order == NAME:
            shown.sort(key=lambda n: seen[n].name.casefold())
        elif self._order == ISSUER:
            shown.sort(key=lambda n: (not seen[n].issuer, seen[n].issuer, seen[n].name))
        self._positions = shown
        self._rows = {position: row for row, position in enumerate(shown)}

    def _is_wanted(self, seen: _Seen) -> bool:
        in_group = not self._group or seen.stage in GROUPS[self._group]
        return in_group and all(word in seen.sought for word in self._wanted)

    def _look(self, entry: Entry) -> _Seen:
        report, words, stage = entry.report, queue_words(entry), str(entry.stage)
        issuer = (report.issuer or "") if report is not None else ""
        year = str(report.year or "") if report is not None else ""
        name = entry.path.name
        is_quiet = stage == "clean" and not entry.twins and report is not None and not report.edits
        is_done = stage in ("checked", "exported") and not entry.open
        rank = 2 if is_done else int(is_quiet)
        return _Seen(stage, words, f"{name} {issuer} {year} {words}".casefold(), rank, name, issuer)

    # ── keeping up ───────────────────────────────────────────────────────────────────
    def _on_added(self, first: int, last: int) -> None:
        self._seen[first:first] = [self._look(entry) for entry in self._session.entries[first : last + 1]]
        self._recount()
        self.arrange(is_asked=True)

    def _on_current_changed(self) -> None:
        """Bring the file that is worked at into sight, whatever is looked for: it was opened or gone back to."""
        position, left = self._session.position, self._current
        self._current = self._session.entry
        if 0 <= position < len(self._seen) and self.row_of(position) < 0:
            self.arrange(is_asked=True, shown=frozenset({position}))
        if left is not None and left is not self._current:
            was_at = self._session.inbox.position_of(left)
            if was_at is not None:  # else it was removed
                self._on_changed(was_at)

    def _on_changed(self, position: int) -> None:
        """Look at a file again; the current one keeps its place until it is left, so that the next follows."""
        before, now = self._seen[position], self._look(self._session.entries[position])
        if position == self._session.position:
            now = now._replace(rank=before.rank)
        self._seen[position] = now
        if before.stage != now.stage:
            self.counts[before.stage] -= 1
            self.counts[now.stage] += 1
        self.counted.emit()
        row = self.row_of(position)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))
        if self._has_moved(before, now) and not self._settling.isActive():
            self._settling.start()

    def _has_moved(self, before: _Seen, now: _Seen) -> bool:
        """Whether the row may belong elsewhere, or out of sight."""
        key = (now.rank, now.issuer if self._order == ISSUER else "", self._is_wanted(now))
        return key != (before.rank, before.issuer if self._order == ISSUER else "", self._is_wanted(before))

    def _on_removed(self, position: int) -> None:
        self.beginResetModel()  # removing a row would make the view choose another before the session does
        del self._seen[position]
        self._arrange()
        self.endResetModel()
        self._recount()
        self.arranged.emit()

    def _recount(self) -> None:
        self.counts = Counter(seen.stage for seen in self._seen)
        self.counted.emit()
