"""What surrounds the reports: originals, workspaces, forms that are dropped in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.main_window import MainWindow
from desktop.session import Session
from parser.paths import resource
from parser.templates import load
from parser.workspace.store import FILE
from tests.desktop.conftest import COMPULSION, FakeBackend, key
from tests.desktop.keys import CTRL, SHIFT, Key, press
from tests.desktop.paged import SlowBackend
from tests.forms import make_report

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return what the desktop is asked to open."""
    paths: list[Path] = []

    def open_url(url: QUrl) -> bool:
        paths.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(sys, "platform", "linux")
    return paths


def test_the_original_opens_in_its_own_program(
    window: MainWindow, session: Session, opened: list[Path], qtbot: QtBot
) -> None:
    assert session.entry is not None
    session.entry.path.write_text("（略）", "utf-8")
    press(Key.Key_E, CTRL | SHIFT)
    qtbot.waitUntil(lambda: opened == [session.entry.path])  # type: ignore[union-attr]


def test_the_original_is_shown_in_its_folder(
    window: MainWindow, session: Session, opened: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    assert session.entry is not None
    session.entry.path.write_text("（略）", "utf-8")
    window.desk.slots()["show_in_folder"]()
    qtbot.waitUntil(lambda: opened == [tmp_path])


def test_an_original_that_has_gone_away_is_said(
    window: MainWindow, session: Session, opened: list[Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.said) as said:
        press(Key.Key_E, CTRL | SHIFT)
    assert said.args[0] == "error"
    assert "已不在原来的位置" in said.args[1]
    assert opened == []


@pytest.fixture
def photos(backend: FakeBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return two photos that lie side by side in a folder of their own."""
    monkeypatch.setattr(backend, "open_pages", SlowBackend({}).open_pages, raising=False)
    folder = tmp_path / "水务局"
    folder.mkdir()
    files = [folder / f"IMG_{number}.jpg" for number in (10, 2)]
    for file in files:
        Image.new("RGB", (60, 40), "white").save(file)
    return files


def test_photos_of_one_report_become_one_file_beside_them(
    window: MainWindow, session: Session, backend: FakeBackend, photos: list[Path], qtbot: QtBot
) -> None:
    folder = photos[0].parent
    for name in ("水务局（合并）.pdf", "水务局（合并2）.pdf"):
        backend.reports[folder / name] = make_report(issuer="水务局")
        with qtbot.waitSignal(session.said, check_params_cb=lambda _, words: "合并为" in words) as said:
            window.desk.photos.join(photos)
        assert said.args == ["info", f"已把 2 张照片按文件名次序合并为“{name}”"]
        qtbot.waitUntil(lambda name=name: session.entries[-1].path == folder / name)
    photos[0].write_bytes(b"")
    with qtbot.waitSignal(session.said, check_params_cb=lambda level, _: level == "error") as said:
        window.desk.photos.join(photos)
    assert said.args[1].startswith("IMG_10.jpg：")


def test_several_pictures_opened_at_once_may_be_pages_of_one_report(
    window: MainWindow, session: Session, backend: FakeBackend, photos: list[Path], qtbot: QtBot
) -> None:
    folder = photos[0].parent
    backend.reports.update({photo: make_report(issuer=photo.stem) for photo in photos})
    backend.reports[folder / "水务局（合并）.pdf"] = make_report(issuer="水务局")
    before = [entry.path for entry in session.entries]
    window.desk.add(photos)
    qtbot.waitUntil(window.bar.isVisible)
    assert "“水务局”里的 2 张图片" in window.bar.label.text()
    window.bar.offers[0].click()
    assert not window.bar.isVisible()
    qtbot.waitUntil(lambda: [e.path for e in session.entries] == [*before, folder / "水务局（合并）.pdf"])
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: sum(entry.path in photos for entry in session.entries) == len(photos))
    session.undo_stack.redo()
    qtbot.waitUntil(lambda: not any(entry.path in photos for entry in session.entries))
    with qtbot.waitSignal(session.inbox.searched):
        window.desk.add([folder])
    assert not any(entry.path in photos for entry in session.entries)
    with qtbot.waitSignal(session.inbox.searched):
        window.desk.add(photos)
    assert sum(entry.path in photos for entry in session.entries) == len(photos)


def test_a_workspace_is_copied_with_what_was_just_done(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    session.set_text(key(COMPULSION), "4")
    with qtbot.waitSignal(session.said) as said:
        window.desk.copy_workspace(tmp_path / "交接")
    assert said.args == ["info", f"工作区已复制到 {tmp_path / '交接'}；原报告文件没有一起复制"]
    assert (tmp_path / "交接" / FILE).exists()
    with qtbot.waitSignal(session.said) as said:
        window.desk.copy_workspace(tmp_path / "交接")
    assert said.args[0] == "error"
    assert "已有一个工作区" in said.args[1]


def test_another_workspace_opens_in_the_place_of_this_one(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    session.set_text(key(COMPULSION), "4")
    with qtbot.waitSignal(session.said):
        window.desk.copy_workspace(tmp_path / "交接")
    window.desk.open_workspace(tmp_path / "交接")
    assert not window.isVisible()
    other = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
    qtbot.addWidget(other, before_close_func=lambda w: w.let_go())
    qtbot.waitUntil(lambda: other.session.report is not None)
    assert other.session.keeper.folder == tmp_path / "交接"
    assert other.session.report.cells[key(COMPULSION)].shown == "4"
    menu = other.desk.menus["workspaces"]
    menu.aboutToShow.emit()
    assert str(tmp_path / "交接") not in [action.toolTip() for action in menu.actions()]


def test_a_form_that_is_none_is_said_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2030.toml").write_text('id = "2030"', "utf-8")
    with monkeypatch.context() as patch:  # over before a window of another test may look into the forms
        patch.setattr(load, "resource", lambda *_parts: tmp_path)
        patch.setattr(load, "templates", load.templates.__wrapped__)
        why = app.what_is_wrong_with_the_forms()
    assert "2030.toml" in why
    assert str(resource("templates")) in why


_DROPPED_FORM = """
import shutil, sys
from pathlib import Path
root = Path(sys.argv[1])
shutil.copytree("resources", root / "resources")
sys._MEIPASS = str(root)
new = (root / "resources/templates/2021.toml").read_text("utf-8")
new = new.replace('id = "2021"', 'id = "2027"').replace("due_from = 2021", "due_from = 2027")
new = new.replace('label = "规章"', 'label = "地方性规章和决定"').replace("重复申请", "反复提出的同一申请")
(root / "resources/templates/2027.toml").write_text(new, "utf-8")
old = root / "resources/templates/2021.toml"
old.write_text(old.read_text("utf-8").replace("due_from = 2021", "due_from = 2021\\ndue_until = 2026"), "utf-8")

from PySide6.QtWidgets import QApplication
from desktop.app import create_window
from desktop.settings import Settings
from tests.desktop.sample_text import report_text
file = root / "年报.txt"
file.write_text(report_text("2027", {"proactive.rules.issued": "3"}, year=2027), "utf-8")
app = QApplication([])
window = create_window([file], root / "工作区", settings=Settings(root / "window.ini"))
window.show()
while not window.session.entries or window.session.entries[0].is_reading:
    app.processEvents()
print(window.review.strip.detail.text(), window.session.report.form, window.tables.tables[0].model().index(1, 1).data())
window.let_go()
"""


def test_a_new_form_dropped_into_the_folder_is_read_and_shown(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DROPPED_FORM, str(tmp_path)], capture_output=True, check=False, cwd=ROOT, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "2027 年度 · 2027 年格式 2027" in done.stdout


def test_larger_text_is_written_in_the_window_that_is_open(window: MainWindow) -> None:
    views = (window.queue.view, window.findings.view, window.tables.current_table)
    before = [view.font().pointSizeF() for view in views if view is not None]
    window.desk.choose_text("larger")
    after = [view.font().pointSizeF() for view in views if view is not None]
    window.desk.choose_text("")
    assert all(large > usual for large, usual in zip(after, before, strict=True))
    assert [view.font().pointSizeF() for view in views if view is not None] == before
