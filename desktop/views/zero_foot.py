"""Below the contact sheet: where the current cell stands in the source, and what is known about it."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.wording import address, explain, in_an_empty_place
from desktop.page_images import PageImages
from desktop.session import Session
from desktop.views.page_crop import PageCrop
from desktop.views.pane import ElidedLabel
from desktop.views.source_strip import SourceStrip
from desktop.views.source_text import excerpt
from parser.model.place import PageBox, TextSpan
from parser.model.report import CellKey


class ZeroFoot(QWidget):
    """A band of the page or of the text around the cell, its address and the keys."""

    def __init__(self, session: Session, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.crop, self._strip = PageCrop(session, images, self, purpose="zero_crop"), SourceStrip(self)
        self.where = ElidedLabel("", self)
        keys = QLabel(self.tr("空格或单击：剔除、恢复　　0 – 9、Ctrl+← →：换读数　　F2：到这一格修改"), self)
        keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(16)
        line.addWidget(self.where, 1)
        line.addWidget(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.crop)
        column.addWidget(self._strip)
        column.addLayout(line)

    def show_cell(self, key: CellKey | None, has_pages: bool) -> None:
        """Show where the cell stands; nothing without one."""
        entry = self._session.entry
        report = entry.report if entry is not None else None
        cell = report.cells.get(key) if report is not None and key is not None else None
        if entry is None or report is None or key is None or cell is None:
            self.where.setText("")
            self._strip.show_parts(("", "", ""), "", False)
            return
        is_open = key in entry.open
        self.crop.setVisible(has_pages)
        self._strip.setVisible(not has_pages)
        if has_pages and isinstance(cell.place, PageBox):
            self.crop.show_place(cell.place, is_open)
        elif isinstance(cell.place, TextSpan):
            self._strip.show_parts(excerpt(report.text, cell.place), in_an_empty_place(is_open), is_open)
        else:
            self._strip.show_parts(("", cell.raw.strip(), ""), in_an_empty_place(is_open), is_open)
        words = [f"{entry.form.table(key.table).sheet} › {address(entry, key)}", *explain(entry, key)]
        self.where.setText("　".join(words))
        self.where.setToolTip("\n".join(words))
