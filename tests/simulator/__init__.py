"""Scanned and photographed annual reports with their truth, from a seed."""

from tests.simulator.case import LEVELS, ScanCase, as_jpg, as_pdf, as_tiff, scan_case

__all__ = ["LEVELS", "ScanCase", "as_jpg", "as_pdf", "as_tiff", "scan_case"]
