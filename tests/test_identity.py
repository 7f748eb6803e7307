"""Identity: which names are one thing, in one report and across reports."""

from __future__ import annotations

import pytest

from qgraph.extraction.identity import Named, entity_id, link, merge_reports
from qgraph.extraction.identity_rules import editions_agree, same_thing
from qgraph.records import Entity, Evidence, Mention


@pytest.mark.parametrize(
    ("type_", "a", "b"),
    [
        ("Enterprise", "豪迈集团", "山东豪迈集团股份有限公司"),
        ("Enterprise", "爱尔", "爱尔眼科医院集团"),
        ("Enterprise", "天士力", "天士力控股集团"),
        ("Enterprise", "星河装备有限公司", "星河装备"),
        ("Consortium", "海工装备联合体", "天津港保税区高端装备制造（海洋工程装备）产教联合体"),
        ("Consortium", "车联网产教融合共同体", "全国车联网产教融合共同体"),
        ("Consortium", "精细化工共同体", "全国精细化工行业产教融合共同体"),
        ("IndustryCollege", "智能制造学院", "智能制造产业学院"),
        ("Competition", "“海河工匠杯”技能大赛", "2024年“海河工匠杯”技能大赛"),
        ("Competition", "2024年全国乡村振兴技能大赛", "2024年全国乡村振兴职业技能大赛"),
        ("Competition", "中国国际大学生创新大赛", "中国国际大学生创新大赛（2024）总决赛"),
        ("Competition", "首届职业规划大赛", "第一届全国大学生职业规划大赛"),
        ("Project", "第二个云岭鲁班工坊", "云岭第二所鲁班工坊"),
        ("Project", "云岭鲁班工坊（青川大学）", "青川大学鲁班工坊"),
        ("Project", "第二个云岭鲁班工坊（青川大学）", "云岭第二所鲁班工坊"),
        ("Base", "智能制造产教融合实训中心", "开放型智能制造产教融合实训中心"),
        ("College", "外国语大学", "天津外国语大学"),
        ("Document", "校企合作管理办法", "校企合作管理办法（2023年修订）"),
        ("Team", "物联网应用技术创新团队", "物联网应用技术国家级职业教育教师创新团队"),
        ("Award", "王克昌奖学金", "天津市王克昌奖学金"),
        ("Person", "李建国", "李建国"),
    ],
)
def test_identity_names_of_one_thing(type_: str, a: str, b: str) -> None:
    assert same_thing(type_, a, b) and same_thing(type_, b, a)


@pytest.mark.parametrize(
    ("type_", "a", "b"),
    [
        ("Enterprise", "天士力控股集团", "天士力医药集团股份有限公司"),
        ("Enterprise", "中国银行", "中国建设银行"),
        ("Consortium", "全国视光行业产教融合共同体", "全国绿色包装行业产教融合共同体"),
        ("Consortium", "广东交通职业教育集团", "中国—东盟轨道交通职业教育集团"),
        ("IndustryCollege", "华住产业学院", "百胜产业学院"),
        ("Competition", "第三届技能创新大赛", "第四届技能创新大赛"),
        ("Competition", "2023年天津市职业院校技能大赛", "2024年天津市职业院校技能大赛"),
        ("Competition", "世界职业院校技能大赛总决赛争夺赛", "世界职业院校技能大赛总决赛排位赛"),
        ("Project", "云岭鲁班工坊（青川大学）", "云岭鲁班工坊（白鹭大学）"),
        ("Award", "全国优秀教师", "天津市优秀教师"),
        ("Award", "国家级教学成果奖", "省级教学成果奖"),
        ("College", "天津大学", "天津商业大学"),
        ("College", "北京外国语大学", "天津外国语大学"),
        ("Major", "人工智能", "人工智能专业群"),
        ("Person", "李建国", "李建"),
    ],
)
def test_identity_names_of_two_things(type_: str, a: str, b: str) -> None:
    assert not same_thing(type_, a, b) and not same_thing(type_, b, a)


def test_identity_years_and_ordinals_do_not_contradict_each_other() -> None:
    assert editions_agree("第二届技能大赛", "2024年技能大赛")
    assert not editions_agree("首届技能大赛", "第二届技能大赛")


def test_identity_short_name_joins_the_closest_of_two_that_differ() -> None:
    items = [
        Named("Enterprise", ("天士力医药集团股份有限公司",)),
        Named("Enterprise", ("天士力",)),
        Named("Enterprise", ("天士力控股集团",)),
    ]
    assert link(items).groups == ((0,), (1, 2))


def test_identity_two_of_the_lexicon_stay_two() -> None:
    items = [
        Named("College", ("云岭大学", "云大"), fixed=True),
        Named("College", ("云山大学", "云大"), fixed=True),
    ]
    assert len(link(items).groups) == 2


def test_identity_same_name_with_other_codes_stays_two() -> None:
    items = [
        Named("Region", ("和平区",), (("gbt2260", "120101"),)),
        Named("Region", ("和平区",), (("gbt2260", "210102"),)),
    ]
    assert len(link(items).groups) == 2


def test_identity_types_are_never_joined() -> None:
    items = [Named("Enterprise", ("万新",)), Named("IndustryCollege", ("万新",))]
    assert len(link(items).groups) == 2


def test_identity_compares_far_fewer_than_all_pairs() -> None:
    items = [Named("Enterprise", (f"云岭{chr(0x4E00 + 7 * i)}{chr(0x5E00 + 3 * i)}有限公司",)) for i in range(300)]
    links = link(items)
    assert links.compared < 300 * 299 / 2 / 10 and not links.cut


def test_identity_bounds_the_pairs_and_says_so() -> None:
    items = [Named("Enterprise", (f"青禾{i}号科技有限公司",)) for i in range(30)]
    links = link(items, limit=20)
    assert links.compared == 20 and links.limit == 20 and links.cut


def _entity(report: str, name: str, *aliases: str, type_: str = "Enterprise", times: int = 1) -> Entity:
    mention = Mention(name, Evidence(report, f"{report}/s1", 0, len(name)), "test")
    return Entity(entity_id(type_, name), type_, name, aliases, (mention,) * times)


def test_identity_across_reports_puts_mentions_together() -> None:
    merged = merge_reports(
        [
            [_entity("r1", "山东豪迈集团股份有限公司", times=2), _entity("r1", "西门子")],
            [_entity("r2", "豪迈集团"), _entity("r2", "西门子")],
        ]
    )
    assert {e.name: len(e.mentions) for e in merged.entities} == {"山东豪迈集团股份有限公司": 3, "西门子": 2}
    assert merged.became[entity_id("Enterprise", "豪迈集团")] == entity_id("Enterprise", "山东豪迈集团股份有限公司")
    assert merged.compared >= 1


def test_what_one_report_keeps_apart_no_other_report_joins() -> None:
    apart = [_entity("r1", "青禾控股集团", "青禾", times=2), _entity("r1", "青禾医药集团股份有限公司")]
    assert len(merge_reports([[apart[0]], [apart[1]]]).entities) == 1
    assert len(merge_reports([apart, [_entity("r2", "西门子")]]).entities) == 3


def test_identity_across_reports_does_not_depend_on_their_order() -> None:
    one = [_entity("r1", "豪迈集团", times=2), _entity("r1", "西门子")]
    two = [_entity("r2", "山东豪迈集团股份有限公司")]
    first, second = merge_reports([one, two]), merge_reports([two, one])
    assert [e.id for e in first.entities] == [e.id for e in second.entities]
    assert first.became == second.became
