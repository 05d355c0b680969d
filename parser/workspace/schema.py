"""The tables of a workspace, as the steps that lead from one version of them to the next.

A report is a file in the queue. A reading is what one reading of it gave: the head, the text, and every cell as it was
read and as the clerk began with it. Everything that changed a cell since stands in the log, which only ever grows:
the cells of today are those of the last reading with its log applied, and so are the decisions. Nothing that can be
derived is kept a second time, so no part can contradict another.

Texts go in as ``TEXT`` from UTF-8 bytes, see ``database``: a file name or a text may hold what is no valid Unicode.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

APPLICATION = 0x4E424857  # "NBHW", which tells a workspace from other SQLite files

_FIRST = """
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    is_shown INTEGER NOT NULL DEFAULT 1,
    cell TEXT,
    exported_to TEXT,
    exported_edits INTEGER
);
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    token TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    size INTEGER,
    modified INTEGER,
    sha256 TEXT,
    head TEXT NOT NULL,
    sections TEXT NOT NULL,
    text TEXT NOT NULL,
    is_complete INTEGER NOT NULL
);
CREATE INDEX reading_of ON reading (report);
CREATE TABLE cell (
    reading INTEGER NOT NULL REFERENCES reading (id),
    key TEXT NOT NULL,
    as_read TEXT NOT NULL,
    start TEXT,
    PRIMARY KEY (reading, key)
) WITHOUT ROWID;
CREATE TABLE log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES report (id),
    reading INTEGER REFERENCES reading (id),
    step TEXT NOT NULL,
    number INTEGER NOT NULL,
    key TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (step, number)
);
CREATE INDEX log_of ON log (report);
CREATE TABLE place (
    name TEXT PRIMARY KEY,
    value TEXT
);
CREATE TRIGGER log_never_changes BEFORE UPDATE ON log BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
CREATE TRIGGER log_never_shrinks BEFORE DELETE ON log BEGIN SELECT RAISE (ABORT, 'the log only grows'); END;
"""

# After how many edits a person called the report checked; since version 3 that is an edit like any other.
_CHECKED = """
ALTER TABLE report ADD COLUMN checked_edits INTEGER;
"""

_CHECKED_IS_AN_EDIT = """
INSERT INTO log (report, step, number, key, before, after, reason, author, at)
    SELECT report.id, lower(hex(randomblob(8))), 0, 'head.checked.text',
           replace(mark.text, '?', '未核'), replace(mark.text, '?', '已核'),
           '标为已核', '', strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')
    FROM report,
         (SELECT '{"state":"mark","value":null,"unit":null,"raw":"?",' ||
                 '"place":null,"confidence":1.0,"doubts":[],"second":null}' AS text) AS mark
    WHERE checked_edits IS NOT NULL AND checked_edits = (SELECT count(*) FROM log WHERE log.report = report.id);
UPDATE report SET checked_edits = NULL;
"""

STEPS: Mapping[int, str] = MappingProxyType(
    {1: _FIRST, 2: _CHECKED, 3: _CHECKED_IS_AN_EDIT}
)  # version -> what leads to it from the one before
