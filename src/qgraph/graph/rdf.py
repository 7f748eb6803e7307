"""`ReportRecord` ↔ quads of the report's named graph: `from_quads(to_quads(x)) == x`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from qgraph.errors import IndexFolderError
from qgraph.graph.changes_rdf import ORIGINAL, RESULTING
from qgraph.graph.codec import TYPE, Node
from qgraph.graph.document_rdf import document_triples, read_document, read_passages
from qgraph.graph.extraction_rdf import ExtractionWriter
from qgraph.graph.extraction_reading import ExtractionReader
from qgraph.graph.namespaces import CODE, NS, QUALIFIER, report_graph
from qgraph.graph.vocabulary import load_vocabulary
from qgraph.records import ReportRecord

_SHORTCUTS = frozenset(
    {"value", "unitConcept", "sentenceText", "page", "showsAtWork", "standardSection", "inRegion"}
    | {"reportingCollege", "level", "grade", "count", "inYear", "formerName"}
)


def to_quads(record: ReportRecord) -> Iterator[ox.Quad]:
    """All quads of a report, in its named graph; some may come twice. No blank nodes."""
    graph = report_graph(record.document.id)
    vocabulary = load_vocabulary()
    for triple in document_triples(record.document, record.passages, vocabulary):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
    for triple in ExtractionWriter(record.extraction, record.document, vocabulary).triples():
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def from_quads(quads: Iterable[ox.Quad]) -> ReportRecord:
    """The record that the quads of one report's graph hold. Raises IndexFolderError when they hold none."""
    nodes: dict[str, Node] = {}
    for subject, predicate, value, _ in quads:
        nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return read_nodes(nodes)


def read_nodes(nodes: Mapping[str, Node]) -> ReportRecord:
    """The record that the nodes of one report hold. Raises IndexFolderError when they hold none."""
    by_type: dict[str, list[str]] = {}
    for iri, values in nodes.items():
        for kind in values.get(TYPE.value, ()):
            by_type.setdefault(kind.removeprefix(NS), []).append(iri)
    if len(by_type.get("Report", ())) != 1:
        raise IndexFolderError(
            "图谱里的报告不完整，请重新运行 qgraph build。", log="a report graph without exactly one qg:Report"
        )
    document = read_document(nodes, by_type)
    report_node = nodes[by_type["Report"][0]]
    extraction = ExtractionReader(nodes, by_type).read(document.id, report_node)
    return ReportRecord(document, read_passages(nodes, by_type), extraction)


def needed(predicate: str) -> bool:
    """Whether reading a report back needs this property; the others only make queries simpler."""
    local = predicate.removeprefix(NS)
    if local == predicate:
        return predicate in (TYPE.value, ORIGINAL, RESULTING) or predicate.startswith((CODE, QUALIFIER))
    return local not in _SHORTCUTS and local not in load_vocabulary().statement_classes
