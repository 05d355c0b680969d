"""What stands around the tables: contents, clutter of a web site, lost titles, prose that reads like rows."""

from __future__ import annotations

from tests.generator.model import Chunk, Draft
from tests.generator.registry import damage


@damage("text")
def table_of_contents(draft: Draft) -> bool:
    """A table of contents names every section before the sections come."""
    headings = [chunk.lines[0] for chunk in draft.chunks if chunk.kind == "heading" and chunk.lines]
    style = draft.rng.choice(("……{0}", " …………………… {0}", "\t{0}", "{0}", ""))
    pages = sorted(draft.rng.sample(range(1, 12), len(headings)))
    entries = [heading + style.format(page) for heading, page in zip(headings, pages, strict=True)]
    place = sum(chunk.kind == "title" for chunk in draft.chunks)
    name = draft.rng.choice(("目 录", "目录", "目　　录"))
    draft.chunks.insert(place, Chunk("contents", [name, *entries]))
    return bool(entries)


@damage("text", families=("text",))
def page_clutter(draft: Draft) -> bool:
    """Words of the web site were copied with the text: where you are, date, source, print, the next article."""
    above = [
        "当前位置：首页 > 政务公开 > 政府信息公开年报",
        f"发布日期：{draft.year + 1}-01-{draft.rng.randint(10, 28)}　来源：本站 浏览：{draft.rng.randint(10, 900)}",
        "【字体：大 中 小】 打印 收藏",
        f"索引号：{draft.rng.randint(10**8, 10**9)}/{draft.year + 1}-0{draft.rng.randint(1, 9)}",
    ]
    below = [
        f"上一篇：{draft.year - 1}年政府信息公开工作年度报告",
        "下一篇：没有了",
        "主办单位：清河市人民政府办公室",
        "打印本页 关闭窗口",
    ]
    style = draft.rng.choice(("above", "below", "both"))
    if style != "below":
        draft.chunks.insert(0, Chunk("page", draft.rng.sample(above, 2)))
    if style != "above":
        draft.chunks.append(Chunk("page", draft.rng.sample(below, 3)))
    return True


@damage("text")
def title_missing(draft: Draft) -> bool:
    """The title did not come along; the reporting period tells the year, the signature perhaps the office."""
    draft.chunks = [chunk for chunk in draft.chunks if chunk.kind != "title"]
    period = f"本报告所列数据的统计期限自{draft.year}年1月1日起至{draft.year}年12月31日止。"
    draft.chunks.insert(0, Chunk("intro", [period]))
    draft.named = False
    if not any(chunk.kind == "tail" for chunk in draft.chunks):
        draft.issuer = None
    return True


@damage("text")
def rows_in_prose(draft: Draft) -> bool:
    """A list in section one repeats the rows of table three in its own words, figures included."""
    count = draft.rng.randint(1, 60)
    lines = draft.rng.choice(
        (
            [
                f"一、本年新收政府信息公开申请数量{count}件",
                "二、上年结转政府信息公开申请数量0件",
                f"三、本年度办理结果{count}件",
            ],
            [
                f"（一）予以公开{count}件；",
                "（二）部分公开2件；",
                "（三）不予公开3件，其中属于国家秘密0件；",
                "（七）总计40件。",
            ],
            [f"1.行政许可 {count} 件", "2.行政处罚 11 件", "3.行政强制 0 件", "4.行政事业性收费 12.5 万元"],
            [f"规章0件，行政规范性文件{count}件，其中本年制发件数2件、本年废止件数1件。", f"行政许可：{count}"],
        )
    )
    place = next((i for i, chunk in enumerate(draft.chunks) if chunk.kind == "prose"), None)
    if place is None:
        return False
    draft.chunks.insert(place + 1, Chunk("prose", lines))
    return True


@damage("file", families=("html",))
def wrong_charset(draft: Draft) -> bool:
    """A web page claims an encoding it is not in."""
    draft.encoding = draft.rng.choice(("gb18030", "utf-8"))
    draft.charset = "utf-8" if draft.encoding == "gb18030" else "gb2312"
    return True
