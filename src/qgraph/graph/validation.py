"""SHACL: does a report's graph keep to ontology/shapes.ttl?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from qgraph.graph.exporting import ntriples, to_rdflib
from qgraph.graph.namespaces import RDFS, compact, term
from qgraph.graph.vocabulary import ontology_quads
from qgraph.ontology import ontology_path

_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_TYPE = ox.NamedNode(str(RDF.type))
_UNCHECKED = frozenset(term(name) for name in ("Paragraph", "Cell", "Figure", "Passage"))
"""Classes that no shape speaks of; leaving their nodes out makes checking faster."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a graph breaks a shape: the node, the property ("" if it is the node itself), the value,
    and in plain Chinese what should be."""

    node: str
    path: str
    value: str
    message: str


@cache
def load_shapes() -> Graph:
    """The shapes, parsed once."""
    return Graph().parse(ontology_path("shapes.ttl"), format="turtle")


def validate_quads(quads: Iterable[ox.Quad]) -> list[Violation]:
    """Violations in the graph of one report, sorted. Only what shapes speak of is looked at."""
    used = _used_properties()
    kept = [quad for quad in quads if quad.predicate.value in used]
    unchecked = {q.subject for q in kept if q.predicate == _TYPE and q.object in _UNCHECKED}
    classes = [quad for quad in ontology_quads() if quad.predicate == _SUBCLASS]
    data = to_rdflib(ntriples([*(q for q in kept if q.subject not in unchecked), *classes]))
    _, report, _ = pyshacl.validate(data, shacl_graph=load_shapes(), inference="none", inplace=True)
    if not isinstance(report, Graph):
        return [Violation("", "", "", f"形状文件有误：{report}")]
    found = {_violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted(found, key=lambda v: (v.node, v.path, v.value, v.message))


@cache
def _used_properties() -> frozenset[str]:
    shapes = load_shapes()
    naming = (SH.path, SH.targetSubjectsOf, SH.targetObjectsOf)
    return frozenset({str(value) for property_ in naming for value in shapes.objects(None, property_)})


def _violation(report: Graph, result: Node) -> Violation:
    def text(predicate: URIRef) -> str:
        value = report.value(result, predicate)
        return str(value) if isinstance(value, Literal) else compact(str(value)) if value is not None else ""

    return Violation(text(SH.focusNode), text(SH.resultPath), text(SH.value), text(SH.resultMessage))
