"""A second, made-up report in another layout: the same commands build and answer, alone and with the first."""

from __future__ import annotations

import pytest

from qgraph.engine import Engine
from qgraph.records import Filters

COLLEGE = "云梦市虚构职业技术学院"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("横向科研经费到账多少？", "1234.56万元"),
        ("2023届毕业生的毕业去向落实率是多少？", "94.14%"),
        ("学院有多少专任教师？", "412人"),
        ("发明专利授权多少项？", "19项"),
    ],
)
def test_second_report_answers_alone(alone: Engine, question: str, answer: str) -> None:
    given = alone.ask(question)
    assert not given.refused and given.text == answer
    assert given.citations[0].college == COLLEGE


def test_question_about_a_year_that_no_report_covers_is_refused(alone: Engine) -> None:
    assert alone.ask("2019年的就业率是多少？").refused


def test_filter_binds_answers_to_one_report(together: Engine) -> None:
    question = "横向经费到账多少？"
    for document, answer in zip(together.knowledge.documents, ("2656.82万元", "1234.56万元"), strict=True):
        given = together.ask(question, filters=Filters(reports=(document.id,)))
        assert given.text == answer
        assert {c.report for c in given.citations} == {document.id}


def test_college_that_the_question_names_binds_the_answer(together: Engine) -> None:
    given = together.ask(f"{COLLEGE}有多少专任教师？")
    assert given.text == "412人" and {c.college for c in given.citations} == {COLLEGE}


def test_search_filter_binds_passages(together: Engine) -> None:
    hits = together.search("产业学院", 10, filters=Filters(years=(2023,)))
    assert hits and {together.knowledge.document(h.passage.report).year for h in hits} == {2023}


def test_units_of_two_colleges_with_one_name_stay_two(together: Engine) -> None:
    found = [e for e in together.knowledge.entities.values() if e.name == "教务处"]
    assert len(found) == 2 and len({e.codes["of"] for e in found}) == 2


def test_what_both_reports_name_is_one_thing(together: Engine) -> None:
    shared = [
        e
        for e in together.knowledge.entities.values()
        if len({m.evidence.report for m in e.mentions}) == 2 and e.type in ("Competition", "Document", "GovernmentBody")
    ]
    ids = [e.id for e in together.knowledge.entities.values()]
    assert len(ids) == len(set(ids))
    assert all(len({e.name for e in together.knowledge.entities.values() if e.id == s.id}) == 1 for s in shared)


def test_sparql_sees_both_reports(together: Engine) -> None:
    result = together.sparql("SELECT ?year WHERE { ?r a qg:Report ; qg:year ?year } ORDER BY ?year")
    assert [row[0] for row in result.rows] == ["2023", "2024"]
