"""Reports ↔ quads. `from_quads(to_quads(record)) == record`: the graph holds all that qgraph knows."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from qgraph.errors import IndexFolderError
from qgraph.graph.elements import read_document, read_passages, write_document, write_passages
from qgraph.graph.facts import read_extraction, write_extraction
from qgraph.graph.namespaces import graph_of
from qgraph.graph.quads import Writer, read_rows
from qgraph.records import ReportRecord


def to_quads(record: ReportRecord) -> list[Quad]:
    """All quads of one report, in its named graph, without blank nodes."""
    out = Writer(graph_of(record.document.id))
    write_document(out, record.document)
    write_passages(out, record.document, record.passages)
    write_extraction(out, record.document, record.extraction)
    return out.quads


def from_quads(quads: Iterable[Quad]) -> ReportRecord:
    """The report behind the quads of one named graph. Raises IndexFolderError when they hold no report."""
    rows = read_rows(quads)
    reports = rows.get("Report", [])
    if len(reports) != 1:
        raise IndexFolderError(
            "图谱中的报告不完整，请重新运行 qgraph build。", log=f"{len(reports)} reports in a named graph"
        )
    document = read_document(rows, reports[0])
    return ReportRecord(document, read_passages(rows, document), read_extraction(rows, document.id))
