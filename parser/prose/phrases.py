"""Phrases are found in a label: their words in order, loose words before, between and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Step = tuple[re.Pattern[str], bool]  # a word, and whether it may be missing


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of words. ``certain``: it can mean nothing else; ``in_context``: only where its subject is spoken of."""

    steps: tuple[Step, ...]
    certain: bool
    in_context: bool


@dataclass(slots=True)
class Label:
    """A text in which phrases are looked for. What was found in it is kept: many phrases share their words."""

    text: str
    loose: re.Pattern[str]
    _present: dict[re.Pattern[str], bool] = field(default_factory=dict)
    _reach: dict[int, frozenset[int]] = field(default_factory=dict)
    _words: dict[tuple[re.Pattern[str], int], int] = field(default_factory=dict)

    def may_hold(self, phrase: Phrase) -> bool:
        """Whether all words of the phrase that may not be missing are there, in whatever order."""
        return all(is_optional or self._has(word) for word, is_optional in phrase.steps)

    def ends(self, phrase: Phrase, start: int = 0) -> frozenset[int]:
        """Return where the phrase may end that begins at ``start``; empty when it is not there."""
        places = self._over_loose({start})
        for word, is_optional in phrase.steps:
            behind = {end for place in places if (end := self._word_end(word, place)) > place}
            places = self._over_loose(behind) | (places if is_optional else frozenset())
            if not places:
                break
        return places

    def is_loose(self) -> bool:
        """Whether there are none but loose words."""
        return len(self.text) in self._over_loose({0})

    def _has(self, word: re.Pattern[str]) -> bool:
        if word not in self._present:
            self._present[word] = word.search(self.text) is not None
        return self._present[word]

    def _word_end(self, word: re.Pattern[str], place: int) -> int:
        key = (word, place)
        if key not in self._words:
            match = word.match(self.text, place)
            self._words[key] = match.end() if match else -1
        return self._words[key]

    def _over_loose(self, places: Iterable[int]) -> frozenset[int]:
        """Return the places and all that loose words lead to from them."""
        return frozenset().union(*(self._reached(place) for place in places))

    def _reached(self, start: int) -> frozenset[int]:
        if start not in self._reach:
            reached, open_ends = {start}, {start}
            while open_ends:
                open_ends = {end for place in open_ends for end in self._loose_ends(place)} - reached
                reached |= open_ends
            self._reach[start] = frozenset(reached)
        return self._reach[start]

    def _loose_ends(self, place: int) -> Iterator[int]:
        """Yield where loose words that begin at the place end: the longest, and shorter ones it begins with."""
        end = len(self.text)
        while (match := self.loose.match(self.text, place, end)) and match.end() > place:
            yield match.end()
            end = match.end() - 1
