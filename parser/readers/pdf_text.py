"""The text layer of a PDF file becomes pages of lines and tables; other pages are left to recognition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from parser.errors import UnreadableFile
from parser.layout.cell_grid import GridCell as WordCell
from parser.layout.cell_grid import GridTable
from parser.layout.page import PageBlock, PageCell, PageLine, PageRow, PageTable, TextPage
from parser.layout.ruled_grid import Grid, GridCell, find_grids
from parser.model.report import Doubt, Reason
from parser.model.watch import Watch
from parser.ocr.flat_page import is_ruled
from parser.readers.garbled import is_garbled
from parser.readers.pdf_beside import gutter, is_free, twin_gutter
from parser.readers.pdf_borderless import Borderless, borderless_tables
from parser.readers.pdf_chars import Glyph, PageMarks, figure_ranges, read_marks
from parser.readers.pdf_lines import Line, cell_text, lines_of
from parser.readers.pdf_objects import Rect
from parser.readers.pdf_shown import alone, pictures_seen, unseen_glyphs
from parser.readers.pdf_struck import struck_out
from parser.readers.pdf_wrapped import with_wrapped_joined
from parser.readers.raster import PdfPages

_LARGE = 0.06  # share of the page from which a picture may hold a table
_SCAN = 0.5  # … and from which it may be the page itself
_FEW_GLYPHS = 50  # fewer on a picture are a page number or a scanner's mark, not what it shows
_MANY_CURVES = 1000  # a page with few characters and more of these has its text drawn as outlines
_QUICK = 60  # dots an inch at which a page is looked at for lines
_SHOWN = 100  # … and for what can be seen of its characters
_LONGEST_CELL = 120  # longer text in a cell as wide as its table is prose in a frame
_FRAME_LINES = 4  # … and so are so many lines
_WHOLE = 0.9  # of its table's width: such a cell is all of its row
_SLIVER = 7.0  # points; a thinner empty cell holds no text
PICTURE_NOTE = "此处是一幅图片，没有读取"
STRUCK_NOTE = "“{}”上画有横线，可能已划去"
UNSEEN_NOTE = "文件里此处有“{}”，但页面上看不见"


def read_text_pages(pages: PdfPages, watch: Watch) -> list[TextPage | None]:
    """Return what the text layer gives of each page, None for a page that has none or one of no use, or is damaged.

    Raises Cancelled when stopped.
    """
    parted: list[_Page | None] = []
    for number in range(1, pages.count + 1):
        watch.check()
        parted.append(_parted(pages, number))
    return _read([page for page in parted if page], parted)


def _parted(pages: PdfPages, number: int) -> _Page | None:
    """Return the page with its characters parted; None if it has to be recognised, or pictures on it do."""
    try:
        with pages.opened(number) as opened:
            marks = read_marks(opened)
    except UnreadableFile:  # said by whoever renders it
        return None
    if not _is_usable(marks):
        return None
    page = _Page(marks, number)
    if page.has_tables:
        shown = pages.pixels(number, _SHOWN)
        page.unseen = unseen_glyphs(marks, shown)
        page.pasted = pictures_seen(marks, shown)
        page.pictures = [box for box in page.pictures if is_ruled(alone(shown, marks.fractions(box)))]
        return page
    if not page.pictures:
        return page
    is_picture = len(marks.glyphs) < _FEW_GLYPHS and sum(map(_area, page.pictures)) >= _SCAN * marks.area
    if is_picture or is_ruled(pages.pixels(number, _QUICK)):
        return None
    page.pictures = []
    return page


def _read(usable: Sequence[_Page], parted: Sequence[_Page | None]) -> list[TextPage | None]:
    """Return the pages; where most are parted in two columns the others are too, if nothing is in the way."""
    gutters = [page.gutter for page in usable if page.gutter is not None]
    usual = median(gutters) if 2 * len(gutters) > len(usable) else None
    return [page.read(usual) if page else None for page in parted]


def _is_usable(marks: PageMarks) -> bool:
    """Whether a page can be read from its text layer, also one that is empty."""
    if not marks.is_whole:
        return False
    if not marks.glyphs:
        return not (marks.hidden or marks.pictures or marks.curves)
    drawn = len(marks.glyphs) < _FEW_GLYPHS and marks.curves > _MANY_CURVES
    return not (drawn or _is_scan(marks) or is_garbled([glyph.text for glyph in marks.glyphs]))


def _is_scan(marks: PageMarks) -> bool:
    """Whether the page is a picture, its text laid under or over it to be searched."""
    pictured = sum(_area(box) for box in marks.pictures) >= _SCAN * marks.area
    return marks.is_covered or (pictured and marks.hidden > len(marks.glyphs))


class _Page:
    """Parts the glyphs of one page among its tables and lines."""

    def __init__(self, marks: PageMarks, number: int) -> None:
        self._marks, self._number = marks, number
        self._struck = struck_out(marks.glyphs, marks.segments)
        borders = [segment for segment in marks.segments if segment not in self._struck.strokes]
        self._grids = [grid for grid in find_grids(borders) if len(grid.ys) > 2 or len(grid.xs) > 2]
        self._inside: dict[tuple[int, int], list[Glyph]] = {}  # by grid and cell
        self._loose: list[Glyph] = []
        self._part()
        self._tables = [grid.box for grid in self._grids]
        twin = twin_gutter(self._grids, marks.glyphs)
        self.gutter = twin or gutter(self._tables, marks.glyphs, self._loose, marks.width)
        self.pictures = self._large_pictures()  # of those, the ruled ones are told
        self._borderless: list[Borderless] = []
        if not self._inside and self.gutter is None:
            self._borderless, self._loose = borderless_tables(self._loose)
        self.unseen: set[int] = set()  # ``order`` of glyphs that the rendered page does not show
        self.pasted: list[Rect] = []  # pictures that it shows

    @property
    def has_tables(self) -> bool:
        """Whether there are characters between ruled lines, or in columns."""
        return bool(self._inside or self._borderless)

    def read(self, usual: float | None) -> TextPage:
        """Return the page; ``usual`` is where the file's other pages are parted, None if they are not."""
        between = self.gutter
        if between is None and usual is not None and is_free(self._tables, self._loose, usual):
            between = usual
        found = [block for n in range(len(self._grids)) for block in self._blocks_of(n)]
        for table in self._borderless:
            found += self._table(table.grid, rows := table.rows(self._filled), 0, len(rows))
        found += [(line.box, self._page_line(line)) for line in with_wrapped_joined(self._lines(between))]
        found.sort(key=lambda item: (item[0][1], item[0][0]))
        beside = [block for box, block in found if between is not None and box[0] >= between]
        return TextPage(
            self._number,
            tuple(block for box, block in found if between is None or box[0] < between),
            tuple(beside),
            tuple(self._marks.fractions(box) for box in self.pictures),
        )

    def _part(self) -> None:
        """Give each glyph to the innermost cell in which its middle lies.

        A figure keeps together, in a cell also where most of it hangs over the edge of the table.
        """
        by_size = sorted(range(len(self._grids)), key=lambda n: _area(self._grids[n].box))
        homes: list[tuple[int, int] | None] = []
        for glyph in self._marks.glyphs:
            home = None
            for n in by_size:
                cell = self._grids[n].cell_at(glyph.x, glyph.y)
                if cell is not None:
                    home = (n, cell)
                    break
            homes.append(home)
        for begin, end in figure_ranges(self._marks.glyphs):
            cells = [home for home in homes[begin:end] if home is not None]
            if cells:
                homes[begin:end] = [max(cells, key=cells.count)] * (end - begin)
        for glyph, home in zip(self._marks.glyphs, homes, strict=True):
            if home is None:
                self._loose.append(glyph)
            else:
                self._inside.setdefault(home, []).append(glyph)

    def _blocks_of(self, n: int) -> list[tuple[Rect, PageBlock]]:
        """Return the table of a grid; where a row is prose in a frame, its lines with tables above and below."""
        grid = self._grids[n]
        blocks: list[tuple[Rect, PageBlock]] = []
        rows: list[PageRow] = []
        begin = 0
        members: list[list[int]] = [[] for _ in grid.ys[1:]]
        for number, cell in enumerate(grid.cells):
            members[cell.row].append(number)
        for row, numbers in enumerate(members):
            numbers = [number for number in numbers if not self._is_sliver(n, number)]
            prose = self._prose(n, numbers)
            if prose is None:
                rows.append(PageRow(tuple(self._cell(n, number) for number in numbers)))
            else:
                blocks += self._table(grid, rows, begin, row)
                blocks += [(line.box, self._page_line(line)) for line in prose]
                rows, begin = [], row + 1
        return blocks + self._table(grid, rows, begin, len(members))

    def _is_sliver(self, n: int, number: int) -> bool:
        """Whether a cell is only the space between two borders."""
        x0, y0, x1, y1 = self._grids[n].cells[number].box
        return min(x1 - x0, y1 - y0) < _SLIVER and (n, number) not in self._inside

    def _prose(self, n: int, numbers: Sequence[int]) -> list[Line] | None:
        """Return the lines of a row that is one cell full of text, or holds a table; None for a row of a table."""
        if len(numbers) != 1:
            return None
        grid = self._grids[n]
        cell = grid.cells[numbers[0]]
        glyphs = self._inside.get((n, numbers[0]), [])
        lines = lines_of(glyphs)
        inner = any(_inside(other.box, cell.box) for other in self._grids if other is not grid)
        wide = cell.box[2] - cell.box[0] > _WHOLE * (grid.xs[-1] - grid.xs[0])
        if inner or (wide and (len(glyphs) > _LONGEST_CELL or len(lines) >= _FRAME_LINES)):
            return lines
        return None

    def _table(self, grid: Grid | GridTable, rows: list[PageRow], begin: int, end: int) -> list[tuple[Rect, PageBlock]]:
        if not any(cell.text for row in rows for cell in row.cells):
            return []
        box = (grid.xs[0], grid.ys[begin], grid.xs[-1], grid.ys[end])
        edges = tuple(x / self._marks.width for x in grid.xs)
        return [(box, PageTable(tuple(rows), self._marks.fractions(box), edges))]

    def _cell(self, n: int, number: int) -> PageCell:
        return self._filled(self._grids[n].cells[number], self._inside.get((n, number), []))

    def _filled(self, cell: GridCell | WordCell, glyphs: Sequence[Glyph]) -> PageCell:
        """Return a cell with the glyphs in it, and a doubt about those that cannot be seen or are struck out."""
        said = cell_text(glyphs, cell.box)
        return PageCell(
            said.text,
            self._marks.fractions(cell.box),
            doubts=(*said.doubts, *(self._doubts(glyphs) if glyphs else self._doubts_of_blank(cell.box))),
            column=cell.column,
            columns=cell.columns,
            rows=cell.rows,
            runs_on=said.runs_on,
        )

    def _doubts(self, glyphs: Sequence[Glyph]) -> Iterator[Doubt]:
        for orders, note in ((self.unseen, UNSEEN_NOTE), (self._struck.orders, STRUCK_NOTE)):
            if found := "".join(glyph.text for glyph in glyphs if glyph.order in orders):
                yield Doubt(Reason.READINGS_DIFFER, note.format(found))

    def _doubts_of_blank(self, box: Rect) -> Iterator[Doubt]:
        if any(_lies_in(picture, box) for picture in self.pasted):
            yield Doubt(Reason.READINGS_DIFFER, PICTURE_NOTE)

    def _lines(self, between: float | None) -> list[Line]:
        """Return the lines of loose text, those of two columns apart but for titles over both."""
        upright = [glyph for glyph in self._loose if not glyph.turn]
        lines = lines_of(upright)
        if between is None:
            return lines
        over = [line for line in lines if any(word.box[0] < between < word.box[2] for word in line.words)]
        rest = {glyph for line in lines if line not in over for glyph in line.glyphs}
        for right in (False, True):
            over += lines_of(glyph for glyph in rest if (glyph.x >= between) == right)
        return over

    def _page_line(self, line: Line) -> PageLine:
        words = tuple(
            PageCell(word.text, self._marks.fractions(word.box), doubts=(*word.doubts, *self._doubts(word.glyphs)))
            for word in line.words
        )
        return PageLine(line.text, self._marks.fractions(line.box), words)

    def _large_pictures(self) -> list[Rect]:
        """Return the pictures large enough for a table, and with hardly any text on them."""
        large = [box for box in self._marks.pictures if _area(box) >= _LARGE * self._marks.area]
        return [box for box in large if sum(_holds(box, glyph) for glyph in self._marks.glyphs) < _FEW_GLYPHS]


def _area(box: Rect) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(inner: Rect, outer: Rect) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _lies_in(picture: Rect, cell: Rect) -> bool:
    """Whether most of the picture is in the cell."""
    wide, high = (min(picture[n + 2], cell[n + 2]) - max(picture[n], cell[n]) for n in (0, 1))
    return min(wide, high) > 0 and 2 * wide * high > _area(picture)


def _holds(box: Rect, glyph: Glyph) -> bool:
    return box[0] <= glyph.x <= box[2] and box[1] <= glyph.y <= box[3]
