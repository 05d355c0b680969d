from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from parser.errors import WorkspaceInUse
from parser.workspace import lock
from parser.workspace.lock import NAME, Holder, WriterLock
from parser.workspace.store import Store
from tests.conftest import ROOT

HOLD = "import sys, time; from pathlib import Path; from parser.workspace.store import Store\n"
HOLD += "store = Store(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"


@pytest.fixture
def other(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return another process that has the workspace open."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_hears_who_the_first_is(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    holder = json.loads((tmp_path / NAME).read_bytes())
    assert holder["process"] == other.pid
    with pytest.raises(WorkspaceInUse) as refused:
        Store(tmp_path)
    for word in (holder["user"], holder["host"], holder["since"][:10], "只读"):
        assert word in str(refused.value)


def test_a_second_window_of_the_same_process_is_refused_too(tmp_path: Path) -> None:
    first = Store(tmp_path)
    with pytest.raises(WorkspaceInUse):
        Store(tmp_path)
    first.close()
    Store(tmp_path).close()


def test_the_place_of_a_killed_writer_is_taken(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else other.kill()
    other.wait()
    store = Store(tmp_path)
    assert store._lock.was_abandoned
    assert store._lock.is_held
    store.close()
    assert not Store(tmp_path)._lock.was_abandoned


def test_what_another_computer_holds_is_never_taken(tmp_path: Path) -> None:
    there = Holder("李四", "办公室二号机", os.getpid(), "2024-01-25T09:12:00+08:00", "ab")
    (tmp_path / NAME).write_text(json.dumps(asdict(there)), "utf-8")
    with pytest.raises(WorkspaceInUse, match=r"2024-01-25 09:12 起由 李四（电脑 办公室二号机）.*删除"):
        WriterLock(tmp_path).take()
    assert json.loads((tmp_path / NAME).read_bytes())["token"] == "ab"


def test_a_drive_without_locks_goes_by_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_lock", lambda _handle: None)
    first = WriterLock(tmp_path)
    first.take()
    with pytest.raises(WorkspaceInUse):
        WriterLock(tmp_path).take()
    assert first._holder is not None
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = replace(first._holder, process=gone.pid)
    (tmp_path / NAME).write_text(json.dumps(asdict(dead)), "utf-8")
    if sys.platform != "win32":
        second = WriterLock(tmp_path)
        second.take()
        assert second.was_abandoned
        assert not first.is_held


def test_an_empty_lock_file_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"")
    writer = WriterLock(tmp_path)
    writer.take()
    assert not writer.was_abandoned
    writer.release()
    WriterLock(tmp_path).take()


def test_releasing_leaves_alone_what_somebody_else_took(tmp_path: Path) -> None:
    writer = WriterLock(tmp_path)
    writer.take()
    assert writer._holder is not None
    (tmp_path / NAME).write_text(json.dumps(asdict(replace(writer._holder, host="别处", token="cd"))), "utf-8")
    assert not writer.is_held
    writer.release()
    assert json.loads((tmp_path / NAME).read_bytes())["token"] == "cd"
