"""How long from the start of the process until the window is painted.

``python -m tests.bench.startup [--runs N]``. Beside it, in the same run and turn by turn, the least that Qt needs: a
bare PySide6 window with a table of as many cells. The window opens on no file, as it does from the menu of the desktop.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

TOP = Path(__file__).parents[2]
_END = """
from PySide6.QtCore import QTimer
def end():
    window.repaint()
    print(f"{(time.time() - float(sys.argv[1])) * 1000:.0f}", flush=True)
    app.exit()
QTimer.singleShot(0, end)
app.exec()
"""
OURS = (
    """
import sys, tempfile, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.app import create_window
window = create_window([], Path(tempfile.mkdtemp()))
window.show()
"""
    + _END
)
BARE = (
    """
import sys, time
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window, table, model = QMainWindow(), QTableView(), QStandardItemModel(25, 8)
for row in range(25):
    for column in range(8):
        model.setItem(row, column, QStandardItem("0"))
table.setModel(model)
window.setCentralWidget(table)
window.resize(1366, 728)
window.show()
"""
    + _END
)


def main() -> None:
    """Print the median of a few starts of each, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    ours, bare = [], []
    for _ in range(parser.parse_args().runs):
        bare.append(_start(BARE))
        ours.append(_start(OURS))
    ours, bare = ours[1:], bare[1:]  # the first of each reads the disk, and compiles
    print(f"process start → painted: bare window with a table {_words(bare)}, ours {_words(ours)}", end="; ")
    print(f"{median(ours) / median(bare):.2f} times, the quickest {min(ours) / min(bare):.2f} times")


def _start(program: str) -> int:
    command = [sys.executable, "-c", program, str(time.time())]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TOP, env=environment)
    return int(done.stdout)


def _words(times: list[int]) -> str:
    return f"median {median(times):.0f} ms ({min(times)} to {max(times)})"


if __name__ == "__main__":
    main()
