"""Which figure answers: of a change, of before and after, of several levels and years; on a made-up report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_reports import engine_on

from qgraph.config import Settings
from qgraph.engine import Engine

REPORT = """湖东市虚构职业学院
高等职业教育质量年度报告
（2024年度）

前言
　　本报告由湖东市虚构职业学院（以下简称“学校”）编制，反映学校2024年度的办学情况。

第一部分 人才培养
一、学生发展
　　学生体质健康测试合格率96.31%，较上年提高1.47个百分点。焊接考核一次通过率由68.5%提高到91.2%。
二、数字校园
　　师生办事平均跑动次数由2.8次降至0.5次。校园网主干带宽100Gbps。
三、技能竞赛
　　2024年，学生在“匠苗杯”技能竞赛中获省赛二等奖5项、国赛二等奖2项。
第二部分 服务贡献
一、科研服务
　　2024年，学校立项纵向科研项目61项，其中省级22项、市厅级39项。立项校级课堂革命典型案例17个。
二、社会培训
　　学校全年开展社会培训8400人次，其中公益性培训4200人次。
附表 1 计分卡
名称：湖东市虚构职业学院（19998）
序号 指标 单位 2023 年 2024 年
1 毕业生人数 人 3100 3200
2 毕业三年内毕业生满意度 % 95.10 96.40
3 月收入 元 4800 5001
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Engine]:
    with engine_on(tmp_path_factory.mktemp("figures"), settings, REPORT) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # by how much something changed is no answer to how much it is, nor the other way round
        ("学生体质健康测试合格率是多少？", "96.31%"),
        ("学生体质健康测试合格率比上年提高了多少？", "1.47个百分点"),
        ("学生体质健康测试合格率提高多少？", "1.47个百分点"),
        # the present, unless the past is asked for
        ("焊接考核一次通过率是多少？", "91.2%"),
        ("师生办事平均跑动次数是多少？", "0.5次"),
        ("师生办事平均跑动次数以前是多少次？", "2.8次"),
        ("毕业三年内毕业生满意度是多少？", "96.40%"),
        ("月收入较上年提高了多少？", "201元"),
        # the whole and its part
        ("2024年纵向科研项目立项数是多少？", "61项"),
        ("2024年省级纵向科研项目立项数是多少？", "22项"),
        ("校级课堂革命典型案例立项了几个？", "17个"),
        ("校园网主干带宽是多少？", "100Gbps"),
    ],
)
def test_figure_that_is_asked_for(figures: Engine, question: str, text: str) -> None:
    answer = figures.ask(question)
    assert not answer.refused and answer.text == text


def test_share_is_computed_for_a_question_with_no_slip(figures: Engine) -> None:
    """占 is meant as typed, and no slip for another character of its sound."""
    answer = figures.ask("公益性培训占社会培训人次的比例是多少？")
    assert not answer.refused and answer.text == "50%" and "÷" in answer.calculation
