"""The read side over the real report: what the doors call."""

from __future__ import annotations

import pytest

from qgraph.engine import Engine
from qgraph.errors import NotFoundError, QueryError
from qgraph.records import Filters


def test_every_mention_is_a_slice_of_its_document(engine: Engine) -> None:
    for entity in engine.knowledge.entities.values():
        for mention in entity.mentions:
            e = mention.evidence
            document = engine.knowledge.document(e.report)
            sentence = document.sentence_by_id[e.sentence]
            assert document.text[e.start : e.end] == mention.text
            assert sentence.start <= e.start < e.end <= sentence.end


def test_every_fact_leads_to_a_span_of_its_sentence(engine: Engine) -> None:
    facts = [*engine.knowledge.statements, *engine.knowledge.observations.values()]
    assert len(facts) > 500
    for fact in facts:
        sentence = engine.knowledge.sentences[fact.evidence.sentence]
        assert sentence.start <= fact.evidence.start < fact.evidence.end <= sentence.end


def test_statements_and_observations_speak_of_known_entities(engine: Engine) -> None:
    known = engine.knowledge.entities
    assert all(s.subject in known and s.object in known for s in engine.knowledge.statements)
    assert all(o.subject in known for o in engine.knowledge.observations.values())


def test_graph_satisfies_its_shapes(engine: Engine) -> None:
    assert engine.store.validate() == []


def test_cases_without_a_query_are_all_in_order(engine: Engine) -> None:
    cases = engine.cases(k=100)
    assert len(cases) == 25 and cases[0].case.number == "案例 1-1"


def test_cases_of_a_chapter_and_of_an_organisation(engine: Engine) -> None:
    assert {hit.case.number[3] for hit in engine.cases(k=100, filters=Filters(chapters=("2",)))} == {"2"}
    numbers = {hit.case.number for hit in engine.cases(k=100, entity="天津奥展化工科技有限公司")}
    assert {"案例 2-2", "案例 3-2"} <= numbers


def test_entity_by_alias_shows_where_it_stands(engine: Engine) -> None:
    view = engine.entity("市教委")
    assert view.entity.type == "GovernmentBody" and view.mentions
    with pytest.raises(NotFoundError, match="没有找到"):
        engine.entity("无此单位")


def test_session_keeps_what_was_asked(engine: Engine) -> None:
    first = engine.ask("2024年世界职业院校技能大赛总决赛争夺赛金奖多少项？", session="s")
    second = engine.ask("那银奖呢？", session="s")
    assert (first.text, second.text) == ("2项", "4项")


@pytest.mark.parametrize("question", ["", "  ", "问" * 501])
def test_empty_and_endless_questions_are_refused_plainly(engine: Engine, question: str) -> None:
    with pytest.raises(QueryError):
        engine.ask(question)


def test_audit_finds_what_is_there(engine: Engine) -> None:
    findings = engine.audit()
    assert len(findings) >= 25
    assert all(f.places and f.explanation and f.shown for f in findings)
    kinds = {f.kind for f in findings}
    assert {"event_date", "typo", "name_variant", "empty_table", "private", "period_conflict"} <= kinds
