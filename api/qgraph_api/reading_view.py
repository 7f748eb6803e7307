"""A report as the reading page shows it: blocks in reading order, cut into segments at highlights, names, pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from qgraph.citations import sentence_anchor
from qgraph.records import Case, Cell, Document, Figure, Paragraph, ReportRecord, Section, Table
from qgraph_api.addresses import anchor


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text of one look: highlighted or not, naming an entity or not; it may open a page, or a
    sentence, by whose anchor citations lead to it."""

    text: str
    hit: bool = False
    anchor: str = ""
    entity: str = ""
    page: int | None = None


TITLE = "标题"  # the path of the section that is the report's own title
Segments = tuple[Segment, ...]
_Element = Section | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a table as HTML wants it; `hit` when the highlight covers it."""

    segments: Segments
    row_span: int
    column_span: int
    header: bool
    stub: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page. `kind` is heading, paragraph, note, table, figure or case; a case holds blocks.

    A note is a line of the report that belongs to no element, such as the source line of a figure.
    """

    kind: str
    anchor: str
    segments: Segments = ()
    level: int = 0
    rows: tuple[tuple[CellView, ...], ...] = ()
    header_rows: int = 0
    source: Segments = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents: the heading as printed, a glued number (“1.2多样成长”) set apart."""

    anchor: str
    text: str
    level: int


class ReadingView:
    """One report with an optional highlight `[start, end)` in offsets of `Document.text`."""

    def __init__(self, record: ReportRecord, start: int | None = None, end: int | None = None) -> None:
        self.document = record.document
        self._hit = _trimmed(self.document.text, start, end)
        self._names = _names(record)
        self._name_starts = [name[0] for name in self._names]
        self._page_at: Mapping[int, int] = {page.start: page.page for page in self.document.pages}
        self._anchor_at = {s.start: sentence_anchor(s.id) for s in self.document.sentences}
        self._cuts = sorted({*self._page_at, *self._anchor_at})

    def contents(self) -> tuple[ContentsLine, ...]:
        """The table of contents, without the line of the title."""
        return tuple(ContentsLine(anchor(s.id), _spaced(s), s.level) for s in _headings(self.document))

    def blocks(self) -> tuple[Block, ...]:
        """The whole report in reading order."""
        document = self.document
        cases = {case.id: case for case in document.cases}
        inside: dict[str, list[Block]] = {case: [] for case in cases}
        placed: list[tuple[int, Block | str]] = [(case.start, case.id) for case in document.cases]
        elements: list[_Element] = [*_headings(document), *document.paragraphs, *document.tables, *document.figures]
        elements.sort(key=lambda e: (e.start, e.end))
        pieces = [(element.start, self._block(element)) for element in elements]
        pieces += [
            (start, Block("note", f"at{start}", self._cut(start, end))) for start, end in _gaps(document, elements)
        ]
        for start, block in sorted(pieces, key=lambda p: p[0]):
            case = next((c.id for c in document.cases if c.start <= start < c.end), None)
            if case is None:
                placed.append((start, block))
            else:
                inside[case].append(block)
        placed.sort(key=lambda p: p[0])
        return tuple(
            self._case(cases[item], tuple(inside[item])) if isinstance(item, str) else item for _, item in placed
        )

    # ------------------------------------------------------------------------------------ blocks

    def _block(self, element: _Element) -> Block:
        name = anchor(element.id)
        if isinstance(element, Section):
            segments = self._cut(element.start, element.heading_end, names=False)
            return Block("heading", name, segments, level=element.level)
        if isinstance(element, Paragraph):
            return Block("paragraph", name, self._cut(element.start, element.end))
        if isinstance(element, Figure):
            return Block("figure", name, self._cut(element.start, element.end))
        return self._table(element)

    def _case(self, case: Case, blocks: tuple[Block, ...]) -> Block:
        title_end = case.start + len(case.text.split("\n", 1)[0])
        return Block("case", anchor(case.id), self._cut(case.start, title_end, names=False), blocks=blocks)

    def _table(self, table: Table) -> Block:
        if not table.cells:
            return Block("table", anchor(table.id), self._cut(table.start, table.end))
        first = min(cell.start for cell in table.cells)
        last = max(cell.end for cell in table.cells)
        rows = _grid(table)
        return Block(
            "table",
            anchor(table.id),
            self._cut(table.start, first),
            rows=tuple(tuple(self._cell(cell) for cell in row) for row in rows),
            header_rows=_header_rows(rows),
            source=self._cut(last, table.end),
        )

    def _cell(self, cell: Cell) -> CellView:
        segments = self._cut(cell.start, cell.end)
        return CellView(segments, cell.row_span, cell.column_span, cell.header, cell.stub)

    # ------------------------------------------------------------------------------------ segments

    def _cut(self, start: int, end: int, *, names: bool = True) -> Segments:
        """The text from `start` to `end` cut where its look changes; white space around it is dropped."""
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        named = list(self._names_in(start, end)) if names else []
        cuts = {start, end}
        cuts.update(offset for name in named for offset in name[:2])
        cuts.update(self._cuts[bisect_left(self._cuts, start) : bisect_left(self._cuts, end)])
        if self._hit:
            cuts.update(offset for offset in self._hit if start < offset < end)
        edges = sorted(cuts)
        return tuple(self._segment(a, b, named) for a, b in pairwise(edges))

    def _segment(self, start: int, end: int, named: list[tuple[int, int, str]]) -> Segment:
        hit = self._hit is not None and self._hit[0] <= start and end <= self._hit[1]
        entity = next((name[2] for name in named if name[0] <= start and end <= name[1]), "")
        return Segment(
            self.document.text[start:end],
            hit,
            self._anchor_at.get(start, ""),
            entity,
            self._page_at.get(start),
        )

    def _names_in(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        low, high = bisect_left(self._name_starts, start), bisect_right(self._name_starts, end)
        for name in self._names[low:high]:
            if name[1] <= end:
                yield name


def _spaced(section: Section) -> str:
    if section.number[:1].isascii() and section.number:
        return f"{section.number} {section.title}"
    return section.text


def _trimmed(text: str, start: int | None, end: int | None) -> tuple[int, int] | None:
    """The highlight without white space around it; None when nothing is left."""
    if start is None or end is None:
        return None
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _headings(document: Document) -> list[Section]:
    """Sections with their headings; the report's own title is no heading, it stands above all."""
    return [s for s in document.sections if s.path != TITLE]


