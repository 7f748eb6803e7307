"""The named queries in ontology/queries: each has a purpose, runs, and brings what the sample holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from graph_samples import sample_record

from qgraph.graph import GraphStore
from qgraph.ontology import ontology_dir, read_query

NAMES = sorted(path.stem for path in (ontology_dir() / "queries").glob("*.rq"))
SENTENCE = "学院在哈萨克斯坦获云栖杯国家级一等奖2项，应届生\\u4e00“满意”。"
BUILT = "学校与青松虚构科技有限公司共建云栖产业学院。"
EXPECTED: dict[str, set[tuple[str | None, ...]]] = {
    "awards": {("云栖杯", "云栖虚构职业学院", "国家级", "一等奖", "2", "2024年", "2", SENTENCE)},
    "awards_by_level": {("国家级", "一等奖", "4", "2")},
    "cases_by_theme": {("技能竞赛", "案例 2-1", "青松在云栖", "云栖虚构职业学院", "2 产教融合", "2")},
    "colleges_compared": {
        ("科研经费到款额", "云栖虚构职业学院", "2024", "2024年", "12.5", "万元"),
        ("科研经费到款额", "别处虚构职业学院", "2023", "2023年", "10.5", "万元"),
    },
    "countries": {("哈萨克斯坦", "KZ", "2", None)},
    "documents": {("虚构标准", None, "0")},
    "enterprises_by_cases": {("https://qgraph.example/id/Enterprise/e01", "青松虚构科技有限公司", "2", "案例 2-1")},
    "enterprises_in_region": {("华北", "青松虚构科技有限公司", "天津市")},
    "entity_mentions": set(),
    "entity_types": {("企业", "1", "4"), ("文件与著作", "1", "0")},
    "evidence_graph": set(),
    "indicator_over_years": {
        (
            "云栖虚构职业学院",
            "2024年",
            "横向科研经费到账",
            "12.5",
            "万元",
            "其中、校级",
            "1",
            "2024年横向科研经费到账12.50万元，《云栖虚构日报》作了报道。",
        )
    },
    "industry_colleges": {("云栖产业学院", "云栖虚构职业学院", "1", BUILT)},
    "leading_roles": {("云栖虚构职业学院", "承办", "云栖杯", "奖项与荣誉", "主办", "2", SENTENCE)},
    "media_reports": {
        ("云栖虚构日报", "云栖虚构职业学院", "1", "2023年横向科研经费到账10.5万元，《云栖虚构日报》作了报道。")
    },
    "organisation_changes": {
        ("2012年6月", "renamed", "云栖产业学院", "云栖虚构职业学院", "1", BUILT),
        ("2012年6月", "renamed", "青松虚构科技有限公司", "云栖虚构职业学院", "1", BUILT),
    },
    "outline": {("云栖虚构职业学院质量年度报告（2024）", "2", "产教融合", "产教融合", "1")},
    "partners_of_college": {
        ("云栖虚构职业学院", "合作", "青松虚构科技有限公司", "企业", BUILT),
        ("云栖虚构职业学院", "共建", "云栖产业学院", "产业学院", BUILT),
    },
    "review": {("云栖虚构职业学院质量年度报告（2024）", "name", "满意", "不知归入哪一类", "2", SENTENCE)},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    opened = GraphStore(tmp_path_factory.mktemp("graph"))
    opened.replace_report(sample_record())
    opened.replace_report(sample_record("r2023-0000abcd", year=2023, income="10.5", college="别处虚构职业学院"))
    opened.replace_report(sample_record("r2022-0000abcd", year=2022, bare=True))
    yield opened
    opened.close()


def test_every_query_is_tried_here() -> None:
    assert set(NAMES) == set(EXPECTED)


@pytest.mark.parametrize("name", NAMES)
def test_query_tells_its_purpose_and_parameters(name: str) -> None:
    title, purpose, *_ = read_query(name).splitlines()
    assert re.match(r"# \S", title)
    assert purpose.startswith("# 用途：")
    assert "参数：" in purpose


@pytest.mark.parametrize("name", NAMES)
def test_query_brings_what_the_reports_say(store: GraphStore, name: str) -> None:
    result = store.query(read_query(name))
    assert not result.truncated
    if result.kind == "construct":
        assert "云栖虚构职业学院 获得 云栖杯" in result.body.decode()
        return
    assert EXPECTED[name] <= set(result.rows)
    assert len(result.rows) == len(set(result.rows)), "rows twice"
    if EXPECTED[name]:
        assert result.rows


def test_entity_is_found_by_alias_with_all_its_places(store: GraphStore) -> None:
    query = read_query("entity_mentions").replace('"天津市" "天津"', '"青松"')
    rows = store.query(query).rows
    assert {row[1] for row in rows} == {"青松虚构科技有限公司", "青松"}
    assert {row[3] for row in rows} == {"2"}


@pytest.mark.parametrize(
    ("word", "found"), [("京津冀", 1), ("天津市", 1), ("天津", 1), ("华东", 0), ("河北省", 0), ("北方", 0)]
)
def test_regions_know_their_hierarchy(store: GraphStore, word: str, found: int) -> None:
    rows = store.query(read_query("enterprises_in_region").replace("华北", word)).rows
    assert len(rows) == found


@pytest.mark.parametrize(("code", "places"), [("130500", ["邢台市"]), ("130000", ["河北省"]), ("330000", []), ("", [])])
def test_an_enterprise_of_which_no_report_says_where_it_is_has_the_division_of_its_name(
    tmp_path: Path, code: str, places: list[str]
) -> None:
    record = sample_record()
    entities = tuple(
        replace(e, codes={"gbt2260": code} if code else {}) if e.type == "Enterprise" else e
        for e in record.extraction.entities
    )
    extraction = replace(record.extraction, entities=entities, statements=())
    store = GraphStore(tmp_path)
    store.replace_report(replace(record, extraction=extraction))
    rows = store.query(read_query("enterprises_in_region")).rows
    store.close()
    assert [row[2] for row in rows] == places
