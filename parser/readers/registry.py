"""Which reader reads a file: by its suffix, then by what its first bytes say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from parser.errors import EmptyFile, FileTooLarge, UnreadableFile, UnsupportedFormat
from parser.model.document import Document
from parser.readers.html import read_html
from parser.readers.text import read_text

Reader = Callable[[bytes, str, str], Document]

MOST_TEXT = 20 * 2**20  # bytes; no annual report is larger as text

_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "图片"),
    (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
)


def is_readable(path: Path) -> bool:
    """Whether a file of this name has a reader."""
    return path.suffix.lower() in _READERS


def read_document(path: Path) -> Document:
    """Return the document in ``path``; raises a ReportError that says what is wrong and what to do."""
    data = read_bytes(path)
    _refuse_binary(data)
    reader = _READERS.get(path.suffix.lower()) or (read_html if _is_html(data) else read_text)
    return reader(data, path.name, hashlib.sha256(data).hexdigest())


def read_bytes(path: Path) -> bytes:
    """Return the content of a file of acceptable size."""
    try:
        size = path.stat().st_size
        if size > MOST_TEXT:
            raise FileTooLarge(f"文件有 {size / 2**20:.0f} MB，超过 20 MB；请只保留年度报告正文后重试")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("文件不存在；请确认路径，或文件是否已被移走") from error
    except PermissionError as error:
        raise UnreadableFile("没有读取权限；请在文件属性中允许读取，或把文件复制到自己的文件夹后重试") from error
    except OSError as error:
        raise UnreadableFile(f"读取失败（{error.strerror}）；请检查磁盘或网络连接后重试") from error
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile("文件是空的；请重新取得这份报告")
    return data


def _refuse_binary(data: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormat(f"这是{kind}，目前还不能读取；请另存为文本（txt）或网页（html）后重试")


def _is_html(data: bytes) -> bool:
    head = data[:2048].lower().replace(b"\x00", b"")
    return b"<html" in head or b"<!doctype html" in head or b"<table" in head
