"""Tables drawn with characters: ─ or - between rows, │ or | between cells, cells running over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RULE = re.compile(r"\s*[+├┌└┣┏┗╔╠╚][+─━═\-┼┬┴╋┳┻╪╬┤┐┘┫┓┛╗╣╝]{3,}\s*")
_FIGURE = re.compile(r"\s*[-+]?\d[\d.,]*\D{0,2}\s*")
_NUMBERED = re.compile(r"\s*(?:[（(][一二三四五六七八九十][)）]|[一二三四]、|[1-9][.．、])")
_BARS = re.compile(r"[│┃║|｜]")


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell of a drawn table: its text, lines joined, and where its first line that holds anything stands."""

    text: str
    start: int
    end: int


def is_rule(body: str) -> bool:
    """Whether the line is the drawn border between two rows."""
    return _RULE.fullmatch(body) is not None


def is_boxed(body: str) -> bool:
    """Whether the line begins with a bar that is only used for drawing."""
    return body.lstrip()[:1] in ("│", "┃", "║")


def is_ruled(body: str) -> bool:
    """Whether the line is one line of a row of a drawn table."""
    stripped = body.strip()
    return bool(stripped) and _BARS.match(stripped) is not None


def drawn_rows(lines: Sequence[tuple[int, str]]) -> dict[int, list[DrawnCell]]:
    """Return the rows of all drawn tables in a text, by the offset of the line where each begins.

    ``lines`` are (offset, text). Between two borders stands one row whose cells run over several lines; where several
    lines between borders begin a row the borders between rows were lost, and in the whole text every line is a row.
    """
    groups: list[list[tuple[int, str]]] = [[]]
    for offset, body in lines:
        if is_ruled(body):
            groups[-1].append((offset, body))
        elif groups[-1]:
            groups.append([])
    if any(sum(_begins_row(body) for _, body in group) > 1 for group in groups):
        groups = [[line] for group in groups for line in group]
    return {group[0][0]: _row(group) for group in groups if group}


def _begins_row(body: str) -> bool:
    """Whether the line holds a figure or begins with the number of a label: a cell's second line does neither."""
    cells = [cell for cell in _BARS.split(body) if cell.strip()]
    return any(map(_FIGURE.fullmatch, cells)) or any(map(_NUMBERED.match, cells))


def _row(lines: Sequence[tuple[int, str]]) -> list[DrawnCell]:
    columns: list[list[tuple[int, str]]] = []
    for offset, body in lines:
        lead = len(body) - len(body.lstrip()) + 1
        position = offset + lead
        parts = _BARS.split(body[lead:].rstrip())
        for n, part in enumerate(parts[:-1] if parts and not parts[-1].strip() else parts):
            if n == len(columns):
                columns.append([])
            columns[n].append((position, part))
            position += len(part) + 1
    return [_cell(parts) for parts in columns]


def _cell(parts: Sequence[tuple[int, str]]) -> DrawnCell:
    held = [(offset + len(part) - len(part.lstrip()), part.strip()) for offset, part in parts if part.strip()]
    if not held:
        return DrawnCell("", parts[0][0], parts[0][0])
    return DrawnCell("".join(text for _, text in held), held[0][0], held[0][0] + len(held[0][1]))
