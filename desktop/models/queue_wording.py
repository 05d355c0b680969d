"""How far a file of the queue is, in the words of its row."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.entries import Entry, Source
from desktop.models.wording import about_progress, about_source, about_twins
from parser.model.finding import Severity


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue", text)


def group_name(group: str) -> str:
    """Return what a group of ``GROUPS`` is called, all files for ``""``."""
    return {
        "": _tr("全部"),
        "open": _tr("待核"),
        "clean": _tr("无存疑"),
        "checked": _tr("已核"),
        "exported": _tr("已导出"),
        "changed": _tr("导出后有修改"),
        "unread": _tr("未读"),
        "failed": _tr("无法读取"),
    }[group]


def order_name(order: str) -> str:
    """Return what an order of ``ORDERS`` is called."""
    return {
        "need": _tr("要核的在前，办完的在后"),
        "arrival": _tr("按添加的先后"),
        "name": _tr("按文件名"),
        "issuer": _tr("按机关"),
    }[order]


def queue_words(entry: Entry) -> str:
    """Return how far the file is, and what is odd about it."""
    words = _stage_words(entry)
    if entry.exported_to is not None and entry.open:
        words = _tr("待核 {0} 处 · {1}").format(len(entry.open), words)
    elif entry.exported_to is not None and entry.error_count:
        words = _tr("{0} 处不符 · {1}").format(entry.error_count, words)
    if entry.is_unread and entry.report is not None:
        words = _tr("正文未读 · {0}").format(words)
    if entry.twins:
        words = _tr("可能重复 · {0}").format(words)
    if entry.source is not Source.SAME:  # what is odd comes first: a narrow list shows no more
        source = _tr("原文件已变") if entry.source is Source.CHANGED else _tr("原文件不在")
        words = _tr("{0} · {1}").format(source, words)
    return words


def _stage_words(entry: Entry) -> str:
    stage = str(entry.stage)
    if stage == "unread":
        return _tr("已停止") if entry.was_stopped else _tr("未读")
    if stage == "reading":
        return about_progress(entry)
    if stage == "failed" and entry.lock.is_shut:
        return _tr("无法读取：密码不对") if entry.lock.is_wrong else _tr("无法读取：需要密码")
    if stage == "failed":
        return entry.failure or _tr("无法读取")  # its sign says that it failed
    if stage == "doubtful":
        return _tr("待核 {0} 处").format(len(entry.open))
    if stage == "broken":
        return _tr("{0} 处不符").format(entry.error_count)
    if stage == "clean":
        if warnings := sum(f.severity is Severity.WARNING and not f.explained for f in entry.assessment.findings):
            return _tr("{0} 处提醒 · 没有存疑").format(warnings)
        return _tr("没有存疑了") if entry.decided else _tr("无存疑，勾稽全部相符")
    if stage == "checked" and entry.exported_to is not None:  # the workbook on the disk says something else
        return _tr("已核 · 导出后有修改")
    exported = _tr("已导出") if entry.is_checked else _tr("已导出（未核）")
    return {"checked": _tr("已核"), "exported": exported, "changed": _tr("导出后有修改")}[stage]


def queue_tip(entry: Entry, words: str) -> str:
    """Return all there is to know of the file, a line each."""
    report = entry.report
    about = ""
    if report is not None:
        year = _tr("{0} 年").format(report.year) if report.year else ""
        about = f"{report.issuer or ''} {year}".strip()
    lines = (str(entry.path), about, entry.failure or words, entry.shortfall, about_twins(entry), about_source(entry))
    return "\n".join(line for line in lines if line)
