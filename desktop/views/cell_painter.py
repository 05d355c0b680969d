"""Draws the cells of a table; every state has a second sign beside its colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen, QPolygon

from desktop.icons import pixmap
from desktop.models.looks import CellLook
from desktop.palette import Theme, tabular
from parser.model.report import State

_SMALL = 10  # px of the sign that a figure is as printed
_SMALLER = 0.8  # of the figures' size are words that stand for none
_SIGNS = 13  # pixels that signs take at the left of a cell
_GAP = 3


def paint_value(
    painter: QPainter, rect: QRect, look: CellLook, selected: bool, in_block: bool, theme: Theme, figures: Figures
) -> None:
    """Draw one value cell without its borders; ``in_block`` says that others are selected with it."""
    painter.fillRect(rect, colour(_background(look, selected, in_block, theme)))
    if look.state is State.BLANK:
        painter.fillRect(rect, QBrush(colour(theme.hatch), Qt.BrushStyle.BDiagPattern))
    _paint_text(painter, rect, look, selected, theme, figures)
    if look.doubtful or look.broken or look.changed or look.confirmed or look.printed:
        _paint_signs(painter, rect, look, theme)


def paint_borders(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """Draw the right and the bottom border of a cell, to its very edges also at scales between whole pixels."""
    line = colour(theme.line)
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)


def paint_current(painter: QPainter, rect: QRect, look: CellLook | None, theme: Theme, focused: bool) -> None:
    """Draw the frame of the current cell, and within it the signs at the edges that it covers."""
    if look is not None and (look.doubtful or look.broken):
        _paint_edges(painter, rect.adjusted(2, 2, -3, -2), look, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(theme.accent if focused else theme.muted), 2))
    painter.drawRect(rect.adjusted(1, 1, -2, -2))


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """Return the colour written as #rrggbb."""
    return QColor(name)


class Figures:
    """The fonts of a table's figures, and how much room texts take in them; made anew for every other font."""

    def __init__(self, font: QFont) -> None:
        self._fonts: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}
        self._widths: dict[tuple[str, bool, bool], int] = {}
        for bold in (False, True):
            for small in (False, True):
                made = tabular(font)
                if small:
                    made.setPixelSize(round(_SMALLER * QFontInfo(font).pixelSize()))
                if bold:
                    made.setWeight(QFont.Weight.DemiBold)
                self._fonts[bold, small] = made, QFontMetrics(made)
        self.plain = font

    def font(self, bold: bool = False, small: bool = False) -> QFont:
        """Return one of the fonts."""
        return self._fonts[bold, small][0]

    def width(self, text: str, bold: bool = False, small: bool = False) -> int:
        """Return how wide the text is."""
        known = self._widths.get((text, bold, small))
        if known is None:
            known = self._widths[text, bold, small] = self._fonts[bold, small][1].horizontalAdvance(text)
        return known

    def shape(self, text: str, room: int, bold: bool) -> tuple[bool, bool]:
        """Return whether to write the text bold and whether small, so that all of it is seen if that can be."""
        shapes = ((bold, False), (False, False), (False, True))
        return next((shape for shape in shapes if self.width(text, *shape) <= room), shapes[-1])

    def fitting(self, text: str, room: int, bold: bool, small: bool) -> str:
        """Return as much of the text as fits, with … for the rest."""
        if self.width(text, bold, small) <= room:
            return text
        return self._fonts[bold, small][1].elidedText(text, Qt.TextElideMode.ElideRight, room)


def _tr(text: str) -> str:
    return QCoreApplication.translate("cell_delegate", text)


def _background(look: CellLook, selected: bool, in_block: bool, theme: Theme) -> str:
    if look.doubtful:
        return theme.doubt_chosen if selected and in_block else theme.doubt_soft
    if selected:
        return theme.accent_soft
    if look.state is State.ABSENT:
        return theme.absent
    return theme.lit if look.lit else theme.base


def _words(look: CellLook, theme: Theme, wide: bool) -> tuple[str, str]:
    """Return the text of a cell and its colour."""
    if look.state is State.ABSENT and look.doubtful:
        return _tr("没有找到") if wide else _tr("未找到"), theme.muted
    if look.state is State.ABSENT:
        return _tr("原文无此格") if wide else _tr("无此格"), theme.muted
    if look.state is State.UNREADABLE:
        return f"? {look.raw}", theme.error
    if look.state is State.MARK:
        return look.text, theme.muted
    is_calm_zero = look.text == "0" and not (look.doubtful or look.changed or look.sums or look.lit)
    return look.text, theme.zero if is_calm_zero else theme.text


