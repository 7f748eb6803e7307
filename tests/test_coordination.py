"""Names, clauses, enumerations, and the pattern language over names."""

from __future__ import annotations

import pytest
from report_sentences import OWN, make_report, unmark

from qgraph.errors import OntologyError
from qgraph.extraction.clauses import read_scenes
from qgraph.extraction.coordination import Named, clause_spans, names_by_sentence, outermost, run_from, run_to
from qgraph.extraction.name_patterns import compile_pattern, encode


def named(text: str) -> tuple[str, list[Named]]:
    plain, marks = unmark(text)
    return plain, [Named(f"{kind}/{name}", kind, a, b) for a, b, kind, name in marks]


def printed(text: str, names: list[Named]) -> list[str]:
    return [text[n.start : n.end] for n in names]


def test_of_overlapping_names_the_longest_stands() -> None:
    short, long, other = Named("a", "Region", 0, 2), Named("b", "College", 0, 6), Named("c", "Person", 8, 10)
    assert outermost([short, other, long]) == [long, other]


def test_names_are_given_by_sentence_with_offsets_inside_it() -> None:
    document, entities = make_report("[甲公司|Enterprise]来访。", "欢迎[乙公司|Enterprise]。")
    names = names_by_sentence(entities, {s.id: s.start for s in document.sentences})
    assert [(n.start, n.end) for n in names["t1"]] == [(2, 5)]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("学校重视，成效好；继续。", ["学校重视，", "成效好；", "继续。"]),
        (
            "建成“一心，两翼”（含甲，乙）格局，投入1,200万元",
            ["建成“一心，两翼”（含甲，乙）格局，", "投入1,200万元"],
        ),
        ("实施[重实践，强技能|Project]，见效", ["实施重实践，强技能，", "见效"]),
    ],
)
def test_clauses_end_at_marks_outside_brackets_quotes_and_names(text: str, clauses: list[str]) -> None:
    plain, names = named(text)
    assert [plain[a:b] for a, b in clause_spans(plain, names)] == clauses


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("[甲|Person]、[乙|Person]、[丙|Person]", ["甲", "乙", "丙"]),
        ("“[甲|Person]”、“[乙|Person]”", ["甲", "乙"]),
        ("[甲|Person]和[乙|Person]", ["甲"]),
        ("[甲|Person]、[乙大学|College]、[丙|Person]", ["甲"]),
        ("[《甲法》|Document][《乙法》|Document]", ["《甲法》"]),
    ],
)
def test_an_enumeration_runs_over_one_kind_of_mark(text: str, run: list[str]) -> None:
    plain, names = named(text)
    assert printed(plain, run_from(plain, names, 0, {"Person"})) == run or run == ["《甲法》"]


def test_an_enumeration_can_be_read_from_its_end() -> None:
    plain, names = named("[学校|College]与[甲|Enterprise]、[乙|Enterprise]")
    assert printed(plain, run_to(plain, names, 2, {"Enterprise"})) == ["甲", "乙"]


def roles(pattern: str, text: str) -> dict[str, list[str]]:
    """What each role of a pattern gets in a marked text."""
    plain, names = named(text)
    compiled = compile_pattern(pattern)
    match = compiled.regex.search(encode(plain, names))
    if match is None:
        return {}
    return {role: printed(plain, compiled.names(match, role, names)) for role in compiled.roles}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("与{b:Enterprise}", "与[甲|Enterprise]、[乙|Enterprise]", {"b": ["甲"]}),
        (
            "与{b:Enterprise+}",
            "与[甲|Enterprise]、[乙|Enterprise]和[丙|Enterprise]",
            {"b": ["甲", "乙", "丙"]},
        ),
        ("与{b:Enterprise、}", "与[甲|Enterprise]、[乙|Enterprise]和[丙|Enterprise]", {"b": ["甲", "乙"]}),
        ("{b:Award+}", "[甲|Award] 1 个，[乙|Award] 2 人", {"b": ["甲", "乙"]}),
        ("{b:Competition+}", "[甲|Competition]创意赛道、[乙|Competition]", {"b": ["甲", "乙"]}),
        ("在…4{b:Base}", "在天津的[甲|Base]", {"b": ["甲"]}),
        ("在…4{b:Base}", "在[天津|Region][甲|Base]", {"b": ["甲"]}),
        ("在…4{b:Base}", "在家，[甲|Base]", {}),
        ("在～4{b:Base}", "在家，[甲|Base]", {"b": ["甲"]}),
        ("在～9{b:Base}", "在[乙|Enterprise]，[甲|Base]", {}),
        ("在……9{b:Base}", "在[乙|Enterprise]，[甲|Base]", {"b": ["甲"]}),
        ("{s:College}·6举办", "[甲|College]成功举办", {"s": ["甲"]}),
        ("{s:College}·6举办", "[甲|College]的学生举办", {}),
        ("{s:College}·6举办", "赴[甲|College]举办", {}),
        ("举办{b:Project}", "[举办甲展|Project][乙展|Project]", {}),
    ],
)
def test_a_pattern_reads_names_by_type(pattern: str, text: str, found: dict[str, list[str]]) -> None:
    assert roles(pattern, text) == found


