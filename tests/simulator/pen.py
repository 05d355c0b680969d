"""Text onto a page: Chinese and Latin faces mixed in a line, lines broken as a word processor breaks them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from tests.simulator.fonts import Face

DPI = 300  # of the print
_RUN = re.compile(r"[!-~]+(?: +[!-~]+)*|[^!-~]+")
_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST = "，。；：、）》”」！？％,.;:)"
_NOT_LAST = "（《“「("


@dataclass(frozen=True)
class Typeface:
    """How text looks: a Chinese face, one for figures (drawn ``squeeze`` times as wide as designed), size in points."""

    cjk: Face
    latin: Face
    size: float
    squeeze: float = 1.0
    ink: int = 20

    @property
    def pixels(self) -> float:
        return self.size * DPI / 72

    @property
    def line(self) -> int:
        """The height of a line set solid."""
        return round(self.pixels * 1.22)


def width(text: str, face: Typeface) -> float:
    """Return how wide ``text`` gets, in pixels."""
    return sum(_width(part, face) for part in _RUN.findall(text))


def lead(line: str, face: Typeface) -> float:
    """Return how much of the beginning of ``line`` is blank: the outer half of a bracket."""
    return 0.5 * face.pixels if line[0] in _NOT_LAST else 0.0


def solid(line: str, face: Typeface) -> float:
    """Return how wide ``line`` gets without the outer halves of brackets and marks at its ends."""
    return width(line, face) - lead(line, face) - (0.5 * face.pixels if line[-1] in "，。；：、）》" else 0.0)


def wrap(text: str, face: Typeface, room: float) -> list[str]:
    """Return the lines of ``text`` in a column ``room`` pixels wide."""
    return [line for part in text.split("\n") for line in _wrap(part, face, room)]


def write(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Typeface) -> None:
    """Write ``text`` from the left end of the baseline ``at``."""
    x, y = at
    for part in _RUN.findall(text):
        if _is_latin(part) and face.squeeze != 1.0:
            _write_squeezed(draw, (x, y), part, face)
        else:
            draw.text((x, y), part, fill=face.ink, font=_font(part, face), anchor="ls")
        x += _width(part, face)


def _wrap(text: str, face: Typeface, room: float) -> list[str]:
    lines: list[str] = [""]
    roomy = room >= face.pixels * 3
    for token in _TOKEN.findall(text):
        line = lines[-1]
        if not line or solid(line + token, face) <= room:
            lines[-1] += token
        elif roomy and len(line) > 1 and (token in _NOT_FIRST or line[-1] in _NOT_LAST):
            lines[-1] = line[:-1]
            lines.append(line[-1] + token)
        else:
            lines.append(token.lstrip(" "))
    return lines


def _is_latin(text: str) -> bool:
    return "!" <= text[0] <= "~"


def _font(text: str, face: Typeface) -> ImageFont.FreeTypeFont:
    return (face.latin if _is_latin(text) else face.cjk).at(face.pixels)


def _width(text: str, face: Typeface) -> float:
    return _measure(text, face) * (face.squeeze if _is_latin(text) else 1.0)


@lru_cache(maxsize=20000)
def _measure(text: str, face: Typeface) -> float:
    return float(_font(text, face).getlength(text))


def _write_squeezed(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Typeface) -> None:
    font = _font(text, face)
    margin = round(face.pixels)
    mask = Image.new("L", (round(_measure(text, face)) + margin, margin * 2))
    ImageDraw.Draw(mask).text((margin // 2, margin * 1.4), text, fill=255, font=font, anchor="ls")
    mask = mask.resize((max(1, round(mask.width * face.squeeze)), mask.height), Image.Resampling.BICUBIC)
    corner = (round(at[0] - margin // 2 * face.squeeze), round(at[1] - margin * 1.4))
    draw.bitmap(corner, mask, fill=face.ink)
