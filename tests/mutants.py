"""Small valid files of every format, damaged as a seed says."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from unittest import mock

from PIL import Image

from parser import paged
from parser.ocr import flat_page, full_page, upright
from parser.ocr.engine import NullRecogniser
from tests.generator import generate
from tests.generator.excel import excel_case
from tests.generator.pdf import pdf_case
from tests.generator.word import word_case
from tests.simulator import scan_case

_SEEDS = (31, 32, 33)  # of the files that are damaged
_SIDE = 620  # pixels of the longer side of a page picture: small files, quick pages
_NUMBER = re.compile(rb"(?<![\d.])\d{1,10}(?![\d.])")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ODD_NUMBERS = (b"0", b"1", b"-1", b"65536", b"99999", b"2147483647", b"4294967296", b"9" * 30, b"0.0001", b"1e9")
_PIECES = (
    b"\x00", b"\xff" * 8, b"%PDF-1.4\n", b"PK\x03\x04", b"<<", b">>", b"endobj", b"endstream", b"(", b"]]>", b"<table>",
    b"\xff\xd8\xff\xe0", b"\xff\xd9", b"IHDR", b"IDAT", b"\t\n" * 40, "合计".encode() * 20,
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A damaged file: the name it is to have, its bytes, and what was done to it."""

    name: str
    data: bytes
    how: str


def mutant(seed: int, kind: str) -> Mutant:
    """Return the file of a format (one of FORMATS) that ``seed`` damages."""
    rng = random.Random(f"{kind} {seed}")
    data = rng.choice(originals(kind))
    way = rng.choice(_WAYS.get(kind, (_anywhere,)))
    suffix = FORMATS[kind]
    if rng.random() < 0.08:
        suffix = rng.choice([*FORMATS.values(), "", ".doc", ".ofd"])
    return Mutant(f"报告{suffix}", way(data, rng), way.__name__.strip("_"))


@cache
def originals(kind: str) -> tuple[bytes, ...]:
    """Return the valid files of a format."""
    return tuple(_MAKERS[kind]())


@contextmanager
def without_recognition() -> Iterator[None]:
    """Let pages be laid out small, and nothing be recognised on them, so that reading one takes milliseconds."""
    with (
        mock.patch.object(paged, "recogniser", NullRecogniser),
        mock.patch.object(full_page, "word_boxes", return_value=[]),
        mock.patch.object(upright, "is_upright", return_value=True),
        mock.patch.object(flat_page, "SIDE", _SIDE),
    ):
        yield


# ── valid files ──────────────────────────────────────────────────────────────────────
def _texts() -> Iterator[bytes]:
    for seed, layout in zip(_SEEDS, ("tabs", "pipes_with_extras", "pdf_text"), strict=True):
        yield generate(seed, layout=layout, damages=()).data


def _web_pages() -> Iterator[bytes]:
    for seed in _SEEDS:
        yield generate(seed, layout="html", damages=()).data


@cache
def _pages() -> tuple[Image.Image, ...]:
    """Return pictures of a page with a table and of one before it, small."""
    case = scan_case(_SEEDS[0], "office", "2021")
    last = case.boxes["applications.new_received.total"][0]
    pictures = [Image.fromarray(case.pages[n - 1]) for n in (last, max(1, last - 1))]
    for picture in pictures:
        picture.thumbnail((_SIDE, _SIDE))
    return tuple(pictures)


def _saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    first, *rest = (page.convert(mode) for page in _pages())
    if options.pop("all_pages", False):
        options |= {"save_all": True, "append_images": rest}
    first.save(out, kind, **options)
    return out.getvalue()


def _scans() -> Iterator[bytes]:
    yield _saved("PDF", resolution=150, quality=70, all_pages=True)
    yield _saved("PDF", "L", resolution=150)
    yield _saved("PDF", "1", resolution=150, all_pages=True)


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def _jpgs() -> Iterator[bytes]:
    yield _saved("JPEG", quality=70)
    yield _saved("JPEG", "CMYK", quality=60)
    yield _saved("JPEG", "L", quality=60, progressive=True, exif=_turned())


