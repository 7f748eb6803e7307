"""What must hold of every Document, whatever it was read from."""

from __future__ import annotations

import re

from qgraph.records import Document


def squeezed(text: str) -> str:
    """Text without white space: two readings may differ in it."""
    return re.sub(r"\s", "", text)


def check_document(document: Document, source: str) -> None:
    """Runs copy the source, every element's text stands at its offsets, and elements nest in order."""
    text = document.text
    for run in document.runs:
        assert text[run.start : run.start + run.length] == source[run.origin : run.origin + run.length]
    for before, after in zip(document.runs, document.runs[1:], strict=False):
        assert before.start + before.length <= after.start
    copied = sum(run.length for run in document.runs)
    added = "".join(_between(document))
    assert copied + len(added) == len(text)
    assert not added.strip()

    elements = [*document.paragraphs, *document.tables, *document.figures, *document.cases, *document.sentences]
    cells = [cell for table in document.tables for cell in table.cells]
    for element in [*elements, *cells]:
        assert text[element.start : element.end] == element.text
    for offset in range(0, len(text), 97):
        if not text[offset].isspace():
            assert source[document.origin(offset)] == text[offset]

    for section in document.sections:
        assert text[section.start : section.heading_end] == section.text
        assert section.start <= section.heading_end <= section.end <= len(text)
        if section.parent:
            parent = document.section_by_id[section.parent]
            assert parent.start <= section.start and section.end <= parent.end
            assert parent.level < section.level
    for element in elements:
        inside = getattr(element, "section", None)
        if inside:
            section = document.section_by_id[inside]
            assert section.start <= element.start and element.end <= section.end
        case = getattr(element, "case", None)
        if case:
            whole = document.case_by_id[case]
            assert whole.start <= element.start and element.end <= whole.end

    ends = [0]
    for sentence in document.sentences:
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= ends[-1]
        ends.append(sentence.end)
    ids = [e.id for e in [*elements, *document.sections]]
    assert len(ids) == len(set(ids))
    assert all(i.startswith(f"{document.id}/") for i in ids)
    starts = [page.start for page in document.pages]
    assert starts == sorted(set(starts))


def _between(document: Document) -> list[str]:
    """What stands in the text between the runs."""
    out, at = [], 0
    for run in document.runs:
        out.append(document.text[at : run.start])
        at = run.start + run.length
    out.append(document.text[at:])
    return out


def shape(document: Document) -> dict[str, object]:
    """Structure of a Document without white space, for comparing two readings of one report."""
    n = squeezed
    return {
        "who": (n(document.title), document.college, document.year),
        "sections": [(s.path, n(s.title), s.level) for s in document.sections],
        "cases": [(n(c.number), n(c.title), n(c.text)) for c in document.cases],
        "tables": [
            (n(t.number), n(t.caption), n(t.source_line), t.rows, t.columns, [
                (n(c.text), c.row, c.column, c.row_span, c.column_span, c.header, c.stub) for c in t.cells
            ])
            for t in document.tables
        ],
        "figures": [(n(f.number), n(f.caption), n(f.source_line), f.case is None) for f in document.figures],
    }
