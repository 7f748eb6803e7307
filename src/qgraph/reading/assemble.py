"""Blocks → Document: one pass that writes the reading text and numbers every element in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.reading.lines import Block, GridCell, PageMark
from qgraph.reading.writer import Writer
from qgraph.records import Case, Cell, Document, Figure, Paragraph, Section, Sentence, Table
from qgraph.text import sentence_spans

FRONT = "标题"


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


def assemble(frame: Frame, blocks: Sequence[Block]) -> Document:
    """The Document of the blocks; a front section holds what stands before the first heading."""
    return _Assembler(frame).run(blocks)


class _Assembler:
    """Holds the open sections and the open case while it goes through the blocks."""

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
        self._open: list[int] = []

    def run(self, blocks: Sequence[Block]) -> Document:
        """Goes through all blocks."""
        i = 0
        while i < len(blocks):
            block = blocks[i]
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            if block.kind in ("heading", "case", "close", "resume"):
                self._close_case()
            if block.kind != "heading" and not self._open:
                self._front(block)
            i += 1
            if block.kind == "heading":
                self._heading(block)
            elif block.kind == "case":
                self._open_case(block)
            elif block.kind in ("table", "grid"):
                i = self._table(blocks, i - 1)
            elif block.kind == "figure":
                self._figure(block, None)
            elif block.kind == "source" and after and after.kind == "figure":
                self._figure(after, block)
                i += 1
            elif block.kind == "title":
                self._line(block, "title")
            elif block.kind != "close":
                self._paragraph(block)
        self._close_case()
        self._close_sections(0)
        return self._document()

    # -------------------------------------------------------------------------------- sections and cases

    def _id(self, prefix: str, items: Sequence[object]) -> str:
        return f"{self._frame.id}/{prefix}{len(items) + 1}"

    @property
    def _section(self) -> str:
        return self._sections[self._open[-1]].id

    @property
    def _case_id(self) -> str | None:
        return self._case.id if self._case else None

    def _front(self, block: Block) -> None:
        """Opens the section of the cover; its heading is the first line of the title, if there is one."""
        text = block.text if block.kind == "title" else ""
        start = self._writer.length
        section = Section(
            self._id("sec", self._sections), "", self._frame.title, FRONT, 1, text, start, start + len(text), -1, None
        )
        self._open.append(len(self._sections))
        self._sections.append(section)

    def _heading(self, block: Block) -> None:
        keep = len(self._open)
        while keep and (
            self._sections[self._open[keep - 1]].path == FRONT
            or self._sections[self._open[keep - 1]].level >= block.level
        ):
            keep -= 1
        self._close_sections(keep)
        parent = self._section if self._open else None
        start, end = self._writer.copy(block.stretches)
        section = Section(
            self._id("sec", self._sections),
            block.number,
            block.title,
            block.path,
            block.level,
            block.text,
            start,
            end,
            -1,
            parent,
        )
        self._open.append(len(self._sections))
        self._sections.append(section)
        self._sentence(start, end, "heading")
        self._writer.put("\n")

    def _close_sections(self, keep: int) -> None:
        for index in self._open[keep:]:
            self._sections[index] = replace(self._sections[index], end=self._writer.solid)
        del self._open[keep:]

    def _open_case(self, block: Block) -> None:
        start, end = self._writer.copy(block.stretches)
        self._case = Case(self._id("case", self._cases), block.number, block.title, "", start, -1, self._section)
        self._cases.append(self._case)
        self._sentence(start, end, "case_title")
        self._writer.put("\n")

    def _close_case(self) -> None:
        if self._case is not None:
            end = self._writer.solid
            text = self._writer.since(self._case.start, end)
            self._cases[-1] = replace(self._case, end=end, text=text)
            self._case = None

    # -------------------------------------------------------------------------------- text, figures, tables

    def _line(self, block: Block, kind: str) -> tuple[int, int]:
        """Writes a block that is one sentence."""
        start, end = self._writer.copy(block.stretches)
        self._sentence(start, end, kind)
        self._writer.put("\n")
        return start, end

    def _paragraph(self, block: Block) -> None:
        start, end = self._writer.copy(block.stretches)
        self._paragraphs.append(
            Paragraph(self._id("p", self._paragraphs), block.text, start, end, self._section, self._case_id)
        )
        for a, b in sentence_spans(block.text):
            self._sentence(start + a, start + b, "text")
        self._writer.put("\n")

    def _figure(self, block: Block, source: Block | None) -> None:
        if source:
            self._line(source, "caption")
        start, end = self._line(block, "caption")
        self._figures.append(
            Figure(
                self._id("f", self._figures),
                block.number,
                block.title,
                source.text if source else "",
                block.text,
                start,
                end,
                self._section,
                self._case_id,
            )
        )

    def _table(self, blocks: Sequence[Block], i: int) -> int:
        """Writes the table that begins with block `i`; returns the index of the first block after it."""
        table = self._id("t", self._tables)
        start = end = self._writer.length
        number = caption = source = ""
        cells: tuple[Cell, ...] = ()
        if blocks[i].kind == "table":
            number, caption = blocks[i].number, blocks[i].title
            _, end = self._writer.copy(blocks[i].stretches)
            self._sentence(start, end, "caption", table)
            i += 1
        if i < len(blocks) and blocks[i].kind == "grid":
            cells = self._cells(blocks[i].grid, table, number != "")
            end = self._writer.length
            i += 1
        if i < len(blocks) and blocks[i].kind == "source" and (cells or self._alone(blocks, i)):
            source = blocks[i].text
            self._writer.put("\n")
            first, end = self._writer.copy(blocks[i].stretches)
            self._sentence(first, end, "caption", table)
            i += 1
        self._tables.append(
            Table(
                table,
                number,
                caption,
                source,
                self._writer.since(start, end),
                start,
                end,
                self._section,
                self._case_id,
                max((cell.row + cell.row_span for cell in cells), default=0),
                max((cell.column + cell.column_span for cell in cells), default=0),
                cells,
            )
        )
        self._writer.put("\n")
        return i

    @staticmethod
    def _alone(blocks: Sequence[Block], i: int) -> bool:
        """Whether no figure below claims the source line."""
        return i + 1 >= len(blocks) or blocks[i + 1].kind != "figure"

    def _cells(self, grid: Sequence[GridCell], table: str, captioned: bool) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for row in sorted({cell.row for cell in grid}):
            if cells or captioned:
                self._writer.put("\n")
            filled: list[int] = []
            for n, cell in enumerate(sorted((c for c in grid if c.row == row), key=lambda c: c.column)):
                if n:
                    self._writer.put("\t")
                start, end = self._writer.copy(cell.stretches)
                filled.extend((start, end) if end > start else ())
                cells.append(
                    Cell(
                        self._writer.since(start, end),
                        start,
                        end,
                        cell.row,
                        cell.column,
                        cell.row_span,
                        cell.column_span,
                        cell.header,
                        cell.stub,
                    )
                )
            if filled:
                self._sentence(filled[0], filled[-1], "row", table)
        return tuple(cells)

    def _sentence(self, start: int, end: int, kind: str, table: str | None = None) -> None:
        self._sentences.append(
            Sentence(
                self._id("s", self._sentences),
                self._writer.since(start, end),
                start,
                end,
                self._section,
                self._case_id,
                table,
                kind,
            )
        )

    def _document(self) -> Document:
        f = self._frame
        return Document(
            f.id,
            f.title,
            f.college,
            f.year,
            f.file_name,
            f.sha256,
            self._writer.text(),
            tuple(self._writer.runs),
            tuple(self._writer.page_starts(f.marks)),
            tuple(self._sections),
            tuple(self._paragraphs),
            tuple(self._tables),
            tuple(self._figures),
            tuple(self._cases),
            tuple(self._sentences),
            f.warnings,
        )
