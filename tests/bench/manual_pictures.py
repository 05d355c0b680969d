"""Draws the pictures of the manual from the bundled samples; ``tests.bench.screenshots`` calls it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap, qRgb
from PySide6.QtWidgets import QApplication, QInputDialog, QWidget

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

ROOT = Path(__file__).parents[2]
OUT = ROOT / "resources" / "manual" / "images"
SAMPLES = ROOT / "resources" / "samples"
SIZE = (1366, 736)
_NOISY = ("pages", "zero")  # pictures of paper, whose many greys nobody needs
_COLOURS = 160
_FUND, _PLANNING, _SCAN, _TOWN = "05", "07", "10", "04"  # samples: a wrong row, two errors, a scan, rows missing


def draw() -> None:
    """Draw all pictures; few colours, because they are kept in the repository."""
    from desktop.app import prepare
    from desktop.palette import LIGHT, wear

    app = QApplication([])
    prepare(app)
    wear(app, LIGHT)
    OUT.mkdir(parents=True, exist_ok=True)
    _keep("signs", _signs())
    _keep("empty", _shrunk(_open([]).grab()))
    window = _open([SAMPLES])
    for name, picture in _pictures().items():
        _keep(name, picture(window))


def _pictures() -> dict[str, Callable[[MainWindow], QPixmap]]:
    return {
        "window": _whole, "queue": _queue, "round": _round, "finding": _finding, "printed": _printed, "prose": _prose,
        "heading": _heading, "missing": _missing, "pages": _scan, "zero": _zero,
    }  # fmt: skip


# ── the pictures ─────────────────────────────────────────────────────────────────────
def _whole(window: MainWindow) -> QPixmap:
    _show(window, _FUND, doubt=True)
    return window.grab()


def _queue(window: MainWindow) -> QPixmap:
    _show(window, _FUND)
    window.queue.view.setFocus()
    return _part(window, [window.queue], height=620)


def _round(window: MainWindow) -> QPixmap:
    _show(window, _FUND, doubt=True)
    return _part(window, [window.tables], height=470)


def _finding(window: MainWindow) -> QPixmap:
    _show(window, _PLANNING)
    window.findings.view.step(1)
    _rest(300)
    return _part(window, [window.tables, window.findings])


def _printed(window: MainWindow) -> QPixmap:
    _show(window, _FUND, doubt=True)
    window.findings.view.step(1)
    window.findings.view.explain()
    dialog = window.findings.view.findChild(QInputDialog)
    assert dialog is not None
    _rest(200)
    picture = dialog.grab()
    dialog.reject()
    return picture


def _prose(window: MainWindow) -> QPixmap:
    _show(window, _FUND)
    window.tables._tabs.setCurrentIndex(3)
    _rest(300)
    return _part(window, [window.tables], height=470)


def _heading(window: MainWindow) -> QPixmap:
    from desktop.dialogs.heading import correct_heading

    _show(window, _FUND)
    assert window.session.report is not None
    dialog = correct_heading(window, window.session.report, lambda *_values: None)
    _rest(200)
    picture = dialog.grab()
    dialog.reject()
    return picture


def _missing(window: MainWindow) -> QPixmap:
    from parser.model.report import State

    _show(window, _TOWN)
    report = window.session.report
    assert report is not None
    window.session.go_to(next(key for key, cell in report.cells.items() if cell.state is State.ABSENT))
    _rest(300)
    return _part(window, [window.tables, window.findings])


def _scan(window: MainWindow) -> QPixmap:
    from parser.model.report import CellKey

    _show(window, _SCAN)
    window.session.go_to(CellKey.parse("applications.new_received.total"))
    window.tables.edit_in_place()
    _rest(1500)
    picture = _part(window, [window.source, window.tables], height=470)
    window.tables.focus_current()
    return picture


def _zero(window: MainWindow) -> QPixmap:
    _show(window, _SCAN)
    window.zero_sheet.open()
    _rest(2500)
    return _part(window, [window.zero_sheet], height=300)


def _signs() -> QPixmap:
    """Draw a cell in every state beside what it means."""
    from desktop.models.looks import CellLook
    from desktop.palette import LIGHT
    from desktop.views.cell_painter import Figures, paint_value
    from parser.model.report import State

    plain = CellLook("12", State.NUMBER, "", "", "", *(False,) * 6)
    rows = [
        (plain, "读出的数，没有疑问"),
        (plain._replace(text="0"), "0 写得淡，好让别的数显眼"),
        (plain._replace(doubtful=True), "存疑：黄底，右上角有三角"),
        (plain._replace(doubtful=True, broken=True), "与勾稽关系不符：左边有红线"),
        (plain._replace(sums="14"), "合计旁的红字：各项相加得 14"),
        (plain._replace(confirmed=True), "您确认过：绿色对号"),
        (plain._replace(changed=True), "您改过：蓝点"),
        (plain._replace(printed=True), "原文如此：引号"),
        (plain._replace(text="", state=State.BLANK), "原文空白：细斜线，不是 0"),
        (plain._replace(text="/", state=State.MARK), "原文填的是符号"),
        (plain._replace(text="", state=State.UNREADABLE, raw="见表", doubtful=True), "读不出数，请您输入"),
        (plain._replace(text="", state=State.ABSENT), "原文没有这一格"),
    ]
    figures, high, across = Figures(QApplication.font()), 28, 2
    width, lines = 620, (len(rows) + across - 1) // across
    picture = QPixmap(width, lines * (high + 10) + 10)
    picture.fill(QColor(LIGHT.base))
    with QPainter(picture) as painter:
        for place, (look, words) in enumerate(rows):
            x, y = 10 + place // lines * (width // across), 10 + place % lines * (high + 10)
            box = QRect(x, y, 76, high)
            paint_value(painter, box, look, False, False, LIGHT, figures)
            painter.setPen(QColor(LIGHT.line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            painter.setPen(QColor(LIGHT.text))
            painter.setFont(QFont(QApplication.font()))
            painter.drawText(QRect(x + 88, y, 230, high), Qt.AlignmentFlag.AlignVCenter, words)
    return picture


# ── the window ───────────────────────────────────────────────────────────────────────
def _open(paths: list[Path]) -> MainWindow:
    from desktop.app import create_window
    from desktop.main_window import MainWindow
    from desktop.settings import Settings

    folder = Path(tempfile.mkdtemp())
    settings = Settings(folder / "window.ini")
    settings.remember_author("王敏")
    window = create_window(paths, folder / "workspace", settings=settings)
    assert isinstance(window, MainWindow)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    while paths and (not window.session.entries or any(entry.is_reading for entry in window.session.entries)):
        _rest(50)
    _rest(300)
    return window


def _show(window: MainWindow, sample: str, doubt: bool = False) -> None:
    """Go to a sample, and there to the first doubt of the second table."""
    session = window.session
    session.select(next(n for n, e in enumerate(session.entries) if e.path.name.startswith(sample)))
    if doubt and session.entry is not None:
        session.go_to(next(key for key in session.entry.open if key.table == "applications"))
    window.tables.focus_current()
    _rest(800)


def _part(window: MainWindow, widgets: list[QWidget], height: int = 0) -> QPixmap:
    """Return a picture of some panes beside or below each other."""
    area = QRect()
    for widget in widgets:
        area |= QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if height:
        area.setHeight(min(height, area.height()))
    return window.grab(area)


def _shrunk(picture: QPixmap) -> QPixmap:
    return picture.scaled(
        QSize(860, 600), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _rest(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.exit)
    loop.exec()


def _keep(name: str, pixmap: QPixmap) -> None:
    from desktop.palette import LIGHT

    picture = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    steps = (0, 85, 170, 255)  # a few of every hue, so that rare colours keep theirs
    colours = [qRgb(red, green, blue) for red in steps for green in steps for blue in steps]
    colours += [QColor(colour).rgb() for colour in LIGHT]
    if name not in _NOISY:
        common = Counter(memoryview(picture.constBits()).cast("I")).most_common(_COLOURS - len(colours))
        colours += [colour for colour, _ in common]
    file, plain = OUT / f"{name}.png", Qt.ImageConversionFlag.ThresholdDither
    picture.convertToFormat(QImage.Format.Format_Indexed8, colours, plain).save(str(file), "PNG", 0)
    print(f"{file}: {file.stat().st_size // 1024} KB")
