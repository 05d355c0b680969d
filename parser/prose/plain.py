"""The sections of a report become paragraphs of plain characters that know where they stand in the document's text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from parser.model.place import TextSpan
from parser.templates.characters import characters

LEFT_OUT = "※"  # stands for a title in 《》: what it says is no statement of the report

_C = characters()
_QUOTES = str.maketrans("“”‘’「」『』〔〕【】", '""""""""()()')
_DROPPED = re.compile(
    r"\[bookmark:[^\]]*\]|\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)|(?<!\d)[\s*#\u200b\ufeff]+|(?<=\d)[\s*#\u200b\ufeff]+(?!\d)|:(?=[约共]*\d)|\((?=\d+[件宗份起条项]\))|(?<=[件条])\(次\)"
    r"|(?<=[\u4e00-\u9fff])\((?![一二三四五六七八九十]{1,3}\))[^()\d结]{1,12}\)(?=[\u4e00-\u9fff\d])"
)
_TITLE = re.compile(r"《[^《》]{0,120}》")
_WRAPPED = 20  # characters; a shorter line that ends without a stop is a heading, not a line broken by its width
_SHORT = 4  # characters; a shorter line is a cell of a table rather than the end of a sentence
_ROW = re.compile(r"[\t|]")  # between words: a row of a table that was not recognised as such
_STOPS = tuple("。;；:：!！?？,，、.…")
_BEGINS = re.compile(
    r"\s*(?:[-#*●■◆]|[（(]?[一二三四五六七八九十]{1,3}[)）、.]|[一二三四五六七八九十]是|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）])"
)
_MOST = 80_000  # characters; the prose of a report has some thousands


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Simplified half-width text without spaces; ``offsets`` give the place of every character in the source.

    ``offsets`` is empty when the section is not to be found in the document's text, as after it was changed.
    ``within`` gives the places in the section.
    """

    section: str
    text: str
    offsets: tuple[int, ...]
    within: tuple[int, ...]

    def span(self, start: int, end: int) -> TextSpan | None:
        """Return where the characters from ``start`` to ``end`` (at least one) stand in the document's text."""
        if not self.offsets:
            return None
        return TextSpan(self.offsets[start], self.offsets[end - 1] + 1)

    def span_within(self, start: int, end: int) -> TextSpan:
        """Return where the characters from ``start`` to ``end`` (at least one) stand in the section."""
        return TextSpan(self.within[start], self.within[end - 1] + 1)


class _Line(NamedTuple):
    """A line of a section, the places of its characters in the document's text (none: not there), its place within."""

    text: str
    offsets: Sequence[int]
    within: int


class _Source:
    """The document's text, in which the lines of its sections are found one behind the other.

    A section has lost the signs that Markdown makes words bold with (``without_emphasis``), the text has them still.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def find(self, line: str) -> Sequence[int]:
        """Return where each character of a line stands, nothing if the line is not there; the next is below it."""
        if len(self._bare) == len(self._text):
            start = self._text.find(line, self._at)
            self._at = start + len(line) if start >= 0 else self._at
            return range(start, self._at) if start >= 0 else ()
        places = [i for i, character in enumerate(line) if character != "*"]
        start = self._bare.find(line.replace("*", ""), bisect_left(self._places, self._at))
        if start < 0 or not places:
            return ()
        offsets = [self._places[start + bisect_left(places, i, hi=len(places) - 1)] for i in range(len(line))]
        self._at = offsets[-1] + 1
        return offsets

    @cached_property
    def _places(self) -> list[int]:
        """The places of the characters that are no stars."""
        return [i for i, character in enumerate(self._text) if character != "*"]

    @cached_property
    def _bare(self) -> str:
        return self._text.replace("*", "")


def paragraphs(text: str, sections: Mapping[str, str | None], numbers: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of the sections called by ``numbers``; lines broken by their width alone are joined."""
    if sum(len(section or "") for section in sections.values()) > _MOST:
        return
    source = _Source(text)
    for number in sorted(sections):
        lines: list[_Line] = []
        following = 0
        for line in (sections[number] or "").split("\n"):
            within, following = following, following + len(line) + 1
            if not line.strip() or _ROW.search(line.strip()):
                continue
            if lines and not _goes_on(lines[-1].text, line):
                yield from _written(number, numbers, lines)
                lines = []
            lines.append(_Line(line, source.find(line), within))
        yield from _written(number, numbers, lines)


def _goes_on(above: str, below: str) -> bool:
    """Whether a line was broken only because it was full."""
    above = above.rstrip()
    if len(below.strip()) < _SHORT:
        return False
    return len(above) >= _WRAPPED and not above.endswith(_STOPS) and _BEGINS.match(below) is None


def _written(number: str, numbers: str, lines: list[_Line]) -> Iterator[Paragraph]:
    if number not in numbers or not lines:
        return
    text, joined = "", "".join(line.text for line in lines)
    offsets = [place for line in lines for place in line.offsets]
    within = [line.within + i for line in lines for i in range(len(line.text))]
    plain, places = _half_width(joined)
    kept: list[int] = []
    position = 0
    for gap in sorted((*_DROPPED.finditer(plain), *_TITLE.finditer(plain)), key=lambda match: match.start()):
        if gap.start() < position:
            continue
        text += plain[position : gap.start()]
        kept += places[position : gap.start()]
        if gap[0].startswith("《"):
            text += LEFT_OUT
            kept.append(places[gap.start()])
        position = gap.end()
    text += plain[position:]
    kept += places[position:]
    if text:
        is_found = len(offsets) == len(within)
        yield Paragraph(number, text, tuple(offsets[i] for i in kept if is_found), tuple(within[i] for i in kept))


def _half_width(text: str) -> tuple[str, list[int]]:
    """Return the text simplified and in half width, commas between words kept apart from those between digits."""
    parts: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        part = character if character == "，" else unicodedata.normalize("NFKC", character)
        parts.append(part)
        places += [i] * len(part)
    plain = "".join(parts).translate(_QUOTES).translate(_C.simplify)
    for word, meant in _C.words.items():
        plain = plain.replace(word, meant) if len(word) == len(meant) else plain
    return plain, places
