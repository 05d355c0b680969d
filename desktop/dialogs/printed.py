"""Asks why figures that look wrong are to stay: the source has it so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QWidget

from desktop.models.wording import address, what_stands
from desktop.session import Session
from parser.model.report import CellKey


def _tr(text: str) -> str:
    return QCoreApplication.translate("printed", text)


def ask_why_printed(parent: QWidget, session: Session, keys: Sequence[CellKey], about: str = "") -> QInputDialog | None:
    """Open the question for the cells, the usual reasons in it; None when there is nothing to ask about.

    ``about`` is what the cells are explained for, else they are named.
    """
    entry = session.entry
    if entry is None or entry.report is None or not keys:
        return None
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_tr("原文如此"))
    dialog.setComboBoxEditable(True)
    usual = [_tr("已与原件核对"), _tr("原件合计有误"), _tr("原件漏填"), _tr("已向填报单位核实")]
    dialog.setComboBoxItems(usual)
    dialog.setTextValue(usual[0])
    for field in dialog.findChildren(QComboBox):
        field.setCompleter(None)  # type: ignore[arg-type]  # it would take the first Enter for itself
    named = _tr("{0}：{1}").format(address(entry, keys[0]), what_stands(entry.report.cells[keys[0]]))
    if len(keys) > 1:
        named = _tr("{0} 等 {1} 格").format(named, len(keys))
    dialog.setLabelText(f"{about or named}\n\n{_tr('数字保持不变，理由记入校核记录：')}")
    dialog.setOkButtonText(_tr("确定"))
    dialog.setCancelButtonText(_tr("取消"))

    def accept(text: str) -> None:
        if why := " ".join(text.split()):
            session.review.call_printed(keys, why)
        else:
            session.said.emit("info", _tr("没有写理由，所以没有记为原文如此"))

    dialog.textValueSelected.connect(accept)
    dialog.open()
    return dialog
