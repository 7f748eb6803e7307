"""The language layer: words, names of the lexicons, names by their endings, the recogniser, exact offsets."""

from __future__ import annotations

import pytest

from qgraph.language import NameSpan, add_spans, load_pipeline, names_of, parse, read_blocks
from qgraph.language.gazetteer import find_names
from qgraph.language.lac import model
from qgraph.records import Document


def spans(text: str, source: str, label: str = "") -> list[str]:
    """Texts of the spans of one source (and label) that the pipeline finds."""
    doc = load_pipeline()(text)
    return [text[s.start : s.end] for s in names_of(doc) if s.source == source and label in ("", s.label)]


def test_pipeline_has_its_components_in_order() -> None:
    names = load_pipeline().pipe_names
    assert names[:3] == ["lac", "gazetteer", "endings"]


def test_pipeline_is_made_once() -> None:
    assert load_pipeline() is load_pipeline()


def test_pipeline_keeps_words_of_the_field_whole() -> None:
    words = [token.text for token in load_pipeline().make_doc("学校与云岭企业共建安宁产业学院")]
    assert "共建" in words


def test_pipeline_is_deterministic() -> None:
    text = "云岭职业学院与星河装备有限公司共建星河产业学院，张小禾老师参加第三届云岭杯技能大赛。"
    first, second = (names_of(load_pipeline()(text)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("text", "label", "name", "found"),
    [
        ("来自哈萨克斯坦的留学生", "Country", "哈萨克斯坦", "哈萨克斯坦"),
        ("与哈工大的选手同场竞技", "College", "哈尔滨工业大学", "哈工大"),
        ("按照教育部职成司的要求", "GovernmentBody", "教育部职业教育与成人教育司", "教育部职成司"),
        ("被新华社报道", "Media", "新华通讯社", "新华社"),
        ("推进“双高”计划", "Project", "“双高计划”", "“双高”计划"),
        ("ｈuawei之外，华为也参加", "Enterprise", "华为技术有限公司", "华为"),
        ("赴湖北省武汉市", "Region", "湖北省", "湖北省"),
        ("Festo公司", "Enterprise", "费斯托", "Festo"),
    ],
)
def test_gazetteer_finds_names_whatever_their_width_and_quotes(text: str, label: str, name: str, found: str) -> None:
    hits = [(text[a:b], e.label, e.name) for a, b, e in find_names(text)]
    assert (found, label, name) in hits


@pytest.mark.parametrize("text", ["提高学校办学水平", "教学管理部门依据数据进行反馈"])
def test_gazetteer_leaves_parts_of_other_words(text: str) -> None:
    assert spans(text, "lexicon", "Department") == []


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("学校推进与云岭星河装备制造有限公司的合作。", "Enterprise", "云岭星河装备制造有限公司"),
        ("与西岭联合控股有限公司共建实训中心", "Enterprise", "西岭联合控股有限公司"),
        ("在智能制造方面深度融合。汽车工程学院通过验收", "College", "汽车工程学院"),
        ("依托机电工程与自动化学院承办比赛", "College", "机电工程与自动化学院"),
        ("推进云岭航空产业学院建设", "IndustryCollege", "云岭航空产业学院"),
        ("牵头组建全国智能控制行业产教融合共同体", "Consortium", "全国智能控制行业产教融合共同体"),
        ("荣获第三届“云岭杯”大学生创业大赛金奖", "Competition", "第三届“云岭杯”大学生创业大赛"),
        ("获2031年全国乡村振兴职业技能大赛金奖1项", "Competition", "2031年全国乡村振兴职业技能大赛"),
        ("在第23届云岭大学生游泳锦标赛（北方赛区）中", "Competition", "第23届云岭大学生游泳锦标赛（北方赛区）"),
        ("获批国家级职业学校校长培训基地、平台建设", "Base", "国家级职业学校校长培训基地"),
        ("以李小山国家级技能大师工作室为平台", "Base", "李小山国家级技能大师工作室"),
        ("召开数字赋能职业教育协同发展研讨会", "Project", "数字赋能职业教育协同发展研讨会"),
        ("举办云岭竹编课程标准开发专题培训班，培训教师", "Project", "云岭竹编课程标准开发专题培训班"),
        ("举办云岭名师研修班、竹编匠人能力提升培训班（云岭）等项目", "Project", "竹编匠人能力提升培训班（云岭）"),
        ("举办“强基固本，凝心聚力”书记、委员专题培训班", "Project", "“强基固本，凝心聚力”书记、委员专题培训班"),
        ("与云岭技师学院开展竹编技艺师资培训，效果良好", "Project", "竹编技艺师资培训"),
        ("完成智能制造产教融合大楼室外绿化工程", "Project", "智能制造产教融合大楼室外绿化工程"),
        ("双双入选2031年省级财政衔接推进山村振兴补助资金项目", "Project", "2031年省级财政衔接推进山村振兴补助资金项目"),
        ("召开2031年度全面从严治党工作会议暨警示教育大会", "Project", "2031年度全面从严治党工作会议暨警示教育大会"),
        ("召开四届“云岭职业教育论坛”", "Project", "云岭职业教育论坛"),
        ("学习贯彻党的二十大精神专题培训班等活动", "Project", "学习贯彻党的二十大精神专题培训班"),
        (
            "举办学习贯彻省教育大会精神、全国教育大会精神读书班",
            "Project",
            "学习贯彻省教育大会精神、全国教育大会精神读书班",
        ),
        ("参加优秀教师代表“云岭师魂”2031年巡回宣讲", "Project", "“云岭师魂”2031年巡回宣讲"),
        ("依托云岭国旗护卫队开展教育", "Team", "云岭国旗护卫队"),
        ("面向现代服务业，构建现代服务业专业集群：", "Major", "现代服务业专业集群"),
        ("赴云岭高新技术产业开发区调研", "Region", "云岭高新技术产业开发区"),
        ("被云岭日报报道", "Media", "云岭日报"),
    ],
)
def test_endings_read_the_whole_name_and_no_more(text: str, label: str, expected: str) -> None:
    assert expected in spans(text, "ending", label)


