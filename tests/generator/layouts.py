"""The layouts by name."""

from __future__ import annotations

from tests.generator import layout_page, layout_pipes, layout_tabs
from tests.generator.model import Layout

_MARKDOWN = (".md", ".txt")

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("tabs", layout_tabs.tabs, weight=2),
        Layout("tabs_by_depth", layout_tabs.tabs_by_depth, weight=1.5),
        Layout("tabs_of_a_scan", layout_tabs.tabs_of_a_scan, bounded=False),
        Layout("lines_led_by_tab", layout_tabs.lines_led_by_tab, gap=False, weight=1.5),
        Layout("paragraphs", layout_tabs.paragraphs, bounded=False),
        Layout("single_lines", layout_tabs.single_lines, bounded=False, gap=False),
        Layout("spaces", layout_tabs.spaces, bounded=False, gap=False),
        Layout("deduplicated", layout_tabs.deduplicated, bounded=False, gap=False, weight=0.3),
        Layout("pipes_with_extras", layout_pipes.pipes_with_extras, gap=False),
        Layout("pipes_plain", layout_pipes.pipes_plain, gap=False),
        Layout("pipes_leading", layout_pipes.pipes_leading, gap=False),
        Layout("pipes_grid", layout_pipes.pipes_grid, weight=0.7),
        Layout("cell_closed_by_pipe", layout_pipes.cell_closed_by_pipe, gap=False),
        Layout("cell_and_pipe_alternate", layout_pipes.cell_and_pipe_alternate, gap=False),
        Layout("pipes_broken_by_empty", layout_pipes.pipes_broken_by_empty, gap=False),
        Layout("ruled", layout_pipes.ruled, weight=0.5),
        Layout("markdown", layout_pipes.markdown, suffixes=_MARKDOWN),
        Layout("pdf_text", layout_page.pdf_text, bounded=False, gap=False),
        Layout("stacked_head", layout_page.stacked_head, bounded=False, gap=False, weight=0.6),
        Layout("html", layout_page.html_table, family="html", suffixes=(".html", ".htm"), weight=1.5),
        Layout("html_bare", layout_page.html_bare, family="html", suffixes=(".html",), weight=0.6),
    )
}
