"""A seed and a level become pages of a scanned report with the truth about every cell and its place."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from tests.generator.model import Truth
from tests.simulator import camera, levels
from tests.simulator.compose import compose
from tests.simulator.leaf import Leaf
from tests.simulator.paper import Paper, boxes, paper
from tests.simulator.report import printed

LEVELS = ("clean", "office", "skewed", "fax", "phone", "harsh")
Box = tuple[float, float, float, float]
_SCANNERS = {
    "clean": (levels.clean, 300, 92),
    "office": (levels.office, 200, 80),
    "skewed": (levels.skewed, 200, 80),
    "fax": (levels.fax, 150, 80),
    "harsh": (levels.harsh, 130, 55),
}
_WHEN = time.gmtime(1_736_900_000)  # in every PDF, so that a seed always gives the same bytes


@dataclass(frozen=True)
class ScanCase:
    """A scanned report.

    ``pages`` are RGB. ``boxes`` gives for a cell key the page (from 1) and the bounding box of the cell's inside,
    between its ruling lines, as fractions of the page: left, top, right, bottom. ``outlines`` has the same as points
    around the cell in pixels, for pages that are not straight. ``spread``: photos show two pages each.
    """

    seed: int
    level: str
    form: str
    pages: list[np.ndarray]
    dpi: int
    truth: Truth
    boxes: dict[str, tuple[int, Box]]
    outlines: dict[str, tuple[int, np.ndarray]] = field(default_factory=dict)
    spread: bool = False


def scan_case(
    seed: int, level: str, form: str | None = None, *, wrong_sums: bool = False, spread: bool | None = None
) -> ScanCase:
    """Return the scanned report of ``seed``, damaged as ``level`` (one of LEVELS) says.

    The seed picks the form unless one is given. ``wrong_sums``: some printed figures do not add up. ``spread``: two
    pages in a photo, by default rarely. KeyError for an unknown level.
    """
    report = printed(seed, form, wrong_sums=wrong_sums)
    leaves = compose(report.draft, seed)
    rng = np.random.default_rng([seed & 0xFFFFFFFF, LEVELS.index(level) if level in LEVELS else 99])
    if level == "phone":
        double = bool(rng.random() < 0.05) if spread is None else spread
        papers, dpi = _photos(leaves, rng, double=double)
    else:
        double = False
        scanner, dpi, _ = _SCANNERS[level]
        colour = bool(rng.random() < 0.45)
        cleaned = bool(rng.random() < 0.35)
        issuer = report.draft.issuer or "政务公开专用章"
        jobs = [
            levels.Job(leaf, issuer, colour, turn, cleaned)
            for leaf, turn in zip(leaves, _turns(level, len(leaves), rng), strict=True)
        ]
        papers = [scanner(job, rng) for job in jobs]
    return ScanCase(
        seed,
        level,
        report.draft.form.id,
        [item.image for item in papers],
        dpi,
        report.truth,
        {key: (page, box) for page, item in enumerate(papers, 1) for key, box in boxes(item).items()},
        {key: (page, points) for page, item in enumerate(papers, 1) for key, points in item.outlines.items()},
        double,
    )


def as_pdf(case: ScanCase, quality: int | None = None) -> bytes:
    """Return the pages as pictures in a PDF: a fax in black and white, others as JPEG."""
    first, *rest = (_picture(page, fax=case.level == "fax") for page in case.pages)
    quality = quality or (_SCANNERS[case.level][2] if case.level in _SCANNERS else 85)
    packed = {} if case.level == "fax" else {"quality": quality}
    return _saved(first, "PDF", rest, resolution=case.dpi, creationDate=_WHEN, modDate=_WHEN, **packed)


def as_jpg(page: np.ndarray, quality: int = 85) -> bytes:
    """Return a page as a JPEG file."""
    return _saved(_picture(page), "JPEG", quality=quality)


def as_tiff(pages: Sequence[np.ndarray], dpi: int = 200) -> bytes:
    """Return pages as a TIFF file with several pictures; those in black and white as a fax program writes them."""
    pictures = [_picture(page, fax=bool(np.isin(page[::7, ::7], (0, 255)).all())) for page in pages]
    packed = "group4" if pictures[0].mode == "1" else "tiff_lzw"
    return _saved(pictures[0], "TIFF", pictures[1:], compression=packed, dpi=(dpi, dpi))


def _turns(level: str, count: int, rng: np.random.Generator) -> list[int]:
    """Return by how many quarters the pages are turned: none, all alike or some."""
    if level != "skewed" or rng.random() > 0.3:
        return [0] * count
    quarters = int(rng.integers(1, 4))
    return [quarters] * count if rng.random() < 0.5 else [quarters * int(rng.random() < 0.4) for _ in range(count)]


def _photos(leaves: list[Leaf], rng: np.random.Generator, *, double: bool) -> tuple[list[Paper], int]:
    count = 2 if double else 1
    taken = camera.session(rng, across=double)
    groups = [leaves[n : n + count] for n in range(0, len(leaves), count)]
    photos = [camera.photo([paper(leaf) for leaf in group], taken, rng) for group in groups]
    return photos, camera.resolution(taken, count)


def _picture(page: np.ndarray, *, fax: bool = False) -> Image.Image:
    grey = bool((page[..., 0] == page[..., 1]).all() and (page[..., 1] == page[..., 2]).all())
    picture = Image.fromarray(page[..., 0] if grey else page)
    return picture.convert("1", dither=Image.Dither.NONE) if fax else picture


def _saved(picture: Image.Image, kind: str, rest: Sequence[Image.Image] = (), **options: object) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": list(rest)} if kind != "JPEG" else {}
    picture.save(out, kind, **more, **options)
    return out.getvalue()
