"""Page numbers and running titles: lines in the margins of pages that are no part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from parser.layout.page import PageLine, TextPage

_TOP, _BOTTOM = 0.1, 0.88  # of the page's height: margins begin here at the latest
_EDGE = 0.93  # a bare number so far down is no value
_NEAR = 0.015  # of the page's height by which a running title may move
_OUTERMOST = 2  # lines counted from the page's end that may be one
_PAGE_NUMBER = re.compile(
    r"(?=.*[-—–·~－―一])[-—–·~－―一.,\s]+\d{1,3}[-—–·~－―一.,\s]+"  # a dash is read as 一, or left as a dot
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_BARE = re.compile(r"\d{1,3}")


def margin_lines(pages: Sequence[TextPage]) -> set[int]:
    """Return the ids of the lines to leave out; a running title stays on the first page that has it."""
    bare: list[tuple[int, PageLine]] = []  # number minus page, line
    titles: dict[tuple[bool, str], list[PageLine]] = defaultdict(list)
    left_out: set[int] = set()
    for page in pages:
        for at_top, line in _outermost(page):
            text = line.text.strip()
            if _PAGE_NUMBER.fullmatch(text):
                left_out.add(id(line))
            elif _BARE.fullmatch(text):
                bare.append((int(text) - page.number, line))
            elif sum(word.text.isdigit() for word in line.words) < 2:
                titles[at_top, re.sub(r"[\d\s]", "", text)].append(line)
    offset, count = Counter(shift for shift, _ in bare).most_common(1)[0] if bare else (0, 0)
    left_out |= {id(line) for shift, line in bare if (shift == offset and count > 1) or line.top > _EDGE}
    for (at_top, _), lines in titles.items():
        level = [line for line in lines if abs(line.top - lines[-1].top) <= _NEAR]
        if len(level) > 1:
            left_out |= {id(line) for line in (level[1:] if at_top else level)}
    return left_out


def _outermost(page: TextPage) -> list[tuple[bool, PageLine]]:
    """Return the page's first and last lines that stand in its margins, and whether at the top."""
    blocks = sorted(page.blocks + page.beside, key=lambda block: block.top)
    first = [block for block in blocks[:_OUTERMOST] if block.bottom < _TOP]
    last = [block for block in blocks[-_OUTERMOST:] if block.top > _BOTTOM]
    return [(True, b) for b in first if isinstance(b, PageLine)] + [(False, b) for b in last if isinstance(b, PageLine)]
