"""Reading, checking and exporting never speak to another machine."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from parser import cli
from parser.paths import resource

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
    samples = str(resource("samples"))
    assert cli.main(["extract", samples, "-o", str(tmp_path), "--format", form]) == 0
    assert len(list(tmp_path.iterdir())) == len(list(resource("samples").iterdir()))
    assert cli.main(["check", samples, *map(str, tmp_path.glob("*.xlsx"))]) in (0, 1)
    assert asked == []


def test_a_page_full_of_addresses_is_read_without_asking_for_them(asked: list[str], tmp_path: Path) -> None:
    sample = next(resource("samples").glob("*.html")).read_text("utf-8")
    page = tmp_path / "网页.html"
    page.write_text(PAGE.format(sample[sample.index("<body") :]), "utf-8")
    assert cli.main(["extract", str(page), "-o", str(tmp_path / "out")]) == 0
    assert asked == []
