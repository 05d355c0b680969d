"""What one action of the clerk changes is shown once, when all of it has changed."""

from __future__ import annotations

from types import TracebackType

from PySide6.QtCore import QObject, Signal

from desktop.smoothness import go_first


class Steps(QObject):
    """A step within another belongs to it: ``with steps:`` puts off ``ended`` until the outermost is done.

    Workers give way to it and to the painting that follows.
    """

    ended = Signal()  # something has changed since it was said last

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._depth, self._has_news = 0, False

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
