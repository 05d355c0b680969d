"""Where things lie: resources in a checkout, an installed wheel or a frozen bundle, and the user's own workspace."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from platformdirs import user_data_path


def resource(*parts: str) -> Path:
    """Return the path of the bundled file or folder ``resources/<parts…>``; it need not exist."""
    return _root().joinpath(*parts)


def own_workspace() -> Path:
    """Return the folder that keeps the work of the person at this computer; it need not exist.

    On Windows it follows the person from one computer to the next (%APPDATA%), on Linux it is in XDG_DATA_HOME.
    """
    return user_data_path("nianbao", appauthor=False, roaming=True) / "workspace"


@cache
def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
