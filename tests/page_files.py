"""Small PDF files and pictures for tests of pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture() -> Image.Image:
    """Return a white picture whose upper left quarter is black."""
    image = Image.new("RGB", (90, 60), "white")
    image.paste("black", (0, 0, 45, 30))
    return image


def pdf_of(
    contents: Sequence[bytes], size: tuple[int, int] = (595, 842), page: bytes = b"", objects: Sequence[bytes] = ()
) -> bytes:
    """Return a PDF file with a page for each content; ``objects`` are numbered from 3, ``page`` goes into each page."""
    first = 3 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    items = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids), *objects]
    for content in contents:
        box = b"/MediaBox[0 0 %d %d]/Contents %d 0 R" % (*size, len(items) + 2)
        items.append(b"<</Type/Page/Parent 2 0 R%s%s>>" % (box, page))
        items.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, item in enumerate(items, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, item))
    begin = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(items) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(items) + 1, begin))
    return out.getvalue()


def blank_scan(pages: int, *, ruled: bool = True) -> bytes:
    """Return a PDF file that looks scanned: a picture fills every page; a table without words may be drawn over it."""
    content = b"q 595 0 0 842 0 0 cm /P Do Q "
    for y in range(200, 601, 50) if ruled else ():
        content += b"100 %d m 500 %d l %d 200 m %d 600 l " % (y, y, y - 100, y - 100)
    resources = b"<</XObject<</P 4 0 R>>>>"
    grey = b"/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 64"
    image = b"<</Type/XObject/Subtype/Image%s>>stream\n%s\nendstream" % (grey, bytes([255] * 60 + [90] * 4))
    return pdf_of([content + b"S"] * pages, page=b"/Resources 3 0 R", objects=[resources, image])
