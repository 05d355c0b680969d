"""The piece of the source enlarged right above the cell in question, in the table itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.entries import Entry
from desktop.models.wording import in_an_empty_place
from desktop.page_images import PageImages
from desktop.palette import theme_of
from desktop.session import Session
from desktop.views.form_table import FormTable
from desktop.views.page_crop import PageCrop
from desktop.views.source_strip import SourceStrip
from desktop.views.source_text import excerpt
from parser.model.place import PageBox, TextSpan
from parser.model.report import Cell

_WIDEST = 420
_CROP = 72  # the cell as high as its editor, and most of a row above and below it
_APART = 2  # px between the lens and the row of its cell
_EDGE = 2  # px round what is in it: its line is wider than one where the screen is scaled


class Lens(QWidget):
    """Stands right above the row of a cell that is in doubt or being edited; below it without room above.

    The table is scrolled so that it has the room. It never hides the header: that tells what the figure is.
    """

    def __init__(self, table: FormTable, session: Session, images: PageImages) -> None:
        super().__init__(table)
        self._table, self._session, self._images = table, session, images
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("原文中的这一格"))
        self._strip, self.crop = SourceStrip(self, is_framed=True), PageCrop(session, images, self, "lens", _CROP)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self._strip)
        column.addWidget(self.crop)
        self.hide()
        session.step.followed.connect(self.renew)
        session.current_changed.connect(self.hide)
        table.editing_changed.connect(session.step.note)
        table.block_changed.connect(session.step.note)
        table.fitted.connect(self.renew)
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self._stand)
        table.viewport().installEventFilter(self)

    def renew(self) -> None:
        """Show what stands in the source, or nothing where no help is needed."""
        entry, key, cell = self._session.entry, self._session.key, self._session.cell
        is_needed = entry is not None and cell is not None and (key in entry.open or self._table.is_editing)
        is_here = key is not None and key.table == self._table.name and not self._table.blocks.has_block
        if (
            entry is None
            or cell is None
            or not (is_needed and is_here and self._show_source(entry, cell, key in entry.open))
        ):
            self.hide()
            return
        self._make_room()
        if self.isHidden():  # to raise what is on top already paints all it covers anew
            self.show()
            self.raise_()
        self._stand()

    def _show_source(self, entry: Entry, cell: Cell, is_doubtful: bool) -> bool:
        """Fill the lens; False when the cell stands nowhere that can be shown."""
        place, has_pages = cell.place, self._images.may_show(entry)
        self.crop.setVisible(has_pages)
        self._strip.setVisible(not has_pages)
        if has_pages and isinstance(place, PageBox):
            self.crop.show_place(place, is_doubtful)
        elif not has_pages and isinstance(place, TextSpan) and entry.report is not None:
            self._strip.show_parts(excerpt(entry.report.text, place), in_an_empty_place(is_doubtful), is_doubtful)
        else:
            return False
        return True

    def _row(self) -> QRect:
        """Return the row of the cell in the coordinates of the table."""
        cell = self._table.visualRect(self._table.currentIndex())
        return cell.translated(self._table.viewport().geometry().topLeft())

    def _height(self) -> int:
        return (self.crop.height() if self.crop.isVisibleTo(self) else self._strip.height()) + 2 * _EDGE

    def _make_room(self) -> None:
        """Scroll rows in above the cell, whole ones if there is room, as many as leave its own row in sight."""
        self.crop.setFixedHeight(_CROP)
        table, row, bar = self._table, self._row(), self._table.verticalScrollBar()
        viewport = table.viewport().geometry()
        lack, room = viewport.top() + self._height() + _APART - row.top(), viewport.bottom() - row.bottom()
        if lack > 0 and viewport.contains(row.center()):
            bar.setValue(bar.value() - max(0, min(lack, room)))
            hidden = -table.rowViewportPosition(table.rowAt(0))
            if 0 < hidden <= room - lack:
                bar.setValue(bar.value() - hidden)

    def _stand(self) -> None:
        """Stand where neither the cell nor the others of its row are covered, or nowhere when it is scrolled away.

        Where there is room for all of it neither above nor below, a page is shown in a narrower band.
        """
        row, viewport = self._row(), self._table.viewport().geometry()
        room = max(row.top() - viewport.top(), viewport.bottom() - row.bottom()) - _APART
        self.crop.setFixedHeight(min(_CROP, max(PageCrop.HEIGHT, room - 2 * _EDGE)))
        width, height = min(_WIDEST, viewport.width()), self._height()
        left = min(max(row.center().x() - width // 2, viewport.left()), viewport.right() + 1 - width)
        self.crop.stand_at(row.center().x() - left - _EDGE)
        top, bottom = row.top() - _APART - height, row.top() - _APART
        if top < viewport.top():
            top, bottom = row.bottom() + 1 + _APART, row.bottom() + 1 + _APART + height
            bottom = min(self._beside_figures(bottom, outward=1), max(bottom, viewport.bottom() + 1))
        else:
            top = max(viewport.top(), self._beside_figures(top, outward=-1))
        self.crop.setFixedHeight(bottom - top - 2 * _EDGE)
        is_away = row.bottom() < viewport.top() or row.top() > viewport.bottom()
        self.setGeometry(QRect(left, top - bottom if is_away else top, width, bottom - top))

    def _beside_figures(self, edge: int, outward: int) -> int:
        """Return where an edge at a height runs through no figure of the row there: a little further out, or in.

        A strip of text cannot be lower than it is.
        """
        table, above = self._table, self._table.viewport().y()
        row, half = table.rowAt(edge - above), table.fontMetrics().height() // 2 + _EDGE
        off = edge - above - table.rowViewportPosition(row) - table.rowHeight(row) // 2
        if row < 0 or abs(off) >= half:
            return edge
        if off * outward >= 0 or not self.crop.isVisibleTo(self):
            return edge - off + half * outward
        return edge - off - half * outward

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.renew()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self.palette())
            painter.fillRect(self.rect(), QColor(theme.accent))  # half of a line drawn at the edge would be cut off
            painter.fillRect(self.rect().adjusted(1, 1, -1, -1), QColor(theme.base))
