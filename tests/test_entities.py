"""Entities of made-up reports: types, edges, canonical names, aliases, evidence; and of the real report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from entity_reports import entities_of, names

from qgraph.extraction.cases import profile_cases
from qgraph.extraction.entities import extract_entities
from qgraph.language import parse
from qgraph.records import Document, Entity, Extraction, ReviewItem
from qgraph.text import fold

Found = Callable[[str], tuple[Document, tuple[Entity, ...], tuple[ReviewItem, ...]]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The entities of a made-up report with the given paragraphs."""
    return partial(entities_of, tmp_path)


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("学校与青禾、白鹭光电、澜川科技等16家企业签订协议。", "Enterprise", ["白鹭光电", "澜川科技"]),
        ("与林肯、小鹏等企业深度合作。", "Enterprise", ["林肯汽车", "小鹏汽车"]),
        ("毕业生签约云岭星河装备制造有限公司。", "Enterprise", ["云岭星河装备制造有限公司"]),
        (
            "推进青禾、白鹭农业、澜川航空学院等产业学院建设。",
            "IndustryCollege",
            ["青禾产业学院", "白鹭农业", "澜川航空学院"],
        ),
        ("与星河公司共建星河智能学院，首批学生63名。", "IndustryCollege", ["星河智能学院"]),
        ("依托机电工程学院承办比赛。", "Department", ["机电工程学院"]),
        ("由教务处、学生处联合组织。", "Department", ["教务处", "学生处"]),
        ("与哈工大的选手同场竞技。", "College", ["哈尔滨工业大学", "哈工大"]),
        ("学校支援青川农牧职业学院。", "College", ["青川农牧职业学院"]),
        ("市教委、市人民政府领导到校指导。", "GovernmentBody", ["云岭市教育委员会", "市教委", "云岭市人民政府"]),
        ("落实中办、国办印发的文件。", "GovernmentBody", ["中共中央办公厅", "国务院办公厅"]),
        ("被新华社、云岭日报等媒体报道。", "Media", ["新华社", "云岭日报"]),
        ("事迹被《青川晚报》报道。", "Media", ["青川晚报"]),
        ("来自葡萄牙、埃及的留学生参加活动。", "Country", ["葡萄牙", "埃及"]),
        ("学生张小山出生于河南南阳淅川县。", "Region", ["淅川县", "河南南阳淅川县"]),
        ("李建国老师参加宣讲。", "Person", ["李建国"]),
        ("总统托卡耶夫专程视察。", "Person", ["托卡耶夫"]),
        ("王小海、陈大萍主持的课程获奖。", "Person", ["王小海", "陈大萍"]),
        ("王小禾获评全国优秀教师；", "Award", ["全国优秀教师"]),
        ("荣获国家奖学金、云岭省星湖奖学金等多项荣誉称号。", "Award", ["国家奖学金"]),
        ("该团队被评为“云岭省教育系统先进单位”。", "Award", ["云岭省教育系统先进单位"]),
        ("获云岭省教学成果二等奖1项。", "Award", ["云岭省教学成果奖", "云岭省教学成果二等奖"]),
        ("获第三届“云岭杯”大学生创业大赛金奖1项。", "Competition", ["第三届云岭杯大学生创业大赛"]),
        ("在“飞鸿杯”总决赛中获奖。", "Competition", ["飞鸿杯总决赛"]),
        ("开展“春雨行动”，资助学生。", "Project", ["春雨行动"]),
        ("制作“星湖来信”招生宣传片。", "Project", ["星湖来信", "星湖来信招生宣传片"]),
        ("引入“云课堂”智慧教学平台。", "Base", ["云课堂"]),
        ("以李小山国家级技能大师工作室为平台。", "Base", ["李小山国家级技能大师工作室"]),
        ("供热通风与空调工程技术专业，本市就业比例为90%。", "Major", ["供热通风与空调工程技术"]),
        (
            "应用化工技术、新能源汽车技术、电子商务3个专业获批。",
            "Major",
            ["应用化工技术", "新能源汽车技术", "电子商务"],
        ),
        ("建成青禾技术、白鹭设计、云岭制造三大专业群。", "Major", ["青禾技术专业群", "云岭制造"]),
        ("落实《关于深化改革的意见》要求。", "Document", ["关于深化改革的意见"]),
        ("开设《机器人创新设计》《创业模拟实训》等6门选修课。", "Course", ["机器人创新设计", "创业模拟实训"]),
        ("《智能垃圾投放设备开发》研究项目。", "Project", ["智能垃圾投放设备开发"]),
        ("牵头成立全国智能控制行业产教融合共同体。", "Consortium", ["全国智能控制行业产教融合共同体"]),
        ("受中国眼镜协会委托开展培训。", "Association", ["中国眼镜协会"]),
        ("“星火匠心”团队获一等奖。", "Team", ["“星火匠心”团队"]),
        ("校“三下乡”暑期社会实践团赴云岭山区。", "Team", ["校“三下乡”暑期社会实践团"]),
        ("承办“数控车削”“老人护理”2个赛项。", "Competition", ["数控车削", "老人护理"]),
        ("“云上车间”“智慧渔港”2个项目获批。", "Project", ["云上车间", "智慧渔港"]),
        ("开设“午间门诊”，邀请专家咨询。", "Project", ["午间门诊"]),
        ("设立“星湖奖助学金”，资助学生。", "Award", ["星湖奖助学金"]),
        ("《云岭日报》以《海边的课堂》为题进行了报道。", "Document", ["海边的课堂"]),
        ("建有一流课程9门，其中《数控加工工艺》《机器视觉》为新增国家级课程。", "Course", ["数控加工工艺", "机器视觉"]),
        ("荣获全国党建工作标杆院系和样板支部称号。", "Award", ["全国党建工作标杆院系", "全国党建工作样板支部"]),
        ("荣获2031公共机构水效领跑者国家级荣誉称号。", "Award", ["2031公共机构水效领跑者"]),
        ("入选第四批“全国党建工作样板支部”培育创建单位。", "Award", ["全国党建工作样板支部"]),
        ("入选云岭省2031年“无烟校园”单位。", "Award", ["云岭省2031年“无烟校园”单位"]),
        ("会见肯尼亚教育和科技部部长。", "GovernmentBody", ["肯尼亚教育和科技部"]),
        ("惠及东北地区、非洲和东盟国家。", "Region", ["东北地区", "非洲", "东盟"]),
        ("天津市北辰区青光镇韩家墅村的村民", "Region", ["天津市北辰区青光镇", "韩家墅村"]),
        (
            "学校参与全国港口物流、智慧渔业、绿色船舶行业产教融合共同体建设。",
            "Consortium",
            ["全国智慧渔业行业产教融合共同体", "全国港口物流行业产教融合共同体", "绿色船舶行业产教融合共同体"],
        ),
        ("学校现有望溪、青榆两个校区。", "Base", ["望溪校区", "青榆校区"]),
        ("成立云岭竹编、白鹭渔歌两个非遗工作室。", "Base", ["云岭竹编非遗工作室", "白鹭渔歌非遗工作室"]),
        ("与云岭星河装备制造有限公司共建智慧渔业实训中心。", "Base", ["智慧渔业实训中心"]),
        ("打造“星湖讲堂”“周末剧场”，丰富生活。", "Project", ["星湖讲堂", "周末剧场"]),
        ("与柬埔寨教育青年体育部签署备忘录。", "GovernmentBody", ["柬埔寨教育青年体育部"]),
        ("入选国家规划教材8部，建成国家级课程思政示范课程1门。", "Award", ["国家级课程思政示范课程"]),
        ("建成VR技术实训平台。", "Base", ["VR技术实训平台"]),
        ("行业协会授予其“竹编培训基地（云岭）”。", "Base", ["竹编培训基地（云岭）"]),
        ("前身为云岭市工业学校。", "College", ["云岭市工业学校"]),
        ("修订《学生手册》，出台“双师型”教师认定管理办法。", "Document", ["“双师型”教师认定管理办法"]),
        ("依据云岭市“无烟学校”评价指标（试行），做好申报。", "Document", ["云岭市“无烟学校”评价指标（试行）"]),
        ("由云岭市经信局与学校共建。", "GovernmentBody", ["云岭市经济和信息化局"]),
        ("校纪委书记为党员授课。", "Department", ["中共云岭市星湖职业技术学院纪律检查委员会"]),
        ("立项国家自然科学基金项目2项。", "Project", ["国家自然科学基金项目"]),
        ("开展“红船领航”革命精神展，参与学生900人。", "Project", ["“红船领航”革命精神展"]),
        ("获“全国教育先进单位”“云岭省文明校园”称号。", "Award", ["全国教育先进单位", "云岭省文明校园"]),
        ("获批“老挝国家职业标准开发项目”。", "Country", ["老挝"]),
    ],
)
def test_entities_of_a_sentence(found: Found, text: str, type_: str, expected: list[str]) -> None:
    _, entities, _ = found(text)
    missing = [name for name in expected if fold(name) not in names(entities, type_)]
    assert not missing, [(e.type, e.name, e.aliases) for e in entities]


