"""What readers and the window ask of the pages of a file, whatever it is."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # height × width × 3, RGB
LARGEST_SIDE = 6_000  # pixels of a page rendered; a PDF page may be as large as a house


class Pages(Protocol):
    """The pages of a file, from 1. Use as a context manager; may be used from any thread, one at a time."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of the page as shown: in inches for PDF, in pixels / 96 for pictures."""

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the page upright as the file has it, at ``dpi`` (None: a picture's own pixels, PDF at 200).

        A picture of unknown resolution counts as 96 dpi. Raises UnreadableFile for a damaged page.
        """

    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing:
    """What both kinds of pages share: they are let go of at the end of a with block."""

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
