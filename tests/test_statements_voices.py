"""One relation in the many voices of the genre; sentences are made up."""

from __future__ import annotations

import pytest
from report_sentences import said


def check(text: str, expected: list[str]) -> None:
    assert said(*text.split("\n")) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[学校|College]与[甲局|GovernmentBody]联办[乙学院|IndustryCollege]。",
         ["校 coBuilds 乙学院", "甲局 coBuilds 乙学院", "校 cooperatesWith 甲局"]),
        ("[学校|College]与[甲大学|College]共建的[乙学院|IndustryCollege]揭牌。",
         ["校 coBuilds 乙学院", "甲大学 coBuilds 乙学院", "校 cooperatesWith 甲大学"]),
        ("与[甲公司|Enterprise]共建的流动站入选[乙基地|Base]。",
         ["校 cooperatesWith 甲公司", "校 wins 乙基地"]),
        ("[学校|College]与[甲公司|Enterprise]、某研究院、[乙公司|Enterprise]共建[丙中心|Base]。",
         ["校 coBuilds 丙中心", "甲公司 coBuilds 丙中心", "乙公司 coBuilds 丙中心",
          "校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"]),
        ("[丙中心|Base]由[甲公司|Enterprise]、[学校|College]和[乙公司|Enterprise]联合建设。",
         ["校 coBuilds 丙中心", "甲公司 coBuilds 丙中心", "乙公司 coBuilds 丙中心",
          "校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"]),
        ("[甲学院|IndustryCollege]、[乙学院|IndustryCollege]分别由[学校|College]与[丙公司|Enterprise]、"
         "[丁公司|Enterprise]、[戊公司|Enterprise]共建，[己学院|IndustryCollege]招生。",
         ["校 coBuilds 甲学院", "校 coBuilds 乙学院"]
         + [f"{c} coBuilds {d}" for c in ("丙公司", "丁公司", "戊公司") for d in ("甲学院", "乙学院")]
         + ["校 cooperatesWith 丙公司", "校 cooperatesWith 丁公司", "校 cooperatesWith 戊公司"]),
        ("[甲集团|Enterprise]出资设立[“乙”助学基金|Project]。",
         ["甲集团 coBuilds “乙”助学基金"]),
        ("合作企业有[甲公司|Enterprise]和[乙公司|Enterprise]。",
         ["校 cooperatesWith 甲公司", "校 cooperatesWith 乙公司"]),
        ("学生超市由[甲公司|Enterprise]承包。", ["校 cooperatesWith 甲公司"]),
        ("[学校|College]在[甲公司|Enterprise]设立[乙实训基地|Base]。", ["校 cooperatesWith 甲公司"]),
        ("[学校|College]在[甲专业|Major]、[乙专业|Major]2个专业与[丙大学|College]开展联合培养。",
         ["校 cooperatesWith 丙大学"]),
        ("[甲产业学院|IndustryCollege]与[学校|College]共同努力。", []),
    ],
)  # fmt: skip
def test_building_and_cooperating(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲联合体|Consortium]由[乙市政府|GovernmentBody]、[学校|College]和[丙公司|Enterprise]共同牵头。",
         ["乙市政府 leads 甲联合体", "校 leads 甲联合体", "丙公司 leads 甲联合体",
          "校 cooperatesWith 乙市政府", "校 cooperatesWith 丙公司"]),
        ("[学校|College]联合[甲公司|Enterprise]、[乙大学|College]牵头成立[丙共同体|Consortium]。",
         ["校 leads 丙共同体", "甲公司 leads 丙共同体", "乙大学 leads 丙共同体",
          "校 cooperatesWith 甲公司", "校 cooperatesWith 乙大学"]),
        ("[王某|Person]主讲的[《甲课》|Course]上线。", ["王某 leads 《甲课》"]),
        ("[王某|Person]把多年的检修经验编成[《甲手册》|Document]。", ["王某 leads 《甲手册》"]),
        ("[甲研究所|Base]由[乙学院|Department]教授[王某|Person]任所长。",
         ["王某 leads 甲研究所", "王某 partOf 乙学院", "乙学院 partOf 校"]),
        ("[甲产业学院|IndustryCollege]成效显著，企业投入300万元，"
         "企业方院长由[乙公司|Enterprise]总工程师[王某|Person]担任。",
         ["王某 leads 甲产业学院", "王某 partOf 乙公司"]),
        ("[《甲研究》|Project]由[王某|Person]主持。", ["王某 leads 《甲研究》"]),
        ("校长[王某|Person]带队调研。", ["王某 leads 校"]),
        ("李某领衔的[甲团队|Team]展开攻关。", ["甲团队 partOf 校"]),
    ],
)  # fmt: skip
def test_leading(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[“星火”讲堂|Project]开讲12期。", ["校 hosts “星火”讲堂"]),
        ("[全国甲论坛|Project]举行，代表300人。", []),
        ("[学校|College]邀请劳模[王某|Person]作题为[《甲》|Project]的报告。",
         ["校 hosts 《甲》", "王某 participatesIn 《甲》"]),
        ("[甲社|Team]代表[学校|College]参加[乙展演|Competition]。", ["甲社 participatesIn 乙展演", "甲社 partOf 校"]),
        ("某机器人亮相[甲博览会|Project]。", []),
        ("[学校|College]以副理事长单位身份参加[甲共同体|Consortium]。",
         ["校 participatesIn 甲共同体 role=副理事长单位"]),
        ("[甲共同体|Consortium]成员单位包括[乙公司|Enterprise]、[丙大学|College]。",
         ["乙公司 participatesIn 甲共同体 role=成员单位", "丙大学 participatesIn 甲共同体 role=成员单位"]),
    ],
)  # fmt: skip
def test_hosting_and_taking_part(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吸纳毕业生最多的单位为[甲公司|Enterprise]（30人）和[乙公司|Enterprise]（20人）。",
         ["甲公司 employsGraduates 校", "乙公司 employsGraduates 校"]),
        ("毕业学员中，30人被[甲公司|Enterprise]等单位录用。", ["甲公司 employsGraduates 校"]),
        ("与[甲职院|College]开展[木艺师资培训|Project]。",
         ["校 trainsFor 甲职院", "校 hosts 木艺师资培训", "甲职院 hosts 木艺师资培训", "校 cooperatesWith 甲职院"]),
        ("与[甲大学|College]开展[留学生实习培训|Project]。",
         ["校 hosts 留学生实习培训", "甲大学 hosts 留学生实习培训", "校 cooperatesWith 甲大学"]),
        ("[《甲手册》|Document]印发各学院。", ["《甲手册》 issuedBy 校"]),
        ("甲市出台[《乙措施》|Document]。", []),
        ("经[甲局|GovernmentBody]、[乙部|GovernmentBody]共同评选，[学校|College]荣获[丙称号|Award]。",
         ["丙称号 issuedBy 甲局", "丙称号 issuedBy 乙部", "校 wins 丙称号"]),
        ("“甲”项目列入[乙部|GovernmentBody]首批[丙培养计划|Project]。", ["丙培养计划 issuedBy 乙部"]),
        ("[甲基地|Base]落户[乙学院|Department]。", ["甲基地 partOf 乙学院", "乙学院 partOf 校"]),
        ("[甲工作室|Base]由[乙公司|Enterprise]高级技师[王某|Person]指导。", ["王某 partOf 乙公司"]),
        ("[乙学院|Department]学生[王某|Person]带着[“甲”团队|Team]参赛。",
         ["王某 partOf 乙学院", "王某 leads “甲”团队", "“甲”团队 partOf 乙学院", "乙学院 partOf 校"]),
        ("包括[甲培训|Project]、[乙培训|Project]等[“丙”品牌项目|Project]。",
         ["甲培训 partOf “丙”品牌项目", "乙培训 partOf “丙”品牌项目"]),
    ],
)  # fmt: skip
def test_employers_training_documents_and_parts(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲班|Project]开班，[乙晚报|Media]用两个版面作了报道。", ["校 hosts 甲班", "甲班 reportedBy 乙晚报"]),
        ("[甲报|Media]以《焊花》为题讲述了[王某|Person]的故事。", ["王某 reportedBy 甲报"]),
        ("[《甲片》|Project]共8集，在[乙台|Media]播出。", ["《甲片》 reportedBy 乙台"]),
        ("在[甲国|Country][乙市|Region]建成[丙工匠学院|IndustryCollege]。",
         ["丙工匠学院 locatedIn 乙市", "丙工匠学院 partnersCountry 甲国", "校 coBuilds 丙工匠学院"]),
        ("在[甲国|Country]某港建立员工培训中心。", ["校 partnersCountry 甲国"]),
        ("坐落于[东校区|Base]的[甲实训基地|Base]开放，[西校区|Base]的[乙基地|Base]扩建。",
         ["甲实训基地 locatedIn 东校区", "乙基地 locatedIn 西校区"]),
        ("[田间课堂|Project]开在了[甲村大棚|Base]里。", ["田间课堂 heldAt 甲村大棚"]),
        ("[流动课堂|Project]全年办了40期，走进[甲公司|Enterprise]、[乙公司|Enterprise]等企业。",
         ["流动课堂 heldAt 甲公司", "流动课堂 heldAt 乙公司"]),
        ("将[甲中心|Base]作为会场，承办[乙大赛|Competition]。", ["校 hosts 乙大赛 role=承办", "乙大赛 heldAt 甲中心"]),
    ],
)  # fmt: skip
def test_media_and_places(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对口支援[甲职院|College]。为该校开展师资培训。", ["校 cooperatesWith 甲职院", "校 trainsFor 甲职院"]),
        ("[王某|Person]初学电焊。2021年她获[甲奖章|Award]。", ["王某 wins 甲奖章 year=2021"]),
        ("在教师[王某|Person]带领下苦练。他获[甲奖章|Award]。", []),
        ("[甲项目|Project]启动。10月，项目获评[乙案例|Award]。", ["甲项目 wins 乙案例"]),
        ("项目获评[乙案例|Award]。", []),
        ("[甲工坊联合体|Consortium]成立。11月，联合体入选[乙名单|Award]。", ["甲工坊联合体 wins 乙名单"]),
        ("[甲公司|Enterprise]投产。公司技术总监[王某|Person]来校授课。", ["王某 partOf 甲公司"]),
        ("会议通报[组织部|Department]工作。组织推动师生学习，举办[甲展|Project]。",
         ["校 hosts 甲展 role=举办", "组织部 partOf 校"]),
    ],
)  # fmt: skip
def test_words_that_stand_for_a_name_said_before(text: str, expected: list[str]) -> None:
    check(text, expected)


