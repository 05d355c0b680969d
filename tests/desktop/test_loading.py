"""Nothing of Qt is loaded or derived beside the GUI thread: PySide reads its tables of classes without a lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop import loading
from tests.conftest import ROOT

_PROGRAM = """
import builtins, sys, threading
from pathlib import Path

main, beside = threading.main_thread(), set()

class Watch:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not main and name.split(".")[0] in ("desktop", "PySide6", "shiboken6"):
            beside.add(name)

sys.meta_path.insert(0, Watch())
build = builtins.__build_class__

def building(body, name, *bases, **more):
    made = build(body, name, *bases, **more)
    if threading.current_thread() is not main and any(c.__module__.startswith("PySide6") for c in made.__mro__):
        beside.add(name)
    return made

builtins.__build_class__ = building
from PySide6.QtCore import QEventLoop, QTimer
from desktop.app import application, create_window
app = application()
files = [Path(name) for name in sys.argv[2:]]
window = create_window(files, Path(sys.argv[1]))
window.show()
session, loop, clock = window.session, QEventLoop(), QTimer()

def look():
    if len(session.entries) == len(files) and not any(entry.is_reading for entry in session.entries):
        if all(entry.report is not None for entry in session.entries):
            loop.quit()

clock.timeout.connect(look)
clock.start(50)
loop.exec()
for number in range(len(files)):
    window.queue.view.step(1)
    QTimer.singleShot(300, loop.quit)
    loop.exec()
print(*sorted(beside), "desktop.review_page" in sys.modules)
window.close()
"""


def test_workers_load_nothing_of_the_windows(tmp_path: Path) -> None:
    samples = ROOT / "resources" / "samples"
    files = [next(samples.glob(pattern)) for pattern in ("*.txt", "*.jpg", "*.docx")]
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "workspace"), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.split() == ["True"]


def test_the_window_has_its_turn_while_modules_are_loaded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_TURN", -1.0)
    loaded: list[str] = []
    monkeypatch.setattr(loading, "import_module", loaded.append)
    monkeypatch.setattr(loading, "_modules", lambda: iter(["a", "b", "c"]))
    parent = QObject()
    loading.load_in_turns(parent, lambda: loaded.append("done"))
    assert loaded == ["a"]
    qtbot.waitUntil(lambda: "done" in loaded)
    assert loaded == ["a", "b", "c", "done"]
