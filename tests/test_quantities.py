"""Quantities in plain strings: values, units, bounds, and what is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest
import spacy

from qgraph.language.quantities import find_quantities
from qgraph.language.quantities_grammar import units
from qgraph.records import Document


def told(text: str) -> list[tuple[Decimal, str, str]]:
    return [(q.value, q.unit, q.bound) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("横向经费到账 1234.56 万元", "1234.56", "万元", ""),
        ("服务学生8万余人次", "80000", "人次", "余"),
        ("接待参观 1.2 万余人次", "12000", "人次", "余"),
        ("新增实训场地 3.4 万平方米", "34000", "平方米", ""),
        ("建成3.47万㎡实训中心", "34700", "平方米", ""),
        ("创造经济效益 1亿余元", "1", "亿元", "余"),
        ("销售农产品 80 余万元", "80", "万元", "余"),
        ("投入五百万元", "500", "万元", ""),
        ("提供岗位近 3 万个", "30000", "个", "近"),
        ("参与学生超过1000 人次", "1000", "人次", "超过"),
        ("覆盖考生约 7万人次", "70000", "人次", "约"),
        ("纯度达 99%以上", "99", "%", "以上"),
        ("在校生10,286人", "10286", "人", ""),
        ("与三家企业合作", "3", "家", ""),
        ("各类活动近百场", "100", "场", "近"),
        ("教育活动百余场", "100", "场", "余"),
        ("每年服务近万人", "10000", "人", "近"),
        ("面向五大产业", "5", "个", ""),
        ("集 6大功能于一体", "6", "个", ""),
        ("邀请 5位专家", "5", "人", ""),
        ("设备共计 49台（套）", "49", "台（套）", ""),
        ("指导 145 人日", "145", "人日", ""),
        ("提高1.5个百分点", "1.5", "个百分点", ""),
        ("合格率百分之九十五点五", "95.5", "%", ""),
        ("连续两学年排名第一", "2", "学年", ""),
        ("为期2年的建设", "2", "年", ""),
        ("学生 1.5 年就能成长为店长", "1.5", "年", ""),
        ("获得一等奖一项。", "1", "项", ""),
        ("出口带宽达到25GB", "25", "GB", ""),
        ("取得 12186学时", "12186", "学时", ""),
        ("培训３６人", "36", "人", ""),
        ("采购护目镜12副", "12", "副", ""),
        ("安装路灯 90 盏", "90", "盏", ""),
        ("促成订单2.4万单", "24000", "单", ""),
        ("放流鱼苗3万尾", "30000", "尾", ""),
        ("检修机床 600 工时", "600", "工时", ""),
        ("每期 20天的潜水集训", "20", "天", ""),
        ("录取分数高出省控线 86 分", "86", "分", ""),
        ("保留学籍最长两年", "2", "年", ""),
        ("学员平均年龄 46 岁", "46", "岁", ""),
    ],
)
def test_reads_value_unit_and_bound(text: str, value: str, unit: str, bound: str) -> None:
    assert told(text) == [(Decimal(value), unit, bound)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年12月10日召开会议",
        "2024 届毕业生就业",
        "第 23届锦标赛在北方举行",
        "第三产业比重最大",
        "“1+1+N”国家级实训基地",
        "“5-10-30”三级体系",
        "（津教职函〔2023〕51 号）要求",
        "实行《三年行动计划（2024—2026 年）》",
        "985 高校的选手",
        "打造“五年一贯制”专业",
        "统筹推进两大工程。",
        "从思想、制度、机制、考核四个维度",
        "形成了一整套工作机制",
        "建立了一支高水平队伍",
        "近三年，培养能手",
        "毕业三年内毕业生满意",
        "党的二十大精神",
        "二十届三中全会精神",
        "见图 1-15、1-16",
        "获得 74公斤级冠军",
        "5G 专网覆盖全校",
        "普通高考录取线高于当地高职线 200 分以上",
        "B2B 方向和 IPv6双栈",
        "试运行两个月后",
        "合作意向多项、企业多家",
        "他说“未来三年来华留学生突破 1 万人”",
        "配强辅导员和班主任两支队伍",
        "“匠心”两个字刻在门口",
        "连续两年招生不足的专业停招",
        "连续两次考核靠后的教研室约谈",
        "他 17 岁进船厂",
        "获女子1500米长跑冠军",
        "教授高级 12 副高级",
    ],
)
def test_passes_over_what_counts_nothing(text: str) -> None:
    assert told(text) == []


def test_offsets_and_number_are_those_of_the_text() -> None:
    text = "全年开展活动近 3 万余场次，覆盖学生 8万余人次。"
    for quantity in find_quantities(text):
        assert text[quantity.number_start : quantity.number_end] == quantity.number
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
    assert [q.number for q in find_quantities(text)] == ["3 万余", "8万余"]


def test_decimal_places_are_kept() -> None:
    assert str(find_quantities("满意度达到 99.00%")[0].value) == "99.00"


def test_money_keeps_the_wan_of_its_unit() -> None:
    assert told("收入 8342.8 万元，利息 70 元") == [(Decimal("8342.8"), "万元", ""), (Decimal("70"), "元", "")]


def test_medals_are_counted_in_pieces() -> None:
    found = find_quantities("在游泳锦标赛中取得1 金 2银1 铜的好成绩")
    assert [(q.value, q.unit, q.counted) for q in found] == [(1, "枚", "金牌"), (2, "枚", "银牌"), (1, "枚", "铜牌")]


def test_each_is_marked() -> None:
    assert [q.each for q in find_quantities("获二等奖、三等奖各 1 项，另有 2 项")] == [True, False]


def test_numbers_that_share_a_unit() -> None:
    assert told("分别比上年提高1.1个和0.4个百分点") == [
        (Decimal("1.1"), "个百分点", ""),
        (Decimal("0.4"), "个百分点", ""),
    ]


def test_both_ends_of_a_change_of_time_are_told() -> None:
    assert told("办结时间由15天压缩到4天") == [(Decimal(15), "天", ""), (Decimal(4), "天", "")]


def test_neighbouring_quantities_are_told_apart() -> None:
    assert [unit for _, unit, _ in told("共计 62567 人次 12186 学时，共 43 支队伍的 157 名选手")] == [
        "人次",
        "学时",
        "支",
        "人",
    ]


def test_a_counter_inside_another_word_is_none() -> None:
    assert told("第3家长学校、5部门联动") == []


def test_units_have_one_row_each_and_link_to_qudt() -> None:
    assert units()["㎡"].normal == units()["平方米"].normal == "平方米"
    assert units()["%"].qudt == "PERCENT"
    assert all(unit.kind for unit in units().values())


def test_component_fills_spans_and_records() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("quantities")
    doc = nlp("学校现有教职工 1256 人，占比达 38.58%。")
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["quantities"]] == [
        ("1256 人", "people", "人"),
        ("38.58%", "share", "%"),
    ]
    assert [str(q.value) for q in doc._.quantities] == ["1256", "38.58"]


def test_every_quantity_of_the_report_is_a_slice_of_it(document: Document) -> None:
    for paragraph in document.paragraphs:
        for quantity in find_quantities(paragraph.text):
            assert quantity.number in paragraph.text[quantity.start : quantity.end]
            assert quantity.value >= 0
