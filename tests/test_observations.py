"""Observations of text and tables: what is counted, when, for whom, and as part of what."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from entity_reports import entities_of

from qgraph.extraction.identity import entity_id
from qgraph.extraction.observations import extract_observations
from qgraph.reading import read_report
from qgraph.records import Document, Entity, Evidence, Mention, Observation

GOLD = Path(__file__).resolve().parents[1] / "bench" / "gold"
HEAD = "云梦市虚构职业技术学院\n高等职业教育质量年度报告\n（2023年度）\n\n1.人才培养\n\n1.1学生发展\n\n"
Observe = Callable[..., tuple[Observation, ...]]


@pytest.fixture
def observe(tmp_path: Path) -> Observe:
    """The observations of a made-up report with these paragraphs."""

    def run(*paragraphs: str, head: str = HEAD) -> tuple[Observation, ...]:
        path = tmp_path / "report.txt"
        path.write_text(head + "\n\n".join(f"　　{p}" for p in paragraphs) + "\n", encoding="utf-8")
        return extract_observations(read_report(path), (), ())

    return run


def labels(found: tuple[Observation, ...]) -> list[str]:
    return [o.indicator for o in found]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("学校现有教职工 856 人，其中专任教师 545 人。", ["教职工数", "专任教师数"]),
        ("新生报到率为 96.23%，计划完成率达 100%。", ["新生报到率", "计划完成率"]),
        ("新增实训场地面积 3.4 万平方米。", ["新增实训场地面积"]),
        ("为山区家庭经济困难学生发放棉衣 79 件。", ["发放棉衣数"]),
        ("选聘 56名老师担任劳动教育教师。", ["选聘担任劳动教育教师的老师数"]),
        ("3 个专业获批省级产教融合示范专业。", ["获批省级产教融合示范专业数"]),
        ("学校积极选派 36 名教师作为科技特派员派驻到小微企业。", ["选派作为科技特派员派驻到小微企业的教师数"]),
        ("建有教务系统、网络教学平台、虚拟仿真平台等 16 个教学应用系统。", ["教学应用系统数"]),
        ("停招计算机应用、商务英语、空中乘务等 16个高职专业。", ["停招高职专业数"]),
        ("以眼视光技术、包装工程技术 2 个国家级高水平专业群为引领。", ["国家级高水平专业群数"]),
        ("共 43 支队伍的 157 名选手同台竞技。", ["队伍数", "同台竞技选手数"]),
        ("组织 210 名学生到云梦医院、青禾药厂等 8 家单位开展跟岗实习。", ["开展跟岗实习学生数", "开展跟岗实习单位数"]),
        ("形成 4 个专业群协同发展的格局。", ["协同发展专业群数"]),
        ("该中心先后接待青禾学院等 9 所院校考察学习。", ["接待考察学习院校数"]),
        ("在青山码头、白云码头等 11 个码头开展引导、咨询等服务。", ["开展服务码头数"]),
        ("组建 5 支共 76 名教师参与的潜水服务队。", ["组建潜水服务队数", "教师参与的潜水服务队人数"]),
        ("现有校本部等 3 个校区和图书馆、体育馆 2 座场馆。", ["校区数", "场馆数"]),
        ("宿舍、食堂等方面的 30 条建议全部得到答复。", ["全部得到答复建议数"]),
        ("而学校现有专业 36 个。", ["专业数"]),
        ("其中企业 64 家、学校 39 所。", ["企业数", "学校数"]),
        ("在编制、拨款等方面提出 16 条支持政策。", ["提出支持政策数"]),
        ("打印终端布设在图书馆、食堂等 6 处。", ["打印终端布设数"]),
        ("选派 9 名学生赴青禾大学开展为期三个月的交换学习。", ["选派赴青禾大学学生数", "交换学习时长"]),
        ("办理时限由 3.5 个工作日压缩到 1 个工作日。", ["办理时限（压缩前）", "办理时限"]),
        ("同名短片播放量突破 35 万次。", ["同名短片播放量"]),
        ("访企拓岗 146 家。", ["访企拓岗单位数"]),
        ("茶艺班招收学员 86 人，其中女学员 51 人。", ["茶艺班招收学员数", "茶艺班招收女学员数"]),
        ("开展等级认定 486 人次，合格 441 人，合格率 90%。", ["等级认定人次", "等级认定合格人数", "等级认定合格率"]),
        ("历时 3 年研制出水下机器人。", ["研制出水下机器人年限"]),
        ("开办渔具班，招收学徒 40 人。", ["渔具班招收学徒数"]),
        (
            "使茶叶由青山发往甲市、乙市的时间由 72 小时缩短到 22 小时。",
            ["茶叶由青山发往甲市的时间（缩短前）", "茶叶由青山发往甲市的时间"],
        ),
        ("全年累计志愿服务 9.6 万小时。", ["志愿服务时长"]),
        (
            "建成省级在线课程 11 门，其中新增《茶艺》《果树栽培》2 门。",
            ["建成省级在线课程数", "新增建成省级在线课程数"],
        ),
        ("资助困难学生 120 名，每人 2000 元。", ["资助困难学生数", "资助困难学生每人金额"]),
        (
            "航海、烹饪、护理 3 个专业就业率居全校前三，分别为 98%、97%和 96%。",
            ["航海专业就业率", "烹饪专业就业率", "护理专业就业率"],
        ),
        ("累计测绘里程达 1260 公里。", ["测绘里程"]),
        ("新增产业学院 11 个、实训基地 9个。", ["新增产业学院数", "新增实训基地数"]),
        ("为企业降低 50%的人力和时间成本。", ["降低人力和时间成本比例"]),
        ("调研企业中，第三产业占比最多，为 47.37%。", ["第三产业占比"]),
        ("“有效”结论 61 项，占比 91.04%。", ["“有效”结论数", "“有效”结论占比"]),
        ("组织专场招聘会，吸引 450 余家企业，提供 560 余个岗位。", ["专场招聘会吸引企业数", "专场招聘会提供岗位数"]),
        ("毕业生、用人单位满意度分别为 97.2%、98.6%。", ["毕业生满意度", "用人单位满意度"]),
        ("项目分三类（学校层面 4 项、专业群层面 21项）。", ["学校层面数", "专业群层面数"]),
        ("报到率 97.38%，较 2021年提高0.62 个百分点。", ["报到率", "报到率较2021年提高"]),
        (
            "办学总收入4286.35 万元，较上年增加310.20万元，增长7.81%。",
            ["办学总收入", "办学总收入较上年增加金额", "办学总收入增长"],
        ),
        ("就业率达 98.5%，同比提升 1.2 个百分点。", ["就业率", "就业率同比提升"]),
        ("装配合格率由89%提升到96.5%。", ["装配合格率（提升前）", "装配合格率"]),
        ("馆藏图书由 80 万册增至 88 万册。", ["馆藏图书数（增前）", "馆藏图书数"]),
        ("专利转化58件、到账326.40万元。", ["专利转化数", "专利转化到账金额"]),
        ("学校有来自云岭、青岚等 17 个国家的留学生203人。", ["国家数", "留学生数"]),
        ("新增云计算技术、无人机应用 3 个专业，撤销物业管理、旅游英语 2个专业。", ["新增专业数", "撤销专业数"]),
        ("聘请大国工匠张小禾、劳动模范李大山等 24 人担任劳动教育导师。", ["聘请劳动教育导师数"]),
        ("为企业输送毕业生734人，其中61人成长为班组长。", ["输送毕业生数", "成长为班组长人数"]),
        ("教师要在 7 个系统间来回切换才能掌握一名学生的情况。", ["系统数"]),
        ("选派187名教师赴企业实践，累计 1.1万天。", ["选派赴企业实践教师数", "选派赴企业实践教师时长"]),
        ("为山区销售紫菜、茶叶等农产品 1356万元。", ["销售农产品金额"]),
        ("合作举办机电技术中外合作办学项目，在校生 178 人。", ["机电技术中外合作办学项目在校生数"]),
        ("培训养老护理员 1840 人、育婴员1215人。", ["培训养老护理员数", "培训育婴员数"]),
        ("职业技能等级认定 9326 人，合格 8107人。", ["职业技能等级认定人数", "职业技能等级认定合格人数"]),
        ("组建云岭产教联合体，成员单位 76 家。", ["云岭产教联合体成员单位数"]),
        ("生师比为16.85:1，按1:1配套。", ["生师比"]),
        ("实训基地工位数达 8600 个，生均 0.72 个。", ["实训基地工位数", "生均实训基地工位数"]),
        ("完成2部教材，另有 31 12本讲义。", ["完成教材数"]),
        ("开展了为期四天的“青禾”主题实践活动。", ["“青禾”主题实践活动时长"]),
        ("现有专任教师548人，其中高级职称192人。", ["专任教师数", "高级职称专任教师数"]),
        ("留在省内就业900人，其中大连400人。", ["留在省内就业人数", "大连就业人数"]),
        ("其中598人考入甲大学、乙大学等本科院校。", ["考入本科院校人数"]),
        ("对426名困难毕业生逐一建档结对。", ["逐一建档结对困难毕业生数"]),
        ("面向云岭、青岚等15个省（区）投放计划。", ["投放计划省份数"]),
        ("14名队员来自陶瓷设计、软件技术2个专业。", ["队员数", "软件技术专业数"]),
        ("编成《渔村求职地图》，印发2000册。", ["《渔村求职地图》印发数"]),
        ("培训机构（养护、航运、物流4个职业）获批。", ["职业数"]),
        ("上线课程692门、试题11.8万道。", ["上线课程数", "上线试题数"]),
        ("直通车共跑19趟。", ["直通车共跑趟数"]),
        ("学校共有社团58个。", ["社团数"]),
        ("举办毕业生春季双选会，提供岗位2.3万个。", ["毕业生春季双选会提供岗位数"]),
        ("数控2201班陈浩参赛。", []),
        ("附属医院与 12 家乡镇卫生院结成医联体。", ["结成医联体乡镇卫生院数"]),
        ("师生书写家书 1.2万封。", ["师生书写家书数"]),
        ("队员执行防汛任务 6 天。", ["队员执行防汛任务时长"]),
        ("与茶厂联合攻关 5 年。", ["茶厂联合攻关年限"]),
        ("达标率升至 93.1%，比上一学年高 1.4 个百分点。", ["达标率", "达标率比上一学年高"]),
        ("设茶艺学院、园林学院 2 个二级学院及基础部、体育部 2 个教学部门。", ["设二级学院数", "教学部门数"]),
        (
            "新立纵向课题 74 项，含国家级课题 1 项、省级课题 12 项，到账经费 218 万元。",
            ["新立纵向课题数", "国家级新立纵向课题数", "省级新立纵向课题数", "新立纵向课题到账经费"],
        ),
        ("招生 3200 人，其中省外生源占 18%。", ["招生数", "省外生源占比"]),
        ("其中青山茶厂一家就录用 43 人。", ["青山茶厂录用人数"]),
        ("合作社 318 户茶农每公斤茶叶多卖 12 元。", ["合作社茶农数", "每公斤茶叶多卖金额"]),
        (
            "云岭省教学成果奖评审中，学校有 3 项成果折桂，其中一等奖 1 项。",
            ["云岭省教学成果奖折桂成果数", "云岭省教学成果奖折桂成果一等奖数"],
        ),
        ("在云岭省大学生创业大赛中，学校共有 5 个项目获奖。", ["云岭省大学生创业大赛获奖项目数"]),
    ],
)
def test_labels_can_be_read_alone(observe: Observe, text: str, indicators: list[str]) -> None:
    assert labels(observe(text)) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "荣获 2023年云梦省职业技能大赛金奖 2 项，银奖 4 项。",
            ["云梦省职业技能大赛金奖数", "云梦省职业技能大赛银奖数"],
        ),
        (
            "在第六届“星火杯”创业大赛中获二等奖、三等奖各 1 项。",
            ["“星火杯”创业大赛二等奖数", "“星火杯”创业大赛三等奖数"],
        ),
        (
            "荣获首届云梦市职业规划大赛市赛金奖 5项，国赛铜奖 4 项。",
            ["云梦市职业规划大赛市赛金奖数", "云梦市职业规划大赛国赛铜奖数"],
        ),
        (
            "在云梦创新大赛（2023）总决赛中获金奖1项，在第四届“星火杯”创业竞赛中获银奖2项。",
            ["云梦创新大赛总决赛金奖数", "“星火杯”创业竞赛银奖数"],
        ),
        (
            "在全国行业竞赛等技能竞赛中共获得国家级奖项 5 项，其中一等奖 2项、二等奖 3 项。",
            ["技能竞赛国家级奖项数", "技能竞赛国家级一等奖数", "技能竞赛国家级二等奖数"],
        ),
    ],
)
def test_prizes_carry_competition_and_level(observe: Observe, text: str, indicators: list[str]) -> None:
    assert labels(observe(text)) == indicators


def test_one_figure_for_each_of_several_things(observe: Observe) -> None:
    found = observe("在“星火杯”创业大赛中获二等奖、三等奖各 1 项。")
    assert [(o.value, o.unit) for o in found] == [(1, "项"), (1, "项")]
    assert found[0].evidence.sentence == found[1].evidence.sentence


def test_amounts_of_one_thing_share_its_name(observe: Observe) -> None:
    found = observe("累计开展社会培训 388 项，共计 62567 人次 12186 学时，其中公益性培训 249 项，共计 48564 人次。")
    assert labels(found) == ["社会培训项数", "社会培训人次", "社会培训学时", "公益性社会培训项数", "公益性社会培训人次"]
    assert [found.index(o) for p in found if p.part_of for o in found if o.id == p.part_of] == [0, 1]


def parts(found: tuple[Observation, ...]) -> dict[str, str]:
    names = {o.id: o.indicator for o in found}
    return {o.indicator: names[o.part_of] for o in found if o.part_of}


def test_parts_of_parts(observe: Observe) -> None:
    found = observe(
        "2023 年非财政拨款收入 100.5 万元，包括事业收入 60.5 万元；"
        "其他收入 40 万元，其中利息收入 10 万元，捐赠收入 30 万元。"
    )
    assert parts(found) == {
        "事业收入": "非财政拨款收入",
        "其他收入": "非财政拨款收入",
        "利息收入": "其他收入",
        "捐赠收入": "其他收入",
    }
    assert {o.period.label for o in found} == {"2023年"}


def test_what_follows_a_semicolon_is_a_part_only_where_it_completes_the_total(observe: Observe) -> None:
    found = observe("获专利授权57项，其中发明专利授权19项；专利转让8项。")
    assert parts(found) == {"发明专利授权数": "专利授权数"}


def test_a_part_told_by_its_difference_takes_the_rest_from_the_total(observe: Observe) -> None:
    found = observe("教师认定为“双师型”教师共计 50 人，其中高级 20人，中级 15人；纵向课题立项 32项，其中省级以上14项。")
    assert labels(found)[1:] == ["高级“双师型”教师数", "中级“双师型”教师数", "纵向课题立项数", "省级以上纵向课题立项数"]
    assert "省级以上" in found[-1].qualifiers and "其中" in found[-1].qualifiers


def test_comparison_names_what_is_compared(observe: Observe) -> None:
    found = observe("2023年毕业生满意度为97.20%，用人单位满意度为98.65%，分别比上年提高1.1个和0.4个百分点。")
    assert labels(found)[2:] == ["毕业生满意度比上年提高", "用人单位满意度比上年提高"]
    assert {o.period.label for o in found} == {"2023年"}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年报到率 97.38%，较 2021年提高0.62 个百分点，录取 300 人。", ["2023年", "2023年", "2023年"]),
        ("高级职称占比由上年的 35.2% 提高到 38.9%。", ["2022年", "2023年"]),
        ("联合体于 2020 年 11 月获批省级联合体，成员单位 76 家。", ["2023年"]),
        ("2022年承接横向项目 13 项；签订合同96 份。", ["2022年", "2022年"]),
    ],
)
def test_periods_of_comparisons_hold_no_further(observe: Observe, text: str, periods: list[str]) -> None:
    assert [o.period.label for o in observe(text)] == periods


def test_same_words_of_different_things_are_told_apart(observe: Observe) -> None:
    found = observe("物流管理专业，本市就业比例为90.77%；会计专业，本市就业比例为85.19%。")
    assert labels(found) == ["物流管理专业本市就业比例", "会计专业本市就业比例"]


def test_what_a_section_says_twice_is_told_once(observe: Observe) -> None:
    assert len(observe("推进十大专业群建设。", "推进十大专业群建设。")) == 1


def test_planned_figures_are_marked(observe: Observe) -> None:
    assert "计划" in observe("计划引进博士 30 名。")[0].qualifiers


def test_what_a_planned_change_leads_to_is_planned(observe: Observe) -> None:
    found = observe("力争到2027年一次通过率由目前的87%提高到 92%。")
    assert [("计划" in o.qualifiers, o.period.label) for o in found] == [(False, "2023年"), (True, "2027年")]


def test_value_source_bound_and_evidence(observe: Observe, tmp_path: Path) -> None:
    found = observe("学校开展讲座，服务学生达到 8万余人次。")[0]
    text = read_report(tmp_path / "report.txt").text
    assert (found.value, found.source_value, found.unit, found.bound) == (Decimal(80000), "8万余", "人次", "余")
    assert text[found.evidence.start : found.evidence.end] == "服务学生达到 8万余人次"


def mention(document: Document, words: str, type_: str) -> Entity:
    start = document.text.index(words)
    sentence = document.sentence_at(start)
    assert sentence is not None
    evidence = Evidence(document.id, sentence.id, start, start + len(words))
    return Entity(entity_id(type_, words), type_, words, (), (Mention(words, evidence, "test"),))


def test_subject_is_the_grammatical_subject_else_the_college(observe: Observe, tmp_path: Path) -> None:
    observe("云梦产教联合体统筹 15所院校，新增基地 9 个。依托云梦产教联合体，学校组建订单班 6 个。")
    document = read_report(tmp_path / "report.txt")
    consortium = mention(document, "云梦产教联合体", "Consortium")
    found = extract_observations(document, (), (consortium,))
    college = entity_id("College", document.college)
    assert [o.subject for o in found] == [consortium.id, consortium.id, college]


TABLE = """表 1-1 学生大赛获奖汇总表

