"""`Document` and passages ↔ triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from qgraph.graph.codec import (
    LABEL,
    Field,
    Node,
    Shape,
    first,
    flag_field,
    integer,
    integer_field,
    natural,
    order_triples,
    ordered,
    part_field,
    text,
    text_field,
)
from qgraph.graph.namespaces import NS, id_of, node, term
from qgraph.graph.vocabulary import Vocabulary
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

_SPAN = (text_field("text"), integer_field("start"), integer_field("end"))
_PLACE = (part_field("section", "inSection"), part_field("case", "inCase", absent=None))
_CAPTIONED = (text_field("number"), text_field("caption"), text_field("source_line", "sourceLine"))

REPORT = Shape(
    Document,
    "Report",
    (
        text_field("id"),
        text_field("title"),
        text_field("college"),
        integer_field("year"),
        text_field("file_name", "fileName"),
        text_field("sha256"),
        text_field("text"),
        Field("runs", term("runs"), lambda v: text(_pack(v)), lambda v: _unpack_runs(v or "")),
        Field("pages", term("pages"), lambda v: text(_pack_pages(v)), lambda v: _unpack_pages(v or "")),
    ),
)
SECTION = Shape(
    Section,
    "Section",
    (
        *_SPAN,
        text_field("number"),
        text_field("title"),
        text_field("path"),
        integer_field("level", "depth"),
        integer_field("heading_end", "headingEnd"),
        part_field("parent", "parentSection", absent=None),
    ),
)
PARAGRAPH = Shape(Paragraph, "Paragraph", (*_SPAN, *_PLACE))
TABLE = Shape(Table, "Table", (*_SPAN, *_PLACE, *_CAPTIONED, integer_field("rows"), integer_field("columns")))
CELL = Shape(
    Cell,
    "Cell",
    (
        *_SPAN,
        integer_field("row"),
        integer_field("column"),
        integer_field("row_span", "rowSpan", default=1),
        integer_field("column_span", "columnSpan", default=1),
        flag_field("header", "isHeader"),
        flag_field("stub", "isStub"),
    ),
)
FIGURE = Shape(Figure, "Figure", (*_SPAN, *_PLACE, *_CAPTIONED))
CASE = Shape(Case, "Case", (*_SPAN, text_field("number"), text_field("title"), _PLACE[0]))
SENTENCE = Shape(
    Sentence, "Sentence", (*_SPAN, *_PLACE, part_field("table", "inTable", absent=None), text_field("kind"))
)
PASSAGE = Shape(
    Passage,
    "Passage",
    (
        *_SPAN,
        *_PLACE,
        part_field("table", "inTable", absent=None),
        text_field("kind"),
        text_field("heading"),
        part_field("report", "inReport"),
    ),
)


def _pack(runs: tuple[Run, ...]) -> str:
    return ";".join(f"{run.start} {run.origin} {run.length}" for run in runs)


def _pack_pages(pages: tuple[PageStart, ...]) -> str:
    return ";".join(f"{page.start} {page.page} {int(page.printed)}" for page in pages)


def _triples_of_numbers(packed: str) -> Iterator[list[int]]:
    return ([int(number) for number in part.split()] for part in packed.split(";") if part)


def _unpack_runs(packed: str) -> tuple[Run, ...]:
    return tuple(Run(start, origin, length) for start, origin, length in _triples_of_numbers(packed))


def _unpack_pages(packed: str) -> tuple[PageStart, ...]:
    return tuple(PageStart(start, page, bool(printed)) for start, page, printed in _triples_of_numbers(packed))


def _label(element: object) -> str:
    match element:
        case Section():
            return element.text
        case Case():
            return f"{element.number} {element.title}".strip()
        case Table() | Figure():
            return f"{element.number} {element.caption}".strip()
        case Passage():
            return element.heading
        case _:
            return ""


def document_triples(document: Document, passages: tuple[Passage, ...], vocabulary: Vocabulary) -> Iterator[ox.Triple]:
    """The whole document and its passages."""
    report = node("report", document.id)
    yield from REPORT.triples(document, report)
    yield ox.Triple(report, LABEL, text(document.title))
    for warning in document.warnings:
        yield ox.Triple(report, term("warning"), text(warning))
    groups: tuple[tuple[Shape, tuple[object, ...]], ...] = (
        (SECTION, document.sections),
        (PARAGRAPH, document.paragraphs),
        (TABLE, document.tables),
        (FIGURE, document.figures),
        (CASE, document.cases),
        (SENTENCE, document.sentences),
        (PASSAGE, passages),
    )
    for shape, elements in groups:
        for ordinal, element in enumerate(elements):
            yield from _element_triples(shape, element, ordinal, document, report)
    for section in document.sections:
        concept = vocabulary.concept("section", section.title)
        if concept is not None:
            yield ox.Triple(node("report", section.id), term("standardSection"), concept)
    for table in document.tables:
        for ordinal, cell in enumerate(table.cells):
            at = node("report", f"{table.id}/cell/{ordinal}")
            yield from CELL.triples(cell, at)
            yield ox.Triple(at, term("inTable"), node("report", table.id))
    for passage in passages:
        at = node("report", passage.id)
        for sentence in passage.sentences:
            yield ox.Triple(at, term("hasSentence"), node("report", sentence))
        yield from order_triples(at, {"hasSentence": passage.sentences})


def _element_triples(
    shape: Shape, element: object, ordinal: int, document: Document, report: ox.NamedNode
) -> Iterator[ox.Triple]:
    at = node("report", element.id)  # type: ignore[attr-defined]
    yield from shape.triples(element, at)
    yield ox.Triple(at, term("ordinal"), integer(ordinal))
    yield ox.Triple(at, term("inReport"), report)
    page = document.page(element.start)  # type: ignore[attr-defined]
    if page is not None:
        yield ox.Triple(at, term("page"), integer(page))
    label = _label(element)
    if label:
        yield ox.Triple(at, LABEL, text(label))


def read_document(nodes: Mapping[str, Node], by_type: Mapping[str, list[str]]) -> Document:
    """The document from its nodes. `by_type` lists subjects by the local name of their class."""
    report = nodes[by_type["Report"][0]]
    cells: dict[str, list[tuple[str, Cell]]] = {}
    for subject in by_type.get("Cell", ()):
        values = nodes[subject]
        cells.setdefault(values[NS + "inTable"][0], []).append((subject, CELL.read(values)))

    def read_all(shape: Shape) -> tuple[tuple[str, Node], ...]:
        found = [(subject, nodes[subject]) for subject in by_type.get(shape.type, ())]
        return tuple(sorted(found, key=lambda pair: int(first(pair[1], "ordinal"))))

    def cells_of(table: str) -> tuple[Cell, ...]:
        return tuple(cell for _, cell in sorted(cells.get(table, ()), key=lambda pair: natural(pair[0])))

    def plain(shape: Shape) -> tuple[object, ...]:
        return tuple(shape.read(values, id=id_of("report", subject)) for subject, values in read_all(shape))

    tables = tuple(
        TABLE.read(values, id=id_of("report", subject), cells=cells_of(subject)) for subject, values in read_all(TABLE)
    )
    document: Document = REPORT.read(
        report,
        sections=plain(SECTION),
        paragraphs=plain(PARAGRAPH),
        tables=tables,
        figures=plain(FIGURE),
        cases=plain(CASE),
        sentences=plain(SENTENCE),
        warnings=ordered(report, "warning", report.get(NS + "warning", [])),
    )
    return document


def read_passages(nodes: Mapping[str, Node], by_type: Mapping[str, list[str]]) -> tuple[Passage, ...]:
    """The passages from their nodes, in their order."""
    subjects = sorted(by_type.get("Passage", ()), key=lambda s: int(first(nodes[s], "ordinal")))
    return tuple(
        PASSAGE.read(
            nodes[subject],
            id=id_of("report", subject),
            sentences=ordered(
                nodes[subject],
                "hasSentence",
                [id_of("report", iri) for iri in nodes[subject].get(NS + "hasSentence", ())],
            ),
        )
        for subject in subjects
    )
