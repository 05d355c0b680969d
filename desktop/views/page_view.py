"""All pages of the source in one continuous scroll, zoomed and turned as the clerk likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from desktop.page_book import Wanted
from desktop.page_images import PageImages
from desktop.upright import Turns
from desktop.views.page_item import Mark, PageItem
from desktop.views.page_layout import PageLayout, lay_out, on_page, turned_point
from desktop.views.page_places import Spot
from parser.model.place import PageBox

_STEP = 1.25
_ZOOMS = (0.25, 8.0)
_QUICK = 600  # pixels across of the first image of a page that takes long
_LONG = 2_000_000  # pixels of a page from which that is worth it: a small image costs 30 ms, this one 50


class PageView(QGraphicsView):
    """Says what is clicked and what is in sight; the pane says what is marked."""

    clicked = Signal(object)  # a Spot
    page_changed = Signal(int)
    scrolled = Signal()  # other pages, or other sizes of pages, are in sight

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._items: list[PageItem] = []
        self._layout = PageLayout()
        self._zoom, self.turns, self.page = 1.0, Turns(), 0
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self._place: PageBox | None = None  # the last one revealed
        self._pressed: QPoint | None = None
        self._is_dragging = False
        self.is_place: Callable[[Spot], bool] = lambda _spot: False
        self._set_up()

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("原文页面"))
        self.setScene(QGraphicsScene(self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the width would depend on the zoom
        self.setAcceptDrops(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._images.resized.connect(self._lay_out)
        self._images.arrived.connect(self._on_arrived)

    # ── what is shown ────────────────────────────────────────────────────────────────
    def show_pages(self, turns: Turns) -> None:
        """Show the pages of the images from the first on, turned so."""
        self.scene().clear()
        self._items = [PageItem(number, self._images) for number in range(1, len(self._images.sizes) + 1)]
        for item in self._items:
            self.scene().addItem(item)
        self.turns, self.page = turns, 0
        self._lay_out(keep=False)
        self.verticalScrollBar().setValue(0)
        if self._place is not None:
            self.reveal(self._place)
        self.set_marks(self._marks)
        self._on_scrolled()

    def forget(self) -> None:
        """Show nothing."""
        self.scene().clear()
        self._items, self._marks, self._place, self.page = [], {}, None, 0
        self._layout = PageLayout()
        self.setSceneRect(0, 0, 1, 1)

    def set_marks(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Mark cells, by page."""
        self._marks = marks
        for number, item in enumerate(self._items, 1):
            fresh = sorted(marks.get(number, ()), key=lambda mark: mark.sign)
            if fresh != item.marks:
                item.marks = fresh
                item.update()

    def reveal(self, place: PageBox) -> None:
        """Scroll so that the box is well inside the view, with what stands around it."""
        self._place = place
        if not 1 <= place.page <= len(self._items):
            return
        box = on_page(self._layout.pages[place.page - 1], place.box, self.turns.of(place.page))
        for bar, middle, room, first, last in (
            (self.verticalScrollBar(), box.center().y(), self.viewport().height(), box.top(), box.bottom()),
            (self.horizontalScrollBar(), box.center().x(), self.viewport().width(), box.left(), box.right()),
        ):
            if not room / 6 <= first - bar.value() or not last - bar.value() <= room * 5 / 6:
                bar.setValue(round(middle - room / 2))

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page."""
        if 1 <= page <= len(self._items):
            self.verticalScrollBar().setValue(int(self._layout.pages[page - 1].top()) - 4)

    def wanted(self) -> tuple[list[Wanted], list[Wanted]]:
        """Return the images of what is in sight, and those of the pages around it."""
        if not self._items or not self.isVisible():
            return [], []
        top = self.verticalScrollBar().value()
        seen = self._layout.between(top, top + self.viewport().height())
        sharp = [self._wanted(page) for page in seen]
        quick = [
            item._replace(width=_QUICK)
            for item in sharp
            if self._images.image(item) is None and _area(self._images.pixels(item)) > _LONG
        ]
        return quick + sharp, [self._wanted(seen[-1] + 1), self._wanted(seen[0] - 1)]

    def _wanted(self, page: int) -> Wanted:
        return Wanted(page, self.turns.of(page), self._layout.width_pixels)

    # ── zoom and rotation ────────────────────────────────────────────────────────────
    def zoom_by(self, steps: float) -> None:
        """Enlarge (or with negative steps reduce) around the current cell if it is in sight, else the middle."""
        self._zoom_to(self._zoom * _STEP**steps, self._anchor())

    def fit_width(self) -> None:
        """Let a page fill the width."""
        self._zoom_to(1.0, self._anchor())

    @property
    def zoom(self) -> float:
        """How large pages are; 1 fills the width."""
        return self._zoom

    def turn(self, turns: Turns) -> None:
        """Show the pages turned so; what is in sight stays there."""
        spot = self._spot(self._anchor())
        self.turns = turns
        self._lay_out(keep=False)
        if spot is not None:
            self._scroll_to(spot, self.viewport().rect().center())
        self._on_scrolled()

    def _zoom_to(self, zoom: float, anchor: QPoint) -> None:
        spot = self._spot(anchor)
        self._zoom = min(max(zoom, _ZOOMS[0]), _ZOOMS[1])
        if abs(self._zoom - 1) < 0.05:
            self._zoom = 1.0
        self._lay_out(keep=False)
        if spot is not None:
            self._scroll_to(spot, anchor)
        self._on_scrolled()

    def _lay_out(self, keep: bool = True) -> None:
        """Place the pages anew; what is in sight stays in sight if ``keep``."""
        anchor = self._anchor()
        spot = self._spot(anchor) if keep else None
        ratio, sizes = self.devicePixelRatioF(), self._images.sizes
        self._layout = lay_out(sizes, self.turns, self.viewport().width(), self._zoom, ratio)
        self.setSceneRect(0, 0, self._layout.width, self._layout.height)
        for page, (item, rect) in enumerate(zip(self._items, self._layout.pages, strict=False), 1):
            item.place(rect, self.turns.of(page), self._layout.width_pixels)
        if spot is not None:
            self._scroll_to(spot, anchor)
        if keep:
            self._on_scrolled()

    def _anchor(self) -> QPoint:
        """Return the point of the view that must not move: the cell revealed last if in sight, else the middle."""
        middle = self.viewport().rect().center()
        if self._place is None or not 1 <= self._place.page <= len(self._layout.pages):
            return middle
        box = on_page(self._layout.pages[self._place.page - 1], self._place.box, self.turns.of(self._place.page))
        point = self.mapFromScene(box.center())
        return point if self.viewport().rect().contains(point) else middle

    def _spot(self, point: QPoint) -> Spot | None:
        """Return what stands at a point of the view; beside a page, the point of the page beside it."""
        scene = self.mapToScene(point)
        page = self._layout.page_at(scene.y())
        if not page:
            return None
        rect = self._layout.pages[page - 1]
        x, y = (scene.x() - rect.left()) / rect.width(), (scene.y() - rect.top()) / rect.height()
        return Spot(page, *turned_point(x, y, -self.turns.of(page)))

    def _scroll_to(self, spot: Spot, point: QPoint) -> None:
        x, y = turned_point(spot.x, spot.y, self.turns.of(spot.page))
        rect = self._layout.pages[spot.page - 1]
        scene = QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height())
        self.horizontalScrollBar().setValue(round(scene.x() - point.x()))
        self.verticalScrollBar().setValue(round(scene.y() - point.y()))

    # ── events ───────────────────────────────────────────────────────────────────────
    def _on_scrolled(self) -> None:
        top = self.verticalScrollBar().value()
        page = self._layout.most_seen(top, top + self.viewport().height())
        if page != self.page:
            self.page = page
            self.setAccessibleDescription(self.tr("第 {0} 页，共 {1} 页").format(page, len(self._items)))
            self.page_changed.emit(page)
        self.scrolled.emit()

    def _on_arrived(self, page: int) -> None:
        if 1 <= page <= len(self._items):
            self._items[page - 1].update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_scrolled()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lay_out()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self._zoom * _STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_wide = event.key(), self.horizontalScrollBar().maximum() > 0
        if key == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not is_wide:
            self.go_to_page(self.page + (1 if key == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragging = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._pressed is None:
            spot = self._spot(here)
            is_place = spot is not None and self.is_place(spot)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_place else Qt.CursorShape.ArrowCursor)
            return
        way = here - self._pressed
        if self._is_dragging or way.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging, self._pressed = True, here
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - way.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            spot = self._spot(event.position().toPoint())
            if self._pressed is not None and not self._is_dragging and spot is not None:
                self.clicked.emit(spot)
            self._pressed, self._is_dragging = None, False
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        super().mouseReleaseEvent(event)


def _area(pixels: tuple[int, int]) -> int:
    return pixels[0] * pixels[1]
