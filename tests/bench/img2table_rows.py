"""img2table on the page images of scans, in an environment of its own: it needs another build of OpenCV than ours."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from tests.scoring import expect

_REQUIREMENTS = ("img2table==2.*", "rapidocr>=3.10,<4", "onnxruntime==1.26.*")
_WORKER = Path(__file__).with_name("img2table_worker.py")


@dataclass
class Rival:
    """Collects page images, and says in the end how many rows of seven values img2table gets out of them whole."""

    folder: tempfile.TemporaryDirectory[str] = field(default_factory=tempfile.TemporaryDirectory)
    wanted: dict[str, list[list[str]]] = field(default_factory=dict)

    def take(self, name: str, pages: Sequence[np.ndarray], rows: list[list[str]]) -> None:
        """Add a scan: its pages, and what is printed in the rows that should come out."""
        folder = Path(self.folder.name, name)
        folder.mkdir()
        for number, page in enumerate(pages):
            Image.fromarray(page).save(folder / f"{number:03}.png", compress_level=1)
        self.wanted[name] = rows

    def result(self) -> str:
        """Return how many rows came out whole, of how many; or why that is not known."""
        try:
            command = [str(_python()), "-P", str(_WORKER), self.folder.name]
            run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
            found = json.loads(run.stdout.rpartition("\n")[2])
        except (OSError, subprocess.CalledProcessError, json.JSONDecodeError) as error:
            told = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            return f"cannot be run here ({told[-1] if told else error})"
        finally:
            self.folder.cleanup()
        return f"{intact(self.wanted, found)} of {sum(map(len, self.wanted.values()))}"


def intact(wanted: Mapping[str, list[list[str]]], found: Mapping[str, list[list[str]]]) -> int:
    """Return how many wanted rows stand in a row of their scan's tables, all values beside each other in order."""
    count = 0
    for name, rows in wanted.items():
        left = [[expect(text) for text in row] for row in rows]
        for row in found.get(name, []):
            read = [expect(text) for text in row]
            windows = [read[n : n + 7] for n in range(len(read) - 6)]
            match = next((values for values in left if values in windows), None)
            if match is not None:
                left.remove(match)
                count += 1
    return count


def _python() -> Path:
    """Return the interpreter of img2table's environment, made where there is none yet."""
    folder = Path(tempfile.gettempdir(), "nianbao-bench", "img2table")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "complete"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *_REQUIREMENTS]
        subprocess.run(install, check=True, capture_output=True, text=True)
        done.touch()
    return python
