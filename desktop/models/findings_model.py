"""The findings of the current report as a Qt list model: open ones first, explained ones folded below them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.wording import about_explanation, about_rows, about_verdict
from desktop.session import Session
from parser.model.finding import Finding

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Row = Finding | None  # None: the line that folds


class FindingsModel(QAbstractListModel):
    """One row a finding, worst first; UserRole is the rule's id. Explained ones stand under a line that folds them."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[_Row] = []
        self._said: dict[_Row, str] = {}  # views ask for the same words over and over
        self._explained = 0
        self.is_folded = True
        session.current_changed.connect(self._on_current_changed)
        session.assessed.connect(self._on_renewed)
        self._on_renewed()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        finding = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(finding)
        return finding.rule if finding is not None and role == Qt.ItemDataRole.UserRole else None

    def words(self, row: int) -> str:
        """Return what a row says."""
        return self._words(self._rows[row])

    def row_of(self, finding: Finding | None) -> int:
        """Return the row of a finding, -1 when it is not in sight."""
        return self._rows.index(finding) if finding is not None and finding in self._rows else -1

    def finding(self, row: int) -> Finding | None:
        """Return the finding in a row, None for the line that folds."""
        return self._rows[row]

    @property
    def findings(self) -> list[Finding]:
        """The findings in sight."""
        return [finding for finding in self._rows if finding is not None]

    def fold(self, is_folded: bool) -> None:
        """Put the explained findings out of sight, or show them."""
        if is_folded != self.is_folded:
            self.is_folded = is_folded
            self._on_renewed()

    def _words(self, finding: _Row) -> str:
        if finding not in self._said:
            self._said[finding] = self._put_in_words(finding)
        return self._said[finding]

    def _put_in_words(self, finding: _Row) -> str:
        if finding is None:
            return self.tr("已说明 {0} 处").format(self._explained)
        entry = self._session.entry
        why = (
            about_explanation(entry, finding)
            if finding.explained
            else about_rows(entry, finding) or about_verdict(entry, finding)
        )
        return self.tr("{0}（{1}）").format(finding.message, why) if why else finding.message

    def _on_current_changed(self) -> None:
        self.is_folded = True
        self._on_renewed()

    def _on_renewed(self) -> None:
        self._said.clear()
        entry = self._session.entry
        found = entry.assessment.findings if entry is not None and entry.report is not None else ()
        explained = [finding for finding in found if finding.explained]
        rows: list[_Row] = [finding for finding in found if not finding.explained]
        if explained:
            rows += [None, *(() if self.is_folded else explained)]
        if self._explained != len(explained):
            self._explained = len(explained)
            self._say_changed(None)
        self._become(rows)
        for row in [row for row in rows if row is not None and about_rows(entry, row)]:
            self._say_changed(row)  # what the equations say of missing rows changes with every figure

    def _say_changed(self, row: _Row) -> None:
        if row in self._rows:
            index = self.index(self._rows.index(row))
            self.dataChanged.emit(index, index)

    def _become(self, rows: list[_Row]) -> None:
        """Take out and put in only the rows that differ: the view keeps its place and draws no more than it must."""
        if list(map(_about, self._rows)) == list(map(_about, rows)):  # other figures at most
            for place, row in enumerate(rows):
                if self._rows[place] != row:
                    self._rows[place] = row
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        staying = [row for row in self._rows if row in rows]
        if staying != [row for row in rows if row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for place in reversed([place for place, row in enumerate(self._rows) if row not in rows]):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()
        for place, row in enumerate(rows):
            if place >= len(self._rows) or self._rows[place] != row:
                self.beginInsertRows(QModelIndex(), place, place)
                self._rows.insert(place, row)
                self.endInsertRows()


def _about(row: _Row) -> tuple[object, ...]:
    """Return which rule a row is about, and which cells."""
    return (row.rule, row.keys, row.explained) if row is not None else ()
