"""PDF: lines by position on the page, paragraph ends by the margins, tables by their ruling lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from qgraph.errors import ReportError
from qgraph.reading.labels import label_grid
from qgraph.reading.lines import GridCell, Line, Source, Stretch, columns
from qgraph.reading.pdf_lines import PageLine, page_chars, page_lines
from qgraph.reading.pdf_tables import PageTable, page_tables
from qgraph.reading.wraps import first_word, glue

# A report page holds hundreds of characters; fewer than this a page means pictures of pages.
_FEWEST_CHARACTERS = 20


def read_pdf(path: Path) -> Source:
    """The lines of a PDF file; the source text is its lines, pages parted by form feeds.

    Raises ReportError for a broken or encrypted file and for scanned pages without text.
    """
    if not path.stat().st_size:
        raise ReportError(f"文件 {path.name} 是空的，没有可以读取的内容。", log=f"{path.name}: empty file")
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        reason = "设有打开密码，请先去掉密码" if locked else "不是有效的 PDF 文件或已损坏"
        raise ReportError(f"无法打开 {path.name}：{reason}。", log=f"{path.name}: {error}") from error
    try:
        pages = [_read_page(path, document, number) for number in range(len(document))]
    finally:
        document.close()
    characters = [sum(len(line.text) for line in lines) + 10 * len(tables) for lines, tables in pages]
    empty = [n for n, count in enumerate(characters, 1) if not count]
    if sum(characters) < _FEWEST_CHARACTERS * len(pages):
        raise ReportError(
            f"{path.name} 没有文字层，可能是扫描件。请先做文字识别（OCR），或换用可以选中文字的 PDF。",
            log=f"{path.name}: {sum(characters)} characters on {len(pages)} pages",
        )
    source = _Writer(pages).source()
    if len(empty) > 1:
        shown = "、".join(map(str, empty[:10])) + ("等" if len(empty) > 10 else "")
        warning = f"PDF 第 {shown} 页没有文字，可能是图片或扫描页，其中的内容没有读入。"
        source = replace(source, warnings=(*source.warnings, warning))
    return source


def _read_page(path: Path, document: Any, number: int) -> tuple[list[PageLine], list[PageTable]]:
    """Lines and tables of one page; the words inside tables are not among the lines."""
    page = document[number]
    chars = page_chars(page)
    paths = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))
    tables = page_tables(path, number, chars, page.get_height()) if paths >= 4 else []
    inside = [table.box for table in tables]
    free = [c for c in chars if not any(x0 <= c.x <= x1 and y0 <= c.y <= y1 for x0, y0, x1, y1 in inside)]
    return page_lines(free), tables


@dataclass(frozen=True, slots=True)
class _Margins:
    """Left and right edges of running text by font size, in points."""

    left: dict[int, float]
    right: dict[int, float]

    def full(self, line: PageLine, below: PageLine) -> bool:
        """Whether a line reaches the right edge of the text, or would with the first word of the next."""
        word = columns(first_word(below.text)) * below.size / 2
        return line.x1 + max(word, 1.3 * line.size) >= self.right.get(round(line.size), 0.0)

    def centred(self, line: PageLine) -> bool:
        """Whether a line stands in the middle, set in further than the first line of a paragraph."""
        size = round(line.size)
        left, right = self.left.get(size, 0.0), self.right.get(size, 0.0)
        return line.x0 > left + 2.5 * line.size and abs(line.x0 + line.x1 - left - right) < 2 * line.size

    def indented(self, line: PageLine) -> bool:
        """Whether a line is set in from the left edge, as the first of a paragraph is."""
        return line.x0 >= self.left.get(round(line.size), line.x0) + 1.3 * line.size


def _margins(lines: list[PageLine]) -> _Margins:
    """Edges of the running text; a size in which no text runs (headings, captions) has those of the whole."""
    sizes = {round(line.size) for line in lines}
    left, right = {}, {}
    for size in sizes:
        these = [line for line in lines if round(line.size) == size]
        # Of running text, most lines end within a character of each other.
        ends = Counter(round(line.x1 / size) for line in these)
        runs = max(ends.values()) >= 0.3 * len(these) and len(these) >= 0.02 * len(lines)
        these = these if runs else lines
        starts = Counter(round(line.x0 / 2) * 2 for line in these)
        common = [x for x, n in starts.items() if n >= 0.15 * len(these)] or list(starts)
        left[size] = float(min(common))
        stops = Counter(round(line.x1 / 4) * 4 for line in these)
        peak = max(stops.values())
        right[size] = float(max(x for x, n in stops.items() if n >= max(1, 0.25 * peak)))
    return _Margins(left, right)


# Height and words of a line, without its digits: heads and feet have the same on every page.
_Place = tuple[int, str]


def _place(line: PageLine) -> _Place:
    return round(line.bottom / 2), re.sub(r"\d+", "", line.text)


def _edges(pages: list[tuple[list[PageLine], list[PageTable]]]) -> set[_Place]:
    """Places of the heads and feet: first or last lines that many pages share but for their digits."""
    seen: Counter[_Place] = Counter()
    for lines, _ in pages:
        ordered = sorted(lines, key=lambda line: -line.top)
        seen.update({_place(line) for line in (*ordered[:2], *ordered[-2:])})
    return {place for place, count in seen.items() if count >= max(2, 0.3 * len(pages))}


def _pitches(pages: list[tuple[list[PageLine], list[PageTable]]]) -> dict[int, float]:
    """The usual distance from line to line by font size; paragraphs may stand further apart."""
    steps: dict[int, Counter[int]] = {}
    for lines, _ in pages:
        ordered = sorted(lines, key=lambda line: -line.top)
        for line, below in pairwise(ordered):
            if round(line.size) == round(below.size) and len(line.text) > 15:
                steps.setdefault(round(line.size), Counter())[round(2 * (line.bottom - below.bottom))] += 1
    return {size: max(count, key=lambda step: (count[step], -step)) / 2 for size, count in steps.items()}


class _Writer:
    """The source text and its lines, from top to bottom of every page."""

    def __init__(self, pages: list[tuple[list[PageLine], list[PageTable]]]) -> None:
        self._edges = _edges(pages)
        self._margins = _margins([line for lines, _ in pages for line in lines if not self._is_edge(line)])
        self._pitch = _pitches(pages)
        self._text: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._starts: list[int] = []
        for lines, tables in pages:
            if self._starts:
                self._put("\f")
            self._starts.append(self._length)
            self._page(sorted([*lines, *tables], key=lambda item: -item.top))

    def source(self) -> Source:
        """What was written."""
        return Source("".join(self._text), tuple(self._lines), tuple(self._starts))

    def _put(self, words: str) -> int:
        at = self._length
        self._text.append(words)
        self._length += len(words)
        return at

    def _page(self, items: list[PageLine | PageTable]) -> None:
        for i, item in enumerate(items):
            if isinstance(item, PageTable):
                self._table(item)
                continue
            at = self._put(item.text + "\n")
            indent = 4 if self._margins.indented(item) else 0
            gap = 1 if i and items[i - 1].bottom - item.top > 1.2 * item.size else 0
            below = next((other for other in items[i + 1 :] if not self._is_edge(other)), None)
            look = f"{item.font} {round(item.size * 2) / 2:g}"
            self._lines.append(Line(item.text, at, gap, indent, self._ends(item, below), look=look))

    def _is_edge(self, item: PageLine | PageTable) -> bool:
        return isinstance(item, PageLine) and _place(item) in self._edges

    def _ends(self, line: PageLine, below: PageLine | PageTable | None) -> bool | None:
        """Whether a paragraph ends with this line, as its place and that of the line below tell."""
        if isinstance(below, PageTable) or (below and abs(below.size - line.size) >= 1):
            return True
        broken = isinstance(below, PageLine) and self._margins.full(line, below)
        if below and self._margins.indented(below):
            # A caption over two lines has its rest in the middle; the words must tell.
            return None if broken and isinstance(below, PageLine) and self._margins.centred(below) else True
        pitch = self._pitch.get(round(line.size))
        if below and pitch and line.bottom - below.bottom > 1.3 * pitch:
            return True
        if below is None:
            # The page below may begin a paragraph or go on with this one; its own words must tell.
            return None
        return False if broken else None

    def _table(self, table: PageTable) -> None:
        """One line that holds a whole table; its cells go into the source text by tab."""
        cells: list[GridCell] = []
        start = self._length
        row = -1
        for cell in table.cells:
            if cells:
                self._put("\n" if cell.row != row else "\t")
            row = cell.row
            words = ""
            for part in cell.lines:
                words += glue(words, part) + part
            at = self._put(words)
            stretches = (Stretch(at, len(words)),) if words else ()
            cells.append(GridCell(stretches, cell.row, cell.column, cell.row_span, cell.column_span))
        self._put("\n")
        grid = label_grid("".join(self._text), cells)
        self._lines.append(Line("\t", start, 0, 0, True, "grid", grid=grid))
