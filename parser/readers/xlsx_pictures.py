"""The pictures and text boxes that lie over the cells of a worksheet, by the cells that they cover."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parser.readers.package import Package, attribute, child, local, number

Area = tuple[int, int, int, int]  # top, left, bottom and right, from 1

_ANCHORS = ("twoCellAnchor", "oneCellAnchor")


def pictures(package: Package, sheet: str) -> tuple[Area, ...]:
    """Return the areas that pictures and shapes with words cover in the worksheet that is the part ``sheet``."""
    drawing = package.relative(sheet, "drawing")
    return () if drawing is None else tuple(_areas(drawing))


def _areas(drawing: etree._Element) -> Iterator[Area]:
    for anchor in drawing:
        begin, end = child(anchor, "from"), child(anchor, "to")
        if local(anchor) in _ANCHORS and begin is not None and _shows(anchor):
            top, left = _at(begin, "row") + 1, _at(begin, "col") + 1
            yield top, left, max(top, _last(end, "row")), max(left, _last(end, "col"))


def _shows(anchor: etree._Element) -> bool:
    """Whether there is a picture or a shape with words; lines and frames are none."""
    if any(local(e) == "cNvPr" and attribute(e, "hidden") in ("1", "true") for e in anchor.iter()):
        return False
    return any(local(e) == "pic" or (local(e) == "t" and (e.text or "").strip()) for e in anchor.iter())


def _at(mark: etree._Element | None, name: str) -> int:
    element = child(mark, name)
    return number(None if element is None else element.text)


def _last(end: etree._Element | None, name: str) -> int:
    """Return the last row or column that is covered; one at whose very edge the picture ends is not."""
    return _at(end, name) + (_at(end, f"{name}Off") > 0)
