"""Warns before edits that the workspace could not take are thrown away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.keeper import Keeper


def _tr(text: str) -> str:
    return QCoreApplication.translate("closing", text)


def ask_to_close(
    parent: QWidget, keeper: Keeper, close: Callable[[], object], give_up: Callable[[], object]
) -> QMessageBox:
    """Open the warning without blocking; ``close`` is called once all is kept, ``give_up`` when the clerk lets go."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr("年报核校"))
    go = box.addButton(_tr("不保存，直接关闭"), QMessageBox.ButtonRole.DestructiveRole)
    again = box.addButton(_tr("重试"), QMessageBox.ButtonRole.ActionRole)
    stay = box.addButton(_tr("返回核对"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(lambda _checked: give_up())
    again.clicked.disconnect()  # it does not close the box
    again.clicked.connect(lambda _checked: keeper.retry())

    def renew() -> None:
        box.setText(_tr("{0} 处修改还没有保存，现在关闭会丢失。").format(keeper.unkept))
        box.setInformativeText(keeper.trouble)
        if not keeper.unkept:
            box.done(0)
            close()

    keeper.changed.connect(renew)
    box.finished.connect(lambda _result: keeper.changed.disconnect(renew))
    renew()
    box.open()
    return box
