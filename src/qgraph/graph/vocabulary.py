"""The ontology and the vocabularies as triples, and what the converters look up in them.

Everything comes from ontology/: qgraph.ttl, vocabulary/*.ttl, and the lexicons that are vocabularies too
(`lexicon_vocabulary`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from qgraph.errors import OntologyError
from qgraph.graph.lexicon_vocabulary import lexicon_triples
from qgraph.graph.namespaces import ID, NS, ONTOLOGY_GRAPH, RDFS, SKOS, term
from qgraph.ontology import ontology_dir, ontology_path
from qgraph.text import fold

_LABEL = ox.NamedNode(RDFS + "label")
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
_ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
_NOTATION = ox.NamedNode(SKOS + "notation")


@dataclass(frozen=True)
class Vocabulary:
    """Look-ups by name: classes of entities, classes and verbs of relations, concepts by folded label."""

    entity_types: frozenset[str]
    statement_classes: Mapping[str, str]
    verbs: Mapping[str, str]
    concepts: Mapping[str, Mapping[str, ox.NamedNode]]

    def concept(self, kind: str, label: str) -> ox.NamedNode | None:
        """The concept of one vocabulary (unit, level, grade, section …) that has this label, or None."""
        return self.concepts.get(kind, {}).get(fold(label)) if label else None


def parse_turtle(path: Path) -> list[ox.Triple]:
    """Triples of a Turtle file. Raises OntologyError for bad syntax and for blank nodes, which would keep
    the graph from having one canonical form."""
    try:
        triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"知识文件 {path.name} 格式有误：{error}", log=f"{path}: {error}") from error
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise OntologyError(f"知识文件 {path.name} 里不能用空白节点。", log=f"{path}: blank node in {triple}")
    return triples


@lru_cache(maxsize=1)
def ontology_quads() -> tuple[ox.Quad, ...]:
    """All that stands in the ontology's named graph. Raises OntologyError."""
    files = [ontology_path("qgraph.ttl"), *sorted((ontology_dir() / "vocabulary").glob("*.ttl"))]
    triples = [triple for path in files for triple in parse_turtle(path)]
    triples += lexicon_triples()
    return tuple(ox.Quad(t.subject, t.predicate, t.object, ONTOLOGY_GRAPH) for t in triples)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The look-ups, made once from `ontology_quads`. Raises OntologyError."""
    parents: dict[str, list[str]] = {}
    classes: dict[str, str] = {}
    verbs: dict[str, str] = {}
    concepts: dict[str, dict[str, ox.NamedNode]] = {}
    for subject, predicate, value, _ in ontology_quads():
        local = subject.value.removeprefix(NS)
        if predicate == _SUBCLASS:
            parents.setdefault(local, []).append(value.value.removeprefix(NS))
        elif predicate == term("statementClass"):
            classes[local] = value.value.removeprefix(NS)
        elif predicate == _LABEL and subject.value.startswith(NS) and value.language == "zh":
            verbs[local] = value.value
        if predicate in (_PREF_LABEL, _ALT_LABEL, _NOTATION) and subject.value.startswith(ID):
            kind = subject.value.removeprefix(ID).split("/")[0]
            known = concepts.setdefault(kind, {}).setdefault(fold(value.value), subject)
            if known != subject and predicate == _PREF_LABEL:
                concepts[kind][fold(value.value)] = subject

    def is_entity(name: str) -> bool:
        return name == "Entity" or any(is_entity(parent) for parent in parents.get(name, ()))

    types = {name for name in parents if is_entity(name)} - {"Entity", "Organisation"}
    return Vocabulary(frozenset(types), classes, {p: verbs.get(p, p) for p in classes}, concepts)
