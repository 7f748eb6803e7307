"""IRIs: the vocabulary's namespaces, and how ids turn into IRIs and back.

https://qgraph.example/ns#…                 classes and properties
https://qgraph.example/ns/code#…            codes of entities (code:iso3166)
https://qgraph.example/ns/qualifier#…       what a statement says beside its two ends, as printed (q:level)
https://qgraph.example/id/report/…          reports (also the names of their graphs) and their parts
https://qgraph.example/id/{Type}/…          entities
https://qgraph.example/id/statement/…       likewise observation, review, evidence, mention, period
https://qgraph.example/id/theme/…           concepts; likewise indicator, unit, level, grade, section, region
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

NS = "https://qgraph.example/ns#"
CODE = "https://qgraph.example/ns/code#"
QUALIFIER = "https://qgraph.example/ns/qualifier#"
ID = "https://qgraph.example/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OWL = "http://www.w3.org/2002/07/owl#"

ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"

PREFIXES = {
    "qg": NS,
    "code": CODE,
    "q": QUALIFIER,
    "id": ID,
    "report": f"{ID}report/",
    "theme": f"{ID}theme/",
    "indicator": f"{ID}indicator/",
    "unit": f"{ID}unit/",
    "region": f"{ID}region/",
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "org": ORG,
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
}
"""Prefixes known to every query without being declared."""

ONTOLOGY_GRAPH = NamedNode("https://qgraph.example/ns")
"""Named graph of the ontology and the vocabularies."""

_UNSAFE = re.compile(
    r"[^A-Za-z0-9\-._~/\u00a1-\u167f\u1681-\u1fff\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]"
)


def escape(text: str) -> str:
    """The text as part of an IRI: letters of all scripts stay, what an IRI may not hold is percent-encoded."""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), text)


def unescape(part: str) -> str:
    """Inverse of `escape`."""
    return unquote(part) if "%" in part else part


@cache
def term(name: str) -> NamedNode:
    """A class or property of the vocabulary, by its local name."""
    return NamedNode(NS + escape(name))


def node(kind: str, id_: str) -> NamedNode:
    """The node of a thing: `kind` is report (also for parts of reports), statement, theme …, "" for entities."""
    return NamedNode(f"{ID}{kind}/{escape(id_)}" if kind else ID + escape(id_))


def id_of(kind: str, iri: str) -> str:
    """Inverse of `node`."""
    return unescape(iri[len(ID) + len(kind) + 1 :] if kind else iri[len(ID) :])


def report_graph(report: str) -> NamedNode:
    """Name of a report's graph, which is the report's own IRI."""
    return node("report", report)


def compact(iri: str) -> str:
    """The IRI with its prefix, for people: `qg:wins`; unchanged where no prefix fits."""
    best = max((base for base in PREFIXES.values() if iri.startswith(base)), key=len, default="")
    for prefix, base in PREFIXES.items():
        if base == best:
            return f"{prefix}:{iri[len(base) :]}"
    return iri
