"""Images of pages are kept within bounded memory; what was not seen for longest goes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.image_cache import ImageCache, PageKey

FILE, OTHER = Path("一.pdf"), Path("二.pdf")


def image(width: int) -> QImage:
    return QImage(width, 10, QImage.Format.Format_RGB32)


def page(number: int, path: Path = FILE, quarters: int = 0) -> PageKey:
    return PageKey(path, number, quarters)


def pages_in(cache: ImageCache) -> list[int]:
    return sorted(key.page for key, _ in cache)


@pytest.fixture
def cache() -> ImageCache:
    """Return a cache in which three images of 100 pixels across have room."""
    return ImageCache(most_bytes=3 * image(100).sizeInBytes())


def test_the_one_not_seen_for_longest_gives_way(cache: ImageCache) -> None:
    for number in (1, 2, 3):
        cache.put(page(number), 100, image(100))
    cache.get(page(1), 100)
    cache.best(page(2), 50)
    cache.put(page(4), 100, image(100))
    assert pages_in(cache) == [1, 2, 4]
    assert cache.bytes == cache.most_bytes


def test_a_large_one_takes_the_room_of_several_and_is_kept_even_if_it_is_too_large(cache: ImageCache) -> None:
    for number in (1, 2, 3):
        cache.put(page(number), 100, image(100))
    cache.put(page(4), 200, image(200))
    assert pages_in(cache) == [3, 4]
    cache.put(page(5), 900, image(900))
    assert pages_in(cache) == [5]
    cache.put(page(6), 100, image(100))
    assert pages_in(cache) == [6]
    assert cache.bytes == image(100).sizeInBytes()


def test_an_image_put_anew_is_counted_once(cache: ImageCache) -> None:
    for width in (100, 60):
        cache.put(page(1), 100, image(width))
    assert (len(cache), cache.bytes) == (1, image(60).sizeInBytes())


@pytest.mark.parametrize(("wanted", "found"), [(40, 50), (50, 50), (51, 70), (70, 70), (71, 70), (500, 70)])
def test_the_best_is_the_next_larger_else_the_largest(cache: ImageCache, wanted: int, found: int) -> None:
    for width in (50, 70, 20):
        cache.put(page(1), width, image(width))
    best = cache.best(page(1), wanted)
    assert best is not None
    assert best.width() == found
    assert (cache.get(page(1), wanted) is not None) == (wanted == found)


def test_a_turned_page_is_another_one(cache: ImageCache) -> None:
    cache.put(page(1), 100, image(100))
    assert cache.best(page(1, quarters=1), 100) is None
    assert cache.best(page(1, OTHER), 100) is None


def test_what_is_forgotten_leaves_its_room(cache: ImageCache) -> None:
    for path in (FILE, OTHER):
        cache.put(page(1, path), 100, image(100))
    cache.forget(FILE)
    assert [key.path for key, _ in cache] == [OTHER]
    assert cache.best(page(1), 100) is None
    assert cache.bytes == image(100).sizeInBytes()
    cache.clear()
    assert (len(cache), cache.bytes, cache.best(page(1, OTHER), 100)) == (0, 0, None)
