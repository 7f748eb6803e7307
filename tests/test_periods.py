"""Periods: how they are read, and which of them holds for a figure."""

from __future__ import annotations

import pytest

from qgraph.extraction.periods import PeriodScope, find_periods
from qgraph.records import Period
from qgraph.text import sentence_spans


@pytest.mark.parametrize(
    ("text", "label", "start", "end", "kind"),
    [
        ("2023 年财政拨款收入", "2023年", "2023-01-01", "2023-12-31", "calendar_year"),
        ("2024年度共有", "2024年", "2024-01-01", "2024-12-31", "calendar_year"),
        ("2023财政年度决算", "2023财政年度", "2023-01-01", "2023-12-31", "financial_year"),
        ("2023—2024学年", "2023—2024学年", "2023-09-01", "2024-08-31", "school_year"),
        ("2023-2024年度", "2023—2024年度", "2023-09-01", "2024-08-31", "school_year"),
        ("2021—2025年", "2021—2025年", "2021-01-01", "2025-12-31", "span"),
        (
            "2023 年 9 月 1 日至 2024 年 8 月 31 日，累计",
            "2023年9月1日至2024年8月31日",
            "2023-09-01",
            "2024-08-31",
            "school_year",
        ),
        ("2024年7月8日至7月20日", "2024年7月8日至2024年7月20日", "2024-07-08", "2024-07-20", "span"),
        ("截至 2024年 12月 20日", "截至2024年12月20日", "", "2024-12-20", "as_of"),
        ("截止 2024 年 2 月底", "截至2024年2月底", "", "2024-02-29", "as_of"),
        ("截至2023年底", "截至2023年底", "", "2023-12-31", "as_of"),
        ("2024 届毕业生", "2024届", "2024-01-01", "2024-12-31", "cohort"),
        ("24 级学生", "2024级", "2024-09-01", "2024-12-31", "cohort"),
        ("2024 年 4 月，", "2024年4月", "2024-04-01", "2024-04-30", "span"),
        ("近三年，", "近三年（至2024年）", "2022-01-01", "2024-12-31", "span"),
        ("自2019年“双高计划”以来", "2019年至2024年", "2019-01-01", "2024-12-31", "span"),
        ("去年引进", "2023年", "2023-01-01", "2023-12-31", "calendar_year"),
        ("第十四届大赛", "第十四届（2024年）", "2024-01-01", "2024-12-31", "edition"),
    ],
)
def test_reads_periods(text: str, label: str, start: str, end: str, kind: str) -> None:
    found = find_periods(text, 2024)[0].period
    assert (found.label, found.start, found.end, found.kind) == (label, start, end, kind)


@pytest.mark.parametrize(
    "text", ["《行动计划（2021—2025 年）》", "2035 个座位", "比上年提高 1 个百分点", "1956 名学生"]
)
def test_passes_over_titles_numbers_and_comparisons(text: str) -> None:
    assert find_periods(text, 2024) == ()


def test_this_year_is_stated_and_so_far_is_not() -> None:
    assert find_periods("本年度共有", 2024)[0].period.stated
    assert not find_periods("截至目前，", 2024)[0].period.stated


def period_at(text: str, figure: str, opening: Period | None = None) -> Period:
    start = text.index(figure)
    return PeriodScope(text, sentence_spans(text), 2024, opening).at(start, start + len(figure))


def test_report_year_is_assumed_where_nothing_is_said() -> None:
    assert period_at("学校现有教职工 800 人。", "800 人") == Period(
        "2024年", "2024-01-01", "2024-12-31", "calendar_year", False
    )


@pytest.mark.parametrize(
    ("text", "figure", "label"),
    [
        ("2023年，引进人才 14 人；培育教师 7 人。", "7 人", "2023年"),
        ("截至2023年8月31日，教师 90 人。其中高级 20 人。", "20 人", "截至2023年8月31日"),
        ("开展培训 388 项。2023 年度，到款 16 万元。", "388 项", "2024年"),
        ("2023 年 11 月，出台办法。梳理成果 13 个。", "13 个", "2024年"),
        ("荣获2023年云梦市技能大赛金奖 2 项，银奖 4 项。", "4 项", "2023年"),
        ("2022年3月以来，团队直播 40 场，售出茶叶。", "40 场", "2022年至2024年"),
        ("获2023年度省科技奖，现已在 4 座水厂应用。", "4 座", "2024年"),
        ("3 名教师参加市里2023年巡讲，受到好评。", "3 名", "2023年"),
        ("2023年9月1日至2024年8月31日，获批基地（2021—2025年），培训 5 项。", "5 项", "2023年9月1日至2024年8月31日"),
    ],
)
def test_scope_of_a_period(text: str, figure: str, label: str) -> None:
    assert period_at(text, figure).label == label


def test_a_section_may_open_with_a_year() -> None:
    opened = PeriodScope("2023 年财政专项分为两类项目。", [(0, 16)], 2024, None).closing
    assert opened is not None
    assert period_at("一般公共预算项目合计 162 万元。", "162 万元", opened).label == "2023年"
