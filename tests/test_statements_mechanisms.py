"""Mechanisms that many rules of statements stand on; sentences are made up."""

from __future__ import annotations

import pytest
from report_sentences import said


def check(text: str, expected: list[str], *, case: bool = False) -> None:
    assert said(*text.split("\n"), case=case) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("与[甲路桥有限公司|Enterprise]（以下简称“甲路桥”）签署协议。", ["校 cooperatesWith 甲路桥有限公司"]),
        ("[甲标准|Award]由[乙总公司|Enterprise]（简称：乙总）授予[学校|College]。", []),
        ("被[甲集团公司|Enterprise]（下称“甲集团”）列入[《乙名录》|Document]。", ["《乙名录》 issuedBy 甲集团公司"]),
    ],
)  # fmt: skip
def test_short_name_belongs_to_its_name(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("结对[甲中学|College]、[乙中学|College]，为两校培训班主任30名。",
         ["校 cooperatesWith 甲中学", "校 cooperatesWith 乙中学", "校 trainsFor 甲中学", "校 trainsFor 乙中学"]),
        ("[甲药厂|Enterprise]、[乙药厂|Enterprise]投产。为两家企业培训员工200人。",
         ["校 trainsFor 甲药厂", "校 trainsFor 乙药厂"]),
        ("[甲中学|College]复课，为两校培训班主任30名。", []),
        ("[甲中学|College]、[乙中学|College]、[丙中学|College]复课，东西两校区启用。", []),
    ],
)  # fmt: skip
def test_count_of_a_kind_means_the_last_names_of_it(text: str, expected: list[str]) -> None:
    check(text, expected)


def test_unit_of_an_enterprise_is_not_the_enterprise() -> None:
    check("与[甲铁路局|Enterprise]客运段、[乙地铁公司|Enterprise]签订协议。", ["校 cooperatesWith 乙地铁公司"])
    check("与[甲银行|Enterprise][某市|Region]分行签订协议。", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[机电学院|Department]教师[王某|Person]刻苦钻研，与[甲公司|Enterprise]合作攻关。",
         ["王某 partOf 机电学院", "机电学院 cooperatesWith 甲公司", "机电学院 partOf 校"]),
        ("[旅游学院|Department][导游专业|Major]师生团队与[甲旅行社|Enterprise]合作。",
         ["旅游学院 cooperatesWith 甲旅行社", "导游专业 partOf 旅游学院", "旅游学院 partOf 校"]),
        ("由[王某|Person]、[李某|Person]等5名教师组成的[甲教学团队|Team]获[乙比赛|Competition]一等奖。",
         ["王某 partOf 甲教学团队", "李某 partOf 甲教学团队", "甲教学团队 partOf 校",
          "甲教学团队 wins 乙比赛 grade=一等奖"]),
        ("[王某|Person]，[酒店专业|Major]2021级学生，获[“省级优秀学生”|Award]称号。",
         ["王某 partOf 酒店专业", "王某 wins “省级优秀学生” level=省部级"]),
        ("[王某|Person]主讲的[《甲课》|Course]上线三年，选课2万人次，获评[省级精品课程|Award]。",
         ["王某 leads 《甲课》", "《甲课》 wins 省级精品课程 level=省部级"]),
    ],
)  # fmt: skip
def test_who_acts(text: str, expected: list[str]) -> None:
    check(text, expected)


def test_department_goes_on_only_in_a_case() -> None:
    text = "[工会|Department]成立合唱团。与[甲剧院|Enterprise]签订协议。"
    check(text, ["工会 partOf 校", "校 cooperatesWith 甲剧院"])
    check(text, ["工会 partOf 校", "工会 cooperatesWith 甲剧院"], case=True)


def test_case_about_a_person_means_that_person() -> None:
    text = "[王某|Person]从小爱木工。[王某|Person]拜[李某|Person]为师。他荣获[“省级工匠”|Award]称号。"
    check(text, ["王某 wins “省级工匠” level=省部级"], case=True)


@pytest.mark.parametrize(
    "text",
    [
        "专业同质化明显。下一步，学校将优化布局。与[甲公司|Enterprise]共建[乙中心|Base]。",
        "今后三年，[学校|College]与[甲公司|Enterprise]共建[乙中心|Base]。",
        "[学校|College]将实施[甲计划|Project]。",
    ],
)  # fmt: skip
def test_intentions_say_nothing(text: str) -> None:
    check(text, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲矿业集团|Enterprise]授予[学校|College][“优秀合作单位”|Award]称号。",
         ["校 wins “优秀合作单位”", "“优秀合作单位” issuedBy 甲矿业集团"]),
        ("在[全国甲大赛|Competition]上，[王某|Person]获金奖1项，[乙团队|Team]获银奖2项。",
         ["王某 wins 全国甲大赛 count=1 grade=金奖 level=国家级",
          "乙团队 wins 全国甲大赛 count=2 grade=银奖 level=国家级",
          "乙团队 partOf 校"]),
        ("涌现出[“全国先进工作者”|Award][王某|Person]等典型。", ["王某 wins “全国先进工作者” level=国家级"]),
        ("聘请专家12人，其中[全国技术能手|Award]3人。", []),
        ("[甲队|Team]在[乙风采展示活动|Project]中获二等奖。",
         ["甲队 wins 乙风采展示活动 grade=二等奖", "甲队 partOf 校"]),
        ("建成[省级精品课程|Award]3门（[《甲》|Course]、[《乙》|Course]等）。",
         ["校 wins 省级精品课程 count=3 level=省部级", "《甲》 wins 省级精品课程 level=省部级",
          "《乙》 wins 省级精品课程 level=省部级"]),
    ],
)  # fmt: skip
def test_winners(text: str, expected: list[str]) -> None:
    check(text, expected)


def test_cohort_is_told_by_the_section() -> None:
    check(
        "2024届毕业生共2000人。\n毕业生主要就业单位有[甲公司|Enterprise]、[乙医院|Enterprise]。",
        ["甲公司 employsGraduates 校 cohort=2024届", "乙医院 employsGraduates 校 cohort=2024届"],
    )


def test_trade_is_nobodys_name() -> None:
    check(
        "毕业生就业于[甲市轨道交通有限公司|Enterprise]。[轨道交通实训基地|Base]扩建。",
        ["甲市轨道交通有限公司 employsGraduates 校"],
    )
