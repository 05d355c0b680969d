"""A workspace is copied into another folder, to be handed over or kept as a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from parser.errors import WorkspaceError
from parser.workspace.database import connect, explained
from parser.workspace.store import FILE


def copy_workspace(source: Path, folder: Path) -> Path:
    """Copy the workspace in ``source`` into ``folder``, also while it is written to; return the copy's file.

    Raises WorkspaceError: when there is a workspace already, which is never replaced, or nothing can be written there.
    """
    file, target = source / FILE, folder / FILE
    with explained(target):
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise WorkspaceError(f"{folder} 里已有一个工作区；请另选一个文件夹，或新建一个空文件夹")
        draft = target.with_name(f"{FILE}.part")
        draft.unlink(missing_ok=True)
    with closing(connect(file, may_write=False)) as connection, explained(target):
        with closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
        draft.rename(target)
    return target
