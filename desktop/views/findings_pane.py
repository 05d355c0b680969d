"""What the checks say about the current report, worst first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.dialogs.printed import ask_why_printed
from desktop.icons import icon
from desktop.models.findings_model import FindingsModel
from desktop.palette import theme_of
from desktop.session import Session
from desktop.text_values import starts_a_value
from desktop.views.pane import CHAPTER, PaneHeader
from desktop.views.rows import FindingDelegate
from parser.model.finding import Severity
from parser.model.report import CellKey, State
from parser.rules.evaluate import is_unplaced

Index = QModelIndex | QPersistentModelIndex


class FindingsView(QListView):
    """The list; choosing a row chooses the finding."""

    led_to_cell = Signal()  # with the mouse

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings_view")
        self.setAccessibleName(self.tr("检查结果"))
        self._session, self._model = session, FindingsModel(session, self)
        self.setModel(self._model)
        self._delegate = FindingDelegate(self._model, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMinimumHeight(28)  # the worst of them
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        session.finding_changed.connect(self._on_finding_changed)
        session.current_changed.connect(self._on_finding_changed)
        session.assessed.connect(self._on_finding_changed)
        self.clicked.connect(self._on_clicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_wanted)

    def step(self, step: int) -> None:
        """Choose the next (1) or previous (-1) finding, round the list; explained ones where all are."""
        in_sight = self._model.findings
        findings = [finding for finding in in_sight if not finding.explained] or in_sight
        if findings:
            now = self._session.finding
            start = findings.index(now) if now in findings else (-1 if step > 0 else 0)
            self._session.choose_finding(findings[(start + step) % len(findings)])
        else:
            self._session.said.emit("info", self._nothing_left)

    @property
    def _nothing_left(self) -> str:
        """What to say when there is no finding; where figures are lacking, that is not the end."""
        cells = list(self._session.report.cells.values()) if self._session.report is not None else []
        if lacking := sum(cell.state is State.UNREADABLE for cell in cells):
            words = self.tr("检查结果里没有要看的了；还有 {0} 格尚无数值，填好后才能检查，按 Enter 逐格看")
            return words.format(lacking)
        if unplaced := sum(map(is_unplaced, cells)):
            words = self.tr("检查结果里没有要看的了；还有 {0} 格的数可能错了位置，看过后才能检查，按 Enter 逐格看")
            return words.format(unplaced)
        return self.tr("检查结果里没有要看的了")

    @property
    def cells_to_explain(self) -> list[CellKey]:
        """The cells to call as printed for the chosen finding; empty when none is chosen or it needs no more."""
        finding = self._session.finding
        if finding is None or finding.explained:
            return []
        return self._session.review.cells_to_explain(finding)

    def explain(self) -> None:
        """Ask why the chosen finding may stand."""
        finding = self._session.finding
        if finding is not None and (keys := self.cells_to_explain):
            ask_why_printed(self, self._session, keys, finding.message)

    def _on_menu_wanted(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid() and (finding := self._model.finding(index.row())) is not None:
            self._session.choose_finding(finding)
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            action = menu.addAction(self.tr("原文如此…") + "\tCtrl+'", self.explain)
            action.setEnabled(bool(self.cells_to_explain))
            menu.popup(self.viewport().mapToGlobal(where))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.forget_sizes()
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._delegate.forget_sizes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and starts_a_value(event.text()):
            self._session.said.emit("info", self.tr("现在是在检查结果里；先按 F6 或单击到表格，再输入"))
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        index, enters = self.currentIndex(), event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters or (index.row() != before and self._model.finding(index.row()) is not None):
            self._on_chosen(index)

    def _on_clicked(self, index: Index) -> None:
        self._on_chosen(index)
        if index.isValid() and self._model.finding(index.row()) is not None:
            self.led_to_cell.emit()

    def _on_chosen(self, index: Index) -> None:
        if not index.isValid():
            return
        finding = self._model.finding(index.row())
        if finding is None:
            self._model.fold(not self._model.is_folded)
        else:
            self._session.choose_finding(finding)

    def _on_finding_changed(self) -> None:
        row = self._model.row_of(self._session.finding)
        if row < 0:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self._model.index(row))
        self.executeDelayedItemsLayout()  # else the window is painted once without, and once more with what is new


class FindingsPane(QWidget):
    """The list under a heading that counts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(CHAPTER, "findings")
        self._session = session
        self._header = PaneHeader(self.tr("检查结果"), self)
        self.view = FindingsView(session, self)
        self._explain = QToolButton(self)
        self._explain.setText(self.tr("原文如此…"))
        self._explain.setToolTip(self.tr("原件上就是这样：数字保持不变，理由记入校核记录（Ctrl+'）"))
        self._explain.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._explain.setAutoRaise(True)
        self._explain.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._explain.clicked.connect(self.view.explain)
        self._header.row.addWidget(self._explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.view, 1)
        session.current_changed.connect(self._renew)
        session.assessed.connect(self._renew)
        session.finding_changed.connect(self._renew_button)
        self._renew_button()

    def offer(self, action: QAction) -> None:
        """Show a button for the action while it can be done."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setVisible(action.isEnabled())
        action.enabledChanged.connect(button.setVisible)
        self._header.row.insertWidget(2, button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_explain"):
            self._renew_button()

    def _renew_button(self) -> None:
        """Offer to explain the chosen finding."""
        theme = theme_of(self.palette())
        self._explain.setIcon(icon("quote", theme.text, theme.line))
        self._explain.setVisible(bool(self.view.cells_to_explain))

    def _renew(self) -> None:
        self._renew_button()
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
        findings = [finding for finding in entry.assessment.findings if not finding.explained]
        counts = {severity: sum(f.severity is severity for f in findings) for severity in names}
        words = [names[severity].format(count) for severity, count in counts.items() if count]
        if explained := len(entry.assessment.findings) - len(findings):
            words.append(self.tr("已说明 {0} 处").format(explained))
        cells = entry.report.cells.values()
        if unread := sum(cell.state is State.UNREADABLE for cell in cells):
            words.append(self.tr("{0} 格尚无数值，相关勾稽关系未检查").format(unread))
        if unplaced := sum(map(is_unplaced, cells)):
            words.append(self.tr("{0} 格的数可能错了位置，看过后再检查勾稽").format(unplaced))
        self._header.set_detail(" · ".join(words) or self.tr("勾稽关系全部相符"))
