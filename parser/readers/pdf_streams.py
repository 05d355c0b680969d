"""The compressed parts of a PDF file, checked: pdfium leaves out what comes after a damaged byte and says nothing."""

from __future__ import annotations

import re
import zlib

_BEGIN = re.compile(rb">>\s*stream(?:\r\n|\n|\r)")
_FILTER = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LONGEST_HEAD = 2000  # bytes of the dictionary before a stream
_ONLY_THE_SUM = "incorrect data check"  # all was unpacked; some programs write no proper checksum behind it
_AT_ONCE = 2**20  # bytes unpacked at a time, so that a bomb fills no memory


def is_damaged(data: bytes) -> bool:
    """Whether a compressed part of the file, pictures left out, cannot be unpacked to its end. Encrypted: False."""
    if b"/Encrypt" in data:
        return False
    for begin in _BEGIN.finditer(data):
        head = data[max(0, begin.start() - _LONGEST_HEAD) : begin.start()]
        head = head[max(head.rfind(b"endobj"), head.rfind(b" obj"), 0) :]
        if _FILTER.search(head) and not _PICTURE.search(head) and not _unpacks(data, begin.end()):
            return True
    return False


def _unpacks(data: bytes, begin: int) -> bool:
    end = data.find(b"endstream", begin)
    if end < 0:
        return False
    packed, unpacker = data[begin:end], zlib.decompressobj()
    try:
        while packed and not unpacker.eof:
            unpacker.decompress(packed, _AT_ONCE)
            packed = unpacker.unconsumed_tail
    except zlib.error as error:
        return _ONLY_THE_SUM in str(error)
    return True