def _pngs() -> Iterator[bytes]:
    yield _saved("PNG", "L")
    yield _saved("PNG", "P", transparency=0)
    yield _saved("PNG", "I;16")


def _tiffs() -> Iterator[bytes]:
    yield _saved("TIFF", "1", compression="group4", all_pages=True)
    yield _saved("TIFF", "L", compression="tiff_lzw", all_pages=True)
    yield _saved("TIFF", "RGB", compression="jpeg")


def _bitmaps() -> Iterator[bytes]:
    yield from (_saved("BMP", mode) for mode in ("1", "P", "RGB"))


def _webps() -> Iterator[bytes]:
    yield _saved("WEBP", quality=50)
    yield _saved("WEBP", lossless=True)
    yield _saved("WEBP", "RGBA", quality=50, all_pages=True)


def _gifs() -> Iterator[bytes]:
    yield _saved("GIF", "P", all_pages=True)


FORMATS: Mapping[str, str] = {
    "txt": ".txt", "html": ".html", "docx": ".docx", "xlsx": ".xlsx", "pdf": ".pdf", "scan": ".pdf", "jpg": ".jpg",
    "png": ".png", "tiff": ".tif", "bmp": ".bmp", "webp": ".webp", "gif": ".gif",
}  # fmt: skip
_MAKERS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "txt": _texts,
    "html": _web_pages,
    "docx": lambda: (word_case(seed).data for seed in _SEEDS),
    "xlsx": lambda: (excel_case(seed).data for seed in _SEEDS),
    "pdf": lambda: (pdf_case(seed).data for seed in _SEEDS),
    "scan": _scans,
    "jpg": _jpgs,
    "png": _pngs,
    "tiff": _tiffs,
    "bmp": _bitmaps,
    "webp": _webps,
    "gif": _gifs,
}


# ── damage ───────────────────────────────────────────────────────────────────────────
def _anywhere(data: bytes, rng: random.Random) -> bytes:
    """Damage bytes wherever they are, once or several times."""
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        data = _damaged(data, rng)
    return data


def _at_the_head(data: bytes, rng: random.Random) -> bytes:
    """Damage the first bytes, where formats say what they are and how large."""
    length = rng.choice((32, 128, 512))
    return _damaged(data[:length], rng) + data[length:]


