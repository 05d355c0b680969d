"""The labels round a table's values, drawn with their merges; they stay in place while the values scroll."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.models.form_layout import FormLayout, balanced, stacked
from desktop.palette import Theme, theme_of
from desktop.views.cell_painter import colour, paint_borders
from desktop.views.cell_picture import CellPicture
from parser.model.template import GridCell

LINE = 28
PAD, TIGHT = 6, 4  # beside a label, and beside one in the middle of its column
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """Return the height ``text`` takes when wrapped to ``width``, with a little air."""
    return metrics.boundingRect(QRect(0, 0, width - 2 * PAD, 10_000), _CENTRE, text).height() + 8


def paint_label(painter: QPainter, rect: QRect, text: str, theme: Theme, centred: bool, current: bool = False) -> None:
    """Draw one label cell with its right and bottom border."""
    painter.fillRect(rect, QColor(theme.accent_soft if current else theme.header))
    paint_borders(painter, rect, theme)
    painter.setPen(QColor(theme.accent if current else theme.text))
    if centred:
        lines = _in_lines(painter.fontMetrics(), text, rect.width() - 2 * TIGHT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, lines)
    else:
        painter.drawText(rect.adjusted(PAD, 0, -PAD, 0), _LEFT, text)


def _in_lines(metrics: QFontMetrics, text: str, width: int) -> str:
    return balanced(text, (width + 2) // metrics.horizontalAdvance("国"))


class TopHeader(QHeaderView):
    """The header rows above the values."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._layout: FormLayout | None = None
        self._heights: list[int] = []
        self._marked = -1  # the current column
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)
        self.setHighlightSections(False)

    def set_layout(self, layout: FormLayout) -> None:
        """Draw the labels of another table; column widths must be set already."""
        self._layout = layout
        self._heights = [26] * layout.top
        for cell in layout.header:
            last = cell.row + cell.row_span - 1
            text = _in_lines(self.fontMetrics(), cell.label.text if cell.label else "", self._width(cell) - 2 * TIGHT)
            need = self.fontMetrics().lineSpacing() * (text.count("\n") + 1) + 8
            have = sum(self._heights[cell.row : last + 1])
            self._heights[last] += max(0, need - have)
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), sum(self._heights))

    def columns_at(self, point: QPoint) -> range:
        """Return the column that the label at a point of the viewport names; none for one over several."""
        for cell in self._layout.header if self._layout else ():
            if cell.column_span == 1 and self._rect(cell).contains(point):
                first = cell.column - self._layout.left  # type: ignore[union-attr]
                return range(first, first + 1)
        return range(0)

    def mark(self, column: int) -> None:
        """Let the label of the current column stand out."""
        before, self._marked = self._marked, column
        for cell in self._layout.header if self._layout and before != column else ():
            if self._is_over(cell, before) or self._is_over(cell, column):
                self.viewport().update(self._rect(cell))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._layout is None:
            return
        theme = theme_of(self.palette())
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
            for cell in self._layout.header:
                rect = self._rect(cell)
                if event.region().intersects(rect):
                    text = cell.label.text if cell.label else ""
                    paint_label(painter, rect, text, theme, True, self._is_over(cell, self._marked))

    def _rect(self, cell: GridCell) -> QRect:
        assert self._layout is not None
        tops = list(accumulate(self._heights, initial=0))
        bottom = tops[cell.row + cell.row_span]
        x = self.sectionViewportPosition(cell.column - self._layout.left)
        return QRect(x, tops[cell.row], self._width(cell), bottom - tops[cell.row])

    def _is_over(self, cell: GridCell, column: int) -> bool:
        """Whether the label stands right over the column."""
        assert self._layout is not None
        first = cell.column - self._layout.left
        return cell.row + cell.row_span == self._layout.top and first <= column < first + cell.column_span

    def _width(self, cell: GridCell) -> int:
        assert self._layout is not None
        first = cell.column - self._layout.left
        return sum(self.sectionSize(c) for c in range(first, first + cell.column_span))


