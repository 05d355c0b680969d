"""The workspace on disk: every method that changes something is one transaction, on the disk when it returns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from parser.errors import WorkspaceDamaged, WorkspaceError, WorkspaceInUse, WorkspaceUnwritable
from parser.model.report import CellKey, Edit
from parser.workspace.database import TEXT, connect, explained, stored, transaction
from parser.workspace.kept import Kept, Reading
from parser.workspace.lock import WriterLock
from parser.workspace.migrate import migrate, version_of
from parser.workspace.rows import insert_cells, insert_edits, insert_reading, kept_report, log_length, update_reading

FILE = "workspace.sqlite3"


class Store:
    """An open workspace, used by one thread at a time.

    Methods raise WorkspaceError. After a WorkspaceUnwritable nothing of that call was kept, and the same call may be
    made again: the file is then opened anew, for a drive that went away leaves useless handles behind. Made again
    after it was kept all the same, the call has no further effect.
    """

    def __init__(self, folder: Path, *, may_write: bool = True) -> None:
        """Open the workspace in ``folder``, made if it is not there.

        Raises WorkspaceInUse while somebody else writes, WorkspaceTooNew, and WorkspaceUnwritable when the folder
        cannot be used. A damaged file is put aside and said in ``remarks``. Without ``may_write`` nothing is locked,
        made or changed.
        """
        self.file = folder / FILE
        self.may_write = may_write
        self.remarks: list[str] = []
        self._connection: sqlite3.Connection | None = None
        self._lock = WriterLock(folder)
        if may_write:
            self._open_to_write()
        elif self.file.is_file():
            self._connection = self._connect()
            version_of(self._connection, self.file)

    def close(self) -> None:
        """Let the next one write."""
        self._disconnect()
        self._lock.release()

    # ── what is there ────────────────────────────────────────────────────────────────
    def paths(self) -> list[Path]:
        """Return the files of the queue, in the order they came."""
        rows = self._read("SELECT path FROM report WHERE is_shown ORDER BY id")
        return [Path(row["path"]) for row in rows]

    def hidden(self) -> list[Path]:
        """Return the files that were taken out of the queue."""
        return [Path(row["path"]) for row in self._read("SELECT path FROM report WHERE NOT is_shown")]

    def folders(self) -> list[Path]:
        """Return the folders that the files of the queue were looked for in."""
        rows = self._read("SELECT value FROM place WHERE name = 'folders'")
        return [Path(folder) for folder in json.loads(rows[0]["value"])] if rows else []

    def load(self, path: Path) -> Kept:
        """Return the report of a file as it was left; raise WorkspaceDamaged if that is impossible."""
        rows = self._read(f"SELECT * FROM report WHERE path = {TEXT}", [stored(str(path))])
        if not rows:
            return Kept(path)
        with explained(self.file):
            return kept_report(self._connected(), path, rows[0])

    def left_at(self) -> Path | None:
        """Return the file that was current last."""
        rows = self._read("SELECT value FROM place WHERE name = 'current'")
        return Path(rows[0]["value"]) if rows else None

    # ── changing it ──────────────────────────────────────────────────────────────────
    def add(self, paths: Sequence[Path], folders: Sequence[Path] | None = None) -> None:
        """Put files at the end of the queue; those that are in it stay where they are. Remember ``folders``."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                f"INSERT INTO report (path) VALUES ({TEXT}) ON CONFLICT (path) DO UPDATE SET is_shown = 1",
                [(stored(str(path)),) for path in paths],
            )
            if folders is not None:
                names = stored(json.dumps([str(folder) for folder in folders]))
                connection.execute(f"INSERT OR REPLACE INTO place VALUES ('folders', {TEXT})", [names])

        self._write(work)

    def hide(self, path: Path) -> None:
        """Take a file out of the queue; what was done in it stays and is there again when the file is added again."""
        self._write(lambda c: c.execute(f"UPDATE report SET is_shown = 0 WHERE path = {TEXT}", [stored(str(path))]))

    def begin_reading(self, path: Path, reading: Reading) -> None:
        """Keep what a file was read to be; it is what later edits apply to."""

        def work(connection: sqlite3.Connection) -> None:
            found = connection.execute(f"SELECT 1 FROM reading WHERE token = {TEXT}", [stored(reading.token)])
            if found.fetchone() is None:
                report = _report(connection, path)
                number = insert_reading(connection, report, reading)
                insert_edits(connection, report, None, reading.token, reading.came_with)
                insert_edits(connection, report, number, reading.token, reading.carried, len(reading.came_with))

        self._write(work)

    def complete_reading(self, path: Path, reading: Reading) -> None:
        """Put the whole reading in the place of its beginning; cells that were edited since stay as they were."""

        def work(connection: sqlite3.Connection) -> None:
            number = _reading(connection, _report(connection, path))
            if number is None:
                raise WorkspaceDamaged(f"工作区中没有 {path.name} 的表格；请重新读取原文件")
            update_reading(connection, number, reading)
            edited = "SELECT key FROM log WHERE reading = ?"
            connection.execute(f"DELETE FROM cell WHERE reading = ? AND key NOT IN ({edited})", [number, number])
            insert_cells(connection, number, reading)

        self._write(work)

    def append(self, path: Path, step: str, edits: Sequence[Edit]) -> None:
        """Add the edits of one step to the log; ``step`` is a new token."""

        def work(connection: sqlite3.Connection) -> None:
            if connection.execute(f"SELECT 1 FROM log WHERE step = {TEXT}", [stored(step)]).fetchone() is None:
                report = _report(connection, path)
                insert_edits(connection, report, _reading(connection, report), step, edits)

        self._write(work)

    def mark_exported(self, path: Path, workbook: Path, edits: int) -> None:
        """Remember that the report as it was after so many edits is in a workbook."""
        statement = f"UPDATE report SET exported_to = {TEXT}, exported_edits = ? WHERE path = {TEXT}"

        def work(connection: sqlite3.Connection) -> None:
            length = log_length(connection, path, edits)
            connection.execute(statement, [stored(str(workbook)), length, stored(str(path))])

        self._write(work)

    def leave_at(self, path: Path, cell: CellKey | None) -> None:
        """Remember which file is current, and which cell in it."""

        def work(connection: sqlite3.Connection) -> None:
            where = stored(str(path))
            connection.execute(f"INSERT OR REPLACE INTO place VALUES ('current', {TEXT})", [where])
            if cell is not None:
                connection.execute(f"UPDATE report SET cell = {TEXT} WHERE path = {TEXT}", [stored(str(cell)), where])

        self._write(work)

    # ── the file ─────────────────────────────────────────────────────────────────────
    def _open_to_write(self) -> None:
        with explained(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
        self._lock.take()
        try:
            try:
                self._connection = self._prepared()
            except WorkspaceDamaged:
                self._put_aside()
                self._connection = self._prepared()
        except BaseException:
            self._lock.release()
            raise

    def _prepared(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            copy = migrate(connection, self.file)
            if copy is not None:
                self.remarks.append(f"工作区已升级到新版本；升级前的备份是 {copy}")
            if self._lock.was_abandoned:  # the last writer crashed, or the computer did
                self._look_through(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_through(self, connection: sqlite3.Connection) -> None:
        with explained(self.file):
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if answer != "ok":
            raise WorkspaceDamaged(f"工作区文件 {self.file} 已损坏")

    def _put_aside(self) -> None:
        """Give the damaged file and its journal another name, and say so."""
        now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self.file.with_name(f"{self.file.stem}-damaged-{now}{self.file.suffix}")
        with explained(self.file):
            self.file.rename(aside)
            journal = self.file.with_name(f"{FILE}-journal")
            if journal.exists():
                journal.rename(aside.with_name(f"{aside.name}-journal"))
        self.remarks.append(f"工作区文件已损坏，原件保留为 {aside}；现在从新的工作区开始，报告需要重新添加")

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self.file, may_write=self.may_write)
        connection.row_factory = sqlite3.Row
        return connection

    def _connected(self) -> sqlite3.Connection:
        """Return the connection, made anew after a failure; never a new file in the place of one that is away."""
        if self._connection is None:
            with explained(self.file):
                self.file.stat()
            if self.may_write and not self._lock.is_held:
                self._lock.let_go()
                self._lock.take()
            self._connection = self._connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, statement: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        if self._connection is None and not self.may_write:
            return []  # there was nothing to open
        with explained(self.file):
            return self._connected().execute(statement, values).fetchall()

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        if not self.may_write:
            raise WorkspaceError(f"工作区 {self.file.parent} 是以只读方式打开的；修改没有保存")
        try:
            with explained(self.file), transaction(self._connected()) as connection:
                work(connection)
        except (WorkspaceUnwritable, WorkspaceInUse):
            self._disconnect()
            raise


def _report(connection: sqlite3.Connection, path: Path) -> int:
    """Return the id of a file, which is put into the queue if it is not there."""
    where = [stored(str(path))]
    connection.execute(f"INSERT OR IGNORE INTO report (path) VALUES ({TEXT})", where)
    return int(connection.execute(f"SELECT id FROM report WHERE path = {TEXT}", where).fetchone()[0])


def _reading(connection: sqlite3.Connection, report: int) -> int | None:
    """Return the id of the last reading of a file."""
    row = connection.execute("SELECT max(id) FROM reading WHERE report = ?", [report]).fetchone()
    return None if row[0] is None else int(row[0])
