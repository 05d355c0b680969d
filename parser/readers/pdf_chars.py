"""The characters of a PDF page become glyphs: what each says, where it stands and which way it runs."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdf

from parser.layout.ruled_grid import Segment
from parser.readers.pdf_objects import Frame, PageObjects, Rect, address_of, page_frame, read_objects

UNKNOWN = "\ufffd"  # a glyph that the file does not say how to read
_SMALLEST = 2.0  # points; smaller print nobody can read
_SLANT = 0.1  # radians from upright, upside down or sideways: a watermark is further
_MOST_CHARS = 100_000
_HYPHENS = ("\x02", "\ufffe", "\xad")  # what pdfium makes of a hyphen at a line's end
_MOSTLY = 0.8
_TOUCHING = 0.15  # em between characters of one word
# Radicals that look like whole characters and are written for them by programs that look glyphs up the wrong way.
_RADICALS = str.maketrans(
    "⺁⺇⺋⺌⺎⺏⺐⺒⺓⺟⺠⺩⺫⺬⺯⺲⺼⻁⻂⻃⻄⻅⻆⻉⻋⻌⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻱⻲⻳",
    "厂几㔾小兀尣尢巳幺母民王罒示糸罒月虎衤覀西见角贝车辶長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿竜龙龜龜龟",
)


class Glyph(NamedTuple):
    """A visible character, its box in points, and the text object that drew it.

    ``order`` counts along the file; ``turn`` is how many quarters it is turned clockwise; ``spaced`` says that a space
    was printed before it.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    order: int
    turn: int = 0
    source: int = 0
    spaced: bool = False

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """The middle from top to bottom."""
        return (self.y0 + self.y1) / 2

    @property
    def em(self) -> float:
        """How wide a Chinese character of this size is, about."""
        wide, high = self.x1 - self.x0, self.y1 - self.y0
        return max(wide, 1.0) if self.text >= "\u2e80" else min(high, max(2 * wide, 0.6 * high))


@dataclass(frozen=True)
class PageMarks:
    """All that is seen on a page, in points of the page turned so that its text is upright.

    ``turn`` is how many quarters its text is turned on the page as shown, clockwise; ``hidden`` counts the characters
    that nobody sees, ``curves`` the pieces of drawings, ``is_covered`` says that pictures were drawn over most of the
    page after its text, and ``is_whole`` that there is no more on the page than was looked at.
    """

    width: float
    height: float
    turn: int
    glyphs: tuple[Glyph, ...]
    segments: tuple[Segment, ...]
    pictures: tuple[Rect, ...]
    hidden: int
    curves: int
    is_covered: bool
    is_whole: bool

    @property
    def area(self) -> float:
        """The page's area, in square points."""
        return self.width * self.height

    def fractions(self, box: Rect) -> Rect:
        """Return the box in fractions of the page as shown, cut at its sides."""
        x0, y0, x1, y1 = box[0] / self.width, box[1] / self.height, box[2] / self.width, box[3] / self.height
        inside = tuple(min(max(value, 0.0), 1.0) for value in (x0, y0, x1, y1))
        return _upright(-self.turn % 4, 1.0, 1.0).rect(*inside)


def read_marks(page: Any) -> PageMarks:
    """Return what is seen on a loaded page. The caller holds the lock on pdfium."""
    frame, width, height = page_frame(page)
    objects = read_objects(page, frame)
    glyphs, hidden, is_whole = _glyphs(page, frame, objects)
    glyphs = [g for g in glyphs if 0 <= g.x <= width and 0 <= g.y <= height]
    pictures = [box for _, box in objects.pictures]
    segments = objects.segments
    turn = _main_turn(glyphs)
    if turn:
        upright = _upright(turn, width, height)
        glyphs = [_moved(glyph, upright, turn) for glyph in glyphs]
        segments = [Segment(*upright.rect(*segment)) for segment in segments]
        pictures = [upright.rect(*box) for box in pictures]
        width, height = (height, width) if turn % 2 else (width, height)
    return PageMarks(
        width,
        height,
        turn,
        tuple(glyphs),
        tuple(segments),
        tuple(pictures),
        hidden,
        objects.curves,
        _is_covered(objects, width * height),
        is_whole and objects.is_whole,
    )


