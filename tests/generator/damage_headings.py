"""What happens to the section headings."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.generator.data import words
from tests.generator.model import Chunk, Draft
from tests.generator.registry import damage

_RENAMED: dict[str, list[str]] = words("labels")["headings"]
_ARABIC = dict(zip("一二三四五六", "123456", strict=True))
_HEADING = re.compile(r"([一二三四五六])(、)(.+)")


@damage("text", 1.5)
def heading_marks(draft: Draft) -> bool:
    """Markdown marks before headings: #, ###, **."""
    style = draft.rng.choice(("# ", "## ", "### ", "**", "mixed"))
    for chunk in _headings(draft):
        mark = draft.rng.choice(("## ", "### ", "#### ", "**")) if style == "mixed" else style
        text = chunk.lines[0]
        chunk.lines[0] = f"**{text}**" if mark == "**" else mark + text
    return draft.layout.family == "text"


@damage("text")
def heading_numbers(draft: Draft) -> bool:
    """一、 as —、, or all as 1、 2、 or 1. or without the mark."""
    style = draft.rng.choice(("dash", "dash", "1、", "1.", "（一）", "one"))
    only = draft.rng.choice("一二三四五六")
    for chunk in _headings(draft):
        match = _HEADING.fullmatch(chunk.lines[0])
        if not match:
            continue
        number, _, title = match.groups()
        if style == "dash" and number == "一":
            chunk.lines[0] = draft.rng.choice(("—、", "-、", "——、")) + title
        elif style in ("1、", "1.") or (style == "one" and number == only):
            chunk.lines[0] = f"{_ARABIC[number]}{style[-1] if style != 'one' else '、 '}{title}"
        elif style == "（一）":
            chunk.lines[0] = f"{number}. {title}"
    return True


@damage("text")
def heading_renamed(draft: Draft) -> bool:
    """Sections under other names."""
    share = draft.rng.choice((0.3, 1.0))
    for chunk in _headings(draft):
        match = _HEADING.fullmatch(chunk.lines[0])
        if match and draft.rng.random() < share:
            chunk.lines[0] = f"{match[1]}、{draft.rng.choice(_RENAMED[match[1]])}"
    return True


@damage("text")
def heading_missing(draft: Draft) -> bool:
    """One heading is lost."""
    found = _headings(draft)
    if not found:
        return False
    draft.chunks.remove(draft.rng.choice(found))
    return True


@damage("text", families=("text",))
def heading_glued(draft: Draft) -> bool:
    """A heading is glued to the last row of the table before it, or to the first words after it."""
    style = draft.rng.choice(("row", "row", "bookmark", "prose"))
    only = draft.rng.choice(("proactive", "applications", "remedies"))
    chunks = [chunk for chunk in draft.chunks if chunk.kind != "gap"]
    for chunk, following in pairwise(chunks):
        if style != "prose" and chunk.table == only and following.kind == "heading" and chunk.lines:
            _glue(draft, chunk, following, style)
            return True
        if style == "prose" and chunk.kind == "heading" and following.kind == "prose" and following.lines:
            following.lines[0] = f"{chunk.lines[0]}。{following.lines[0]}"
            chunk.lines = []
            return True
    return False


def _glue(draft: Draft, chunk: Chunk, heading: Chunk, style: str) -> None:
    """Put ``heading`` behind the last line of the row, or on the next line after a bookmark."""
    while chunk.lines and not chunk.lines[-1].strip():
        chunk.lines.pop()
    if style == "bookmark":
        chunk.lines.append(f" [bookmark: bookmark39]{heading.lines[0]}")
    elif chunk.lines:
        chunk.lines[-1] += draft.rng.choice((" ", "", "　")) + heading.lines[0]
        draft.expected_doubt.update(chunk.row.keys[-1:] if chunk.row else ())
    else:
        chunk.lines.append(heading.lines[0])
    heading.lines = []
    following = draft.chunks.index(heading) - 1
    if draft.chunks[following].kind == "gap":
        del draft.chunks[following]


def _headings(draft: Draft) -> list[Chunk]:
    return [chunk for chunk in draft.chunks if chunk.kind == "heading" and chunk.lines]
