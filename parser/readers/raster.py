"""Page images of PDF files and pictures: the one source of pixels for recognition and for the window."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from parser.errors import EmptyFile, FileTooLarge, PasswordNeeded, UnreadableFile
from parser.readers.pdf_streams import is_damaged

Pixels = npt.NDArray[np.uint8]  # height × width × 3, RGB

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")
_PICTURES = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")  # no others: some formats start programs to be drawn
_MOST_PIXELS = 120_000_000  # a sheet of A3 at 600 dpi has 70 million
_BRIGHTEST = (1, 255, 1023, 4095, 16383, 65535)  # what white may be in a picture of more than eight bits
_LARGEST_SIDE = 6_000  # pixels of a page rendered; a PDF page may be as large as a house
_POINTS = 72  # a PDF's units an inch
_NO_PAGES = re.compile(rb"/Count\s+0\b")
_GLANCE = 1 / 100  # of a page's points, a few pixels
_WRITTEN = (pdfium.raw.FPDF_ANNOT_FREETEXT, pdfium.raw.FPDF_ANNOT_WIDGET, pdfium.raw.FPDF_ANNOT_STAMP)
_DRAWN = (*_WRITTEN, pdfium.raw.FPDF_ANNOT_INK)
_PDFIUM = Lock()  # the library must not be entered twice
_STDERR = Lock()  # is one for the whole program
_LOCKED = "文件设有密码；请用 PDF 阅读器输入密码打开，另存为不带密码的文件后重试"
_WRONG = "密码不对，文件打不开；请核对密码后重试"

Image.MAX_IMAGE_PIXELS = None  # PicturePages has a limit of its own; this one prints warnings below it


class Pages(Protocol):
    """The pages of a file, from 1. Use as a context manager; may be used from any thread, one at a time."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of the page as shown: in inches for PDF, in pixels / 96 for pictures."""

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the page upright as the file has it, at ``dpi`` (None: a picture's own pixels, PDF at 200).

        A picture of unknown resolution counts as 96 dpi. Raises UnreadableFile for a damaged page.
        """

    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_pages(data: bytes, password: str | None = None) -> Pages:
    """Return the pages of a PDF file or picture.

    Raises PasswordNeeded, EmptyFile (no pages), FileTooLarge (too many pixels) or UnreadableFile.
    """
    return PdfPages(data, password) if b"%PDF" in data[:1024] else PicturePages(data)


def open_pages_of(path: Path, password: str | None = None) -> Pages:
    """Return the pages of the PDF file or picture at ``path``; raises like open_pages, UnreadableFile if it is gone."""
    try:
        return open_pages(path.read_bytes(), password)
    except OSError as error:
        raise UnreadableFile("文件打不开；请确认文件没有被移走，磁盘或网络连接正常") from error


class _Closing:
    """What both kinds of pages share: they are let go of at the end of a with block."""

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PdfPages(_Closing):
    """The pages of a PDF file, rendered by pdfium; ``opened`` gives readers their text and lines."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        if is_damaged(data):
            raise UnreadableFile("PDF 文件有一部分已损坏，会读漏；请重新取得这份文件")
        with _PDFIUM:
            try:
                self._document = pdfium.PdfDocument(data, password)
            except pdfium.PdfiumError as error:
                is_locked = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
                if is_locked and b"/Encrypt" in data:  # the code may be left over from another file
                    raise PasswordNeeded(_LOCKED if password is None else _WRONG) from error
                if _NO_PAGES.search(data):
                    raise _no_pages() from error
                raise UnreadableFile("PDF 文件已损坏，打不开；请重新取得这份文件，或用阅读器打开后另存") from error
            self._prepare_forms()
            self._count = len(self._document)
        if self._count == 0:
            raise _no_pages()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._count

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height in inches."""
        with _PDFIUM:
            try:
                width, height = self._document.get_page_size(page - 1)
            except pdfium.PdfiumError as error:
                raise _damaged(page) from error
        return width / _POINTS, height / _POINTS

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the page rendered at ``dpi`` (None: 200), at most 6,000 pixels a side."""
        with self.opened(page) as opened:
            side = max(opened.get_size())
            scale = min((dpi or 200) / _POINTS, _LARGEST_SIDE / max(side, 1))
            bitmap = opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            try:
                return bitmap.to_numpy()[:, :, :3].copy() if bitmap.n_channels > 1 else _grey(bitmap)
            finally:
                bitmap.close()

    @contextmanager
    def opened(self, page: int) -> Iterator[pdfium.PdfPage]:
        """Give the page to pdfium's functions, with what was filled in, written and stamped on it drawn as its own.

        Nobody else may use pdfium meanwhile, which serves one thread at a time. Raises UnreadableFile for a damaged
        page.
        """
        with _PDFIUM:
            try:
                opened = self._document[page - 1]
                try:
                    if _unite_notes(opened):
                        opened.close()
                        opened = self._document[page - 1]
                    yield opened
                finally:
                    opened.close()
            except pdfium.PdfiumError as error:
                raise _damaged(page) from error

    def close(self) -> None:
        """Let go of the file."""
        with _PDFIUM:
            self._document.close()

    def _prepare_forms(self) -> None:
        """Have fields that were filled in by a program that drew nothing look as a reader would show them."""
        if self._document.get_formtype() == pdfium.raw.FORMTYPE_ACRO_FORM:
            with suppress(pdfium.PdfiumError):
                self._document.init_forms()


class PicturePages(_Closing):
    """The pictures of a file: one, or the pages of a TIFF. Turned as the camera noted."""

    def __init__(self, data: bytes) -> None:
        try:
            with _quietly():
                self._image: Image.Image = Image.open(io.BytesIO(data), formats=_PICTURES)
                self._count = getattr(self._image, "n_frames", 1) if self._image.format == "TIFF" else 1
            width, height = self._image.size
        except UnidentifiedImageError as error:
            raise UnreadableFile("图片已损坏或格式不明，打不开；请重新扫描或重新取得这张图片") from error
        except Exception as error:
            raise UnreadableFile("图片已损坏，打不开；请重新扫描或重新取得这张图片") from error
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
            side = min(dpi / 96, _LARGEST_SIDE / max(upright.size))
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
            raise UnreadableFile("图片不完整，后半部分丢失或已损坏；请重新扫描或重新取得这张图片") from error


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


def _unite_notes(page: pdfium.PdfPage) -> bool:
    """Draw what was written over the page as part of it, if anything was; icons and marks are then left out."""
    notes = [pdfium.raw.FPDFPage_GetAnnot(page, n) for n in range(pdfium.raw.FPDFPage_GetAnnotCount(page))]
    kinds = [pdfium.raw.FPDFAnnot_GetSubtype(note) for note in notes]
    is_written = any(kind in _WRITTEN for kind in kinds)
    for note, kind in zip(notes, kinds, strict=True):
        if is_written and kind not in _DRAWN:
            pdfium.raw.FPDFAnnot_SetFlags(note, pdfium.raw.FPDF_ANNOT_FLAG_HIDDEN)
        pdfium.raw.FPDFPage_CloseAnnot(note)
    if is_written:
        page.render(scale=_GLANCE).close()  # lets pdfium draw the notes that no program has drawn
        pdfium.raw.FPDFPage_Flatten(page, pdfium.raw.FLAT_NORMALDISPLAY)
    return is_written


def _grey(bitmap: Any) -> Pixels:
    plane = bitmap.to_numpy()
    return np.repeat(plane.reshape(plane.shape[0], plane.shape[1], 1), 3, axis=2)


def _damaged(page: int) -> UnreadableFile:
    return UnreadableFile(f"PDF 的第 {page} 页已损坏；请重新取得这份文件，或用阅读器打开后另存")


def _no_pages() -> EmptyFile:
    return EmptyFile("PDF 文件里一页也没有；请重新取得这份报告")


def _too_many_pixels() -> FileTooLarge:
    return FileTooLarge("图片过大（超过 1.2 亿像素）；请用 200～300 dpi 重新扫描")
