"""Finding the statement or figure again that staff decided about. Facts are numbered in reading order, so a number
can mean another fact once a rule has changed; what was decided holds only for the fact that it was decided about."""

from __future__ import annotations

from collections.abc import Mapping

from qgraph.extraction.journal_decision import Decision
from qgraph.records import Document, Entity, Extraction, Observation, Statement

Fact = Statement | Observation


def statement_names(statement: Statement, entities: Mapping[str, Entity], sentence: str) -> tuple[str, ...]:
    """By what a statement is found again: names of its ends, its relation, its sentence."""
    return (entities[statement.subject].name, statement.predicate, entities[statement.object].name, sentence)


def observation_names(observation: Observation, sentence: str) -> tuple[str, ...]:
    """By what a figure is found again: its label, the figure as printed, its sentence."""
    return (observation.indicator, observation.source_value, sentence)


def find_fact(document: Document, extraction: Extraction, decision: Decision) -> Fact | None:
    """The fact of a decision; of several that look the same the one of its id. None where none or several fit."""
    facts: list[Fact] = [*extraction.statements, *extraction.observations]
    if decision.known_as:
        names = {e.id: {e.name, *e.aliases} for e in extraction.entities}
        facts = [f for f in facts if _is_meant(document, names, f, decision.known_as)]
    by_id = next((f for f in facts if f.id == decision.target), None)
    if by_id is not None or not decision.known_as:
        return by_id
    return facts[0] if len(facts) == 1 else None


def _is_meant(document: Document, names: Mapping[str, set[str]], fact: Fact, known_as: tuple[str, ...]) -> bool:
    sentence = document.sentence_by_id.get(fact.evidence.sentence)
    text = sentence.text if sentence else ""
    if isinstance(fact, Observation):
        return observation_names(fact, text) == known_as
    if len(known_as) != 4 or (fact.predicate, text) != (known_as[1], known_as[3]):
        return False
    return known_as[0] in names.get(fact.subject, ()) and known_as[2] in names.get(fact.object, ())
