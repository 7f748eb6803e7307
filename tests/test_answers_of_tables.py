"""Answers that rows and columns of tables give, sums over grades, and what a bound or a unit keeps from answering; on a
made-up report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_reports import engine_on

from qgraph.answering.rewording import reworded
from qgraph.answering.roads import rivalry
from qgraph.config import Settings
from qgraph.engine import Engine
from qgraph.ontology import read_patterns

REPORT = """海港虚构渔业职业学院
高等职业教育质量年度报告
（2024年度）

前言
　　海港虚构渔业职业学院（以下简称“学院”）地处东海之滨，源起1956年创办的海港水产学校。

第一部分 人才培养
一、专业建设
　　年度增设智能航海技术专业，停招水产品贸易专业。2024年学院面向9个省份招生，计划1200人，录取1188人。
　　学院与3家企业共建产业学院，见表1。
表1 产业学院一览
产业学院 合作企业 成立年份 学生（人）
远洋捕捞产业学院 东海渔业集团有限公司 2021年 120
冷链物流产业学院 北港冷链有限公司 2022年 96
智慧养殖产业学院 南湾水产科技有限公司 2022年 143
合计 359
表2 近三年主要证书通过率（%）
证书 2022年 2023年 2024年
船员适任证书 88.20 90.10 93.40
水产检验员证书 76.00 79.50 81.25
二、技能竞赛
　　学生在2024年“海锚杯”航海技能竞赛中获一等奖2项、二等奖3项、三等奖4项。
　　年生均财政拨款水平达13200元。实训中心设工位150个。
第二部分 服务贡献
一、社会培训
　　面向45名渔村干部举办海水养殖培训班2期。
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Engine]:
    with engine_on(tmp_path_factory.mktemp("harbour"), settings, REPORT) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("哪几个产业学院是2022年成立的？", "冷链物流产业学院、智慧养殖产业学院"),
        ("海锚杯航海技能竞赛一共拿了几个奖？", "9项"),
        ("学生最多的两个产业学院是哪两个？", "智慧养殖产业学院、远洋捕捞产业学院"),
        ("学生人数最少的产业学院是哪个？", "冷链物流产业学院"),
        ("2023年船员适任证书的通过率是多少？", "90.10%"),
        ("水产检验员证书通过率2024年是多少？", "81.25%"),
        ("2024年的招生计划完成了没有？", "否"),
        ("水产品贸易专业还在招吗？", "否"),
        ("智能航海技术专业是停招了吧？", "否"),
        ("学院最早叫什么名字？", "海港水产学校"),
    ],
)
def test_what_tables_and_figures_tell_is_answered(harbour: Engine, question: str, text: str) -> None:
    answer = harbour.ask(question)
    assert not answer.refused and answer.text == text


def test_rate_is_called_by_row_and_caption(harbour: Engine) -> None:
    names = {o.indicator for o in harbour.knowledge.observations.values() if o.unit == "%"}
    assert names == {"船员适任证书通过率", "水产检验员证书通过率"}


@pytest.mark.parametrize("question", ["2024年财政一共给学院拨了多少钱？", "产业学院一共捐了多少张床？"])
def test_another_unit_or_what_falls_to_each_one_is_no_answer(harbour: Engine, question: str) -> None:
    assert harbour.ask(question).refused


def test_sum_over_grades_is_shown(harbour: Engine) -> None:
    answer = harbour.ask("海锚杯航海技能竞赛一共拿了几个奖？")
    assert answer.calculation.count("＋") == 2 and answer.citations


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("支出超过收入了吗", "支出比收入多了吗"),
        ("国家、市、校三级课题各几项", "国家级、市级、校级"),
        ("纵向横向经费加起来多少", "纵向和横向经费加起来多少"),
    ],
)
def test_spoken_comparisons_and_rows_are_put_as_such(question: str, meant: str) -> None:
    assert meant in reworded(question)


def test_rivals_count_by_how_close_they_come() -> None:
    assert rivalry(2.0, []) == 0.0
    assert rivalry(2.0, [2.0]) == 1.0
    assert rivalry(2.0, [1.9, 1.0]) == rivalry(2.0, [1.9]) > rivalry(2.0, [1.5]) > rivalry(2.0, [0.5]) == 0.0


def test_classifiers_of_a_row_are_all_known() -> None:
    rules = read_patterns("asking")["counters"]
    known = {*rules["group"], "人", "名", "位", "人次", "面", "台", "套"}
    assert {c for row in rules["alike"] for c in row} <= known