def _gaps(document: Document, elements: list[_Element]) -> Iterator[tuple[int, int]]:
    """Lines of text that no element covers: the page must show the report whole."""
    at = 0
    titles = [(case.start, case.start + len(case.text.split("\n", 1)[0])) for case in document.cases]
    titles += [(s.start, s.end) for s in document.sentences if s.kind == "title"]
    spans = [(e.start, e.heading_end if isinstance(e, Section) else e.end) for e in elements]
    for start, end in [*sorted(spans + titles), (len(document.text), len(document.text))]:
        if start > at and document.text[at:start].strip():
            yield at, start
        at = max(at, end)


def _names(record: ReportRecord) -> list[tuple[int, int, str]]:
    """Spans that name entities, in order, without overlaps; of overlapping ones the longest wins."""
    spans = sorted(
        ((m.evidence.start, m.evidence.end, e.id) for e in record.extraction.entities for m in e.mentions),
        key=lambda s: (s[0] - s[1], s[0], s[2]),
    )
    taken: list[tuple[int, int, str]] = []
    starts: list[int] = []
    for span in spans:
        at = bisect_left(starts, span[0])
        if at < len(taken) and taken[at][0] < span[1]:
            continue
        if at > 0 and taken[at - 1][1] > span[0]:
            continue
        taken.insert(at, span)
        starts.insert(at, span[0])
    return taken


def _grid(table: Table) -> list[list[Cell]]:
    """Rows of cells, left to right, with empty cells where the table has none and no span covers the place."""
    covered = {
        (r, c)
        for cell in table.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    }
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    for r, row in enumerate(rows):
        row.extend(Cell("", table.start, table.start, r, c) for c in range(table.columns) if (r, c) not in covered)
        row.sort(key=lambda cell: cell.column)
    return rows


def _header_rows(rows: list[list[Cell]]) -> int:
    count = 0
    for row in rows:
        if not row or not any(cell.header for cell in row):
            break
        count += 1
    return count
