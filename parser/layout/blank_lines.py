"""Cells that are paragraphs of their own, where an empty one shows only by the line ends that it left.

Between two cells stand as many line ends as between any others; where there are more, each further one is an empty cell
(seven columns of which the first and the last hold a figure: ``12`` and ``12`` with five line ends too many). Or an
empty one is a paragraph like any other, and leaves as many line ends as these: the rows tell, which all are as long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from parser.layout.text_margins import PIPES

CELL = 60  # characters; a longer line is a paragraph of prose
_FEWEST = 12  # pairs of neighbouring cells, of which …
_USUAL = 0.6  # … so many are equally far apart
_EMPTY = 2  # places at least where cells are missing
_MOST = 20  # empty cells in a row of the form, and some
_FIGURE = re.compile(r"\s*[\d.,，]+\s*")

Lines = Sequence[tuple[int, str]]


def empty_cells(lines: Lines) -> Mapping[int, int]:
    """Return, by where the line begins that they follow, how many empty cells stand behind a cell.

    Nothing where anything else parts the cells, or where all are equally far apart. ``lines`` are those of the text,
    each with its place in it.
    """
    if any("\t" in body.strip() or any(pipe in body for pipe in PIPES) for _, body in lines):
        return {}
    gaps = dict(_gaps(lines))
    if len(gaps) < _FEWEST:
        return {}
    usual, times = Counter(gaps.values()).most_common(1)[0]
    unit = _line_ends_of_a_cell(lines, gaps, usual)
    extra = {index: (gap - usual) // unit for index, gap in gaps.items() if gap >= usual + unit}
    found = {index: count for index, count in extra.items() if count <= _MOST}
    is_sure = usual > 1 and times >= _USUAL * len(gaps) and len(found) >= _EMPTY
    if not is_sure or _row_end(lines, gaps) != usual:
        return {}
    return {lines[index][0]: count for index, count in found.items()}


def _line_ends_of_a_cell(lines: Lines, gaps: Mapping[int, int], usual: int) -> int:
    """Return how many line ends an empty cell leaves: one, or as many as others if more rows are then as long as those.

    A row without empty cells tells how long others are.
    """
    rows = list(_rows(lines, gaps, usual))
    whole = {figures for figures, extra in rows if not extra}
    one, all_of_them = (
        sum(extra % unit == 0 and figures + extra // unit in whole for figures, extra in rows if extra)
        for unit in (1, usual)
    )
    return usual if all_of_them > one else 1


def _rows(lines: Lines, gaps: Mapping[int, int], usual: int) -> Iterator[tuple[int, int]]:
    """Yield the number of figures behind each cell of words, and of line ends too many behind it and these."""
    figures = extra = 0
    for index, gap in gaps.items():
        if _is_figure(lines[index][1]):
            figures += 1
        else:
            if figures or extra:
                yield figures, extra
            figures = extra = 0
        extra += max(gap - usual, 0)
    if figures or extra:
        yield figures, extra


def _row_end(lines: Lines, gaps: Mapping[int, int]) -> int | None:
    """Return how many line ends mostly stand behind the last figure of a row, None where there is no figure.

    Where rows are farther apart than cells, that is no sign of an empty one.
    """
    ends = Counter(gap for i, gap in gaps.items() if _is_figure(lines[i][1]) and not _is_figure(lines[i + gap][1]))
    return ends.most_common(1)[0][0] if ends else None


def _is_figure(body: str) -> bool:
    return _FIGURE.fullmatch(body) is not None


def _gaps(lines: Lines) -> Iterator[tuple[int, int]]:
    """Yield how many line ends part each short line from the next, by its index."""
    written = [index for index, (_, body) in enumerate(lines) if body.strip()]
    for index, following in pairwise(written):
        if max(len(lines[index][1].strip()), len(lines[following][1].strip())) <= CELL:
            yield index, following - index
