"""The store: Oxigraph on disk, one named graph per report, the ontology in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize
from rdflib import Graph

from qgraph.errors import IndexFolderError, NotFoundError, OntologyError
from qgraph.graph.namespaces import GRAPHS, ONTOLOGY_GRAPH, PREFIXES, graph_of, identifier
from qgraph.graph.rdf import from_quads, to_quads
from qgraph.graph.sparql import QueryResult, run_query
from qgraph.ontology import ontology_dir
from qgraph.records import ReportRecord

_STAGING = NamedNode("https://qgraph.example/staging")
_RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "xml": "xml"}


class GraphStore:
    """All that qgraph knows, as RDF on disk. One writer at a time; see qgraph.manifest for the lock."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Opens the store, making it unless `read_only`. Raises IndexFolderError."""
        try:
            if read_only:
                self._store = Store.read_only(str(path))
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._store = Store(str(path))
        except OSError as error:
            raise IndexFolderError(f"图谱“{path}”打不开，请重新运行 qgraph build。", log=f"{path}: {error}") from error
        if not read_only:
            self._store.remove_graph(_STAGING)
            self._load_ontology()

    def replace_report(self, record: ReportRecord) -> None:
        """Puts a report in the place of what stood there. A crash leaves the old or the new, never a mixture:
        the quads are first staged in a graph of their own, then moved in one transaction."""
        target = graph_of(record.document.id)
        staged = [Quad(q.subject, q.predicate, q.object, _STAGING) for q in to_quads(record)]
        self._store.extend(staged)
        self._store.update(f"MOVE GRAPH <{_STAGING.value}> TO GRAPH <{target.value}>")
        self._store.flush()

    def remove_report(self, report: str) -> None:
        """Takes a report out. Raises NotFoundError."""
        graph = graph_of(report)
        if not self._store.contains_named_graph(graph):
            raise NotFoundError(f"没有编号为“{report}”的报告。", log=f"unknown report {report}")
        self._store.remove_graph(graph)
        self._store.flush()

    def report_ids(self) -> list[str]:
        """Ids of all reports, sorted."""
        graphs = (g for g in self._store.named_graphs() if isinstance(g, NamedNode))
        return sorted(identifier(g).removeprefix("report/") for g in graphs if g.value.startswith(GRAPHS))

    def read_report(self, report: str) -> ReportRecord:
        """A report as it was written. Raises NotFoundError."""
        graph = graph_of(report)
        if not self._store.contains_named_graph(graph):
            raise NotFoundError(f"没有编号为“{report}”的报告。", log=f"unknown report {report}")
        return from_quads(self._store.quads_for_pattern(None, None, None, graph))

    def query(self, text: str, *, timeout: float = 10.0, limit: int = 10_000) -> QueryResult:
        """Runs a read-only query over all graphs; `timeout` in seconds. Raises QueryError."""
        return run_query(self._store, text, timeout=timeout, limit=limit)

    def size(self) -> int:
        """Number of quads."""
        return len(self._store)

    def canonical(self) -> bytes:
        """All quads of reports as sorted N-Quads. There are no blank nodes, so equal graphs give equal bytes."""
        lines = serialize(self._report_quads(), format=RdfFormat.N_QUADS) or b""
        return b"".join(sorted(lines.splitlines(keepends=True)))

    def serialize(self, form: str) -> bytes:
        """The triples of all reports as ttl, jsonld or xml."""
        return self.to_rdflib(self._report_quads()).serialize(format=_RDFLIB[form], encoding="utf-8")

    def to_rdflib(self, quads: Iterable[Quad]) -> Graph:
        """Quads as an rdflib graph (names of graphs are dropped), with the prefixes bound."""
        graph = Graph()
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri, replace=True)
        graph.parse(data=serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b"", format="nt")
        return graph

    def quads(self, report: str | None = None) -> Iterable[Quad]:
        """Quads of one report, or of all."""
        if report is None:
            return self._report_quads()
        return self._store.quads_for_pattern(None, None, None, graph_of(report))

    def _report_quads(self) -> Iterable[Quad]:
        for report in self.report_ids():
            yield from self._store.quads_for_pattern(None, None, None, graph_of(report))

    def _load_ontology(self) -> None:
        """Puts the ontology and the vocabularies into their graph, in the place of an older version."""
        folder = ontology_dir()
        files = [*sorted(folder.glob("*.ttl")), *sorted((folder / "vocabulary").glob("*.ttl"))]
        graph = Graph()
        for path in files:
            if path.name == "shapes.ttl":
                continue
            try:
                graph.parse(path, format="turtle")
            except Exception as error:  # rdflib raises many kinds for malformed Turtle
                raise OntologyError(f"知识文件 {path.name} 格式有误：{error}", log=f"{path}: {error}") from error
        self._store.remove_graph(ONTOLOGY_GRAPH)
        if len(graph):
            data = graph.serialize(format="nt", encoding="utf-8")
            self._store.load(data, format=RdfFormat.N_TRIPLES, to_graph=ONTOLOGY_GRAPH)
