"""Over the tables: whose report it is, on which year and in which form, and a button to correct it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.icons import pixmap
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.pane import ElidedLabel
from parser.templates.load import template_due


class ReportStrip(QWidget):
    """One line; what is missing or odd is said in it with a sign."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_strip")
        self._session = session
        self.issuer, self.detail = ElidedLabel("", self), QLabel(self)
        self._sign, self.button = QLabel(self), QToolButton(self)
        font = QFont(self.issuer.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.issuer.setFont(font)
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self.issuer, 1)
        row.addWidget(self.detail)
        row.addWidget(self.button)
        session.current_changed.connect(self.renew)
        session.assessed.connect(self.renew)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self.renew()

    def renew(self) -> None:
        """Say what the current report is."""
        report, theme = self._session.report, theme_of(self.palette())
        if report is None:
            return
        due = template_due(report.year) if report.year else None
        odd = []
        if not report.issuer:
            odd.append(self.tr("没有认出机关"))
        if not report.year:
            odd.append(self.tr("没有认出年度"))
        if report.template is None:
            odd.append(self.tr("不能确定格式"))
        elif report.form != report.template:
            odd.append(self.tr("原报告用 {0} 年格式").format(report.template))
        elif due is not None and due.id != report.template:
            odd.append(self.tr("应使用 {0} 年格式").format(due.id))
        entry = self._session.entry
        if entry is not None and not entry.is_complete:  # the heading may still be to come
            odd = []
        year = self.tr("{0} 年度").format(report.year) if report.year else ""
        form = self.tr("{0} 年格式").format(report.form)
        self.issuer.setText(report.issuer or (entry.path.name if entry is not None else ""))
        self.detail.setText(" · ".join(filter(None, (*odd, year, form))))
        self.detail.setToolTip("；".join(odd))
        self._sign.setVisible(bool(odd))
        if odd:
            self._sign.setPixmap(pixmap("triangle-alert", theme.doubt, 16, self.devicePixelRatioF()))
        self.setToolTip(self.issuer.text())
