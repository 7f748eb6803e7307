"""Follow-ups take the place of their like in the question before; other questions stand alone."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from qgraph.answering.following import follow_up
from qgraph.engine import Engine
from qgraph.records import Answer, Filters

_session = itertools.count()


def _wrong(*row: str, why: str) -> Any:
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=why))


def talk(engine: Engine, *questions: str) -> list[Answer]:
    """The answers of one conversation."""
    name = f"talk-{next(_session)}"
    return [engine.ask(question, session=name) for question in questions]


AGAIN = "a question of its own that ends in 呢 is taken for a follow-up"
KEPT = "the old subject stays in the question"


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        ("金奖有几项？", "那银奖呢？", "银奖有几项？"),
        ("国家级一等奖几项？", "二等奖呢？", "国家级二等奖几项？"),
        ("拿了几块金牌？", "那银牌呢", "拿了几块银牌？"),
        ("2023年留学生有多少人？", "那2022年呢？", "2022年留学生有多少人？"),
        ("2023年留学生有多少人？", "那去年呢？", "去年留学生有多少人？"),
        ("留学生有多少人？", "那去年呢？", "去年留学生有多少人？"),
        ("今年留学生有多少人？", "2022年呢？", "2022年留学生有多少人？"),
        ("专任教师有多少人？", "那双师型教师呢？", "双师型教师有多少人？"),
        ("专任教师有多少人？", "在校生呢？", "在校生有多少人？"),
        ("学校的专任教师有多少人？", "那在校生呢？", "学校的在校生有多少人？"),
        ("横向经费到账多少？", "那纵向呢？", "纵向经费到账多少？"),
        ("国赛拿了几项金奖？", "市赛呢？", "市赛拿了几项金奖？"),
        ("校内实践基地有几个？", "那校外呢？", "校外实践基地有几个？"),
        ("2024年总收入多少？", "那么支出呢？", "2024年总支出多少？"),
        ("专任教师有多少人？", "那，在校生呢？", "在校生有多少人？"),
        ("国家级三等奖几项？", "省级呢？", "省级三等奖几项？"),
        _wrong("横向课题立项多少？", "那纵向课题呢？", "纵向课题立项多少？", why="the noun is said twice"),
        _wrong("国家级一等奖几项？", "那省级二等奖呢？", "省级二等奖几项？", why="省级 is in no group"),
    ],
)
def test_follow_up_becomes_a_full_question(before: str, question: str, full: str) -> None:
    assert follow_up(question, before) == full


@pytest.mark.parametrize(
    "question",
    [
        "云梦丝路学院什么时候揭牌的？",
        "联合体成员单位有多少家？",
        "那么多教师里双师型有多少人？",
        "学校有留学生吗？",
        "有哪些举措推进思政教育？",
        "那是谁？",
        "呢",
        "",
        "学校在哪里呢？",
        "留学生有多少人呢？",
        "校长是谁呢？",
        "什么时候揭牌的呢？",
        "有没有留学生呢？",
    ],
)
def test_question_of_its_own_is_no_follow_up(question: str) -> None:
    assert follow_up(question, "专任教师有多少人？") == question


# ------------------------------------------------------------------------------------------- conversations

CONVERSATIONS = [
    ("2023年学生获国家级一等奖几项？", "1项", "那二等奖呢？", "2项"),
    ("2023年学生获国家级一等奖几项？", "1项", "那三等奖呢？", "4项"),
    ("2023年留学生有多少人？", "32人", "那2022年呢？", "18人"),
    ("2023年留学生有多少人？", "32人", "那去年呢？", "18人"),
    ("专任教师有多少人？", "412人", "那双师型教师呢？", "236人"),
    ("专任教师有多少人？", "412人", "在校生呢？", "8650人"),
    ("毕业生满意度是多少？", "97.20%", "那用人单位满意度呢？", "98.65%"),
    ("公益性培训多少人次？", "8300人次", "联合体成员单位有多少家？", "46家"),
    ("专任教师有多少人？", "412人", "云梦丝路学院什么时候揭牌的？", "2023年9月1日"),
    ("专任教师有多少人？", "412人", "毕业去向落实率是多少？", "94.14%"),
    ("横向技术服务项目立项多少项？", "45项", "那纵向科研课题呢？", "32项"),
    _wrong("横向科研经费到账多少？", "1234.56万元", "那培训到款额呢？", "432.50万元", why=KEPT),
    ("升学人数是多少？", "498人", "占比呢？", "17.72%"),
    (
        "星河智能制造产业学院是和谁共建的？",
        "云梦星河装备制造有限公司",
        "青禾数字农业产业学院呢？",
        "青禾智能科技股份有限公司",
    ),
    _wrong(
        "联合体成立大会什么时候举行的？",
        "2023年5月19日",
        "那云梦丝路学院揭牌呢？",
        "2023年9月1日",
        why=KEPT,
    ),
    ("公益性培训多少人次？", "8300人次", "留学生有多少人呢？", "32人"),
]


@pytest.mark.parametrize(("question", "first", "following", "second"), CONVERSATIONS)
def test_conversation(alone: Engine, question: str, first: str, following: str, second: str) -> None:
    assert [answer.text for answer in talk(alone, question, following)] == [first, second]


def test_longer_conversation_follows_the_last_full_question(alone: Engine) -> None:
    answers = talk(
        alone, "2023年学生获国家级一等奖几项？", "那二等奖呢？", "那三等奖呢？", "专任教师有多少人？", "在校生呢？"
    )
    assert [a.text for a in answers] == ["1项", "2项", "4项", "412人", "8650人"]


def test_second_follow_up_on_years(alone: Engine) -> None:
    answers = talk(alone, "留学生有多少人？", "那2022年呢？", "那2021年呢？", "那2023年呢？")
    assert [a.text for a in answers[1:]] == ["18人", "", "32人"]
    assert answers[2].refused


@pytest.mark.xfail(strict=True, reason="a verdict cannot be followed up")
def test_verdict_is_followed_up_with_a_verdict(alone: Engine) -> None:
    answers = talk(alone, "学校的专任教师超过400人吗？", "那在校生呢？")
    assert [(a.kind, a.text) for a in answers] == [("yesno", "是"), ("yesno", "是")]


def test_follow_up_keeps_what_it_was_asked_as(alone: Engine) -> None:
    answer = talk(alone, "专任教师有多少人？", "那在校生呢？")[1]
    assert answer.question == "那在校生呢？"
    assert any("在校生有多少人" in step.detail for step in answer.trace)


def test_follow_up_is_cited_for_itself(alone: Engine) -> None:
    answer = talk(alone, "2023年学生获国家级一等奖几项？", "那二等奖呢？")[1]
    assert "二等奖2项" in answer.citations[0].text


def test_conversations_do_not_mix(alone: Engine) -> None:
    one, other = f"one-{next(_session)}", f"other-{next(_session)}"
    alone.ask("2023年学生获国家级一等奖几项？", session=one)
    alone.ask("专任教师有多少人？", session=other)
    assert alone.ask("那二等奖呢？", session=one).text == "2项"
    assert alone.ask("在校生呢？", session=other).text == "8650人"


def test_without_a_session_nothing_is_remembered(alone: Engine) -> None:
    alone.ask("专任教师有多少人？")
    answer = alone.ask("那二等奖呢？")
    assert answer.text != "412人" and not any(step.name == "理解" for step in answer.trace)


def test_follow_up_after_a_refusal_is_answered(alone: Engine) -> None:
    answers = talk(alone, "2021年留学生有多少人？", "那2022年呢？")
    assert answers[0].refused and answers[1].text == "18人"


def test_error_does_not_end_the_conversation(alone: Engine) -> None:
    from qgraph.errors import QueryError

    name = f"talk-{next(_session)}"
    alone.ask("专任教师有多少人？", session=name)
    with pytest.raises(QueryError):
        alone.ask("", session=name)
    assert alone.ask("在校生呢？", session=name).text == "8650人"


def test_follow_up_on_the_other_report(together: Engine) -> None:
    """The filter of the second question binds, the words of the first are kept."""
    one, other = (Filters(reports=(d.id,)) for d in together.knowledge.documents)
    name = f"talk-{next(_session)}"
    assert together.ask("专任教师有多少人？", filters=one, session=name).text == "845人"
    assert together.ask("那双师型教师呢？", filters=other, session=name).text == "236人"


# ------------------------------------------------------------------------------------------- suggestions

ASKED = [
    "专任教师有多少人？",
    "毕业生满意度是多少？",
    "云梦丝路学院什么时候揭牌的？",
    "成员单位有多少家？",
    "横向科研经费到账多少？",
]


@pytest.mark.parametrize(
    "question",
    [
        *ASKED,
        "公益性培训多少人次？",
        "晨光助学金发放了多少钱？",
    ],
)
def test_suggested_questions_are_answered(alone: Engine, question: str) -> None:
    suggestions = alone.ask(question).suggestions
    assert suggestions and question not in suggestions and len(set(suggestions)) == len(suggestions)
    assert [s for s in suggestions if alone.ask(s).refused] == []


@pytest.mark.xfail(strict=True, reason="the figure just given is suggested again under its label")
def test_suggestions_ask_for_something_else(alone: Engine) -> None:
    for question in ASKED:
        answer = alone.ask(question)
        assert answer.text not in [alone.ask(s).text for s in answer.suggestions], question


def test_suggestions_stay_in_the_report_asked_of(together: Engine) -> None:
    for document in together.knowledge.documents:
        filters = Filters(reports=(document.id,))
        suggestions = together.ask("专任教师有多少人？", filters=filters).suggestions
        assert suggestions
        assert [s for s in suggestions if together.ask(s, filters=filters).refused] == []
