"""What is computed: from figures that can be added, compared or counted, with the calculation shown; else refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from qgraph.engine import Engine
from qgraph.records import Answer, Filters

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _wrong(question: str, answer: str, why: str) -> Any:
    return pytest.param(question, answer, marks=pytest.mark.xfail(strict=True, reason=why))


def _loose(question: str, why: str) -> Any:
    return pytest.param(question, marks=pytest.mark.xfail(strict=True, reason=why))


def terms(calculation: str) -> list[Decimal]:
    """The figures of a calculation, the result last; what stands in brackets only says what they are."""
    return [Decimal(n) for n in _NUMBER.findall(re.sub(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）", "", calculation))]


def check_shown(answer: Answer) -> None:
    """The calculation comes to the answer, and every figure in it stands in what is cited."""
    *parts, result = terms(answer.calculation)
    assert len(parts) >= 2
    if "＋" in answer.calculation:
        assert sum(parts) == result
    elif "÷" in answer.calculation:
        assert abs(parts[0] * 100 / parts[1] - result) <= Decimal("0.01")
    else:
        assert abs(parts[0] - parts[1]) == result and len(parts) == 2
    assert answer.text.startswith(str(result))
    cited = {Decimal(n) for c in answer.citations for n in _NUMBER.findall(c.text.replace(",", ""))}
    assert set(parts) <= cited


SPOILT = "a part is given as if it were the sum"
COLUMN = "a column of a table is not ranked"

SUMS = [
    ("国家级一等奖、二等奖、三等奖一共多少项？", "7项"),
    ("国家级一等奖和二等奖加起来几项？", "3项"),
    ("星火杯的金奖和银奖一共几项？", "3项"),
    ("直接就业和升学加起来有多少人？", "2702人"),
    ("自主创业和参军入伍的一共多少人？", "109人"),
    ("横向科研经费和培训到款额加起来多少万元？", "1667.06万元"),
    ("国家级奖项和省级奖项加起来一共多少项？", "42项"),
    ("星火杯一共拿了几个奖？", "3项"),
]
DIFFERENCES = [
    ("2023年留学生比2022年多多少人？", "14人"),
    ("2022年留学生比2023年少多少人？", "14人"),
    ("2022年和2023年留学生相差多少人？", "14人"),
    ("专任教师赴国外指导时间2023年比2022年多多少？", "85人日"),
    ("升学的比参军入伍的多多少人？", "428人"),
    ("毕业生满意度和用人单位满意度相差多少个百分点？", "1.45个百分点"),
    ("直接就业的占比比升学的占比高多少个百分点？", "60.69个百分点"),
    ("成员单位中除了企业还有多少家？", "18家"),
    ("除了发明专利，其他专利授权多少项？", "38项"),
    ("除了公益性培训，还有多少人次？", "13260人次"),
    ("国际化课程标准2023年比2022年增加了几门？", "2门"),
    ("联合体里企业比院校多多少家？", "16家"),
    _wrong("专利授权中非发明专利有多少项？", "38项", "非 is not read"),
]
SHARES = [
    ("发明专利占专利授权的比例是多少？", "33.33%"),
    ("院校占成员单位的比例是多少？", "26.09%"),
]


@pytest.mark.parametrize(("question", "text"), SUMS)
def test_sum(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.text == text
    check_shown(answer)


@pytest.mark.parametrize(("question", "text"), DIFFERENCES)
def test_difference(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.text == text
    check_shown(answer)


@pytest.mark.parametrize(("question", "text"), SHARES)
def test_share_that_the_report_does_not_give_is_computed(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.text == text
    check_shown(answer)


@pytest.mark.parametrize(
    ("question", "text"),
    [("双师型教师占专任教师的比例是多少？", "57.28%"), ("在云梦市就业的占已落实去向毕业生的比例？", "58.70%")],
)
def test_share_that_the_report_gives_is_quoted(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.text == text and answer.calculation == ""


@pytest.mark.parametrize(
    ("question", "text"),
    [("国家级奖项一共几项？", "7项"), ("一共有多少家成员单位？", "46家"), ("总共开设多少个高职专业？", "38个")],
)
def test_total_that_the_report_gives_is_quoted(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.text == text and answer.calculation == ""


# ------------------------------------------------------------------------------------------- counting, ranking


def test_cases_are_counted_and_named(alone: Engine) -> None:
    answer = alone.ask("一共有几个案例？")
    assert answer.text == "3个" and "案例1" in answer.calculation and "案例3" in answer.calculation


@pytest.mark.parametrize(("year", "text"), [(2023, "3个"), (2024, "25个")])
def test_cases_are_counted_within_the_filter(together: Engine, year: int, text: str) -> None:
    assert together.ask("有多少个案例？", filters=Filters(years=(year,))).text == text


def test_cases_of_two_reports_are_all_told(together: Engine) -> None:
    answer = together.ask("有多少个案例？")
    assert answer.text == "28个" or ("25个" in answer.text and "3个" in answer.text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        _wrong("毕业生去向中哪一类人数最多？", "直接就业", COLUMN),
        _wrong("毕业生去向中哪一类人数最少？", "自主创业", COLUMN),
        ("哪个去向的占比最高？", "直接就业"),
    ],
)
def test_extreme_of_a_column(alone: Engine, question: str, text: str) -> None:
    assert alone.ask(question).text == text


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("升学和参军入伍哪个人数多？", "升学", ("498人", "70人")),
        ("直接就业和升学哪个占比低？", "升学", ("78.41%", "17.72%")),
        ("2022年和2023年哪一年的留学生多？", "2023年", ("18人", "32人")),
    ],
)
def test_one_of_two_is_told_with_both_figures(
    alone: Engine, question: str, text: str, figures: tuple[str, str]
) -> None:
    answer = alone.ask(question)
    assert answer.text == text and all(figure in answer.calculation for figure in figures)


# ------------------------------------------------------------------------------------------- averages


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("平均每个产业学院培养订单班学生多少人？", "107.5人"),
        ("2022年和2023年留学生平均每年多少人？", "25人"),
    ],
)
def test_average_is_computed_or_refused(alone: Engine, question: str, text: str) -> None:
    answer = alone.ask(question)
    assert answer.refused or (answer.text == text and answer.calculation)


@pytest.mark.parametrize("question", ["平均每场主题教育活动覆盖多少人次？", "三年平均就业率是多少？"])
def test_average_without_exact_figures_is_refused(alone: Engine, question: str) -> None:
    """7200余 over 86 is no exact average, and one year is not three."""
    assert alone.ask(question).refused


# ------------------------------------------------------------------------------------------- what does not go together


@pytest.mark.parametrize(
    "question",
    [
        "专任教师人数加上培训到款额一共多少？",
        "毕业生满意度和用人单位满意度加起来是多少？",
        "直接就业占比和毕业生满意度之和是多少？",
        "在线课程和教材加起来多少？",
        "报到率和录取新生加起来是多少？",
    ],
)
def test_figures_of_different_units_or_rates_are_not_added(alone: Engine, question: str) -> None:
    assert alone.ask(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "专任教师比高职专业多多少？",
        "培训到款额比专利授权多多少？",
        "必修课学时比专任教师多多少？",
    ],
)
def test_figures_of_different_units_are_not_subtracted(alone: Engine, question: str) -> None:
    assert alone.ask(question).refused


@pytest.mark.parametrize(
    "question",
    [
        "2021年和2023年留学生相差多少人？",
        "2023年录取新生比2022年多多少人？",
        "2023年专利授权比2020年多多少项？",
        "2022年和2023年专任教师一共多少人？",
    ],
)
def test_year_that_no_report_covers_is_not_computed_with(alone: Engine, question: str) -> None:
    assert alone.ask(question).refused


@pytest.mark.parametrize("question", ["2023年和2022年留学生一共多少人？", "在校生和新生加起来多少人？"])
def test_figures_that_overlap_or_follow_in_time_are_not_given_as_a_part(alone: Engine, question: str) -> None:
    """The students of two years, or a stock and its part, may be added only openly; never is one of them the sum."""
    answer = alone.ask(question)
    if not answer.refused:
        check_shown(answer)


@pytest.mark.parametrize(
    "question",
    [
        _loose("校外和校内劳动实践基地一共几个？", SPOILT),
        "国家级和校级奖项一共几项？",
        "发明专利和外观设计专利一共多少项？",
    ],
)
def test_sum_with_a_part_that_is_not_told_is_refused(alone: Engine, question: str) -> None:
    assert alone.ask(question).refused


def test_whole_and_part_are_not_added(alone: Engine) -> None:
    answer = alone.ask("专利授权和发明专利授权加起来多少项？")
    assert answer.refused or answer.text == "57项"


def test_bounds_are_kept_in_view(alone: Engine) -> None:
    """5600余万元 is no exact figure; what is computed with it must say so."""
    answer = alone.ask("创造的经济效益和横向科研经费加起来多少万元？")
    assert answer.refused or "余" in answer.text


def test_two_colleges_are_added_only_by_name_and_year(together: Engine) -> None:
    """845 of 2024 and 412 of 2023 are not of one year."""
    answer = together.ask("两所学校的专任教师一共多少人？")
    told = answer.text + answer.calculation
    assert answer.refused or ("2023" in told and "2024" in told)
