"""Typing slips in questions are mended by the words of the reports; right words and unknown names stay as typed."""

from __future__ import annotations

from typing import Any

import pytest

from qgraph.answering.question import spoken_positions
from qgraph.answering.spelling import Speller
from qgraph.engine import Engine

TEXT = """
学院深化产教融合，“双师型”教师占比提高。产教融合共同体立项。产教融合型企业增加。“双师型”教师认定。“双师型”教师培训。
鲁班工坊建设。鲁班工坊运营。鲁班工坊认定。专任教师队伍。专任教师比例。专任教师培训。毕业去向落实率。毕业去向统计。毕业去向分布。
科技特派员下乡。科技特派员服务。科技特派员团队。横向课题立项。横向课题到账。横向课题结题。留学生教育。留学生培训。留学生管理。
职业技能竞赛。职业技能大赛。职业技能培训。发明专利授权。发明专利转让。发明专利数量。在校生人数。在校生管理。在校生规模。
"""
IN_DICTIONARY = "the dictionary holds the slip as a word"


def _slip(typed: str, meant: str, why: str) -> Any:
    return pytest.param(typed, meant, marks=pytest.mark.xfail(strict=True, reason=why))


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller([TEXT])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("双狮型教师有多少人？", "双师型教师有多少人？"),
        _slip("产教溶合共同体有几个？", "产教融合共同体有几个？", IN_DICTIONARY),
        ("鲁班工访有几个？", "鲁班工坊有几个？"),
        ("专认教师有多少人？", "专任教师有多少人？"),
        ("毕业去象落实率是多少？", "毕业去向落实率是多少？"),
        ("科技特派原是谁？", "科技特派员是谁？"),
        ("横向课提立项多少？", "横向课题立项多少？"),
        ("留学声有多少人？", "留学生有多少人？"),
        ("职业计能竞赛获奖几项？", "职业技能竞赛获奖几项？"),
        _slip("发明专力授权几项？", "发明专利授权几项？", IN_DICTIONARY),
        ("在校声有多少人？", "在校生有多少人？"),
    ],
)
def test_slip_of_the_same_sound_is_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.mend(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "双师型教师有多少人？",
        "“双师型”教师占比多少？",
        "专任教师有多少人？",
        "咱们拿了几块金牌？",
        "老外学生有几个？",
        "学校的食堂有几个？",
        "校长是谁？",
        "清华大学有多少教师？",
        "泰国留学生有几个？",
        "李芸舒老师教什么？",
        "星河装备公司派了几名师傅？",
        "市级、校级、世界级的奖项各几项？",
        "大师工作室有几个？",
        "思政课教师多少人？",
        "学生实习时间多长？",
        "招聘会有多少家企业参加？",
        "学校的实力、师资、事实、时事怎么样？",
        "书记和副书记是谁？",
        "教室有多少间？",
        "失业率是多少？",
        "有没有合作的园区？",
        "有什么创意？",
    ],
)
def test_right_words_are_left_alone(speller: Speller, engine: Engine, question: str) -> None:
    assert speller.mend(question, spoken_positions(question)) == question
    assert engine.answerer.speller.mend(question, spoken_positions(question)) == question


@pytest.mark.parametrize("text", ["", "？", "abc", "123", "教", "😀", "狮", "<b>狮</b>"])
def test_nothing_to_mend(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


def test_settled_positions_stay_as_typed(speller: Speller) -> None:
    assert speller.mend("科技特派原", {4}) == "科技特派原"


def test_word_that_reports_hold_only_once_mends_nothing() -> None:
    assert Speller(["科技特派员一名。"]).mend("科技特派原") == "科技特派原"


def test_another_sound_is_no_slip(speller: Speller) -> None:
    assert speller.mend("科技特派人") == "科技特派人"


def test_length_and_other_characters_stay(speller: Speller) -> None:
    typed = "请问：2024年，科技特派原（含退休）有3人吗？"
    assert speller.mend(typed) == typed.replace("原", "员")


def test_order_of_reports_does_not_matter() -> None:
    parts = TEXT.split("。")
    typed = "科技特派原和留学声"
    assert Speller(parts).mend(typed) == Speller(reversed(parts)).mend(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("双狮型教师占比多少？", "双师型教师占比多少？"),
        ("2024年世界职业院校计能大赛总决赛争夺赛金奖多少项？", "2024年世界职业院校技能大赛总决赛争夺赛金奖多少项？"),
        ("产教溶合共同体牵头组建了几个？", "产教融合共同体牵头组建了几个？"),
        ("毕业去象落实率是多少？", "毕业去向落实率是多少？"),
    ],
)
def test_slip_is_answered_like_the_right_word(engine: Engine, typed: str, meant: str) -> None:
    slipped, right = engine.ask(typed), engine.ask(meant)
    assert (slipped.text, slipped.citations[:1], slipped.refused) == (right.text, right.citations[:1], right.refused)
    assert slipped.question == typed


def test_answer_tells_how_it_read_the_slip(engine: Engine) -> None:
    steps = engine.ask("满意渡是多少？").trace
    assert any("满意度" in step.detail for step in steps if step.name == "理解")
