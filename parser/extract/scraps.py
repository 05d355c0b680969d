"""Lines in the prose that are none: page numbers, and what was torn off the head of a table."""

from __future__ import annotations

import re

from parser.model.template import Table
from parser.templates.labels import normalise

_BORDER = re.compile(r"[\s|+:#*=─━│┃┼-]+")  # nothing but a table's lines, or the signs of a Markdown heading
_NUMBER_OF_PART = re.compile(r"\s*[一二三四五六][、.．]?\s*")  # what is left of a label written downwards
_BOLD = re.compile(
    r"(?<![^\s，。；：、！？（《“])(\*{2,3})(?=[^\s*])([^*\n]*[^*\s])\1(?!\*)"
)  # masked names are none: 张**、李**
_EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")
_PAGE = re.compile(
    r"\s*(?:[-—–－―~·]+\s*\d{1,3}\s*[-—–－―~·_一]+|一\s*\d{1,3}\s*[-—–－―一]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|[Pp]age\s*\d{1,3}\b.{0,20}|\d{1,3}\s*/\s*\d{1,3})\s*"
)


def without_scraps(prose: str) -> str:
    """Return the text of a section without lines that no prose has."""
    kept = "\n".join(line for line in prose.split("\n") if not line.strip() or not _is_scrap(line))
    return _EMPTY.sub("\n\n", kept).strip()


def without_emphasis(prose: str) -> str:
    """Return the text without the signs of Markdown that make words of it bold."""
    return _BOLD.sub(r"\2", prose)


def without_head(prose: str, table: Table) -> str:
    """Return what stands above a table without the lines at its end that are pieces of the table's head."""
    labels = [normalise(cell.label.text) for cell in table.grid if cell.label is not None]
    lines = prose.split("\n")
    while lines and (not lines[-1].strip() or _is_piece(normalise(lines[-1]), labels)):
        lines.pop()
    return "\n".join(lines)


def _is_scrap(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_BORDER, _NUMBER_OF_PART, _PAGE))


def _is_piece(line: str, labels: list[str]) -> bool:
    return len(line) > 1 and any(line in label for label in labels)