@pytest.mark.parametrize(
    ("text", "type_", "wrong"),
    [
        ("学校数智赋能智慧康养人才培养项目受到好评。", "College", "星湖职业技术学院数智赋"),
        ("坚持深度融合，汽车工程学院通过验收。", "Department", "深度融合汽车工程学院"),
        ("荣获全国大赛金奖3项。", "Award", "金奖"),
        ("开展“一把手”工程，落实责任。", "Project", "一把手工程"),
        ("为鲁班工坊建设提供支持。", "Person", "鲁班"),
        ("荣获“秦山杯”创新挑战赛铜奖。", "Person", "秦山"),
        ("各级各类技能大赛获奖丰富。", "Competition", "各级各类技能大赛"),
        ("与多家知名企业开展合作。", "Enterprise", "知名企业"),
        ("面向职业学校教师开展培训。", "College", "职业学校"),
        ("打造“一课一策”，推动课堂革命。", "Project", "一课一策"),
        ("涌现出一批国家教学名师、技术能手。", "Award", "国家教学名师"),
        ("表5学校主要产业学院名单。", "IndustryCollege", "主要产业学院"),
        ("学院获评云岭省首批示范性产业学院。", "IndustryCollege", "云岭省首批示范性产业学院"),
        ("陈星河任共同体理事长。", "Consortium", "陈星河任共同体"),
        ("西部、东部协同发展。", "Region", "西部"),
        ("坚持用习近平新时代中国特色社会主义思想铸魂育人。", "Person", "习近平"),
        ("坚持用习近平新时代中国特色社会主义思想铸魂育人。", "Country", "中国"),
        ("构建“院—校—省—国”四级竞赛体系。", "Competition", "“院—校—省—国”四级竞赛"),
        ("建设“AI+课程”试点20门。", "Course", "AI+课程"),
        ("行业协会授予其“竹编培训基地（云岭）”。", "Award", "其“竹编培训基地（云岭）”"),
        ("党委理论学习中心组集中学习14次。", "College", "党委理论学习中心组集中学"),
        ("推进校企合作、产业学院建设。", "IndustryCollege", "校企合作产业学院"),
        ("学校现有望溪、青榆两个校区。", "Base", "望溪"),
        ("开设“厂中校”，推进改革。", "Project", "厂中校"),
        ("入选云岭省职业教育现代产业学院。", "IndustryCollege", "云岭省职业教育现代产业学院"),
        ("在泰国北部、越南南部招生。", "GovernmentBody", "泰国北部"),
        ("与青禾集团、白鹭集团等头部企业共建青禾产业学院。", "IndustryCollege", "白鹭集团产业学院"),
        ("“小星星”志愿服务队获云岭省服务大赛金奖。", "Competition", "“小星星”志愿服务队获云岭省服务大赛"),
        ("建有线上、线下两个实训中心。", "Base", "线上实训中心"),
    ],
)
def test_entities_leave_what_is_no_name(found: Found, text: str, type_: str, wrong: str) -> None:
    _, entities, _ = found(text)
    assert fold(wrong) not in names(entities, type_)


