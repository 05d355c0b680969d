"""Where in the source something stands."""

from __future__ import annotations

from typing import NamedTuple


class TextSpan(NamedTuple):
    """A half-open range of code points in ``Document.text``."""

    start: int
    end: int


class PageBox(NamedTuple):
    """A rectangle on a page (from 1), in fractions of the page, origin top left."""

    page: int
    box: tuple[float, float, float, float]


Place = TextSpan | PageBox
