"""`Extraction` → triples: entities with their mentions, statements, observations, cases, review items.

Beside what `extraction_reading` needs, it writes the shortcuts that make queries simple: the plain relation
between two entities, the section, page and sentence of a statement, labels, concepts of levels and units.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox

from qgraph.graph.changes_rdf import change_triples
from qgraph.graph.codec import LABEL, TYPE, boolean, integer, order_triples, text
from qgraph.graph.namespaces import CODE, PROV, QUALIFIER, SKOS, XSD, escape, node, term
from qgraph.graph.vocabulary import Vocabulary
from qgraph.records import (
    CaseProfile,
    Document,
    Entity,
    Evidence,
    Extraction,
    Observation,
    Period,
    ReviewItem,
    Statement,
)
from qgraph.text import fold, parse_number

_DERIVED = ox.NamedNode(PROV + "wasDerivedFrom")
_PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SYMMETRIC = frozenset({"cooperatesWith"})


def evidence_node(evidence: Evidence) -> ox.NamedNode:
    """One node for each span of a sentence, shared by all that quote it."""
    return node("evidence", f"{evidence.sentence}/{evidence.start}-{evidence.end}")


def period_node(period: Period) -> ox.NamedNode:
    """One node for each period, shared by all reports."""
    key = "|".join((period.kind, period.start, period.end, period.label))
    return node("period", hashlib.sha256(key.encode()).hexdigest()[:12])


class ExtractionWriter:
    """Writes one report's extraction; keeps what the single parts need to know of the document."""

    def __init__(self, extraction: Extraction, document: Document, vocabulary: Vocabulary) -> None:
        self.extraction = extraction
        self.document = document
        self.vocabulary = vocabulary
        self.report = node("report", extraction.report)
        self.names = {entity.id: entity.name for entity in extraction.entities}

    def triples(self) -> Iterator[ox.Triple]:
        """All of it."""
        extraction = self.extraction
        for entity in extraction.entities:
            yield ox.Triple(self.report, term("mentions"), node("", entity.id))
            yield from self._entity(entity)
        yield from self._report()
        for ordinal, statement in enumerate(extraction.statements):
            yield from self._statement(statement, ordinal)
        for ordinal, observation in enumerate(extraction.observations):
            yield from self._observation(observation, ordinal)
        for ordinal, profile in enumerate(extraction.cases):
            yield from self._case(profile, ordinal)
        for ordinal, item in enumerate(extraction.review):
            yield from self._review(item, ordinal)
        for ordinal, change in enumerate(extraction.changes):
            yield from change_triples(change, ordinal, self.names)
            yield from self._source(node("change", change.id), change.evidence)

    def _report(self) -> Iterator[ox.Triple]:
        own = fold(self.document.college)
        for entity in self.extraction.entities:
            if entity.type == "College" and own in {fold(n) for n in (entity.name, *entity.aliases)}:
                yield ox.Triple(self.report, term("reportingCollege"), node("", entity.id))
        lists = {"mentions": [e.id for e in self.extraction.entities], "warning": self.document.warnings}
        yield from order_triples(self.report, lists)

    # ------------------------------------------------------------------------------------ evidence

    def _evidence(self, evidence: Evidence) -> Iterator[ox.Triple]:
        at = evidence_node(evidence)
        yield ox.Triple(at, TYPE, term("Evidence"))
        yield ox.Triple(at, term("inReport"), node("report", evidence.report))
        yield ox.Triple(at, term("sentence"), node("report", evidence.sentence))
        yield ox.Triple(at, term("start"), integer(evidence.start))
        yield ox.Triple(at, term("end"), integer(evidence.end))
        yield from self._place(at, evidence)

    def _place(self, at: ox.NamedNode, evidence: Evidence) -> Iterator[ox.Triple]:
        page = self.document.page(evidence.start)
        if page is not None:
            yield ox.Triple(at, term("page"), integer(page))
        sentence = self.document.sentence_by_id.get(evidence.sentence)
        if sentence is not None and sentence.section:
            yield ox.Triple(at, term("inSection"), node("report", sentence.section))

    def _source(self, at: ox.NamedNode, evidence: Evidence) -> Iterator[ox.Triple]:
        """What a statement, observation or review item says of its source, shortcuts included."""
        yield from self._evidence(evidence)
        yield ox.Triple(at, term("evidence"), evidence_node(evidence))
        yield ox.Triple(at, term("inReport"), node("report", evidence.report))
        yield ox.Triple(at, _DERIVED, node("report", evidence.sentence))
        yield from self._place(at, evidence)
        sentence = self.document.sentence_by_id.get(evidence.sentence)
        if sentence is not None:
            yield ox.Triple(at, term("sentenceText"), text(sentence.text))
            if sentence.case:
                yield ox.Triple(at, term("inCase"), node("report", sentence.case))

    # ------------------------------------------------------------------------------------ entities

    def _entity(self, entity: Entity) -> Iterator[ox.Triple]:
        at = node("", entity.id)
        yield ox.Triple(at, TYPE, term(entity.type))
        yield ox.Triple(at, term("id"), text(entity.id))
        yield ox.Triple(at, term("name"), text(entity.name))
        yield ox.Triple(at, LABEL, text(entity.name))
        yield ox.Triple(at, _PREF_LABEL, ox.Literal(entity.name, language="zh"))
        for alias in entity.aliases:
            yield ox.Triple(at, term("alias"), text(alias))
        yield from order_triples(at, {"alias": entity.aliases})
        for scheme, code in entity.codes.items():
            yield ox.Triple(at, ox.NamedNode(CODE + escape(scheme)), text(code))
        yield from self._divisions(at, entity.codes.get("gbt2260", ""))
        for number, mention in enumerate(entity.mentions):
            here = node("mention", f"{self.extraction.report}/{entity.id}/{number}")
            yield ox.Triple(here, TYPE, term("Mention"))
            yield ox.Triple(here, term("entity"), at)
            yield ox.Triple(here, term("text"), text(mention.text))
            yield ox.Triple(here, term("source"), text(mention.source))
            yield ox.Triple(here, term("evidence"), evidence_node(mention.evidence))
            yield from self._evidence(mention.evidence)

    def _divisions(self, at: ox.NamedNode, code: str) -> Iterator[ox.Triple]:
        known = {concept.value for concept in self.vocabulary.concepts.get("region", {}).values()}
        for division in dict.fromkeys((code, code[:4] + "00", code[:2] + "0000") if len(code) == 6 else ()):
            concept = node("region", division)
            if concept.value in known:
                yield ox.Triple(at, term("inRegion"), concept)

    # ------------------------------------------------------------------------------------ statements

    def _statement(self, statement: Statement, ordinal: int) -> Iterator[ox.Triple]:
        at = node("statement", statement.id)
        subject, predicate, value = (
            node("", statement.subject),
            term(statement.predicate),
            node("", statement.object),
        )
        yield ox.Triple(subject, predicate, value)
        if statement.predicate in _SYMMETRIC:
            yield ox.Triple(value, predicate, subject)
        kind = self.vocabulary.statement_classes.get(statement.predicate)
        for name in ("Statement", kind):
            if name:
                yield ox.Triple(at, TYPE, term(name))
        verb = self.vocabulary.verbs.get(statement.predicate, statement.predicate)
        ends = [self.names.get(e, e) for e in (statement.subject, statement.object)]
        yield ox.Triple(at, LABEL, text(f"{ends[0]} {verb} {ends[1]}"))
        yield ox.Triple(at, term("ordinal"), integer(ordinal))
        yield ox.Triple(at, term("subject"), subject)
        yield ox.Triple(at, term("predicate"), predicate)
        yield ox.Triple(at, term("object"), value)
        yield ox.Triple(at, term("origin"), text(statement.origin))
        yield ox.Triple(at, term("confidence"), _double(statement.confidence))
        for key, printed in statement.qualifiers.items():
            yield ox.Triple(at, ox.NamedNode(QUALIFIER + escape(key)), text(printed))
        yield from self._normalised(at, statement)
        yield from self._source(at, statement.evidence)

    def _normalised(self, at: ox.NamedNode, statement: Statement) -> Iterator[ox.Triple]:
        """Qualifiers as concepts and numbers, where they are such."""
        for kind in ("level", "grade"):
            concept = self.vocabulary.concept(kind, statement.qualifiers.get(kind, ""))
            if concept is not None:
                yield ox.Triple(at, term(kind), concept)
        count = parse_number(statement.qualifiers.get("count", ""))
        if count is not None and count == int(count):
            yield ox.Triple(at, term("count"), integer(int(count)))
        year = _YEAR.search(statement.qualifiers.get("year", ""))
        if year:
            yield ox.Triple(at, term("inYear"), integer(int(year[0])))

    # ------------------------------------------------------------------------------------ figures

    def _observation(self, observation: Observation, ordinal: int) -> Iterator[ox.Triple]:
        at = node("observation", observation.id)
        period = observation.period
        yield ox.Triple(at, TYPE, term("Observation"))
        bound, printed = observation.bound, observation.source_value
        words = f"{observation.indicator}：{printed}{'' if bound and bound in printed else bound}{observation.unit}"
        yield ox.Triple(at, LABEL, text(words + (f"（{period.label}）" if period.label else "")))
        yield ox.Triple(at, term("ordinal"), integer(ordinal))
        yield ox.Triple(at, term("value"), _decimal(observation.value))
        yield ox.Triple(at, term("exactValue"), text(str(observation.value)))
        strings = {
            "indicator": observation.indicator,
            "sourceValue": observation.source_value,
            "unit": observation.unit,
            "bound": bound,
            "periodLabel": period.label,
        }
        for name, words in strings.items():
            if words:
                yield ox.Triple(at, term(name), text(words))
        if observation.concept:
            yield ox.Triple(at, term("concept"), node("indicator", observation.concept))
        unit = self.vocabulary.concept("unit", observation.unit)
        if unit is not None:
            yield ox.Triple(at, term("unitConcept"), unit)
        if observation.subject:
            yield ox.Triple(at, term("subject"), node("", observation.subject))
        for qualifier in observation.qualifiers:
            yield ox.Triple(at, term("qualifier"), text(qualifier))
        yield from order_triples(at, {"qualifier": observation.qualifiers})
        if observation.part_of:
            yield ox.Triple(at, term("partOfObservation"), node("observation", observation.part_of))
        yield ox.Triple(at, term("period"), period_node(period))
        yield ox.Triple(at, term("periodStated"), boolean(period.stated))
        yield from _period(period)
        yield from self._source(at, observation.evidence)

    # ------------------------------------------------------------------------------------ cases, review

    def _case(self, profile: CaseProfile, ordinal: int) -> Iterator[ox.Triple]:
        at = node("report", profile.case)
        yield ox.Triple(at, term("profileOrdinal"), integer(ordinal))
        for entity in profile.entities:
            yield ox.Triple(at, term("mentions"), node("", entity))
        for theme in profile.themes:
            yield ox.Triple(at, term("theme"), node("theme", theme))
        for observation in profile.observations:
            yield ox.Triple(at, term("hasObservation"), node("observation", observation))
        yield from order_triples(
            at,
            {"mentions": profile.entities, "theme": profile.themes, "hasObservation": profile.observations},
        )
        for entity in self._at_work(profile):
            yield ox.Triple(at, term("showsAtWork"), node("", entity))

    def _at_work(self, profile: CaseProfile) -> list[str]:
        busy: set[str] = set()
        for statement in self.extraction.statements:
            sentence = self.document.sentence_by_id.get(statement.evidence.sentence)
            if sentence is not None and sentence.case == profile.case:
                busy |= {statement.subject, statement.object}
        return sorted(busy & set(profile.entities))

    def _review(self, item: ReviewItem, ordinal: int) -> Iterator[ox.Triple]:
        at = node("review", item.id)
        yield ox.Triple(at, TYPE, term("ReviewItem"))
        yield ox.Triple(at, term("ordinal"), integer(ordinal))
        for name, words in (("kind", item.kind), ("text", item.text), ("reason", item.reason)):
            if words:
                yield ox.Triple(at, term(name), text(words))
        if item.text:
            yield ox.Triple(at, LABEL, text(item.text))
        yield from self._source(at, item.evidence)


def _decimal(value: Decimal) -> ox.Literal:
    """In the form to which Oxigraph would bring it, so that writing again what was read changes nothing."""
    written = format(value, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return ox.Literal(written, datatype=ox.NamedNode(XSD + "decimal"))


def _double(value: float) -> ox.Literal:
    return ox.Literal(repr(float(value)).removesuffix(".0"), datatype=ox.NamedNode(XSD + "double"))


def _date(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date")) if _DATE.fullmatch(value) else text(value)


def _period(period: Period) -> Iterator[ox.Triple]:
    at = period_node(period)
    yield ox.Triple(at, TYPE, term("Period"))
    if period.label:
        yield ox.Triple(at, LABEL, text(period.label))
    if period.kind:
        yield ox.Triple(at, term("kind"), text(period.kind))
    for name, value in (("startDate", period.start), ("endDate", period.end)):
        if value:
            yield ox.Triple(at, term(name), _date(value))
