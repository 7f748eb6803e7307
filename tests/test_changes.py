"""Renamed, merged and succeeded organisations: what the text says, the graph, look-up by a former name."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from qgraph.extraction import extract
from qgraph.extraction.across import with_ids
from qgraph.graph.changes_rdf import date_literal
from qgraph.graph.rdf import from_quads, to_quads
from qgraph.knowledge import Knowledge
from qgraph.passages import split_passages
from qgraph.reading import read_report
from qgraph.records import FormerName, ReportRecord

HEAD = "云岭市星湖职业技术学院高等职业教育质量年度报告（2031年度）\n\n1.学校概况\n\n"
STORY = (
    "2003年3月，经云岭省人民政府批准，云岭市工业学校与云岭市财贸学校合并组建云岭工贸职业学院；"
    "2012 年 6月，由原云岭工贸职业学院更名为云岭市星湖职业技术学院。"
)
OWN = "云岭市星湖职业技术学院"

Told = tuple[str, list[str], list[str], str]


def record(folder: Path, body: str) -> ReportRecord:
    path = folder / "report.txt"
    path.write_text(HEAD + body + "\n", encoding="utf-8")
    document = read_report(path)
    return ReportRecord(document, split_passages(document), extract(document))


def told(found: ReportRecord) -> list[Told]:
    names = {e.id: e.name for e in found.extraction.entities}
    return [
        (c.kind, [names[e] for e in c.earlier], [names[e] for e in c.later], c.date) for c in found.extraction.changes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            STORY,
            [
                ("merged", ["云岭市工业学校", "云岭市财贸学校"], ["云岭工贸职业学院"], "2003年3月"),
                ("renamed", ["云岭工贸职业学院"], [OWN], "2012年6月"),
            ],
        ),
        (
            "学校前身是1958年创办的云岭市工业学校，2003年更名为云岭工贸职业学院。",
            [
                ("succeeded", ["云岭市工业学校"], [OWN], ""),
                ("renamed", ["云岭市工业学校"], ["云岭工贸职业学院"], "2003年"),
            ],
        ),
        (
            "学校坐落于云岭市，前身是创建于1956年的云岭市卫生学校。",
            [("succeeded", ["云岭市卫生学校"], [OWN], "")],
        ),
        ("云岭工贸职业学院坐落于云岭市，前身是云岭市卫生学校。", []),
        (
            "与澜川职业学院（原澜川农业学校）结对。",
            [("renamed", ["澜川农业学校"], ["澜川职业学院"], "")],
        ),
        (
            f"2031年9月1日，澜川农业学校整体并入{OWN}。",
            [("absorbed", ["澜川农业学校"], [OWN], "2031年9月1日")],
        ),
        (
            "学校由云岭市卫生学校和云岭市护士学校于1999年合并而成。",
            [("merged", ["云岭市卫生学校", "云岭市护士学校"], [OWN], "1999年")],
        ),
        (
            "青禾科技有限公司于2030年5月正式更名为青禾智能股份有限公司。",
            [("renamed", ["青禾科技有限公司"], ["青禾智能股份有限公司"], "2030年5月")],
        ),
        (
            "云岭工贸职业学院2015年升格为云岭工贸职业技术大学。",
            [("succeeded", ["云岭工贸职业学院"], ["云岭工贸职业技术大学"], "2015年")],
        ),
        (
            "2012年6月，由原澜川工贸职业学院更名为云岭市星湖职业技术学院。",
            [("renamed", ["澜川工贸职业学院"], [OWN], "2012年6月")],
        ),
        ("学校合并同类专业，与云岭工贸职业学院共建实训基地。", []),
        ("课程更名为《机器视觉》，由云岭工贸职业学院使用。", []),
    ],
)
def test_changes_of_a_paragraph(tmp_path: Path, text: str, expected: list[Told]) -> None:
    assert told(record(tmp_path, text)) == expected


def test_change_quotes_its_place(tmp_path: Path) -> None:
    found = record(tmp_path, STORY)
    change = found.extraction.changes[1]
    sentence = found.document.sentence_by_id[change.evidence.sentence]
    assert sentence.start <= change.evidence.start < change.evidence.end <= sentence.end
    assert found.document.text[change.evidence.start : change.evidence.end].startswith("云岭工贸职业学院更名为")


def test_only_a_renamed_organisation_keeps_its_former_name(tmp_path: Path) -> None:
    knowledge = Knowledge([record(tmp_path, STORY)])
    own = knowledge.entity(OWN)
    assert knowledge.former_names(own.id) == (FormerName("云岭工贸职业学院", "2012年6月"),)
    assert own.id in knowledge.entities_by_name["云岭工贸职业学院"]
    assert own.id not in knowledge.entities_by_name["云岭市工业学校"]
    assert [c.kind for c in knowledge.changes_of[own.id]] == ["renamed"]
    assert [c.kind for c in knowledge.history(own.id)] == ["merged", "renamed"]


def test_changes_come_back_from_the_graph_in_standard_terms(tmp_path: Path) -> None:
    found = record(tmp_path, STORY)
    quads = list(to_quads(found))
    assert from_quads(quads) == found
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    rows = store.query(
        "PREFIX org: <http://www.w3.org/ns/org#> PREFIX dct: <http://purl.org/dc/terms/>"
        "PREFIX qg: <https://qgraph.example/ns#>"
        "SELECT ?date ?former { ?college qg:name ?name ; org:resultedFrom ?change ; qg:formerName ?former ."
        f" ?change a org:ChangeEvent ; dct:date ?date . FILTER(?name = '{OWN}') }}"
    )
    assert [(row["date"].value, row["former"].value) for row in rows] == [("2012-06", "云岭工贸职业学院")]


def test_changes_follow_entities_that_become_one(tmp_path: Path) -> None:
    extraction = record(tmp_path, STORY).extraction
    merged, renamed = extraction.changes
    gone = with_ids(extraction, {renamed.earlier[0]: renamed.later[0]}, {})
    assert [(c.kind, c.later) for c in gone.changes] == [("merged", renamed.later)]
    assert merged.later == renamed.earlier


@pytest.mark.parametrize(
    ("printed", "value", "kind"),
    [
        ("2012年", "2012", "gYear"),
        ("2012年6月", "2012-06", "gYearMonth"),
        ("2012年6月份", "2012-06", "gYearMonth"),
        ("2031年9月1日", "2031-09-01", "date"),
    ],
)
def test_dates_are_as_exact_as_they_were_said(printed: str, value: str, kind: str) -> None:
    literal = date_literal(printed)
    assert literal is not None
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (value, kind)


@pytest.mark.parametrize("printed", ["", "某年", "2012年13月", "同年6月"])
def test_what_is_no_date_has_no_value(printed: str) -> None:
    assert date_literal(printed) is None
