"""The vocabulary of indicators: complete, unambiguous, and matched with care."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from rdflib.namespace import SKOS

from qgraph.extraction.indicators import find_concept, indicators, plain_label
from qgraph.language.quantities_grammar import units
from qgraph.ontology import ontology_path

GROUPS = ("计分卡", "满意度调查", "教学资源", "服务贡献", "国际影响", "落实政策")


def test_file_says_the_same_to_a_full_turtle_parser() -> None:
    graph = rdflib.Graph().parse(str(ontology_path("vocabulary/indicators.ttl")))
    prefix = "https://qgraph.example/id/indicator/"
    for indicator in indicators():
        node = rdflib.URIRef(prefix + indicator.id)
        labels = {str(v) for p in (SKOS.prefLabel, SKOS.altLabel) for v in graph.objects(node, p) if v.language == "zh"}
        assert labels == set(indicator.wordings)
        assert [str(b).removeprefix(prefix) for b in graph.objects(node, SKOS.broader)] == [
            b for b in [indicator.broader] if b
        ]
    assert len(set(graph.subjects(SKOS.prefLabel))) == len(indicators())


def test_all_tables_of_the_ministry_are_groups() -> None:
    tops = {i.label for i in indicators() if not i.broader}
    assert tops >= set(GROUPS)
    members = Counter(i.broader for i in indicators())
    ids = {i.label: i.id for i in indicators()}
    assert all(members[ids[group]] >= 5 for group in GROUPS)


def test_ids_are_unique_and_broader_ones_exist() -> None:
    ids = [i.id for i in indicators()]
    assert len(ids) == len(set(ids))
    assert {i.broader for i in indicators() if i.broader} <= set(ids)


def test_no_wording_belongs_to_two_indicators_of_one_unit() -> None:
    seen: dict[tuple[str, str], str] = {}
    for indicator in indicators():
        for wording in indicator.wordings:
            for unit in indicator.units:
                assert seen.setdefault((plain_label(wording), unit), indicator.id) == indicator.id, wording


def test_units_are_known() -> None:
    known = {u.normal for u in units().values()}
    assert {u for i in indicators() for u in i.units} <= known | {"万元", "亿元"}


@pytest.mark.parametrize(
    ("label", "unit", "concept"),
    [
        ("毕业生总体满意度", "%", "graduate-satisfaction"),
        ("去向落实率", "%", "placement-rate"),
        ("横向科研经费到账金额", "万元", "technical-service-income"),
        ("横向技术服务到款额", "亿元", "technical-service-income"),
        ("“双师型”教师占比", "%", "dual-qualified-rate"),
        ("双师型教师数", "人", "dual-qualified-teachers"),
        ("教职工数", "人", "staff"),
        ("国（境）外留学生人数", "人", "foreign-students"),
        ("生师比", "比", "student-teacher-ratio"),
        ("生均教学科研仪器设备值", "元", "equipment-per-student"),
    ],
)
def test_usual_wordings_are_found(label: str, unit: str, concept: str) -> None:
    assert find_concept(label, unit) == concept


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("毕业生满意度", "人"),
        ("物流管理专业毕业生满意度", "%"),
        ("校园巡讲活动场次", "场"),
        ("", ""),
        ("在校生人数", "万元"),
    ],
)
def test_what_does_not_fit_is_no_indicator(label: str, unit: str) -> None:
    assert find_concept(label, unit) == ""
