"""The open cells of a report become a round: the order in which a clerk is led through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from parser.model.report import CellKey


class Round:
    """Worst first, then as they stand in the form; what is postponed comes at the end.

    A cell keeps its place in the round when it is closed, so that there is always one after it.
    """

    def __init__(self) -> None:
        self._open: list[CellKey] = []  # worst first
        self._order: list[CellKey] = []
        self._postponed: list[CellKey] = []
        self._last: CellKey | None = None  # the cell of the round the clerk was led to last

    def renew(self, worst_first: Sequence[CellKey]) -> None:
        """Hold the cells that are open now; new ones come in their turn among those still ahead.

        Where nothing of the round is decided yet, as after it was undone, they come in their turn among all.
        """
        self._open = list(worst_first)
        if set(self._order) <= set(self._open):
            self._order = [*(key for key in self._open if key not in self._postponed), *self._postponed]
            return
        rank = {key: place for place, key in enumerate(self._open)}
        known, waiting = set(self._order), set(self._postponed)
        here = self._place(self._last) + 1
        for key in (key for key in self._open if key not in known):
            later = (place for place in range(here, len(self._order)) if self._comes_after(place, rank, key, waiting))
            self._order.insert(next(later, len(self._order)), key)

    def _comes_after(self, place: int, rank: Mapping[CellKey, int], key: CellKey, waiting: set[CellKey]) -> bool:
        other = self._order[place]
        return other in waiting or rank.get(other, -1) > rank[key]

    @property
    def first(self) -> CellKey | None:
        """The worst open cell, None when none is open."""
        return self._open[0] if self._open else None

    @property
    def postponed(self) -> int:
        """How many open cells were postponed in this round."""
        return sum(key in self._open for key in self._postponed)

    def is_postponed(self, key: CellKey) -> bool:
        """Whether the cell was postponed in this round."""
        return key in self._postponed

    def go(
        self, key: CellKey | None, step: int, is_sure: Callable[[CellKey], bool] = lambda _: True
    ) -> tuple[CellKey | None, bool]:
        """Return the next (1) or previous (-1) open cell from ``key``, and whether another round begins with it.

        From a cell that is not in the round the way goes on from where the clerk was led to last. None, and the way is
        not gone, where none is open, or it is not ``is_sure`` that the next one still is.
        """
        if not self._open:
            return None, False
        here = self._place(key if key in self._order else self._last)
        ahead = [other for other in self._order[here + 1 :] if other in self._open]
        passed = [other for other in self._order[: max(here, 0)] if other in self._open]
        if step > 0 and set(ahead) <= set(self._postponed) and ahead:  # what was passed over comes before them
            ahead = [other for other in passed if other not in self._postponed] + ahead
        found = next(iter(ahead if step > 0 else reversed(passed)), None)
        if not is_sure(found or self._open[0 if step > 0 else -1]):
            return None, False
        if found is None and step > 0:
            self._order, self._postponed = list(self._open), []
        self._last = found or self._open[0 if step > 0 else -1]
        return self._last, found is None and here >= 0

    def postpone(self, key: CellKey) -> None:
        """Put an open cell at the end of the round."""
        if key in self._order:
            before = self._order[: self._place(key)]
            self._last = before[-1] if before else None
            self._order.remove(key)
        self._order.append(key)
        self._postponed = [*(other for other in self._postponed if other != key), key]

    def _place(self, key: CellKey | None) -> int:
        return self._order.index(key) if key is not None and key in self._order else -1
