"""Draws a row of the queue: a sign, the name of the file, and under it how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.icons import pixmap
from desktop.models.queue_model import OFFICE_ROLE, SIGN_ROLE, WORDS_ROLE
from desktop.palette import theme_of

Index = QModelIndex | QPersistentModelIndex
_SIGN, _LEFT, _GAP = 16, 12, 8
_LEAST = 40  # px of an office's name that are worth writing
_STRONG = frozenset({"doubtful", "broken", "failed"})  # what a person has to do something about
_SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType({  # stage -> icon, and the colour of the theme
    "unread": ("circle-dashed", "muted"),
    "reading": ("loader-circle", "muted"),
    "failed": ("circle-x", "error"),
    "doubtful": ("triangle-alert", "doubt"),
    "broken": ("circle-alert", "error"),
    "clean": ("circle-check", "muted"),
    "checked": ("circle-check", "good"),
    "exported": ("file-down", "good"),
    "changed": ("pencil", "accent"),
})  # fmt: skip


class QueueDelegate(QStyledItemDelegate):
    """Two lines a file, as high as the font needs: its name, and how far it is; then whose report it is, if unsaid."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        return QSize(120, max(48, 2 * metrics.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        theme = theme_of(option.palette)  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.accent_soft))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.lit))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))  # nothing of it is left behind where the screen is scaled
        stage = str(index.data(SIGN_ROLE))
        sign, colour = _SIGNS[stage]
        line = (rect.height() - 8) // 2
        upper = QRect(rect.left() + _LEFT + _SIGN + _GAP, rect.top() + 4, 0, line)
        upper.setRight(rect.right() - _GAP)
        top = upper.top() + (line - _SIGN) // 2
        picture = pixmap(sign, getattr(theme, colour), _SIGN, painter.device().devicePixelRatio())
        painter.drawPixmap(rect.left() + _LEFT, top, picture)
        painter.setPen(QColor(theme.text))
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(getattr(theme, colour) if stage in _STRONG else theme.muted))
        words = whole_numbers(metrics, str(index.data(WORDS_ROLE)), upper.width())
        lower = upper.translated(0, line)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, words)
        lower.setLeft(lower.left() + metrics.horizontalAdvance(words) + _GAP)
        if (office := str(index.data(OFFICE_ROLE))) and lower.width() > _LEAST:
            painter.setPen(QColor(theme.muted))
            office = metrics.elidedText(office, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, office)
        painter.restore()


def whole_numbers(metrics: QFontMetrics, text: str, room: int) -> str:
    """Return as much of the text as fits, with … for the rest; no number is cut, half of it would be another one."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    kept = shown.removesuffix("…")
    is_cut = kept[-1:].isdigit() and text[len(kept) : len(kept) + 1].isdigit()
    return kept.rstrip("0123456789") + "…" if is_cut else shown
