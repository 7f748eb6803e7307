"""Questions in everyday words: sums of what is named, rests, roles, editions, kinds; on a made-up report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_reports import engine_on

from qgraph.config import Settings
from qgraph.engine import Engine

REPORT = """云东市虚构职业学院
高等职业教育质量年度报告
（2024年度）

前言
　　本报告由云东市虚构职业学院（以下简称“学校”）编制，反映学校2024年度的办学情况。

第一部分 人才培养
一、技能竞赛
　　承办世界职业院校技能大赛总决赛排位赛一组比赛，来自12个省的143名选手同台竞技。学校选拔赛吸引2870人报名。
　　学生获国家级奖项17项、省级奖项81项。
二、师资建设
　　327名专任教师到企业实践，人均实践时间32天。校园话剧《灯火》获省级优秀剧目奖，由艺术设计学院教师佟玉辉编剧。
第二部分 产教融合
一、产业学院
　　青禾智造产业学院为省级示范性现代产业学院，企业方院长由青禾智造有限公司总工程师曲广林担任。
表 1 产业学院一览表
产业学院名称 合作企业 依托学院 在校生（人）
青禾智造产业学院 青禾智造有限公司 机电工程学院 436
黑土农业产业学院 沃野农业发展有限公司 现代农业学院 215
　　与青禾智造有限公司合作，为机电工程学院、现代农业学院学生安排实习。
二、联合体
　　联合体现有成员单位86家，其中企业54家、院校17家。
第三部分 服务贡献
一、社会培训
　　全年开展非学历培训48630人次，其中公益性培训17250人次。
二、乡村振兴
　　学校定点帮扶云东市桦树沟村，选派崔立新任驻村第一书记。建有桦树沟、二道河、柳毛3个科技小院。
三、经费
　　专项资金合计1340.9万元，其中实训中心项目700万元，图书馆2023年专项债券利息159万元，体育馆2023年专项债券利息248.8万元，信息中心2023年专项债券利息233.1万元。
第四部分 国际合作
一、合作项目
　　与天津大学开展留学生联合实训，培训留学生13人；与北疆理工大学开展留学生联合实训，培训留学生38人。
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Engine]:
    with engine_on(tmp_path_factory.mktemp("spoken"), settings, REPORT) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # words for levels inside names are no levels to be added
        ("世校赛总决赛排位赛放在咱们学校的那组，一共来了多少个选手？", "143人"),
        ("国家级加省级，学生竞赛奖项合计多少项？", "98项"),
        # things named side by side, rows that are spoken of as several
        ("联合实训的留学生（天大、北疆理工大学）总共培训了多少人？", "51人"),
        ("那几笔专项债的利息一共是多少万", "640.9万元"),
        # rests and parts
        ("非学历培训扣掉公益性的，还剩多少人次", "31380人次"),
        ("联合体的成员单位当中，企业占了多少家？", "54家"),
        # a length of time
        ("老师下企业锻炼平均每人多少天", "32天"),
        # persons by what they do
        ("青禾智造产业学院企业一方的院长叫什么？", "曲广林"),
        ("话剧《灯火》的编剧是哪个老师？", "佟玉辉"),
        ("派到桦树沟村当第一书记的是谁", "崔立新"),
        ("咱们的科技小院都建在哪", "桦树沟、二道河、柳毛"),
    ],
)
def test_everyday_words_are_answered(spoken: Engine, question: str, text: str) -> None:
    answer = spoken.ask(question)
    assert not answer.refused and answer.text == text


@pytest.mark.parametrize(
    "question",
    [
        "现代农业学院有多少在校生？",  # a row that names it tells of an industry college
        "第二期联合实训培训了多少留学生，是哪个大学的？",
    ],
)
def test_what_is_told_of_others_does_not_answer(spoken: Engine, question: str) -> None:
    assert spoken.ask(question).refused


def test_claim_that_ends_in_everyday_words_is_judged(spoken: Engine) -> None:
    answer = spoken.ask("非学历培训超过4万人次，是真的吗")
    assert (answer.kind, answer.text) == ("yesno", "是")
