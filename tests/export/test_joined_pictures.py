"""Photos of the pages of one report become one PDF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parser.errors import OutputError, UnreadableFile
from parser.export.joined_pictures import in_page_order, join_pictures
from parser.readers.raster import PdfPages

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (30, 30, 200)
_ORIENTATION = 0x0112  # of EXIF; 6: the camera was held upright


def picture(path: Path, colour: tuple[int, int, int], *, turned: bool = False) -> Path:
    """Draw a wide picture, its left half white; one that is turned stands upright where it is shown."""
    image = Image.new("RGB", (400, 200), colour)
    image.paste((255, 255, 255), (0, 0, 200, 200))
    exif = image.getexif()
    if turned:
        exif[_ORIENTATION] = 6
    image.save(path, exif=exif)
    return path


def test_every_picture_is_a_page_upright_and_in_order(tmp_path: Path) -> None:
    files = [
        picture(tmp_path / "IMG_10.png", BLUE),
        picture(tmp_path / "IMG_9.jpg", GREEN, turned=True),
        picture(tmp_path / "IMG_1.jpg", RED),
    ]
    target = tmp_path / "合并.pdf"
    join_pictures(in_page_order(files), target)
    with PdfPages(target.read_bytes()) as pages:
        assert pages.count == 3
        for number, colour in enumerate((RED, GREEN, BLUE), 1):
            pixels = pages.pixels(number, 72)
            height, width = pixels.shape[:2]
            assert (height > width) == (colour == GREEN)
            last = pixels[-20, -20].astype(int)
            assert np.abs(last - colour).max() < 12
            assert pixels[20, 20].min() > 240


def test_a_picture_that_is_none_is_named_and_nothing_is_left_behind(tmp_path: Path) -> None:
    good, bad = picture(tmp_path / "好.jpg", RED), tmp_path / "坏.jpg"
    bad.write_bytes(b"no picture")
    with pytest.raises(UnreadableFile, match=r"坏\.jpg"):
        join_pictures([good, bad], tmp_path / "合并.pdf")
    with pytest.raises(UnreadableFile, match=r"没有\.jpg"):
        join_pictures([good, tmp_path / "没有.jpg"], tmp_path / "合并.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["坏.jpg", "好.jpg"]


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "合并.pdf").mkdir()
    with pytest.raises(OutputError, match="换一个"):
        join_pictures([picture(tmp_path / "好.jpg", RED)], tmp_path / "合并.pdf")


def test_numbers_in_names_count() -> None:
    names = ["b10.jpg", "b2.jpg", "B1.jpg", "扫描件.png", "10.jpg", "9.jpg"]
    assert [path.name for path in in_page_order(map(Path, names))] == [
        *("9.jpg", "10.jpg", "B1.jpg", "b2.jpg", "b10.jpg", "扫描件.png"),
    ]