class SideHeader(QHeaderView):
    """The label columns left of the values; tall group labels stay in sight while scrolling."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._layout: FormLayout | None = None
        self._widths: list[int] = []
        self._marked, self._picture = -1, CellPicture()  # the current row, and the labels as they were drawn last
        self._rects: list[QRect] = []  # where the labels stand, see _rect
        self._stand_for: tuple[object, ...] = ()  # … in what layout, with which sizes
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)
        self.setHighlightSections(False)

    def set_layout(self, layout: FormLayout, widths: list[int]) -> None:
        """Draw the labels of another table in label columns of these widths."""
        self._layout, self._widths = layout, widths
        self.setFixedWidth(sum(widths))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._layout is None:
            return
        theme, at, layout = theme_of(self.palette()), QPoint(0, -self.offset()), self._layout
        heights = [self.sectionSize(row) for row in range(layout.rows)]
        sight, bounds = (rect.translated(-at) for rect in (self.viewport().rect(), event.region().boundingRect()))
        if self._stand_for != (layout, heights, self._widths):
            self._stand_for, self._rects = (layout, heights, self._widths), [self._rect(cell) for cell in layout.side]
        wanted = [
            (number, rect, self._how(layout.side[number], rect, sight))
            for number, rect in enumerate(self._rects)
            if rect.intersects(bounds)
        ]

        def draw(onto: QPainter, number: int, rect: QRect, how: bool | QRect) -> None:
            onto.setFont(self.font())
            self._paint(onto, rect, layout.side[number], theme, how)

        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), colour(theme.base))
            size, ground = QSize(sum(self._widths), sum(heights)), (layout, heights, self._widths, theme, self.font())
            self._picture.lay_out(size, self.devicePixelRatio(), colour(theme.base), ground)
            self._picture.renew(wanted, draw)
            self._picture.copy(painter, at)

    def rows_at(self, point: QPoint) -> range:
        """Return the row that the label at a point of the viewport names; none for one beside several."""
        for cell in self._layout.side if self._layout else ():
            if cell.row_span == 1 and self._rect(cell).translated(0, -self.offset()).contains(point):
                first = cell.row - self._layout.top  # type: ignore[union-attr]
                return range(first, first + 1)
        return range(0)

    def mark(self, row: int) -> None:
        """Let the label of the current row stand out."""
        before, self._marked = self._marked, row
        for cell in self._layout.side if self._layout and before != row else ():
            if not cell.is_group and (self._is_beside(cell, before) or self._is_beside(cell, row)):
                self.viewport().update(self._rect(cell).translated(0, -self.offset()))

    def _is_beside(self, cell: GridCell, row: int) -> bool:
        assert self._layout is not None
        first = cell.row - self._layout.top
        return first <= row < first + cell.row_span

    def _how(self, cell: GridCell, rect: QRect, sight: QRect) -> bool | QRect:
        """Return whether a label is that of the current row, for that of a group where its text is to stand."""
        if not cell.is_group:
            return self._is_beside(cell, self._marked)
        seen = rect.intersected(sight)
        needed = self.fontMetrics().boundingRect(rect, _MIDDLE, self._stacked(cell, rect)).height()
        if seen.height() >= needed:
            return seen
        top = rect.y() if seen.bottom() < rect.bottom() else rect.bottom() - needed
        return QRect(rect.x(), top, rect.width(), needed)  # nearly out of sight: it keeps to the end that is left

    def _stacked(self, cell: GridCell, rect: QRect) -> str:
        breadth = max(1, (rect.width() - 4) // self.fontMetrics().horizontalAdvance("国"))
        return stacked(cell.label.text if cell.label else "", 1 if breadth < 3 else 2)

    def _paint(self, painter: QPainter, rect: QRect, cell: GridCell, theme: Theme, how: bool | QRect) -> None:
        if isinstance(how, bool):
            paint_label(painter, rect, cell.label.text if cell.label else "", theme, False, how)
            return
        paint_label(painter, rect, "", theme, True)
        painter.setPen(QColor(theme.text))
        painter.setClipRect(rect.adjusted(0, 0, -1, -1))
        painter.drawText(how, _MIDDLE, self._stacked(cell, rect))
        painter.setClipping(False)

    def _rect(self, cell: GridCell) -> QRect:
        """Return where a label stands while nothing is scrolled."""
        assert self._layout is not None
        first = cell.row - self._layout.top
        height = sum(self.sectionSize(r) for r in range(first, first + cell.row_span))
        lefts = list(accumulate(self._widths, initial=0))
        x = lefts[cell.column]
        return QRect(x, self.sectionPosition(first), lefts[cell.column + cell.column_span] - x, height)


class Corner(QWidget):
    """The label where the two headers meet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            paint_label(painter, self.rect(), "", theme, True)
            painter.setPen(QColor(theme.muted))
            space = self.rect().adjusted(PAD, 0, -PAD, 0)
            painter.drawText(
                space, Qt.AlignmentFlag.AlignCenter, _in_lines(self.fontMetrics(), self.text, space.width())
            )
