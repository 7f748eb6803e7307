"""The RDF graph: records ↔ quads, the store, SPARQL, SHACL. Only here rdflib and Oxigraph are known."""

from qgraph.graph.results import QueryResult
from qgraph.graph.store import GraphStore

__all__ = ["GraphStore", "QueryResult"]
