"""Keeps Python's own housekeeping from holding up the window."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

_NEVER = 1_000_000
_YOUNG = 20_000  # new objects after which Python tidies by itself, whatever is being done
_TIDY = 1_000  # ms between two looks at whether there is time for tidying what is new
_NICE = 5  # of 19: how far workers stand back for the window, but not for every other program
_MOMENT = 0.03  # s after the clerk has done something in which what it changes is worked out and painted
_QUIET = 0.1  # s after that in which what is done is painted on a slow computer, too


class _Clerk:
    """When, on the monotonic clock, the window has had its moment."""

    served = 0.0


def keep_smooth(app: QApplication) -> None:
    """Let the window be answered before the reading of reports, and tidy memory only while nobody looks."""
    sys.setswitchinterval(0.001)  # the GUI thread must not wait 5 ms for every Python call while reports are read
    tidy_on_request()
    app.applicationStateChanged.connect(_on_state_changed)
    idle = QTimer(app)
    idle.timeout.connect(_tidy_young)
    idle.start(_TIDY)


def go_first() -> None:
    """Have workers give way for a moment, because the clerk has done something.

    Each call into Qt gives the interpreter away, and to take it back from a worker costs the window far more than most
    calls. Between two moments is as long a one for workers: keys that are held down must not stop them.
    """
    now = time.monotonic()
    if now >= _Clerk.served + _MOMENT:
        _Clerk.served = now + _MOMENT


def moment_left() -> float:
    """Return for how many seconds the window still has its moment."""
    return max(0.0, _Clerk.served - time.monotonic())


def give_way() -> None:
    """Return once the window has had its moment. Workers that work in Python call it often."""
    rest = moment_left()
    if rest > 0:
        time.sleep(rest)


def stand_back() -> None:
    """Let the processor do the window's work before that of this thread, and of those that it begins.

    Linux alone gives each thread a niceness of its own; elsewhere nothing changes.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(OSError):  # not every sandbox lets a program do so
            os.setpriority(os.PRIO_PROCESS, thread, max(_NICE, os.getpriority(os.PRIO_PROCESS, thread)))


def tidy_on_request() -> None:
    """Let no full collection of garbage happen by itself.

    It goes through every cell of every open report (60 ms for 66 reports) and holds all threads.
    """
    gc.freeze()  # the modules are no garbage: never look there
    gc.set_threshold(_YOUNG, 10, _NEVER)


def _tidy_young() -> None:
    """Go through what is new, so that it need not be done while a key is being answered (2 ms)."""
    if time.monotonic() >= _Clerk.served + _QUIET:
        gc.collect(1)


def _on_state_changed(state: Qt.ApplicationState) -> None:
    if state is not Qt.ApplicationState.ApplicationActive:
        gc.collect()
