"""Photos of the pages of one report become one PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from parser.errors import ReportError, UnreadableFile
from parser.export.replace_file import replace_file
from parser.readers.picture_pages import PicturePages
from parser.readers.raster import PDFIUM

_LONGER_SIDE = 842.0  # points, of A4
_QUALITY = 92  # of a JPEG in which no stroke gets lost


def in_page_order(files: Iterable[Path]) -> list[Path]:
    """Return the files as a camera or scanner has numbered them: 2 comes before 10."""

    def order(file: Path) -> list[tuple[bool, int, str]]:
        parts = re.findall(r"\d+|\D+", file.name.casefold())
        return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]

    return sorted(files, key=order)


def join_pictures(files: Sequence[Path], target: Path) -> None:
    """Write the pictures into the PDF ``target``, a page each in the order given, upright as the camera noted.

    Raises UnreadableFile, or FileTooLarge, naming the picture that cannot be used, and OutputError.
    """
    with PDFIUM:
        document = pdfium.PdfDocument.new()
    try:
        for file in files:
            for picture in _pages_of(file):
                with PDFIUM:
                    _add(document, picture)
        with PDFIUM:
            replace_file(target, document.save)
    finally:
        with PDFIUM:
            document.close()


def _pages_of(file: Path) -> Iterator[Image.Image]:
    try:
        with PicturePages(file.read_bytes()) as pages:
            for number in range(1, pages.count + 1):
                yield Image.fromarray(pages.pixels(number))
    except ReportError as error:
        raise type(error)(f"{file.name}：{error}") from error
    except OSError as error:
        raise UnreadableFile(f"{file.name} 打不开（{error.strerror or error}）；请检查后重试") from error


def _add(document: pdfium.PdfDocument, picture: Image.Image) -> None:
    stored, scale = io.BytesIO(), _LONGER_SIDE / max(picture.size)
    picture.save(stored, "JPEG", quality=_QUALITY)
    width, height = (side * scale for side in picture.size)
    drawn = pdfium.PdfImage.new(document)
    drawn.load_jpeg(stored, inline=True)
    drawn.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = document.new_page(width, height)
    page.insert_obj(drawn)
    page.gen_content()
    page.close()
