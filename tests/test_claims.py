"""Numbers and changes that a yes-or-no question claims: read from its words, decided by figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qgraph.answering.claims import read_claim
from qgraph.answering.figures import one_kind
from qgraph.engine import Engine


@pytest.mark.parametrize(
    ("text", "relation", "value", "unit"),
    [
        ("学校的专任教师超过500人吗？", ">", "500", "人"),
        ("就业率达到95%了吗", ">=", "95", "%"),
        ("捐款不少于十万元吧", ">=", "10", "万元"),
        ("有没有超过1000台（套）设备", ">", "1000", "台（套）"),
        ("专任教师没有超过900人吧", "<=", "900", "人"),
        ("专任教师不到900人吗", "<", "900", "人"),
        ("教职工是1256人对吗", "=", "1256", "人"),
        ("学校有专任教师900人吗", "=", "900", "人"),
        ("是不是有五百多名双师型教师", "~", "500", "人"),
        ("高级职称占一半以上吗", ">=", "50", "%"),
        ("双师型教师占比过半了吗", ">", "50", "%"),
        ("就业率超过九成了吗", ">", "90", "%"),
    ],
)
def test_a_claimed_number_is_read(text: str, relation: str, value: str, unit: str) -> None:
    claim = read_claim(text)
    assert claim is not None
    assert (claim.relation, claim.value, claim.unit) == (relation, Decimal(value), unit)
    assert f"多少{unit}" in claim.question and "吗" not in claim.question


@pytest.mark.parametrize(
    "text", ["毕业三年内毕业生的满意度是不是提高了", "学校入选“无废细胞”单位了吗", "1+X证书试点开展了吗"]
)
def test_a_number_that_only_describes_claims_nothing(text: str) -> None:
    assert read_claim(text) is None


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [("万元", "亿元", True), ("个", "所", True), ("人", "名", True), ("%", "人", False), ("学时", "人次", False)],
)
def test_units_that_can_be_compared(one: str, other: str, comparable: bool) -> None:
    assert one_kind(one, other) is comparable


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("学校的专任教师超过500人吗？", "是"),
        ("学校的专任教师超过900人吗？", "否"),
        ("学校有专任教师845人，对吗？", "是"),
        ("2024年毕业生去向落实率达到95%了吗？", "否"),
        ("双师型教师占比过半了吗", "是"),
        ("捐赠收入超过了700万元吗", "是"),
        ("捐赠收入超过1亿元吗", "否"),
        ("毕业生的总体满意度是不是比上一年下降了？", "否"),
        ("毕业生满意度比去年提高了吗？", "是"),
    ],
)
def test_figures_decide_and_are_shown(engine: Engine, question: str, verdict: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and answer.kind == "yesno"
    assert answer.text == verdict
    assert any(c.isdigit() for c in answer.calculation)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("冯艳文获得的是全国优秀教师称号吗", "否"),
        ("华住产业学院是和华住集团共建的吗", "是"),
        ("学校是不是全国脱贫攻坚先进集体", "是"),
        ("财政拨款结转和结余是0吗", "是"),
    ],
)
def test_another_thing_in_its_place_is_a_no(engine: Engine, question: str, verdict: str) -> None:
    assert engine.ask(question).text == verdict


@pytest.mark.parametrize("question", ["有没有学生被开除", "学校和丰田公司合作了吗", "学校的食堂超过3个吗"])
def test_what_no_report_speaks_of_is_neither_yes_nor_no(engine: Engine, question: str) -> None:
    assert engine.ask(question).refused
