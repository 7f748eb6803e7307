"""Statements from sentences, tables and names; sentences are made up, names marked by type."""

from __future__ import annotations

import pytest
from report_sentences import make_report, said

from qgraph.extraction.statements import extract_statements
from qgraph.records import Document, Extraction


def check(text: str, *expected: str) -> None:
    assert said(*text.split("\n")) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[学校|College]与[甲公司|Enterprise]、[乙集团|Enterprise]等企业共建[丙产业学院|IndustryCollege]。",
            ["校 coBuilds 丙产业学院", "甲公司 coBuilds 丙产业学院", "乙集团 coBuilds 丙产业学院",
             "校 cooperatesWith 甲公司", "校 cooperatesWith 乙集团"],
        ),
        (
            "深化合作，与[甲公司|Enterprise]签订战略协议，共建[丙基地|Base]。",
            ["校 coBuilds 丙基地", "甲公司 coBuilds 丙基地", "校 cooperatesWith 甲公司"],
        ),
        (
            "与[甲公司|Enterprise]、[乙公司|Enterprise]分别共建[丙学院|IndustryCollege]、[丁学院|IndustryCollege]。",
            ["校 coBuilds 丙学院", "校 coBuilds 丁学院", "甲公司 coBuilds 丙学院", "乙公司 coBuilds 丁学院",
             "校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"],
        ),
        (
            "推进[甲公司|Enterprise]与[学校|College]共同打造[丙国鲁班工坊|Project]。",
            ["校 coBuilds 丙国鲁班工坊", "甲公司 coBuilds 丙国鲁班工坊", "校 cooperatesWith 甲公司"],
        ),
        (
            "[丙学院|IndustryCollege]以[学校|College]和[甲集团|Enterprise]为运营主体。",
            ["校 coBuilds 丙学院", "甲集团 coBuilds 丙学院", "校 cooperatesWith 甲集团"],
        ),
        ("推进[丙学院|IndustryCollege]、[丁学院|IndustryCollege]等产业学院建设。",
         ["校 coBuilds 丙学院", "校 coBuilds 丁学院"]),
        ("[甲公司|Enterprise]与[学校|College]联合攻关。", ["校 cooperatesWith 甲公司"]),
        ("对口支援[甲职院|College]，联合[乙大学|College]开展研究。",
         ["校 cooperatesWith 甲职院", "校 cooperatesWith 乙大学"]),
        ("建设[甲公司|Enterprise]、[乙公司|Enterprise]等企业技术培训中心。",
         ["校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"]),
        ("与[甲公司|Enterprise]等传统企业和[乙公司|Enterprise]等新兴企业深度合作。",
         ["校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"]),
        ("与[甲大学|College]、[乙大学|College]的选手同台竞技。", []),
        ("[学校|College]参与[甲大学|College]组织的调研。", []),
        ("合作企业与[甲大学|College]签订协议。", []),
        ("共建“一带一路”，推进共建共享。", []),
    ],
)  # fmt: skip
def test_partners_and_what_is_built_with_them(text: str, expected: list[str]) -> None:
    check(text, *expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[学校|College]牵头组建[甲共同体|Consortium]。", ["校 leads 甲共同体"]),
        ("[学校|College]是[甲联盟|Consortium]理事长单位。", ["校 leads 甲联盟"]),
        ("[学校|College]作为[甲联盟|Consortium]副理事长单位发挥作用。",
         ["校 participatesIn 甲联盟 role=副理事长单位"]),
        ("[学校|College]党委书记[王某|Person]带队调研。", ["王某 leads 校", "王某 partOf 校"]),
        ("[物联团队|Team]通过验收，团队负责人[张某|Person]教授介绍经验。",
         ["张某 leads 物联团队", "物联团队 partOf 校"]),
        ("牵头建设2个行业产教融合共同体。[甲行业产教融合共同体|Consortium]、[乙行业产教融合共同体|Consortium]运行良好。",
         ["校 leads 甲行业产教融合共同体", "校 leads 乙行业产教融合共同体"]),
        ("牵头建设3个行业产教融合共同体。[甲行业产教融合共同体|Consortium]、[乙行业产教融合共同体|Consortium]运行良好。",
         []),
    ],
)  # fmt: skip
def test_who_leads(text: str, expected: list[str]) -> None:
    check(text, *expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("承办[市人社局|GovernmentBody]主办的[甲大赛|Competition]。",
         ["校 hosts 甲大赛 role=承办", "市人社局 hosts 甲大赛 role=主办"]),
        ("由[市教委|GovernmentBody]主办、[学校|College]承办的[甲大赛|Competition]落幕。",
         ["校 hosts 甲大赛 role=承办", "市教委 hosts 甲大赛 role=主办"]),
        ("依托[机电学院|Department]举办[甲大赛|Competition]。",
         ["机电学院 hosts 甲大赛 role=举办", "机电学院 partOf 校"]),
        ("[张某|Person]参加[省委宣传部|GovernmentBody]开展的[甲宣讲|Project]。",
         ["张某 participatesIn 甲宣讲", "省委宣传部 hosts 甲宣讲 role=开展"]),
        ("与[甲学会|Association]共同举办[乙展览|Project]。",
         ["校 hosts 乙展览 role=举办", "甲学会 hosts 乙展览 role=举办", "校 cooperatesWith 甲学会"]),
        ("赴[甲公司|Enterprise]开展[乙活动|Project]。", ["校 hosts 乙活动", "乙活动 heldAt 甲公司"]),
        ("相关项目在同期举办的[甲交流会|Project]上参展。", []),
        ("[甲共同体|Consortium]组织[丙公司|Enterprise]、[丁大学|College]等5家单位梳理需求。",
         ["丙公司 participatesIn 甲共同体", "丁大学 participatesIn 甲共同体"]),
        ("获批[教育部|GovernmentBody][甲项目|Project]。", ["校 participatesIn 甲项目", "甲项目 issuedBy 教育部"]),
        ("依托[甲中心|Base]，承办[乙大赛|Competition]。", ["校 hosts 乙大赛 role=承办", "乙大赛 heldAt 甲中心"]),
        ("[甲论坛|Project]在[乙市|Region]成功举办。", ["甲论坛 heldAt 乙市"]),
    ],
)  # fmt: skip
def test_hosting_and_taking_part(text: str, expected: list[str]) -> None:
    check(text, *expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("面向[甲公司|Enterprise]、[乙公司|Enterprise]等企业开展员工培训。",
         ["校 trainsFor 甲公司", "校 trainsFor 乙公司"]),
        ("受[甲协会|Association]委托开展培训。", ["校 trainsFor 甲协会"]),
        ("2023届毕业生签约企业中，既有[甲公司|Enterprise]等国企，又有[乙公司|Enterprise]等民企。",
         ["甲公司 employsGraduates 校 cohort=2023届", "乙公司 employsGraduates 校 cohort=2023届"]),
        ("出台[《甲办法》|Document]，落实[教育部|GovernmentBody][《乙意见》|Document]。",
         ["《甲办法》 issuedBy 校", "《乙意见》 issuedBy 教育部"]),
        ("制定[《甲办法》|Document]。[省教育厅|GovernmentBody]印发的[《甲办法》|Document]已实施。",
         ["《甲办法》 issuedBy 省教育厅"]),
        ("学习贯彻[《甲法》|Document]。", []),
        ("[甲项目|Project]、[乙学院|IndustryCollege]等受到[丙报|Media]、[丁台|Media]等媒体报道10余次。",
         ["甲项目 reportedBy 丙报", "甲项目 reportedBy 丁台", "乙学院 reportedBy 丙报", "乙学院 reportedBy 丁台"]),
        ("[甲论坛|Project]开幕。该活动被[丙报|Media]报道，同时[丁网|Media]进行了转载。",
         ["甲论坛 reportedBy 丙报", "甲论坛 reportedBy 丁网"]),
        ("该活动被[丙报|Media]报道。", []),
        ("[丙台|Media]对此作了专题报道。", ["校 reportedBy 丙台"]),
        ("[甲培训|Project]开班，31名来自[乙国|Country]、[丙国|Country]的留学生参加。",
         ["甲培训 partnersCountry 乙国", "甲培训 partnersCountry 丙国"]),
        ("招收[乙国|Country]留学生32人。", []),
        ("构建[制造集群|Major]：对接产业，打造[甲专业群|Major]、[乙专业群|Major]两大专业群。",
         ["甲专业群 partOf 制造集群", "乙专业群 partOf 制造集群"]),
        ("[丁基地|Base]打造包括[甲车间|Base]、某产线、[丙中心|Base]在内的实践中心。",
         ["甲车间 partOf 丁基地", "丙中心 partOf 丁基地"]),
        ("[甲研究|Project]被立项为[乙专项|Project]。", ["甲研究 partOf 乙专项"]),
    ],
)  # fmt: skip
def test_training_documents_media_places_and_parts(text: str, expected: list[str]) -> None:
    check(text, *expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲大赛|Competition]市赛金奖5项、银奖1项，国赛铜奖4项。",
         ["校 wins 甲大赛 count=5 grade=金奖 level=市赛", "校 wins 甲大赛 count=1 grade=银奖 level=市赛",
          "校 wins 甲大赛 count=4 grade=铜奖 level=国赛"]),
        ("在[甲大赛|Competition]中获国家级奖项26项，其中一等奖8项、二等奖6项。",
         ["校 wins 甲大赛 count=8 grade=一等奖 level=国家级", "校 wins 甲大赛 count=6 grade=二等奖 level=国家级"]),
        ("在[甲大赛|Competition]、[乙竞赛|Competition]等比赛中获奖26项，其中一等奖8项。", []),
        ("在[甲大赛|Competition]中获二等奖、三等奖各1项。",
         ["校 wins 甲大赛 count=1 grade=二等奖", "校 wins 甲大赛 count=1 grade=三等奖"]),
        ("在[甲大赛|Competition]中取得1金3铜。",
         ["校 wins 甲大赛 count=1 grade=金牌", "校 wins 甲大赛 count=3 grade=铜牌"]),
        ("荣获[甲大赛|Competition]二等奖1项，某微视频大赛中斩获三等奖4项。", ["校 wins 甲大赛 count=1 grade=二等奖"]),
        ("[大学生星火大赛选拔赛|Competition]参赛踊跃。经国赛角逐，获得国赛银奖1项。[大学生星火大赛|Competition]影响大。",
         ["校 wins 大学生星火大赛 count=1 grade=银奖 level=国赛"]),
        ("[张某|Person]同学在[甲大赛|Competition]中获得特等奖。", ["张某 wins 甲大赛 grade=特等奖"]),
        ("[张某|Person]老师指导的学生在[甲大赛|Competition]中获一等奖。", ["校 wins 甲大赛 grade=一等奖"]),
        ("获评[先进集体|Award]1个，[优秀教师|Award]2人；[技术能手|Award]1人。",
         ["校 wins 先进集体 count=1", "校 wins 优秀教师 count=2", "校 wins 技术能手 count=1"]),
        ("6本教材被评为[国家规划教材|Award]。", ["校 wins 国家规划教材 count=6 level=国家级"]),
        ("[张甲|Person]、[李乙|Person]分别获评[优秀教师|Award]、[教学名师|Award]。",
         ["张甲 wins 优秀教师", "李乙 wins 教学名师"]),
        ("2名干部分别荣获[最美援建人|Award]和[优秀党员|Award]称号。",
         ["校 wins 最美援建人 count=1", "校 wins 优秀党员 count=1"]),
        ("获[国家教学成果一等奖|Award]1项、二等奖3项。",
         ["校 wins 国家教学成果一等奖 count=1 grade=一等奖 level=国家级",
          "校 wins 国家教学成果一等奖 count=3 grade=二等奖 level=国家级"]),
        ("[学校|College]被[教育部|GovernmentBody]、[甲协会|Association]授予[文明校园|Award]称号。",
         ["校 wins 文明校园", "文明校园 issuedBy 教育部", "文明校园 issuedBy 甲协会"]),
        ("2023年，[甲专业|Major]、[乙专业|Major]2个专业获批[示范专业|Award]。",
         ["甲专业 wins 示范专业 year=2023", "乙专业 wins 示范专业 year=2023"]),
        ("以优秀等次通过[教育部|GovernmentBody][甲计划|Project]建设验收。",
         ["校 wins 甲计划 grade=优秀", "甲计划 issuedBy 教育部"]),
        ("获批[甲培训基地|Base]、[乙培养基地|Base]。", ["校 wins 甲培训基地", "校 wins 乙培养基地"]),
    ],
)  # fmt: skip
def test_awards_keep_level_grade_and_count_in_their_scope(text: str, expected: list[str]) -> None:
    check(text, *expected)


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (
            ["级别", "大赛名称", "一等奖（金奖）", "二等奖"],
            ["国家级（3项）|[甲大赛|Competition]|2|0", "^|[乙竞赛|Competition]|0|1", "^|小计|2|1"],
            ["校 wins 甲大赛 count=2 grade=一等奖 level=国家级", "校 wins 乙竞赛 count=1 grade=二等奖 level=国家级"],
        ),
        (
            ["奖项名称", "获奖级别", "获奖等级", "获奖数量"],
            ["[甲大赛|Competition]|省级|金奖|4", "^|^|银奖|17"],
            ["校 wins 甲大赛 count=4 grade=金奖 level=省级", "校 wins 甲大赛 count=17 grade=银奖 level=省级"],
        ),
        (
            ["序号", "竞赛名称", "获奖学生", "奖次"],
            ["1|2023年[甲大赛|Competition=2023年甲大赛]|[张某|Person]、[李某|Person]|省级二等奖"],
            ["张某 wins 2023年甲大赛 grade=二等奖 year=2023", "李某 wins 2023年甲大赛 grade=二等奖 year=2023"],
        ),
        (
            ["荣誉称号", "授予单位", "年度"],
            ["[文明校园|Award]|[省教育厅|GovernmentBody]|2023年"],
            ["校 wins 文明校园 year=2023", "文明校园 issuedBy 省教育厅"],
        ),
        (
            ["产业学院名称", "合作企业"],
            ["[甲产业学院|IndustryCollege]|[乙公司|Enterprise]、[丙公司|Enterprise]"],
            ["校 coBuilds 甲产业学院", "乙公司 coBuilds 甲产业学院", "丙公司 coBuilds 甲产业学院",
             "校 cooperatesWith 乙公司", "校 cooperatesWith 丙公司"],
        ),
        (
            ["专业群名称", "对接产业", "核心专业"],
            ["[甲专业群|Major]|制造业|[乙技术|Major]"],
            ["乙技术 partOf 甲专业群"],
        ),
        (["指标", "2022年"], ["[甲大赛|Competition]报名人数|30"], []),
    ],
)  # fmt: skip
def test_tables_are_read_by_their_headings(heads: list[str], rows: list[str], expected: list[str]) -> None:
    assert said(heads=heads, rows=rows) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[丁科技产业学院|IndustryCollege]招生。[丁科技有限公司|Enterprise]投资。",
         ["校 coBuilds 丁科技产业学院", "丁科技有限公司 coBuilds 丁科技产业学院", "校 cooperatesWith 丁科技有限公司"]),
        ("[甲大学化工学院|College]来访，[甲大学|College]支持。", ["甲大学化工学院 partOf 甲大学"]),
        ("[《教育部财政部关于甲的意见》|Document]发布。[教育部|GovernmentBody]、[财政部|GovernmentBody]重视。",
         ["《教育部财政部关于甲的意见》 issuedBy 教育部", "《教育部财政部关于甲的意见》 issuedBy 财政部"]),
        ("[丙国鲁班工坊|Project]揭牌，[丙国|Country]官员出席。", ["丙国鲁班工坊 partnersCountry 丙国"]),
        ("[张某工作室|Base]成立，[张某|Person]出席。", ["张某 leads 张某工作室"]),
        ("[云海甲机械公司|Enterprise]位于[云海|Region]。",
         ["云海甲机械公司 locatedIn 云海"]),
    ],
)  # fmt: skip
def test_names_inside_names(text: str, expected: list[str]) -> None:
    check(text, *expected)


