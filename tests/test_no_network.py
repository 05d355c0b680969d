"""Reading, checking and exporting never speak to another machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from parser import cli
from parser.errors import NoTables
from parser.paths import resource
from parser.pipeline import open_report
from tests.conftest import ROOT
from tests.page_files import saved

PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html><head><link rel="stylesheet" href="http://example.invalid/a.css"><script src="http://example.invalid/a.js"></script>
<base href="http://example.invalid/"></head><body><img src="http://example.invalid/a.png">
<iframe src="http://example.invalid/"></iframe><object data="http://example.invalid/b"></object>{}</body></html>"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what was asked of the network; asking raises as well."""
    found: list[str] = []
    real = socket.socket

    class Guarded(real):  # type: ignore[misc,valid-type]
        def __init__(self, family: int = -1, *rest: Any, **options: Any) -> None:
            if family in (-1, socket.AF_INET, socket.AF_INET6):
                found.append(f"socket {family}")
                raise AssertionError("a network socket was created")
            super().__init__(family, *rest, **options)

    def resolve(host: object, *_: object, **__: object) -> None:
        found.append(f"name {host}")
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "socket", Guarded)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
        monkeypatch.setattr(socket, name, resolve)
    return found


def test_the_guard_notices_a_connection(asked: list[str]) -> None:
    with pytest.raises(AssertionError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with pytest.raises(AssertionError):
        socket.getaddrinfo("example.invalid", 80)
    assert len(asked) == 2


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_samples_are_read_checked_and_exported_without_the_network(form: str, asked: list[str], tmp_path: Path) -> None:
    samples = str(
        shutil.copytree(resource("samples"), tmp_path / "in", ignore=shutil.ignore_patterns("*.pdf", "*.jpg"))
    )
    out = tmp_path / "out"
    assert cli.main(["extract", samples, "-o", str(out), "--format", form]) == 0
    assert len(list(out.iterdir())) == len(list(Path(samples).iterdir()))
    assert cli.main(["check", samples, *map(str, out.glob("*.xlsx"))]) in (0, 1)
    assert asked == []


def test_a_page_full_of_addresses_is_read_without_asking_for_them(asked: list[str], tmp_path: Path) -> None:
    sample = next(resource("samples").glob("*.html")).read_text("utf-8")
    page = tmp_path / "网页.html"
    page.write_text(PAGE.format(sample[sample.index("<body") :]), "utf-8")
    assert cli.main(["extract", str(page), "-o", str(tmp_path / "out")]) == 0
    assert asked == []


# In a process of its own: libraries may speak to the network when they are first imported.
_READ_PAGES = """
import socket, sys
from pathlib import Path

asked = []
real = socket.socket

class Guarded(real):
    def __init__(self, family=-1, *rest, **options):
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            asked.append(f"socket {family}")
        super().__init__(family, *rest, **options)

def resolve(host, *_, **__):
    asked.append(f"name {host}")
    raise OSError("a name was looked up")

socket.socket = Guarded
socket.getaddrinfo = socket.gethostbyname = resolve

from parser.errors import NoTables
from parser.pipeline import open_report

try:
    open_report(Path(sys.argv[1]))
except NoTables:
    print(asked)
"""


def small_page() -> Image.Image:
    """Return a page with a line of text and a table that is in no report."""
    page = Image.new("RGB", (700, 400), "white")
    pencil, font = ImageDraw.Draw(page), ImageFont.load_default(30)
    pencil.text((60, 30), "Annual report 2023", "black", font)
    for n in range(4):
        pencil.rectangle((60, 100 + 60 * n, 640, 160 + 60 * n), outline="black", width=2)
        pencil.line((350, 100, 350, 340), "black", 2)
        pencil.text((100, 112 + 60 * n), "Total", "black", font)
        pencil.text((460, 112 + 60 * n), str(17 * n + 5), "black", font)
    return page


def test_a_scan_is_recognised_without_the_network(tmp_path: Path) -> None:
    file = tmp_path / "扫描件.pdf"
    file.write_bytes(saved(small_page(), "PDF"))
    command = [sys.executable, "-c", _READ_PAGES, str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_the_models_are_never_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rapidocr.utils.download_file import DownloadFile

    def fetch(*_: object, **__: object) -> None:
        raise AssertionError("a model was to be fetched")

    monkeypatch.setattr(DownloadFile, "run", fetch)
    for module in [module for name, module in sys.modules.items() if name.startswith("parser.ocr.")]:
        for made in vars(module).values():
            if hasattr(made, "cache_clear"):
                made.cache_clear()  # so that they are loaded anew
    file = tmp_path / "照片.jpg"
    file.write_bytes(saved(small_page(), "JPEG"))
    with pytest.raises(NoTables):
        open_report(file)
