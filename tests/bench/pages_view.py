"""How soon a page of a scan is sharp, and how long the window stalls while 60 pages are scrolled through.

``python -m tests.bench.pages_view``; the event loop is the real one, the pages are scans of 200 dpi as JPEG in a PDF.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import create_window
from desktop.main_window import MainWindow
from desktop.page_book import Wanted
from desktop.settings import Settings
from tests.desktop.paged import SlowBackend, draw_report

_PAGES = 60
_SCAN = 1654  # pixels across A4 at 200 dpi


def main() -> None:
    """Print milliseconds."""
    app = QApplication([])
    folder = Path(tempfile.mkdtemp())
    file = folder / "扫描件.pdf"
    report = draw_report(file, pages=_PAGES)
    _write_scan(file)
    print(f"{_PAGES} pages, {file.stat().st_size / 2**20:.0f} MB")
    backend, settings = SlowBackend({file: report}), Settings(folder / "window.ini")
    window = create_window([file], folder / "workspace", backend=backend, settings=settings)
    assert isinstance(window, MainWindow)
    window.resize(1366, 736)
    start = time.perf_counter()
    window.show()
    ticks = [time.perf_counter()]
    clock = QTimer()
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start(1)
    _measure(app, lambda: _is_sharp(window), "from nothing to the first sharp page", start)
    _rest(app, 500)
    clock.stop()
    print(f"opening: {_longest(ticks)}")
    view, images = window.source.pages.view, window.review.images
    order = list(range(2, _PAGES, 5))
    _turn(app, window, order, "fit to width, not seen before")
    _turn(app, window, order, "fit to width, seen before")
    view._zoom_to(view.zoom * _SCAN / view._layout.width_pixels, view.viewport().rect().center())
    _turn(app, window, order[:8], "200 dpi, not seen before")
    _turn(app, window, order[:3], "200 dpi, of the last three: draws them")
    _turn(app, window, order[:3] * 4, "200 dpi, seen before")
    _turn(app, window, list(range(40, 52)), "200 dpi, one after the other", 800)
    for zoom, name in ((1.0, "fit to width"), (view.zoom, "200 dpi")):
        view._zoom_to(zoom, view.viewport().rect().center())
        for again in ("first", "second"):
            _scroll(app, window, f"{name}, {again} time")
    print(f"memory of images: {images.cache.bytes / 2**20:.0f} of {images.cache.most_bytes / 2**20:.0f} MB")
    window.let_go()


def _write_scan(file: Path) -> None:
    """Write pages of noisy paper with lines of ink."""
    chance = np.random.default_rng(1)
    pages = []
    for number in range(_PAGES):
        paper = 255 - chance.integers(0, 24, (2339, _SCAN), dtype=np.uint8)
        page = Image.fromarray(paper).convert("RGB")
        pencil = ImageDraw.Draw(page)
        for line in range(160, 2200, 34):
            pencil.line((150, line, 1500 - line * number % 400, line), fill=(60, 60, 60), width=3)
        pages.append(page)
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=200, quality=80)


def _is_sharp(window: MainWindow) -> bool:
    view = window.source.pages.view
    sizes = window.review.images.sizes
    return bool(sizes) and window.review.images.is_sharp(Wanted(view.page, view.quarters, view._layout.width_pixels))


def _measure(app: QApplication, is_done: Callable[[], bool], name: str, start: float | None = None) -> float:
    begun = start or time.perf_counter()
    clock = QTimer()
    clock.timeout.connect(lambda: app.exit() if is_done() else None)
    clock.start(1)
    app.exec()
    spent = (time.perf_counter() - begun) * 1000
    if name:
        print(f"{name}: {spent:.0f} ms")
    return spent


def _turn(app: QApplication, window: MainWindow, order: list[int], name: str, rest: int = 250) -> None:
    spent = []
    for page in order:
        start = time.perf_counter()
        window.source.pages.view.go_to_page(page)
        if not _is_sharp(window):
            _measure(app, lambda: _is_sharp(window), "", start)
        window.source.pages.view.viewport().repaint()
        spent.append((time.perf_counter() - start) * 1000)
        _rest(app, rest)  # pages around are drawn ahead
    marks = quantiles(spent, n=20)
    print(f"page turn to sharp, {name}: p50 {marks[9]:.0f} ms, p95 {marks[18]:.0f} ms")


def _scroll(app: QApplication, window: MainWindow, name: str) -> None:
    bar = window.source.pages.view.verticalScrollBar()
    bar.setValue(0)
    _rest(app, 500)
    ticks = [time.perf_counter()]

    def steps() -> Iterator[int]:
        yield from range(0, bar.maximum(), max(1, bar.maximum() // 300))

    way = steps()

    def tick() -> None:
        ticks.append(time.perf_counter())

    def move() -> None:
        value = next(way, None)
        if value is None:
            app.exit()
        else:
            bar.setValue(value)

    clock, mover = QTimer(), QTimer()
    clock.timeout.connect(tick)
    mover.timeout.connect(move)
    clock.start(1)
    mover.start(16)
    app.exec()
    clock.stop()
    mover.stop()
    print(f"scrolling {_PAGES} pages, {name}: {_longest(ticks)}")


def _longest(ticks: list[float]) -> str:
    gaps = sorted(1000 * (after - before) for before, after in itertools.pairwise(ticks))
    return f"longest gaps {[round(gap) for gap in gaps[-4:]]} ms"


def _rest(app: QApplication, milliseconds: int) -> None:
    QTimer.singleShot(milliseconds, app.exit)
    app.exec()


if __name__ == "__main__":
    main()
