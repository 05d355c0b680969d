"""The columns of a table without lines: where its figures stand below each other, and what stands over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from parser.layout.cell_grid import Box

_ROWS = 2  # lines of figures at least in which those below each other make a column
_TWICE = 2  # figures below each other make a column that wider words may cross
_HEAD = 9  # times a figure's height is the highest header
_HEAD_GAP = 1.6  # … and so much the most between two of its lines
_CELL_GAP = 0.8  # of a figure's height between two lines of one header at most
_LINE = 1.1  # of a word's height from the middle of one line of a header to that of the next
_AT_EDGE = 0.3  # of a column's width from where two columns part
_CHARACTER = 0.6  # times as wide as high is a character with what the detector leaves round it
_FIGURES = re.compile(r"[-+\d.,/—–_\s]+|[Oo〇一无]")  # figures and marks, several of them where words were not parted
_PAGE_NUMBER = re.compile(r"[-—–_]\s*\d+\s*[-—–_]")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}[、，,.．]")
_NUMBER = re.compile(rf"{_HEADING.pattern}|\d{{1,2}}[.．、]|[（(][一二三四五六七八九十]{{1,2}}[)）]")


class Word(NamedTuple):
    """A word on a page: its box, whether it is a figure or mark, or several, whether it begins like a
    heading or with any number, and from where to where there are gaps in it that may part two columns.
    """

    box: Box
    is_figure: bool
    is_heading: bool = False
    is_numbered: bool = False
    gaps: tuple[tuple[float, float], ...] = ()

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it stands."""
        return self.box[0], self.box[2]

    @property
    def height(self) -> float:
        """How high it is."""
        return self.box[3] - self.box[1]

    @property
    def is_wide(self) -> bool:
        """Whether it is more than a piece of a character."""
        return self.box[2] - self.box[0] >= _CHARACTER * self.height


def word_of(text: str, box: Box) -> Word:
    """Return the word that says so, without gaps."""
    is_figure = _FIGURES.fullmatch(text) is not None and not _PAGE_NUMBER.fullmatch(text)
    return Word(box, is_figure, _HEADING.match(text) is not None, _NUMBER.match(text) is not None)


@dataclass(frozen=True)
class Columns:
    """The columns of figures: from where to where the figures of each stand, left to right."""

    ends: tuple[tuple[float, float], ...]

    def crossed(self, word: Word) -> list[int]:
        """Return the columns in which some of the word stands."""
        return [n for n, (left, right) in enumerate(self.ends) if word.box[0] < right and word.box[2] > left]

    def are_apart(self, line: Sequence[Word]) -> bool:
        """Whether each figure of a line stands in one column, and in each column no more than one."""
        under = [self.crossed(part) for word in line for part in self.parted(word)]
        return all(len(columns) == 1 for columns in under) and len({columns[0] for columns in under}) == len(under)

    def parted(self, word: Word) -> list[Word]:
        """Return the word cut where a gap in it parts two columns."""
        reach = _AT_EDGE * float(np.mean(np.diff(self.edges)))
        cuts = [gap for gap in word.gaps if any(abs(sum(gap) / 2 - edge) <= reach for edge in self.edges)]
        lefts, rights = [word.box[0], *(right for _, right in cuts)], [*(left for left, _ in cuts), word.box[2]]
        return [
            word._replace(box=(left, word.box[1], right, word.box[3]), gaps=())
            for left, right in zip(lefts, rights, strict=True)
        ]

    @property
    def edges(self) -> list[float]:
        """Where the columns part: midway between their figures, the outermost as far off as the others on average."""
        between = [(one[1] + other[0]) / 2 for one, other in pairwise(self.ends)]
        usual = float(np.mean([(other[0] - one[1]) / 2 for one, other in pairwise(self.ends)]))
        return [self.ends[0][0] - usual, *between, self.ends[-1][1] + usual]


def columns_of(run: Sequence[list[Word]]) -> Columns:
    """Return the columns in which figures stand below each other, then those with one that crosses none of these."""
    words = [word for line in run for word in line]
    core = _joined(w.span for w in words if len(run) < _ROWS or _below_each_other(w, run) >= _TWICE)
    alone = [w.span for w in words if not Columns(tuple(core)).crossed(w)]
    return Columns(tuple(sorted([*core, *_joined(alone)])))


def _below_each_other(word: Word, run: Sequence[list[Word]]) -> int:
    """Return on how many lines just one figure stands above or below the word, which crosses no other there."""
    return sum(sum(w.box[0] < word.box[2] and w.box[2] > word.box[0] for w in line) == 1 for line in run)


def _joined(ends: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches of the page's width that are covered, those that overlap as one."""
    stretches: list[tuple[float, float]] = []
    for left, right in sorted(ends):
        if stretches and left < stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], right)
        else:
            stretches.append((left, right))
    return stretches


def with_heads(columns: Columns, above: Sequence[Word]) -> Columns:
    """Return the columns with those in which there is a header, and not a single figure."""
    own = [w for w in above if len(columns.crossed(w)) == 1]
    free = [w for w in above if w.is_wide and not columns.crossed(w) and not any(_is_next_line(w, o) for o in own)]
    ends: list[tuple[float, float]] = []
    for word in sorted(free, key=lambda w: -w.middle):
        under = Columns(tuple(ends)).crossed(word)
        if len(under) < 2:  # else it is a header of several
            ends = _joined([*ends, word.span])
    return Columns(tuple(sorted([*columns.ends, *ends])))


def _is_next_line(one: Word, other: Word) -> bool:
    """Whether two words stand one right below the other, as the lines of one header do."""
    is_close = abs(one.middle - other.middle) <= _LINE * other.height
    return is_close and one.box[0] < other.box[2] and one.box[2] > other.box[0]


def close_above(top: float, words: Sequence[Word], digit: float) -> list[Word]:
    """Return the words above a table's first row, up to the first gap that is wider than any in a header."""
    found: list[Word] = []
    reached = top
    for word in sorted(words, key=lambda w: -w.box[3]):
        if word.middle < top and top - word.middle < _HEAD * digit:
            if word.is_heading or reached - word.box[3] > _HEAD_GAP * digit:
                break
            found.append(word)
            reached = min(reached, word.box[1])
    return found


def heads_of(columns: Columns, above: Sequence[Word], digit: float) -> tuple[list[list[Word]], list[list[Word]]]:
    """Return the words of each column's own header, and headers of several columns, from top to bottom."""
    lowest_first = sorted(above, key=lambda w: -w.middle)
    heads: list[list[Word]] = [[] for _ in columns.ends]
    groups: list[list[Word]] = []
    closed: set[int] = set()
    for word in lowest_first:
        under = columns.crossed(word)
        if len(under) == 1 and under[0] not in closed:
            head = heads[under[0]]
            if head and head[-1].box[1] - word.box[3] > _CELL_GAP * digit:
                closed.add(under[0])
            else:
                head.append(word)
                continue
        if under:
            closed.update(under)
            groups.append([word])
    return [head[::-1] for head in heads], groups[::-1]
