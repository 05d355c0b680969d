"""A seed becomes a filled form as a workbook, with the habits of real ones: numbers, formulas, hidden columns."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.generator.filled import Filled, filled
from tests.generator.model import Sheet, Truth
from tests.generator.sheets import height

HABITS = (
    "sheets",
    "numbers",
    "formulas",
    "borders",
    "margin",
    "hidden_sheet",
    "hidden_row",
    "hidden_column",
    "prose",
    "loose_lines",
    "shared",
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?")


@dataclass(frozen=True)
class ExcelCase:
    """A generated workbook: its bytes, its truth and the habits it shows."""

    seed: int
    data: bytes
    truth: Truth
    habits: tuple[str, ...]


def excel_case(seed: int, form: str | None = None, habits: Sequence[str] | None = None) -> ExcelCase:
    """Return the workbook of ``seed``; ``habits`` from HABITS, by default the seed picks some."""
    report = filled(seed, form)
    rng = random.Random(f"excel {seed}")
    chosen = tuple(h for h in HABITS if rng.random() < 0.5) if habits is None else tuple(habits)
    return ExcelCase(seed, _Writer(report, frozenset(chosen)).workbook(), report.truth, chosen)


def with_values(data: bytes, values: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the workbook with values stored beside its formulas: name of the sheet's part, address and value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            for part, address, value in values:
                if entry.filename == part:
                    pattern = rf'(<c r="{address}"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?'.encode()
                    content = re.sub(pattern, rb"\g<1><v>" + value.encode() + b"</v>", content)
            new.writestr(entry, content)
    return out.getvalue()


def with_shared_strings(data: bytes) -> bytes:
    """Return the workbook with its texts in a part of their own, as Excel stores them."""
    texts: list[str] = []

    def share(match: re.Match[str]) -> str:
        texts.append(f"<si>{match[3]}</si>")
        return f'<c {match[1]}t="s"{match[2]}><v>{len(texts) - 1}</v></c>'

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry).decode()
            if entry.filename.startswith("xl/worksheets/"):
                content = re.sub(r'<c ([^>]*)t="inlineStr"([^>]*)><is>(.*?)</is></c>', share, content, flags=re.DOTALL)
            elif entry.filename == "xl/_rels/workbook.xml.rels":
                kind = f"{_RELATION}/sharedStrings"
                relation = f'<Relationship Id="shared" Type="{kind}" Target="/xl/sharedStrings.xml"/>'
                content = content.replace("</Relationships>", f"{relation}</Relationships>")
            new.writestr(entry, content)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{"".join(texts)}</sst>')
    return out.getvalue()


@dataclass
class _Writer:
    report: Filled
    habits: frozenset[str]
    book: Workbook = field(default_factory=Workbook)
    values: list[tuple[str, str, str]] = field(default_factory=list)
    row: int = 1

    def workbook(self) -> bytes:
        draft = self.report.draft
        page = self.book.active
        assert page is not None
        page.title = "封面"
        for line in draft.head:
            self._line(page, line)
        for section in draft.sections:
            if "sheets" in self.habits and section.table:
                page = self.book.create_sheet(section.heading.partition("、")[2][:28])
                self.row = 1
            self._line(page, section.heading)
            if "prose" in self.habits:
                for text in section.paragraphs:
                    self._line(page, text)
            if section.table:
                self._table(page, draft.sheets[section.table])
                self.row += 1
        for line in draft.tail:
            self._line(page, line)
        if "hidden_sheet" in self.habits:
            decoy = self.book.create_sheet("去年")
            decoy.append(["规章", 9, 9, 9])
            decoy.sheet_state = "hidden"
        out = io.BytesIO()
        self.book.save(out)
        data = with_values(out.getvalue(), self.values)
        return with_shared_strings(data) if "shared" in self.habits else data

    @property
    def _margin(self) -> int:
        return 2 if "margin" in self.habits else 1

    def _line(self, page: Worksheet, text: str) -> None:
        page.cell(self.row, self._margin, text)
        if "loose_lines" not in self.habits:
            last = self._margin + 9
            page.merge_cells(start_row=self.row, end_row=self.row, start_column=self._margin, end_column=last)
        self.row += 1

    def _table(self, page: Worksheet, sheet: Sheet) -> None:
        first = self.row
        for offset, row in enumerate(sheet.rows):
            for slot in row.slots:
                self._cell(page, slot.text, first + offset, self._margin + slot.column, value=slot.role == "value")
                bottom = first + offset + height(sheet, row, slot) - 1
                right = self._margin + slot.column + slot.span - 1
                if bottom > first + offset or slot.span > 1:
                    page.merge_cells(
                        start_row=first + offset,
                        end_row=bottom,
                        start_column=self._margin + slot.column,
                        end_column=right,
                    )
        self.row += len(sheet.rows)
        if "borders" in self.habits:
            for line in page.iter_rows(first, self.row - 1, self._margin, self._margin + sheet.width - 1):
                for cell in line:
                    cell.border = _BOX
        if "hidden_row" in self.habits:
            page.cell(self.row, self._margin, "规章")
            page.cell(self.row, self._margin + 1, 77)
            page.row_dimensions[self.row].hidden = True
            self.row += 1
        if "hidden_column" in self.habits:
            for number in range(first, self.row):
                page.cell(number, self._margin + 18, 66)
            page.column_dimensions[get_column_letter(self._margin + 18)].hidden = True

    def _cell(self, page: Worksheet, text: str, row: int, column: int, *, value: bool) -> None:
        match = _NUMBER.fullmatch(text) if value else None
        if match is None or not self.habits & {"numbers", "formulas"}:
            page.cell(row, column, text or None)
            return
        cell = page.cell(row, column, float(text) if match[1] else int(text))
        if match[1]:
            cell.number_format = "0." + "0" * len(match[1])
        if "formulas" in self.habits:
            cell.value = f"=SUM(Z{row}:Z{row})"
            part = f"xl/worksheets/sheet{self.book.worksheets.index(page) + 1}.xml"
            self.values.append((part, cell.coordinate, text))
