"""Tabs in a text: whether they part cells, or are the margin of its lines."""

from __future__ import annotations

import re

PIPES = "|｜"
FEW = 8  # fewer separators than this in a whole document are stray characters, not a table
_INDENTED_ROW = re.compile(r"\t+[^\t。；，]*\S(?:[ \u3000]+[\d/-][\d.,]*)+\s*")  # words, then figures


def are_tab_led(bodies: list[str]) -> bool:
    """Whether a tab leads the cells, each on a line of its own; whole rows or pipes behind it make it a margin."""
    led = sum(map(is_tab_led, bodies))
    rows = sum(_INDENTED_ROW.fullmatch(body) is not None for body in bodies)
    piped = sum(any(pipe in body for pipe in PIPES) for body in bodies)
    return led >= FEW > rows and piped <= led


def led_by_one(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines of a text whose cells are led by a tab, those led by several as if by one.

    A line of several tabs alone is no cell: it stands between two rows.
    """
    return [_led_by_one(*line) for line in lines]


def _led_by_one(start: int, body: str) -> tuple[int, str]:
    more = len(body) - len(body.lstrip("\t")) - 1
    if more < 1 or "\t" in body.strip():
        return start, body
    return (start + more, body[more:]) if body.strip() else (start, "")


def without_margins(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines without tabs at their ends, where it is not tabs that part the cells."""
    bodies = [body for _, body in lines]
    parts_cells = any("\t" in body.strip() for body in bodies)
    has_pipes = sum(any(pipe in body for pipe in PIPES) for body in bodies) >= FEW
    if parts_cells and not has_pipes and sum(_INDENTED_ROW.fullmatch(body) is not None for body in bodies) < FEW:
        return lines
    return [_without_margin(*line) if "\t" in line[1] and "\t" not in line[1].strip() else line for line in lines]


def _without_margin(start: int, body: str) -> tuple[int, str]:
    bare = body.strip("\t ")
    return start + body.find(bare), bare


def is_tab_led(body: str) -> bool:
    """Whether a tab leads the line, and there is no other."""
    return body.startswith("\t") and "\t" not in body[1:]
