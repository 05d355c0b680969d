"""What the checks say about the current report, worst first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.models.findings_model import FindingsModel
from desktop.session import Session
from desktop.views.pane import PaneHeader
from desktop.views.rows import FindingDelegate
from parser.model.finding import Severity

Index = QModelIndex | QPersistentModelIndex


class FindingsView(QListView):
    """The list; choosing a row chooses the finding."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings_view")
        self.setAccessibleName(self.tr("检查结果"))
        self._session, self._model = session, FindingsModel(session, self)
        self.setModel(self._model)
        self.setItemDelegate(FindingDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        session.finding_changed.connect(self._on_finding_changed)
        session.assessed.connect(self._on_finding_changed)
        self.clicked.connect(self._on_chosen)

    def step(self, step: int) -> None:
        """Choose the next (1) or previous (-1) finding, round the list."""
        count = self._model.rowCount()
        if count:
            row = self._model.row_of(self._session.finding)
            start = row if row >= 0 else (-1 if step > 0 else 0)
            self._session.choose_finding(self._model.finding((start + step) % count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().row() != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.currentIndex())

    def _on_chosen(self, index: Index) -> None:
        if index.isValid():
            self._session.choose_finding(self._model.finding(index.row()))

    def _on_finding_changed(self) -> None:
        row = self._model.row_of(self._session.finding)
        if row < 0:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self._model.index(row))


class FindingsPane(QWidget):
    """The list under a heading that counts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header = PaneHeader(self.tr("检查结果"), self)
        self.view = FindingsView(session, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.view, 1)
        session.current_changed.connect(self._renew)
        session.assessed.connect(self._renew)

    def _renew(self) -> None:
        entry = self._session.entry
        if entry is None or entry.report is None:
            self._header.set_detail("")
            return
        if not entry.has_tables:
            self._header.set_detail(self.tr("表格识别完后检查"))
            return
        names = {
            Severity.ERROR: self.tr("{0} 处不符"),
            Severity.WARNING: self.tr("{0} 处提醒"),
            Severity.INFO: self.tr("{0} 处提示"),
        }
        findings = entry.assessment.findings
        counts = {severity: sum(f.severity is severity for f in findings) for severity in names}
        words = [names[severity].format(count) for severity, count in counts.items() if count]
        self._header.set_detail(" · ".join(words) or self.tr("勾稽关系全部相符"))
