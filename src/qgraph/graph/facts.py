"""What was mined (entities, statements, observations, cases, review items) to RDF and back."""

from __future__ import annotations

import json
from decimal import Decimal

from pyoxigraph import NamedNode

from qgraph.graph.namespaces import node, term
from qgraph.graph.quads import Row, Writer
from qgraph.records import (
    CaseProfile,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Period,
    ReviewItem,
    Statement,
)

# relations with parts of their own get a class of their own, so that they can be listed at once
_STATEMENT_CLASS = {"wins": "AwardStatement", "cooperatesWith": "Partnership", "coBuilds": "Partnership"}
_QUALIFIERS = ("level", "grade", "count", "year", "role")


def write_extraction(out: Writer, document: Document, extraction: Extraction) -> None:
    """Adds everything mined from the report, each statement with its plain shortcut beside it."""
    mentions = 0
    for n, entity in enumerate(extraction.entities):
        subject = out.element(entity.id, entity.type, n, entity.name)
        out.add(subject, "rdf:type", term("Entity"))
        out.add(subject, "name", entity.name)
        out.add(subject, "entityType", entity.type)
        out.add(subject, "aliasList", json.dumps(entity.aliases, ensure_ascii=False) if entity.aliases else "")
        out.add(
            subject, "codes", json.dumps(dict(sorted(entity.codes.items())), ensure_ascii=False) if entity.codes else ""
        )
        for alias in entity.aliases:
            out.add(subject, "alias", alias)
        for key, code in sorted(entity.codes.items()):
            out.add(subject, "code", f"{key}:{code}")
        out.add(subject, "mentionedIn", out.graph)
        for mention in entity.mentions:
            mentions += 1
            spot = out.element(f"{document.id}/m{mentions}", "Mention", mentions, "")
            out.add(spot, "ofEntity", subject)
            out.add(spot, "foundBy", mention.source)
            _evidence(out, document, spot, mention.evidence)
    for n, statement in enumerate(extraction.statements):
        subject = out.element(statement.id, "Statement", n, "")
        kind = _STATEMENT_CLASS.get(statement.predicate)
        if kind:
            out.add(subject, "rdf:type", term(kind))
        out.add(subject, "subject", node(statement.subject))
        out.add(subject, "predicate", term(statement.predicate))
        out.add(subject, "object", node(statement.object))
        for key, value in sorted(statement.qualifiers.items()):
            out.add(subject, "qualifier", f"{key}={value}")
            if key in _QUALIFIERS:
                out.add(subject, key, int(value) if key == "count" and value.isdigit() else value)
        out.add(subject, "origin", statement.origin)
        out.add(subject, "confidence", repr(statement.confidence))
        _evidence(out, document, subject, statement.evidence)
        out.add(node(statement.subject), statement.predicate, node(statement.object))
    for n, observation in enumerate(extraction.observations):
        _observation(out, document, n, observation)
    for n, profile in enumerate(extraction.cases):
        subject = out.element(f"{profile.case}/profile", "CaseProfile", n, "")
        out.add(subject, "ofCase", node(profile.case))
        for name, values in (
            ("entityList", profile.entities),
            ("themeList", profile.themes),
            ("observationList", profile.observations),
        ):
            out.add(subject, name, json.dumps(values, ensure_ascii=False) if values else "")
        for entity_id in profile.entities:
            out.add(node(profile.case), "mentions", node(entity_id))
        for theme in profile.themes:
            out.add(node(profile.case), "theme", theme)
        for observation_id in profile.observations:
            out.add(node(profile.case), "hasObservation", node(observation_id))
    for n, item in enumerate(extraction.review):
        subject = out.element(item.id, "ReviewItem", n, "")
        out.add(subject, "reviewKind", item.kind)
        out.add(subject, "reviewText", item.text)
        out.add(subject, "reason", item.reason)
        _evidence(out, document, subject, item.evidence)


