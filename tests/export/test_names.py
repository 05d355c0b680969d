from __future__ import annotations

import pytest

from parser.export.names import workbook_name
from parser.model.finding import Assessment, Finding, Severity, Verdict
from parser.model.report import Cell, Doubt, Reason, State
from tests.export.samples import STAMPED, broken_row, full_report
from tests.forms import make_report

CLEAN = Assessment()


def test_the_name_says_office_and_year() -> None:
    assert workbook_name(make_report(), CLEAN) == "清河市农业农村局2023年报.xlsx"


@pytest.mark.parametrize(
    "cell", [Cell(State.UNREADABLE, raw="?"), Cell(State.MARK, raw="/", doubts=(Doubt(Reason.STAMP),))]
)
def test_an_open_cell_shows_in_the_name(cell: Cell) -> None:
    assert workbook_name(make_report("2021", {str(STAMPED): cell}), CLEAN) == "清河市农业农村局2023年报（未核）.xlsx"


def test_an_error_shows_in_the_name_until_a_person_explains_it() -> None:
    def named(severity: Severity, verdict: Verdict, *, explained: bool = False) -> str:
        finding = Finding("T3-ROW", severity, "", verdict=verdict, explained=explained)
        return workbook_name(make_report(), Assessment((finding,)))

    assert "（未核）" in named(Severity.ERROR, Verdict.OPEN)
    assert "（未核）" in named(Severity.ERROR, Verdict.MISREAD)
    assert "（未核）" in named(Severity.ERROR, Verdict.SOURCE)
    assert "（未核）" not in named(Severity.ERROR, Verdict.SOURCE, explained=True)
    assert "（未核）" not in named(Severity.WARNING, Verdict.OPEN)


def test_what_a_person_closed_counts_more_than_the_assessment() -> None:
    assert "（未核）" not in workbook_name(full_report("2021"), broken_row(), checked=True)
    assert "（未核）" in workbook_name(make_report(), CLEAN, checked=False)


@pytest.mark.parametrize(
    ("issuer", "year", "source", "name"),
    [
        (None, 2023, "县住建局 报告.docx", "县住建局 报告2023年报.xlsx"),
        ("清河市", None, "a.txt", "清河市年报.xlsx"),
        (None, None, "a.b.pdf", "a.b年报.xlsx"),
        ("  ", None, "", "年报.xlsx"),
        ('甲<>:"/\\|?*乙\x00\n\u202e丙', 2023, "", "甲乙 丙2023年报.xlsx"),
        ("../../etc/passwd", 2023, "", "etcpasswd2023年报.xlsx"),
        ("con.局", 2023, "", "_con.局2023年报.xlsx"),
        (None, 2023, "D:\\收件\\报告.doc", "报告2023年报.xlsx"),
    ],
)
def test_the_name_is_legal_everywhere(issuer: str | None, year: int | None, source: str, name: str) -> None:
    assert workbook_name(make_report(issuer=issuer, year=year, source=source), CLEAN) == name


def test_the_name_fits_into_255_bytes() -> None:
    assert len(workbook_name(make_report(issuer="局" * 300), CLEAN, checked=False).encode()) <= 255
