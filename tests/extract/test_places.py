"""Every value can be found again: its place in the text is where it was printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.model.place import TextSpan
from parser.model.report import CellKey, Report, State
from parser.paths import resource
from parser.pipeline import open_report
from tests.extract.snippets import PROACTIVE_2021, read
from tests.generator import LAYOUTS, generate


def misplaced(report: Report, *, first_line_only: bool = False) -> list[str]:
    """Return the cells whose raw text does not stand at their place in the report's text."""
    wrong = []
    for key, cell in report.cells.items():
        if cell.place is None:
            assert cell.state in (State.ABSENT, State.UNREADABLE)
            continue
        if cell.state is State.UNREADABLE and not cell.raw:
            continue  # lines were lost: what stands there is another cell's
        assert isinstance(cell.place, TextSpan)
        there = report.text[cell.place.start : cell.place.end]
        if there != cell.raw and not (first_line_only and cell.raw.startswith(there)):
            wrong.append(f"{key}: {cell.raw!r}, there {there!r}")
    return wrong


PAGES = (".pdf", ".jpg")  # have their places on pages
SAMPLES = [path for path in sorted(resource("samples").iterdir()) if path.suffix not in PAGES]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_values_of_the_samples_stand_at_their_places(path: Path) -> None:
    assert misplaced(open_report(path)) == []


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_values_stand_at_their_places_in_every_layout(name: str, tmp_path: Path) -> None:
    for seed in (31, 32):
        case = generate(seed, layout=name)
        path = tmp_path / f"{seed}{case.suffix}"
        path.write_bytes(case.data)
        # a cell of a drawn table that runs over several lines has the place of its first line
        assert misplaced(open_report(path), first_line_only=name == "ruled") == []


def test_every_blank_cell_between_borders_has_a_place_of_its_own(tmp_path: Path) -> None:
    case = generate(5, layout="tabs", damages=["blank_zeros_beside_totals"])
    path = tmp_path / "报告.txt"
    path.write_bytes(case.data)
    blanks = [cell.place for cell in open_report(path).cells.values() if cell.state is State.BLANK]
    assert len(blanks) > 50
    assert len({place.start for place in blanks if isinstance(place, TextSpan)}) == len(blanks)


def test_a_blank_that_may_be_anywhere_in_its_row_is_shown_behind_its_figures() -> None:
    report = read("行政规范性文件 2 9\n".join(PROACTIVE_2021.replace("\t", " ").split("行政规范性文件 2 1 9\n")))
    blank = report.cells[CellKey.parse("proactive.normative_documents.effective")]
    assert blank.state is State.BLANK
    assert blank.doubts
    assert isinstance(blank.place, TextSpan)
    assert report.text[: blank.place.start].endswith("行政规范性文件 2 9")