def _damaged(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 4, 64, 1024, len(data) // 4 + 1)))
    match rng.randrange(8):
        case 0:  # bits flipped
            flipped = bytearray(data)
            for _ in range(rng.choice((1, 3, 20))):
                flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            return bytes(flipped)
        case 1:  # deleted
            return data[:start] + data[end:]
        case 2:  # doubled
            return data[:end] + data[start:end] * rng.choice((1, 1, 3)) + data[end:]
        case 3:  # cut off
            return data[:start]
        case 4:  # something foreign put in
            return data[:start] + rng.choice(_PIECES) + data[start:]
        case 5:  # a hole
            return data[:start] + bytes(end - start) + data[end:]
        case 6:  # blocks changed places
            other = rng.randrange(len(data))
            first, second = sorted((start, other))
            length = min(1024, second - first, len(data) - second)
            one, two = data[first : first + length], data[second : second + length]
            return data[:first] + two + data[first + length : second] + one + data[second + length :]
        case _:  # a number changed
            return _other_number(data, rng)


def _other_number(data: bytes, rng: random.Random) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    picked = rng.choice(numbers)
    return data[: picked.start()] + rng.choice(_ODD_NUMBERS) + data[picked.end() :]


def _inside_members(data: bytes, rng: random.Random) -> bytes:
    """Damage one member of a package; the package itself stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        names = package.namelist()
        chosen = rng.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            content = package.read(name)
            copy.writestr(name, _anywhere(content, rng) if name == chosen else content)
    return out.getvalue()


def _tags_changed(data: bytes, rng: random.Random) -> bytes:
    """Delete, double or swap elements and attributes of one member, which stays almost well-formed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        parts = [name for name in package.namelist() if name.startswith(("word/", "xl/")) and name.endswith(".xml")]
        chosen = rng.choice(parts)
        for name in package.namelist():
            content = package.read(name)
            if name == chosen:
                for _ in range(rng.choice((1, 3, 10))):
                    content = _other_tag(content, rng)
            copy.writestr(name, content)
    return out.getvalue()


def _other_tag(content: bytes, rng: random.Random) -> bytes:
    elements = list(re.finditer(rb"<(\w+:?\w*)[^<>]*/>|\w+:?\w*=\"([^\"]*)\"", content))
    if not elements:
        return content
    one, two = rng.choice(elements), rng.choice(elements)
    if one[2] is None:
        new = rng.choice((b"", one[0] * 3, two[0] if two[2] is None else b""))
    else:
        new = one[0].split(b"=")[0] + b'="%s"' % rng.choice((*_ODD_NUMBERS, b"", two[2] or b"x"))
    return content[: one.start()] + new + content[one.end() :]


def _inside_streams(data: bytes, rng: random.Random) -> bytes:
    """Damage the unpacked content of a PDF's streams; it is packed again so that the rest keeps its place."""
    streams = list(_STREAM.finditer(data))
    for found in rng.sample(streams, min(len(streams), rng.choice((1, 2, 6)))):
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            packed = _damaged(found[1], rng)
        else:
            change = rng.choice((_damaged, _other_number, _other_operator))
            for _ in range(rng.choice((1, 5, 30))):
                content = change(content, rng)
            packed = zlib.compress(content, 9)
        if len(packed) <= len(found[1]):
            packed = packed.ljust(len(found[1]), b"\x00")
            data = data[: found.start(1)] + packed + data[found.end(1) :]
    return data


def _other_operator(content: bytes, rng: random.Random) -> bytes:
    operators = list(re.finditer(rb"(?<=\s)(?:[a-zA-Z]{1,2}\*?)(?=\s)", content))
    if not operators:
        return content
    picked = rng.choice(operators)
    new = rng.choice((b"", b"q", b"Q", b"BT", b"ET", b"cm", b"re", b"l", b"c", b"S", b"f", b"W", b"Tj", b"Do", b"BI"))
    return content[: picked.start()] + new + content[picked.end() :]


def _outside_streams(data: bytes, rng: random.Random) -> bytes:
    """Change numbers and names of a PDF's objects, its table of places and its trailer."""
    spans = [found.span(1) for found in _STREAM.finditer(data)]
    for _ in range(rng.choice((1, 1, 4, 15))):
        words = [
            found
            for found in re.finditer(rb"(?<=[\s/\[])(?:\d+|[A-Z]\w+)(?=[\s/\[\]>])", data)
            if not any(start <= found.start() < end for start, end in spans)
        ]
        if not words:
            return data
        picked = rng.choice(words)
        is_number = picked[0].isdigit()
        new = rng.choice(_ODD_NUMBERS) if is_number else rng.choice(words)[0]
        if rng.random() < 0.6:  # of the same length, so that the rest keeps its place
            new = new.ljust(len(picked[0]))[: len(picked[0])]
        data = data[: picked.start()] + new + data[picked.end() :]
        if len(new) != len(picked[0]):
            spans = [found.span(1) for found in _STREAM.finditer(data)]
    return data


_PACKAGE_WAYS = (_anywhere, _inside_members, _inside_members, _tags_changed)
_PDF_WAYS = (_anywhere, _inside_streams, _inside_streams, _outside_streams, _outside_streams)
_PICTURE_WAYS = (_anywhere, _at_the_head)
_WAYS: Mapping[str, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
    "docx": _PACKAGE_WAYS,
    "xlsx": _PACKAGE_WAYS,
    "pdf": _PDF_WAYS,
    "scan": _PDF_WAYS,
    **dict.fromkeys(("jpg", "png", "tiff", "bmp", "webp", "gif"), _PICTURE_WAYS),
}
