"""How long it takes from the key that commits a value until checks and colours are painted.

``python -m tests.bench.edit_speed [--edits N]``: values are typed into a window on a report, a key every 100 ms; the
time runs from Enter until checks and colours are painted: nothing is left to paint. The place in the source, and the
piece of it at the cell with the words about it, follow a frame later; that is told, too. Beside it, in the same run,
the least that Qt needs: a bare QTableView of as many cells with plain texts, ``setData`` and repaint. How steady the
machine is in those milliseconds is told by a fixed piece of work right behind every edit.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import prepare
from desktop.main_window import MainWindow
from parser.model.report import CellKey, State
from tests.bench.live import Spent, bare_table, in_words, is_read, rest, run_until, shown, timed, told
from tests.desktop.keys import CTRL, Key, press, write
from tests.desktop.sample_text import damaged_text, report_text

_CALM = [f"applications.{row}.natural_person" for row in ("granted", "partially_granted", "unable_not_held")]
_STEADY = 1.25
_BREAK = 100  # ms between two keys; few type faster


def main() -> None:
    """Print milliseconds: median, p99 and the longest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    count = parser.parse_args().edits
    app = QApplication([])
    prepare(app)
    with tempfile.TemporaryDirectory() as name:
        _say("bare QTableView, setData → painted", _bare(count))
        calm = _window(Path(name) / "calm", report_text())
        _say_typed("an edit that breaks or closes equations, Enter → painted", *_typed(calm, count))
        damaged = _window(Path(name) / "damaged", damaged_text())
        _say_typed("the same in a damaged report", *_typed(damaged, count))
        _say("… until the place in the source has followed", _typed(damaged, count // 4, with_source=True)[0])
        _say("Enter on a doubt, then undo: to the next one, often in another table", _walked(damaged, count // 4))
        for window in (calm, damaged):
            window.let_go()


def _say(what: str, times: list[Spent]) -> None:
    print(f"{what}: {told(times)}", flush=True)


def _say_typed(what: str, times: list[Spent], paces: list[float]) -> None:
    """Tell the edits, and those of them that came while the machine was no slower than it mostly is."""
    _say(what, times)
    usual = median(paces)
    steady = [spent for spent, pace in zip(times, paces, strict=True) if pace <= _STEADY * usual]
    print(f"  a fixed piece of work right behind each: {in_words(paces)}")
    _say(f"  the {len(steady)} edits behind which it took at most {_STEADY} × its median", steady)


def _pace() -> float:
    """Return the seconds of a fixed piece of work of the interpreter's: how fast the machine is just now."""
    began = time.perf_counter()
    sum(number % 7 for number in range(10_000))
    return time.perf_counter() - began


def _measured(steps: Iterable[Callable[[], object]], paces: list[float] | None = None) -> list[Spent]:
    times: list[Spent] = []
    for step in steps:
        loop = QEventLoop()

        def act(step: Callable[[], object] = step, loop: QEventLoop = loop) -> None:
            times.append(timed(step))
            if paces is not None:
                paces.append(_pace())
            loop.quit()

        QTimer.singleShot(0, act)  # as a key comes
        loop.exec()
        rest(_BREAK / 1000)
    return times


def _bare(count: int) -> list[Spent]:
    view, model = bare_table()
    times = _measured((lambda n=n: model.setData(model.index(3, 0), str(n))) for n in range(count))
    view.close()
    return times


def _window(folder: Path, text: str) -> MainWindow:
    folder.mkdir()
    file = folder / "清河市农业农村局2023年报.txt"
    file.write_text(text, "utf-8")
    window = shown(folder, [file])
    run_until(lambda: is_read(window))
    gc.collect()
    return window


def _typed(window: MainWindow, count: int, *, with_source: bool = False) -> tuple[list[Spent], list[float]]:
    """Return what each edit cost, and how fast the machine was right behind it."""
    window.activateWindow()
    times: list[Spent] = []
    paces: list[float] = []
    for number in range(count):
        window.session.go_to(CellKey.parse(_CALM[number % len(_CALM)]))
        window.tables.focus_current()
        for digit in str(number % 90 + 1):
            write(digit)
            rest(_BREAK / 1000)
        times += _measured([lambda: _enter(window, with_source)], paces)
    return times, paces


def _enter(window: MainWindow, with_source: bool = False) -> None:
    """Press Enter and wait until the rules have been asked, if that is done beside the window; and for the source."""
    press(Key.Key_Return)
    if window.session.changes.unassessed:
        run_until(lambda: not window.session.changes.unassessed)
    if with_source:
        run_until(lambda: not window.session.step.is_following)


def _walked(window: MainWindow, count: int) -> list[Spent]:
    window.activateWindow()
    times: list[Spent] = []
    while len(times) < count:
        window.tables.focus_current()
        assert window.session.entry is not None
        assert window.session.cell is not None
        if window.session.cell.state is State.UNREADABLE:
            write("1")
            rest(_BREAK / 1000)
        times += _measured([lambda: _enter(window)])
        while not window.session.entry.open:
            press(Key.Key_Z, CTRL)
    return times


if __name__ == "__main__":
    main()
