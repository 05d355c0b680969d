"""Which typefaces this machine can print with: Chinese ones, and Latin ones for figures."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    os.path.join(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),  # noqa: PTH118 - may not exist
)
# file name without suffix, lower case → the family wanted from a collection (None: its first)
_SERIF = {
    "notoserifcjk-regular": "Noto Serif CJK SC",
    "notoserifcjk-medium": "Noto Serif CJK SC",
    "notoserifcjk-light": "Noto Serif CJK SC",
    "simsun": None,
    "simfang": None,
    "simkai": None,
    "uming": "AR PL UMing CN",
    "ukai": "AR PL UKai CN",
    "fandolsong-regular": None,
    "fandolfang-regular": None,
}
_SANS = {
    "notosanscjk-regular": "Noto Sans CJK SC",
    "notosanscjk-medium": "Noto Sans CJK SC",
    "notosanscjk-demilight": "Noto Sans CJK SC",
    "simhei": None,
    "msyh": None,
    "wqy-microhei": None,
    "wqy-zenhei": None,
}
_BOLD = {
    "notosanscjk-bold": "Noto Sans CJK SC",
    "notoserifcjk-bold": "Noto Serif CJK SC",
    "notoserifcjk-semibold": "Noto Serif CJK SC",
    "simhei": None,
}
_LATIN = (
    "liberationserif-regular",
    "liberationsans-regular",
    "times",
    "arial",
    "freeserif",
    "tinos-regular",
    "texgyretermes-regular",
    "dejavuserif",
    "dejavuserifcondensed",
    "dejavusans",
    "dejavusanscondensed",
    "dejavumathtexgyre",
    "carlito-regular",
    "calibri",
)


@dataclass(frozen=True)
class Face:
    """A face in a font file."""

    path: str
    index: int = 0

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        """Return the face at ``size`` pixels."""
        return _load(self.path, self.index, round(size, 2))


@dataclass(frozen=True)
class Faces:
    """The faces found, by use; every list but ``latin`` has at least one."""

    serif: tuple[Face, ...]
    sans: tuple[Face, ...]
    bold: tuple[Face, ...]
    latin: tuple[Face, ...]


@cache
def faces() -> Faces:
    """Return what there is to print with; LookupError without any Chinese font."""
    files = _files()
    serif, sans, bold = (_faces(files, wanted) for wanted in (_SERIF, _SANS, _BOLD))
    if not serif + sans:
        raise LookupError("no Chinese font found: install fonts-noto-cjk")
    latin = tuple(Face(str(files[name])) for name in _LATIN if name in files)
    return Faces(serif or sans, sans or serif, bold or sans or serif, latin)


def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob("*.[toTO][tT][tcfTCF]")):
            found.setdefault(path.stem.lower(), path)
    return found


def _faces(files: dict[str, Path], wanted: dict[str, str | None]) -> tuple[Face, ...]:
    found = [_face(files[name], family) for name, family in wanted.items() if name in files]
    return tuple(face for face in found if face is not None)


def _face(path: Path, family: str | None) -> Face | None:
    if family is None:
        return Face(str(path))
    for index in range(20):
        try:
            name = ImageFont.truetype(str(path), 10, index=index).getname()[0]
        except OSError:
            return None
        if name == family:
            return Face(str(path), index)
    return None


@cache
def _load(path: str, index: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)
