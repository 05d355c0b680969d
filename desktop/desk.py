"""What surrounds the reports: where they come from, workspaces, how the window looks, and help.

Dialogs are imported when they are opened: the window does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from desktop.desk_menus import ChoiceMenu, PathMenu
from desktop.opening import open_original, show_in_folder
from desktop.palette import choose_theme, size_text
from desktop.session import Session
from desktop.settings import Settings
from desktop.tasks import TaskRunner
from desktop.views.pane import NoticeBar, chapter_about
from parser.paths import own_workspace, resource

if TYPE_CHECKING:
    from desktop.dialogs.manual import Manual
    from desktop.photos import Photos

Slot = Callable[[], object]


class Desk(QObject):
    """Holds the dialogs and menus that are about no cell; ``slots`` and ``menus`` go into the menu bar."""

    workspace_wanted = Signal(object)  # a folder: the window is to show that workspace instead

    def __init__(
        self, window: QMainWindow, session: Session, tasks: TaskRunner, settings: Settings, bar: NoticeBar
    ) -> None:
        super().__init__(window)
        self._bar = bar
        self._window, self._session, self._tasks, self._settings = window, session, tasks, settings
        self._manual: Manual | None = None
        session.inbox.pictures_found.connect(self._on_pictures_found)

    def slots(self) -> dict[str, Slot]:
        """Return what the desk does, for the menu bar."""
        return {
            "open_files": self._on_open_files,
            "open_folder": self._on_open_folder,
            "join_pictures": self._on_join_pictures,
            "samples": lambda: self.add([resource("samples")]),
            "new_form": self._on_new_form,
            "heading": self._on_heading,
            "convert": self._on_convert,
            "rescan": self._session.inbox.rescan,
            "open_original": lambda: self._show(open_original),
            "show_in_folder": lambda: self._show(show_in_folder),
            "open_workspace": self._on_open_workspace,
            "copy_workspace": self._on_copy_workspace,
            "show_workspace": lambda: show_in_folder(self._session.keeper.folder, self._tasks, self._session.said.emit),
            "author": self.ask_author,
            "manual": lambda: self.open_manual(chapter_about(QApplication.focusWidget())),
            "keys": self.show_keys,
            "about": self.show_about,
        }

    @cached_property
    def menus(self) -> dict[str, QMenu]:
        """Menus that fill themselves, for the menu bar; made when the window has been painted."""
        return {
            "recent": PathMenu(
                self.tr("最近打开"), self._window, lambda: self._settings.recent("report"), self.open_recent
            ),
            "removed": PathMenu(self.tr("恢复移除的报告"), self._window, self._removed, self._on_bring_back),
            "workspaces": PathMenu(self.tr("最近的工作区"), self._window, self._workspaces, self.open_workspace),
            "theme": ChoiceMenu(
                self.tr("外观"),
                self._window,
                [("", self.tr("跟随系统")), ("light", self.tr("浅色")), ("dark", self.tr("深色"))],
                self._settings.choice("theme"),
                self.choose_theme,
            ),
            "text": ChoiceMenu(
                self.tr("字号"),
                self._window,
                [("", self.tr("标准")), ("large", self.tr("大")), ("larger", self.tr("特大"))],
                self._settings.choice("text"),
                self.choose_text,
            ),
        }

    # ── reports ──────────────────────────────────────────────────────────────────────
    def _on_open_files(self) -> None:
        from desktop.dialogs.files import ask_files

        ask_files(self._window, self._settings, self.add, self._folder_of_current())

    def _on_open_folder(self) -> None:
        from desktop.dialogs.files import ask_folder

        ask_folder(self._window, self._settings, self.add, self._folder_of_current())

    def _on_join_pictures(self) -> None:
        from desktop.dialogs.files import ask_pictures

        ask_pictures(self._window, self._settings, self.photos.join, self._folder_of_current())

    def _on_pictures_found(self, folders: Sequence[Sequence[Path]]) -> None:
        self.photos.offer(folders)

    @cached_property
    def photos(self) -> Photos:
        """What makes one report of photos of its pages."""
        from desktop.photos import Photos

        return Photos(self._session, self._tasks, self._bar, self.add)

    def _folder_of_current(self) -> Path | None:
        entry = self._session.entry
        return entry.path.parent if entry is not None else None

    def add(self, paths: Sequence[Path]) -> None:
        """Queue files and folders, and remember them for the next time."""
        for path in paths[:3]:
            if path != resource("samples"):
                self._settings.remember_recent("report", path)
        self._session.add(list(paths))

    def open_recent(self, path: Path) -> None:
        """Queue what was opened before, if it is still there."""

        def answer(is_there: bool) -> None:
            if is_there:
                self.add([path])
            else:
                self._settings.forget_recent("report", path)
                self._session.said.emit("error", self.tr("“{0}”已不在原来的位置").format(path))

        self._tasks.submit(path.exists, answer, lambda why: self._session.said.emit("error", why))

    def _on_bring_back(self, path: Path) -> None:
        from desktop.removing import bring_back

        bring_back(self._session, path)

    def _removed(self) -> list[Path]:
        return self._session.inbox.removed

    def _on_new_form(self) -> None:
        keeper = self._session.keeper
        if not keeper.is_open or keeper.is_read_only:
            words = self.tr("工作区还没有打开（请稍候再按）或是只读的，不能新建空白表")
            self._session.said.emit("info", words)
            return
        from desktop.dialogs.heading import ask_for_empty_form

        ask_for_empty_form(self._window, self._add_typed)

    def _add_typed(self, issuer: str | None, year: int | None, form: str) -> None:
        from parser.extract.refit import empty_report

        self._session.inbox.add_typed(empty_report(form, issuer, year))

    def _on_heading(self) -> None:
        entry = self._session.entry
        if entry is not None and entry.report is not None:
            from desktop.dialogs.heading import correct_heading

            headings = self._session.headings
            correct_heading(self._window, entry.report, lambda *values: headings.correct(entry, *values))

    def _on_convert(self) -> None:
        entry, headings = self._session.entry, self._session.headings
        form = headings.form_to_convert_to(entry)
        if entry is not None and entry.report is not None and form is not None:
            from desktop.dialogs.conversion import offer_conversion

            offer_conversion(self._window, entry.report, form, lambda: headings.convert(entry))

    def _show(self, how: Callable[[Path, TaskRunner, Callable[[str, str], None]], None]) -> None:
        entry = self._session.entry
        if entry is not None and entry.report is not None and not entry.report.sha256:
            self._session.said.emit("info", self.tr("这是手工录入的报告，没有原文件"))
        elif entry is not None:
            how(entry.path, self._tasks, self._session.said.emit)

    # ── workspaces ───────────────────────────────────────────────────────────────────
    def _on_open_workspace(self) -> None:
        from desktop.dialogs.files import ask_workspace

        ask_workspace(self._window, self._settings, self.open_workspace)

    def _on_copy_workspace(self) -> None:
        from desktop.dialogs.files import ask_workspace

        ask_workspace(self._window, self._settings, self.copy_workspace, is_copy=True)

    def _workspaces(self) -> list[Path]:
        paths = dict.fromkeys([*self._settings.recent("workspace"), own_workspace()])
        return [path for path in paths if path != self._session.keeper.folder]

    def open_workspace(self, folder: Path) -> None:
        """Show another workspace in the place of this one."""
        if folder != self._session.keeper.folder:
            self._settings.remember_recent("workspace", folder)
            self.workspace_wanted.emit(folder)

    def copy_workspace(self, folder: Path) -> None:
        """Copy the workspace into a folder, for a colleague or as a backup."""
        say, here = self._session.said.emit, self._session.keeper.folder
        if not self._session.keeper.settle():
            say("error", self.tr("还有修改没有保存，请保存后再复制工作区"))
            return

        def work() -> Path:
            from parser.workspace.copying import copy_workspace

            return copy_workspace(here, folder)

        done = self.tr("工作区已复制到 {0}；原报告文件没有一起复制")
        self._tasks.submit(work, lambda file: say("info", done.format(file.parent)), lambda why: say("error", why))

    # ── looks and help ───────────────────────────────────────────────────────────────
    def choose_theme(self, choice: str) -> None:
        """Show everything light or dark, or as the desktop is."""
        self._settings.remember_choice("theme", choice)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            choose_theme(app, choice)

    def choose_text(self, choice: str) -> None:
        """Write everything larger, or as usual."""
        self._settings.remember_choice("text", choice)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            size_text(app, choice)

    def ask_author(self) -> None:
        """Ask for the name that signs what is changed from now on."""
        from desktop.dialogs.author import ask_author

        changes = self._session.changes
        ask_author(self._window, self._settings, lambda name: setattr(changes, "author", name))

    def close(self) -> None:
        """Close what stands beside the window."""
        if self._manual is not None:
            self._manual.close()

    def show_keys(self) -> None:
        """Show all keys at a glance."""
        from desktop.dialogs.keys import show_keys

        show_keys(self._window)

    def show_about(self) -> None:
        """Show what the program is, and the licences of its parts."""
        from desktop.dialogs.about import show_about

        show_about(self._window)

    def open_manual(self, chapter: str = "") -> None:
        """Show the manual, beside the window so that both can be used."""
        if self._manual is None:
            from desktop.dialogs.manual import Manual

            self._manual = Manual(self._window)
        self._manual.open_at(chapter)
