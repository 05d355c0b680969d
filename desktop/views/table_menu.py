"""What can be done to the cell under the mouse, or to the selected ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.dialogs.printed import ask_why_printed
from desktop.models.wording import about_suggestion
from desktop.session import Session
from desktop.views.block_edits import BlockEdits
from parser.model.report import State


def _tr(text: str) -> str:
    return QCoreApplication.translate("table_menu", text)


def table_menu(parent: QWidget, session: Session, blocks: BlockEdits, edit: Callable[[], object]) -> QMenu:
    """Return the menu of the table; what cannot be done now is disabled."""
    menu = QMenu(parent)
    entry, key = session.entry, session.key
    still_open = set(entry.open) if entry else set()
    may_change = entry is not None and entry.is_editable and not session.keeper.is_read_only
    is_open, keys = key in still_open, blocks.keys()

    def add(words: str, shown_key: str, slot: Callable[[], object], may: bool = True) -> QAction:
        action = QAction(f"{words}\t{shown_key}", menu)
        action.triggered.connect(lambda _checked: slot())
        action.setEnabled(may_change and may)
        menu.addAction(action)
        return action

    review, is_unreadable = session.review, session.cell is not None and session.cell.state is State.UNREADABLE
    if blocks.has_block:
        count = sum(key in still_open for key in keys)
        words = _tr("确认所选 {0} 处存疑").format(count) if count else _tr("确认所选各格")
        add(words, "Ctrl+Shift+Enter", lambda: review.confirm(keys), bool(count))
    else:
        add(_tr("确认，到下一处存疑"), "Enter", review.accept, not is_unreadable)
        add(_tr("先放下，最后再看"), _tr("空格"), review.postpone, is_open)
    row, table = blocks.row_keys(), blocks.table_keys()
    add(_tr("确认本行的存疑"), "", lambda: review.confirm(row), any(key in still_open for key in row))
    add(_tr("确认本表的存疑"), "", lambda: review.confirm(table), any(key in still_open for key in table))
    menu.addSeparator()
    for number, suggestion in enumerate(session.suggestions, 1):
        words = about_suggestion(entry, key, suggestion) if entry is not None and key is not None else ""
        words = _tr("采用建议：{0}").format(words)
        add(words, f"Alt+{number}", partial(session.review.accept_suggestion, number)).setToolTip(suggestion.proof)
    add(_tr("修改"), "F2", edit, not blocks.has_block)
    add(_tr("记为空白"), "Delete", blocks.clear)
    add(_tr("原文如此…"), "Ctrl+'", lambda: ask_why_printed(parent, session, keys))
    menu.addSeparator()
    add(_tr("复制"), "Ctrl+C", blocks.copy).setEnabled(bool(keys))
    add(_tr("粘贴"), "Ctrl+V", blocks.paste)
    add(_tr("向下填充"), "Ctrl+D", blocks.fill_down)
    return menu
