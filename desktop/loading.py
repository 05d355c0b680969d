"""Loads what the window needs later: on the GUI thread, a little at a time.

Not in a worker, although that would leave the window alone: where a class of Qt's is derived while the GUI thread
answers an event, PySide reads its table of classes while it is being written, and the program falls down now and then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from time import monotonic

from PySide6.QtCore import QObject

from desktop.soon import soon

_PACKAGES = ("desktop.models", "desktop.views")
_LAST = "desktop.review_page"  # needs nearly all of them
_TURN = 0.01  # seconds of loading after which the window has its turn


def load_in_turns(parent: QObject, done: Callable[[], None]) -> None:
    """Load the modules of the report's page, then call ``done``, unless ``parent`` has gone."""
    names = _modules()

    def turn() -> None:
        end = monotonic() + _TURN
        for name in names:
            import_module(name)
            if monotonic() >= end:
                soon(parent, turn)
                return
        done()

    turn()


def _modules() -> Iterator[str]:
    import pkgutil  # the window is painted before

    for package in map(import_module, _PACKAGES):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield module.name
    yield _LAST
