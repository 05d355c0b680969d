"""The pages of the file in sight as images of the width they are shown in, drawn in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import sqrt
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.image_cache import ImageCache, PageKey
from desktop.page_book import THUMBNAIL, Drawn, PageBook, Size, Wanted, turned
from desktop.tasks import TaskRunner

T = TypeVar("T")
Asked = tuple[tuple[Wanted, ...], tuple[Wanted, ...]]  # now, and later
_MOST_PIXELS = 12_000_000  # of one image: larger pages are shown enlarged


class PageImages(QObject):
    """Draws one image at a time, always the first that is wanted and missing; lives on the GUI thread."""

    opened = Signal()  # the number of pages and their sizes are known
    failed = Signal(str)  # the file has no pages that can be shown, and why
    locked = Signal(object, object)  # its path, and the password that does not open it (None: there was none)
    resized = Signal()  # a page has another size than was thought
    arrived = Signal(int)  # there is a new image of this page, or the reason why there is none

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self.cache = ImageCache()
        self.sizes: list[Size] = []
        self.failure: str | None = None
        self.path: Path | None = None
        self._book: PageBook | None = None
        self._known: dict[Path, list[Size]] = {}
        self._contents: dict[Path, str] = {}
        self._damaged: dict[int, str] = {}
        self._asked: dict[str, Asked] = {}
        self._wanted: list[Wanted] = []
        self._is_busy = False

    def may_show(self, entry: Entry | None) -> bool:
        """Whether the file in sight is made of pages that can be shown, as far as is known."""
        return entry is not None and entry.is_paged and not entry.lock.is_shut and self.failure is None

    def is_showing(self, path: Path | None, content: str) -> bool:
        """Whether the pages in sight are those of the file with that content (``''``: not known)."""
        before = self._contents.get(path, "") if path is not None else ""
        return path == self.path and (content == before or not content or not before)

    def show(self, path: Path | None, content: str = "", password: str | None = None) -> None:
        """Turn to another file, None for none; pages of a file with other content than before are drawn anew."""
        if not self.is_showing(path, content):
            self.close()
            self.path, self.failure = path, None
            self._asked, self._wanted, self._damaged = {}, [], {}
            if path is not None:
                self._open(path, content, password)
        elif path is not None and content:
            self._contents[path] = content

    def _open(self, path: Path, content: str, password: str | None) -> None:
        before = self._contents.get(path, "")
        self._contents[path] = content or before
        if before and content and before != content:
            self._known.pop(path, None)
            self.cache.forget(path)
        self.sizes = self._known.get(path, [])
        self._book = PageBook(path, self._backend, password)
        self._go_on()
        if self.sizes:
            self.opened.emit()

    def close(self) -> None:
        """Let go of the file; images of it stay in memory for its return."""
        if self._book is not None:
            self._tasks.tidy_up(self._book.close)
        self.path = self._book = None
        self.sizes = []

    def want(self, purpose: str, now: Sequence[Wanted], later: Sequence[Wanted] = ()) -> None:
        """Say what is to be drawn for a purpose, in place of what was wanted for it before.

        What anybody wants ``now`` comes before what anybody wants ``later``.
        """
        self._asked[purpose] = (tuple(now), tuple(later))
        self._wanted = []
        room = self.cache.most_bytes * 3 // 4  # so that what is wanted never pushes out itself
        for item in (item for turn in (0, 1) for asked in self._asked.values() for item in asked[turn]):
            if not 1 <= item.page <= len(self.sizes):
                continue
            width, height = self.pixels(item)
            room -= width * height * 4
            if room < 0:
                break
            self._wanted.append(item._replace(width=width))
        self._go_on()

    def image(self, wanted: Wanted) -> QImage | None:
        """Return the page in just that width if it is there, else the best there is of it."""
        if self.path is None or wanted.page > len(self.sizes):
            return None
        return self.cache.best(self._key(wanted), self.pixels(wanted)[0])

    def is_sharp(self, wanted: Wanted) -> bool:
        """Whether the page is there in the width it is shown in."""
        return self.path is not None and self.cache.get(self._key(wanted), self.pixels(wanted)[0]) is not None

    def damage(self, page: int) -> str:
        """Return why a page cannot be drawn, ``''`` when nothing is known against it."""
        return self._damaged.get(page, "")

    def pixels(self, wanted: Wanted) -> tuple[int, int]:
        """Return width and height of the image for what is wanted, which may be smaller: memory is bounded."""
        across, down = turned(self.sizes[wanted.page - 1], wanted.quarters)
        width = max(1, min(wanted.width, int(sqrt(_MOST_PIXELS * across / down))))
        return width, max(1, round(width * down / across))

    def _key(self, wanted: Wanted) -> PageKey:
        assert self.path is not None
        return PageKey(self.path, wanted.page, wanted.quarters % 4)

    def _go_on(self) -> None:
        book = self._book
        if self._is_busy or book is None or self.failure is not None:
            return
        if not self.sizes:
            self._submit(book, book.open, self._on_opened, self._on_failed)
            return
        for item in self._wanted:
            if item.page not in self._damaged and self.cache.get(self._key(item), item.width) is None:
                failed = partial(self._on_damaged, item.page)
                self._submit(book, partial(book.draw, item), partial(self._on_drawn, item), failed)
                return

    def _submit(
        self, book: PageBook, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        """Run ``work`` and then call back, unless another file has come into sight meanwhile."""
        self._is_busy = True

        def go_on_after(answer: Callable[[], None]) -> None:
            self._is_busy = False
            if book is self._book:
                answer()
            self._go_on()

        self._tasks.submit(
            work,
            lambda result: go_on_after(lambda: done(result)),
            lambda why: go_on_after(lambda: failed(why)),
        )

    def _on_opened(self, sizes: list[Size]) -> None:
        assert self.path is not None
        self.sizes = self._known[self.path] = sizes
        self.opened.emit()

    def _on_failed(self, why: str) -> None:
        self.failure, book = why, self._book
        if book is not None and book.is_locked:
            self.locked.emit(self.path, book.password)
        else:
            self.failed.emit(why)

    def _on_damaged(self, page: int, why: str) -> None:
        self._damaged[page] = why
        self.arrived.emit(page)

    def _on_drawn(self, item: Wanted, drawn: Drawn | None) -> None:
        if drawn is None:
            return
        image, small, size = drawn
        self.cache.put(self._key(item), item.width, image)
        if small is not None:
            self.cache.put(self._key(item), THUMBNAIL, small)
        before = self.sizes[item.page - 1]
        if abs(before[0] * size[1] - before[1] * size[0]) > 0.005 * before[0] * size[1]:
            self.sizes[item.page - 1] = size
            self.resized.emit()
        self.arrived.emit(item.page)
