"""An open workspace in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parser.workspace.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a Chinese name and a space, as they are in offices."""
    return tmp_path / "年报 工作区"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = Store(folder)
    yield store
    store.close()