@pytest.mark.parametrize("word", ["学校", "我校", "我院"])
def test_entities_own_college_is_meant_by_its_pronouns(found: Found, word: str) -> None:
    _, entities, _ = found(f"{word}召开会议，部署工作。")
    own = next(e for e in entities if e.type == "College")
    assert own.name == "云岭市星湖职业技术学院"
    assert word in {m.text for m in own.mentions}


def test_entities_own_college_takes_the_form_of_running_text(found: Found) -> None:
    _, entities, _ = found("云岭星湖职业技术学院召开会议。云岭星湖职业技术学院开展活动。云岭星湖职业技术学院获奖。")
    own = next(e for e in entities if e.type == "College")
    assert own.name == "云岭星湖职业技术学院" and "云岭市星湖职业技术学院" in own.aliases


def test_entities_other_schools_are_not_the_own_college(found: Found) -> None:
    _, entities, _ = found("中小学校和职业学校参加活动，该校师生受益。")
    assert not [m.text for e in entities if e.type == "College" for m in e.mentions if m.text == "学校"]


def test_entities_department_of_the_own_college_drops_its_name(found: Found) -> None:
    _, entities, _ = found("云岭市星湖职业技术学院汽车工程学院获评先进。")
    unit = next(e for e in entities if e.type == "Department")
    assert unit.name == "汽车工程学院" and "云岭市星湖职业技术学院汽车工程学院" in unit.aliases


