"""Rows that a pipe on a line of its own opens, each of whose cells ends with another one.

Such a pipe looks like an empty cell; what stands around it tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.layout.text_margins import FEW, PIPES

Lines = Sequence[tuple[int, str]]
_LABELS = 3  # cells of words before the figures of a row; more are a header
_ORDINAL = re.compile(r"\d{1,2}[.、．]\s*(?=\D)")
_CELL_END = re.compile(r"[|｜]")


def row_openers(lines: Lines) -> frozenset[int]:
    """Return where the lines begin that hold the pipe which opens a row; none where rows are not opened so.

    ``lines`` are those of the text in which something stands, each with its place in it.
    """
    if not _are_opened(lines):
        return frozenset()
    margins = [_margin(body) for _, body in lines if _is_lone(body)]
    margin = next(_margin(body) for n, (_, body) in enumerate(lines) if _opens_table(lines, n))
    if any(other != margin for other in margins):  # empty cells are set in
        return frozenset(start for start, body in lines if _is_lone(body) and _margin(body) == margin)
    return frozenset(_told_by_neighbours(lines))


def _told_by_neighbours(lines: Lines) -> list[int]:
    """Return where the pipes stand before the first cell of a row: words, or whatever is below a header."""
    found: list[int] = []
    row: list[bool] = []
    for n, (start, body) in enumerate(lines):
        if not _is_lone(body):
            row.append(_is_words(body))
        elif (len(row) > _LABELS and all(row)) or _opens_table(lines, n) or _is_before_label(lines, n):
            found.append(start)
            row = []
    return found


def _is_before_label(lines: Lines, n: int) -> bool:
    """Whether the pipe stands right before words that begin a row: those of a cell, or the first line of one."""
    following, after = ([body for _, body in lines[at : at + 1]] for at in (n + 1, n + 2))
    if not following or _is_lone(following[0]):
        return False
    if not _has_pipe(following[0]):  # else it is a heading
        return bool(after) and _is_cell(after[0])
    return _is_words(following[0])


def _are_opened(lines: Lines) -> bool:
    """Whether cells end with a pipe, and one more stands before nearly every table, and between a header and a label.

    Where it ends the last cell of a row, this stands on its own line without one.
    """
    if sum(_is_cell(body) for _, body in lines) < FEW:
        return False
    first = [n for n in range(len(lines)) if _has_pipe(lines[n][1]) and _begins_table(lines, n)]
    opened = sum(_opens_table(lines, n) for n in first)
    triples = zip(*(lines[at:] for at in range(3)), strict=False)
    above = [a for (_, a), (_, b), (_, c) in triples if _is_lone(b) and _is_words(a) and _is_words(c)]
    closed = sum(map(_has_pipe, above))
    return opened > len(first) - opened and closed >= len(above) - closed


def _opens_table(lines: Lines, n: int) -> bool:
    """Whether the line is a pipe alone, after words without one and before a cell."""
    following = lines[n + 1 : n + 2]
    return _is_lone(lines[n][1]) and _begins_table(lines, n) and bool(following) and _is_cell(following[0][1])


def _begins_table(lines: Lines, n: int) -> bool:
    """Whether no pipe stands on the line above, and that is not the first line of a label."""
    above = [body for _, body in lines[max(n - 2, 0) : n]]
    return not above or (not _has_pipe(above[-1]) and not _is_lone(above[0]))


def _has_pipe(body: str) -> bool:
    return any(pipe in body for pipe in PIPES)


def _is_lone(body: str) -> bool:
    return body.strip() in PIPES


def _is_cell(body: str) -> bool:
    """Whether the line begins with a cell and ends with a pipe."""
    bare = body.strip()
    return bare[-1] in PIPES and bare[0] not in PIPES


def _is_words(body: str) -> bool:
    """Whether the line begins with a cell of words."""
    text = _ORDINAL.sub("", _CELL_END.split(body)[0].strip(), count=1)
    return not text[:1].isdecimal() and sum(map(str.isalpha, text)) > 1


def _margin(body: str) -> int:
    return len(body) - len(body.lstrip())
