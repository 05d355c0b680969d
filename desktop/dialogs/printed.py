"""Asks why figures that look wrong are to stay: the source has it so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QInputDialog, QLabel, QWidget

from desktop.entries import Entry
from desktop.models.wording import address, what_stands
from desktop.screen_room import room_on_screen
from desktop.session import Session
from parser.model.report import CellKey, State
from parser.rules.explained import suspects_of

_NAMED = 3  # of the findings that are explained, too
_WIDEST = 36  # characters in a line
_AROUND = 32  # px that a dialog has beside its words


def _tr(text: str) -> str:
    return QCoreApplication.translate("printed", text)


def ask_why_printed(parent: QWidget, session: Session, keys: Sequence[CellKey], about: str = "") -> QInputDialog | None:
    """Open the question for the cells, the usual reasons in it; None when there is nothing to ask about.

    ``about`` is what the cells are explained for, else they are named.
    """
    entry = session.entry
    if entry is None or entry.report is None or not keys:
        return None
    if all(entry.report.cells[key].state is State.UNREADABLE for key in keys):
        session.said.emit("info", _tr("这一格读不出数：请输入数值，或按 Delete 记为空白"))
        return None
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_tr("原文如此"))
    dialog.setComboBoxEditable(True)
    is_absent = all(entry.report.cells[key].state is State.ABSENT for key in keys)
    usual = [_tr(why) for why in ("已与原件核对", "原件合计有误", "原件此数有误", "原件漏填", "已向填报单位核实")]
    usual.sort(key=lambda reason: is_absent and reason != _tr("原件漏填"))
    dialog.setComboBoxItems(usual)
    dialog.setTextValue(usual[0])
    for field in dialog.findChildren(QComboBox):
        field.setCompleter(None)  # type: ignore[arg-type]  # it would take the first Enter for itself
    named = _tr("{0}：{1}").format(address(entry, keys[0]), what_stands(entry.report.cells[keys[0]]))
    if len(keys) > 1:
        named = _tr("{0} 等 {1} 格").format(named, len(keys))
    elif (read := entry.as_read[keys[0]]).is_read and read.shown != entry.report.cells[keys[0]].shown:
        named = _tr("{0}（原文读出的是 {1}，后来改过）").format(named, what_stands(read))
    stays = (
        _tr("原件上没有这些格，照此保留，理由记入校核记录：") if is_absent else _tr("数字保持不变，理由记入校核记录：")
    )
    others = _also_explained(entry, keys, about)
    written_at = _tr("理由记在：{0}").format(named) if about and not is_absent else ""
    _ask(dialog, "\n\n".join(filter(None, (about or named, written_at, others))), stays)
    dialog.setOkButtonText(_tr("确定"))
    dialog.setCancelButtonText(_tr("取消"))

    def accept(text: str) -> None:
        if why := " ".join(text.split()):
            session.review.call_printed(keys, why)

    dialog.textValueSelected.connect(accept)
    for buttons in dialog.findChildren(QDialogButtonBox):
        button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        dialog.textValueChanged.connect(lambda text, button=button: button.setEnabled(bool(text.strip())))
    dialog.open()
    return dialog


def _also_explained(entry: Entry, keys: Sequence[CellKey], about: str) -> str:
    """Return what else is explained with the cells besides the finding that says ``about``; ``''`` for nothing."""
    concerned = [f for f in entry.assessment.findings if f.keys and not f.explained and f.message != about]
    others = [f.message for f in concerned if not {*keys}.isdisjoint(suspects_of(f, entry.assessment))]
    if not others:
        return ""
    named = "\n".join(others[:_NAMED])
    words = _tr("同时不再提示：\n{0}") if about else _tr("说明后不再提示：\n{0}")
    return words.format(named if len(others) <= _NAMED else _tr("{0}\n等 {1} 条").format(named, len(others)))


def _ask(dialog: QInputDialog, about: str, question: str) -> None:
    """Put the question in lines, what it is about cut short where the screen has no room for all of it."""
    dialog.setLabelText(question)
    (label,) = dialog.findChildren(QLabel)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    room, metrics, most = room_on_screen(dialog), label.fontMetrics(), len(about)
    width = min(_WIDEST * metrics.horizontalAdvance(question[0]), room.width() - _AROUND)
    label.setFixedWidth(width)
    label.setText(f"{about}\n\n{question}")
    while label.heightForWidth(width) > room.height() // 2 and most:
        most = most * 9 // 10
        label.setText(f"{about[:most]}…\n\n{question}")
        label.setToolTip(about)
    label.setMinimumHeight(label.heightForWidth(width))
