"""Draws the rows of the findings: a sign, then words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.icons import pixmap
from desktop.models.findings_model import FindingsModel
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


def _prepare(painter: QPainter, option: QStyleOptionViewItem) -> tuple[QRect, Theme]:
    rect: QRect = option.rect  # type: ignore[attr-defined]
    theme = theme_of(option.palette)  # type: ignore[attr-defined]
    if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(theme.accent_soft))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
    return rect, theme


class FindingDelegate(QStyledItemDelegate):
    """One finding in as many lines as it needs; explained ones are paler and carry the quotation mark."""

    def __init__(self, model: FindingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sizes: dict[str, QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a row; asked for all rows with every layout, so that it asks the toolkit for little."""
        words = self._model.words(index.row())
        if words not in self._sizes:
            view = self.parent()
            width: int = view.viewport().width()  # type: ignore[attr-defined]
            metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
            bounds = metrics.boundingRect(QRect(0, 0, max(80, width - 48), 10_000), _WRAPPED, words)
            self._sizes[words] = QSize(width, max(28, bounds.height() + 10))
        return self._sizes[words]

    def forget_sizes(self) -> None:
        """Measure again: the font or the width is another."""
        self._sizes.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, theme = _prepare(painter, option)
        finding = self._model.finding(index.row())
        if finding is None:
            name, tint, ink = "chevron-down" if self._model.is_folded else "chevron-up", theme.muted, theme.muted
        elif finding.explained:
            name, tint, ink = "quote", theme.accent, theme.muted
        else:
            (name, tint), ink = severity_sign(finding.severity, theme), theme.text
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect.left() + 12, rect.top() + 6, pixmap(name, tint, _SIGN, scale))
        painter.setPen(QColor(ink))
        painter.drawText(rect.adjusted(36, 0, -12, 0), _WRAPPED, self._model.words(index.row()))
        painter.restore()
