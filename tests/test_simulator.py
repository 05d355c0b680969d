"""The scan simulator: the same pages for a seed, cells where it says they are, the truth that was printed."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from parser.templates.load import template
from tests.generator.equations import broken, numbers
from tests.generator.filled import filled
from tests.simulator import LEVELS, ScanCase, as_jpg, as_pdf, as_tiff, scan_case
from tests.simulator.compose import compose
from tests.simulator.report import printed

_SEED = 511  # its report has blank cells


@cache
def case(level: str) -> ScanCase:
    return scan_case(_SEED, level, "2021")


@cache
def _page(level: str, number: int) -> np.ndarray:
    return case(level).pages[number - 1][..., 1].astype(np.float32)


def _inside(scan: ScanCase, key: str, margin: int) -> np.ndarray:
    """Return the grey picture inside a cell's box, ``margin`` pixels from its edges."""
    number, (x0, y0, x1, y1) = scan.boxes[key]
    page = _page(scan.level, number)
    height, width = page.shape
    left, top, right, bottom = round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height)
    return page[top + margin : bottom - margin, left + margin : right - margin]


def _darkness_around(scan: ScanCase, key: str) -> np.ndarray:
    """Return for places along a cell's edges how much darker it is just outside than inside."""
    number, points = scan.outlines[key]
    page = _page(scan.level, number)
    outward = points - points.mean(axis=0)
    sides = np.repeat(
        np.roll(points, -1, axis=0)[:: len(points) // 4] - points[:: len(points) // 4], len(points) // 4, 0
    )
    normals = np.stack((sides[:, 1], -sides[:, 0]), axis=1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    normals *= np.sign((normals * outward).sum(axis=1, keepdims=True))

    def level(distance: float) -> np.ndarray:
        x, y = np.floor(points + normals * distance).astype(int).T
        return page[np.clip(y, 0, page.shape[0] - 1), np.clip(x, 0, page.shape[1] - 1)]

    line = np.min([level(distance) for distance in np.arange(-0.5, 4, 0.5)], axis=0)
    return np.median([level(-distance) for distance in (3, 4, 5)], axis=0) - line


def test_a_seed_always_gives_the_same_pages() -> None:
    again = scan_case(_SEED, "fax", "2021")
    assert again.truth == case("fax").truth
    assert again.boxes == case("fax").boxes
    assert all((a == b).all() for a, b in zip(again.pages, case("fax").pages, strict=True))
    assert as_pdf(again) == as_pdf(case("fax"))


@pytest.mark.parametrize("level", LEVELS)
def test_every_cell_has_its_place_on_a_page(level: str) -> None:
    scan = case(level)
    assert scan.boxes.keys() == scan.truth["cells"].keys() == {str(key) for key in template("2021").fields}
    for page, (x0, y0, x1, y1) in scan.boxes.values():
        assert 1 <= page <= len(scan.pages)
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1


def test_there_is_ink_in_filled_cells_and_none_in_blank_ones() -> None:
    scan = case("clean")
    assert "" in scan.truth["cells"].values()
    for key, text in scan.truth["cells"].items():
        darkest = _inside(scan, key, 4).min()
        assert darkest < 110 if text else darkest > 200, key


@pytest.mark.parametrize(("level", "share"), [("clean", 0.99), ("skewed", 0.97), ("fax", 0.85), ("phone", 0.98)])
def test_ruling_lines_run_along_the_outlines_whatever_moved_the_page(level: str, share: float) -> None:
    scan = case(level)
    darker = np.concatenate([_darkness_around(scan, key) for key in scan.outlines])
    assert (darker > 25).mean() > share


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_truth_is_what_was_printed(form: str) -> None:
    for seed in range(4):
        report = printed(seed, form)
        assert report.truth["template"] == form
        assert report.truth["cells"] == {slot.key: slot.text for slot in report.draft.slots("value")}
    assert any(printed(seed, form).truth == filled(seed, form).truth for seed in range(4))
    assert case("clean").truth == printed(_SEED, "2021").truth


def test_pages_show_the_cells_of_both_forms_once() -> None:
    for seed, form in enumerate(("2019", "2021"), 40):
        leaves = compose(printed(seed, form).draft, seed)
        keys = [key for leaf in leaves for key in leaf.cells]
        assert sorted(keys) == sorted(str(key) for key in template(form).fields)


def test_sums_are_wrong_only_when_wanted() -> None:
    for seed in range(3):
        for wanted in (False, True):
            cells = printed(seed, "2021", wrong_sums=wanted).truth["cells"]
            assert bool(broken(template("2021"), numbers(cells))) is wanted


def test_figures_vary_in_length() -> None:
    lengths = {len(value) for seed in range(6) for value in printed(seed).truth["cells"].values() if value}
    assert {1, 2, 3, 4, 5} <= lengths


def test_pages_are_written_as_files() -> None:
    scan = case("fax")
    document = pypdfium2.PdfDocument(as_pdf(scan))
    assert len(document) == len(scan.pages)
    document.close()
    with Image.open(io.BytesIO(as_tiff(scan.pages, scan.dpi))) as tiff:
        assert (tiff.n_frames, tiff.mode) == (len(scan.pages), "1")
    with Image.open(io.BytesIO(as_jpg(case("phone").pages[0]))) as photo:
        assert photo.size == case("phone").pages[0].shape[1::-1]
