"""Which reader reads a file: by its suffix, then by what its first bytes say."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from pathlib import Path

from parser.errors import EmptyFile, FileTooLarge, UnreadableFile, UnsupportedFormat
from parser.model.document import Document
from parser.readers.convert import converted
from parser.readers.docx import read_docx
from parser.readers.docx_pictures import pasted_pages
from parser.readers.html import read_html
from parser.readers.package import is_encrypted, part_names, password_needed
from parser.readers.picture_pages import PICTURE_SUFFIXES
from parser.readers.text import read_text
from parser.readers.xlsx import read_xlsx

Reader = Callable[[bytes, str, str], Document]

MOST_TEXT = 20 * 2**20  # bytes; no annual report is larger as text
MOST_OFFICE = 100 * 2**20  # bytes, with pictures


def _converting(suffix: str, target: str) -> Reader:
    """Return the reader of a format that LibreOffice turns into docx or xlsx first."""

    def read(data: bytes, name: str, sha256: str) -> Document:
        reader = read_docx if target == "docx" else read_xlsx
        return reader(converted(data, suffix, target), name, sha256)

    return read


_DOC, _RTF, _ODT = _converting(".doc", "docx"), _converting(".rtf", "docx"), _converting(".odt", "docx")
_XLS, _ODS = _converting(".xls", "xlsx"), _converting(".ods", "xlsx")

_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".csv": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
_PACKAGES: dict[str, Reader] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), read_docx),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), read_xlsx),
}
_ODF = {b"application/vnd.oasis.opendocument.text": _ODT, b"application/vnd.oasis.opendocument.spreadsheet": _ODS}
_OLD = b"\xd0\xcf\x11\xe0"  # the container of doc, wps, xls, et, and of a docx with a password
_WORD, _SHEET, _PAGES = "一份 Word 文档", "一份 Excel 表格", "一份 OFD 版式文件"
_PICTURE, _PACKED, _ARCHIVED = "一张 HEIC 格式的照片", "一个压缩文件", "一个单文件网页（mht）"
_PAGED = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP", re.DOTALL
)  # pictures
_PDF_HEAD = 1024  # bytes before which a PDF file says that it is one
_SIGNATURES = (
    (rb"PK\x03\x04|PK\x05\x06", _PACKED),
    (rb"\xd0\xcf\x11\xe0|\{\\rtf", _WORD),
    (rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif)", _PICTURE),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", _PACKED),
    (rb"MIME-Version:|From: <Saved by", _ARCHIVED),
)
_OFFICE = {
    ".docx": _WORD, ".docm": _WORD, ".wps": _WORD, ".xlsx": _SHEET, ".xlsm": _SHEET, ".xls": _SHEET, ".et": _SHEET,
    ".ods": _SHEET, ".ofd": _PAGES,
}  # fmt: skip
_ADVICE = {
    _WORD: "请用 Word 或 WPS 打开，另存为 docx 后重试",
    _SHEET: "请用 Excel 或 WPS 打开，另存为 xlsx 后重试",
    _PAGES: "请用阅读器打开，另存为 PDF 后重试",
    _PICTURE: "请在手机或看图软件中另存为 JPG 图片后重试",
    _PACKED: "请解压后重试",
    _ARCHIVED: "请用浏览器打开，另存为完整网页（html）后重试",
}
# Files in which offices send reports, readable or not: found in a folder they are named, not passed over.
_SENT = frozenset({*_OFFICE, *_PACKAGES, ".doc", ".dot", ".wpt", ".ett",
                   ".rtf", ".odt", ".pdf", ".mht", ".mhtml", ".heic", ".zip", ".rar", ".7z",
                   *PICTURE_SUFFIXES})  # fmt: skip
_NEVER_TEXT = frozenset({*_PACKAGES, ".ofd", ".pdf"})
SUFFIXES = tuple(sorted({*_READERS, *_SENT}))  # of files that may hold a report, readable or not


def may_be_report(path: Path) -> bool:
    """Whether a file of this name may hold a report, readable or not."""
    return path.suffix.lower() in SUFFIXES


def is_paged(data: bytes, suffix: str) -> bool:
    """Whether the content is made of pages, which are read by what can be seen on them.

    A PDF file, a picture, or a Word document that holds pictures of pages instead of tables.
    """
    if _PAGED.match(data) or b"%PDF-" in data[:_PDF_HEAD]:
        return True
    return (suffix in PICTURE_SUFFIXES and not data[:1].isascii()) or bool(pasted_pages(data).pictures)


def read_document(path: Path) -> Document:
    """Return the document in ``path``, which is not paged; raises a ReportError that says what is wrong."""
    data = read_bytes(path)
    suffix = path.suffix.lower()
    document = _reader(data, suffix)(data, path.name, hashlib.sha256(data).hexdigest())
    if len(document.text) > MOST_TEXT:
        raise FileTooLarge("文件里的文字超过 20 MB；请只保留年度报告正文后重试")
    return document


def read_bytes(path: Path) -> bytes:
    """Return the content of a file of acceptable size."""
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("这不是文件；请指定报告文件，或放有报告的文件夹")
        most = MOST_OFFICE if path.suffix.lower() in _SENT else MOST_TEXT
        if size > most:
            megabytes = f"文件有 {size / 2**20:.0f} MB，超过 {most / 2**20:.0f} MB"
            raise FileTooLarge(f"{megabytes}；请只保留年度报告正文后重试")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("文件不存在；请确认路径，或文件是否已被移走") from error
    except PermissionError as error:
        raise UnreadableFile("没有读取权限；请在文件属性中允许读取，或把文件复制到自己的文件夹后重试") from error
    except OSError as error:
        raise UnreadableFile(f"读取失败（{error.strerror}）；请检查磁盘或网络连接后重试") from error
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile("文件是空的；请填报单位重发")
    return data


def _reader(data: bytes, suffix: str) -> Reader:
    """Return the reader for the content, whatever the file is called; the suffix decides where the content does not."""
    office = _office_reader(data, suffix)
    if office is not None:
        return office
    _refuse_binary(data, suffix)
    reader = _READERS.get(suffix) or (read_html if _is_html(data) else read_text)
    if reader is read_text and suffix in _NEVER_TEXT:
        raise UnreadableFile(f"文件内容与扩展名 {suffix} 不符，可能已损坏；请填报单位重发")
    return reader


def _office_reader(data: bytes, suffix: str) -> Reader | None:
    """Return the reader of an Office file; None for anything else."""
    if data.startswith(b"PK"):
        names = part_names(data)
        if "[content_types].xml" in names:
            folders = {"word": read_docx, "xl": read_xlsx}
            found = next((name.partition("/")[0] for name in names if name.partition("/")[0] in folders), None)
            return folders[found] if found else _PACKAGES.get(suffix)
        kinds = (reader for kind, reader in _ODF.items() if data[30:].startswith(b"mimetype" + kind))
        return next(kinds, _PACKAGES.get(suffix))
    if data.startswith(_OLD):
        if is_encrypted(data):
            raise password_needed()
        streams = {"WordDocument": _DOC, "Workbook": _XLS, "Book": _XLS}
        return next((reader for name, reader in streams.items() if name.encode("utf-16-le") in data), None)
    return _RTF if data.startswith(rb"{\rtf") else None


def _refuse_binary(data: bytes, suffix: str) -> None:
    for signature, kind in _SIGNATURES:
        if re.match(signature, data, re.DOTALL):
            if kind in (_PACKED, _WORD):
                kind = _OFFICE.get(suffix, kind)
            raise UnsupportedFormat(f"这是{kind}，目前还不能读取；{_ADVICE[kind]}")


def _is_html(data: bytes) -> bool:
    head = data[:2048].lower().replace(b"\x00", b"")
    return b"<html" in head or b"<!doctype html" in head or b"<table" in head
