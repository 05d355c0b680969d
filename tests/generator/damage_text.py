"""What happens to the text as a whole: pages, scripts, cuts, encodings."""

from __future__ import annotations

from collections.abc import Callable

from tests.generator.glyphs import PINYIN, TRADITIONAL, to_traditional
from tests.generator.model import Chunk, Draft
from tests.generator.registry import damage


@damage("text")
def traditional(draft: Draft) -> bool:
    """A site converts the page to traditional characters, 文件 even to 檔案."""
    words = draft.rng.random() < 0.5

    def convert(text: str) -> str:
        return to_traditional(text.replace("文件", "檔案") if words else text)

    _convert(draft, convert)
    return True


@damage("text")
def half_traditional(draft: Draft) -> bool:
    """Only some characters are traditional: 規范, 屬于."""
    kept = {char for char in TRADITIONAL if draft.rng.random() < 0.6}
    table = {char: other for char, other in TRADITIONAL.items() if char not in kept}
    _convert(draft, lambda text: text.translate(table))
    return True


@damage("text", 0.7)
def pinyin(draft: Draft) -> bool:
    """Traditional characters with their pinyin in brackets: 本年制發(fā)件數(shù)."""
    table = {ord(char): f"{char}({sound})" for char, sound in PINYIN.items() if draft.rng.random() < 0.6}
    _convert(draft, lambda text: to_traditional(text).translate(table), names=False)
    return True


@damage("text", families=("text",))
def page_lines(draft: Draft) -> bool:
    """Page numbers and running heads stand between rows and paragraphs."""
    style = draft.rng.choice(
        (
            "- {0} -",
            "{0}",
            "第 {0} 页 共 8 页",
            "— {0} —",
            "P. {0}",
            "Page {0} - {1}年报",
            "{1}年政府信息公开工作年度报告",
        )
    )
    step = draft.rng.randint(6, 16)
    page = draft.rng.randint(1, 3)
    for place in range(len(draft.chunks) - 1, 2, -step):
        lines = [style.format(page + place // step, draft.year)]
        draft.chunks.insert(place, Chunk("page", ["", *lines, ""] if draft.rng.random() < 0.5 else lines))
        if not draft.layout.bounded and style == "{0}":  # a bare number between values is anybody's
            _blur_around(draft, place)
    return True


@damage("text", families=("text",))
def blank_line_in_table(draft: Draft) -> bool:
    """A table is broken over pages: blank lines between two rows."""
    rows = [place for place, chunk in enumerate(draft.chunks) if chunk.kind == "row"]
    for place in sorted(draft.rng.sample(rows, min(len(rows), 3)), reverse=True):
        draft.chunks.insert(place, Chunk("page", [""] * draft.rng.randint(1, 3)))
    return bool(rows)


@damage("text", 1.5, layouts=("tabs", "tabs_by_depth", "pipes_plain", "pipes_with_extras", "pipes_leading"))
def markdown_lines(draft: Draft) -> bool:
    """A separator row of dashes before or after the data row of table four."""
    separator = ("\t" if draft.layout.name.startswith("tabs") else " | ").join(["---"] * 15)
    for place in range(len(draft.chunks) - 1, -1, -1):
        chunk = draft.chunks[place]
        if chunk.kind == "row" and chunk.table == "remedies" and chunk.row and chunk.row.kind == "data":
            after = draft.rng.random() < 0.6
            draft.chunks.insert(place + after, Chunk("page", [separator]))
            if after and draft.rng.random() < 0.5:
                draft.chunks.insert(place, Chunk("page", [""]))
            return True
    return False


@damage("text", families=("text",))
def truncated_document(draft: Draft) -> bool:
    """The text ends in the middle; what follows is not there."""
    rows = [place for place, chunk in enumerate(draft.chunks) if chunk.kind == "row" and chunk.row and chunk.row.keys]
    if len(rows) < 5:
        return False
    place = draft.rng.randrange(3, len(rows))
    cut = rows[place]
    first = draft.chunks[cut]
    assert first.row is not None
    partly = draft.rng.random() < 0.5
    _lose_from(draft, cut, rows[place - 1])
    if partly or first.table == "remedies":  # a row cut through, or labels without their values: nobody can say
        draft.unscored.update(first.row.keys)
    del draft.chunks[cut:]
    if not draft.named:  # only the signature told whose report it is
        draft.issuer = None
    if partly:
        text = "\n".join(first.lines)
        draft.chunks.append(Chunk("row", text[: draft.rng.randint(1, max(1, len(text) - 1))].split("\n")))
    return True


def _lose_from(draft: Draft, cut: int, before: int) -> None:
    """Mark as absent what stands at ``cut`` or after; leave open what the rows left cannot tell (blank or gone)."""
    kept = [id(chunk.row) for chunk in draft.chunks[:cut]]
    for row in (chunk.row for chunk in draft.chunks[cut:] if chunk.row):
        draft.cells.update(dict.fromkeys(row.keys))
        if row.upper and id(row.upper) in kept:  # the beginning of its label is there, and nothing beside it
            draft.unscored.update(row.keys)
    last = draft.chunks[before].row
    if last and not draft.layout.bounded and any(not slot.text.strip() for slot in last.values):
        draft.unscored.update(last.keys)


@damage("text", families=("text",))
def prose_in_table(draft: Draft) -> bool:
    """A note stands between the blocks of a table, as some offices add."""
    rows = [i for i, c in enumerate(draft.chunks) if c.kind == "row" and c.row and c.row.kind == "line"]
    if not rows:
        return False
    notes = ("注：以上数据由各科室填报。", "备注：行政许可含年内变更、注销，共3类。", "续表", "（单位：件）")
    draft.chunks.insert(draft.rng.choice(rows), Chunk("page", [draft.rng.choice(notes)]))
    return True


@damage("file")
def gb18030(draft: Draft) -> bool:
    """The file is encoded in GB18030."""
    draft.encoding = "gb18030"
    return True


@damage("file", families=("text",))
def byte_order_mark(draft: Draft) -> bool:
    """The file is UTF-8 with a byte order mark, or UTF-16."""
    draft.encoding = draft.rng.choice(("utf-8-sig", "utf-8-sig", "utf-16"))
    return True


@damage("file")
def windows_lines(draft: Draft) -> bool:
    """Lines end in CR LF."""
    draft.newline = "\r\n"
    return True


def _convert(draft: Draft, convert: Callable[[str], str], *, names: bool = True) -> None:
    """Convert every line; the issuer is then printed converted too (``names`` False: only outside the title)."""
    for chunk in draft.chunks:
        if names or chunk.kind not in ("title", "tail"):
            chunk.lines = [_keep_tags(line, convert) for line in chunk.lines]
    if names and draft.issuer:
        draft.issuer = convert(draft.issuer)


def _keep_tags(line: str, convert: Callable[[str], str]) -> str:
    return (
        convert(line)
        if "<" not in line
        else "".join(part if part.startswith("<") else convert(part) for part in _split_tags(line))
    )


def _split_tags(line: str) -> list[str]:
    return line.replace("<", "\0<").replace(">", ">\0").split("\0")


def _blur_around(draft: Draft, place: int) -> None:
    for chunk in draft.chunks[max(place - 1, 0) : place + 2]:
        if chunk.row is not None:
            draft.vague.update(chunk.row.keys)
