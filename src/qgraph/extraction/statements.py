"""Statements: who cooperates with, builds, leads, hosts, wins … what, each with its evidence.

The patterns are in ontology/patterns/statements.toml; this module walks the sentences, finds who governs each,
and puts the findings of the special readers together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qgraph.extraction import statements_rules, statements_structure, statements_wins
from qgraph.extraction.sentence_names import Named, names_by_sentence
from qgraph.records import Document, Entity, Evidence, Sentence, Statement

Raw = statements_rules.Raw


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its names and with the entities that govern it (its subject, said or understood)."""

    sentence: Sentence
    names: Sequence[Named]
    governors: Sequence[str]
    own: str


def extract_statements(document: Document, entities: Sequence[Entity]) -> tuple[Statement, ...]:
    """All statements of a report in reading order; one of each subject, predicate, object and sentence."""
    by_id = {e.id: e for e in entities}
    own = next((e.id for e in entities if e.type == "College" and document.college in (e.name, *e.aliases)), "")
    raws: list[tuple[Sentence, Raw]] = []
    for scene in scenes(document, entities, own):
        for raw in _read(scene, by_id, document):
            raws.append((scene.sentence, raw))
    raws += statements_structure.read_tables(document, entities)
    raws += statements_wins.read_tables(document, entities, own)
    raws += statements_structure.read_parts(document, entities, own)
    found: dict[tuple[str, str, str, str, tuple[tuple[str, str], ...]], Statement] = {}
    for sentence, raw in raws:
        if raw.subject == raw.object or not raw.subject or not raw.object:
            continue
        key = (raw.subject, raw.predicate, raw.object, sentence.id, tuple(sorted(raw.qualifiers.items())))
        if raw.predicate == "cooperatesWith" and (raw.object, raw.predicate, raw.subject, sentence.id, ()) in found:
            continue
        if key not in found:
            evidence = Evidence(document.id, sentence.id, sentence.start + raw.start, sentence.start + raw.end)
            found[key] = Statement(
                "", raw.subject, raw.predicate, raw.object, dict(raw.qualifiers), evidence, raw.origin
            )
    ordered = sorted(found.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.predicate, s.subject, s.object))
    return tuple(
        Statement(
            f"{document.id}/st{n}", s.subject, s.predicate, s.object, s.qualifiers, s.evidence, s.origin, s.confidence
        )
        for n, s in enumerate(ordered, 1)
    )


def scenes(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Scene]:
    """Sentences of text and captions with their names and governors.

    A sentence without a subject of its own is governed by the report's college; inside a case, by the one
    that governs the case's first sentence.
    """
    starts = {s.id: s.start for s in document.sentences}
    names = names_by_sentence(entities, starts)
    of_case: dict[str, Sequence[str]] = {}
    for sentence in document.sentences:
        if sentence.kind not in ("text", "caption"):
            continue
        mine = names.get(sentence.id, [])
        governors = statements_rules.governors(sentence.text, mine)
        if sentence.case and sentence.kind == "text":
            if sentence.case not in of_case:
                of_case[sentence.case] = governors or [own]
            governors = governors or of_case[sentence.case]
        yield Scene(sentence, mine, governors or [own], own)


def _read(scene: Scene, by_id: Mapping[str, Entity], document: Document) -> Iterator[Raw]:
    text = scene.sentence.text
    yield from statements_rules.read_rules(text, scene.names, scene.governors)
    yield from statements_rules.read_partners(text, scene.names, scene.governors)
    yield from statements_rules.read_issuers(text, scene.names, by_id, scene.own)
    yield from statements_rules.read_employers(text, scene.names, scene.own)
    yield from statements_wins.read_wins(text, scene.names, scene.governors, document.year)
    yield from statements_structure.read_adjacent(text, scene.names, by_id, scene.own)
    yield from statements_structure.read_counted_leads(text, by_id, scene.governors, scene.own)
