"""What the window needs from the parser, imported only when first used; tests put their own in its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from parser.model.finding import Assessment
from parser.model.report import CellKey, Report
from parser.model.watch import UNWATCHED, Watch

if TYPE_CHECKING:  # brings numpy and the PDF library, which the window does not wait for
    from parser.readers.pages import Pages


class Backend(Protocol):
    """The parser as the window sees it. Everything but ``assess`` may be slow and runs in a worker."""

    def get_ready(self) -> None:
        """Load what reading needs, so that the first report does not wait for it."""

    def find_inputs(self, paths: Sequence[Path]) -> list[Path]:
        """Return the report files among ``paths`` and in the folders among them."""

    def open_report(self, path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        """Return the report read from ``path``; raise ReportError with what is wrong and what to do.

        ``watch`` hears how far it is, with the report as far as it is read, and may stop the work: raises Cancelled.
        ``password`` opens a file that is locked: raises PasswordNeeded without one, or with a wrong one.
        """

    def open_report_as(self, path: Path, form: str, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        """Return the report at ``path`` in the cells of a form that a person has chosen; as ``open_report``."""

    def open_pages(self, path: Path, password: str | None = None) -> Pages:
        """Return the page images of the PDF file or picture at ``path``; raise ReportError when there are none."""

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        """Return what the rules say about ``report``, compared with the same office's of the year before.

        ``watch`` may stop the work: raises Cancelled.
        """

    def propose_name(self, report: Report, assessment: Assessment, is_checked: bool) -> str:
        """Return a file name for the exported workbook."""

    def export(self, report: Report, assessment: Assessment, path: Path, still_open: Collection[CellKey]) -> None:
        """Write the workbook, the cells still open marked in it; raise OutputError when it cannot be written."""


class ParserBackend:
    """The real parser."""

    def get_ready(self) -> None:
        import parser.pipeline  # noqa: F401  the readers' libraries take a third of a second
        from parser.extract.refit import empty_report
        from parser.ocr.detector import detector
        from parser.ocr.rapid import recogniser
        from parser.templates.load import templates

        for form in templates():  # their rules are understood the first time they are asked
            self.assess(empty_report(form.id, None, None))
        for model in (recogniser, detector):  # they hold everybody up while they are made ready
            model()

    def find_inputs(self, paths: Sequence[Path]) -> list[Path]:
        from parser.pipeline import find_inputs

        return list(find_inputs(paths))

    def open_report(self, path: Path, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        from parser.pipeline import open_report

        return open_report(path, watch, password)

    def open_report_as(self, path: Path, form: str, watch: Watch = UNWATCHED, password: str | None = None) -> Report:
        from parser.pipeline import open_report_as

        return open_report_as(path, form, watch, password)

    def open_pages(self, path: Path, password: str | None = None) -> Pages:
        from parser.readers.raster import open_pages_of

        return open_pages_of(path, password)

    def assess(self, report: Report, previous: Report | None = None, watch: Watch = UNWATCHED) -> Assessment:
        from parser.rules.check import assess

        return assess(report, previous, watch)

    def propose_name(self, report: Report, assessment: Assessment, is_checked: bool) -> str:
        from parser.export.names import workbook_name

        return workbook_name(report, assessment, checked=is_checked)

    def export(self, report: Report, assessment: Assessment, path: Path, still_open: Collection[CellKey]) -> None:
        from parser.export.workbook import write_workbook

        write_workbook(report, assessment, path, still_open)
