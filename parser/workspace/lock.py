"""One writer at a time: a small file beside the workspace says who has it open.

The operating system's lock on that file tells, on one computer, whether its writer is still alive, also after a crash
or a power failure. Between computers such locks cannot be trusted on every network drive, so there the words in the
file count: what another computer holds is never taken from it.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from parser.errors import WorkspaceInUse
from parser.workspace.database import explained

NAME = "in-use.json"
_FAR = 1 << 30  # where Windows locks a byte: what is locked cannot be read


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a workspace open; ``token`` tells two holders apart."""

    user: str
    host: str
    process: int
    since: str
    token: str


class WriterLock:
    """Held from ``take`` until ``release``; ``was_abandoned`` says that the last holder ended without releasing it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self.was_abandoned = False
        self._holder: Holder | None = None
        self._handle = -1

    def take(self) -> None:
        """Become the one writer, in the place of a dead one of this computer too.

        Raises WorkspaceInUse that names the present one, WorkspaceUnwritable when the file cannot be written.
        """
        with explained(self.file):
            while True:
                handle = os.open(self.file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
                try:
                    if self._take(handle):
                        return
                except BaseException:
                    os.close(handle)
                    raise
                os.close(handle)  # its last holder removed it while we opened it

    @property
    def is_held(self) -> bool:
        """Whether we are still the writer the file names; a network drive may have been away."""
        return self._holder is not None and _holder_in(self.file) == self._holder

    def release(self) -> None:
        """Let the next one write; without effect when it is not held."""
        if self._handle < 0:
            return
        with suppress(OSError):
            if self.is_held and sys.platform != "win32":  # first: nobody can get the lock on a file about to go
                self.file.unlink()
        self.let_go()

    def let_go(self) -> None:
        """Give up the handle and leave the file, for one on a drive that has gone away."""
        with suppress(OSError):
            if self._handle >= 0 and sys.platform == "win32" and self.is_held:  # what is open cannot be removed there
                os.ftruncate(self._handle, 0)
        with suppress(OSError):
            os.close(self._handle)
        self._handle, self._holder = -1, None

    def _take(self, handle: int) -> bool:
        """Whether the lock is ours now; False when the file was replaced meanwhile."""
        is_free = _lock(handle)
        before = _holder_in(self.file)
        if before is not None and (is_free is False or not _is_dead(before, is_free)):
            raise WorkspaceInUse(_in_use(before, self.file))
        if is_free is False:
            raise WorkspaceInUse(
                f"工作区 {self.file.parent} 刚刚被另一个窗口打开；请关闭那个窗口后重试，或以只读方式打开"
            )
        if not _is_at(handle, self.file):
            return False
        self.was_abandoned = before is not None
        self._holder = Holder(_user(), platform.node(), os.getpid(), _now(), secrets.token_hex(8))
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(asdict(self._holder), ensure_ascii=False).encode("utf-8", "replace"))
        os.fsync(handle)
        self._handle = handle
        return True


def _lock(handle: int) -> bool | None:
    """Lock the open file; False when another has locked it, None when the drive knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _is_dead(holder: Holder, is_free: bool | None) -> bool:
    """Whether the holder is a process of this computer that has ended."""
    if holder.host != platform.node():
        return False
    return is_free is True or not _is_running(holder.process)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # os.kill would end it; without locks nobody can say, so it counts as running
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_at(handle: int, file: Path) -> bool:
    """Whether the open file is still the one that has the name."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


def _holder_in(file: Path) -> Holder | None:
    """Return who the file names, None when it names nobody."""
    try:
        return Holder(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _in_use(holder: Holder, file: Path) -> str:
    since = holder.since[:16].replace("T", " ")
    message = f"工作区 {file.parent} 自 {since} 起由 {holder.user}（电脑 {holder.host}）打开，同一时间只能由一个人修改"
    if holder.host == platform.node():
        return f"{message}；请关闭那个窗口后重试，或以只读方式打开"
    return f"{message}；请在那台电脑上关闭后重试，或以只读方式打开。那台电脑若已停用，删除 {file} 即可"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
