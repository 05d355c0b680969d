"""The role of a cell becomes its look: font, alignment, border and fill."""

from __future__ import annotations

from types import MappingProxyType

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from parser.export.sheets import Role

_LINE = Side(style="thin", color="000000")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_STACKED = 255  # the text rotation that sets the characters one under the other


def styles() -> list[NamedStyle]:
    """Return a new named style for every role; a workbook keeps those it is given."""
    return [
        NamedStyle(
            name=STYLE_NAMES[role],
            font=Font(name=_FONTS.get(role, "宋体"), size=_SIZES.get(role, 10), bold=role in _BOLD),
            alignment=_ALIGNMENTS[role],
            border=Border() if role in _FRAMELESS else _FRAME,
            fill=_FILLS.get(role, PatternFill()),
        )
        for role in STYLE_NAMES
    ]


STYLE_NAMES = MappingProxyType({
    Role.TITLE: "年报 标题",
    Role.SECTION: "年报 部分",
    Role.LEFT_LINE: "年报 左行",
    Role.RIGHT_LINE: "年报 右行",
    Role.BLOCK_LINE: "年报 条目",
    Role.HEADER: "年报 表头",
    Role.NOTE: "年报 表注",
    Role.LABEL: "年报 栏目",
    Role.UPRIGHT: "年报 竖排",
    Role.VALUE: "年报 数据",
    Role.DOUBTFUL: "年报 存疑",
    Role.UNREADABLE: "年报 无法识别",
    Role.ABSENT: "年报 原文无此格",
    Role.HEADING: "年报 小标题",
    Role.PROSE: "年报 正文",
    Role.LIST_HEAD: "年报 列表头",
    Role.LIST_TEXT: "年报 列表",
})  # fmt: skip

_FONTS = MappingProxyType({Role.NOTE: "仿宋", Role.PROSE: "仿宋"})
_SIZES = MappingProxyType({Role.TITLE: 16, Role.SECTION: 12, Role.HEADING: 12, Role.PROSE: 12})
_BOLD = frozenset({Role.TITLE, Role.SECTION, Role.HEADING, Role.LIST_HEAD, Role.DOUBTFUL, Role.UNREADABLE})
_FRAMELESS = frozenset({Role.TITLE, Role.SECTION, Role.LEFT_LINE, Role.RIGHT_LINE, Role.HEADING, Role.PROSE})

_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_ONE_LINE = Alignment(horizontal="left", vertical="center", shrink_to_fit=True)
_NUMBER = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
_ALIGNMENTS = MappingProxyType({
    Role.TITLE: Alignment(horizontal="center", vertical="center", shrink_to_fit=True),
    Role.SECTION: _CENTRE,
    Role.LEFT_LINE: _ONE_LINE,
    Role.RIGHT_LINE: Alignment(horizontal="right", vertical="center", shrink_to_fit=True),
    Role.BLOCK_LINE: _LEFT,
    Role.HEADER: _CENTRE,
    Role.NOTE: _LEFT,
    Role.LABEL: _LEFT,
    Role.UPRIGHT: Alignment(horizontal="center", vertical="center", text_rotation=_STACKED),
    Role.VALUE: _NUMBER,
    Role.DOUBTFUL: _NUMBER,
    Role.UNREADABLE: _NUMBER,
    Role.ABSENT: _NUMBER,
    Role.HEADING: Alignment(horizontal="left", vertical="center"),
    Role.PROSE: Alignment(horizontal="left", vertical="top", wrap_text=True),
    Role.LIST_HEAD: _CENTRE,
    Role.LIST_TEXT: Alignment(horizontal="left", vertical="top", wrap_text=True),
})  # fmt: skip
# A pattern beside the colour: the state must show in black and white too.
_FILLS = MappingProxyType({
    Role.BLOCK_LINE: PatternFill("solid", fgColor="C6D9F1"),
    Role.LIST_HEAD: PatternFill("solid", fgColor="C6D9F1"),
    Role.DOUBTFUL: PatternFill("lightUp", fgColor="E0A000", bgColor="FFF2CC"),
    Role.UNREADABLE: PatternFill("lightDown", fgColor="C55A11", bgColor="FBE5D6"),
    Role.ABSENT: PatternFill("lightGray", fgColor="808080", bgColor="E7E6E6"),
})  # fmt: skip
