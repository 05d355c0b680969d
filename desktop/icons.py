"""The name of an icon and a colour become pixels, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from parser.paths import resource

_SIZE = 16  # logical pixels of icons in buttons and menus


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return ``resources/icons/<name>.svg`` drawn in ``colour``, ``size`` logical pixels wide at device ``scale``."""
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    image = QPixmap(round(size * scale), round(size * scale))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """Return the icon for buttons and menus, with a paler one for disabled actions."""
    result = QIcon()
    for size in sorted({round(_SIZE * screen.devicePixelRatio()) for screen in QGuiApplication.screens()} | {_SIZE}):
        result.addPixmap(pixmap(name, colour, size))
        if disabled:
            result.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return result
