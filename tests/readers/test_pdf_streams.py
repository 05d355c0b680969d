"""A damaged compressed part of a PDF file is noticed; pdfium leaves out the rest of it without a word."""

from __future__ import annotations

import re
import zlib

import pytest

from parser.errors import UnreadableFile
from parser.readers.pdf_streams import is_damaged
from parser.readers.raster import open_pages
from tests.generator.pdf import pdf_case

pytestmark = pytest.mark.usefixtures("qapp")  # Qt writes the files

PLAIN = b"BT /F1 12 Tf 72 720 Td (0 0 12 0) Tj ET\n" * 40


def pdf(packed: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"%PDF-1.7\n4 0 obj\n<< /Length 99 " + head + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"


def broken(packed: bytes) -> bytes:
    """Return the part with a byte in its middle that no packer writes there."""
    half = len(packed) // 2
    for value in range(256):
        changed = packed[:half] + bytes([value]) * 3 + packed[half + 3 :]
        try:
            zlib.decompress(changed)
        except zlib.error as error:
            if "incorrect data check" not in str(error):
                return changed
    raise AssertionError("this part survives everything")


def test_a_sound_file_is_not_damaged() -> None:
    assert not is_damaged(pdf(zlib.compress(PLAIN)))
    assert not is_damaged(pdf_case(3).data)


def test_a_damaged_part_is_noticed() -> None:
    assert is_damaged(pdf(broken(zlib.compress(PLAIN))))
    assert is_damaged(pdf(broken(zlib.compress(PLAIN)), b"/Filter [ /FlateDecode ]"))


def test_a_part_that_never_ends_is_damaged() -> None:
    assert is_damaged(pdf(zlib.compress(PLAIN)).replace(b"endstream", b""))


@pytest.mark.parametrize(
    "head", [b"/Subtype /Image /Filter /FlateDecode", b"/Filter /DCTDecode", b"/Filter /FlateDecode /Encrypt 5 0 R"]
)
def test_pictures_and_what_cannot_be_unpacked_are_left_out(head: bytes) -> None:
    assert not is_damaged(pdf(broken(zlib.compress(PLAIN)), head))


def test_a_wrong_checksum_alone_is_no_damage() -> None:
    assert not is_damaged(pdf(zlib.compress(PLAIN)[:-4] + b"\0\0\0\0"))


def test_a_damaged_file_is_refused_with_what_to_do() -> None:
    data = pdf_case(3).data
    found = re.search(rb"/FlateDecode[^>]*>>\s*stream\r?\n", data)
    assert found
    begin, end = found.end(), data.index(b"endstream", found.end())
    damaged = data[:begin] + broken(data[begin:end].rstrip(b"\r\n")) + b"\n" + data[end:]
    with pytest.raises(UnreadableFile, match="有一部分已损坏"):
        open_pages(damaged)
