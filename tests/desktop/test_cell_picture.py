"""What is copied from the picture of a table is what drawing all of it anew would show, whatever happened since."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from desktop.palette import DARK, LIGHT, wear
from desktop.views.body_painter import BodyPainter
from desktop.views.cell_painter import paint_borders
from desktop.views.cell_picture import CellPicture, Wanted
from desktop.views.form_table import FormTable
from tests.desktop.conftest import GRANTED, key
from tests.desktop.keys import CTRL, SHIFT, Key, press, write

_ACTIONS = {
    "type": lambda: (write("7"), press(Key.Key_Return)),
    "accept": lambda: press(Key.Key_Return),
    "down": lambda: press(Key.Key_Down),
    "right": lambda: press(Key.Key_Right),
    "block": lambda: press(Key.Key_Down, SHIFT),
    "page": lambda: press(Key.Key_PageDown),
    "top": lambda: press(Key.Key_Home, CTRL),
    "clear": lambda: press(Key.Key_Delete),
    "undo": lambda: press(Key.Key_Z, CTRL),
    "redo": lambda: press(Key.Key_Y, CTRL),
}


def _tables(window: MainWindow) -> list[FormTable]:
    return [table for table in window.tables.tables if table.isVisible()]


def _seen(tables: list[FormTable]) -> list[QImage]:
    QApplication.processEvents()
    return [part.grab().toImage() for table in tables for part in (table.viewport(), table._side.viewport())]


def _drawn_anew(tables: list[FormTable]) -> list[QImage]:
    for table in tables:
        table._body, table._side._picture = BodyPainter(table._model), CellPicture()
    return _seen(tables)


@pytest.mark.parametrize("seed", range(4))
def test_a_table_looks_as_if_all_of_it_were_drawn_anew(window: MainWindow, seed: int) -> None:
    window.tables.focus_current()
    chance = Random(seed)
    for action in chance.choices(list(_ACTIONS), k=25):
        _ACTIONS[action]()
        window.tables.focus_current()
        tables = _tables(window)
        assert tables
        assert _seen(tables) == _drawn_anew(tables), action


def test_other_colours_sizes_and_reports_are_drawn(window: MainWindow, qapp: QApplication) -> None:
    window.session.go_to(key(GRANTED))
    before = _seen(_tables(window))
    for change in (
        lambda: wear(qapp, DARK),
        lambda: wear(qapp, LIGHT),
        lambda: window.resize(1500, 900),
        lambda: window.session.select(1),
        lambda: window.session.select(2),
    ):
        change()
        tables = _tables(window)
        now = _seen(tables)
        assert now == _drawn_anew(tables)
        assert now != before
        before = now


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 1.75])
def test_a_cell_drawn_again_leaves_the_lines_of_its_neighbours(scale: float) -> None:
    widths, heights = (31, 40, 27), (25, 30, 23, 28)
    standing = [
        QRect(sum(widths[:column]), sum(heights[:row]), widths[column], heights[row])
        for row in range(len(heights))
        for column in range(len(widths))
    ]

    def draw(painter: QPainter, number: int, rect: QRect, look: object) -> None:
        painter.fillRect(rect, QColor(str(look)))
        paint_borders(painter, rect, LIGHT)

    def shown(*drawn: list[str]) -> QImage:
        picture = CellPicture()
        for colours in drawn:
            picture.lay_out(QSize(sum(widths), sum(heights)), scale, QColor("#ffffff"), ())
            picture.renew([(n, standing[n], name) for n, name in enumerate(colours)], draw)
        screen = QPixmap(QSize(sum(widths), sum(heights)) * scale)
        screen.setDevicePixelRatio(scale)
        with QPainter(screen) as painter:
            picture.copy(painter, QPoint(0, 0))
        return screen.toImage()

    chance = Random(7)
    colours = ["#e0e0e0"] * len(standing)
    history = [list(colours)]
    for number in chance.sample(range(len(standing)), 8):
        colours[number] = chance.choice(["#ffeecc", "#ccffee"])
        history.append(list(colours))
    again = shown(*history)
    assert again == shown(colours)
    line, foot = QColor(LIGHT.line), round((heights[0] + heights[1]) * scale) - 1
    assert all(again.pixelColor(x, foot) == line for x in range(again.width()))  # also where other lines cross it


def test_only_what_is_to_look_otherwise_is_drawn() -> None:
    drawn: list[int] = []

    def draw(painter: QPainter, number: int, rect: QRect, look: object) -> None:
        drawn.append(number)
        painter.fillRect(rect, QColor(str(look)))

    def wanted(*colours: str) -> list[Wanted]:
        return [(n, QRect(10 * n, 0, 10, 10), colour) for n, colour in enumerate(colours)]

    picture, screen = CellPicture(), QPixmap(30, 10)
    for colours, expected in (
        (("#ff0000", "#00ff00", "#0000ff"), [0, 1, 2]),
        (("#ff0000", "#00ff00", "#0000ff"), []),
        (("#ff0000", "#ffffff", "#0000ff"), [1]),
    ):
        drawn.clear()
        picture.lay_out(QSize(30, 10), 1, QColor("#000000"), ("light",))
        picture.renew(wanted(*colours), draw)
        assert drawn == expected
        with QPainter(screen) as painter:
            picture.copy(painter, QPoint(0, 0))
        shown = screen.toImage()
        assert [shown.pixelColor(10 * n + 5, 5).name() for n in range(3)] == list(colours)
    drawn.clear()
    picture.lay_out(QSize(30, 10), 1, QColor("#000000"), ("dark",))
    picture.renew(wanted("#ff0000"), draw)
    assert drawn == [0]
