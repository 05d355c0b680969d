"""The findings of the current report as a Qt list model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.session import Session
from parser.model.finding import Finding

Index = QModelIndex | QPersistentModelIndex
FINDING_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class FindingsModel(QAbstractListModel):
    """One row a finding, worst first; UserRole is the rule's id."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._findings: tuple[Finding, ...] = ()
        session.current_changed.connect(self._on_renewed)
        session.assessed.connect(self._on_renewed)
        self._on_renewed()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return finding.message
        if role == Qt.ItemDataRole.UserRole:
            return finding.rule
        return finding if role == FINDING_ROLE else None

    def row_of(self, finding: Finding | None) -> int:
        """Return the row of a finding, -1 when it is not there."""
        return self._findings.index(finding) if finding in self._findings else -1

    def finding(self, row: int) -> Finding:
        """Return the finding in a row."""
        return self._findings[row]

    def _on_renewed(self) -> None:
        entry = self._session.entry
        fresh = entry.assessment.findings if entry is not None and entry.report is not None else ()
        if fresh != self._findings:
            self.beginResetModel()
            self._findings = fresh
            self.endResetModel()
