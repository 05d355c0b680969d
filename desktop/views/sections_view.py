"""The six sections of the report as running text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.palette import theme_of
from desktop.session import Session


class SectionsView(QTextBrowser):
    """Read-only; a missing section says so."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections_view")
        self.setAccessibleName(self.tr("正文"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(16)
        self._session = session
        session.current_changed.connect(self._renew)
        session.report_grew.connect(self._renew)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_session"):
            self._renew()

    def _renew(self) -> None:
        if not self.isVisible():
            return
        entry = self._session.entry
        if entry is None or entry.report is None:
            self.clear()
            return
        theme = theme_of(self.palette())
        parts = [f"<h3>{escape(entry.report.title or '')}</h3>"] if entry.report.title else []
        for section in entry.form.sections:
            text = entry.report.sections.get(section.number)
            parts.append(f"<h4>{escape(section.ordinal)}、{escape(section.title.text)}</h4>")
            if text is None and entry.is_reading:
                parts.append(f"<p style='color:{theme.muted}'>{escape(self.tr('（正在识别）'))}</p>")
            elif text is None:
                parts.append(f"<p style='color:{theme.error}'>{escape(self.tr('原文没有这一部分'))}</p>")
            else:
                lines = [line.strip() for line in text.splitlines() if line.strip()]
                parts += [f"<p style='line-height:150%'>{escape(line)}</p>" for line in lines] or [
                    f"<p style='color:{theme.muted}'>{escape(self.tr('（除表格外没有文字）'))}</p>"
                ]
        self.setHtml("".join(parts))
