"""Bytes of a text file become characters, whatever encoding the office's editor used."""

from __future__ import annotations

import codecs
import re

from parser.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 2**16


def decode(data: bytes) -> str:
    """Return the text with LF line ends; UTF-8, UTF-16 or GB18030, with or without byte order mark.

    Raises UnreadableFile when the bytes are none of these, or no text at all.
    """
    text = tidy(_decoded(data))
    if len(_CONTROL.findall(text, 0, _SAMPLE)) * 50 > min(len(text), _SAMPLE):
        raise UnreadableFile("这不是文字文件；请确认选对了文件，或用原来的软件打开，另存为文本（txt）后重试")
    return text


def tidy(text: str) -> str:
    """Return the text with LF line ends and without a byte order mark."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in (*_utf16_without_mark(data), "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = max((data.decode(e, errors="replace") for e in ("utf-8", "gb18030")), key=lambda t: -t.count("\ufffd"))
    if text.count("\ufffd") > max(5, len(text) // 100) or "\x00" in text:
        raise UnreadableFile("文字编码无法识别；请用记事本打开，另存为 UTF-8 编码后重试")
    return text


def _utf16_without_mark(data: bytes) -> tuple[str, ...]:
    """Chinese text in UTF-16 has zero bytes at its ASCII characters and line ends, always on the same side."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 50 < len(sample) or len(data) % 2:
        return ()
    return ("utf-16-be",) if even > odd else ("utf-16-le",)
