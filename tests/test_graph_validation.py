"""The shapes: a sound report passes, and each kind of fault is found and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import sample_record

from qgraph.graph import GraphStore
from qgraph.graph.namespaces import RDF, XSD, node, report_graph, term
from qgraph.graph.rdf import to_quads
from qgraph.graph.validation import validate_quads
from qgraph.passages import split_passages
from qgraph.records import Document, Extraction, ReportRecord

REPORT = "r2024-0000abcd"
STATEMENT = node("statement", f"{REPORT}/st3")
OBSERVATION = node("observation", f"{REPORT}/o1")
ENTITY = node("", "Enterprise/e01")
TYPE = ox.NamedNode(RDF + "type")
Quads = set[ox.Quad]


def sound() -> Quads:
    """The sample, its one incomplete observation left out."""
    incomplete = node("observation", f"{REPORT}/o2")
    return {q for q in to_quads(sample_record()) if incomplete not in (q.subject, q.object)}


def without(subject: ox.NamedNode, name: str) -> Callable[[Quads], Quads]:
    return lambda quads: {q for q in quads if (q.subject, q.predicate) != (subject, term(name))}


def plus(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> Callable[[Quads], Quads]:
    return lambda quads: quads | {ox.Quad(subject, term(name), value, report_graph(REPORT))}


def instead(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> Callable[[Quads], Quads]:
    return lambda quads: plus(subject, name, value)(without(subject, name)(quads))


def of_class(kind: str) -> ox.NamedNode:
    """Some node of a class of the vocabulary."""
    found = [q.subject for q in sound() if q.object == term(kind)]
    return min(found, key=str)


def number(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))


def test_sound_report_passes() -> None:
    assert validate_quads(sound()) == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (without(STATEMENT, "subject"), "陈述应当有一个主体"),
        (without(STATEMENT, "object"), "陈述应当有一个客体"),
        (without(STATEMENT, "predicate"), "陈述应当有一个本体里的关系"),
        (instead(STATEMENT, "predicate", term("likes")), "陈述应当有一个本体里的关系"),
        (without(STATEMENT, "evidence"), "陈述应当有出处"),
        (instead(STATEMENT, "origin", ox.Literal("guess")), "陈述应当有来源方法"),
        (instead(STATEMENT, "confidence", ox.Literal("1.5")), "陈述的把握应当在 0 到 1 之间"),
        (plus(STATEMENT, "subject", node("", "Enterprise/nobody")), "陈述的主体或客体不在本报告提到的实体之中"),
        (without(OBSERVATION, "value"), "指标值应当有一个数值"),
        (without(OBSERVATION, "unit"), "指标值应当有单位"),
        (without(OBSERVATION, "indicator"), "指标值应当有指标名称"),
        (without(OBSERVATION, "period"), "指标值应当有时期"),
        (without(OBSERVATION, "evidence"), "指标值应当有出处"),
        (lambda quads: {q for q in quads if (q.subject, q.predicate) != (ENTITY, TYPE)}, "提及应当指一个实体"),
        (plus(ENTITY, "name", ox.Literal("别的名称")), "实体应当有一个规范名称"),
        (plus(node("", "Thing/t1"), "name", ox.Literal("没有类型")), "实体的类型应当是本体里的"),
        (instead(of_class("Evidence"), "start", number("-1")), "出处的起点应当是不小于 0 的整数"),
        (instead(of_class("Evidence"), "end", number("999999")), "出处不在它的句子以内"),
        (without(of_class("Evidence"), "sentence"), "出处应当在一个句子里"),
        (without(of_class("Mention"), "text"), "提及应当有文字"),
        (without(of_class("Mention"), "evidence"), "提及应当有出处"),
        (without(of_class("Case"), "title"), "案例应当有一个标题"),
        (without(of_class("ReviewItem"), "reason"), "待核条目应当有原因"),
        (instead(of_class("Period"), "startDate", ox.Literal("去年")), "开始日期应当是日期"),
        (without(of_class("Report"), "year"), "报告应当有年度"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fault_is_found_and_named(fault: Callable[[Quads], Quads], message: str) -> None:
    assert message in {violation.message for violation in validate_quads(fault(sound()))}


def test_violation_tells_node_path_and_value() -> None:
    found = validate_quads(instead(of_class("Evidence"), "start", number("-1"))(sound()))
    worst = next(v for v in found if v.value == "-1")
    assert worst.path == "qg:start"
    assert worst.node.startswith("id:evidence/")


def test_store_validates_all_reports(tmp_path: Path) -> None:
    store = GraphStore(tmp_path)
    store.replace_report(sample_record())
    assert [v.message for v in store.validate()] == ["指标值应当有主体"]


def test_real_report_passes(document: Document, extraction: Extraction) -> None:
    record = ReportRecord(document, split_passages(document), extraction)
    assert validate_quads(to_quads(record)) == []
