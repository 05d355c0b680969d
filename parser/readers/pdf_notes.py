"""What was filled in, typed, stamped and struck out on a PDF page becomes part of it, as it is shown."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_GLANCE = 1 / 100  # of a page's points, a few pixels
_TYPED = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP)
_STRUCK = (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_INK)
_DRAWN = (*_TYPED, *_STRUCK)
_LETTERS = ctypes.POINTER(raw.FPDF_WCHAR)
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_OWN = "/GS gs "  # how a look begins that pdfium has drawn
_FONT = re.compile(r"[\d.]+\s+Tf")
_UNWRITABLE = re.compile(r"[^\n\r\x20-\x7e]")  # not in the font in which pdfium draws notes


def unite_notes(page: pdfium.PdfPage) -> bool:
    """Draw what was written over the page as part of it, if anything was; icons and marks are then left out."""
    notes = [raw.FPDFPage_GetAnnot(page, n) for n in range(raw.FPDFPage_GetAnnotCount(page))]
    try:
        drawn = [note for note in notes if _is_shown(note) and raw.FPDFAnnot_GetSubtype(note) in _DRAWN]
        if not drawn:
            return False
        for note in notes:
            if raw.FPDFAnnot_GetSubtype(note) not in _DRAWN:
                raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_HIDDEN)
        for note in drawn:
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FREETEXT:
                _make_drawable(note)
        page.render(scale=_GLANCE).close()  # lets pdfium draw the notes that no program has drawn
    finally:
        for note in notes:
            raw.FPDFPage_CloseAnnot(note)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return True


def _is_shown(note: Any) -> bool:
    return not raw.FPDFAnnot_GetFlags(note) & _HIDDEN


def _make_drawable(note: Any) -> None:
    """Have pdfium draw a typed note that no program has drawn, where it would draw nothing.

    That is one without a font in its default look, and any Chinese: each character of that becomes a question mark.
    """
    drawn = _look(note)
    if drawn and not drawn.startswith(_OWN):
        return
    raw.FPDFAnnot_SetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
    if not _FONT.search(_said(note, "DA")):
        _say(note, "DA", "0 g /Helv 10 Tf")
    text = _said(note, "Contents")
    _say(note, "Contents", _UNWRITABLE.sub("?", unicodedata.normalize("NFKC", text)))


def _look(note: Any) -> str:
    return _text(partial(raw.FPDFAnnot_GetAP, note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL))


def _said(note: Any, key: str) -> str:
    return _text(partial(raw.FPDFAnnot_GetStringValue, note, key.encode()))


def _text(given: Callable[[Any, int], int]) -> str:
    """Return the text that a function of pdfium writes where it is told, and how long it is."""
    length = given(None, 0)
    letters = ctypes.create_string_buffer(max(length, 2))
    given(ctypes.cast(letters, _LETTERS), length)
    return letters.raw.decode("utf-16-le", "replace").partition("\0")[0]


def _say(note: Any, key: str, text: str) -> None:
    letters = (text + "\0").encode("utf-16-le")
    raw.FPDFAnnot_SetStringValue(note, key.encode(), ctypes.cast(ctypes.c_char_p(letters), _LETTERS))
