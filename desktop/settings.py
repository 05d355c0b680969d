"""What the window remembers between two runs."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

_RECENT = 9  # as many as there are digits to choose by


class Settings:
    """Window layout and folders, kept in a small ini file."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @classmethod
    def for_user(cls) -> Settings:
        """Return the settings of the person at this computer."""
        return cls(user_config_path("nianbao", appauthor=False) / "window.ini")

    @property
    def author(self) -> str | None:
        """The name that signs what this person changes, None until it was asked for."""
        value = self._store.value("author")
        return value if isinstance(value, str) and value else None

    def remember_author(self, name: str) -> None:
        """Keep the name."""
        self._store.setValue("author", name)

    def folder(self, purpose: str) -> Path | None:
        """Return the folder last used for ``purpose`` ("open", "export") if it still exists."""
        value = self._store.value(f"folder/{purpose}")
        folder = Path(value) if isinstance(value, str) and value else None
        return folder if folder is not None and folder.is_dir() else None

    def remember_folder(self, purpose: str, folder: Path) -> None:
        """Keep the folder for the next time."""
        self._store.setValue(f"folder/{purpose}", str(folder))

    def choice(self, name: str) -> str:
        """Return what was chosen for ``name`` ("theme", "queue_order", "window"), ``""`` when nothing was."""
        value = self._store.value(f"choice/{name}")
        return value if isinstance(value, str) else ""

    def remember_choice(self, name: str, value: str) -> None:
        """Keep what was chosen."""
        self._store.setValue(f"choice/{name}", value)

    def recent(self, purpose: str) -> list[Path]:
        """Return what was opened last for ``purpose`` ("report", "workspace"), the last one first."""
        value = self._store.value(f"recent/{purpose}")
        return [Path(line) for line in value.split("\n")] if isinstance(value, str) and value else []

    def remember_recent(self, purpose: str, path: Path) -> None:
        """Put ``path`` first among what was opened last."""
        paths = [path, *(other for other in self.recent(purpose) if other != path)][:_RECENT]
        self._store.setValue(f"recent/{purpose}", "\n".join(map(str, paths)))

    def forget_recent(self, purpose: str, path: Path) -> None:
        """Leave out ``path``, which is no longer there."""
        self._store.setValue(f"recent/{purpose}", "\n".join(str(p) for p in self.recent(purpose) if p != path))

    def layout(self, name: str) -> QByteArray | None:
        """Return the saved geometry or splitter state called ``name``."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    @property
    def is_new(self) -> bool:
        """Whether no window was ever closed with these settings."""
        return not self._store.contains("layout/window")

    def remember_layout(self, name: str, state: QByteArray) -> None:
        """Keep a geometry or splitter state."""
        self._store.setValue(f"layout/{name}", state)
