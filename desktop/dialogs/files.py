"""Asks for files, folders and the name of a workbook, beginning where the clerk was last time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QLineEdit, QTreeView, QWidget

from desktop.settings import Settings
from desktop.soon import soon

_TYPE = 2  # the column with words that Qt has in English only
_DATE = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)


def ask_files(
    parent: QWidget, settings: Settings, done: Callable[[list[Path]], object], beside: Path | None = None
) -> QFileDialog:
    """Open the dialog for report files; ``beside`` is the folder for the first time."""
    from parser.readers.registry import SUFFIXES

    dialog = _dialog(parent, _tr("打开报告文件"), settings.folder("open") or beside)
    endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)  # there are dozens
    dialog.setNameFilters([_tr("报告文件 ({0})").format(endings), _tr("所有文件 (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)

    def chosen(names: list[str]) -> None:
        settings.remember_folder("open", Path(names[0]).parent)
        done([Path(name) for name in names])

    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def ask_pictures(
    parent: QWidget, settings: Settings, done: Callable[[list[Path]], object], beside: Path | None = None
) -> QFileDialog:
    """Open the dialog for photos of the pages of one report."""
    from parser.readers.picture_pages import PICTURE_SUFFIXES

    dialog = _dialog(parent, _tr("选择同一份报告的各页照片"), settings.folder("open") or beside)
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    dialog.setNameFilter(_tr("图片 ({0})").format(" ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: done([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_folder(
    parent: QWidget, settings: Settings, done: Callable[[list[Path]], object], beside: Path | None = None
) -> QFileDialog:
    """Open the dialog for a folder of reports; ``beside`` is where it begins for the first time."""
    return _ask_folder(parent, settings, _tr("打开报告文件夹"), "open", lambda folder: done([folder]), beside)


def ask_workbook(
    parent: QWidget, settings: Settings, name: str, beside: Path, done: Callable[[Path], object]
) -> QFileDialog:
    """Open the dialog for the exported workbook; ``name`` is proposed, ``beside`` the folder for the first time.

    The folder is remembered by whoever has written the workbook: it may turn out that nobody can write there.
    """
    dialog = _dialog(parent, _tr("导出工作簿"), settings.folder("export") or beside)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_tr("Excel 工作簿 (*.xlsx)"))
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(name)
    for field in dialog.findChildren(QLineEdit):  # none where the desktop has a dialog of its own
        field.returnPressed.connect(lambda: soon(dialog, lambda: _name_again(dialog, name)))
    dialog.fileSelected.connect(lambda file: done(Path(file)))
    dialog.open()
    return dialog


def _name_again(dialog: QFileDialog, name: str) -> None:
    """Propose the name again once a folder was typed in its place, which leads there and takes it away."""
    if dialog.isVisible() and any(Path(field.text()).is_dir() for field in dialog.findChildren(QLineEdit)):
        dialog.selectFile(name)


def ask_export_folder(parent: QWidget, settings: Settings, done: Callable[[Path], object]) -> QFileDialog:
    """Open the dialog for the folder into which many workbooks go."""
    return _ask_folder(parent, settings, _tr("导出全部已核报告到文件夹"), "export", done)


def ask_workspace(
    parent: QWidget, settings: Settings, done: Callable[[Path], object], *, is_copy: bool = False
) -> QFileDialog:
    """Open the dialog for the folder of a workspace: one to open, or one to copy the present workspace into."""
    title = _tr("把工作区复制到哪个文件夹") if is_copy else _tr("打开工作区文件夹")
    return _ask_folder(parent, settings, title, "workspace", done)


def _ask_folder(
    parent: QWidget,
    settings: Settings,
    title: str,
    purpose: str,
    done: Callable[[Path], object],
    beside: Path | None = None,
) -> QFileDialog:
    """Open the dialog for a folder; the next time it begins there, but for workspaces in the folder around it."""
    dialog = _dialog(parent, title, settings.folder(purpose) or beside)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)

    def chosen(name: str) -> None:
        folder = Path(name)
        if purpose != "export":  # as with a single workbook
            settings.remember_folder(purpose, folder.parent if purpose == "workspace" else folder)
        done(folder)

    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: Path | None) -> QFileDialog:
    if folder is None:  # the folder the program was started in means nothing to anybody
        own = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = own if own.is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for view in dialog.findChildren(QTreeView):  # none where the desktop has a dialog of its own
        view.setColumnHidden(_TYPE, True)
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.header().setSectionResizeMode(_DATE, QHeaderView.ResizeMode.ResizeToContents)
    return dialog