def _paint_text(painter: QPainter, rect: QRect, look: CellLook, selected: bool, theme: Theme, figures: Figures) -> None:
    if look.state is State.BLANK:
        return
    space = rect.adjusted(2, 0, -3, 0)
    bold, small = look.state is State.NUMBER and (look.changed or look.doubtful), look.state is State.ABSENT
    wide = not small or figures.width(_tr("原文无此格"), bold, small) <= space.width()
    text, ink = _words(look, theme, wide)
    if selected and ink == theme.zero:  # what the clerk looks at stands out
        ink = theme.text
    if look.state is State.UNREADABLE and figures.width(text, bold, small) > space.width():
        text = "?"
    if look.unit or look.sums:
        space = _paint_beside(painter, space, look, bold, theme, figures)
    has_signs = look.changed or look.confirmed or look.printed
    if look.state is State.NUMBER:  # half a number would be another one
        bold, small = figures.shape(text, space.width() - (_SIGNS if has_signs else 0), bold)
    if has_signs:
        space = _clear_of_signs(space, rect, figures.width(text, bold, small))
    painter.setFont(figures.font(bold, small))
    painter.setPen(colour(ink))
    painter.drawText(space, Qt.AlignmentFlag.AlignCenter, figures.fitting(text, space.width(), bold, small))


def _clear_of_signs(space: QRect, rect: QRect, width: int) -> QRect:
    """Return where a text so wide is centred in its cell, or moved away from the signs at the left as far as can be."""
    lack = rect.left() + _SIGNS - (space.center().x() - width // 2)
    return space.adjusted(max(0, min(2 * lack, space.width() - width)), 0, 0, 0)


def _paint_beside(painter: QPainter, space: QRect, look: CellLook, bold: bool, theme: Theme, figures: Figures) -> QRect:
    """Draw the unit, or what the others add up to, right of where the text comes to stand; return the text's place.

    The two are centred together; where there is no room for both, the bare sign stands there, or the text alone.
    """
    offers, ink = ([look.unit], theme.muted) if look.unit else ([f"≠{look.sums}", "≠"], theme.error)
    is_small = not look.unit
    first = figures.width(look.text, bold)
    signs = _SIGNS if look.changed or look.confirmed or look.printed else 0  # they stand at the left
    ways = [*((offer, signs) for offer in offers), (offers[-1], 0)]  # what is told least may stand close to them
    wide = {offer: first + figures.width(offer, small=is_small) + _GAP for offer in offers}
    more = next((offer for offer, lost in ways if wide[offer] <= space.width() - lost), "")
    if not more:
        return space
    second = figures.width(more, small=is_small)
    left = space.left() + (space.width() - first - second - _GAP) // 2
    if signs:
        room = space.right() + 1 - (first + second + _GAP)
        left = max(left, min(space.left() + _SIGNS, room))
    painter.setFont(figures.font(small=is_small))
    painter.setPen(colour(ink))
    beside = QRect(left + first + _GAP, space.top() + is_small, second + 2, space.height())
    painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, more)
    return QRect(left, space.top(), first + 1, space.height())


def _paint_edges(painter: QPainter, rect: QRect, look: CellLook, theme: Theme) -> None:
    """Draw the corner of a doubt and the bar of what does not add up."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if look.doubtful:
        corner = rect.topRight()
        painter.setBrush(colour(theme.doubt))
        painter.drawPolygon(QPolygon([corner, corner + QPoint(-9, 0), corner + QPoint(0, 9)]))
    if look.broken:
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), colour(theme.error))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_signs(painter: QPainter, rect: QRect, look: CellLook, theme: Theme) -> None:
    _paint_edges(painter, rect, look, theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    left = rect.left() + (6 if look.broken else 4)
    if look.changed:
        painter.setBrush(colour(theme.accent))
        painter.drawEllipse(QRect(left, rect.top() + 4, 6, 6))
        left += 9
    if look.printed:
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(left, rect.top() + 2, pixmap("quote", theme.accent, _SMALL, scale))
    elif look.confirmed:
        painter.setPen(QPen(colour(theme.good), 1.8))
        y = rect.top() + 5
        painter.drawPolyline([QPoint(left, y + 3), QPoint(left + 3, y + 6), QPoint(left + 8, y)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
