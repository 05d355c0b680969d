"""The rows of a table without lines: each label belongs to the figures beside its middle, or beside its first line."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from parser.layout.word_columns import Word

_LEVEL = 0.6  # of a word's height by which the middles of words on one line may differ
_BLOCK_GAP = 0.8  # of a word's height between two lines of a label of several rows at most
_CENTRED = 0.7  # of a figure's height by which a label's middle may lie off its figures
_MOST_LINES = 16  # lines that one label has at most
_UNLABELLED, _STRAY = 4, 2  # of a figure's height: what a row without a label costs, and a line that labels no row
_BESIDES = 0.9  # of a word's height between its middle and that of the figures beside it
_RUNNING_ON = 0.25  # of a word's height between two lines of one label at most


class Band(NamedTuple):
    """A row: what stands between ``top`` and ``bottom``, the words of its label, and how many figures there are."""

    top: float
    bottom: float
    label: tuple[Word, ...]
    figures: int


def in_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Put words that stand at one height into one line, from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        if lines and word.middle - lines[-1][0].middle <= _LEVEL * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box[0]) for line in lines]


def parted_labels(labels: Sequence[Word], run: Sequence[list[Word]]) -> tuple[list[Word], list[list[Word]]]:
    """Return the words of the rows' own labels, and those left of them that are labels of several rows."""
    beside = [[w for w in labels if is_level(w, line[0])] for line in run]
    lefts = [max(w.box[0] for w in words) for words in beside if words]
    if not lefts:
        return list(labels), []
    own = float(np.median(lefts))
    named: list[Word] = []
    groups: list[Word] = []
    for word in sorted(labels, key=lambda w: w.middle):
        is_beside = word.box[2] <= own + word.height / 2 and word.box[0] < own
        is_rest = is_beside and any(_runs_on(w, word) for w in named)
        (groups if is_beside and not is_rest else named).append(word)
    alone = [w for w in groups if any(is_level(w, line[0]) and not _is_labelled(line[0], named) for line in run)]
    named += alone
    return named, _blocks([w for w in groups if w not in alone])


def is_level(word: Word, figure: Word) -> bool:
    """Whether the word stands at the height of the figure."""
    return abs(word.middle - figure.middle) <= word.height / 2


def _is_labelled(figure: Word, labels: Sequence[Word]) -> bool:
    """Whether a label of one line, or of two, stands beside the figure."""
    return any(abs(w.middle - figure.middle) <= _BESIDES * w.height for w in labels)


def _runs_on(upper: Word, lower: Word) -> bool:
    """Whether the lower word is the rest of a label that begins further up, as far left."""
    height = lower.height
    is_under = upper.middle < lower.middle and lower.box[1] - upper.box[3] < _RUNNING_ON * height
    return is_under and lower.middle - upper.middle < 2 * height and abs(upper.box[0] - lower.box[0]) < height


def _blocks(words: Sequence[Word]) -> list[list[Word]]:
    """Put words that stand close below each other together."""
    blocks: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        height = word.height
        fits = (
            b for b in blocks
            if word.box[1] - b[-1].box[3] < _BLOCK_GAP * height
            and word.box[0] < b[-1].box[2] and word.box[2] > b[-1].box[0]
        )  # fmt: skip
        block = next(fits, None)
        if block is None:
            blocks.append([word])
        else:
            block.append(word)
    return blocks


def nearest(group: Sequence[Word], bands: Sequence[Band]) -> int:
    """Return the row beside which a label of several rows begins."""
    return min(range(len(bands)), key=lambda n: abs((bands[n].top + bands[n].bottom) / 2 - group[0].middle))


def bands_of(run: Sequence[list[Word]], labels: Sequence[Word]) -> list[Band]:
    """Return the rows with their labels: each line of words belongs to the row to whose figures it fits best.

    All figures of a table stand beside the middle of their labels, or all beside the first lines. What fits no row
    stands above or below the table.
    """
    return min((_labelled(run, labels, is_centred) for is_centred in (True, False)), key=lambda found: found[0])[1]


def _labelled(run: Sequence[list[Word]], labels: Sequence[Word], is_centred: bool) -> tuple[float, list[Band]]:
    """Return what the best way to label the rows costs, and the rows."""
    lines = in_lines(labels)
    tops = [min(w.box[1] for w in line) for line in lines]
    bottoms = [max(w.box[3] for w in line) for line in lines]
    middles = [float(np.median([w.middle for w in line])) for line in run]
    digit = float(np.median([w.height for line in run for w in line]))
    level = [{n for n, row in enumerate(run, 1) if any(is_level(w, row[0]) for w in line)} for line in lines]
    begins = [any(w.is_numbered for w in line) for line in lines]
    is_apart = [False, *(below - above > _RUNNING_ON * digit for above, below in zip(bottoms, tops[1:], strict=False))]
    count = len(lines)
    # cost[n, m]: of the first n rows with what is best among the first m lines; ``taken`` lines before m label row n
    cost = np.full((len(run) + 1, count + 1), inf)
    cost[0] = 0.0  # what stands above the first label is none
    taken = np.zeros(cost.shape, dtype=int)
    for n, middle in enumerate(middles, 1):
        for m in range(count + 1):
            cost[n, m] = cost[n - 1, m] + _UNLABELLED * digit
            for k in range(m - 1, max(0, m - _MOST_LINES) - 1, -1):
                off = abs((tops[k] + bottoms[m - 1 if is_centred else k]) / 2 - middle)
                if level[k] <= {n} and off <= _CENTRED * digit and cost[n - 1, k] + off < cost[n, m]:
                    cost[n, m], taken[n, m] = cost[n - 1, k] + off, m - k
                if begins[k] or not level[k] <= {n} or (is_apart[k] and not is_centred):
                    break  # a label begins here, or ends above, or this stands beside another row's figures
            if m and cost[n, m - 1] + _STRAY * digit < cost[n, m]:
                cost[n, m], taken[n, m] = cost[n, m - 1] + _STRAY * digit, -1
    bands: list[Band] = []
    n, m = len(run), count - int(cost[len(run), ::-1].argmin())  # of ways that cost the same with the most lines
    least = float(cost[n, m])
    while n:
        if taken[n, m] < 0:
            m -= 1
            continue
        k = m - int(taken[n, m])
        label = [w for line in lines[k:m] for w in line]
        content = [*run[n - 1], *label]
        bands.append(
            Band(min(w.box[1] for w in content), max(w.box[3] for w in content), tuple(label), len(run[n - 1]))
        )
        n, m = n - 1, k
    return least, bands[::-1]
