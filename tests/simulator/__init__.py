"""Scanned and photographed annual reports with their truth, from a seed."""

from tests.simulator.case import LEVELS, ScanCase, as_jpg, as_pdf, as_tiff, scan_case
from tests.simulator.crop import cropped
from tests.simulator.unruled import unruled

__all__ = ["LEVELS", "ScanCase", "as_jpg", "as_pdf", "as_tiff", "cropped", "scan_case", "unruled"]
