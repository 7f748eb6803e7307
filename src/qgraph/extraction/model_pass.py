"""The optional second pass: a language model proposes entities and statements, the text decides.

A proposal is accepted only when its evidence sentence stands in the report word for word, both names stand in
that sentence, and predicate and types are of the vocabulary. What is accepted is marked with its origin
("model"); what is refused goes to the review list with the reason.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Evidence, Extraction, Mention, ReviewItem, Sentence, Statement
from qgraph.text import fold, squeeze

Complete = Callable[[str], str]
"""Sends a prompt to the language model and returns its text. May raise ModelError."""

_ARRAY = re.compile(r"\[.*\]", re.DOTALL)
_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class _Proposal:
    subject: str
    subject_type: str
    predicate: str
    object: str
    object_type: str
    evidence: str


def extend_with_model(document: Document, extraction: Extraction, complete: Complete) -> Extraction:
    """The extraction with what the model proposed and the text bears out. Raises ModelError."""
    by_squeezed: dict[str, Sentence] = {squeeze(s.text): s for s in document.sentences}
    known = {(e.type, fold(n)): e for e in extraction.entities for n in (e.name, *e.aliases)}
    entities = {e.id: e for e in extraction.entities}
    have = {(s.subject, s.predicate, s.object, s.evidence.sentence) for s in extraction.statements}
    statements: list[Statement] = []
    review: list[ReviewItem] = []
    for text in _portions(document):
        for proposal in _ask(text, complete):
            sentence = by_squeezed.get(squeeze(proposal.evidence))
            reason = _refusal(proposal, sentence)
            if reason or sentence is None:
                review.append(_review(document, proposal, sentence, reason, len(review)))
                continue
            subject = _entity(document, proposal.subject_type, proposal.subject, sentence, known, entities)
            target = _entity(document, proposal.object_type, proposal.object, sentence, known, entities)
            key = (subject.id, proposal.predicate, target.id, sentence.id)
            if key in have or subject.id == target.id:
                continue
            have.add(key)
            statements.append(
                Statement(
                    f"{document.id}/model{len(statements) + 1}",
                    subject.id,
                    proposal.predicate,
                    target.id,
                    {},
                    Evidence(document.id, sentence.id, sentence.start, sentence.end),
                    "model",
                    _CONFIDENCE,
                )
            )
    return replace(
        extraction,
        entities=tuple(entities.values()),
        statements=(*extraction.statements, *statements),
        review=(*extraction.review, *review),
    )


def _portions(document: Document) -> Iterator[str]:
    """Consecutive paragraphs of up to the prompt's size."""
    size = int(read_patterns("model")["characters"])
    portion = ""
    for paragraph in document.paragraphs:
        if portion and len(portion) + len(paragraph.text) > size:
            yield portion
            portion = ""
        portion += paragraph.text + "\n"
    if portion:
        yield portion


def _ask(text: str, complete: Complete) -> Iterator[_Proposal]:
    rules = read_patterns("model")
    listed = {
        name: "、".join(f"{key}（{told}）" for key, told in rules[name].items()) for name in ("types", "predicates")
    }
    prompt = rules["prompt"].strip()
    for name, value in (("types", listed["types"]), ("predicates", listed["predicates"]), ("text", text)):
        prompt = prompt.replace("{" + name + "}", value)
    match = _ARRAY.search(complete(prompt))
    try:
        rows: Any = json.loads(match[0]) if match else []
    except json.JSONDecodeError:
        return
    fields = _Proposal.__slots__
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and all(isinstance(row.get(name), str) and row[name].strip() for name in fields):
            yield _Proposal(*(row[name].strip() for name in fields))


def _refusal(proposal: _Proposal, sentence: Sentence | None) -> str:
    rules = read_patterns("model")
    if sentence is None:
        return "报告中没有这一句原文"
    if proposal.predicate not in rules["predicates"]:
        return f"没有“{proposal.predicate}”这种关系"
    for kind in (proposal.subject_type, proposal.object_type):
        if kind not in rules["types"]:
            return f"没有“{kind}”这种实体"
    for name in (proposal.subject, proposal.object):
        if name not in sentence.text:
            return f"原文这一句里没有“{name}”"
    return ""


def _entity(
    document: Document,
    kind: str,
    name: str,
    sentence: Sentence,
    known: dict[tuple[str, str], Entity],
    entities: dict[str, Entity],
) -> Entity:
    """The entity of this type and name; a new one bears the mention of this sentence."""
    entity = known.get((kind, fold(name)))
    if entity is not None:
        return entities[entity.id]
    start = sentence.start + sentence.text.index(name)
    mention = Mention(name, Evidence(document.id, sentence.id, start, start + len(name)), "model")
    digest = hashlib.sha256(f"{kind}|{fold(name)}".encode()).hexdigest()[:12]
    entity = Entity(f"{kind}/{digest}", kind, name, (), (mention,))
    known[kind, fold(name)] = entities[entity.id] = entity
    return entity


def _review(document: Document, proposal: _Proposal, sentence: Sentence | None, reason: str, number: int) -> ReviewItem:
    place = sentence or document.sentences[0]
    words = f"{proposal.subject} —{proposal.predicate}→ {proposal.object}（{proposal.evidence[:80]}）"
    evidence = Evidence(document.id, place.id, place.start, place.end)
    return ReviewItem(f"{document.id}/model-review{number + 1}", "model", words, reason, evidence)