def test_the_subject_is_carried_until_a_heading_inside_the_text_or_a_new_paragraph() -> None:
    check(
        "[甲共同体|Consortium]举办[乙论坛|Project]。承办[丙会议|Project]。搭建平台。承办[丁会议|Project]。\n"
        "承办[戊会议|Project]。",
        "甲共同体 hosts 乙论坛 role=举办",
        "甲共同体 hosts 丙会议 role=承办",
        "校 hosts 丁会议 role=承办",
        "校 hosts 戊会议 role=承办",
    )


def test_in_a_case_the_department_that_opens_it_is_the_subject() -> None:
    found = said("[机电学院|Department]勇于创新。", "与[甲公司|Enterprise]共建[乙中心|Base]。", case=True)
    assert "机电学院 coBuilds 乙中心" in found and "校 coBuilds 乙中心" not in found


def test_a_symmetric_relation_is_written_once_in_a_sentence() -> None:
    check(
        "[学校|College]与[甲公司|Enterprise]合作，[甲公司|Enterprise]与[学校|College]共育人才。",
        "校 cooperatesWith 甲公司",
    )


def test_understood_subjects_lower_the_confidence() -> None:
    document, entities = make_report(
        "[学校|College]牵头组建[甲联盟|Consortium]。", "牵头组建[乙联盟|Consortium]。"
    )
    assert [s.confidence for s in extract_statements(document, entities)] == [1.0, 0.9]


