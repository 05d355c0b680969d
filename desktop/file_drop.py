"""Files and folders dropped anywhere on a window become paths."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

_FRAME = 3


class FileDrop(QObject):
    """Watches a window; ``dropped`` carries the list of paths. Fields and views in it never see the files."""

    dropped = Signal(list)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target, self._frame = target, _Frame(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)
        self._watch_handle()

    def _watch_handle(self) -> None:
        """Hear of a drop before any child of the window does, if that is shown."""
        handle = self._target.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and watched is self._target:
            self._watch_handle()
        if kind == QEvent.Type.DragLeave:
            self._frame.hide()
        if isinstance(event, QDropEvent) and kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return self._on_drag(event)
        return super().eventFilter(watched, event)

    def _on_drag(self, event: QDropEvent) -> bool:
        """Take files; anything else goes on to the field it is meant for."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._frame.hide()
            self.dropped.emit(paths)
        elif self._frame.isHidden():
            self._frame.cover()
        return True


class _Frame(QWidget):
    """Shows that what is dragged over the window can be dropped there."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.resize(self._target.size())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlpha(190)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(colour, _FRAME, Qt.PenStyle.DashLine))
            painter.drawRect(self.rect().adjusted(12, 12, -12, -12))
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 1.5)
            painter.setFont(font)
            words = self.tr("松开鼠标，把文件或文件夹加入列表")
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
