"""How soon a page of a scan is sharp, and how long the window stalls while 60 pages are scrolled through.

``python -m tests.bench.pages_view``; the event loop is the real one, the pages are scans of 200 dpi as JPEG in a PDF.
Beside it, in the same run, the least there can be: a label whose page the PDF library draws on the window's own thread,
and a bare QGraphicsView of as many pictures that are there already.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QLabel, QScrollBar

from desktop.main_window import MainWindow
from tests.bench.live import in_words, rest, run_until, shown, stalls, ticking
from tests.desktop.paged import SlowBackend, draw_report

_PAGES = 60
_SCAN = 1654  # pixels across A4 at 200 dpi
_HIGH = 2339
_ORDER = list(range(2, _PAGES, 5))


def main() -> None:
    """Print milliseconds."""
    _app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "扫描件.pdf")
        report = draw_report(file, pages=_PAGES)
        _write_scan(file)
        print(f"{_PAGES} pages, {file.stat().st_size / 2**20:.0f} MB")
        window = _opened(file, SlowBackend({file: report}))
        view, images = window.source.pages.view, window.review.images
        fitting = view._layout.width_pixels
        for width in (fitting, _SCAN):
            _turn_bare(file, width)
        _turn(window, _ORDER, "fit to width, not seen before")
        _turn(window, _ORDER, "fit to width, seen before")
        view._zoom_to(view.zoom * _SCAN / fitting, view.viewport().rect().center())
        _turn(window, _ORDER[:8], "200 dpi, not seen before")
        _turn(window, _ORDER[:3], "200 dpi, of the last three: draws them")
        _turn(window, _ORDER[:3] * 4, "200 dpi, seen before")
        _turn(window, range(40, 52), "200 dpi, one after the other", 0.8)
        for zoom, width, name in ((1.0, fitting, "fit to width"), (view.zoom, _SCAN, "200 dpi")):
            _scroll_bare(width, view.viewport().size().toTuple())
            view._zoom_to(zoom, view.viewport().rect().center())
            for again in ("first", "second"):
                _scroll(view.verticalScrollBar(), f"{name}, {again} time")
        print(f"memory of images: {images.cache.bytes / 2**20:.0f} of {images.cache.most_bytes / 2**20:.0f} MB")
        window.let_go()


def _opened(file: Path, backend: SlowBackend) -> MainWindow:
    start = time.perf_counter()
    with ticking() as ticks:
        window = shown(file.parent, [file], backend)
        run_until(lambda: _is_sharp(window))
        print(f"from nothing to the first sharp page: {(time.perf_counter() - start) * 1000:.0f} ms")
        rest(0.5)
    print(f"opening: {stalls(ticks)}")
    return window


def _write_scan(file: Path) -> None:
    """Write pages of noisy paper with lines of ink."""
    chance = np.random.default_rng(1)
    pages = []
    for number in range(_PAGES):
        paper = 255 - chance.integers(0, 24, (_HIGH, _SCAN), dtype=np.uint8)
        page = Image.fromarray(paper).convert("RGB")
        pencil = ImageDraw.Draw(page)
        for line in range(160, 2200, 34):
            pencil.line((150, line, 1500 - line * number % 400, line), fill=(60, 60, 60), width=3)
        pages.append(page)
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=200, quality=80)


def _is_sharp(window: MainWindow) -> bool:
    view = window.source.pages.view
    sizes = window.review.images.sizes
    return bool(sizes) and window.review.images.is_sharp(view._wanted(view.page))


def _turn(window: MainWindow, order: Iterable[int], name: str, pause: float = 0.25) -> None:
    def turn(page: int) -> None:
        window.source.pages.view.go_to_page(page)
        if not _is_sharp(window):
            run_until(lambda: _is_sharp(window))
        window.source.pages.view.viewport().repaint()

    _say_turns(turn, order, name, pause)  # in the pause pages around are drawn ahead


def _turn_bare(file: Path, width: int) -> None:
    label = QLabel()
    label.show()
    with pdfium.PdfDocument(file) as document:

        def turn(page: int) -> None:
            drawn = document[page - 1]
            pixels = drawn.render(scale=width / drawn.get_width()).to_numpy()
            high, wide = pixels.shape[:2]
            image = QImage(pixels.data, wide, high, pixels.strides[0], QImage.Format.Format_BGR888)
            label.setPixmap(QPixmap.fromImage(image))
            label.resize(wide, high)
            label.repaint()

        _say_turns(turn, _ORDER, f"a bare label of {width} pixels", 0)
    label.close()


def _say_turns(turn: Callable[[int], None], order: Iterable[int], name: str, pause: float) -> None:
    spent = []
    for page in order:
        start = time.perf_counter()
        turn(page)
        spent.append(time.perf_counter() - start)
        rest(pause)
    print(f"page turn to sharp, {name}: {in_words(spent)}")


def _scroll_bare(width: int, size: Sequence[int]) -> None:
    picture = QPixmap(width, round(width * _HIGH / _SCAN))
    picture.fill("white")
    scene = QGraphicsScene()
    for page in range(_PAGES):
        scene.addPixmap(picture).setPos(0, page * (picture.height() + 12))
    view = QGraphicsView(scene)
    view.resize(*size)
    view.show()
    _scroll(view.verticalScrollBar(), f"a bare QGraphicsView of {width} pixels")
    view.close()


def _scroll(bar: QScrollBar, name: str) -> None:
    bar.setValue(0)
    rest(0.5)

    def steps() -> Iterator[int]:
        yield from range(0, bar.maximum(), max(1, bar.maximum() // 300))

    loop, way, mover = QEventLoop(), steps(), QTimer()

    def move() -> None:
        value = next(way, None)
        if value is None:
            loop.quit()
        else:
            bar.setValue(value)

    mover.timeout.connect(move)
    with ticking() as ticks:
        mover.start(16)
        loop.exec()
    mover.stop()
    print(f"scrolling {_PAGES} pages, {name}: {stalls(ticks)}")


if __name__ == "__main__":
    main()
