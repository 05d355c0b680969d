"""What one action of the clerk changes is shown once, when all of it has changed."""

from __future__ import annotations

from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.smoothness import go_first

_FRAME = 16  # ms in which what has changed is painted


class Steps(QObject):
    """A step within another belongs to it: ``with steps:`` puts off ``ended`` until the outermost is done.

    Workers give way to it and to the painting that comes after it. What only goes along with the figures is shown when
    they have been painted.
    """

    ended = Signal()  # something has changed since it was said last
    followed = Signal()  # … and has been painted

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._depth, self._has_news = 0, False
        self._following = QTimer(self, singleShot=True, interval=_FRAME)
        self._following.timeout.connect(self.followed)

    @property
    def is_following(self) -> bool:
        """Whether ``followed`` is due."""
        return self._following.isActive()

    def note(self) -> None:
        """Say that something has changed."""
        self._has_news = True
        self._end()

    def __enter__(self) -> None:
        go_first()
        self._depth += 1

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        self._end()

    def _end(self) -> None:
        if self._has_news and not self._depth:
            self._has_news = False
            self.ended.emit()
            if not self._following.isActive():
                self._following.start()
