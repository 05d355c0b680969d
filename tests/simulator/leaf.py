"""A printed page before anything happens to it, with the places of its value cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from tests.simulator.pen import DPI

SIZE = (round(210 / 25.4 * DPI), round(297 / 25.4 * DPI))
Rect = tuple[int, int, int, int]


@dataclass
class Leaf:
    """A page: ``cells`` maps a key to the rectangle between its ruling lines, in pixels; ``tables`` are the places of
    (parts of) tables and ``closing`` that of the signature."""

    image: Image.Image = field(default_factory=lambda: Image.new("L", SIZE, 255))
    cells: dict[str, Rect] = field(default_factory=dict)
    tables: list[Rect] = field(default_factory=list)
    closing: tuple[int, int] | None = None

    @property
    def pencil(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)
