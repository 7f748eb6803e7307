"""The lexicons: complete, free of contradictions, and linked to codes that exist."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from qgraph.divisions import code_in_name, divisions, lineage, resolve
from qgraph.language.ending_rules import boundary, ending_rules
from qgraph.ontology import read_lexicon, split_aliases

LEXICONS = (
    "countries",
    "courses",
    "departments",
    "enterprises",
    "government",
    "majors",
    "media",
    "persons",
    "programmes",
    "region_groups",
    "regions",
    "titles",
    "universities",
    "world_cities",
)


@pytest.mark.parametrize("lexicon", LEXICONS)
def test_lexicon_rows_are_not_repeated(lexicon: str) -> None:
    rows = [tuple(row.values()) for row in read_lexicon(lexicon)]
    assert rows and len(rows) == len(set(rows))


@pytest.mark.parametrize("lexicon", [x for x in LEXICONS if x not in ("regions", "titles", "majors")])
def test_lexicon_names_are_given_once(lexicon: str) -> None:
    counts = Counter(row["name"] for row in read_lexicon(lexicon))
    assert [name for name, n in counts.items() if n > 1] == []


def test_lexicon_countries_have_iso_codes() -> None:
    codes = {row["name"]: row["alpha2"] for row in read_lexicon("countries")}
    assert len(codes) > 190 and codes["哈萨克斯坦"] == "KZ" and codes["中国"] == "CN"
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes.values())


def test_lexicon_regions_have_their_parents() -> None:
    rows = {row["code"]: row for row in read_lexicon("regions")}
    assert sum(row["level"] == "province" for row in rows.values()) == 34
    for row in rows.values():
        assert re.fullmatch(r"\d{6}", row["code"])
        assert row["level"] == "province" or row["parent"] in rows, row


def test_lexicon_region_groups_name_regions() -> None:
    codes = {row["code"] for row in read_lexicon("regions")}
    for row in read_lexicon("region_groups"):
        assert set(split_aliases(row["members"])) <= codes, row["name"]


def test_lexicon_majors_carry_catalogue_codes() -> None:
    codes = {row["name"]: row["code"] for row in read_lexicon("majors") if row["code"]}
    assert len(codes) > 700 and len(set(codes.values())) == len(codes)
    assert codes["眼视光技术"] == "520901" and codes["无人机应用技术"] == "460609"


def test_lexicon_regional_bodies_are_templates() -> None:
    for row in read_lexicon("government"):
        assert ("{region}" in row["name"]) == (row["level"] == "regional"), row["name"]


def test_lexicon_world_cities_lie_in_known_countries() -> None:
    codes = {row["alpha2"] for row in read_lexicon("countries")}
    assert {row["country"] for row in read_lexicon("world_cities")} <= codes


def test_pattern_words_of_boundaries_do_not_contradict() -> None:
    bounds = boundary()
    assert not bounds.stops & frozenset(bounds.whole)
    assert len(ending_rules()) > 15 and all(rule.least >= 1 for rule in ending_rules())


@pytest.mark.parametrize(
    ("names", "near", "code"),
    [
        (["河南", "南阳", "淅川县"], "120000", "411326"),
        (["和平区"], "120000", "120101"),
        (["和平区"], "210100", "210102"),
        (["和平区"], "", ""),
        (["凉山州"], "", "513400"),
        (["没有的地方"], "", ""),
    ],
)
def test_divisions_are_found_by_the_places_around_them(names: list[str], near: str, code: str) -> None:
    found = resolve(names, near)
    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("天津市星湖电子技术有限公司", "120000"),
        ("星湖精密电子（天津）有限公司", "120000"),
        ("邢台市星湖养老服务有限公司", "130500"),
        ("天津香格里拉大酒店", "120000"),
        ("阿里巴巴集团", ""),
        ("哈尔滨工业大学", "230000"),
        ("中国眼镜协会", ""),
    ],
)
def test_divisions_in_names_of_organisations(name: str, code: str) -> None:
    assert code_in_name(name, "120000") == code


def test_divisions_lead_up_to_the_province() -> None:
    assert lineage("411326") == ("411326", "411300", "410000")
    assert {d.level for d in divisions()["天津"]} == {"province"}
