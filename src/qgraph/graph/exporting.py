"""Triples as files for other tools, through rdflib: Turtle, JSON-LD, RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph

from qgraph.graph.namespaces import PREFIXES

_RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "xml": "xml"}
GRAPH_FORMS = ("ttl", "nt", "jsonld", "xml")


def to_rdflib(ntriples: bytes) -> Graph:
    """N-Triples as an rdflib graph with our prefixes bound."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)
    graph.parse(data=ntriples, format="nt")
    return graph


def ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """The triples of quads as N-Triples; names of graphs are dropped."""
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""


def serialize_triples(data: bytes, form: str) -> bytes:
    """N-Triples as ttl, nt, jsonld or xml."""
    if form == "nt":
        return data
    graph = to_rdflib(data)
    if form == "jsonld":
        return graph.serialize(format=_RDFLIB[form], encoding="utf-8", auto_compact=True)
    return graph.serialize(format=_RDFLIB[form], encoding="utf-8")
