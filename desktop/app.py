"""The application: style, language and error handling, and the window on some reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.backend import Backend, ParserBackend
from desktop.crash import CrashReporter, log_file, start_logging
from desktop.keeper import Keeper
from desktop.loading import load_in_turns
from desktop.main_window import MainWindow
from desktop.palette import IS_STYLED, STYLE, choose_theme, dress, size_text
from desktop.session import Session
from desktop.settings import Settings
from desktop.smoothness import keep_smooth
from desktop.tasks import TaskRunner
from parser.paths import own_workspace, resource

_REST = 400  # ms after which the window is painted and nobody has done anything yet
_PREPARED, _WINDOW = "nianbao_prepared", "nianbao_window"


def create_window(
    paths: Sequence[Path],
    workspace: Path | None = None,
    *,
    backend: Backend | None = None,
    settings: Settings | None = None,
) -> QMainWindow:
    """Return the review window at once; the reports in ``paths`` are read in the background. Needs a QApplication.

    ``workspace`` is the folder that keeps the work, None for the user's own.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("create_window needs a QApplication")
    prepare(app)
    backend, settings, tasks = backend or ParserBackend(), settings or Settings.for_user(), TaskRunner()
    choose_theme(app, settings.choice("theme"))
    size_text(app, settings.choice("text"))
    keeper = Keeper((workspace or own_workspace()).absolute(), backend.assess)
    session = Session(backend, tasks, keeper)
    session.changes.author = settings.author or ""
    window = MainWindow(session, tasks, settings)
    for part in (tasks, keeper, session):
        part.setParent(window)
    app.aboutToQuit.connect(keeper.close)
    window.desk.workspace_wanted.connect(lambda folder: _switch(app, window, backend, settings, folder))
    session.add(list(paths))
    window.painted.connect(lambda: _begin(window, tasks, keeper))
    QTimer.singleShot(_REST, window, lambda: tasks.submit(backend.get_ready, lambda _: None, lambda _: None))
    return window


def _begin(window: MainWindow, tasks: TaskRunner, keeper: Keeper) -> None:
    """Build the rest of the window and begin to read, unless there is a form without which nothing can be read.

    One after the other: threads of Python hold each other up. What is not of Qt is loaded beside the window.
    """

    def load() -> str:
        import parser.workspace.store  # noqa: F401

        return what_is_wrong_with_the_forms()

    def go_on(why: str) -> None:
        if why:
            from PySide6.QtWidgets import QMessageBox

            QMessageBox.critical(window, QCoreApplication.applicationName(), why)
            QCoreApplication.exit(3)
            return
        load_in_turns(window, furnish)

    def furnish() -> None:
        QApplication.setWindowIcon(QIcon(str(resource("icons", "nianbao.svg"))))
        window.furnish()
        keeper.open()
        window.bar.await_opening()
        tasks.let_go()

    tasks.submit(load, go_on, lambda _: None, is_first=True)


def _switch(app: QApplication, window: MainWindow, backend: Backend, settings: Settings, folder: Path) -> None:
    """Put a window on another workspace in the place of this one, if this one may be closed."""
    app.setQuitOnLastWindowClosed(False)
    if window.close():
        settings.remember_choice("workspace", str(folder))
        other = create_window([], folder, backend=backend, settings=settings)
        app.setProperty(_WINDOW, other)  # somebody must hold it
        other.show()
        other.activateWindow()
    app.setQuitOnLastWindowClosed(True)


def application() -> QApplication:
    """Return a new application, born in its style: to put it on later takes a twentieth of the whole start."""
    app = QApplication([sys.argv[0], "-style", STYLE])
    app.setProperty(IS_STYLED, True)
    return app


def prepare(app: QApplication) -> None:
    """Give the application its looks, and Qt's own texts and dates in Chinese; once."""
    if app.property(_PREPARED):
        return
    app.setProperty(_PREPARED, True)
    app.setApplicationName("年报核校")
    keep_smooth(app)
    dress(app)
    QLocale.setDefault(QLocale("zh_CN"))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def run(paths: Sequence[Path], workspace: Path | None = None) -> int:
    """Open the window on ``paths`` and return the exit code once it is closed."""
    start_logging(log_file())
    app = application()
    CrashReporter(log_file()).install()
    settings = Settings.for_user()
    window = create_window(paths, workspace or _last_workspace(settings), settings=settings)
    if settings.is_new:  # the first time: as large as the screen allows
        window.showMaximized()
    else:
        window.show()
    QTimer.singleShot(0, window.activateWindow)
    if settings.author is None and isinstance(window, MainWindow):
        window.desk.ask_author()
    return app.exec()


def what_is_wrong_with_the_forms() -> str:
    """Return why a form in the folder of forms cannot be used, and what to do; ``""`` when all can."""
    from parser.errors import TemplateError
    from parser.templates.load import templates

    try:
        templates()
    except TemplateError as error:
        folder = resource("templates")
        return QCoreApplication.translate("app", "{0}\n\n请改正或移走文件夹 {1} 中的这个文件。").format(error, folder)
    return ""


def _last_workspace(settings: Settings) -> Path | None:
    """Return the workspace that was opened in the window last, None for the user's own."""
    folder = settings.choice("workspace")
    return Path(folder) if folder else None