def figure_ranges(glyphs: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Return the ranges of characters that are one figure, drawn in one go: it may be wider than its cell."""
    ranges: list[tuple[int, int]] = []
    begin = 0
    for n, (left, right) in enumerate(pairwise(glyphs), 1):
        if not (_is_digit(left) and _is_digit(right) and _touch(left, right)):
            ranges.append((begin, n))
            begin = n
    ranges.append((begin, len(glyphs)))
    return [(first, last) for first, last in ranges if last - first > 1]


def _glyphs(page: Any, frame: Frame, objects: PageObjects) -> tuple[list[Glyph], int, bool]:
    """Return the visible characters but white space, as shown, how many nobody sees, and whether these are all."""
    text = pdf.FPDFText_LoadPage(page)
    if not text:
        return [], 0, True
    try:
        found = list(_chars(text, frame, objects.is_turned, pdf.FPDFPage_GetRotation(page)))
        is_whole = pdf.FPDFText_CountChars(text) <= _MOST_CHARS
    finally:
        pdf.FPDFText_ClosePage(text)
    seen = [g for g in found if g.source not in objects.unseen and max(g.x1 - g.x0, g.y1 - g.y0) >= _SMALLEST]
    return seen, len(found) - len(seen), is_whole


def _chars(text: Any, frame: Frame, is_turned: bool, page_turn: int) -> Iterator[Glyph]:
    """Yield the characters; those on a slant are a watermark and left out."""
    box = pdf.FS_RECTF()
    turn, spaced = 0, False
    for n, sign in _signs(text):
        if sign.isspace():
            spaced = pdf.FPDFText_IsGenerated(text, n) != 1
            continue
        if is_turned:
            quarters = pdf.FPDFText_GetCharAngle(text, n) / (math.pi / 2)
            if abs(quarters - round(quarters)) > _SLANT:
                continue
            turn = (page_turn + round(quarters)) % 4
        if not pdf.FPDFText_GetLooseCharBox(text, n, box):
            continue
        x0, y0, x1, y1 = frame.rect(box.left, box.bottom, box.right, box.top)
        if min(x1 - x0, y1 - y0) > 0:
            source = address_of(pdf.FPDFText_GetTextObject(text, n))
            yield Glyph(sign, x0, y0, x1, y1, n, turn, source, spaced)
            spaced = False


def _signs(text: Any) -> Iterator[tuple[int, str]]:
    """Yield the characters by their numbers, UNKNOWN for those without meaning."""
    high = ""  # first half of a character that takes two
    for n in range(min(pdf.FPDFText_CountChars(text), _MOST_CHARS)):
        sign = chr(pdf.FPDFText_GetUnicode(text, n))
        if "\ud800" <= sign < "\udc00":
            high = sign
            continue
        if "\udc00" <= sign < "\ue000":
            sign = (high + sign).encode("utf-16", "surrogatepass").decode("utf-16") if high else UNKNOWN
        high = ""
        if sign in _HYPHENS:
            yield n, "-" if pdf.FPDFText_IsHyphen(text, n) == 1 else UNKNOWN
        elif sign.isspace():
            yield n, sign
        else:
            known = pdf.FPDFText_HasUnicodeMapError(text, n) != 1 and sign.isprintable()
            yield n, _plain(sign) if known else UNKNOWN


def _plain(sign: str) -> str:
    """Return a radical or compatibility form of a Chinese character as the character itself."""
    if "\u2e80" <= sign < "\u2f00":
        return sign.translate(_RADICALS)
    return unicodedata.normalize("NFKC", sign) if "\u2f00" <= sign < "\u2fe0" or "\uf900" <= sign < "\ufb00" else sign


def _main_turn(glyphs: list[Glyph]) -> int:
    """Return the turn that most of the text has, 0 if no turn has nearly all of it."""
    turns = Counter(glyph.turn for glyph in glyphs)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if count >= _MOSTLY * len(glyphs) else 0


def _upright(turn: int, width: float, height: float) -> Frame:
    """Return the frame that turns a page back by so many quarters."""
    return (
        Frame(1, 0, 0, 1, 0, 0),
        Frame(0, -1, 1, 0, 0, width),
        Frame(-1, 0, 0, -1, width, height),
        Frame(0, 1, -1, 0, height, 0),
    )[turn]


def _moved(glyph: Glyph, frame: Frame, turn: int) -> Glyph:
    x0, y0, x1, y1 = frame.rect(glyph.x0, glyph.y0, glyph.x1, glyph.y1)
    return glyph._replace(x0=x0, y0=y0, x1=x1, y1=y1, turn=(glyph.turn - turn) % 4)


def _is_covered(objects: PageObjects, area: float) -> bool:
    """Whether pictures as large as the page together were drawn after most of the text."""
    last, covered = -1, 0.0
    for drawn, box in reversed(objects.pictures):
        covered += (box[2] - box[0]) * (box[3] - box[1])
        if covered >= _MOSTLY * area:
            last = drawn
            break
    return bool(objects.texts) and sum(drawn < last for drawn in objects.texts) >= _MOSTLY * len(objects.texts)


def _is_digit(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or glyph.text in ".,"


def _touch(left: Glyph, right: Glyph) -> bool:
    gap = abs(right.x0 - left.x1)
    return left.source == right.source and gap < _TOUCHING * left.em and abs(left.y - right.y) < _TOUCHING * left.em