def test_evidence_is_the_stretch_that_says_it() -> None:
    document, entities = make_report("2023年，[学校|College]与[甲公司|Enterprise]深度合作，育人成效显著。")
    (statement,) = extract_statements(document, entities)
    assert document.text[statement.evidence.start : statement.evidence.end] == "学校与甲公司深度合作"


def test_statements_of_the_real_report_have_exact_evidence(
    document: Document, extraction: Extraction
) -> None:
    known = {e.id for e in extraction.entities}
    assert len(extraction.statements) > 300
    for statement in extraction.statements:
        sentence = document.sentence_by_id[statement.evidence.sentence]
        assert sentence.start <= statement.evidence.start < statement.evidence.end <= sentence.end
        assert {statement.subject, statement.object} <= known


def test_statements_are_numbered_in_reading_order(extraction: Extraction) -> None:
    starts = [s.evidence.start for s in extraction.statements]
    assert starts == sorted(starts)
    assert [s.id for s in extraction.statements[:2]] == [
        f"{extraction.report}/st1",
        f"{extraction.report}/st2",
    ]


def test_the_same_entities_in_another_order_give_the_same_statements() -> None:
    document, entities = make_report(
        "[学校|College]与[甲公司|Enterprise]、[乙公司|Enterprise]共建[丙中心|Base]。"
    )
    assert extract_statements(document, entities) == extract_statements(document, entities[::-1])
