"""The status bar: where the clerk is, what is left, and how far reading is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.entries import Entry
from desktop.models.wording import about_keeping, about_progress, address
from desktop.session import Session
from desktop.views.pane import ElidedLabel
from parser.model.report import CellKey


class StatusLine(QStatusBar):
    """Follows the session; messages about a cell go when it is left."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_in_narrative = self._is_covered = False
        self._at: tuple[Entry | None, CellKey | None] = None, None
        self.where, self.left, self.kept = ElidedLabel("", self), QLabel(self), QLabel(self)
        self.where.mode = Qt.TextElideMode.ElideMiddle  # the window must not grow with a long name
        self.where.setObjectName("where")  # messages begin where it does
        self.addWidget(self.where, 1)
        self.addPermanentWidget(self.left)
        self.addPermanentWidget(self.kept)
        session.keeper.opened.connect(self._on_keeping_changed)
        session.keeper.refused.connect(self._on_keeping_changed)
        session.keeper.changed.connect(self._on_keeping_changed)
        self.setSizeGripEnabled(False)
        session.current_changed.connect(self._on_moved)
        session.cell_changed.connect(self._on_moved)
        session.cells_edited.connect(lambda _keys: self.clearMessage())
        session.step.ended.connect(self._say_what_is_left)
        session.step.followed.connect(self._say_where)
        session.entry_changed.connect(self._on_entry_changed)

    def show_narrative(self, is_in_sight: bool) -> None:
        """Say whether the running text is in sight, in which no cell is current."""
        self._is_in_narrative = is_in_sight
        self._renew()

    def show_sheet(self, is_in_sight: bool) -> None:
        """Say whether a sheet covers the tables; it says itself where its cells stand."""
        self._is_covered = is_in_sight
        self._renew()

    def _on_moved(self) -> None:
        """Take away the message about what has just been left; a report that comes to be there leaves nothing."""
        (entry, key), self._at = self._at, (self._session.entry, self._session.key)
        if self._at[0] is not entry or (key is not None and self._at[1] != key):
            self.clearMessage()

    def _on_entry_changed(self, position: int) -> None:
        if position == self._session.position:
            self._say_what_is_left()

    def _on_keeping_changed(self) -> None:
        self.kept.setText(about_keeping(self._session.keeper))

    def _renew(self) -> None:
        self._say_where()
        self._say_what_is_left()

    def _say_where(self) -> None:
        entry, key, parts = self._session.entry, self._session.key, list[str]()
        if entry is not None and entry.report is not None:
            report = entry.report
            year = self.tr("{0} 年").format(report.year) if report.year else ""
            parts.append(f"{report.issuer or entry.path.stem} {year}".strip())
            if self._is_in_narrative:
                parts.append(self.tr("正文"))
            elif key is not None and not self._is_covered:
                parts += [entry.form.table(key.table).sheet, address(entry, key)]
        self.where.setText(" › ".join(parts))
        self.where.setToolTip(self.where.text())

    def _say_what_is_left(self) -> None:
        entry = self._session.entry
        if entry is None or entry.report is None:
            self.left.setText("")
        elif not entry.has_tables:
            self.left.setText(self.tr("{0} · 表格识别完后可以修改").format(about_progress(entry)))
        elif entry in self._session.changes.unassessed:
            self.left.setText(self.tr("正在检查…"))
        else:
            progress = about_progress(entry) if entry.is_reading else ""
            left = self.tr("还有 {0} 处存疑").format(len(entry.open)) if entry.open else self.tr("没有存疑")
            errors = self.tr("{0} 处不符").format(entry.error_count) if entry.error_count else ""
            self.left.setText(" · ".join(filter(None, (progress, left, errors))))
