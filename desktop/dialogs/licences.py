"""What this program is made of becomes a list of names and licence texts, in a checkout as in a bundle."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from parser.paths import resource

_DIRECT = (
    "lxml", "numpy", "onnxruntime", "opencv-python-headless", "openpyxl", "pandas", "pillow", "platformdirs",
    "pypdfium2", "rapidfuzz", "rapidocr",
)  # fmt: skip
_TEXT = re.compile(r"(?i)(^|/)(licen[cs]es?|copying|notice|thirdparty)\b[^/]*$|/licenses/")
_CODE = frozenset({".py", ".pyc", ".so", ".pyd", ".dll"})


class Part(NamedTuple):
    """A library or drawing in the program, and where its licence texts lie."""

    name: str
    files: tuple[Path, ...]

    @property
    def text(self) -> str:
        """All its licence texts."""
        return "\n\n".join(file.read_text("utf-8", errors="replace") for file in self.files)


def parts() -> list[Part]:
    """Return what the program is made of: itself, Qt, the libraries, the icons."""
    own = [file for file in (resource().parent / "LICENSE", resource("..", "..", "LICENSE")) if file.is_file()][:1]
    found = [Part("年报核校", tuple(own))] if own else []
    found += [Part(name, (resource("licenses", f"{name}.txt"),)) for name in ("Qt", "LGPL-3.0", "GPL-3.0")]
    found += [Part("Lucide（图标）", (resource("icons", "LICENSE"),))]
    bundled = resource().parent / "licenses"
    return found + (_bundled(bundled) if bundled.is_dir() else _installed())


def _bundled(folder: Path) -> list[Part]:
    """Return what build/bundle.py has put beside the program."""
    return [
        Part(inner.name, tuple(sorted(file for file in inner.rglob("*") if file.is_file())))
        for inner in sorted(folder.iterdir())
        if inner.is_dir()
    ]


def _installed() -> list[Part]:
    """Return the libraries of this Python that the program uses, and those they use in turn."""
    found: dict[str, Part] = {}
    waiting = list(_DIRECT)
    while waiting:
        name = waiting.pop(0).lower().replace("_", "-")
        if name in found:
            continue
        try:
            known = distribution(name)
        except PackageNotFoundError:  # needed on another system
            continue
        found[name] = Part(f"{known.metadata['Name']} {known.version}", _texts(known))
        waiting += re.findall(r"(?m)^([A-Za-z0-9._-]+)(?!.*extra ==)", "\n".join(known.requires or ()))
    return sorted(found.values(), key=lambda part: part.name.lower())


def _texts(known: Distribution) -> tuple[Path, ...]:
    files = [file for file in known.files or () if _TEXT.search(str(file)) and file.suffix not in _CODE]
    return tuple(Path(str(file.locate())) for file in files)
