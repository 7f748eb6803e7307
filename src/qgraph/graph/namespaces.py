"""IRIs: one function a kind of node, so that links from outside stay valid from build to build."""

from __future__ import annotations

from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

ID = "https://qgraph.example/id/"
NS = "https://qgraph.example/ns#"
GRAPHS = ID + "report/"
ONTOLOGY_GRAPH = NamedNode("https://qgraph.example/ontology")

PREFIXES = {
    "qg": NS,
    "id": ID,
    "ind": "https://qgraph.example/indicator/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "unit": "http://qudt.org/vocab/unit/",
    "qudt": "http://qudt.org/schema/qudt/",
}

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
RDFS_LABEL = NamedNode(PREFIXES["rdfs"] + "label")


def term(name: str) -> NamedNode:
    """A term of the qgraph vocabulary."""
    return NamedNode(NS + name)


def node(identifier: str) -> NamedNode:
    """The node of a record by its id ("r2024-1a2b3c4d/s12", "Enterprise/0f…")."""
    return NamedNode(ID + quote(identifier, safe="/-_.~"))


def identifier(iri: NamedNode) -> str:
    """The id of the record behind a node. Raises ValueError for a foreign IRI."""
    if not iri.value.startswith(ID):
        raise ValueError(f"not a node of a record: {iri.value}")
    return unquote(iri.value[len(ID) :])


def graph_of(report: str) -> NamedNode:
    """The named graph of a report, which is also the node of the report."""
    return NamedNode(GRAPHS + quote(report, safe="-_.~"))