@pytest.mark.parametrize(
    "text",
    [
        "开展校企合作，引入知名企业集团",
        "学生参加各级各类技能大赛和创新创业大赛",
        "建设校内实训基地和就业创业服务平台",
        "加强二级学院管理，发挥产业学院作用",
        "组建跨专业教学团队，开展教师培训",
        "为天津大学生提供岗位",
        "构建人类命运共同体",
    ],
)
def test_endings_leave_general_words(text: str) -> None:
    assert spans(text, "ending") == []


def test_recogniser_finds_persons_places_and_organisations() -> None:
    found = {(s.label) for s in names_of(load_pipeline()("李建国在北京市参加中国职业技术教育学会年会。"))}
    assert {"PER", "LOC", "ORG"} <= found


def test_recogniser_reads_the_same_in_batches() -> None:
    sentences = ["学校召开大会。", "学校开展活动。", "张三在北京市工作", "", "李四去上海市参加技能大赛，获得金奖。"]
    single = [model().run(s) if s else [] for s in sentences]
    assert model().run_batch(sentences) == single


def test_spans_cut_words_so_that_offsets_are_exact() -> None:
    doc = load_pipeline().make_doc("天津市职业大学")
    add_spans(doc, "test", [NameSpan(1, 4, "X", "name", "src")])
    assert [(s.start, s.end, s.label, s.name, s.source) for s in names_of(doc, "test")] == [(1, 4, "X", "name", "src")]


def test_spans_of_other_groups_survive_cutting() -> None:
    doc = load_pipeline().make_doc("天津市职业大学与企业合作")
    add_spans(doc, "one", [NameSpan(0, 7, "A")])
    add_spans(doc, "two", [NameSpan(2, 5, "B")])
    assert [(s.start, s.end) for s in names_of(doc, "one")] == [(0, 7)]


def test_parse_gives_one_doc_a_block_with_its_offset(document: Document) -> None:
    docs = parse(document)
    kinds = {doc._.kind for doc in docs}
    assert {"text", "heading", "caption", "case_title", "row", "title"} <= kinds
    for doc in docs:
        assert document.text[doc._.offset : doc._.offset + len(doc.text)] == doc.text
    starts = [doc._.offset for doc in docs]
    assert starts == sorted(starts)


def test_blocks_carry_what_the_docs_hold(document: Document) -> None:
    docs = parse(document)[:40]
    for doc, block in zip(docs, read_blocks(docs), strict=True):
        assert block.text == doc.text and block.offset == doc._.offset
        assert len(block.spans) == len(doc.spans["names"])
