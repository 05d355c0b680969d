"""What this program is, and of which parts it is made."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.crash import log_file
from desktop.dialogs.licences import parts
from desktop.dialogs.showing import close_button
from desktop.screen_room import resize_on_screen

_PARTS, _BESIDE = 272, 360  # pixels: the list of parts, and all that stands beside a licence


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)


def show_about(parent: QWidget) -> AboutDialog:
    """Open what the program is, and the licences of all its parts."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


class AboutDialog(QDialog):
    """Name, version and purpose; below them every part of the program with its licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("关于年报核校"))
        self.parts, self._text = QListWidget(self), QPlainTextEdit(self)
        self._found = parts()
        self.parts.addItems([part.name for part in self._found])
        self.parts.setAccessibleName(_tr("组成部分"))
        self.parts.setFixedWidth(_PARTS)
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)  # licences are set for 80 characters a line
        resize_on_screen(self, QSize(_BESIDE + self._text.fontMetrics().averageCharWidth() * 80, 520))
        self._text.setAccessibleName(_tr("许可全文"))
        self.parts.currentRowChanged.connect(lambda row: self._text.setPlainText(self._found[row].text))
        self.parts.setCurrentRow(0)
        head = QLabel(_about(), self)
        head.setWordWrap(True)
        head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        middle = QHBoxLayout()
        middle.addWidget(self.parts)
        middle.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (head, QLabel(_tr("本程序的组成部分和许可："), self)):
            column.addWidget(part)
        column.addLayout(middle, 1)
        column.addWidget(close_button(self))


def _about() -> str:
    try:
        number = version("nianbao-review")
    except PackageNotFoundError:
        number = ""
    purpose = _tr("核对政府信息公开工作年度报告，导出国家统一格式的工作簿。全程离线，不上传任何内容。")
    log = _tr("运行日志（不含报告内容）：{0}").format(log_file())
    return f"<h3>{_tr('年报核校')} {number}</h3><p>{purpose}</p><p>{log}</p>"
