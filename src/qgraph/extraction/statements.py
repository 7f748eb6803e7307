"""Statements: who cooperates with, builds, leads, hosts, wins … what, each with its evidence.

The patterns are data (ontology/patterns/statements.toml). This module lets the readers go over the report and
puts their findings together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qgraph.extraction.awards import read_wins
from qgraph.extraction.awards_tables import read_award_tables
from qgraph.extraction.clauses import Scene, read_scenes
from qgraph.extraction.name_patterns import unreal
from qgraph.extraction.statements_names import read_counted, read_names, read_own_units
from qgraph.extraction.statements_rules import Raw, read_rules
from qgraph.extraction.statements_tables import read_tables
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Evidence, Sentence, Statement

Found = tuple[Sentence, Raw]
_SYMMETRIC = ("cooperatesWith",)
# Relations that tell one thing about their subject; the others tell who did something to their object.
_OF_SUBJECT = ("issuedBy", "partOf")
_SAID, _UNDERSTOOD = 1.0, 0.9


def extract_statements(document: Document, entities: Sequence[Entity]) -> tuple[Statement, ...]:
    """All statements of a report in reading order, each relation once a sentence.

    A symmetric relation is written in one direction only, from the report's college if it takes part.
    `confidence` is lower where the subject was understood, not said.
    """
    own = next((e.id for e in entities if e.type == "College" and document.college in (e.name, *e.aliases)), "")
    found = [*_sentences(document, entities, own)]
    found += read_tables(document, entities, own)
    found += read_award_tables(document, entities, own)
    found += read_names(document, entities, own)
    found += read_own_units(document, entities, own)
    statements = sorted(_distinct(document, _settled(found, own), own), key=_order)
    return tuple(
        Statement(
            f"{document.id}/st{n}",
            s.subject,
            s.predicate,
            s.object,
            s.qualifiers,
            s.evidence,
            s.origin,
            s.confidence,
        )
        for n, s in enumerate(statements, 1)
    )


def _order(s: Statement) -> tuple[object, ...]:
    return (s.evidence.start, s.evidence.end, s.predicate, s.subject, s.object, *s.qualifiers.items())


def _sentences(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Found]:
    by_id = {e.id: e for e in entities}
    scenes = [s for s in read_scenes(document, entities, own) if not _planned(document, s)]
    active = frozenset(g for scene in scenes for clause in scene.governors for g, _ in clause)
    counted: set[tuple[str, str]] = set()
    for scene in scenes:
        told = [raw for raw in read_counted(scene, entities, active) if (raw.predicate, raw.object) not in counted]
        counted.update((raw.predicate, raw.object) for raw in told)
        for raw in (*read_rules(scene), *read_wins(scene, by_id), *told):
            head = scene.clause(raw.start)[0]
            if not unreal().search(scene.encoded[head : raw.end]):
                yield scene.sentence, raw


def _planned(document: Document, scene: Scene) -> bool:
    """Whether a sentence belongs to what the college intends: its paragraph or its section says so."""
    rules = read_patterns("statements")
    begins = scene.said_before[0] if scene.said_before else scene.text
    if re.search(rules["planned"], begins):
        return True
    section: str | None = scene.sentence.section
    while section is not None:
        heading = document.section_by_id[section]
        if re.search(rules["planned_heading"], heading.title):
            return True
        section = heading.parent
    return False


def _settled(found: Sequence[Found], own: str) -> Iterator[Found]:
    """Without the weak statements about things of which a strong one says the same with another party, and without
    the college's cooperation with itself."""
    strong = {
        (raw.predicate, thing)
        for _, raw in found
        if not raw.weak
        for thing in ((raw.subject,) if raw.predicate == "partOf" else (raw.subject, raw.object))
    }
    for sentence, raw in found:
        thing = raw.subject if raw.predicate in _OF_SUBJECT else raw.object
        if not raw.subject or not raw.object or raw.subject == raw.object:
            continue
        if raw.predicate in _SYMMETRIC and _inner(raw.subject, raw.object, own):
            continue
        if not raw.weak or (raw.predicate, thing) not in strong:
            yield sentence, raw


def _inner(first: str, second: str, own: str) -> bool:
    """Whether the two are the report's college and a unit of it by its type, or two government bodies."""
    rules = read_patterns("statements")["own"]
    kinds = [entity.partition("/")[0] for entity in (first, second)]
    with_own = any(kind in rules["inner"] for kind in kinds) and own in (first, second)
    return with_own or all(kind in rules["bodies"] for kind in kinds)


def _distinct(document: Document, found: Iterator[Found], own: str) -> list[Statement]:
    """One statement for each relation of a sentence; the one that says more stands."""
    best: dict[tuple[object, ...], Statement] = {}
    for sentence, raw in found:
        subject, target = raw.subject, raw.object
        if raw.predicate in _SYMMETRIC and target == own:
            subject, target = target, subject
        pair = tuple(sorted((subject, target))) if raw.predicate in _SYMMETRIC else (subject, target)
        prize = [raw.qualifiers.get(key) for key in ("grade", "level", "group")]
        key = (sentence.id, raw.predicate, pair, *prize)
        evidence = Evidence(document.id, sentence.id, sentence.start + raw.start, sentence.start + raw.end)
        statement = Statement(
            "",
            subject,
            raw.predicate,
            target,
            dict(sorted(raw.qualifiers.items())),
            evidence,
            raw.origin,
            _UNDERSTOOD if raw.elided else _SAID,
        )
        known = best.get(key)
        if known is None or _worth(statement) > _worth(known):
            best[key] = statement
    return list(best.values())


def _worth(statement: Statement) -> tuple[int, float, int]:
    evidence = statement.evidence
    return (len(statement.qualifiers), statement.confidence, evidence.end - evidence.start)
