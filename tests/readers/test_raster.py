"""Pages become pixels: upright, in RGB, on white, whatever the file; damaged and huge ones are refused."""

from __future__ import annotations

import struct
import threading
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from parser.errors import EmptyFile, FileTooLarge, PasswordNeeded, ReportError, UnreadableFile
from parser.readers.pages import Pixels
from parser.readers.raster import open_pages, open_pages_of
from tests.locked_pdf import locked
from tests.page_files import blank_scan, pdf_of, picture, saved
from tests.refused import refused

RED, WHITE, BLACK = (255, 0, 0), (255, 255, 255), (0, 0, 0)


def only(data: bytes, dpi: float | None = None) -> Pixels:
    with open_pages(data) as pages:
        assert pages.count == 1
        return pages.pixels(1, dpi)


def render_all(data: bytes, dpi: float | None = None) -> None:
    with open_pages(data) as pages:
        for page in range(1, pages.count + 1):
            pages.pixels(page, dpi)


def corners(pixels: Pixels) -> list[tuple[int, ...]]:
    """Return the colours well inside the upper left, upper right, lower left and lower right quarter, rounded."""
    high, wide = pixels.shape[:2]
    places = [(high // 4, wide // 4), (high // 4, 3 * wide // 4), (3 * high // 4, wide // 4), (-high // 4, -wide // 4)]
    return [tuple(int(v > 127) * 255 for v in pixels[place]) for place in places]


def refusal(data: bytes) -> ReportError:
    return refused(render_all, data)


# ── pictures ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "L", {"progressive": True}),
        ("JPEG", "CMYK", {}),
        ("PNG", "RGB", {}),
        ("PNG", "1", {}),
        ("PNG", "P", {}),
        ("PNG", "LA", {}),
        ("PNG", "RGBA", {}),
        ("TIFF", "1", {"compression": "group4"}),
        ("TIFF", "L", {"compression": "tiff_lzw"}),
        ("TIFF", "RGB", {"compression": "jpeg"}),
        ("TIFF", "CMYK", {}),
        ("BMP", "RGB", {}),
        ("BMP", "1", {}),
        ("WEBP", "RGB", {"lossless": True}),
        ("WEBP", "RGBA", {}),
        ("GIF", "P", {}),
    ],
)
def test_pictures_of_every_kind_become_rgb(kind: str, mode: str, options: dict[str, object]) -> None:
    pixels = only(saved(picture().convert(mode), kind, **options))
    assert (pixels.shape, pixels.dtype) == ((60, 90, 3), np.uint8)
    assert corners(pixels) == [BLACK, WHITE, WHITE, WHITE]


@pytest.mark.parametrize(("white", "depth"), [(65535, np.uint16), (255, np.uint16)])
def test_sixteen_bits_become_eight(white: int, depth: type[np.uint16]) -> None:
    values = np.full((60, 90), white, depth)
    values[:30, :45] = 0
    assert corners(only(saved(Image.fromarray(values), "PNG"))) == [BLACK, WHITE, WHITE, WHITE]
    assert corners(only(saved(Image.fromarray(values), "TIFF"))) == [BLACK, WHITE, WHITE, WHITE]


@pytest.mark.parametrize("white", [1023, 4095, 16383])
def test_white_is_white_however_many_of_sixteen_bits_a_scanner_uses(white: int) -> None:
    values = np.full((60, 90), white, np.uint16)
    values[:30, :45] = 0
    assert corners(only(saved(Image.fromarray(values), "PNG"))) == [BLACK, WHITE, WHITE, WHITE]


@pytest.mark.parametrize("white", [1, 255])
def test_pictures_in_fractions_are_read(white: int) -> None:
    values = np.full((60, 90), white, np.float32)
    values[:30, :45] = 0
    assert corners(only(saved(Image.fromarray(values), "TIFF"))) == [BLACK, WHITE, WHITE, WHITE]


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 45, 30))
    assert corners(only(saved(clear, "PNG"))) == [BLACK, WHITE, WHITE, WHITE]
    palette = picture().convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    black = palette.getpixel((5, 5))
    assert corners(only(saved(palette, "PNG", transparency=black))) == [WHITE] * 4


