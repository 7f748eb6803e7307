"""Makes PDF and DOCX files out of a Document or of plain paragraphs, for the tests of the readers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from qgraph.records import Document, Figure, Paragraph, Section, Table

PAGE = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 90.0, 505.0, 770.0, 72.0


def elements(document: Document) -> Iterator[Section | Paragraph | Table | Figure]:
    """Sections, paragraphs, tables and figures in reading order."""
    everything = [*document.sections, *document.paragraphs, *document.tables, *document.figures]
    yield from sorted(everything, key=lambda e: (e.start, -e.end))


@dataclass
class PdfMaker:
    """Sets text in one Chinese font that every PDF reader knows, on A4 pages with header and footer."""

    header: str = ""
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def text(self, x: float, y: float, size: float, words: str) -> None:
        self.pages[-1].append(f"BT /F1 {size:g} Tf {x:.2f} {y:.2f} Td <{words.encode('utf-16-be').hex()}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1].append(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.pages.append([])
            self.y = TOP

    def paragraph(
        self, words: str, size: float = 14, indent: float = 2, left: float = LEFT, right: float = RIGHT
    ) -> None:
        """A paragraph broken at the right edge; its first line is set in by `indent` characters."""
        x = left + indent * size
        line = ""
        start = x
        for token in tokens(words):
            if x + width(token, size) > right + 0.01 and line and token not in "，。、；：”）》！？":
                self._set(line, start, size)
                line, x, start = "", left, left
                token = token.lstrip()
            line += token
            x += width(token, size)
        if line:
            self._set(line, start, size)

    def _set(self, line: str, x: float, size: float) -> None:
        self.room(size * 1.6)
        self.y -= size * 1.6
        self.text(x, self.y, size, line)

    def centred(self, words: str, size: float) -> None:
        total = width(words, size)
        if total > RIGHT - LEFT:
            self.paragraph(words, size, 0)
            return
        self._set(words, (LEFT + RIGHT - total) / 2, size)

    def table(self, table: Table, size: float = 10.5) -> None:
        """A ruled table on one page; cells that span rows have no rule inside."""
        height = 18.0
        self.room(height * (table.rows + 1))
        top = self.y - 8
        step = (RIGHT - LEFT) / table.columns
        for cell in table.cells:
            x0, x1 = LEFT + cell.column * step, LEFT + (cell.column + cell.column_span) * step
            y1, y0 = top - cell.row * height, top - (cell.row + cell.row_span) * height
            for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self.rule(*edge)
            fit = min(size, (x1 - x0 - 6) / max(width(cell.text, 1.0), 0.1))
            self.text(x0 + 3, (y0 + y1) / 2 - fit / 2, fit, cell.text)
        self.y = top - table.rows * height

    def save(self, path: Path, first_page: int = 1) -> None:
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            "/DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
            "/Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500 814 939 500] >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
            "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        ]
        kids = []
        for n, content in enumerate(self.pages, first_page):
            self.pages_footer(content, n)
            stream = zlib.compress("\n".join(content).encode())
            body = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n"
            kids.append(f"{len(objects) + 1} 0 R")
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]:g} {PAGE[1]:g}] "
                f"/Contents {len(objects) + 2} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>"
            )
            objects.append(body.encode() + stream + b"\nendstream")  # type: ignore[arg-type]
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
        out = b"%PDF-1.4\n"
        offsets = []
        for n, obj in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{n} 0 obj\n".encode() + (obj if isinstance(obj, bytes) else obj.encode()) + b"\nendobj\n"
        xref = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode()
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n".encode()
        path.write_bytes(out)

    def pages_footer(self, content: list[str], number: int) -> None:
        for words, y in ((self.header, 800.0), (str(number), 40.0)):
            if words:
                x = (PAGE[0] - width(words, 9)) / 2
                content.append(f"BT /F1 9 Tf {x:.2f} {y:.2f} Td <{words.encode('utf-16-be').hex()}> Tj ET")


def tokens(words: str) -> Iterator[str]:
    """Pieces that stay on one line: Latin words and numbers whole, Han one by one."""
    piece = ""
    for c in words:
        if c.isascii() and not c.isspace():
            piece += c
            continue
        if piece:
            yield piece
            piece = ""
        yield c
    if piece:
        yield piece


def width(words: str, size: float) -> float:
    """Width in points: ASCII is half as wide as the rest."""
    return sum(0.5 if c.isascii() else 1.0 for c in words) * size


def document_to_pdf(document: Document, path: Path) -> None:
    """The report as a PDF of many pages: title, headings, paragraphs, ruled tables, captions."""
    pdf = PdfMaker(header=f"质量年度报告（{document.year}）")
    for element in elements(document):
        if isinstance(element, Section):
            if element.path == "标题":
                pdf.centred(element.text, 20)
            else:
                pdf.paragraph(element.text, 16, 0)
        elif isinstance(element, Paragraph):
            _case_title(document, element, pdf)
            inside = element.case is not None
            pdf.paragraph(element.text, 12 if inside else 14, 2)
        elif isinstance(element, Table):
            pdf.centred(f"{element.number} {element.caption}", 11)
            if element.cells:
                pdf.table(element)
            if element.source_line:
                pdf.paragraph(element.source_line, 10, 2)
        else:
            pdf.y -= 60
            if element.source_line:
                pdf.centred(element.source_line, 10)
            pdf.centred(element.text, 11)
    pdf.save(path)


def _case_title(document: Document, paragraph: Paragraph, pdf: PdfMaker) -> None:
    """Sets the title of a case before the first paragraph of it."""
    if paragraph.case is None:
        return
    first = next(p for p in document.paragraphs if p.case == paragraph.case)
    if first.id == paragraph.id:
        case = document.case_by_id[paragraph.case]
        pdf.paragraph(case.text.split("\n")[0], 14, 0)


def document_to_docx(document: Document, path: Path, *, dress: str) -> None:
    """The report as DOCX. `dress` is "plain" (paragraphs only), "styled" (headings by style) or "printed"
    (as sent to the printer: header, page numbers, indents, bold headings, cases in smaller type)."""
    word = docx.Document()
    if dress == "printed":
        _page_frame(word, f"质量年度报告（{document.year}）")
    opened: set[str] = set()
    for element in elements(document):
        if isinstance(element, Section):
            if dress == "styled" and element.path != "标题":
                word.add_heading(element.text, element.level)
            else:
                _word_line(word, element.text, dress, "title" if element.path == "标题" else "heading")
        elif isinstance(element, Paragraph):
            if element.case and element.case not in opened:
                opened.add(element.case)
                title = document.case_by_id[element.case].text.split("\n")[0]
                _word_line(word, title, dress, "case_title")
            _word_line(word, element.text, dress, "case" if element.case else "text")
        elif isinstance(element, Table):
            _word_line(word, f"{element.number} {element.caption}", dress, "caption")
            if element.cells:
                _word_table(word, element)
            if element.source_line:
                _word_line(word, element.source_line, dress, "source")
        else:
            if element.source_line:
                _word_line(word, element.source_line, dress, "source")
            _word_line(word, element.text, dress, "caption")
    word.save(str(path))


# Size in points, bold, centred, first line and both sides set in (points).
PRINT = {
    "title": (22, True, True, 0, 0), "heading": (16, True, False, 0, 0), "case_title": (12, True, False, 0, 0),
    "case": (12, False, False, 24, 14), "text": (14, False, False, 28, 0), "caption": (11, False, True, 0, 0),
    "source": (10, False, True, 0, 0),
}


def _word_line(word: WordDocument, words: str, dress: str, role: str) -> None:
    paragraph = word.add_paragraph()
    run = paragraph.add_run(words)
    if dress != "printed":
        return
    size, bold, centred, first, side = PRINT[role]
    run.font.size, run.bold = Pt(size), bold
    shape = paragraph.paragraph_format
    shape.space_after, shape.first_line_indent = Pt(0), Pt(first)
    shape.left_indent = shape.right_indent = Pt(side)
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY


def _page_frame(word: WordDocument, header: str) -> None:
    """A running title above and the page number below every page."""
    section = word.sections[0]
    section.header.paragraphs[0].text = header
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for mark in ('<w:fldChar {} w:fldCharType="begin"/>', "<w:instrText {}>PAGE</w:instrText>",
                 '<w:fldChar {} w:fldCharType="end"/>'):
        foot.add_run()._r.append(parse_xml(mark.format(nsdecls("w"))))


def _word_table(word: WordDocument, table: Table) -> None:
    grid = word.add_table(table.rows, table.columns, "Table Grid")
    for cell in table.cells:
        first = grid.cell(cell.row, cell.column)
        last = grid.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        merged = first.merge(last) if first is not last else first
        merged.text = cell.text