def test_a_rare_word_for_the_college_means_what_was_named_before() -> None:
    often = "[学校|College]重视。[学校|College]推进。[学校|College]落实。[学校|College]总结。[学校|College]改进。"
    check(
        f"{often}\n[甲产业学院|IndustryCollege]招生。[学院|College]获评[乙示范学院|Award]。",
        ["甲产业学院 wins 乙示范学院"],
    )


def test_what_a_case_is_about_is_meant_by_its_practice() -> None:
    found = said("[甲产业学院|IndustryCollege]的教室在船坞。", "人人上岗。", "该做法被[乙报|Media]报道。", case=True)
    assert found == ["甲产业学院 reportedBy 乙报"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[学校|College]是[甲建设单位|Award]。", ["校 wins 甲建设单位"]),
        ("[甲学院|Department]党总支获评[乙标杆|Award]。", ["甲学院 partOf 校"]),
        ("其中，[甲奖学金|Award]5人、[乙奖学金|Award]20人。",
         ["校 wins 甲奖学金 count=5", "校 wins 乙奖学金 count=20"]),
        ("邀请[甲能手|Award]3人来校。", []),
        ("建成[甲课程|Award]2门。", ["校 wins 甲课程 count=2"]),
        ("培育人才，2021年被授予[甲称号|Award]。", ["校 wins 甲称号 year=2021"]),
        ("腰鼓社获评[甲社团|Award]。", []),
        ("学生作品获[甲奖一等奖|Award]1项。", ["校 wins 甲奖一等奖 count=1 grade=一等奖"]),
        ("在[甲大赛|Competition]中，陈小某获银奖。", []),
        ("在[甲成果奖|Award]评选中获一等奖1项、二等奖3项。",
         ["校 wins 甲成果奖 count=1 grade=一等奖", "校 wins 甲成果奖 count=3 grade=二等奖"]),
        ("[甲大赛|Competition]落幕。省赛获一等奖4项。", ["校 wins 甲大赛 count=4 grade=一等奖 level=省赛"]),
        ("顺利通过[甲标杆院系|Award]验收。", ["校 wins 甲标杆院系"]),
        ("[甲协会|Association]授予[学校|College][“乙”基地|Base]。", ["校 wins “乙”基地", "“乙”基地 issuedBy 甲协会"]),
    ],
)  # fmt: skip
def test_winning(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("应对举措：一是制定[《甲办法》|Document]；二是与[乙公司|Enterprise]共建[丙实验室|Base]。", []),
        ("针对问题，制定[《甲办法》|Document]。", ["《甲办法》 issuedBy 校"]),
    ],
)
def test_what_is_only_intended_is_no_statement(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[“禾木店长班”|Project]开班。[禾木（中国）有限公司|Enterprise]供岗。",
         ["校 coBuilds “禾木店长班”", "禾木（中国）有限公司 coBuilds “禾木店长班”",
          "校 cooperatesWith 禾木（中国）有限公司", "校 hosts “禾木店长班”"]),
        ("[浙江禾木集团有限公司|Enterprise]供岗，[禾木产业学院|IndustryCollege]招生。",
         ["校 coBuilds 禾木产业学院", "浙江禾木集团有限公司 coBuilds 禾木产业学院",
          "校 cooperatesWith 浙江禾木集团有限公司"]),
        ("[浙江智能科技有限公司|Enterprise]来访，[智能制造产业学院|IndustryCollege]招生。", []),
        ("参观[禾木生产车间|Base]。[禾木有限公司|Enterprise]接待。", []),
        ("[甲国乙理工大学|College]来访。[甲国|Country]官员同行。", ["甲国乙理工大学 locatedIn 甲国"]),
        ("[丙龙舟赛（乙城站）|Competition]开赛。[乙城|Region]欢迎。", ["丙龙舟赛（乙城站） heldAt 乙城"]),
        ("[《甲大学与乙公司合作协议》|Document]生效。[甲大学|College]、[乙公司|Enterprise]出席。",
         ["《甲大学与乙公司合作协议》 issuedBy 甲大学", "《甲大学与乙公司合作协议》 issuedBy 乙公司"]),
        ("[乙部就业中心|Department]提供数据。[乙部|Department]审核。", ["乙部就业中心 partOf 乙部", "乙部 partOf 校"]),
        ("[甲省丙行业共同体|Consortium]、[甲省丙产教联合体|Consortium]运行。[甲省|Region]支持。",
         ["甲省丙产教联合体 locatedIn 甲省"]),
    ],
)  # fmt: skip
def test_names_inside_names(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (["用人单位", "录用人数"], ["[甲公司|Enterprise]|12"], ["甲公司 employsGraduates 校"]),
        (["培训项目", "委托单位", "人次"], ["技能培训|[甲公司|Enterprise]|120"], ["校 trainsFor 甲公司"]),
        (["共同体名称", "牵头单位"], ["[甲共同体|Consortium]|[乙大学|College]"], ["乙大学 leads 甲共同体"]),
        (["课程名称", "负责人"], ["[《甲课》|Course]|[王某|Person]"], ["王某 leads 《甲课》"]),
        (["活动名称", "地点"], ["[甲论坛|Project]|[乙市|Region]"], ["甲论坛 heldAt 乙市"]),
        (["国家", "项目名称"], ["[甲国|Country]|[乙工坊|Project]"], ["乙工坊 partnersCountry 甲国"]),
    ],
)
def test_tables(heads: list[str], rows: list[str], expected: list[str]) -> None:
    assert said(heads=heads, rows=rows) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲公司|Enterprise]向[学校|College]捐赠设备，双方共建[乙实训中心|Base]。",
         ["校 coBuilds 乙实训中心", "甲公司 coBuilds 乙实训中心", "校 cooperatesWith 甲公司"]),
        ("[学校|College]与[甲国|Country][乙大学|College]、[丙国|Country][丁学院|College]联合培养学生。",
         ["校 cooperatesWith 乙大学", "校 cooperatesWith 丁学院", "乙大学 locatedIn 甲国", "丁学院 locatedIn 丙国"]),
        ("[甲论坛|Project]由[乙协会|Association]主办，[学校|College]、[丙公司|Enterprise]联合承办。",
         ["乙协会 hosts 甲论坛 role=主办", "校 hosts 甲论坛 role=承办", "丙公司 hosts 甲论坛 role=承办"]),
        ("[全国甲论坛|Project]在[乙市|Region]召开，副校长[王某|Person]作主旨发言。",
         ["全国甲论坛 heldAt 乙市", "王某 partOf 校", "王某 participatesIn 全国甲论坛"]),
        ("来自[甲国|Country]、[乙国|Country]的留学生参加[丙夏令营|Project]。",
         ["丙夏令营 partnersCountry 甲国", "丙夏令营 partnersCountry 乙国"]),
        ("[全国甲赛|Competition]吸引[乙大学|College]、[丙大学|College]等20所高校参赛。",
         ["乙大学 participatesIn 全国甲赛", "丙大学 participatesIn 全国甲赛"]),
        ("[王某|Person]当选[甲协会|Association]副会长。", ["王某 participatesIn 甲协会"]),
        ("[甲专业群|Major]由[乙专业|Major]、[丙专业|Major]组成。",
         ["乙专业 partOf 甲专业群", "丙专业 partOf 甲专业群"]),
        ("[甲中心|Base]获[乙厅|GovernmentBody]认定为[丙重点实验室|Base]。",
         ["甲中心 wins 丙重点实验室", "丙重点实验室 issuedBy 乙厅"]),
        ("牵头制定[《甲标准》|Document]并由[乙协会|Association]发布。",
         ["校 leads 《甲标准》", "《甲标准》 issuedBy 乙协会"]),
        ("[甲公司|Enterprise]等企业来校招聘，录用毕业生36人。", ["甲公司 employsGraduates 校"]),
        ("[《甲教材》|Document]（主编：[王某|Person]）入选[乙规划教材|Award]。",
         ["王某 leads 《甲教材》", "校 wins 乙规划教材"]),
        ("[学校|College]承办的[甲大赛|Competition]上，[乙大学|College]获一等奖2项。",
         ["校 hosts 甲大赛 role=承办", "乙大学 wins 甲大赛 count=2 grade=一等奖"]),
    ],
)  # fmt: skip
def test_parties_named_in_more_than_one_place(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "[学校|College]应加强与[甲公司|Enterprise]的合作。",
        "[学校|College]计划与[甲公司|Enterprise]共建[乙学院|IndustryCollege]。",
        "[学校|College]并未与[甲公司|Enterprise]签约。",
        "若能与[甲公司|Enterprise]合作，将建成[乙中心|Base]。",
        "获得[甲大赛|Competition]一等奖的学生可以免试。",
        "[甲赛项|Competition]设一等奖5个、二等奖10个。",
        "对[甲大赛|Competition]获奖选手给予奖励，一等奖奖励1万元。",
        "[甲市|Region]获评[乙文明城市|Award]。",
        "参加[甲大赛|Competition]集训。",
        "[学校|College]距[甲公司|Enterprise]5公里，与[乙大学|College]相邻。",
        "[甲部|GovernmentBody]与[乙部|GovernmentBody]联合发文。",
    ],
)
def test_what_only_sounds_like_a_statement(text: str) -> None:
    check(text, [])