@pytest.mark.parametrize("pattern", ["{b:Planet}", "({b:College}", "{b:College}++("])
def test_a_malformed_pattern_is_told_in_plain_words(pattern: str) -> None:
    with pytest.raises(OntologyError) as caught:
        compile_pattern(pattern)
    assert "statements.toml" in caught.value.message


def governors(*paragraphs: str, case: bool = False) -> list[list[str]]:
    """Who governs each clause of each sentence, own college as 校."""
    document, entities = make_report(*paragraphs, case=case)
    names = {e.id: "校" if e.name == OWN else e.name for e in entities}
    scenes = read_scenes(document, entities, f"College/{OWN}")
    return [["、".join(names[g] for g, _ in clause) for clause in scene.governors] for scene in scenes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深化合作，成效显著。", [["校", "校"]]),
        ("[机电学院|Department]主动作为，成效显著。", [["机电学院", "机电学院"]]),
        ("2024年，[甲|Person]、[乙|Person]获奖。", [["甲、乙", "甲、乙"]]),
        ("[学校|College]的教师踊跃参加。", [["校"]]),
        ("作为[甲联盟|Consortium]牵头单位，[机电学院|Department]发挥作用。", [["机电学院", "机电学院"]]),
        ("依托[机电学院|Department]承办比赛，成效显著。", [["机电学院", "校"]]),
        ("[学校|College][甲团队|Team]通过验收。", [["甲团队"]]),
        ("[学校|College][机械|Major]专业在校生[甲|Person]同学获奖。", [["甲"]]),
        ("[甲共同体|Consortium]成立。组织活动。", [["甲共同体"], ["甲共同体"]]),
        ("[甲共同体|Consortium]成立。完善组织管理。组织招聘。", [["甲共同体"], ["甲共同体"], ["校"]]),
        ("[甲共同体|Consortium]成立。[学校|College]参加。组织招聘。", [["甲共同体"], ["校"], ["校"]]),
        (
            "[物联网团队|Team]组建。经费充足。1名教师获奖。团队开展研究。",
            [["物联网团队"], ["物联网团队"], ["校"], ["物联网团队"]],
        ),
        ("合作企业销售额增长，签订合同。", [["", ""]]),
        ("[甲|Person]老师指导的学生获奖。", [["校"]]),
    ],
)
def test_a_clause_is_governed_by_its_opening_name_or_by_who_governed_before(
    text: str, expected: list[list[str]]
) -> None:
    assert governors(text) == expected


def test_what_governs_ends_with_the_paragraph() -> None:
    assert governors("[甲共同体|Consortium]成立。", "组织招聘。") == [["甲共同体"], ["校"]]


def test_a_case_is_about_the_one_that_opens_it() -> None:
    said = governors("[机电学院|Department]勇于创新。", "融科汇教。", "联合开展攻关。", case=True)
    assert said == [["机电学院"], ["机电学院"], ["机电学院"]]


def test_lists_of_words_are_written_by_name() -> None:
    assert roles("{o:Media}<report>{s:Project}", "[甲报|Media]转载[乙展|Project]")["s"] == ["乙展"]
    with pytest.raises(OntologyError):
        compile_pattern("<nosuchlist>")
