"""What is done next, once the event loop has had its turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, what: Callable[[], object]) -> None:
    """Call ``what`` once what waits now has been seen to, unless ``owner`` has gone by then.

    Not by ``QTimer.singleShot(0, owner, what)``: PySide forgets the error that ``what`` raises there, and neither log
    nor user would ever hear of it.
    """
    timer = QTimer(owner, singleShot=True)
    timer.timeout.connect(what)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
