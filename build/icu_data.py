"""ICU's data, reduced to what the window can ask for: 32 MB become 6.

Qt asks ICU for upper and lower case, the order of texts, encodings and time zones, in the language of the machine and
in that of the program. What is left out is asked for by nobody, or has a stand-in: ICU takes the root's data where a
language has none. The format is that of ICU's ``icudt*.dat`` files: a header, a sorted table of names, the items.
"""

from __future__ import annotations

import re
import struct

MAGIC_AT = 12  # where the name of the format stands, which tells the data from other bytes
_MAGIC = b"\xda\x27"
_LOCALE = re.compile(r"(?:[a-z]+/)?(?P<language>[a-z]{2,3})(?:_\w+)?\.res")
_LANGUAGES = {"zh", "en"}
_ENCODINGS = {  # ICU's names for GB18030, GBK, GB2312 and the kinds of Big5; Unicode and Latin-1 need no data
    "gb18030", "ibm-1386_P100-2001", "windows-936-2000", "ibm-1383_P110-1999", "ibm-5478_P100-1995",
    "ibm-1373_P100-2002", "ibm-1375_P100-2008", "windows-950-2000",
}  # fmt: skip


def reduced(data: bytes) -> bytes:
    """Return ``data`` (the bytes of an ``icudt*.dat``) without the items that nobody needs.

    Raises ValueError when it is not in the format known here.
    """
    header = struct.unpack_from("<H", data)[0]
    if data[2:4] != _MAGIC or data[MAGIC_AT : MAGIC_AT + 4] != b"CmnD" or data[8]:
        raise ValueError("not little-endian ICU data")
    items = {name: item for name, item in _items(data[header:]).items() if _is_needed(name.partition("/")[2])}
    names = [name.encode("ascii") + b"\0" for name in items]
    table = 4 + 8 * len(items)
    at_name, at_item = table, _aligned(table + sum(map(len, names)))
    entries = []
    for name, item in zip(names, items.values(), strict=True):
        entries.append(struct.pack("<II", at_name, at_item))
        at_name += len(name)
        at_item += _aligned(len(item))
    head = struct.pack("<I", len(items)) + b"".join(entries) + b"".join(names)
    return data[:header] + b"".join(_padded(part) for part in (head, *items.values()))


def _items(body: bytes) -> dict[str, bytes]:
    """Return name -> content, in the order of the table, which is that of the names."""
    count = struct.unpack_from("<I", body)[0]
    entries = [struct.unpack_from("<II", body, 4 + 8 * number) for number in range(count)]
    names = [body[at : body.index(b"\0", at)].decode("ascii") for at, _ in entries]
    starts = [at for _, at in entries]
    if names != sorted(names) or starts != sorted(starts):
        raise ValueError("ICU data in an unknown order")
    return {name: body[start:end] for name, start, end in zip(names, starts, [*starts[1:], len(body)], strict=True)}


def _is_needed(name: str) -> bool:
    if name.startswith("translit/") or name.endswith(".dict"):
        return False
    if name.endswith(".cnv"):
        return name.removesuffix(".cnv") in _ENCODINGS
    locale = _LOCALE.fullmatch(name)
    return locale is None or locale["language"] in _LANGUAGES


def _aligned(size: int) -> int:
    return (size + 15) // 16 * 16


def _padded(part: bytes) -> bytes:
    return part + bytes(_aligned(len(part)) - len(part))
