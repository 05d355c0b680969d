"""What there is to say once a file has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parser.model.report import CellKey
    from parser.workspace.carry import Carried

_NAMED = 2  # cells are named, others only counted


def _tr(text: str) -> str:
    return QCoreApplication.translate("after_reading", text)


def about_reading(entry: Entry) -> tuple[str, str] | None:
    """Return "info" or "error" and a sentence, None when all went as it should."""
    if entry.lock.is_shut:
        return "info", _tr("密码不对，请重新输入") if entry.lock.is_wrong else _tr("这份文件需要密码，请在窗口中输入")
    if entry.failure and entry.has_failed_before:
        return "info", _tr("重新读取了，仍然无法读取")
    if entry.shortfall and entry.is_rereading:
        return "error", _tr("没有重新读取，仍是原来的内容：{0}").format(entry.shortfall)
    if entry.shortfall:
        return "error", _tr("正文没有读出来：{0}").format(entry.shortfall)
    if (carried := entry.carried) is None:
        return None
    return "error" if carried.contested or carried.homeless else "info", _about_carried(entry, carried)


def _about_carried(entry: Entry, carried: Carried) -> str:
    is_all = not (carried.contested or carried.homeless)
    parts = [_tr("已重新读取，核对过的内容已保留") if is_all else _tr("已重新读取，其余核对过的内容已保留")]
    if carried.renewed:
        parts.append(_tr("{0} 格的读数与原来不同{1}").format(len(carried.renewed), _names(entry, carried.renewed)))
    if carried.contested:
        words = _tr("{0} 格核对过、但原文已变，请重新核对{1}")
        parts.append(words.format(len(carried.contested), _names(entry, carried.contested)))
    if carried.homeless:
        parts.append(_tr("{0} 处修改在新的表格中没有对应的格，只留在修改记录中").format(len(carried.homeless)))
    return "；".join(parts)


def _names(entry: Entry, keys: Sequence[CellKey]) -> str:
    """Return the names of the first cells in brackets, ``''`` where there is none."""
    cells = [key for key in keys if key.is_cell]
    named = "、".join(entry.form.fields[key].name for key in cells[:_NAMED])
    more = _tr("等") if len(cells) > _NAMED else ""
    return _tr("（{0}{1}）").format(named, more) if named else ""
