"""Numbers and resolves citations for the command line, the API, the pages and files: the one place for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from qgraph.errors import NotFoundError
from qgraph.knowledge import Knowledge
from qgraph.records import Citation, Document, Sentence, Table


def cite(knowledge: Knowledge, report: str, sentence: str, number: int) -> Citation:
    """The citation of a sentence. Raises NotFoundError for an unknown report or sentence.

    A table row is quoted with the caption and the column headings of its table, and with the cells above that
    reach into it, since alone it says nothing.
    """
    document = knowledge.document(report)
    found = document.sentence_by_id.get(sentence)
    if found is None:
        raise NotFoundError(f"报告里没有编号为“{sentence}”的句子。", log=f"unknown sentence {sentence}")
    section = document.section_by_id[found.section]
    return Citation(
        number,
        document.id,
        document.title,
        document.college,
        document.year,
        document.place(found),
        section.title,
        document.page(found.start),
        found.id,
        quoted(document, found),
        found.start,
        found.end,
    )


MOST = 5
"""Citations that an answer gives at most."""


def widened(knowledge: Knowledge, citation: Citation) -> Citation:
    """The whole passage in the place of a sentence of it."""
    passage = knowledge.passage_of_sentence.get(citation.sentence)
    if passage is None:
        return citation
    return replace(citation, text=passage.text, start=passage.start, end=passage.end)


def cite_all(knowledge: Knowledge, places: Iterable[tuple[str, str]]) -> tuple[Citation, ...]:
    """Citations of (report, sentence) pairs, numbered from 1, each sentence once."""
    return tuple(cite(knowledge, report, s, n) for n, (report, s) in enumerate(dict.fromkeys(places), 1))


def quoted(document: Document, sentence: Sentence) -> str:
    """The words to quote for a sentence."""
    if sentence.table is None or sentence.kind != "row":
        return sentence.text
    table = document.table_by_id[sentence.table]
    first = next((cell for cell in table.cells if not cell.header), None)
    head = document.text[table.start : first.start].rstrip() if first else f"{table.number} {table.caption}"
    if sentence.start < table.start + len(head):
        return sentence.text
    return f"{head}\n{_reaching(table, sentence)}{sentence.text}"


def _reaching(table: Table, sentence: Sentence) -> str:
    """The cells of earlier rows that span the row of the sentence, each followed by a tab."""
    own = next((c for c in table.cells if sentence.start <= c.start < sentence.end), None)
    if own is None:
        return ""
    above = [c for c in table.cells if not c.header and c.row < own.row < c.row + c.row_span]
    return "".join(f"{cell.text}\t" for cell in sorted(above, key=lambda c: c.column) if cell.text)


def citation_path(citation: Citation) -> str:
    """The address, inside the web page, that opens the report at the sentence and marks it."""
    return (
        f"/reports/{quote(citation.report, safe='')}?start={citation.start}&end={citation.end}"
        f"#{sentence_anchor(citation.sentence)}"
    )


def sentence_anchor(sentence: str) -> str:
    """The anchor of a sentence on the page of its report."""
    return sentence.rpartition("/")[2]