级别 大赛名称 一等奖 二等奖

国家级

（5 项）

2023 年全国云海技能大赛 2 3

小计 2 3

数据来源：学校教务处

"""


def test_cells_carry_their_headings_and_year(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(HEAD + TABLE + "　　学校学生获奖丰富（见表 1-1）。\n", encoding="utf-8")
    found = extract_observations(read_report(path), (), ())
    told = [(o.indicator, o.value, o.unit, o.period.label) for o in found]
    assert ("国家级·全国云海技能大赛一等奖", 2, "项", "2023年") in told
    assert ("国家级·全国云海技能大赛二等奖", 3, "项", "2023年") in told


COUNTED = """表 1-2 社会培训开展情况

培训类型 期数 门数 人次

茶叶加工、茶园管理等茶农实用技术 36 4 5120

插花知识 18 3 2764

"""


def test_a_heading_tells_what_its_column_is_counted_in(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(HEAD + COUNTED + "　　培训见表 1-2。\n", encoding="utf-8")
    found = extract_observations(read_report(path), (), ())
    told = [(o.indicator, o.value, o.unit) for o in found]
    assert ("插花知识期数", 18, "期") in told
    assert ("插花知识门数", 3, "门") in told
    assert ("茶农实用技术人次", 5120, "人次") in told


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", GOLD / "score_extraction.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(document: Document) -> tuple[Observation, ...]:
    return extract_observations(document, (), ())


def rows(document: Document, found: tuple[Observation, ...]) -> list[dict[str, object]]:
    return [
        {
            "indicator": o.indicator,
            "value": float(o.value),
            "unit": o.unit + (f"（{o.bound}）" if o.bound else ""),
            "period": o.period.label,
            "section": document.place(document.sentence_by_id[o.evidence.sentence]),
        }
        for o in found
    ]


def test_reference_data_is_met(document: Document, found: tuple[Observation, ...]) -> None:
    gold = [json.loads(line) for line in (GOLD / "observations.jsonl").read_text(encoding="utf-8").splitlines()]
    right, told, wanted, named, dated = scorer().score_observations(gold, rows(document, found), {0, 1, 2}, False)
    assert right / told >= 0.97
    assert right / wanted >= 0.97
    assert named / wanted >= 0.85
    assert dated / wanted >= 0.85


def test_every_number_of_the_tables_is_told(document: Document, found: tuple[Observation, ...]) -> None:
    cells = {o.evidence.start: o for o in found}
    for table in document.tables:
        for cell in table.cells:
            if not cell.header and not cell.stub and cell.text.rstrip("%").replace(".", "").isdigit():
                assert cells[cell.start].source_value == cell.text.rstrip("%")


def test_ids_evidence_and_values_hold_together(document: Document, found: tuple[Observation, ...]) -> None:
    assert [o.id for o in found] == [f"{document.id}/o{n}" for n in range(1, len(found) + 1)]
    ids = {o.id for o in found}
    for o in found:
        sentence = document.sentence_by_id[o.evidence.sentence]
        assert sentence.start <= o.evidence.start < o.evidence.end <= sentence.end
        assert o.source_value in document.text[o.evidence.start : o.evidence.end]
        assert o.indicator and o.unit and o.period.label
        assert not o.part_of or o.part_of in ids


def test_sums_of_the_tables_agree_with_what_the_groups_state(found: tuple[Observation, ...]) -> None:
    totals = {o.indicator: o.value for o in found}
    for level in ("国家级", "省部级"):
        assert totals[f"{level}奖项合计"] == sum(
            totals[f"{level}·小计{grade}"] for grade in ("一等奖", "二等奖", "三等奖")
        )


def test_twice_read_is_twice_the_same(document: Document, found: tuple[Observation, ...]) -> None:
    assert extract_observations(document, (), ()) == found


def test_reading_is_fast_enough(document: Document, found: tuple[Observation, ...]) -> None:
    began = time.perf_counter()
    extract_observations(document, (), ())
    assert len(document.text) / (time.perf_counter() - began) > 20_000


def test_figures_in_brackets_are_those_of_the_names_before_them(tmp_path: Path) -> None:
    document, entities, _ = entities_of(
        tmp_path, "接收毕业生较多的企业依次为青禾集团有限公司（96人）、白鹭电子有限公司（71人）。"
    )
    found = extract_observations(document, (), entities)
    name = {e.id: e.name for e in entities}
    assert [(name[o.subject], o.indicator, int(o.value)) for o in found] == [
        ("青禾集团有限公司", "接收毕业生数", 96),
        ("白鹭电子有限公司", "接收毕业生数", 71),
    ]


def test_a_label_names_what_it_takes_up_again(tmp_path: Path) -> None:
    text = (
        "学校推出“山海讲堂”品牌项目。项目累计开课18期。建成“云上茶园”教学平台，日均活跃用户3100余人，访问量达860万次。"
    )
    document, entities, _ = entities_of(tmp_path, text)
    text += "建成智能茶机实训中心，建筑面积 860 平方米。"
    document, entities, _ = entities_of(tmp_path, text)
    assert labels(extract_observations(document, (), entities)) == [
        "“山海讲堂”累计开课期数",
        "“云上茶园”教学平台日均活跃用户人数",
        "“云上茶园”教学平台访问量",
        "智能茶机实训中心建筑面积",
    ]


def test_grades_of_a_table_are_named_by_what_they_are_grades_of(tmp_path: Path) -> None:
    body = "表 1-1 专任教师结构统计表\n类别 项目 人数（人） 比例（%）\n职称结构 正高级 31 6.62\n副高级 132 28.21\n"
    document, entities, _ = entities_of(tmp_path, body)
    found = labels(extract_observations(document, (), entities))
    assert found == ["正高级职称人数", "正高级职称比例", "副高级职称人数", "副高级职称比例"]


def test_units_and_people_are_the_subject_and_not_the_label(tmp_path: Path) -> None:
    document, entities, _ = entities_of(tmp_path, "教务处推出“青禾”直播26场。")
    found = extract_observations(document, (), entities)
    assert [o.indicator for o in found] == ["“青禾”直播场次"]
    assert [e.name for e in entities if e.id == found[0].subject] == ["教务处"]
