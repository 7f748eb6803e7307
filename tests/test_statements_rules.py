"""What the rules of ontology/patterns/statements.toml read, relation by relation; sentences are made up."""

from __future__ import annotations

import pytest
from report_sentences import said


def check(text: str, expected: list[str]) -> None:
    assert said(*text.split("\n")) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲学院|IndustryCollege]、[乙学院|IndustryCollege]分别由[学校|College]与[丙公司|Enterprise]、"
         "[丁公司|Enterprise]共建。",
         ["校 coBuilds 甲学院", "校 coBuilds 乙学院", "丙公司 coBuilds 甲学院", "丁公司 coBuilds 乙学院",
          "校 cooperatesWith 丙公司", "校 cooperatesWith 丁公司"]),
        ("[甲基地|Base]由[丙公司|Enterprise]与[丁公司|Enterprise]共建。",
         ["丙公司 coBuilds 甲基地", "丁公司 coBuilds 甲基地", "丙公司 cooperatesWith 丁公司"]),
        ("[甲学校|College]与[乙学校|College]合并组建[丙学院|College]。", []),
        ("与[甲公司|Enterprise]、[乙大学|College]共同牵头成立[丙共同体|Consortium]。",
         ["校 leads 丙共同体", "甲公司 leads 丙共同体", "乙大学 leads 丙共同体",
          "校 cooperatesWith 甲公司", "校 cooperatesWith 乙大学"]),
        ("联合申报[丙共同体|Consortium]。", ["校 coBuilds 丙共同体"]),
        ("与[甲学校|College]、[乙学校|College]等12所学校开展一体化培养。",
         ["校 cooperatesWith 甲学校", "校 cooperatesWith 乙学校"]),
        ("[学校|College]委托第三方机构[甲公司|Enterprise]开展调查。", ["校 cooperatesWith 甲公司"]),
        ("食堂引入[甲公司|Enterprise]实施改造。", ["校 cooperatesWith 甲公司"]),
    ],
)  # fmt: skip
def test_building_and_cooperating(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[“甲”项目|Project]获奖，项目负责人为2023级学生[王某|Person]。", ["王某 leads “甲”项目"]),
        ("[《甲课》|Course]、[《乙课》|Course]为新增课程，负责人分别为[王某|Person]、[李某|Person]。",
         ["王某 leads 《甲课》", "李某 leads 《乙课》"]),
        ("[甲共同体|Consortium]成立，[王某|Person]任共同体理事长。", ["王某 leads 甲共同体"]),
        ("[甲共同体|Consortium]成立，[王某|Person]任共同体副理事长。", []),
        ("[王某|Person]任班主任。", []),
    ],
)  # fmt: skip
def test_leading(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("组织开展[甲活动|Project]及[乙大赛|Competition]，报送作品9项。",
         ["校 participatesIn 甲活动", "校 participatesIn 乙大赛"]),
        ("组织[甲活动|Project]评选。", ["校 hosts 甲活动"]),
        ("[学校|College]组织学生参观[甲专题展|Project]。", ["校 participatesIn 甲专题展"]),
        ("[学校|College]组织学生参观[甲项目|Project]。", []),
        ("[学校|College]积极服务[“甲”倡议|Project]。", []),
        ("[学校|College]举办[甲讲座|Project]，邀请冠军[王某|Person]作报告。",
         ["校 hosts 甲讲座 role=举办", "王某 participatesIn 甲讲座"]),
        ("推进[甲项目|Project]建设任务。", ["校 participatesIn 甲项目"]),
        ("[甲工作室|Base]指导学生参加[乙大会|Project]。", ["甲工作室 participatesIn 乙大会"]),
        ("扶持的[“甲”项目|Project]和[“乙”项目|Project]双双入选[丙补助项目|Project]。",
         ["“甲”项目 partOf 丙补助项目", "“乙”项目 partOf 丙补助项目"]),
        ("各二级学院举办[甲讲座|Project]。", ["校 hosts 甲讲座 role=举办"]),
    ],
)  # fmt: skip
def test_hosting_and_taking_part(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲公司|Enterprise]的15名教师在[学校|College]参加为期两周的培训。", ["校 trainsFor 甲公司"]),
        ("开展[甲职院|College]师资培训。", ["校 trainsFor 甲职院"]),
        ("2023届毕业生主要就职于[甲公司|Enterprise]、[乙公司|Enterprise]等单位。",
         ["甲公司 employsGraduates 校 cohort=2023届", "乙公司 employsGraduates 校 cohort=2023届"]),
        ("2023届毕业生500人。毕业生主要就职于[甲公司|Enterprise]等单位。",
         ["甲公司 employsGraduates 校 cohort=2023届"]),
        ("[学校|College]与[甲大学|College]共同签署[《乙备忘录》|Document]。",
         ["《乙备忘录》 issuedBy 校", "《乙备忘录》 issuedBy 甲大学", "校 cooperatesWith 甲大学"]),
        ("研制[《甲计划》|Document]。", ["《甲计划》 issuedBy 校"]),
        ("通过[教育部|GovernmentBody][甲培育项目|Project]验收。", ["甲培育项目 issuedBy 教育部"]),
        ("在校内开设[甲夜市|Project]，一年来共举办24期，[乙卫视|Media]、[丙报|Media]先后报道。",
         ["校 hosts 甲夜市", "甲夜市 reportedBy 乙卫视", "甲夜市 reportedBy 丙报"]),
    ],
)  # fmt: skip
def test_training_graduates_documents_media(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[王某|Person]前往[甲市|Region]参加[乙展|Project]。", ["王某 participatesIn 乙展", "乙展 heldAt 甲市"]),
        ("赴[甲县|Region]，开展为期四天的[乙活动|Project]。", ["校 hosts 乙活动", "乙活动 heldAt 甲县"]),
        ("[丙职院|College]（以下简称“丙院”）坐落于[甲省|Region][乙市|Region]。",
         ["丙职院 locatedIn 乙市", "乙市 locatedIn 甲省"]),
        ("来到[甲国|Country]首都[乙城|Region]。", ["乙城 locatedIn 甲国"]),
    ],
)  # fmt: skip
def test_places(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[学校|College]特聘教师、木艺大师[王某|Person]授课。", ["王某 partOf 校"]),
        ("[学校|College]邀请大国工匠、木艺大师[王某|Person]授课。", []),
        ("[王某|Person]，[学校|College]2022级专业学生，勤奋好学。", ["王某 partOf 校"]),
        ("教师讲授，副校长[王某|Person]出席。", ["王某 partOf 校"]),
        ("启动[学校|College]首批[甲工作室|Base]建设。", ["甲工作室 partOf 校"]),
        ("[丙基地|Base]建有[甲实训区|Base]和[乙实训区|Base]。",
         ["甲实训区 partOf 丙基地", "乙实训区 partOf 丙基地"]),
        ("[学校|College]继续加强[甲体验馆|Base]和[乙训练园|Base]建设。",
         ["甲体验馆 partOf 校", "乙训练园 partOf 校"]),
        ("[甲课|Course]、[乙课|Course]等10个课程标准入选[丙项目|Project]。",
         ["甲课 partOf 丙项目", "乙课 partOf 丙项目"]),
        ("[甲大赛|Competition][“乙”|Competition]、[“丙”|Competition]两个赛项开赛。",
         ["“乙” partOf 甲大赛", "“丙” partOf 甲大赛"]),
        ("[丁中心|Base]的[甲团队|Team]扎实工作。", ["甲团队 partOf 校"]),
    ],
)  # fmt: skip
def test_parts(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (
            ["产业学院", "依托学院"],
            ["[甲产业学院|IndustryCollege]|[乙学院|Department]"],
            ["甲产业学院 partOf 乙学院", "乙学院 partOf 校"],
        ),
    ],
)
def test_tables(heads: list[str], rows: list[str], expected: list[str]) -> None:
    assert said(heads=heads, rows=rows) == sorted(expected)


