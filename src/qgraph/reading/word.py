"""DOCX: paragraphs with their automatic numbers, headings by style, real tables, frames, page breaks."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from qgraph.errors import ReportError
from qgraph.ontology import read_patterns
from qgraph.reading.docx_numbers import Numbering
from qgraph.reading.labels import label_grid
from qgraph.reading.lines import GridCell, Line, Source, Stretch
from qgraph.text import nfkc

_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])", re.I)
_CONTENTS_STYLE = re.compile(r"^(?:toc|目录)\s*\d|^toc heading", re.I)


def read_word(path: Path) -> Source:
    """The lines of a DOCX file; the source text is its paragraphs and tables, one a line.

    Raises ReportError for a file that is not DOCX (an old .doc renamed, or one with a password).
    """
    if not path.stat().st_size:
        raise ReportError(f"文件 {path.name} 是空的，没有可以读取的内容。", log=f"{path.name}: empty file")
    try:
        document = docx.Document(str(path))
    except (zipfile.BadZipFile, KeyError, ValueError, docx.opc.exceptions.PackageNotFoundError) as error:
        raise ReportError(
            f"无法打开 {path.name}：它不是有效的 DOCX 文件，或者设有密码。请在 Word 中去掉密码并另存为 .docx。",
            log=f"{path.name}: {error}",
        ) from error
    return _Reader(document).read()


class _Reader:
    """Writes the source text while it goes through the body of the document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbers = Numbering.of(document)
        self._text: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._pages: list[int] = []
        self._gap = 0

    def read(self) -> Source:
        rendered = next(self._document.element.body.iter(qn("w:lastRenderedPageBreak")), None) is not None
        self._break = "w:lastRenderedPageBreak" if rendered else "w:br"
        self._walk(self._document.element.body, "")
        pages = (0, *self._pages) if self._pages else ()
        return Source("".join(self._text), tuple(self._lines), pages)

    def _put(self, text: str) -> int:
        start = self._length
        self._text.append(text)
        self._length += len(text)
        return start

    def _walk(self, parent: Any, kind: str) -> None:
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(Paragraph(child, self._document), kind)
            elif child.tag == qn("w:tbl"):
                self._table(Table(child, self._document), kind)
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                if content is not None:
                    self._walk(content, kind)

    # -------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, paragraph: Paragraph, kind: str) -> None:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        label = self._numbers.label(paragraph)
        label += " " if label[-1:].isalnum() else ""
        if _CONTENTS_STYLE.match(style):
            return
        start = self._length
        words = self._words(paragraph._p, start + len(label))
        text = label + words
        lead = len(text) - len(text.lstrip())
        if text.strip():
            self._put(text + "\n")
            level = _heading_level(paragraph, style)
            self._lines.append(
                Line(
                    text.strip(),
                    start + lead,
                    self._gap,
                    0,
                    True,
                    "heading" if level and not kind else kind,
                    level,
                    look=_look(paragraph, style),
                )
            )
            self._gap = 0
        else:
            self._gap += 1
        for box in _boxes(paragraph._p):
            self._walk(box, "box")

    def _words(self, element: Any, start: int) -> str:
        """Text of a paragraph as shown: no deleted text, no field codes, no text boxes. Notes the pages
        that start inside it."""
        parts: list[str] = []
        length = 0
        for node in _shown(element):
            words = ""
            if node.tag == qn("w:t"):
                words = node.text or ""
            elif node.tag == qn("w:tab"):
                words = " "
            elif node.tag in (qn("w:br"), qn("w:cr")):
                words = "" if node.get(qn("w:type")) else " "
            elif node.tag == qn("w:noBreakHyphen"):
                words = "-"
            if node.tag == qn(self._break) and (node.tag != qn("w:br") or node.get(qn("w:type")) == "page"):
                self._pages.append(start + length)
            parts.append(words)
            length += len(words)
        return "".join(parts)

    # -------------------------------------------------------------------------------- tables

    def _table(self, table: Table, kind: str) -> None:
        cells = list(_grid(table))
        filled = [cell for cell, *_ in cells if _cell_text(cell).strip()]
        caption = read_patterns("layout")["caption"]["figure"]
        pictures = all(re.match(caption, _cell_text(cell).strip()) for cell in filled)
        if len(filled) <= 1 or pictures:
            # A frame around one text, or a table that only holds pictures beside each other.
            for cell in filled:
                self._walk(cell, kind if pictures else "box")
            return
        out: list[GridCell] = []
        start = self._length
        row = 0
        for cell, r, c, row_span, column_span in cells:
            if out:
                self._put("\n" if r != row else "\t")
            row = r
            text = " ".join(_cell_text(cell).split())
            at = self._put(text)
            stretches = (Stretch(at, len(text)),) if text else ()
            out.append(GridCell(stretches, r, c, row_span, column_span))
        self._put("\n")
        source = "".join(self._text)
        self._lines.append(Line("\t", start, self._gap, 0, True, "grid", grid=label_grid(source, out)))
        self._gap = 0