def test_entities_one_honour_of_two_levels_is_two(found: Found) -> None:
    _, entities, _ = found("先后获评全国优秀教师1人，云岭省优秀教师1人。")
    assert {e.name for e in entities if e.type == "Award"} == {"全国优秀教师", "云岭省优秀教师"}


def test_entities_short_form_given_by_the_text_is_an_alias(found: Found) -> None:
    _, entities, _ = found("成立云岭高端装备行业产教融合共同体（以下简称“装备共同体”）。")
    consortium = next(e for e in entities if e.type == "Consortium")
    assert "装备共同体" in consortium.aliases


def test_entities_left_over_names_go_to_review(found: Found) -> None:
    _, _, review = found("代表团游览长江和黄崖关长城。")
    assert any("长" in item.text for item in review) and all(item.reason for item in review)


def test_entities_table_columns_give_types(found: Found) -> None:
    table = (
        "表 1-1 学生获奖情况\n赛事名称 获奖等级 指导教师\n"
        "云岭省机器人设计赛 一等奖 何文辉\n第二届青禾杯 二等奖 吴丽华\n"
    )
    _, entities, _ = found("见下表。\n\n" + table)
    assert {fold("云岭省机器人设计赛"), fold("第二届青禾杯")} <= names(entities, "Competition")


def test_entities_mentions_are_exact_and_in_a_sentence(document: Document, extraction: Extraction) -> None:
    for entity in extraction.entities:
        assert entity.mentions and entity.id.startswith(entity.type + "/")
        for mention in entity.mentions:
            place = mention.evidence
            assert document.text[place.start : place.end] == mention.text
            sentence = document.sentence_by_id[place.sentence]
            assert sentence.start <= place.start < sentence.end


def test_entities_have_ids_of_their_own(extraction: Extraction) -> None:
    ids = [e.id for e in extraction.entities]
    assert len(ids) == len(set(ids))


def test_entities_are_in_the_order_of_first_mention(extraction: Extraction) -> None:
    starts = [e.mentions[0].evidence.start for e in extraction.entities]
    assert starts == sorted(starts)


def test_entities_link_to_codes(extraction: Extraction) -> None:
    codes = {(e.type, e.name): dict(e.codes) for e in extraction.entities}
    assert codes["Country", "葡萄牙"] == {"iso3166": "PT"}
    assert codes["Region", "天津市"] == {"gbt2260": "120000"}
    assert codes["Major", "眼视光技术"] == {"major": "520901"}


def test_entities_are_the_same_again(document: Document) -> None:
    first, second = (extract_entities(document, parse(document)) for _ in range(2))
    assert first == second


def test_case_profiles_name_their_entities_and_themes(document: Document, extraction: Extraction) -> None:
    profiles = profile_cases(document, extraction.entities, extraction.observations)
    assert [p.case for p in profiles] == [c.id for c in document.cases]
    by_id = {e.id: e for e in extraction.entities}
    for profile, case in zip(profiles, document.cases, strict=True):
        assert profile.themes, case.title
        for entity in profile.entities:
            assert any(case.start <= m.evidence.start < case.end for m in by_id[entity].mentions)
