"""Where the clerk is, remembered for the next time the workspace is opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.keeper import Keeper
from desktop.session import Session

_SETTLED = 1000  # ms in a cell before it counts as the place


class LastPlace(QObject):
    """Follows the session; a walk through many cells is kept as its end."""

    def __init__(self, session: Session, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._keeper = session, keeper
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        session.cell_changed.connect(lambda: self._timer.start(_SETTLED))

    def keep(self) -> None:
        """Have the present place kept now."""
        entry = self._session.entry
        if entry is not None:
            self._keeper.leave_at(entry.path, self._session.key)
