"""Pictures of the window, for the manual and to look at after a change.

``python -m tests.bench.screenshots`` draws all pictures of the manual anew, the one in the README among them.
``python -m tests.bench.screenshots OUT [--size 1366x768] [--scale 1 1.5] [--dark] [--only STATE…]`` draws every state
of the window into the folder OUT. Every screen and scale needs a process of its own; this
script starts them.
With ``QT_QPA_PLATFORM=offscreen`` no display is needed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

TITLE_BAR = 32
STATES = [
    "empty", "doubtful", "finding", "edited", "editing", "proactive", "remedies", "old_form", "sections", "find",
    "truncated", "failed", "error_bar", "pages", "pages_finding", "pages_list", "pages_turned", "pages_text",
    "locked", "pages_locked", "pages_reading", "pages_partial", "pages_stopped", "pages_failed", "pages_zero", "zero",
    "writing", "explained", "checked", "read_only", "no_disk", "sifted", "larger", "keys", "about", "manual", "heading",
    "new_form", "printed", "author", "conversion",
]  # fmt: skip
_STEPS = {"pages_reading": 1, "pages_partial": 2, "pages_stopped": 1}  # how far the scan is read


def main() -> None:
    """Start one process a scale, or draw in this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--size", nargs="*", default=["1366x768", "1920x1080"])
    parser.add_argument("--scale", nargs="*", default=["1", "1.5"])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--only", nargs="*", default=STATES)
    parser.add_argument("--here", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.out is None and not os.environ.get("QT_SCALE_FACTOR"):
        os.environ["QT_SCALE_FACTOR"] = "1"
    if options.out is None:
        from tests.bench.manual_pictures import draw

        draw()
        return
    options.out.mkdir(parents=True, exist_ok=True)
    if options.here:
        _draw(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        for scale, size in itertools.product(options.scale, options.size):
            environment = os.environ | {"QT_SCALE_FACTOR": scale}
            if environment.get("QT_QPA_PLATFORM") == "offscreen":
                environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(Path(folder), size)}"
            command = [sys.executable, "-m", "tests.bench.screenshots", *sys.argv[1:], "--size", size, "--here", scale]
            subprocess.run(command, env=environment, check=True)


def _screen(folder: Path, size: str) -> Path:
    """Write down what screen there is, for Qt, which else takes one that is smaller than anybody's."""
    width, height = map(int, size.split("x"))
    screen = {"name": size, "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1.0}
    file = folder / f"{size}.json"
    file.write_text(json.dumps({"screens": [screen | {"logicalBaseDpi": 96}]}), "utf-8")
    return file


def _draw(options: argparse.Namespace) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import prepare
    from tests.desktop.sample_text import write_samples

    app = QApplication([])
    prepare(app)
    samples = write_samples(Path(tempfile.mkdtemp()) / "2023年度报告")
    for size in options.size:
        width, height = (round(int(n) / float(options.here)) for n in size.split("x"))  # a screen's own pixels
        for state in options.only:
            picture = _picture(samples, state, width, height - TITLE_BAR, options.dark)
            picture.save(str(options.out / f"{state}_{size}_{options.here}{'_dark' if options.dark else ''}.png"))


def _picture(samples, state: str, width: int, height: int, is_dark: bool):  # type: ignore[no-untyped-def]
    from desktop.app import create_window
    from desktop.settings import Settings

    folder = Path(tempfile.mkdtemp())
    settings = Settings(folder / "window.ini")
    settings.remember_choice("theme", "dark" if is_dark else "light")
    backend = _scan_backend(state) if state.startswith("pages") else None
    paths = [] if state == "empty" else list(backend.reports) if backend else samples
    window = create_window(paths, folder / "workspace", backend=backend, settings=settings)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    if backend and state in _STEPS:
        backend.let_go_on(_STEPS[state])
        _rest(500)
    elif state != "empty":
        while not window.session.entries or any(entry.is_reading for entry in window.session.entries):
            _rest(20)
    _rest(150)
    with _trouble(state):
        if state == "read_only":
            window.hide()
            window.let_go()
            window = _looked_at_only(folder / "workspace", settings, width, height)
        shown = _opened(window, state) or window
        if shown is window:
            _bring_into(window, state)
        if backend:
            _rest(1000)
        _rest(250)
        picture = shown.grab()
    if shown is not window:
        shown.close()
    window.desk.choose_text("")
    window.hide()
    window.let_go()
    return picture


@contextmanager
def _trouble(state: str) -> Iterator[None]:
    """Let nothing be written while the picture is made that shows a full disk or a workspace that may only be read."""
    from parser.errors import WorkspaceUnwritable
    from parser.workspace.lock import WriterLock
    from parser.workspace.store import Store

    full = WorkspaceUnwritable("磁盘空间不足；请清理磁盘后重试")
    shut = WorkspaceUnwritable("不允许写入这个文件夹；请换一个文件夹，或以只读方式打开")
    with ExitStack() as troubles:
        if state == "no_disk":
            troubles.enter_context(patch.object(Store, "append", side_effect=full))
        if state == "read_only":
            troubles.enter_context(patch.object(WriterLock, "take", side_effect=shut))
        yield


def _looked_at_only(workspace: Path, settings, width: int, height: int):  # type: ignore[no-untyped-def]
    """Return a window on a workspace that may only be read."""
    from desktop.app import create_window

    window = create_window([], workspace, settings=settings)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    _rest(600)
    window.session.keeper.open_read_only()
    while window.session.report is None:
        _rest(20)
    return window


def _rest(milliseconds: int) -> None:
    """Let the window live for a while; QTest.qWait would keep the interpreter from the workers."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.exit)
    loop.exec()


def _scan_backend(state: str):  # type: ignore[no-untyped-def]
    """Return a backend with a simulated scan, a few cells of it doubtful, and a file that cannot be read."""
    from dataclasses import replace
    from decimal import Decimal

    from parser.model.place import PageBox
    from parser.model.report import Cell, Doubt, Reason, State
    from tests.desktop.paged import SlowBackend
    from tests.forms import make_report
    from tests.simulator import as_pdf, scan_case

    case = scan_case(5, "office", "2021")
    folder = Path(tempfile.mkdtemp())
    file, other = folder / "清河市农业农村局2023年政府信息公开工作年度报告（盖章扫描件）.pdf", folder / "会议通知.pdf"
    for path in (file, other):
        path.write_bytes(as_pdf(case))
    doubtful = {"applications.granted.natural_person", "applications.new_received.total", "remedies.review.total",
                "applications.denied_third_party.natural_person", "proactive.fees.amount"}  # fmt: skip
    cells = {}
    for name, printed in case.truth["cells"].items():
        page, box = case.boxes.get(name, (0, None))
        why = (Doubt(Reason.LOW_CONFIDENCE),) if name in doubtful else ()
        text = (printed or "").strip()
        is_number = text.replace(".", "", 1).isdigit()
        value = Decimal(text) + (name == "applications.granted.natural_person") if is_number else None
        state_ = State.NUMBER if is_number else State.MARK if text else State.BLANK
        cells[name] = Cell(state_, value, raw=text, place=PageBox(page, box) if box else None, doubts=why)
    report = make_report(case.form, source=file.name, kind="scan", pages=len(case.pages), issuer="清河市农业农村局")
    placed = {key: cells.get(str(key), cell) for key, cell in report.cells.items()}
    text = f"政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{report.text}"
    backend = SlowBackend({file: replace(report, cells=placed, text=text), other: "没有找到年度报告的表格；请确认文件"})
    if state in _STEPS:
        backend.is_slow = {file}
    if state == "pages_failed":
        backend.reports = {other: backend.reports[other]}
    return backend


def _opened(window, state: str):  # type: ignore[no-untyped-def]
    """Open the dialog of this name and return it; None when there is none."""
    from desktop.dialogs.about import show_about
    from desktop.dialogs.author import ask_author
    from desktop.dialogs.conversion import offer_conversion
    from desktop.dialogs.heading import ask_for_empty_form, correct_heading
    from desktop.dialogs.keys import show_keys
    from desktop.dialogs.manual import Manual

    def ignore(*_values: object) -> None:
        pass

    if state == "manual":
        window.desk.open_manual()
        return window.findChild(Manual)
    if state == "conversion":
        window.session.select(2)  # in the old form
    dialogs = {
        "conversion": lambda: offer_conversion(window, replace(window.session.report, year=2023), "2021", ignore),
        "keys": lambda: show_keys(window),
        "about": lambda: show_about(window),
        "heading": lambda: correct_heading(window, window.session.report, ignore),
        "new_form": lambda: ask_for_empty_form(window, ignore),
        "printed": lambda: _asked_why_printed(window),
        "author": lambda: ask_author(window, window._settings, ignore),
    }
    return dialogs[state]() if state in dialogs else None


def _asked_why_printed(window):  # type: ignore[no-untyped-def]
    from desktop.dialogs.printed import ask_why_printed

    finding = window.session.entry.assessment.findings[0]
    return ask_why_printed(window, window.session, window.session.review.cells_to_explain(finding), finding.message)


def _bring_into(window, state: str) -> None:  # type: ignore[no-untyped-def]  # noqa: C901  one branch a picture
    from parser.model.report import CellKey

    session = window.session
    if state in ("finding", "edited"):
        window.findings.view.step(1)
    if state == "edited":
        session.review.accept_suggestion(1)
        for _ in range(3):
            session.review.accept()
        session.set_text(CellKey.parse("applications.carried_forward.legal_service_org"), "0")
        session.set_text(CellKey.parse("applications.granted.research_institution"), "无")
    if state in ("editing", "doubtful"):
        session.go_to(next(key for key in session.entry.open if key.table == "applications"))
    if state == "editing":
        window.tables.current_table.edit_in_place()
    if state == "proactive":
        session.go_to(CellKey.parse("proactive.administrative_compulsion.decisions"))
    if state == "remedies":
        session.go_to(CellKey.parse("remedies.review.total"))
    if state in ("old_form", "truncated", "failed"):
        session.select({"old_form": 2, "truncated": 3, "failed": 4}[state])
    if state == "truncated":
        session.go_to(CellKey.parse("applications.unable_not_held.total"))
        session.go_to(CellKey.parse("applications.not_processed_repeated.total"))
    if state == "sections":
        window.tables._tabs.setCurrentIndex(3)
    if state == "find":
        window.source.open_find_bar()
        window.source.find_bar.field.setText("其他")
    if state in ("pages", "pages_list"):
        session.go_to(next(key for key in session.entry.open if key.table == "applications"))
    if state == "pages_finding":
        window.findings.view.step(1)
        window.source.zoom(2)
    if state == "pages_list":
        window.source.fold_strip()
    if state == "pages_turned":
        window.source.turn(1)
    if state == "pages_text":
        window.source.open_find_bar()
        window.source.text.find_bar.field.setText("申请")
    if state == "locked":
        session.select(4)
        session.entries[3].lock.refuse(None)
        session.unlocking.on_pages_locked(session.entry.path, None)
    if state == "pages_locked":
        session.unlocking.on_pages_locked(session.entry.path, None)
    if state == "pages_stopped":
        session.stop_reading()
    if state in ("zero", "pages_zero"):
        window.zero_sheet.open()
        window.zero_sheet.model.toggle(3)
    if state == "writing":
        window.tables._tabs.setCurrentIndex(3)
        window.tables.narrative.edit("1")
    if state in ("explained", "checked"):
        session.go_to(CellKey.parse("remedies.review.total"))
        session.review.call_printed([session.key], "原件合计有误")
    if state == "checked":
        session.select(next(n for n, e in enumerate(session.entries) if not e.open and e.report and not e.error_count))
        session.review.mark_checked()
    if state == "no_disk":
        for number, key in enumerate(session.entry.open[:3]):
            session.set_text(key, str(number))
    if state == "sifted":
        window.queue.search()
        window.queue.sifting.field.setText("没有")
    if state == "larger":
        window.desk.choose_text("larger")
    if state == "error_bar":
        session.said.emit(
            "error",
            "无法写入“清河市农业农村局2023年报.xlsx”：文件正在 Excel 或 WPS 中打开；请关闭后重试，或换一个文件名",
        )


if __name__ == "__main__":
    main()
