"""Draws the rows of the queue and of the findings: a sign, then words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.entries import Stage
from desktop.icons import pixmap
from desktop.models.findings_model import FINDING_ROLE
from desktop.models.queue_model import STAGE_ROLE, WORDS_ROLE
from desktop.palette import Theme, theme_of
from parser.model.finding import Severity

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_SIGN = 16


def severity_sign(severity: Severity, theme: Theme) -> tuple[str, str]:
    """Return the icon and colour of a severity."""
    return {
        Severity.ERROR: ("circle-x", theme.error),
        Severity.WARNING: ("triangle-alert", theme.doubt),
        Severity.INFO: ("info", theme.accent),
    }[severity]


def stage_sign(stage: Stage, theme: Theme) -> tuple[str, str]:
    """Return the icon and colour of a stage."""
    return {
        Stage.UNREAD: ("circle-dashed", theme.muted),
        Stage.READING: ("loader-circle", theme.muted),
        Stage.FAILED: ("circle-x", theme.error),
        Stage.DOUBTFUL: ("triangle-alert", theme.doubt),
        Stage.BROKEN: ("circle-alert", theme.error),
        Stage.CLEAN: ("circle-check", theme.good),
        Stage.EXPORTED: ("file-down", theme.good),
        Stage.CHANGED: ("pencil", theme.accent),
    }[stage]


def _prepare(painter: QPainter, option: QStyleOptionViewItem) -> tuple[QRect, Theme]:
    rect: QRect = option.rect  # type: ignore[attr-defined]
    theme = theme_of(option.palette)  # type: ignore[attr-defined]
    if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(theme.accent_soft))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
    return rect, theme


class QueueDelegate(QStyledItemDelegate):
    """Two lines a file: its name, and how far it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, 48)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, theme = _prepare(painter, option)
        stage = index.data(STAGE_ROLE)
        name, colour = stage_sign(Stage(stage), theme)
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect.left() + 12, rect.top() + 7, pixmap(name, colour, _SIGN, scale))
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        space = QRect(rect.left() + 36, rect.top() + 4, rect.width() - 44, 20)
        painter.setPen(QColor(theme.text))
        shown = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, space.width())
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, shown)
        strong = stage in (Stage.DOUBTFUL, Stage.BROKEN, Stage.FAILED)
        painter.setPen(QColor(colour if strong else theme.muted))
        words = metrics.elidedText(str(index.data(WORDS_ROLE)), Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space.translated(0, 20), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class FindingDelegate(QStyledItemDelegate):
    """One finding in as many lines as it needs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width()  # type: ignore[attr-defined]
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        text = metrics.boundingRect(QRect(0, 0, max(80, width - 48), 10_000), _WRAPPED, str(index.data()))
        return QSize(width, max(28, text.height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, theme = _prepare(painter, option)
        name, colour = severity_sign(index.data(FINDING_ROLE).severity, theme)
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect.left() + 12, rect.top() + 6, pixmap(name, colour, _SIGN, scale))
        painter.setPen(QColor(theme.text))
        painter.drawText(rect.adjusted(36, 0, -12, 0), _WRAPPED, str(index.data()))
        painter.restore()
