"""New content takes the place of a file at once or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from parser.errors import OutputError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


def replace_file(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a temporary file beside ``path``, then rename it to ``path``; make missing folders.

    Raises OutputError saying what to do; the temporary file is then gone and an existing ``path`` is as it was.
    """
    beside = path.with_name(f".nianbao-{secrets.token_hex(6)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        with beside.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        _discard(beside)
        raise OutputError(_cannot_write(path, error)) from error
    except BaseException:
        _discard(beside)
        raise
    try:
        beside.replace(path)
    except OSError as error:
        _discard(beside)
        raise OutputError(_cannot_replace(path, error)) from error


def is_full(error: OSError) -> bool:
    """Whether the system says that there is no more room, on the disk or for this user."""
    return error.errno in _FULL


def _discard(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> str:
    if is_full(error):
        return f"磁盘空间不足，无法写入 {path.name}；请清理磁盘或换一个位置后重试"
    if error.errno == errno.ENAMETOOLONG:
        return f"文件名或路径太长：{path.name}；请换一个较短的文件名或位置"
    if isinstance(error, IsADirectoryError):
        return f"{path.name} 是一个文件夹，不能当作文件写入；请换一个文件名"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"文件夹 {path.parent} 不允许写入；请换一个文件夹，或向管理员申请写入权限"
    if isinstance(error, (FileExistsError, FileNotFoundError, NotADirectoryError)):
        return f"文件夹 {path.parent} 不存在，也无法建立；请检查路径"
    return f"无法写入 {path}（{error.strerror or error}）；请换一个位置后重试"


def _cannot_replace(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"无法替换 {path.name}：文件可能正在 Excel 或 WPS 中打开，或是只读文件；请关闭它后重试，或换一个文件名"
    return _cannot_write(path, error)
