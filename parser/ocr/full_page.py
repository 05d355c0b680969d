"""Words anywhere on a flat page, and the lines of text that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from parser.layout.page import Box, PageBlock, PageCell, PageLine, PageTable
from parser.model.watch import UNWATCHED, Watch
from parser.ocr.crops import upside_down
from parser.ocr.detector import PixelBox, word_boxes
from parser.ocr.engine import Grey, Recognised, Recogniser
from parser.ocr.flat_page import FlatPage
from parser.ocr.read_cell import is_label


class FoundWord(NamedTuple):
    """A word: its box in pixels of the flat page, and what it says and where it stands on the page as it came."""

    box: PixelBox
    cell: PageCell


class Spotted(NamedTuple):
    """Where words stand on a flat page outside its tables: ``image`` is its ink without them."""

    page: FlatPage
    image: Grey
    boxes: tuple[PixelBox, ...]


_OPENING, _CLOSING = re.compile(r"\((?=[\u4e00-\u9fff])"), re.compile(r"(?<=[\u4e00-\u9fff])\)")
_POINT = re.compile(
    r"(?<=[\u4e00-\u9fff）》”])[,:;!?](?=[\u4e00-\u9fff（《“\d]|$)|(?<=[\d%])[,:;!?](?=[\u4e00-\u9fff（《“])"
)
_WIDE = str.maketrans(",:;!?", "，：；！？")
_AT_ONCE = 12  # pieces of text are recognised between two looks at whether anybody waits
_SURE = 0.3  # words less sure than this are dirt
_OF_PROSE = re.compile(r"([\d.]+)(?:[%％‰]。?|。)")  # the end of a sentence that stands alone on a line


def spot_words(page: FlatPage) -> Spotted:
    """Return where words stand outside the page's ruled tables."""
    image = page.ink.copy()
    for table in page.tables:
        left, top, right, bottom = (round(v) for v in table.box)
        image[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = 255
    return Spotted(page, image, tuple(word_boxes(image)))


def read_words(
    spotted: Spotted,
    recogniser: Recogniser,
    watch: Watch = UNWATCHED,
    most: int | None = None,
    *,
    is_upside_down: bool = False,
) -> list[FoundWord]:
    """Return the words that were spotted, or so many of the longest, in no particular order.

    They are read as on the page upside down if asked. Raises Cancelled within a few words once nobody waits any more.
    """
    watch.check()
    boxes: Sequence[PixelBox] = spotted.boxes
    if most is not None:
        boxes = sorted(boxes, key=lambda box: box[0] - box[2])[:most]
    readings: list[Recognised] = []
    for start in range(0, len(boxes), _AT_ONCE):
        watch.check()
        crops = (_crop(spotted.image, box) for box in boxes[start : start + _AT_ONCE])
        readings += recogniser.read([upside_down(crop) for crop in crops] if is_upside_down else [*crops])
    words = []
    for box, place, reading in zip(boxes, spotted.page.on_page(boxes), readings, strict=True):
        text, confidence = _said(reading)
        if confidence >= _SURE and text.strip():
            words.append(FoundWord(box, PageCell(text.strip(), place, confidence)))
    return words


def lines_of(page: FlatPage, words: Sequence[FoundWord]) -> list[PageLine]:
    """Return the words in lines of text, from top to bottom, the words of each from left to right."""
    return [_line(page, line) for line in _lines(words)]


def outside(page: FlatPage, blocks: Sequence[PageBlock], words: Sequence[FoundWord]) -> list[FoundWord]:
    """Return the words that stand in no cell of the tables among the blocks; in ruled ones none was looked for.

    The box of a cell on a page askew reaches beyond the cell: a heading may stand there.
    """
    if page.tables:
        return list(words)
    tables = (block for block in blocks if isinstance(block, PageTable))
    cells = [cell.box for table in tables for row in table.rows for cell in row.cells]
    return [word for word in words if not any(_is_within(word.cell.box, cell) for cell in cells)]


def _is_within(box: Box, cell: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] < x < cell[2] and cell[1] < y < cell[3]


def _said(reading: Recognised) -> tuple[str, float]:
    """Return what a word says, as a figure where it is one, and how sure just that is.

    Brackets and points about Chinese are wide ones: both look alike, and a recogniser takes now one, now the other.
    """
    ending = _OF_PROSE.fullmatch(reading.text)
    if ending is not None and ending[1] == reading.figure:
        return reading.text, reading.confidence
    if is_label(reading) or not reading.figure or reading.figure_confidence < _SURE:
        text = _CLOSING.sub("）", _OPENING.sub("（", reading.text))
        return _POINT.sub(lambda point: point[0].translate(_WIDE), text), reading.confidence
    return reading.figure, reading.figure_confidence


def _line(page: FlatPage, words: Sequence[FoundWord]) -> PageLine:
    outline = np.array([box for box, _ in words])
    low, high = outline[:, :2].min(axis=0), outline[:, 2:].max(axis=0)
    text = words[0][1].text
    for (before, _), (box, cell) in pairwise(words):
        height = box[3] - box[1]
        text += ("    " if box[0] - before[2] > 1.2 * height else " ") + cell.text
    flat = float(low[0]), float(low[1]), float(high[0]), float(high[1])
    (place,) = page.on_page([flat])
    cells = tuple(cell for _, cell in words)
    return PageLine(text, place, cells, min(cell.confidence for cell in cells), flat=page.fractions(flat))


def _lines(words: Sequence[FoundWord]) -> list[list[FoundWord]]:
    """Put words that stand at one height into one line."""
    lines: list[list[FoundWord]] = []
    for word in sorted(words, key=lambda w: (w[0][1] + w[0][3]) / 2):
        middle = (word[0][1] + word[0][3]) / 2
        if lines and middle < max(box[3] for box, _ in lines[-1]) - 0.35 * (word[0][3] - word[0][1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w[0][0]) for line in lines]


def _crop(image: Grey, box: PixelBox) -> Grey:
    left, top, right, bottom = (round(v) for v in box)
    crop = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return crop if crop.size else np.full((8, 8), 255, np.uint8)
