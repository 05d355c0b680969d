"""An Office file becomes its parts: the zip archive of a docx or xlsx, opened only when it is safe to unpack."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cached_property, wraps
from typing import ParamSpec, TypeVar
from urllib.parse import unquote

from lxml import etree

from parser.errors import FileTooLarge, PasswordProtected, ReportError, UnreadableFile

MOST_UNPACKED = 200 * 2**20  # bytes, all parts together
MOST_PART = 64 * 2**20  # bytes of one part that is read
_SUSPICIOUS = 20 * 2**20  # from here on the ratio counts
_MOST_RATIO = 100
_MOST_PARTS = 20_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError, IndexError, TypeError,
    OverflowError, RecursionError, OSError, etree.LxmlError,
)  # fmt: skip
_DAMAGED = "文件已损坏，无法读取；请用 Word 或 WPS 打开（可能提示修复），另存后重试，或请填报单位重发"
_LOCKED = "文件有打开密码；请在 Word/WPS 中去掉密码另存后重试"
_TOO_LARGE = "文件解压后过大，不是一份年度报告；请填报单位重发"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAIN = "/officeDocument"

_P = ParamSpec("_P")
_T = TypeVar("_T")


def damage_said(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """Wrap a reader so that whatever a damaged file makes it stumble over is an UnreadableFile."""

    @wraps(read)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return read(*args, **kwargs)
        except ReportError:
            raise
        except _BROKEN as error:
            raise UnreadableFile(_DAMAGED) from error

    return guarded


def is_encrypted(data: bytes) -> bool:
    """Return whether the old container holds an Office file under a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def password_needed() -> PasswordProtected:
    """Return the error for a file under a password."""
    return PasswordProtected(_LOCKED)


def part_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the parts of a zip archive, none of a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist())
    except _BROKEN:
        return ()


class Package:
    """The parts of an Office file by name; names are told apart without regard to case, as Office does."""

    def __init__(self, data: bytes) -> None:
        """Open the archive; raises UnreadableFile, FileTooLarge or PasswordProtected."""
        if is_encrypted(data):
            raise password_needed()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise UnreadableFile(_DAMAGED) from error
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        bloated = unpacked > _SUSPICIOUS and unpacked > _MOST_RATIO * len(data)
        if unpacked > MOST_UNPACKED or bloated or len(entries) > _MOST_PARTS:
            raise FileTooLarge(_TOO_LARGE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise password_needed()
        self._names = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in small letters and without a leading slash."""
        return tuple(self._names)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of the part, None if there is none; raises UnreadableFile for a damaged or unsafe one."""
        data = self.read(name)
        return None if data is None else _parse(data)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the part, None if there is none."""
        entry = self._names.get(name.lower())
        if entry is None:
            return None
        if entry.file_size > MOST_PART:
            raise FileTooLarge(_TOO_LARGE)
        try:
            return self._archive.read(entry)
        except _BROKEN as error:
            raise UnreadableFile(_DAMAGED) from error

    @cached_property
    def main(self) -> str | None:
        """Return the name of the part that the package says is its document, None if it does not say."""
        targets = self.related("").values()
        return next(
            (target for kind, target in targets if kind.endswith(_MAIN) and target.lower() in self._names), None
        )

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the relations of the part (``''``: of the package) by id: kind and name of the part it leads to."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {
            item.get("Id", ""): (item.get("Type", ""), _resolved(folder, item.get("Target", "")))
            for item in root
            if item.get("TargetMode") != "External"
        }

    def relative(self, name: str, kind: str) -> etree._Element | None:
        """Return the first part of ``kind`` (the end of the relation's type) that belongs to ``name``."""
        for found, target in self.related(name).values():
            if found.endswith(f"/{kind}"):
                root = self.xml(target)
                if root is not None:
                    return root
        return None


def local(element: etree._Element) -> str:
    """Return the element's name without namespace: transitional and strict files differ only there."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along ``path`` of local names."""
    for name in path:
        element = next((item for item in element if local(item) == name), None) if element is not None else None
    return element


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Return the attribute by its local name, None when it or the element is missing."""
    if element is None:
        return None
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def number(text: str | None, default: int = 0) -> int:
    """Return the whole number, ``default`` when it is none."""
    return int(text) if text is not None and re.fullmatch(r"[+-]?[0-9]{1,9}", text) else default


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch is on: it stands there and does not say no."""
    return element is not None and attribute(element) not in ("0", "false", "off")


def _parse(data: bytes) -> etree._Element:
    """Office never declares entities: a part that does was made to do harm."""
    if _DECLARATION.search(data.replace(b"\0", b"")):
        raise UnreadableFile("文件里有不应出现的实体声明，可能有害；请向报送单位重新索取这份文件")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except _BROKEN as error:
        raise UnreadableFile(_DAMAGED) from error


def _resolved(folder: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