def test_at_whose_word_something_is_done_is_not_who_does_it() -> None:
    check("[学校|College]按照[甲局|GovernmentBody]要求开展[乙活动|Project]。", ["校 hosts 乙活动"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲公司|Enterprise]在校设立[“乙”奖学金|Award]。", ["校 cooperatesWith 甲公司"]),
        ("2023年，由[甲区|Region]、[学校|College]、[乙公司|Enterprise]共同牵头成立[丙联合体|Consortium]。",
         ["校 leads 丙联合体", "乙公司 leads 丙联合体"]),
        ("设立[甲角|Project]，由外派教师[王某|Person]负责。", ["王某 leads 甲角"]),
        ("[甲团队|Team]成立。在团队负责人[王某|Person]带领下攻关。", ["王某 leads 甲团队", "甲团队 partOf 校"]),
        ("[甲工作室|Base]挂牌。在工作室主持人[王某|Person]带领下攻关。", ["王某 leads 甲工作室"]),
        ("[《甲》|Project]亮相[乙博览会|Project]。", ["《甲》 participatesIn 乙博览会"]),
        ("承接[甲局|GovernmentBody]退役军人培训任务。", ["校 trainsFor 甲局"]),
        ("为[甲集团|Enterprise]输送毕业生30人。", ["甲集团 employsGraduates 校"]),
        ("[甲课堂|Project]坚持多年，被[乙报|Media]报道。", ["甲课堂 reportedBy 乙报"]),
        ("[甲团队|Team]坚持多年。[乙报|Media]对其事迹作了报道。", ["甲团队 partOf 校", "甲团队 reportedBy 乙报"]),
        ("[甲课堂|Project]登上[乙台|Media]，[丁课|Course]做法先后在[丙报|Media]刊发。",
         ["甲课堂 reportedBy 乙台", "丁课 reportedBy 丙报"]),
        ("[甲工坊|Project]落户[乙国|Country]，[丙学院|IndustryCollege]于5月在[丁市|Region]揭牌。",
         ["甲工坊 partnersCountry 乙国", "丙学院 locatedIn 丁市"]),
        ("[甲产业学院|IndustryCollege]扎根[乙开发区|Region]。", ["甲产业学院 locatedIn 乙开发区"]),
        ("[甲基地|Base]设施先进，位于[乙校区|Base]。", ["甲基地 locatedIn 乙校区"]),
        ("与[甲国|Country]、[乙国|Country]等国院校开展交流。", ["校 partnersCountry 甲国", "校 partnersCountry 乙国"]),
        ("[王某|Person]（[甲专业|Major]2022级）勤奋好学。", ["王某 partOf 甲专业"]),
        ("在[甲中心|Base]开辟[乙展厅|Base]。", ["乙展厅 partOf 甲中心"]),
        ("[甲竞赛|Competition]—[乙总决赛|Competition]开幕。", ["乙总决赛 partOf 甲竞赛"]),
        ("[《甲课》|Course]是[乙专业|Major]的核心课程。", ["《甲课》 partOf 乙专业"]),
    ],
)  # fmt: skip
def test_rules_of_a_kind(text: str, expected: list[str]) -> None:
    check(text, expected)
