"""Pages pasted into a Word document as pictures are pages; a logo, a chart or a document with tables is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest
from docx.shared import Cm
from PIL import Image

from parser.readers.docx_pictures import pasted_pages
from parser.readers.raster import open_pages
from parser.readers.registry import is_paged
from tests.page_files import saved

PAGE, LOGO, BANNER = (900, 1300), (200, 200), (3000, 520)


def drawn(size: tuple[int, int], kind: str = "PNG", grey: int = 200) -> bytes:
    return saved(Image.new("RGB", size, (grey, grey, grey)), kind)


def document(pictures: Sequence[bytes], words: str = "", has_table: bool = False) -> bytes:
    made = docx.Document()
    for word in words.split():
        made.add_paragraph(word)
    for picture in pictures:
        made.add_picture(io.BytesIO(picture), width=Cm(15))
    if has_table:
        made.add_table(2, 2)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_pictures_of_pages_are_pages_in_their_order() -> None:
    data = document([drawn(PAGE, grey=250), drawn(PAGE, "JPEG", grey=90), drawn((1300, 900), grey=170)])
    assert is_paged(data, ".docx")
    with open_pages(data) as pages:
        assert pages.count == 3
        assert [int(pages.pixels(number)[5, 5, 0]) for number in (1, 2, 3, 1)] == [250, 90, 170, 250]
        assert pages.size(1) == (900 / 96, 1300 / 96)
        assert pages.pixels(3, 48).shape == (450, 650, 3)


@pytest.mark.parametrize(
    "data",
    [
        document([drawn(LOGO), drawn(BANNER)]),
        document([drawn(PAGE)], has_table=True),
        document([], "没有图片"),
        b"PK\x03\x04" + b"\x00" * 40,
        b"",
    ],
    ids=["no pages", "a table", "no pictures", "damaged", "empty"],
)
def test_what_else_word_documents_hold_is_no_page(data: bytes) -> None:
    assert not pasted_pages(data).pictures
    assert not is_paged(data, ".docx")


def test_a_damaged_picture_is_no_page() -> None:
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document([drawn(PAGE), drawn(PAGE, grey=80)]))) as old,
        zipfile.ZipFile(changed, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, b"damaged" if name.endswith("image2.png") else old.read(name))
    assert pasted_pages(changed.getvalue()).pictures == (drawn(PAGE),)


@pytest.mark.parametrize(
    ("words", "is_more"), [("清河市农业农村局2023年报告", False), ("本年度公开信息若干条。" * 9, True)]
)
def test_words_beside_the_pages_are_told_of_unless_they_are_a_title(words: str, is_more: bool) -> None:
    assert pasted_pages(document([drawn(PAGE)], words)).has_words is is_more
