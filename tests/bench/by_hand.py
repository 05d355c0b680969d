"""The keyboard session once more, by real keys to the real program on a desktop of its own.

``python -m tests.bench.by_hand OUT [--size 1366x768]`` needs Xvfb, openbox, xdotool and ImageMagick's ``import``. The
keys are those of the session in the tests, recorded there; xdotool presses them in a program started as a user starts
it, a picture of the screen is kept after each in OUT, and the workbook that comes of it is compared with the truth.
Prints the keys; exit 1 where the workbook says anything else.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app import prepare
from desktop.settings import Settings
from parser.pipeline import open_report
from tests.bench.live import run_until, shown
from tests.desktop.clerk import TRUTH, carry_through
from tests.desktop.keys import ALT, CTRL, Hands
from tests.desktop.sample_text import damaged_text

_NAME = "qinghe.txt"
_PAUSE = 0.7  # seconds; a clerk takes longer
_LONGEST = 60  # … to wait for the window or the workbook
_NAMES = {Qt.Key.Key_Return: "Return", Qt.Key.Key_Space: "space"}


def main() -> int:
    """Record, press, compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.by_hand", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x768")
    options = parser.parse_args()
    if missing := [tool for tool in ("Xvfb", "openbox", "xdotool", "import") if shutil.which(tool) is None]:
        parser.error(f"not installed: {', '.join(missing)}")
    options.out.mkdir(parents=True, exist_ok=True)
    keys = [key for key in _recorded() if key]
    print(" ".join(keys))
    with tempfile.TemporaryDirectory() as name, _desktop(options.size) as display:
        return _pressed(Path(name), display, keys, options.out)


def _recorded() -> list[str]:
    """Return the keys of the session as xdotool calls them; typed characters are led by a colon."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    prepare(QApplication([]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _furnish(folder / "window.ini", folder)
        window, hands = shown(folder), Hands()
        run_until(window.isActiveWindow)
        carry_through(window, hands, _NAME, run_until)
        window.let_go()
    return [f":{what}" if isinstance(what, str) else _combined(*what) for what in hands.pressed]


def _combined(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    held = [word for word, modifier in (("ctrl", CTRL), ("alt", ALT)) if modifiers & modifier]
    return "+".join([*held, _NAMES.get(key) or chr(key.value).lower()])


def _furnish(settings: Path, folder: Path) -> None:
    """Lay the damaged report where files were opened the last time, by somebody whose name is known."""
    (folder / _NAME).write_text(damaged_text(), encoding="utf-8")
    known = Settings(settings)
    known.remember_folder("open", folder)
    known.remember_folder("export", folder)
    known.remember_author("王敏")


@contextlib.contextmanager
def _desktop(size: str) -> Iterator[str]:
    """Start a screen and a window manager; yield the name of the display."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    display = f":{os.read(read, 16).decode().strip()}"
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in (manager, screen):
            process.terminate()
            process.wait()


def _pressed(home: Path, display: str, keys: list[str], out: Path) -> int:
    """Press the keys in the program; return 1 unless the workbook says what the paper says."""
    _furnish(home / "config/nianbao/window.ini", home)
    env = os.environ | {
        "DISPLAY": display, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "QT_QPA_PLATFORM": "xcb",
        "XDG_DATA_HOME": str(home / "data"),
    }  # fmt: skip
    program = subprocess.Popen([sys.executable, "-m", "desktop"], env=env)
    try:
        _xdotool(env, "search", "--sync", "--onlyvisible", "--name", "年报核校", "windowactivate", "--sync")
        for number, key in enumerate(keys):
            time.sleep(_PAUSE)
            subprocess.run(["import", "-window", "root", out / f"{number:02}.png"], env=env, check=True)
            _xdotool(env, *(("type", key[1:]) if key.startswith(":") else ("key", key)))
        until = time.monotonic() + _LONGEST
        while not (found := list(home.glob("*.xlsx"))) and time.monotonic() < until:
            time.sleep(_PAUSE)
        time.sleep(_PAUSE)
        subprocess.run(["import", "-window", "root", out / "end.png"], env=env, check=True)
    finally:
        program.terminate()
        program.wait()
    return _compared(found)


def _xdotool(env: dict[str, str], *what: str) -> None:
    subprocess.run(["xdotool", *what], env=env, check=True, timeout=_LONGEST, stdout=subprocess.DEVNULL)


def _compared(found: list[Path]) -> int:
    if not found:
        print("no workbook")
        return 1
    cells = {str(key): cell.shown for key, cell in open_report(found[0]).cells.items()}
    wrong = {key: cells[key] for key, due in TRUTH.items() if cells[key] != due}
    print(f"{found[0].name}: {wrong or 'as the paper says'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
