"""Asks where workbooks are to go, and offers another way when one cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from desktop.entries import Entry
from desktop.session import Session
from desktop.settings import Settings
from desktop.views.pane import NoticeBar


class ExportDesk(QObject):
    """Holds what the menu does to export; ``notice`` is the bar that says what went wrong."""

    def __init__(
        self, window: QMainWindow, session: Session, settings: Settings, notice: Callable[[], NoticeBar]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._settings, self._notice = window, session, settings, notice
        self._why: dict[Entry, str] = {}  # what has been said of reports that could not be written
        session.exporter.failed.connect(self._on_failed)
        session.exporter.exported.connect(self._on_exported)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return what menus do here."""
        return {"export": self.export, "export_checked": self.export_checked}

    def export(self) -> None:
        """Ask for the name of the current report's workbook and write it."""
        if self._session.entry is not None and self._session.report is not None:
            self._ask(self._session.entry)

    def export_checked(self) -> None:
        """Ask for a folder and write all checked reports into it, if there are any."""
        if self._session.exporter.checked(self._session.entries):
            from desktop.dialogs.files import ask_export_folder

            ask_export_folder(self._window, self._settings, self._session.export_checked)

    def _ask(self, entry: Entry) -> None:
        from desktop.dialogs.files import ask_workbook

        exporter = self._session.exporter
        name, done = exporter.proposed_name(entry), partial(self._write, entry)
        ask_workbook(self._window, self._settings, name, entry.path.parent, done)

    def _write(self, entry: Entry, path: Path) -> None:
        """Write the workbook, but never over a file that a report was read from."""
        if any(_is_same(path, other.path) for other in self._session.entries):
            words = self.tr("“{0}”是收到的报告，不能用导出的工作簿盖掉；请换一个文件名").format(path.name)
            self._notice().say(words, True, [(self.tr("换一个位置或文件名…"), partial(self._ask, entry))])
        else:
            self._session.exporter.export(entry, path)

    def _on_failed(self, entry: Entry, path: Path, why: str) -> None:
        self._why[entry] = why
        other = (self.tr("换一个位置或文件名…"), partial(self._ask, entry))
        self._notice().say(why, True, [other, (self.tr("重试"), partial(self._session.exporter.export, entry, path))])

    def _on_exported(self, entry: Entry) -> None:
        """Remember where the workbook is, and take back what was said, if the bar still says it."""
        if entry.exported_to is not None:
            self._settings.remember_folder("export", entry.exported_to.parent)
        why, notice = self._why.pop(entry, None), self._notice()
        if why is not None and notice.label.text() == why:
            notice.hide()


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names are those of one file, links and letter case aside."""
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there
        return path.absolute() == other.absolute()
