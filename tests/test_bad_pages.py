"""Pages that hold no report, and files that are damaged: each is refused in a sentence, and the others are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parser import cli
from parser.errors import EmptyFile, NoTables, ReportError
from parser.pipeline import open_report
from parser.rules.check import assess
from tests.bench.mutations import tried
from tests.generator.pdf import pdf_case
from tests.mutants import FORMATS, mutant, originals, without_recognition
from tests.page_files import blank_scan, pdf_of, saved
from tests.refused import refused

pytestmark = pytest.mark.usefixtures("qapp")  # Qt writes the PDF files

_FEW = 20  # damaged files of each format


@pytest.fixture(autouse=True)
def nothing_recognised() -> Iterator[None]:
    with without_recognition():
        yield


def refusal(data: bytes, path: Path) -> ReportError:
    path.write_bytes(data)
    return refused(open_report, path)


def scenery() -> Image.Image:
    """Return a picture of hills in mist."""
    x, y = np.meshgrid(np.linspace(0, 9, 600), np.linspace(0, 1, 400))
    light = 120 + 80 * np.sin(x) * y + 40 * np.sin(3 * x + 5 * y)
    noise = np.random.default_rng(3).normal(0, 8, light.shape)
    return Image.fromarray(np.clip(light + noise, 0, 255).astype(np.uint8)).convert("RGB")


# ── nothing to read ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["空白.png", "空白.jpg", "空白.tif"])
def test_an_empty_sheet_is_said_to_be_empty(name: str, tmp_path: Path) -> None:
    data = saved(Image.new("L", (827, 1169), 250), {"png": "PNG", "jpg": "JPEG", "tif": "TIFF"}[name[-3:]])
    assert isinstance(refusal(data, tmp_path / name), EmptyFile)


def test_a_picture_of_something_else_holds_no_report(tmp_path: Path) -> None:
    assert isinstance(refusal(saved(scenery(), "JPEG"), tmp_path / "风景.jpg"), (EmptyFile, NoTables))


def test_a_table_without_words_holds_no_report(tmp_path: Path) -> None:
    assert isinstance(refusal(blank_scan(2), tmp_path / "表格.pdf"), (EmptyFile, NoTables))


def test_a_pdf_without_words_holds_no_report(tmp_path: Path) -> None:
    assert isinstance(refusal(pdf_of([b""] * 3), tmp_path / "空白.pdf"), (EmptyFile, NoTables))


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (16, 16)])
def test_a_picture_may_be_as_thin_as_a_hair(size: tuple[int, int], tmp_path: Path) -> None:
    refusal(saved(Image.new("RGB", size, "grey"), "PNG"), tmp_path / "图.png")


def test_of_thousands_of_scanned_pages_none_is_read_without_lines_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parser.paged.lay_flat", None)
    monkeypatch.setattr("parser.paged.turned_upright", None)
    assert isinstance(refusal(blank_scan(2000, ruled=False), tmp_path / "全年文件.pdf"), EmptyFile)


def test_thousands_of_empty_pages_hold_no_report(tmp_path: Path) -> None:
    assert isinstance(refusal(pdf_of([b""] * 2000), tmp_path / "空白.pdf"), (EmptyFile, NoTables))


@pytest.mark.parametrize("name", ["照片.heic", "照片.jpg"])
def test_a_photo_in_a_format_of_its_own_is_named(name: str, tmp_path: Path) -> None:
    error = refusal(b"\x00\x00\x00\x18ftypheic" + bytes(200), tmp_path / name)
    assert "JPG" in str(error)


# ── damaged files ────────────────────────────────────────────────────────────────────


def test_a_report_whose_name_lies_is_read_all_the_same(tmp_path: Path) -> None:
    case = pdf_case(31)
    path = tmp_path / "报告.jpg"
    path.write_bytes(case.data)
    report = open_report(path)
    assert (report.kind, report.template) == ("pdf", case.truth["template"])
    assert assess(report)


def test_a_damaged_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "年报", tmp_path / "输出"
    folder.mkdir()
    good = pdf_case(31).data
    bad = {
        "坏.pdf": b"%PDF-1.7\n" + bytes(300),
        "半张.jpg": saved(scenery(), "JPEG")[:5000],
        "照片.png": saved(scenery(), "PNG"),
        "没有页.pdf": pdf_of([]),
    }
    for name, data in (bad | {"一.pdf": good, "终.pdf": good}).items():
        (folder / name).write_bytes(data)
    assert cli.main(["extract", str(folder), "-o", str(out)]) == 1
    assert sorted(path.name for path in out.iterdir()) == ["一.pdf.json", "终.pdf.json"]
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.split(": ")[0] for line in lines) == sorted(str(folder / name) for name in bad)


def test_the_files_that_are_damaged_are_valid(tmp_path: Path) -> None:
    for kind, suffix in FORMATS.items():
        for n, data in enumerate(originals(kind)):
            path = tmp_path / f"{kind}{n}{suffix}"
            path.write_bytes(data)
            try:
                open_report(path)
            except (EmptyFile, NoTables):
                assert kind in ("scan", "jpg", "png", "tiff", "bmp", "webp", "gif")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_damaged_file_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    outcomes = [tried(mutant(seed, kind), tmp_path) for seed in range(_FEW)]
    assert [told for found, told in outcomes if found == "crash"] == []
    assert Counter(found for found, _ in outcomes)["refused"] < _FEW or kind not in ("txt", "html", "docx", "xlsx")
