"""Asks before work that is in no workbook is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.entries import Entry


def _tr(text: str) -> str:
    return QCoreApplication.translate("closing", text)


def ask_to_close(parent: QWidget, unsaved: Sequence[Entry], close: Callable[[], object]) -> QMessageBox:
    """Open the question without blocking; ``close`` is called when the clerk lets the work go."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr("年报核校"))
    box.setText(_tr("{0} 份报告的修改还没有导出，关闭窗口会丢失这些修改。").format(len(unsaved)))
    names = [entry.path.name for entry in unsaved[:8]]
    box.setInformativeText("\n".join(names + ["…"] * (len(unsaved) > 8)))
    go = box.addButton(_tr("不导出，直接关闭"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_tr("返回核对"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(lambda _checked: close())
    box.open()
    return box
