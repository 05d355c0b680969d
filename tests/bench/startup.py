"""How long from the start of the process until the window is painted, and how long the GUI thread is held."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).parents[2]
PROGRAM = """
import sys, tempfile, time
from pathlib import Path
began = float(sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.app import create_window
window = create_window([], Path(tempfile.mkdtemp()))
window.show()
def report():
    print(f"{(time.time() - began) * 1000:.0f}")
    app.exit()
QTimer.singleShot(0, lambda: (window.repaint(), report()))
app.exec()
"""


def main() -> None:
    """Print the times of a few starts."""
    times = []
    for _ in range(6):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(time.time())], capture_output=True, text=True, check=True, cwd=TOP
        )
        times.append(int(done.stdout))
    print("process start → window painted, ms:", times)


if __name__ == "__main__":
    main()