def _evidence(out: Writer, document: Document, subject: NamedNode, evidence: Evidence) -> None:
    sentence = document.sentence_by_id[evidence.sentence]
    out.add(subject, "inReport", out.graph)
    out.add(subject, "inSentence", node(evidence.sentence))
    out.add(subject, "prov:wasDerivedFrom", node(evidence.sentence))
    out.add(subject, "inSection", node(sentence.section))
    out.add(subject, "inCase", node(sentence.case) if sentence.case else None)
    out.add(subject, "page", document.page(evidence.start))
    out.add(subject, "start", evidence.start)
    out.add(subject, "end", evidence.end)
    out.add(subject, "quote", document.text[evidence.start : evidence.end])


def _observation(out: Writer, document: Document, ordinal: int, o: Observation) -> None:
    label = f"{o.indicator} {o.source_value}{o.unit}（{o.period.label}）"
    subject = out.element(o.id, "Observation", ordinal, label)
    for name, value in (
        ("indicator", o.indicator),
        ("conceptId", o.concept),
        ("value", o.value),
        ("sourceValue", o.source_value),
        ("unit", o.unit),
        ("bound", o.bound),
        ("period", o.period.label),
        ("periodStart", o.period.start),
        ("periodEnd", o.period.end),
        ("periodKind", o.period.kind),
        ("periodStated", o.period.stated),
        ("qualifierList", json.dumps(o.qualifiers, ensure_ascii=False) if o.qualifiers else ""),
    ):
        out.add(subject, name, value)
    if o.concept.startswith(("http://", "https://")):
        out.add(subject, "concept", NamedNode(o.concept))
    for qualifier in o.qualifiers:
        out.add(subject, "scope", qualifier)
    out.add(subject, "ofSubject", node(o.subject) if o.subject else None)
    out.add(subject, "partOfTotal", node(o.part_of) if o.part_of else None)
    _evidence(out, document, subject, o.evidence)


def read_extraction(rows: dict[str, list[Row]], report: str) -> Extraction:
    """What was mined, as it was written."""

    def evidence(row: Row) -> Evidence:
        return Evidence(report, row.link("inSentence") or "", row.number("start"), row.number("end"))

    mentions: dict[str, list[tuple[str, Evidence, str]]] = {}
    for row in rows.get("Mention", []):
        mentions.setdefault(row.link("ofEntity") or "", []).append(
            (row.text("quote"), evidence(row), row.text("foundBy"))
        )
    entities = tuple(
        Entity(
            row.id,
            row.text("entityType"),
            row.text("name"),
            tuple(json.loads(row.text("aliasList") or "[]")),
            tuple(Mention(*m) for m in mentions.get(row.id, ())),
            json.loads(row.text("codes") or "{}"),
        )
        for row in rows.get("Entity", [])
    )
    statements = tuple(
        Statement(
            row.id,
            row.link("subject") or "",
            row.local("predicate"),
            row.link("object") or "",
            dict(sorted(q.split("=", 1) for q in row.texts("qualifier"))),
            evidence(row),
            row.text("origin"),
            float(row.text("confidence")),
        )
        for row in rows.get("Statement", [])
    )
    observations = tuple(
        Observation(
            row.id,
            row.text("indicator"),
            row.text("conceptId"),
            Decimal(row.text("value")),
            row.text("sourceValue"),
            row.text("unit"),
            row.text("bound"),
            Period(
                row.text("period"),
                row.text("periodStart"),
                row.text("periodEnd"),
                row.text("periodKind"),
                row.flag("periodStated"),
            ),
            row.link("ofSubject") or "",
            tuple(json.loads(row.text("qualifierList") or "[]")),
            row.link("partOfTotal") or "",
            evidence(row),
        )
        for row in rows.get("Observation", [])
    )
    profiles = tuple(
        CaseProfile(
            row.link("ofCase") or "",
            tuple(json.loads(row.text("entityList") or "[]")),
            tuple(json.loads(row.text("themeList") or "[]")),
            tuple(json.loads(row.text("observationList") or "[]")),
        )
        for row in rows.get("CaseProfile", [])
    )
    review = tuple(
        ReviewItem(row.id, row.text("reviewKind"), row.text("reviewText"), row.text("reason"), evidence(row))
        for row in rows.get("ReviewItem", [])
    )
    return Extraction(report, entities, statements, observations, profiles, review)
