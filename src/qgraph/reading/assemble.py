"""Blocks → Document: the reading text with its runs, and every element in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qgraph.reading.lines import Block, GridCell, PageMark, Stretch
from qgraph.records import (
    Case,
    Cell,
    Document,
    Figure,
    PageStart,
    Paragraph,
    Run,
    Section,
    Sentence,
    Table,
)
from qgraph.text import sentence_spans


@dataclass
class Writer:
    """The reading text as it grows, with the runs that lead back to the source."""

    source: str
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> None:
        """Add a separator that is not in the source."""
        self.parts.append(text)
        self.length += len(text)

    def copy(self, stretches: Sequence[Stretch]) -> tuple[int, int]:
        """Add words of the source; returns their start and end."""
        start = self.length
        for stretch in stretches:
            if stretch.glue and self.length > start:
                self.put(stretch.glue)
            self.runs.append(Run(self.length, stretch.origin, stretch.length))
            self.put(self.source[stretch.origin : stretch.origin + stretch.length])
        return start, self.length


@dataclass(frozen=True)
class Frame:
    """What is known of a report before its elements are numbered."""

    id: str
    title: str
    college: str
    year: int
    file_name: str
    sha256: str
    source: str
    marks: tuple[PageMark, ...]
    warnings: tuple[str, ...]


class Assembler:
    """Goes once through the blocks and makes the Document's elements."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._writer = Writer(frame.source)
        self._sections: list[Section] = []
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []
        self._figures: list[Figure] = []
        self._cases: list[Case] = []
        self._sentences: list[Sentence] = []
        self._case: Case | None = None
        self._path: list[Section] = []

    def assemble(self, blocks: Sequence[Block]) -> Document:
        """The Document of the blocks; a front section holds what stands before the first heading."""
        i = 0
        while i < len(blocks):
            block = blocks[i]
            if block.kind == "close":
                self._close_case()
                i += 1
                continue
            if block.kind != "heading" and not self._path:
                self._open_front(block)
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "case":
                self._open_case(block)
            elif block.kind == "table" or block.kind == "grid":
                i = self._table(blocks, i)
                continue
            elif block.kind == "figure":
                self._figure(block, None)
            elif block.kind == "source" and i + 1 < len(blocks) and blocks[i + 1].kind == "figure":
                self._figure(blocks[i + 1], block)
                i += 1
            elif block.kind == "resume":
                self._close_case()
                self._paragraph(replace(block, kind="text"))
            else:
                self._paragraph(block)
            i += 1
        self._close_case()
        while self._path:
            self._close_section()
        return self._document()

    # -------------------------------------------------------------------------------- sections and cases

    def _id(self, prefix: str, items: Sequence[object]) -> str:
        return f"{self._frame.id}/{prefix}{len(items) + 1}"

    def _open_front(self, block: Block) -> None:
        """The section of the cover: its heading is the title line."""
        self._path.append(Section(self._id("sec", self._sections), "", self._frame.title or block.text, "标题", 1,
                                  block.text, self._writer.length, self._writer.length, -1, None))
        self._sections.append(self._path[-1])

    def _heading(self, block: Block) -> None:
        self._close_case()
        while self._path and (self._path[-1].path == "标题" or self._path[-1].level >= block.level):
            self._close_section()
        start, end = self._writer.copy(block.stretches)
        parent = self._path[-1] if self._path else None
        section = Section(
            self._id("sec", self._sections), block.number, block.title, block.path, block.level,
            block.text, start, end, -1, parent.id if parent else None,
        )
        self._sections.append(section)
        self._path.append(section)
        self._sentence(start, end, "heading")
        self._writer.put("\n")

    def _close_section(self) -> None:
        section = self._path.pop()
        index = next(i for i in range(len(self._sections) - 1, -1, -1) if self._sections[i].id == section.id)
        text = "".join(self._writer.parts)
        if section.path == "标题" and section.heading_end == section.start:
            section = replace(section, heading_end=section.start + len(section.text))
        self._sections[index] = replace(section, end=len(text.rstrip("\n\t ")))

    def _open_case(self, block: Block) -> None:
        self._close_case()
        start, end = self._writer.copy(block.stretches)
        self._case = Case(self._id("case", self._cases), block.number, block.title, "", start, -1, self._path[-1].id)
        self._cases.append(self._case)
        self._sentence(start, end, "case_title")
        self._writer.put("\n")

    def _close_case(self) -> None:
        if self._case is None:
            return
        text = "".join(self._writer.parts)
        end = len(text.rstrip("\n\t "))
        self._cases[-1] = replace(self._case, end=end, text=text[self._case.start : end])
        self._case = None

    # -------------------------------------------------------------------------------- text, figures, tables

    def _paragraph(self, block: Block) -> None:
        start, end = self._writer.copy(block.stretches)
        if block.kind == "title":
            self._sentence(start, end, "title")
            self._writer.put("\n")
            return
        self._paragraphs.append(Paragraph(
            self._id("p", self._paragraphs), block.text, start, end, self._path[-1].id,
            self._case.id if self._case else None,
        ))
        for a, b in sentence_spans(block.text):
            self._sentence(start + a, start + b, "text")
        self._writer.put("\n")

    def _figure(self, block: Block, source: Block | None) -> None:
        if source:
            first, last = self._writer.copy(source.stretches)
            self._sentence(first, last, "caption")
            self._writer.put("\n")
        start, end = self._writer.copy(block.stretches)
        self._figures.append(Figure(
            self._id("f", self._figures), block.number, block.title, source.text if source else "", block.text,
            start, end, self._path[-1].id, self._case.id if self._case else None,
        ))
        self._sentence(start, end, "caption")
        self._writer.put("\n")

    def _table(self, blocks: Sequence[Block], i: int) -> int:
        """Writes a table; returns the index of the first block after it."""
        table = self._id("t", self._tables)
        caption = blocks[i] if blocks[i].kind == "table" else None
        start = self._writer.length
        if caption:
            self._sentence(*self._writer.copy(caption.stretches), "caption", table)
            i += 1
        cells: tuple[Cell, ...] = ()
        if i < len(blocks) and blocks[i].kind == "grid":
            cells = self._cells(blocks[i].grid, table, bool(caption))
            i += 1
        source = None
        if i < len(blocks) and blocks[i].kind == "source" and not (
            i + 1 < len(blocks) and blocks[i + 1].kind == "figure"
        ):
            source = blocks[i]
            self._writer.put("\n")
            self._sentence(*self._writer.copy(source.stretches), "caption", table)
            i += 1
        end = self._writer.length
        self._tables.append(Table(
            table, caption.number if caption else "", caption.title if caption else "",
            source.text if source else "", "".join(self._writer.parts)[start:end], start, end,
            self._path[-1].id, self._case.id if self._case else None,
            max((cell.row + cell.row_span for cell in cells), default=0),
            max((cell.column + cell.column_span for cell in cells), default=0), cells,
        ))
        self._writer.put("\n")
        return i

    def _cells(self, grid: Sequence[GridCell], table: str, captioned: bool) -> tuple[Cell, ...]:
        cells = []
        for row in sorted({cell.row for cell in grid}):
            if cells or captioned:
                self._writer.put("\n")
            first = self._writer.length
            for n, cell in enumerate(sorted((c for c in grid if c.row == row), key=lambda c: c.column)):
                if n:
                    self._writer.put("\t")
                start, end = self._writer.copy(cell.stretches)
                cells.append(Cell(
                    self._writer_text(start, end), start, end, cell.row, cell.column, cell.row_span,
                    cell.column_span, cell.header, cell.stub,
                ))
            if self._writer_text(first, self._writer.length).strip():
                self._sentence(first, self._writer.length, "row", table)
        return tuple(cells)

    def _writer_text(self, start: int, end: int) -> str:
        return "".join(self._writer.parts)[start:end]

    def _sentence(self, start: int, end: int, kind: str, table: str | None = None) -> None:
        self._sentences.append(Sentence(
            self._id("s", self._sentences), self._writer_text(start, end), start, end, self._path[-1].id,
            self._case.id if self._case else None, table, kind,
        ))

    # -------------------------------------------------------------------------------- the whole

    def _document(self) -> Document:
        f = self._frame
        text = "".join(self._writer.parts).rstrip("\n\t ")
        return Document(
            f.id, f.title, f.college, f.year, f.file_name, f.sha256, text, tuple(self._writer.runs),
            tuple(self._pages()), tuple(self._sections), tuple(self._paragraphs), tuple(self._tables),
            tuple(self._figures), tuple(self._cases), tuple(self._sentences), f.warnings,
        )

    def _pages(self) -> list[PageStart]:
        """Page starts in the reading text, from those in the source."""
        out: list[PageStart] = []
        by_origin = sorted(self._writer.runs, key=lambda run: run.origin)
        for mark in self._frame.marks:
            run = next((r for r in by_origin if r.origin + r.length > mark.origin), None)
            if run is None:
                continue
            start = run.start + max(0, mark.origin - run.origin)
            if out and start <= out[-1].start:
                out[-1] = PageStart(out[-1].start, mark.page, mark.printed)
            else:
                out.append(PageStart(start, mark.page, mark.printed))
        return out
