"""Keeps Python's own housekeeping from holding up the window."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_NEVER = 1_000_000


def keep_smooth(app: QApplication) -> None:
    """Let the window be answered before the reading of reports, and tidy memory only while nobody looks."""
    sys.setswitchinterval(0.001)  # the GUI thread must not wait 5 ms for every Python call while reports are read
    tidy_on_request()
    app.applicationStateChanged.connect(_on_state_changed)


def tidy_on_request() -> None:
    """Let no full collection of garbage happen by itself.

    It goes through every cell of every open report (60 ms for 66 reports) and holds all threads.
    """
    gc.freeze()  # the modules are no garbage: never look there
    gc.set_threshold(5_000, 10, _NEVER)


def _on_state_changed(state: Qt.ApplicationState) -> None:
    if state is not Qt.ApplicationState.ApplicationActive:
        gc.collect()
