"""An older workspace becomes one of this version; a newer one is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from parser.errors import WorkspaceError, WorkspaceTooNew
from parser.workspace.database import explained, transaction
from parser.workspace.schema import APPLICATION, STEPS


def version_of(connection: sqlite3.Connection, file: Path) -> int:
    """Return the version of the workspace, 0 for an empty file.

    Raises WorkspaceTooNew for a version this program does not know, WorkspaceError for a file of another program.
    """
    with explained(file):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not is_empty:
        raise WorkspaceError(f"{file} 不是年报核校的工作区；请换一个文件夹")
    if version > max(STEPS):
        raise WorkspaceTooNew(
            f"工作区 {file.parent} 由更新版本的年报核校建立；请升级本程序后再打开，或换一个工作区文件夹"
        )
    return version


def migrate(connection: sqlite3.Connection, file: Path) -> Path | None:
    """Bring the workspace to the newest version in one transaction, after a copy of it was made beside it.

    Returns the copy, None when there was nothing to copy or nothing to do. Raises WorkspaceError; the workspace is then
    as it was.
    """
    version = version_of(connection, file)
    if version == max(STEPS):
        return None
    copy = _copy(connection, file, version) if version else None
    with explained(file), transaction(connection):
        for number in range(version + 1, max(STEPS) + 1):
            for statement in _statements(STEPS[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {max(STEPS)}")
    return copy


def _copy(connection: sqlite3.Connection, file: Path, version: int) -> Path:
    now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    copy = file.with_name(f"{file.stem}-v{version}-{now}{file.suffix}")
    with explained(copy), closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
    return copy


def _statements(script: str) -> list[str]:
    """Return the statements one by one: ``executescript`` would commit each."""
    statements, begun = [], ""
    for line in script.splitlines():
        begun += line + "\n"
        if sqlite3.complete_statement(begun):
            statements.append(begun.strip())
            begun = ""
    assert not begun.strip(), "a step ends in the middle of a statement"
    return statements
