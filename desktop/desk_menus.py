"""Menus that are filled when they open, and menus of which one entry is always chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

_LONGEST = 60  # characters of a path in a menu
_MOST = 9


class PathMenu(QMenu):
    """Files or folders to choose from, asked for each time it opens."""

    def __init__(
        self, title: str, parent: QWidget, paths: Callable[[], Sequence[Path]], chosen: Callable[[Path], object]
    ) -> None:
        super().__init__(title, parent)
        self._paths, self._chosen = paths, chosen
        self.aboutToShow.connect(self.renew)

    def renew(self) -> None:
        """Fill the menu."""
        self.clear()
        paths = list(self._paths())[:_MOST]
        for number, path in enumerate(paths, 1):
            action = self.addAction(f"&{number}  {_shortened(str(path)).replace('&', '&&')}")
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._on_triggered, path))
        if not paths:
            self.addAction(self.tr("（没有）")).setEnabled(False)

    def _on_triggered(self, path: Path, _checked: bool = False) -> None:
        self._chosen(path)


class ChoiceMenu(QMenu):
    """A few settings, exactly one of which holds."""

    def __init__(
        self,
        title: str,
        parent: QWidget,
        choices: Sequence[tuple[str, str]],
        current: str,
        chosen: Callable[[str], object],
    ) -> None:
        super().__init__(title, parent)
        group = QActionGroup(self)
        for value, words in choices:
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(partial(self._on_triggered, chosen, value))
            group.addAction(action)

    @staticmethod
    def _on_triggered(chosen: Callable[[str], object], value: str, _checked: bool = False) -> None:
        chosen(value)


def _shortened(path: str) -> str:
    return path if len(path) <= _LONGEST else f"{path[:20]}…{path[21 - _LONGEST :]}"
