"""Pages prepared while others are read come in order, as they are to be turned, and not too many at a time."""

from __future__ import annotations

from threading import Event, Lock

import pytest

from parser.errors import Cancelled
from parser.ocr.ahead import PagesAhead


class Workshop:
    """Makes pages that say what they were made from, and counts how many were begun."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.lock = Lock()

    def make(self, number: int, turn: int) -> str | None:
        with self.lock:
            self.begun.append(number)
        return f"{number}/{turn}" if number != 4 else None


def test_pages_come_in_order_and_what_need_not_be_read_as_none() -> None:
    with PagesAhead(Workshop().make) as ahead:
        assert list(ahead.each([2, 3, 4, 7], lambda _: 1)) == [(2, "2/1"), (3, "3/1"), (4, None), (7, "7/1")]


def test_a_page_is_made_anew_when_it_is_to_be_turned_otherwise_than_expected() -> None:
    turns = [0]
    found = []
    with PagesAhead(Workshop().make) as ahead:
        for _, page in ahead.each([1, 2, 3], lambda _: turns[-1]):
            found.append(page)
            turns.append(2)
    assert found == ["1/0", "2/2", "3/2"]


def test_no_more_than_two_are_made_ahead() -> None:
    workshop = Workshop()
    with PagesAhead(workshop.make) as ahead:
        for number, _ in ahead.each(range(1, 30), lambda _: 0):
            with workshop.lock:
                assert max(workshop.begun) <= number + 2
            if number == 5:
                break
    assert max(workshop.begun) <= 7


def test_what_goes_wrong_is_told_where_the_page_is_due() -> None:
    def make(number: int, turn: int) -> str:
        if number == 2:
            raise ValueError("damaged")
        return str(number)

    with PagesAhead(make) as ahead:
        pages = ahead.each([1, 2, 3], lambda _: 0)
        assert next(pages) == (1, "1")
        with pytest.raises(ValueError, match="damaged"):
            next(pages)


def test_waiting_for_a_page_ends_when_nobody_waits_any_more() -> None:
    begun, over = Event(), Event()

    def make(number: int, turn: int) -> str:
        begun.set()
        over.wait(30)
        return str(number)

    def check() -> None:
        if begun.is_set():
            over.set()
            raise Cancelled("stopped")

    with PagesAhead(make, check) as ahead, pytest.raises(Cancelled):
        next(ahead.each([1], lambda _: 0))
