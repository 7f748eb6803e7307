"""Lists, sums and places in everyday words, on a made-up report: where a row begins and ends, which of a row is meant,
what is said of all, words that the report spells out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_reports import engine_on

from qgraph.answering.known_names import spelled_out
from qgraph.config import Settings
from qgraph.divisions import codes_named, lies_in
from qgraph.engine import Engine

REPORT = """云东市虚构职业学院
高等职业教育质量年度报告
（2024年度）

前言
　　本报告由云东市虚构职业学院（以下简称“学校”）编制，反映学校2024年度的办学情况。

第一部分 人才培养
一、国际交流
　　接待来自秘鲁、智利的研学团参加了面塑和榫卯制作课程，并参观了港口博物馆和造船厂旧址。
　　青禾智造学院、黑土农业学院等项目受到农民日报、光明日报、中国青年报的报道。
二、实训条件
　　围绕“一廊两厂三中心”（匠心文化长廊、金工实习工厂、木工实习工厂、焊接培训中心、物流仿真中心及护理体验中心）改善条件。
三、专业建设
　　以护理、助产、药学、健康管理专业群建设为抓手，推进省级高水平学校建设。
第二部分 服务贡献
一、社会培训
　　2024年度社会培训到账经费812.6万元。与网络安全企业共建课程12门。
二、诊断与改进
　　对52项任务进行复核，其中“有效”结论49项，占比94.23%。
三、对口支援
　　学校在盐池县建立分校，选派骨干教师轮流任教。
四、志愿服务
　　资助宣传队全年走访脱贫家庭126户，志愿服务队全年走访孤寡老人74户。
五、治理水平
　　提升学校治理水平，荣获第三届云岭优秀学校奖。
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Engine]:
    with engine_on(tmp_path_factory.mktemp("lists"), settings, REPORT) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "items"),
    [
        # two rows in one clause are two lists
        ("秘鲁、智利来的研学团，上了哪几样课程？", ("面塑", "榫卯制作课程")),
        ("青禾智造学院这些项目上过哪些媒体", ("农民日报", "光明日报", "中国青年报")),
        # of a longer row those that the question counts
        ("“一廊两厂三中心”后面那三个中心都叫什么？", ("焊接培训中心", "物流仿真中心", "护理体验中心")),
        # a row of which only the last is a known name
        ("省级高水平学校拿哪几个专业群当抓手？", ("护理", "助产", "药学", "健康管理专业群")),
    ],
)
def test_row_is_listed_from_its_first_to_its_last(spoken: Engine, question: str, items: tuple[str, ...]) -> None:
    assert spoken.ask(question).items == items


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # 年度 is no rate
        ("社会培训2024年度到账的经费有多少", "812.6万元"),
        # a sum said with 加上 behind a comma
        ("宣传队走访的脱贫家庭，加上志愿服务队走访的孤寡老人，一共多少户？", "200户"),
        # what is said of all of them is judged by the rate
        ("诊改复核的任务，结论都是有效吗？", "否"),
        ("治理水平这块的总结里，得的是哪个奖？", "第三届云岭优秀学校奖"),
        # words that the report spells out
        ("跟网安企业一起建了几门课？", "12门"),
        # a division of the country by where it lies
        ("学校在宁夏哪个县办了分校？", "盐池县"),
    ],
)
def test_everyday_words_are_answered(spoken: Engine, question: str, text: str) -> None:
    answer = spoken.ask(question)
    assert answer.text == text, answer.reason


@pytest.mark.parametrize(
    ("word", "full"),
    [("网安", "网络安全"), ("焊培", "焊接培训"), ("网购", ""), ("安全", ""), ("网络安全", "")],
)
def test_short_word_is_what_two_neighbours_leave_a_trace_of(word: str, full: str) -> None:
    assert spelled_out(word, "与网络安全企业共建焊接培训中心") == full


@pytest.mark.parametrize(
    ("code", "name", "inside"),
    [
        ("640323", "宁夏", True),
        ("130533", "河北", True),
        ("130533", "宁夏", False),
        ("130000", "河北省", False),
        ("", "河北", False),
    ],
)
def test_division_lies_in_another(code: str, name: str, inside: bool) -> None:
    assert lies_in(code, name) is inside


@pytest.mark.parametrize(("name", "code"), [("威县", "130533"), ("吴忠市盐池县", "640323"), ("宁夏", "640000")])
def test_name_of_a_division_leads_to_its_code(name: str, code: str) -> None:
    assert codes_named(name) == {code}


def test_place_elsewhere_does_not_answer_for_a_region(spoken: Engine) -> None:
    assert spoken.ask("学校在甘肃哪个县办了分校？").refused
    assert spoken.ask("在宁夏走访了多少户孤寡老人？").refused
