"""Tables drawn with characters: ─ or - between rows, │ or | between cells, cells running over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RULE = re.compile(r"\s*[+├┌└┣┏┗╔╠╚][+─━═\-┼┬┴╋┳┻╪╬┤┐┘┫┓┛╗╣╝]{3,}\s*")
_FIGURE = re.compile(r"\s*[-+]?\d[\d.,]*\D{0,2}\s*")
_BARS = re.compile(r"[│┃║|｜]")


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a drawn table: its text, lines joined, and where its first line that holds anything stands."""

    text: str
    start: int
    end: int


def is_rule(body: str) -> bool:
    """Whether the line is the drawn border between two rows."""
    return _RULE.fullmatch(body) is not None


def is_ruled(body: str) -> bool:
    """Whether the line is one line of a row of a drawn table."""
    stripped = body.strip()
    return bool(stripped) and _BARS.match(stripped) is not None


def ruled_rows(lines: Sequence[tuple[int, str]]) -> list[list[RuledCell]]:
    """Return the rows that stand between two borders, given as (offset, text) of their lines.

    They are one row whose cells run over several lines, unless several lines hold figures: then the borders between
    rows are missing and every line is a row.
    """
    if sum(any(map(_FIGURE.fullmatch, _BARS.split(body))) for _, body in lines) > 1:
        return [_row([line]) for line in lines]
    return [_row(lines)] if lines else []


def _row(lines: Sequence[tuple[int, str]]) -> list[RuledCell]:
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


def _cell(parts: Sequence[tuple[int, str]]) -> RuledCell:
    held = [(offset + len(part) - len(part.lstrip()), part.strip()) for offset, part in parts if part.strip()]
    if not held:
        return RuledCell("", parts[0][0], parts[0][0])
    return RuledCell("".join(text for _, text in held), held[0][0], held[0][0] + len(held[0][1]))
