"""A saved web page around a report: navigation, scripts, footer."""

from __future__ import annotations

import random

from tests.generator.data import words
from tests.generator.model import Chunk

_CHARSETS = ('<meta charset="{0}">', '<meta http-equiv="Content-Type" content="text/html; charset={0}">')
_TABLES = ('<table border="1" cellspacing="0"><tbody>', '<table class="MsoTableGrid" width="100%"><tbody>')


def page(chunks: list[Chunk], title: str, place: str, charset: str, rng: random.Random) -> list[str]:
    """Return the lines of the page; prose and headings become paragraphs, rows of a table stay together."""
    lines = [*_top(title, place, charset, rng)]
    boxed = rng.random() < 0.2  # old sites lay out the whole page in a table
    lines += ['<table width="1000" align="center"><tr><td class="left">栏目导航</td><td>'] if boxed else []
    table: str | None = None
    for chunk in chunks:
        if table and chunk.table != table:
            lines.append("</tbody></table>")
            table = None
        if chunk.kind == "row":
            if table is None:
                lines.append(rng.choice(_TABLES))
                table = chunk.table
            lines.extend(chunk.lines)
        else:
            lines.extend(_paragraph(chunk, text) for text in chunk.lines if text.strip())
    if table:
        lines.append("</tbody></table>")
    lines += ["</td></tr></table>"] if boxed else []
    return lines + _bottom(place, rng)


def _paragraph(chunk: Chunk, text: str) -> str:
    text = text.strip()
    if chunk.kind == "title":
        return f'<p style="text-align:center"><strong><span style="font-size:22px">{text}</span></strong></p>'
    if chunk.kind == "heading":
        return f"<p><strong>{text}</strong></p>"
    return f'<p style="text-indent:2em">{text}</p>'


def _top(title: str, place: str, charset: str, rng: random.Random) -> list[str]:
    names = [name.format(place=place) for name in rng.sample(words("page")["navigation"], 6)]
    number, day = rng.randint(10**8, 10**9), f"{rng.randint(2020, 2025)}-01-{rng.randint(10, 28)}"
    return [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        rng.choice(_CHARSETS).format(charset),
        f"<title>{title}_{place}人民政府门户网站</title>",
        "<style>td{border:1px solid #000} .nav li{float:left}</style>",
        "<script>var pageId = 20230118; function count(n) { return n < 10 ? '0' + n : n; }</script>",
        "</head>",
        "<body>",
        '<div class="nav"><ul>' + "".join(f'<li><a href="#">{name}</a></li>' for name in names) + "</ul></div>",
        f'<div class="crumb">当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报 &gt; {place}</div>',
        f'<div class="info">索引号：{number} 发布日期：{day} 字号：[大 中 小]</div>',
        '<div class="article" id="zoom">',
    ]


def _bottom(place: str, rng: random.Random) -> list[str]:
    filled = [
        part.format(place=place, code=rng.randint(10**9, 10**10), n=rng.randint(20, 3000))
        for part in words("page")["footer"]
    ]
    links = "".join(f"<option>{name}</option>" for name in ("国务院部门网站", "省政府网站", "市州网站"))
    return [
        "</div>",
        '<div class="related"><h4>相关文档</h4><ul><li>2018年政府信息公开工作年度报告</li></ul>',
        f"<select>{links}</select></div>",
        '<div class="footer">' + "".join(f"<p>{part}</p>" for part in filled) + "</div>",
        "<script>document.getElementById('zoom').style.fontSize = '16px';</script>",
        "</body>",
        "</html>",
    ]