@pytest.mark.parametrize(
    ("noted", "black"),
    [(1, 0), (2, 1), (3, 3), (4, 2), (5, 0), (6, 1), (7, 3), (8, 2)],
)
def test_a_photo_is_turned_as_the_camera_noted(noted: int, black: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = noted
    pixels = only(saved(picture(), "JPEG", exif=exif))
    assert pixels.shape[:2] == ((60, 90) if noted < 5 else (90, 60))
    assert corners(pixels).index(BLACK) == black


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_picture_stays_turned_however_often_it_is_asked_for(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with open_pages(saved(picture(), kind, exif=exif)) as pages:
        for _ in range(3):
            assert corners(pages.pixels(1)).index(BLACK) == 1
            assert pages.size(1) == (60 / 96, 90 / 96)


def test_the_pages_of_a_tiff_are_had_in_any_order() -> None:
    sheets = [Image.new("RGB", (40 + n, 60), (0, 0, 40 * n)) for n in range(4)]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    with open_pages(data) as pages:
        assert pages.count == 4
        for number in (4, 1, 3, 2, 2):
            pixels = pages.pixels(number)
            assert pixels.shape == (60, 39 + number, 3)
            assert pixels[0, 0].tolist() == [0, 0, 40 * (number - 1)]
            assert pages.size(number) == ((39 + number) / 96, 60 / 96)


def test_of_a_moving_picture_the_first_is_taken() -> None:
    first, second = picture(), Image.new("RGB", (90, 60), "white")
    for kind in ("GIF", "WEBP", "PNG"):
        assert corners(only(saved(first, kind, save_all=True, append_images=[second]))) == [BLACK, WHITE, WHITE, WHITE]


def test_a_picture_counts_as_96_dpi() -> None:
    assert only(saved(picture(), "PNG"), 192).shape == (120, 180, 3)
    assert only(saved(picture(), "PNG"), 48).shape == (30, 45, 3)
    assert max(only(saved(picture(), "PNG"), 1e9).shape) <= 6000


# ── PDF ──────────────────────────────────────────────────────────────────────────────


def test_a_page_is_rendered_at_the_resolution_wanted() -> None:
    data = pdf_of([b"0 150 200 100 re f"], size=(400, 250))
    with open_pages(data) as pages:
        assert pages.size(1) == (400 / 72, 250 / 72)
        assert pages.pixels(1).shape == (695, 1112, 3)
        assert pages.pixels(1, 72).shape == (250, 400, 3)
        assert corners(pages.pixels(1, 72)) == [BLACK, WHITE, WHITE, WHITE]


def test_colours_are_in_their_order() -> None:
    assert corners(only(pdf_of([b"1 0 0 rg 0 150 200 100 re f"], size=(400, 250)))) == [RED, WHITE, WHITE, WHITE]


def test_a_page_stored_on_its_side_is_shown_upright() -> None:
    data = pdf_of([b"0 150 200 100 re f"], size=(400, 250), page=b"/Rotate 90")
    with open_pages(data) as pages:
        assert pages.size(1) == (250 / 72, 400 / 72)
        assert corners(pages.pixels(1, 72)) == [WHITE, BLACK, WHITE, WHITE]


def test_a_page_as_large_as_a_house_stays_small_in_memory() -> None:
    assert max(only(pdf_of([b""], size=(14_400, 7_200))).shape) == 6000


def test_pages_may_be_rendered_from_several_threads() -> None:
    with open_pages(pdf_of([b"0 0 %d 250 re f" % (40 * n) for n in range(1, 9)], size=(400, 250))) as pages:
        found: dict[int, int] = {}

        def render(page: int) -> None:
            found[page] = int((pages.pixels(page, 72)[:, :, 0] == 0).sum())

        threads = [threading.Thread(target=render, args=(page,)) for page in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {n: 40 * n * 250 for n in range(1, 9)}


def test_a_file_with_a_password_opens_with_it_and_only_with_it(tmp_path: Path) -> None:
    path = tmp_path / "年报.pdf"
    path.write_bytes(locked(blank_scan(2), "2024年报"))
    with pytest.raises(PasswordNeeded, match=r"设有密码；请"):
        open_pages_of(path)
    with pytest.raises(PasswordNeeded, match=r"密码不对.*；请"):
        open_pages_of(path, "2023年报")
    with open_pages(blank_scan(2)) as plain, open_pages_of(path, "2024年报") as opened:
        assert np.array_equal(plain.pixels(2, 72), opened.pixels(2, 72))


def test_a_file_without_pages_is_empty() -> None:
    assert isinstance(refusal(pdf_of([])), EmptyFile)


def test_a_broken_table_of_places_does_not_matter() -> None:
    whole = pdf_of([b"0 150 200 100 re f"], size=(400, 250))
    cut = whole[: whole.index(b"startxref")]
    for data in (whole.replace(b"startxref\n", b"startxref\n9"), cut, b"\n\n" + whole):
        assert corners(only(data)) == [BLACK, WHITE, WHITE, WHITE]


def test_a_file_cut_off_is_read_as_far_as_it_goes_or_refused() -> None:
    data = pdf_of([b"0 150 200 100 re f"] * 3, size=(400, 250))
    for length in range(20, len(data), 97):
        with suppress(UnreadableFile, EmptyFile):
            render_all(data[:length], 30)


# ── what cannot be read ──────────────────────────────────────────────────────────────


def test_a_photo_cut_off_is_damaged() -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90, 3), dtype=np.uint8))
    for kind in ("JPEG", "PNG", "TIFF", "BMP", "WEBP"):
        data = saved(noise, kind)
        assert isinstance(refusal(data[: len(data) // 2]), UnreadableFile)


def test_one_page_of_several_may_be_damaged() -> None:
    sheets = [Image.fromarray(np.random.default_rng(n).integers(0, 255, (90, 90, 3), dtype=np.uint8)) for n in (1, 2)]
    data = bytearray(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw"))
    data[200:2000] = bytes(1800)
    with open_pages(bytes(data)) as pages:
        with pytest.raises(UnreadableFile):
            pages.pixels(1)
        assert pages.pixels(2).shape == (90, 90, 3)


def test_decoders_say_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 2, (90, 90), dtype=np.uint8) * 255).convert("1")
    data = bytearray(saved(noise, "TIFF", compression="group4"))
    data[100:400] = b"\xff" * 300
    with suppress(UnreadableFile):
        render_all(bytes(data))
    assert capfd.readouterr() == ("", "")


def test_a_picture_larger_than_any_scanner_makes_is_refused_unread() -> None:
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 99)) + chunk(b"IEND")
    assert isinstance(refusal(data), FileTooLarge)


def test_a_large_page_of_a_tiff_is_refused_as_well() -> None:
    sheets = [Image.new("1", (90, 60)), Image.new("1", (12_000, 12_000))]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    assert isinstance(refusal(data), FileTooLarge)


def test_a_large_drawing_is_read_without_a_warning() -> None:
    data = saved(Image.new("1", (10_000, 9_500), 1), "TIFF", compression="group4")
    with open_pages(data) as pages:
        assert pages.count == 1


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a", b"II*\x00\x08\x00"])
def test_a_header_alone_is_no_picture(head: bytes) -> None:
    assert isinstance(refusal(head + bytes(100)), UnreadableFile)


def test_only_pictures_that_offices_send_are_opened() -> None:
    drawing = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"
    assert isinstance(refusal(drawing), UnreadableFile)
    assert isinstance(refusal(saved(picture(), "PPM")), UnreadableFile)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        open_pages_of(tmp_path / "没有.pdf")


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
