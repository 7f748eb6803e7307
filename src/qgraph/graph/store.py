"""The store: Oxigraph on disk, one named graph per report, the ontology in a graph of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from qgraph.errors import IndexFolderError, NotFoundError, QueryError
from qgraph.graph.codec import Node
from qgraph.graph.namespaces import ID, ONTOLOGY_GRAPH, id_of, report_graph
from qgraph.graph.rdf import needed, read_nodes, to_quads
from qgraph.graph.results import QueryResult
from qgraph.graph.sparql import run_query
from qgraph.graph.vocabulary import ontology_quads
from qgraph.graph.workers import Workers
from qgraph.records import ReportRecord

if TYPE_CHECKING:
    from qgraph.graph.validation import Violation

log = logging.getLogger(__name__)

_REPORTS = f"{ID}report/"
_MERGED = ox.DefaultGraph()


class GraphStore:
    """All that qgraph knows, as RDF on disk.

    Beside the named graphs the default graph holds all their triples, each once: queries run over it, as
    over a plain union what two reports say (the name of an entity) would count twice.
    One process at a time may write; the caller sees to that. Any number may read while nobody writes.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Opens the store; unless `read_only` makes it, and brings the ontology's graph up to date.
        Raises IndexFolderError, OntologyError."""
        self._path = path
        self._workers = Workers(path)
        try:
            if read_only:
                self._store = ox.Store.read_only(str(path))
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._store = ox.Store(path)
        except OSError as error:
            raise IndexFolderError(f"图谱“{path}”打不开，请重新运行 qgraph build。", log=f"{path}: {error}") from error
        if not read_only:
            self._replace(ONTOLOGY_GRAPH, ontology_quads())

    def optimise(self) -> None:
        """Packs the files, which makes them about a third as large and reading faster; for the end of a build."""
        with self._workers.changing():
            self._store.optimize()

    def close(self) -> None:
        """Ends the processes that evaluate queries. The store may go on being used."""
        self._workers.close()

    # ------------------------------------------------------------------------------------ reports

    def replace_report(self, record: ReportRecord) -> None:
        """Puts a report in the place of what stood there, in one transaction: a crash at any moment leaves
        the old or the new. What is the same in both is not written again."""
        started = time.perf_counter()
        changed = self._replace(report_graph(record.document.id), to_quads(record))
        seconds = time.perf_counter() - started
        log.info("report %s: %d quads changed in %.2f s", record.document.id, changed, seconds)

    def remove_report(self, report: str) -> None:
        """Takes a report out, in one transaction. Raises NotFoundError."""
        self._replace(self._graph(report), ())

    def report_ids(self) -> list[str]:
        """Ids of all reports, sorted."""
        names = (graph.value for graph in self._store.named_graphs())
        return sorted(id_of("report", name) for name in names if name.startswith(_REPORTS))

    def read_report(self, report: str) -> ReportRecord:
        """A report as it was written. Raises NotFoundError, IndexFolderError."""
        graph = self._graph(report).value
        nodes: dict[str, Node] = {}
        # property by property: Oxigraph then looks up two strings a triple, not four
        for (predicate,) in self._select(f"SELECT DISTINCT ?p {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
            if needed(predicate.value):
                rows = self._select(f"SELECT ?s ?o {{ GRAPH <{graph}> {{ ?s <{predicate.value}> ?o }} }}")
                for subject, value in rows:
                    nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
        return read_nodes(nodes)

    def _select(self, query: str) -> Iterable[Any]:
        found: Iterable[Any] = self._store.query(query)  # type: ignore[assignment]
        return found

    def quads(self, report: str) -> Iterable[ox.Quad]:
        """All quads of one report. Raises NotFoundError."""
        return self._store.quads_for_pattern(None, None, None, self._graph(report))

    def _graph(self, report: str) -> ox.NamedNode:
        graph = report_graph(report)
        if not self._store.contains_named_graph(graph):
            raise NotFoundError(f"没有编号为“{report}”的报告。", log=f"unknown report {report}")
        return graph

    def _replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> int:
        new = set(quads)
        old = set(self._store.quads_for_pattern(None, None, None, graph))
        gone, come = old - new, new - old
        only_here = (quad for quad in gone if not self._elsewhere(quad))
        steps = [
            f"{verb} DATA {{ {_ntriples(merged)} GRAPH <{graph.value}> {{ {_ntriples(part)} }} }}"
            for verb, part, merged in (("DELETE", gone, only_here), ("INSERT", come, come))
            if part
        ]
        if not new:
            steps.append(f"DROP SILENT GRAPH <{graph.value}>")
        if steps:
            with self._workers.changing():
                self._store.update(";".join(steps))
                self._store.flush()
        return len(gone) + len(come)

    def _elsewhere(self, quad: ox.Quad) -> bool:
        """Whether another named graph says the same."""
        same = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(other.graph_name not in (quad.graph_name, _MERGED) for other in same)

    # ------------------------------------------------------------------------------------ queries, files

    def query(self, sparql: str, *, timeout: float = 10.0, limit: int = 10_000) -> QueryResult:
        """Runs a read-only query over all graphs; `timeout` in seconds, at most `limit` rows.
        Raises QueryError."""
        return run_query(self._workers, sparql, timeout=timeout, limit=limit)

    def size(self) -> int:
        """Number of triples, each counted once however many reports say it."""
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, _MERGED))

    def canonical(self) -> bytes:
        """All named graphs as N-Quads in sorted lines. There are no blank nodes, so equal graphs give equal
        bytes."""
        named = (quad for quad in self._store if quad.graph_name != _MERGED)
        lines = ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(line + b"\n" for line in lines.split(b"\n") if line))

    def serialize(self, form: str) -> bytes:
        """The triples of all reports and of the ontology as ttl, nt, jsonld or xml. Raises QueryError."""
        from qgraph.graph.exporting import GRAPH_FORMS, ntriples, serialize_triples

        if form not in GRAPH_FORMS:
            raise QueryError(f"图谱不能写成“{form}”格式。", log=f"format {form} for the graph")
        return serialize_triples(ntriples(self._store.quads_for_pattern(None, None, None, _MERGED)), form)

    def validate(self) -> list[Violation]:
        """Where reports break the shapes of ontology/shapes.ttl; empty when all is well."""
        from qgraph.graph.validation import validate_quads

        return [violation for report in self.report_ids() for violation in validate_quads(self.quads(report))]


def _ntriples(quads: Iterable[ox.Quad]) -> str:
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    return lines.decode("utf-8")