def _heading_level(paragraph: Paragraph, style: str) -> int:
    """Level of a heading by its style's name or outline level, 0 for body text."""
    match = _HEADING_STYLE.match(nfkc(style))
    if match:
        return int(match[1])
    sources = [paragraph._p.pPr]
    current = paragraph.style
    while current is not None:
        sources.append(current.element.pPr)
        current = current.base_style
    for properties in sources:
        outline = None if properties is None else properties.find(qn("w:outlineLvl"))
        if outline is not None:
            level = int(outline.get(qn("w:val")))
            return level + 1 if level < 9 else 0
    return 0


def _look(paragraph: Paragraph, style: str) -> str:
    """How most of a paragraph is set: style, frame, indent, font and size, as far as the file says."""
    properties = paragraph._p.pPr
    parts = [style]
    for tag in ("w:pBdr", "w:shd"):
        if properties is not None and properties.find(qn(tag)) is not None:
            parts.append(tag)
    left = paragraph.paragraph_format.left_indent
    parts.append(f"left {round(left.pt)}" if left else "")
    runs: Counter[str] = Counter()
    for run in paragraph.runs:
        fonts = run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        name = "" if fonts is None else fonts.get(qn("w:eastAsia")) or fonts.get(qn("w:ascii")) or ""
        size = f"{run.font.size.pt:g}" if run.font.size else ""
        runs[f"{name} {size} {'italic' if run.font.italic else ''}"] += len(run.text)
    parts.append(max(runs, key=lambda look: (runs[look], look)) if runs else "")
    return "|".join(parts)


def _shown(element: Any) -> Iterator[Any]:
    """Nodes of a paragraph that print something, in order."""
    for child in element.iterchildren():
        if child.tag in (qn("w:del"), qn("w:instrText"), qn("w:drawing"), qn("w:pict"), qn("w:pPr"), qn("w:rPr")):
            continue
        if child.tag.endswith("}AlternateContent"):
            continue
        yield child
        yield from _shown(child)


def _boxes(element: Any) -> list[Any]:
    """Contents of text boxes anchored in a paragraph; the fallback copy of a box is left out."""
    return [
        box
        for box in element.iter(qn("w:txbxContent"))
        if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors())
    ]


def _cell_text(cell: Any) -> str:
    lines = ["".join(node.text or "" for node in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p"))]
    out = ""
    for line in lines:
        latin = out[-1:].isascii() and line[:1].isascii() and out[-1:] and line[:1]
        out += (" " if latin else "") + line
    return out


def _grid(table: Table) -> Iterator[tuple[Any, int, int, int, int]]:
    """Cells with row, column, row span and column span; merged cells come once."""
    rows = list(table._tbl.iterchildren(qn("w:tr")))
    placed: list[list[tuple[Any, int, int, bool]]] = []
    for row in rows:
        column = 0
        line = []
        for cell in (c for c in row.iter(qn("w:tc")) if next(c.iterancestors(qn("w:tr"))) is row):
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            width = int(span.get(qn("w:val"))) if span is not None else 1
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            line.append((cell, column, width, goes_on))
            column += width
        placed.append(line)
    for r, line in enumerate(placed):
        for cell, column, width, goes_on in line:
            if goes_on and r:
                continue
            height = 1
            while r + height < len(placed) and any(c == column and below for _, c, _, below in placed[r + height]):
                height += 1
            yield cell, r, column, height, width
