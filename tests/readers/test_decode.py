"""Bytes become text, whatever encoding an office's editor used; what is no text is refused."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser.errors import UnreadableFile
from parser.readers.decode import decode

TEXT = "清河市水务局2023年政府信息公开工作年度报告\n一、总体情况\n规章\t0\t0\t7\n行政许可\t186\n" * 20
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_16_big_endian_with_a_mark_is_recognised() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_short_text_is_recognised_too(encoding: str) -> None:
    assert decode("规章 3\n".encode(encoding)) == "规章 3\n"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_become_line_feeds(newline: str) -> None:
    assert decode(TEXT.replace("\n", newline).encode()) == TEXT


def test_gb18030_beyond_gbk_is_read() -> None:
    assert decode("㑇县𠮷镇〇六年ǹ".encode("gb18030")) == "㑇县𠮷镇〇六年ǹ"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_costs_only_its_character(encoding: str) -> None:
    data = TEXT.encode(encoding)
    for damaged in (data[:-1], data[:301] + b"\xff" + data[301:], data[:300] + data[301:]):
        assert "规章\t0\t0\t7\n行政许可\t186" in decode(damaged)


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"编码.*；请.*UTF-8"):
        decode(random.Random(5).randbytes(4000).replace(b"\0", b"\x80"))


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 40, bytes(range(32)) * 9, b"\x7fELF\x02\x01\x01" + b"\x00" * 60]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="；请"):
        decode(data)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map("行政许可 186\n".__add__))
def test_whatever_an_editor_saves_with_a_mark_comes_back(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text.replace("\r\n", "\n").removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        assert "\r" not in decode(data)
