"""PDF files under a password, made of open ones: RC4 with a key of 40 bits, as the first revision of it has it."""

from __future__ import annotations

import hashlib
import re

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\r?\n.*?\r?\nendobj", re.DOTALL)
_STREAM = re.compile(rb"(?<=stream)(\r?\n)(.*)(\r?\nendstream)", re.DOTALL)
_NAME = re.compile(rb"/ID\s*\[.*?\]", re.DOTALL)
_MAY = (-4).to_bytes(4, "little", signed=True)
_ID = bytes(16)


def locked(data: bytes, password: str) -> bytes:
    """Return the PDF file so that it opens only with the password; it must need no strings and have a plain trailer."""
    user = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + _MAY + _ID).digest()[:5]
    marks = (owner.hex().encode(), _rc4(key, _PADDING).hex().encode(), _ID.hex().encode())
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % (*marks, marks[2])

    def shut(found: re.Match[bytes]) -> bytes:
        own = hashlib.md5(key + int(found[1]).to_bytes(3, "little") + bytes(2)).digest()[:10]
        return _STREAM.sub(lambda stream: stream[1] + _rc4(own, stream[2]) + stream[3], found[0])

    head, trailer, rest = data.rpartition(b"trailer")
    return _OBJECT.sub(shut, head) + trailer + _NAME.sub(b"", rest).replace(b"<<", b"<<" + lock, 1)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, at = list(range(256)), 0
    for n in range(256):
        at = (at + box[n] + key[n % len(key)]) % 256
        box[n], box[at] = box[at], box[n]
    out, x, y = bytearray(), 0, 0
    for byte in data:
        x = (x + 1) % 256
        y = (y + box[x]) % 256
        box[x], box[y] = box[y], box[x]
        out.append(byte ^ box[(box[x] + box[y]) % 256])
    return bytes(out)
