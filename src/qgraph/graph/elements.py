"""Documents and passages to RDF and back. Offsets stand in the graph; texts of elements follow from them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from qgraph.graph.namespaces import node, term
from qgraph.graph.quads import Row, Writer
from qgraph.records import (
    Case,
    Cell,
    Document,
    Figure,
    PageStart,
    Paragraph,
    Passage,
    Run,
    Section,
    Sentence,
    Table,
)


def write_document(out: Writer, document: Document) -> None:
    """Adds the report and all its elements."""
    report = out.graph
    out.add(report, "rdf:type", term("Report"))
    out.add(report, "rdfs:label", document.title)
    for name, value in (
        ("title", document.title),
        ("college", document.college),
        ("year", document.year),
        ("reportId", document.id),
        ("fileName", document.file_name),
        ("sha256", document.sha256),
        ("text", document.text),
        ("runs", ";".join(f"{r.start}:{r.origin}:{r.length}" for r in document.runs)),
        ("pageStarts", ";".join(f"{p.start}:{p.page}:{int(p.printed)}" for p in document.pages)),
        ("warnings", json.dumps(document.warnings, ensure_ascii=False) if document.warnings else ""),
    ):
        out.add(report, name, value)
    for n, section in enumerate(document.sections):
        subject = out.element(section.id, "Section", n, section.text)
        _span(out, document, section.id, section.start, section.end)
        for name, value in (
            ("number", section.number),
            ("title", section.title),
            ("path", section.path),
            ("level", section.level),
            ("headingEnd", section.heading_end),
        ):
            out.add(subject, name, value)
        out.add(subject, "parentSection", node(section.parent) if section.parent else None)
    for n, paragraph in enumerate(document.paragraphs):
        subject = out.element(paragraph.id, "Paragraph", n, "")
        _within(out, document, paragraph)
        out.add(subject, "inCase", node(paragraph.case) if paragraph.case else None)
    for n, table in enumerate(document.tables):
        subject = out.element(table.id, "Table", n, f"{table.number} {table.caption}".strip())
        _within(out, document, table)
        out.add(subject, "inCase", node(table.case) if table.case else None)
        for name, value in (
            ("number", table.number),
            ("caption", table.caption),
            ("sourceLine", table.source_line),
            ("rows", table.rows),
            ("columns", table.columns),
        ):
            out.add(subject, name, value)
        for m, cell in enumerate(table.cells):
            _cell(out, document, table, m, cell)
    for n, figure in enumerate(document.figures):
        subject = out.element(figure.id, "Figure", n, figure.text)
        _within(out, document, figure)
        out.add(subject, "inCase", node(figure.case) if figure.case else None)
        out.add(subject, "number", figure.number)
        out.add(subject, "caption", figure.caption)
        out.add(subject, "sourceLine", figure.source_line)
    for n, case in enumerate(document.cases):
        subject = out.element(case.id, "Case", n, f"{case.number} {case.title}".strip())
        _within(out, document, case)
        out.add(subject, "number", case.number)
        out.add(subject, "title", case.title)
        out.add(subject, "caseText", case.text)
    for n, sentence in enumerate(document.sentences):
        subject = out.element(sentence.id, "Sentence", n, "")
        _within(out, document, sentence)
        out.add(subject, "inCase", node(sentence.case) if sentence.case else None)
        out.add(subject, "inTable", node(sentence.table) if sentence.table else None)
        out.add(subject, "sentenceKind", sentence.kind)
        out.add(subject, "sentenceText", sentence.text)
        out.add(subject, "place", document.place(sentence))


def write_passages(out: Writer, document: Document, passages: Sequence[Passage]) -> None:
    """Adds the passages of the report."""
    for n, passage in enumerate(passages):
        subject = out.element(passage.id, "Passage", n, "")
        _within(out, document, passage)
        out.add(subject, "inCase", node(passage.case) if passage.case else None)
        out.add(subject, "inTable", node(passage.table) if passage.table else None)
        out.add(subject, "passageKind", passage.kind)
        out.add(subject, "heading", passage.heading)
        for sentence in passage.sentences:
            out.add(subject, "hasSentence", node(sentence))


def _span(out: Writer, document: Document, record_id: str, start: int, end: int) -> None:
    subject = node(record_id)
    out.add(subject, "inReport", out.graph)
    out.add(subject, "start", start)
    out.add(subject, "end", end)
    out.add(subject, "page", document.page(start))


def _within(out: Writer, document: Document, element: Paragraph | Table | Figure | Case | Sentence | Passage) -> None:
    _span(out, document, element.id, element.start, element.end)
    out.add(node(element.id), "inSection", node(element.section))


def _cell(out: Writer, document: Document, table: Table, ordinal: int, cell: Cell) -> None:
    subject = out.element(f"{table.id}/c{ordinal + 1}", "Cell", ordinal, "")
    out.add(subject, "inTable", node(table.id))
    for name, value in (
        ("cellText", cell.text),
        ("start", cell.start),
        ("end", cell.end),
        ("row", cell.row),
        ("column", cell.column),
        ("rowSpan", cell.row_span),
        ("columnSpan", cell.column_span),
        ("isHeader", cell.header),
        ("isStub", cell.stub),
    ):
        out.add(subject, name, value)


def read_document(rows: dict[str, list[Row]], report: Row) -> Document:
    """The document as it was written."""
    text = report.text("text")

    def span(row: Row) -> tuple[str, int, int]:
        start, end = row.number("start"), row.number("end")
        return text[start:end], start, end

    cells: dict[str, list[Cell]] = defaultdict(list)
    for row in rows.get("Cell", []):
        words, start, end = span(row)
        cells[row.link("inTable") or ""].append(
            Cell(
                words,
                start,
                end,
                row.number("row"),
                row.number("column"),
                row.number("rowSpan"),
                row.number("columnSpan"),
                row.flag("isHeader"),
                row.flag("isStub"),
            )
        )
    sections = []
    for row in rows.get("Section", []):
        start, heading_end, end = row.number("start"), row.number("headingEnd"), row.number("end")
        sections.append(
            Section(
                row.id,
                row.text("number"),
                row.text("title"),
                row.text("path"),
                row.number("level"),
                text[start:heading_end],
                start,
                heading_end,
                end,
                row.link("parentSection"),
            )
        )
    return Document(
        id=report.text("reportId"),
        title=report.text("title"),
        college=report.text("college"),
        year=report.number("year"),
        file_name=report.text("fileName"),
        sha256=report.text("sha256"),
        text=text,
        runs=tuple(Run(*map(int, part.split(":"))) for part in report.text("runs").split(";") if part),
        pages=tuple(
            PageStart(int(s), int(p), f == "1")
            for s, p, f in (part.split(":") for part in report.text("pageStarts").split(";") if part)
        ),
        sections=tuple(sections),
        paragraphs=tuple(
            Paragraph(row.id, *span(row), row.link("inSection") or "", row.link("inCase"))
            for row in rows.get("Paragraph", [])
        ),
        tables=tuple(
            Table(
                row.id,
                row.text("number"),
                row.text("caption"),
                row.text("sourceLine"),
                *span(row),
                row.link("inSection") or "",
                row.link("inCase"),
                row.number("rows"),
                row.number("columns"),
                tuple(cells.get(row.id, ())),
            )
            for row in rows.get("Table", [])
        ),
        figures=tuple(
            Figure(
                row.id,
                row.text("number"),
                row.text("caption"),
                row.text("sourceLine"),
                *span(row),
                row.link("inSection") or "",
                row.link("inCase"),
            )
            for row in rows.get("Figure", [])
        ),
        cases=tuple(
            Case(row.id, row.text("number"), row.text("title"), *span(row), row.link("inSection") or "")
            for row in rows.get("Case", [])
        ),
        sentences=tuple(
            Sentence(
                row.id,
                *span(row),
                row.link("inSection") or "",
                row.link("inCase"),
                row.link("inTable"),
                row.text("sentenceKind"),
            )
            for row in rows.get("Sentence", [])
        ),
        warnings=tuple(json.loads(report.text("warnings") or "[]")),
    )


def read_passages(rows: dict[str, list[Row]], document: Document) -> tuple[Passage, ...]:
    """The passages as they were written."""
    order = {sentence.id: n for n, sentence in enumerate(document.sentences)}
    found = []
    for row in rows.get("Passage", []):
        start, end = row.number("start"), row.number("end")
        found.append(
            Passage(
                row.id,
                document.id,
                row.text("passageKind"),
                row.text("heading"),
                document.text[start:end],
                start,
                end,
                row.link("inSection") or "",
                row.link("inCase"),
                row.link("inTable"),
                tuple(sorted(row.links("hasSentence"), key=lambda s: order[s])),
            )
        )
    return tuple(found)
