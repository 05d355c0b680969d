"""Text whose tables stand as values between commas or semicolons, as spreadsheets and programs write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from parser.layout.text_builder import TextBuilder
from parser.model.document import Piece

_SEPARATORS = (",", ";", "，", "；")
_FEWEST = 3  # separators in a row of a table; the narrowest table of the forms has four columns
_LONGEST = 50  # lines in one quoted cell
_ROWS = 5  # so many rows with a label and figures show that a text is written in this way
_SENTENCE = "。"
_OTHERS = frozenset("\t|｜")  # part cells, too: then commas stand in figures
_FIGURE = re.compile(r"\s*(?:[\d.,]+|[-—–/无])?\s*")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")


def separator_of(text: str) -> str | None:
    """Return what parts the cells of the text's tables if it is a comma or semicolon, None if it is neither."""
    lines = text.split("\n")
    return next((sign for sign in _SEPARATORS if _is_between_figures(lines, sign)), None)


def _is_between_figures(lines: Sequence[str], separator: str) -> bool:
    rows = (line.split(separator) for line in lines if line.count(separator) >= _FEWEST and not _OTHERS & set(line))
    return sum(_WORDS.search(row[0]) is not None and _holds_figures(row) for row in rows) >= _ROWS


def _holds_figures(row: Sequence[str]) -> bool:
    figures = sum(cell.strip() != "" and _FIGURE.fullmatch(cell) is not None for cell in row)
    return figures > 0 and figures + row.count("") >= len(row) - _FEWEST


def read_separated(text: str, separator: str) -> tuple[str, tuple[Piece, ...]]:
    """Return the text with its tables as tab-separated lines, every cell of them a bounded piece, and all pieces."""
    builder = TextBuilder()
    for cells in _rows(text.split("\n"), separator):
        line = separator.join(cells).rstrip(separator)
        if len(cells) <= _FEWEST or not line or _SENTENCE in line:
            builder.add_line(line)
        else:
            builder.add_row([" ".join(cell.split()) for cell in cells])
    return builder.finish()


def _rows(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Yield the cells of each line; a quoted cell may go on over several. A line that is no row is one cell."""
    number = 0
    while number < len(lines):
        row, number = _row(lines, number, separator)
        yield row


def _row(lines: Sequence[str], number: int, separator: str) -> tuple[list[str], int]:
    """Return the cells of the row that begins in this line, and the number of the line after it."""
    ahead = (f"{lines[n]}\n" for n in range(number, min(number + _LONGEST, len(lines))))
    reader = csv.reader(ahead, delimiter=separator, strict=True)
    try:
        row = next(reader)
    except csv.Error:  # a quotation mark that nothing closes is one of the text
        row = []
    end = number + reader.line_num
    if not row or any(
        line.count(separator) >= _FEWEST for line in lines[number + 1 : end - 1]
    ):  # nor does one far down
        return lines[number].split(separator), number + 1
    return [cell.removesuffix("\n") for cell in row], end
