"""Page images of PDF files and pictures: the one source of pixels for recognition and for the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from parser.errors import EmptyFile, PasswordNeeded, UnreadableFile
from parser.readers.docx_pictures import pasted_pages
from parser.readers.pages import LARGEST_SIDE, Closing, Pages, Pixels
from parser.readers.pdf_notes import unite_notes
from parser.readers.pdf_streams import is_damaged
from parser.readers.picture_pages import PastedPages, PicturePages

_POINTS = 72  # a PDF's units an inch
_NO_PAGES = re.compile(rb"/Count\s+0\b")
PDFIUM = Lock()  # the library must not be entered twice
_LOCKED = "文件设有密码；请用 PDF 阅读器输入密码打开，另存为不带密码的文件后重试"
_WRONG = "密码不对，文件打不开；请核对密码后重试"


def open_pages(data: bytes, password: str | None = None) -> Pages:
    """Return the pages of a PDF file or picture, or the pictures of pages in a Word document.

    Raises PasswordNeeded, EmptyFile (no pages), FileTooLarge (too many pixels) or UnreadableFile.
    """
    if b"%PDF" in data[:1024]:
        return PdfPages(data, password)
    pasted = pasted_pages(data)
    return PastedPages(pasted) if pasted.pictures else PicturePages(data)


def open_pages_of(path: Path, password: str | None = None) -> Pages:
    """Return the pages of the PDF file or picture at ``path``; raises like open_pages, UnreadableFile if it is gone."""
    try:
        return open_pages(path.read_bytes(), password)
    except OSError as error:
        raise UnreadableFile("文件打不开；请确认文件没有被移走，磁盘或网络连接正常") from error


class PdfPages(Closing):
    """The pages of a PDF file, rendered by pdfium; ``opened`` gives readers their text and lines."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        if is_damaged(data):
            raise UnreadableFile("PDF 文件有一部分已损坏，会读漏；请填报单位重发")
        with PDFIUM:
            try:
                self._document = pdfium.PdfDocument(data, password)
            except pdfium.PdfiumError as error:
                is_locked = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
                if is_locked and b"/Encrypt" in data:  # the code may be left over from another file
                    raise PasswordNeeded(_LOCKED if password is None else _WRONG) from error
                if _NO_PAGES.search(data):
                    raise _no_pages() from error
                raise UnreadableFile("PDF 文件已损坏，打不开；请填报单位重发，或用阅读器打开后另存") from error
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
        with PDFIUM:
            try:
                width, height = self._document.get_page_size(page - 1)
            except pdfium.PdfiumError as error:
                raise _damaged(page) from error
        return width / _POINTS, height / _POINTS

    def pixels(self, page: int, dpi: float | None = None) -> Pixels:
        """Return the page rendered at ``dpi`` (None: 200), at most 6,000 pixels a side."""
        with self.opened(page) as opened:
            side = max(opened.get_size())
            scale = min((dpi or 200) / _POINTS, LARGEST_SIDE / max(side, 1))
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
        with PDFIUM:
            try:
                opened = self._document[page - 1]
                try:
                    if unite_notes(opened):
                        opened.close()
                        opened = self._document[page - 1]
                    yield opened
                finally:
                    opened.close()
            except pdfium.PdfiumError as error:
                raise _damaged(page) from error

    def close(self) -> None:
        """Let go of the file."""
        with PDFIUM:
            self._document.close()

    def _prepare_forms(self) -> None:
        """Have fields that were filled in by a program that drew nothing look as a reader would show them."""
        if self._document.get_formtype() == pdfium.raw.FORMTYPE_ACRO_FORM:
            with suppress(pdfium.PdfiumError):
                self._document.init_forms()


def _grey(bitmap: Any) -> Pixels:
    plane = bitmap.to_numpy()
    return np.repeat(plane.reshape(plane.shape[0], plane.shape[1], 1), 3, axis=2)


def _damaged(page: int) -> UnreadableFile:
    return UnreadableFile(f"PDF 的第 {page} 页已损坏；请填报单位重发，或用阅读器打开后另存")


def _no_pages() -> EmptyFile:
    return EmptyFile("PDF 文件里一页也没有；请填报单位重发")
