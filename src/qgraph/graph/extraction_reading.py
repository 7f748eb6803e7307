"""Triples → `Extraction`: the inverse of `extraction_rdf`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from qgraph.graph.changes_rdf import read_change
from qgraph.graph.codec import Node, first, natural, ordered
from qgraph.graph.namespaces import CODE, NS, QUALIFIER, RDF, id_of, unescape
from qgraph.records import (
    CaseProfile,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Period,
    ReviewItem,
    Statement,
)

_NAME = NS + "name"
_TYPE = RDF + "type"


class ExtractionReader:
    """Reads one report's extraction from its nodes; `by_type` lists subjects by the local name of their class."""

    def __init__(self, nodes: Mapping[str, Node], by_type: Mapping[str, list[str]]) -> None:
        self.nodes = nodes
        self.by_type = by_type
        self.evidence = {subject: self._evidence(nodes[subject]) for subject in by_type.get("Evidence", ())}

    def read(self, report: str, report_node: Node) -> Extraction:
        """All of it."""
        mentions = self._mentions()
        entities = {
            id_of("", subject): self._entity(subject, values, mentions.get(subject, ()))
            for subject, values in self.nodes.items()
            if _NAME in values
        }
        order = ordered(report_node, "mentions", [id_of("", e) for e in report_node.get(NS + "mentions", ())])
        profiles = [(s, v) for s, v in self.nodes.items() if NS + "profileOrdinal" in v]
        profiles.sort(key=lambda pair: int(first(pair[1], "profileOrdinal")))
        return Extraction(
            report=report,
            entities=tuple(entities[entity] for entity in order),
            statements=tuple(self._statement(s, self.nodes[s]) for s in self._in_order("Statement")),
            observations=tuple(self._observation(s, self.nodes[s]) for s in self._in_order("Observation")),
            cases=tuple(_profile(subject, values) for subject, values in profiles),
            review=tuple(self._review(s, self.nodes[s]) for s in self._in_order("ReviewItem")),
            changes=tuple(
                read_change(s, self.nodes[s], self._source(self.nodes[s])) for s in self._in_order("OrganisationChange")
            ),
        )

    def _in_order(self, kind: str) -> list[str]:
        return sorted(self.by_type.get(kind, ()), key=lambda s: int(first(self.nodes[s], "ordinal")))

    @staticmethod
    def _evidence(values: Node) -> Evidence:
        return Evidence(
            id_of("report", first(values, "inReport")),
            id_of("report", first(values, "sentence")),
            int(first(values, "start")),
            int(first(values, "end")),
        )

    def _source(self, values: Node) -> Evidence:
        return self.evidence[first(values, "evidence")]

    def _mentions(self) -> dict[str, tuple[Mention, ...]]:
        found: dict[str, list[tuple[str, Mention]]] = {}
        for subject in self.by_type.get("Mention", ()):
            values = self.nodes[subject]
            mention = Mention(first(values, "text"), self._source(values), first(values, "source"))
            found.setdefault(first(values, "entity"), []).append((subject, mention))
        return {
            entity: tuple(mention for _, mention in sorted(pairs, key=lambda pair: natural(pair[0])))
            for entity, pairs in found.items()
        }

    @staticmethod
    def _entity(subject: str, values: Node, mentions: tuple[Mention, ...]) -> Entity:
        return Entity(
            id=id_of("", subject),
            type=_local(values[_TYPE][0], NS),
            name=first(values, "name"),
            aliases=ordered(values, "alias", values.get(NS + "alias", [])),
            mentions=mentions,
            codes=_keyed(values, CODE),
        )

    def _statement(self, subject: str, values: Node) -> Statement:
        return Statement(
            id=id_of("statement", subject),
            subject=id_of("", first(values, "subject")),
            predicate=_local(first(values, "predicate"), NS),
            object=id_of("", first(values, "object")),
            qualifiers=_keyed(values, QUALIFIER),
            evidence=self._source(values),
            origin=first(values, "origin"),
            confidence=float(first(values, "confidence")),
        )

    def _observation(self, subject: str, values: Node) -> Observation:
        period = self.nodes[first(values, "period")]
        concept, whole, of = (
            first(values, "concept"),
            first(values, "partOfObservation"),
            first(values, "subject"),
        )
        return Observation(
            id=id_of("observation", subject),
            indicator=first(values, "indicator"),
            concept=id_of("indicator", concept) if concept else "",
            value=Decimal(first(values, "exactValue")),
            source_value=first(values, "sourceValue"),
            unit=first(values, "unit"),
            bound=first(values, "bound"),
            period=Period(
                label=first(values, "periodLabel"),
                start=first(period, "startDate"),
                end=first(period, "endDate"),
                kind=first(period, "kind"),
                stated=first(values, "periodStated") == "true",
            ),
            subject=id_of("", of) if of else "",
            qualifiers=ordered(values, "qualifier", values.get(NS + "qualifier", [])),
            part_of=id_of("observation", whole) if whole else "",
            evidence=self._source(values),
        )

    def _review(self, subject: str, values: Node) -> ReviewItem:
        return ReviewItem(
            id=id_of("review", subject),
            kind=first(values, "kind"),
            text=first(values, "text"),
            reason=first(values, "reason"),
            evidence=self._source(values),
        )


def _profile(subject: str, values: Node) -> CaseProfile:
    def ids(name: str, kind: str) -> tuple[str, ...]:
        return ordered(values, name, [id_of(kind, iri) for iri in values.get(NS + name, ())])

    return CaseProfile(
        case=id_of("report", subject),
        entities=ids("mentions", ""),
        themes=ids("theme", "theme"),
        observations=ids("hasObservation", "observation"),
    )


def _local(iri: str, base: str) -> str:
    return unescape(iri.removeprefix(base))


def _keyed(values: Node, base: str) -> dict[str, str]:
    return {_local(key, base): found[0] for key, found in sorted(values.items()) if key.startswith(base)}