def test_who_holds_an_office_does_not_govern_the_next_sentences() -> None:
    found = said("[学校|College]党委书记[王某|Person]带队调研。举办[甲招聘会|Project]。")
    assert "校 hosts 甲招聘会 role=举办" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未参加[甲大赛|Competition]。", []),
        ("[学校|College]尚无专业入选[“甲计划”|Project]。", []),
        ("力争举办[甲论坛|Project]。", []),
        ("获[甲奖二等奖|Award]2项，尚未获得[乙奖|Award]。", ["校 wins 甲奖二等奖 count=2 grade=二等奖"]),
        ("制定[《拟建项目管理办法》|Document]。", ["《拟建项目管理办法》 issuedBy 校"]),
        ("建设模拟车间，举办[甲论坛|Project]。", ["校 hosts 甲论坛 role=举办"]),
    ],
)  # fmt: skip
def test_what_did_not_happen_is_no_statement(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[《甲》|Document][《乙》|Document]2部教材入选[丙规划教材|Award]。",
         ["《甲》 wins 丙规划教材", "《乙》 wins 丙规划教材"]),
        ("《节目》排演，渔鼓节目[《甲》|Project]获[乙展演|Competition]二等奖。", ["《甲》 wins 乙展演 grade=二等奖"]),
        ("根据[《甲》|Document]要求，获评[乙单位|Award]。", ["校 wins 乙单位"]),
        ("邀请[甲标兵|Award]、[乙教师|Award][王某|Person]授课。", ["王某 wins 甲标兵", "王某 wins 乙教师"]),
        ("[王某|Person]、[李某|Person]组队参赛。获[甲大赛|Competition]一等奖4项。",
         ["校 wins 甲大赛 count=4 grade=一等奖"]),
    ],
)  # fmt: skip
def test_winners(text: str, expected: list[str]) -> None:
    check(text, expected)


def test_lists_of_events_whose_first_item_has_no_name() -> None:
    check("成功举办甲班（培训）、[乙班|Project]、[丙班|Project]等。",
          ["校 hosts 乙班 role=举办", "校 hosts 丙班 role=举办"])


def test_one_known_consortium_is_no_proof_that_it_is_the_one_counted() -> None:
    check("牵头建设1个市域产教联合体。[甲园区产教联合体|Consortium]运行良好。", [])
