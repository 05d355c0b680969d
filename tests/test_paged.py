"""Reports on scanned pages: every value with its place, tables before prose, and stopping at once when asked to."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import docx
import numpy as np
import pytest
from docx.shared import Cm
from PIL import Image

from parser import paged
from parser.damaged_pages import DAMAGED_NOTE
from parser.errors import Cancelled, UnreadableFile
from parser.export.record import record
from parser.layout.page import TextPage
from parser.model.report import Report, State
from parser.model.watch import UNWATCHED, Progress, Watch
from parser.ocr import full_page
from parser.ocr.engine import Grey, NullRecogniser, Recognised
from parser.ocr.flat_page import lay_flat
from parser.ocr.full_page import read_words, spot_words
from parser.paged import open_paged
from parser.pipeline import open_report
from parser.readers.pages import Pixels
from parser.readers.raster import PdfPages
from parser.rules.check import assess
from tests.bench.scans import misplaced
from tests.generator.pdf import pdf_case
from tests.mutants import without_recognition
from tests.page_files import blank_scan, saved
from tests.scoring import Score, score
from tests.simulator import ScanCase, as_pdf, as_tiff, scan_case

_SEED = 9218  # three pages, each with one of the tables


class Reading:
    """A scan that was read: the report, and what those who waited were told."""

    def __init__(self, path: Path) -> None:
        self.told: list[Progress] = []
        self.report = open_report(path, Watch(self.told.append))

    @property
    def record(self) -> dict[str, Any]:
        return record(self.report, assess(self.report))


@pytest.fixture(scope="module")
def case() -> ScanCase:
    return scan_case(_SEED, "office", "2021")


@pytest.fixture(scope="module")
def reading(case: ScanCase, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("scan") / "扫描件.pdf"
    path.write_bytes(as_pdf(case))
    return Reading(path)


def table_page(case: ScanCase, table: str) -> int:
    return max(page for key, (page, _) in case.boxes.items() if key.startswith(table))


def judged(report: Report, truth: Mapping[str, Any], cells: Mapping[str, str | None]) -> Score:
    return score({**truth, "cells": cells}, record(report, assess(report)))


# ── a scan from beginning to end ─────────────────────────────────────────────────────


def test_a_scan_is_read_without_a_fault(case: ScanCase, reading: Reading) -> None:
    found = score(case.truth, reading.record)
    assert {key: kind for key, kind in found.kinds.items() if kind not in ("right", "false_alarm")} == {}
    assert found.counts["false_alarm"] <= 4
    assert (reading.report.kind, reading.report.pages) == ("scan", len(case.pages))
    told = (reading.report.issuer, reading.report.year, reading.report.template)
    assert told == (case.truth["issuer"], case.truth["year"], "2021")


def test_every_cell_of_a_scan_has_its_place(case: ScanCase, reading: Reading) -> None:
    assert misplaced(case, {cell["key"]: cell for cell in reading.record["cells"]}) == []


def test_the_prose_of_a_scan_is_read_too(reading: Reading) -> None:
    assert all(reading.report.sections[number] for number in ("1", "5", "6"))


def test_progress_never_goes_back(reading: Reading) -> None:
    shares = [progress.share for progress in reading.told]
    assert all(before <= after for before, after in pairwise(shares))
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert all(progress.what for progress in reading.told)


def test_tables_are_shown_as_they_are_read(reading: Reading) -> None:
    partial = [progress.report for progress in reading.told if progress.report is not None]
    known = [sum(cell.state is not State.ABSENT for cell in report.cells.values()) for report in partial]
    assert known == sorted(known)
    assert known[0] < known[-1] == 200
    assert [progress.tables_done for progress in reading.told if progress.report is not None][-1]


def test_tables_that_are_done_stay_as_they_are(reading: Reading) -> None:
    (done,) = (progress.report for progress in reading.told if progress.tables_done)
    assert done is not None
    values = {key: (cell.state, cell.value, cell.raw) for key, cell in reading.report.cells.items()}
    assert {key: (cell.state, cell.value, cell.raw) for key, cell in done.cells.items()} == values


def test_prose_that_is_still_to_be_read_is_not_missed(reading: Reading) -> None:
    (done,) = (progress.report for progress in reading.told if progress.tables_done)
    assert done is not None
    assert not [note for note in done.notes if note.rule == "X-SECTION"]


def test_a_scan_that_was_pasted_into_a_word_document_is_read(
    case: ScanCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_page, "word_boxes", lambda _: [])  # tables are what this is about
    made = docx.Document()
    made.add_paragraph("本机关的报告见下面各页。" * 8)
    for page in case.pages[:2]:
        made.add_picture(io.BytesIO(saved(Image.fromarray(page), "PNG")), width=Cm(15))
    path = tmp_path / "扫描件.docx"
    made.save(str(path))
    report = open_report(path)
    assert (report.kind, report.pages) == ("image", 2)
    shown = {key: text for key, text in case.truth["cells"].items() if case.boxes[key][0] <= 2}
    assert len(shown) > 100
    assert set(judged(report, case.truth, shown).kinds.values()) <= {"right", "false_alarm"}
    assert any("图片以外的文字没有读取" in note.detail for note in report.notes)


# ── pages that are not as they should be ─────────────────────────────────────────────


@pytest.mark.parametrize("turn", [1, 2], ids=["on its side", "upside down"])
def test_a_page_laid_on_the_glass_the_wrong_way_is_read(
    turn: int, case: ScanCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_page, "word_boxes", lambda _: [])  # tables are what this is about
    page = np.ascontiguousarray(np.rot90(case.pages[table_page(case, "remedies") - 1], turn))
    path = tmp_path / "放反了.tif"
    path.write_bytes(as_tiff([page]))
    report = open_report(path)
    assert report.kind == "image"
    shown = {key: text for key, text in case.truth["cells"].items() if key.startswith("remedies")}
    found = judged(report, case.truth, shown)
    assert set(found.kinds.values()) <= {"right", "false_alarm"}


def test_figures_written_by_hand_are_right_or_doubted(
    case: ScanCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_page, "word_boxes", lambda _: [])
    number = table_page(case, "remedies")
    page = case.pages[number - 1].copy()
    rng = random.Random(5)
    written: dict[str, str | None] = {}
    for key, (where, box) in case.boxes.items():
        if key.startswith("remedies") and where == number:
            written[key] = str(rng.randrange(100))
            write(page, box, written[key] or "", rng)
    path = tmp_path / "手写.tif"
    path.write_bytes(as_tiff([page]))
    found = judged(open_report(path), case.truth, written)
    assert len(written) == 15
    assert [found.counts[kind] for kind in ("silent", "lost", "unmarked")] == [0, 0, 0]


def write(page: np.ndarray, box: Sequence[float], text: str, rng: random.Random) -> None:
    """Write over a cell in a slanting hand."""
    high, wide = page.shape[:2]
    left, top, right, bottom = (round(v * side) for v, side in zip(box, (wide, high, wide, high), strict=True))
    page[top + 4 : bottom - 4, left + 4 : right - 4] = 250
    scale = min(0.9, (right - left) / (26 * len(text)))
    place = (left + 8 + rng.randrange(4), (top + bottom) // 2 + 8 + rng.randrange(-3, 4))
    cv2.putText(
        page, text, place, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, scale, (60, 60, 90), rng.choice((1, 2)), cv2.LINE_AA
    )


# ── without recognition ──────────────────────────────────────────────────────────────


class Counting(NullRecogniser):
    """Recognises nothing and counts how often it was asked to."""

    asked = 0

    def read(self, crops: Sequence[Grey]) -> list[Recognised]:
        self.asked += 1
        return super().read(crops)


def test_the_pages_beside_a_damaged_one_are_read_and_what_may_be_on_it_is_said(
    case: ScanCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_page, "word_boxes", lambda _: [])
    lost = table_page(case, "remedies")
    whole = PdfPages.pixels

    def pixels(pages: PdfPages, page: int, dpi: float | None = None) -> Pixels:
        if page == lost:
            raise UnreadableFile("第 3 页已损坏")
        return whole(pages, page, dpi)

    monkeypatch.setattr(PdfPages, "pixels", pixels)
    report = open_paged(as_pdf(case), "扫描件.pdf", "0" * 64, UNWATCHED)
    for key, cell in report.cells.items():
        if case.boxes.get(str(key), (lost, None))[0] == lost:
            assert cell.state is State.ABSENT
            assert DAMAGED_NOTE.format(lost) in [doubt.note for doubt in cell.doubts]
        else:
            assert cell.is_read
    assert [finding.message for finding in assess(report).findings if finding.rule == "X-PAGES"] == [
        f"第 {lost} 页已损坏，没有读取；请填报单位重发，或对照纸质材料"
    ]


def test_reading_stops_at_once_when_nobody_waits_any_more() -> None:
    data = blank_scan(9)
    told: list[Progress] = []
    asked: list[int] = []
    engine = Counting()
    watch = Watch(lambda progress: (told.append(progress), asked.append(engine.asked))[0], lambda: len(told) > 1)
    with without_recognition(), pytest.raises(Cancelled):
        open_paged(data, "扫描件.pdf", "0" * 64, watch, engine)
    assert len(told) == 2
    assert engine.asked == asked[-1]


def test_reading_prose_stops_within_the_page_when_nobody_waits_any_more(case: ScanCase) -> None:
    engine = Counting()
    page = lay_flat(case.pages[0], has_tables=False)
    with pytest.raises(Cancelled):
        read_words(spot_words(page), engine, Watch(cancelled=lambda: engine.asked > 0))
    assert engine.asked == 1


def test_a_report_that_nobody_waits_for_is_not_begun() -> None:
    with pytest.raises(Cancelled):
        open_report(Path("没有.pdf"), Watch(cancelled=lambda: True))


def test_a_table_in_a_picture_beside_one_in_text_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = paged.read_text_pages

    def pictured(pages: PdfPages, watch: Watch) -> list[TextPage | None]:
        return [page and replace(page, pictures=((0.1, 0.7, 0.9, 0.9),)) for page in whole(pages, watch)]

    monkeypatch.setattr(paged, "read_text_pages", pictured)
    written = pdf_case(7, habits=())
    report = open_paged(written.data, "年报.pdf", "0" * 64, UNWATCHED)
    (note,) = [finding.message for finding in assess(report).findings if finding.rule == "X-PAGES"]
    assert note.startswith("第 1、2")
    assert "图片里像有表格，没有读取" in note
