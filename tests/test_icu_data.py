"""What is left of ICU's data can be looked up as ICU does it, and holds what the window may ask for."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from build import icu_data  # a folder, not the distribution of this name

PACKAGE = "icudt73l/"
HEADER = struct.pack("<HBBHHBBBB4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD").ljust(32, b"\0")
Items = Sequence[tuple[str, bytes]]


def written(items: Items, header: bytes = HEADER) -> bytes:
    """Return the items as ICU's tools write them: a header, a table of names and places, the names, the contents."""
    table, names, contents = b"", b"", b""
    at_names = 4 + 8 * len(items)
    at_contents = -(-(at_names + sum(len(PACKAGE + name) + 1 for name, _ in items)) // 16) * 16
    for name, content in items:
        table += struct.pack("<II", at_names + len(names), at_contents + len(contents))
        names += (PACKAGE + name).encode() + b"\0"
        contents += content.ljust(-(-len(content) // 16) * 16, b"\0")
    return header + (struct.pack("<I", len(items)) + table + names).ljust(at_contents, b"\0") + contents


def looked_up(data: bytes, name: str, length: int) -> bytes | None:
    """Return so many bytes of an item, found by halving the table as ICU does; None when it is not there."""
    body, wanted = data[struct.unpack_from("<H", data)[0] :], (PACKAGE + name).encode()
    low, high = 0, struct.unpack_from("<I", body)[0]
    while low < high:
        middle = (low + high) // 2
        at_name, at_content = struct.unpack_from("<II", body, 4 + 8 * middle)
        found = body[at_name : body.index(b"\0", at_name)]
        if found == wanted:
            assert at_content % 16 == 0
            return body[at_content : at_content + length]
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return None


KEPT = [
    *("coll/root.res", "coll/zh.res", "coll/zh_Hans.res", "en.res", "en_US.res", "root.res", "zh.res", "zone/zh.res"),
    *("gb18030.cnv", "windows-936-2000.cnv", "nfkc.nrm", "pool.res", "timezoneTypes.res", "ucase.icu"),
]
LEFT_OUT = [
    *("coll/de.res", "de.res", "ja_JP.res", "lang/fil.res", "unit/fr_CA.res"),
    *("brkitr/cjdict.dict", "ibm-37_P100-1995.cnv", "translit/Hani_Latn.res"),
]
ITEMS = [(name, name.encode() * (3 + len(name) % 5)) for name in sorted(KEPT + LEFT_OUT)]


def test_what_may_be_asked_for_is_found_whole_and_the_rest_is_gone() -> None:
    data = icu_data.reduced(written(ITEMS))
    found = {name: looked_up(data, name, len(content)) for name, content in ITEMS}
    assert found == {name: content if name in KEPT else None for name, content in ITEMS}
    assert data[:32] == HEADER


def test_data_of_which_nothing_can_be_left_out_stays_as_it_is() -> None:
    needed = written([item for item in ITEMS if item[0] in KEPT])
    assert icu_data.reduced(needed) == needed
    assert icu_data.reduced(written(ITEMS)) == needed


@pytest.mark.parametrize(
    "data",
    [
        written(ITEMS, HEADER[:8] + b"\1" + HEADER[9:]),  # big-endian
        written(ITEMS, HEADER[:12] + b"ResB" + HEADER[16:]),
        written(ITEMS, b"\x20\0\x7fELF".ljust(32, b"\0")),
        written(ITEMS[::-1]),
    ],
    ids=["big-endian", "one resource", "a library", "not in order"],
)
def test_data_in_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="ICU"):
        icu_data.reduced(data)
