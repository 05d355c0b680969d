"""Pictures as pages: one picture, the pages of a TIFF, or those that were pasted into a Word document."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from parser.errors import FileTooLarge, UnreadableFile
from parser.readers.docx_pictures import Pasted
from parser.readers.pages import LARGEST_SIDE, Closing, Pixels

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")
_PICTURES = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")  # no others: some formats start programs to be drawn
_MOST_PIXELS = 120_000_000  # a sheet of A3 at 600 dpi has 70 million
_BRIGHTEST = (1, 255, 1023, 4095, 16383, 65535)  # what white may be in a picture of more than eight bits
_STDERR = Lock()  # is one for the whole program

Image.MAX_IMAGE_PIXELS = None  # PicturePages has a limit of its own; this one prints warnings below it


class PicturePages(Closing):
    """The pictures of a file: one, or the pages of a TIFF. Turned as the camera noted."""

    def __init__(self, data: bytes) -> None:
        try:
            with _quietly():
                self._image: Image.Image = Image.open(io.BytesIO(data), formats=_PICTURES)
                self._count = getattr(self._image, "n_frames", 1) if self._image.format == "TIFF" else 1
            width, height = self._image.size
        except UnidentifiedImageError as error:
            raise UnreadableFile("图片已损坏或格式不明，打不开；请重新扫描，或请填报单位重发") from error
        except Exception as error:
            raise UnreadableFile("图片已损坏，打不开；请重新扫描，或请填报单位重发") from error
        if width * height > _MOST_PIXELS:
            raise _too_many_pixels()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._count

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height in pixels / 96."""
        upright = self._upright(page)
        return upright.width / 96, upright.height / 96

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the picture's own pixels, or as many as ``dpi`` makes of it at 96 dpi."""
        upright = self._upright(page)
        if dpi is not None and dpi != 96:
            side = min(dpi / 96, LARGEST_SIDE / max(upright.size))
            size = (max(1, round(upright.width * side)), max(1, round(upright.height * side)))
            upright = upright.resize(size, Image.Resampling.LANCZOS)
        return np.asarray(upright, dtype=np.uint8)

    def close(self) -> None:
        """Let go of the file."""
        self._image.close()

    def _upright(self, page: int) -> Image.Image:
        try:
            with _quietly():
                frame = ImageSequence.Iterator(self._image)[page - 1] if self._count > 1 else self._image
                if frame.width * frame.height > _MOST_PIXELS:
                    raise _too_many_pixels()
                frame.load()
                ImageOps.exif_transpose(frame, in_place=True)  # a copy would double the memory of a large photo
                return _on_white(frame)
        except FileTooLarge:
            raise
        except Exception as error:  # each format's decoder has its own ways to fail
            raise UnreadableFile("图片不完整，后半部分丢失或已损坏；请重新扫描，或请填报单位重发") from error


class PastedPages(Closing):
    """Pictures in a Word document, each of which is a page; only the one that was asked for last is open.

    ``has_words`` says that more than them is in the document.
    """

    def __init__(self, pasted: Pasted) -> None:
        self._pictures, self.has_words = pasted.pictures, pasted.has_words
        self._open: tuple[int, PicturePages] | None = None

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pictures)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height in pixels / 96."""
        return self._page(page).size(1)

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the picture's own pixels, or as many as ``dpi`` makes of it at 96 dpi."""
        return self._page(page).pixels(1, dpi)

    def close(self) -> None:
        """Let go of the picture."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _page(self, page: int) -> PicturePages:
        if self._open is None or self._open[0] != page:
            self.close()
            self._open = page, PicturePages(self._pictures[page - 1])
        return self._open[1]


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what Pillow warns of, and libtiff writes by itself, about odd files off the terminal."""
    with _STDERR, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            kept = os.dup(2)
        except OSError:  # there is no terminal
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the image in RGB, what is transparent in it white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        paper.alpha_composite(rgba)
        return paper.convert("RGB")
    if image.mode in ("I;16", "I", "F"):
        values = np.asarray(image, dtype=np.float32)
        top = next((top for top in _BRIGHTEST if values.max() <= top), values.max())
        return Image.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8)).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _too_many_pixels() -> FileTooLarge:
    return FileTooLarge("图片过大（超过 1.2 亿像素）；请用 200～300 dpi 重新扫描")
