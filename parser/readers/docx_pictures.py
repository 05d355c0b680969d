"""A Word document into which scanned or photographed pages were pasted becomes those pictures, in their order."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from parser.errors import ReportError
from parser.readers.package import Package, attribute, local, part_names

_MAIN = "word/document.xml"
_MEDIA = "word/media/"
_SHORTEST, _LARGEST = 500, 120_000_000  # pixels: the shorter side of a picture that can be a page, and all of it
_LONGEST = 4  # times its width a page may be high, or the other way round
_SHOWN = {"blip": "embed", "imagedata": "id"}  # the elements that show a picture, and where they name it
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF")
_FEW_WORDS = 60  # characters: a title over the pictures, or captions below them, which stand on the pages too


@dataclass(frozen=True, slots=True)
class Pasted:
    """The pictures of a Word document that can be pages, in the order of the text; ``has_words`` if it is typed too."""

    pictures: tuple[bytes, ...] = ()
    has_words: bool = False


def pasted_pages(data: bytes) -> Pasted:
    """Return what was pasted into a Word document; nothing if it has a table, or is no Word document."""
    if not data.startswith(b"PK") or not any(name.startswith(_MEDIA) for name in part_names(data)):
        return Pasted()
    try:
        package = Package(data)
        name = package.main or _MAIN
        main = package.xml(name)
        if main is None or any(local(element) == "tbl" for element in main.iter(etree.Element)):
            return Pasted()
        parts = {key: target for key, (_, target) in package.related(name).items()}
        shown = [parts[key] for key in _named(main) if key in parts]
        pictures = (package.read(part) for part in shown)
        pages = tuple(picture for picture in pictures if picture is not None and _can_be_page(picture))
    except ReportError:  # whoever reads it as a document says what is wrong
        return Pasted()
    typed = sum(len((element.text or "").strip()) for element in main.iter(etree.Element) if local(element) == "t")
    return Pasted(pages, typed > _FEW_WORDS)


def _named(main: etree._Element) -> list[str]:
    """Return the ids of the pictures in the order of the text, without those that stand in for older programs."""
    named = []
    for element in main.iter(etree.Element):
        kind = local(element)
        if kind in _SHOWN and not any(local(above) == "Fallback" for above in element.iterancestors()):
            named.append(attribute(element, _SHOWN[kind]) or "")
    return named


def _can_be_page(picture: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
                short, long = sorted(image.size)
    except Exception:  # noqa: BLE001  each format's decoder has its own ways to fail: it is no page then
        return False
    return short >= _SHORTEST and long <= _LONGEST * short and short * long <= _LARGEST
