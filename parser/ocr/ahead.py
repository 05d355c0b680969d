"""Pages are prepared while those before them are being read, so that no processor waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

import cv2

Page = TypeVar("Page")

_AHEAD = 2  # pages, each in a thread of its own: one would leave a processor idle until the first page is ready
_PATIENCE = 0.2  # seconds between two looks at whether anybody still waits


class PagesAhead(Generic[Page]):
    """Prepares the next pages in threads of its own. A context manager: leaving it waits for what was begun.

    ``make`` takes a page's number and the quarter turns to give it; None is what need not be read. ``check`` is called
    several times a second while a page is waited for, and may raise.
    """

    def __init__(self, make: Callable[[int, int], Page | None], check: Callable[[], None] = lambda: None) -> None:
        self._make, self._check = make, check
        self._pool = ThreadPoolExecutor(_AHEAD, "nianbao-page")
        cv2.setNumThreads(1)  # OpenCV's own threads would only be in the way of these

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def made(self, number: int, turn: int) -> Page | None:
        """Return the page after ``turn`` quarter turns."""
        return self._when_done(self._pool.submit(self._make, number, turn))

    def _when_done(self, page: Future[Page | None]) -> Page | None:
        while not wait([page], _PATIENCE).done:
            self._check()
        return page.result()

    def each(self, numbers: Sequence[int], turn_of: Callable[[int], int]) -> Iterator[tuple[int, Page | None]]:
        """Yield the pages in order; ``turn_of`` says how each is to be turned, as far as is known when it is asked."""
        begun: deque[tuple[int, Future[Page | None]]] = deque()
        for place, number in enumerate(numbers):
            for following in numbers[place + len(begun) : place + _AHEAD + 1]:
                turn = turn_of(following)
                begun.append((turn, self._pool.submit(self._make, following, turn)))
            expected, page = begun.popleft()
            known = turn_of(number)
            yield number, self._when_done(page) if known == expected else self.made(number, known)
