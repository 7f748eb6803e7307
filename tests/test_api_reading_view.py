"""The reading page's view of a report: whole, in order, and highlighted exactly where it should be."""

from __future__ import annotations

import re

import pytest
from qgraph_api.reading_view import Block, ReadingView
from small_engine import small_record

from qgraph.citations import sentence_anchor
from qgraph.records import Document, Extraction, ReportRecord


def segments_of(blocks: tuple[Block, ...]):
    for block in blocks:
        yield from block.segments
        for row in block.rows:
            for cell in row:
                yield from cell.segments
        yield from block.source
        yield from segments_of(block.blocks)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def title_of(document: Document) -> str:
    return "".join(s.text for s in document.sentences if s.kind == "title")


@pytest.fixture(scope="module")
def record() -> ReportRecord:
    return small_record()


def test_page_shows_the_whole_report_in_order(record: ReportRecord) -> None:
    shown = "".join(s.text for s in segments_of(ReadingView(record).blocks()))
    assert bare(title_of(record.document) + shown) == bare(record.document.text)


def test_page_shows_the_whole_real_report_in_order(document: Document) -> None:
    real = ReportRecord(document, (), Extraction(document.id, (), (), (), (), ()))
    shown = "".join(s.text for s in segments_of(ReadingView(real).blocks()))
    assert bare(title_of(document) + shown) == bare(document.text)


def test_every_sentence_can_be_highlighted_exactly(record: ReportRecord) -> None:
    for sentence in record.document.sentences:
        if sentence.kind == "title":
            continue
        segments = list(segments_of(ReadingView(record, sentence.start, sentence.end).blocks()))
        hit = "".join(s.text for s in segments if s.hit)
        assert bare(hit) == bare(sentence.text)
        assert next(s.anchor for s in segments if s.hit) == sentence_anchor(sentence.id)


@pytest.mark.parametrize(("start", "end"), [(None, None), (5, None), (9, 3), (-7, -2), (10**9, 10**9 + 5)])
def test_senseless_highlights_show_the_plain_report(record: ReportRecord, start: int | None, end: int | None) -> None:
    assert not any(s.hit for s in segments_of(ReadingView(record, start, end).blocks()))


def test_every_sentence_has_an_anchor(record: ReportRecord) -> None:
    anchors = [s.anchor for s in segments_of(ReadingView(record).blocks()) if s.anchor]
    assert anchors == [sentence_anchor(s.id) for s in record.document.sentences if s.kind != "title"]


def test_names_lead_to_their_entities(record: ReportRecord) -> None:
    names = {e.id: e for e in record.extraction.entities}
    linked = [s for s in segments_of(ReadingView(record).blocks()) if s.entity]
    assert linked
    for segment in linked:
        entity = names[segment.entity]
        assert segment.text in (entity.name, *entity.aliases)


def test_tables_keep_rows_columns_and_headings(record: ReportRecord) -> None:
    table = next(t for t in record.document.tables if t.cells)
    block = next(b for b in ReadingView(record).blocks() if b.anchor == table.id.rpartition("/")[2])
    assert len(block.rows) == table.rows
    assert block.header_rows >= 1
    for row in block.rows[: block.header_rows]:
        assert all(cell.header for cell in row)


def test_cases_hold_their_paragraphs(record: ReportRecord) -> None:
    boxes = [b for b in ReadingView(record).blocks() if b.kind == "case"]
    assert len(boxes) == len(record.document.cases)
    for box, case in zip(boxes, record.document.cases, strict=True):
        shown = "".join(s.text for s in segments_of((box,)))
        assert bare(shown) == bare(case.text)


def test_page_numbers_stand_where_the_page_begins(record: ReportRecord) -> None:
    pages = [s.page for s in segments_of(ReadingView(record).blocks()) if s.page is not None]
    known = [p.page for p in record.document.pages]
    assert pages == [p for p in known if p in pages]
    assert len(pages) >= len(known) - 1
