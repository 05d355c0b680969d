"""Marks on papers become a PDF file, written by Qt."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtWidgets import QApplication

_FINE = 10  # units a point


@dataclass(frozen=True)
class Ink:
    """A run of text: where it begins, the top of its line, its size in points, and how it is drawn."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "black"
    turned: bool = False  # reads upwards
    serif: bool = False


@dataclass(frozen=True)
class Rule:
    """A border line, drawn as a stroke or as a thin filled box."""

    x0: float
    y0: float
    x1: float
    y1: float
    filled: bool = False
    width: float = 0.5


@dataclass(frozen=True)
class Frame:
    """A stroked box."""

    x0: float
    y0: float
    x1: float
    y1: float


Mark = Ink | Rule | Frame


@dataclass
class Paper:
    """A page and what is drawn on it, in points."""

    wide: float
    high: float
    marks: list[Mark] = field(default_factory=list)


@cache
def application() -> QGuiApplication:
    """Return the running Qt application, or one made now, which windows can use too: fonts need it."""
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else QApplication([])


@cache
def advance(sign: str, size: float, serif: bool) -> float:
    """Return the width of a character in points."""
    application()
    return QFontMetricsF(_font(size, serif)).horizontalAdvance(sign) / _FINE


@cache
def _font(size: float, serif: bool) -> QFont:
    font = QFont("Noto Serif CJK SC" if serif else "Noto Sans CJK SC")
    font.setPixelSize(round(size * _FINE))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def paint(papers: Sequence[Paper], *, turned: bool = False) -> bytes:
    """Return the papers as a PDF file; ``turned`` stores the pages on their side and has them shown upright."""
    application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72 * _FINE)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter: QPainter | None = None
    for paper in papers:
        size = QSizeF(paper.high, paper.wide) if turned else QSizeF(paper.wide, paper.high)
        writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        if painter is None:
            painter = QPainter(writer)
        else:
            writer.newPage()
        painter.save()
        if turned:
            painter.translate(0, paper.wide * _FINE)
            painter.rotate(-90)
        _draw(painter, paper.marks)
        painter.restore()
    if painter:
        painter.end()
    data = bytes(buffer.data().data())
    return _on_their_side(data) if turned else data


def _draw(painter: QPainter, marks: Iterable[Mark]) -> None:
    for mark in marks:
        if isinstance(mark, Ink):
            _write(painter, mark)
        elif isinstance(mark, Frame):
            painter.setPen(QPen(QColor("black"), 0.5 * _FINE))
            width, height = mark.x1 - mark.x0, mark.y1 - mark.y0
            painter.drawRect(QRectF(mark.x0 * _FINE, mark.y0 * _FINE, width * _FINE, height * _FINE))
        elif mark.filled:
            half = mark.width / 2
            x0, y0, x1, y1 = mark.x0 - half, mark.y0 - half, mark.x1 + half, mark.y1 + half
            painter.fillRect(QRectF(x0 * _FINE, y0 * _FINE, (x1 - x0) * _FINE, (y1 - y0) * _FINE), QColor("black"))
        else:
            painter.setPen(QPen(QColor("black"), mark.width * _FINE))
            painter.drawLine(QLineF(mark.x0 * _FINE, mark.y0 * _FINE, mark.x1 * _FINE, mark.y1 * _FINE))


def _write(painter: QPainter, ink: Ink) -> None:
    font = _font(ink.size, ink.serif)
    painter.setFont(font)
    painter.setPen(QColor(ink.colour))
    if ink.turned:
        painter.save()
        painter.translate(ink.x * _FINE, ink.y * _FINE)
        painter.rotate(-90)
        painter.drawText(QPointF(0, ink.size * _FINE), ink.text)
        painter.restore()
    else:
        painter.drawText(QPointF(ink.x * _FINE, (ink.y + 1.05 * ink.size) * _FINE), ink.text)


def _on_their_side(data: bytes) -> bytes:
    """Have every page shown turned by a quarter."""
    document = pdfium.PdfDocument(data)
    for page in document:
        page.set_rotation(90)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
