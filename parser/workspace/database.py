"""A file becomes an SQLite connection whose errors say what the user can do about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from parser.errors import WorkspaceDamaged, WorkspaceUnwritable
from parser.export.replace_file import is_full

TEXT = "CAST(? AS TEXT)"  # a parameter made by ``stored``
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_PASSING = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_NOMEM,
})  # fmt: skip
_PATIENCE = 5.0  # s to wait for somebody who only reads


def connect(file: Path, *, may_write: bool = True) -> sqlite3.Connection:
    """Return a connection that belongs to the thread which uses it first; raises WorkspaceError.

    Every commit is on the disk when it returns. The journal is a rollback journal: it works on network drives.
    """
    with explained(file):
        connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            connection.text_factory = _text
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            if may_write:
                connection.execute("PRAGMA journal_mode = TRUNCATE")
            else:
                connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA schema_version").fetchone()  # looks at the file for the first time
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Commit everything done inside at once, or nothing of it when an error leaves."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about ``file`` into a WorkspaceError; a mistake of ours passes through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            raise WorkspaceDamaged(f"工作区文件 {file} 已损坏；请用备份替换它，或换一个工作区文件夹") from error
        if code in _PASSING:
            raise WorkspaceUnwritable(_why(file, code)) from error
        raise
    except OSError as error:
        raise WorkspaceUnwritable(_why(file, _code_of(error))) from error


def stored(text: str) -> bytes:
    """Return the parameter for ``TEXT``."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _code_of(error: OSError) -> int:
    if is_full(error):
        return sqlite3.SQLITE_FULL
    return sqlite3.SQLITE_PERM if isinstance(error, PermissionError) else sqlite3.SQLITE_IOERR


def _why(file: Path, code: int) -> str:
    if code == sqlite3.SQLITE_FULL:
        return f"磁盘空间不足，无法写入工作区 {file.parent}；请清理磁盘后重试"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return f"工作区文件夹 {file.parent} 不允许写入；请取得写入权限后重试"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"工作区 {file.parent} 正被别的程序占用；请稍后重试"
    return f"工作区 {file.parent} 无法访问，可能是网络盘断开了；请恢复连接后重试"
