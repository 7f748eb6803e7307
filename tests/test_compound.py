"""Questions made of questions: taken apart, answered, put together with all their places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qgraph.answering.compound import answer_compound
from qgraph.engine import Engine
from qgraph.records import Answer, Citation


def _answer(text: str, *, kind: str = "number", about: str = "", refused: bool = False, sentence: str = "s1") -> Answer:
    citation = Citation(1, "r", "报告", "云梦学院", 2023, "1.1", "概况", None, sentence, f"…{text}…", 0, 5)
    return Answer(
        "", kind, text, f"{about}为{text}（见1.1）。", (), (), (citation,), refused, "", (), "", (), 0.9, (), ()
    )


def _replies(table: dict[str, Answer]) -> Callable[[str], Answer]:
    return lambda question: next(
        (answer for words, answer in table.items() if words in question), _answer("", refused=True)
    )


PARTS = {
    "利息收入": _answer("7万元", about="利息收入", sentence="s1"),
    "捐赠收入": _answer("50万元", about="捐赠收入", sentence="s2"),
    "师生": _answer("30人", about="师生数", sentence="s3"),
}


def test_a_choice_of_two_names_the_greater_and_shows_both() -> None:
    answer = answer_compound("利息收入和捐赠收入哪个多？", _replies(PARTS))
    assert answer is not None
    assert answer.text == "捐赠收入" and "7万元" in answer.calculation and "50万元" in answer.calculation
    assert [c.number for c in answer.citations] == [1, 2]
    assert {c.sentence for c in answer.citations} == {"s1", "s2"}


def test_a_choice_of_the_lesser() -> None:
    answer = answer_compound("利息收入和捐赠收入哪个更少", _replies(PARTS))
    assert answer is not None and answer.text == "利息收入"


def test_a_difference_is_computed_and_its_direction_corrected() -> None:
    answer = answer_compound("利息收入比捐赠收入多多少万元？", _replies(PARTS))
    assert answer is not None
    assert answer.text == "43万元" and "其实是利息收入少" in answer.calculation


def test_a_sum_of_two() -> None:
    answer = answer_compound("利息收入和捐赠收入加起来多少万元？", _replies(PARTS))
    assert answer is not None and answer.text == "57万元"


def test_units_that_differ_are_not_computed() -> None:
    assert answer_compound("利息收入和师生加起来多少？", _replies(PARTS)) is None


def test_a_part_that_cannot_be_answered_leaves_the_whole_open() -> None:
    assert answer_compound("利息收入和罚没收入哪个多？", _replies(PARTS)) is None


def test_a_figure_of_something_else_is_not_computed_with() -> None:
    parts = {**PARTS, "收入": _answer("7万元", about="银行存款利息", sentence="s1")}
    assert answer_compound("总收入和捐赠收入加起来多少万元？", _replies(dict(reversed(parts.items())))) is None


def test_years_are_left_to_the_comparison_of_one_indicator() -> None:
    assert answer_compound("2024年度比2023年度多几个百分点？", _replies(PARTS)) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("社会培训总共多少项多少人次", "388项；62567人次"),
        ("纵向课题立项了多少项，其中局级以上多少", "50项；23项"),
        ("决策事项清单有几个模块多少项议题", "7个；144项"),
        ("横向课题比纵向课题多立项几项", "30项"),
        ("2023年收入比支出多多少钱", "67.14万元"),
        ("专业观众和普通观众加起来多少人", "8700余人"),
    ],
)
def test_compound_questions_on_the_real_report(engine: Engine, question: str, text: str) -> None:
    answer = engine.ask(question)
    assert answer.text == text
    assert answer.citations and all(c.text for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "text", "terms"),
    [
        ("学校专利授权中发明专利占几成", "63.08%", ("41项", "65项")),
        ("一般公共预算财政拨款占财政拨款收入的比例", "83.09%", ("40995.07", "49337.87")),
    ],
)
def test_shares_show_part_and_total(engine: Engine, question: str, text: str, terms: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    assert answer.text == text
    assert all(term in answer.calculation for term in terms)


def test_a_rate_that_is_told_is_not_computed(engine: Engine) -> None:
    answer = engine.ask("诊改任务有效的占多少")
    assert answer.text == "91.04%" and not answer.calculation


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("黄炎培优秀学校奖是第几届", "第七届"),
        ("和天津市残联共建了什么", "残疾人培训就业实践基地"),
        ("室温臭氧催化剂是跟谁一起研发的", "南开大学、天津奥展化工科技有限公司"),
        ("科普微视频大赛得了什么奖", "三等奖4项，优秀组织奖3项"),
    ],
)
def test_ordinals_objects_and_open_names(engine: Engine, question: str, text: str) -> None:
    assert engine.ask(question).text == text


def test_a_sum_is_cited_where_all_its_figures_are_told(engine: Engine) -> None:
    answer = engine.ask("2024国创赛天津赛区我们金银铜总数是多少？")
    assert answer.text == "29项"
    first = answer.citations[0].text.replace(" ", "")
    assert all(part in first for part in ("4项", "17项", "8项"))


@pytest.mark.parametrize(
    "question",
    ["学校一共有多少个党支部", "学校党委副书记是谁", "在南非的鲁班工坊有多少学生", "和田职院派了多少学生"],
)
def test_figures_and_names_of_something_else_do_not_answer(engine: Engine, question: str) -> None:
    assert engine.ask(question).refused
