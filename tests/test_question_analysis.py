"""What a question asks for: kind, unit, years, grades, levels, names, computations; in any way of writing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qgraph.answering.question import Question, analyse, spoken_positions
from qgraph.engine import Engine


@pytest.fixture(scope="module")
def read(alone: Engine) -> Callable[[str], Question]:
    """Understands a question against the made-up report of 2023."""
    return lambda text: analyse(text, alone.knowledge, alone.answerer.ground.knows)


def _wrong(why: str) -> pytest.MarkDecorator:
    """What is known to be misunderstood so far."""
    return pytest.mark.xfail(strict=True, reason=why)


KINDS = {
    "number": [
        "专任教师有多少人？",
        "毕业去向落实率是多少？",
        "开设了几门国际化课程？",
        "培训到款额有多少万元？",
        "双师型教师占百分之几？",
        "发明专利占专利授权的比例？",
        "企业奖学金总额？",
        "一共有几个案例？",
        "留学生比上年多了几人？",
        "满意度相差多少个百分点？",
        "毕业去向落实率达到百分之几？",
        "劳动教育必修课开多少学时",
    ],
    "entity": [
        "科技特派员是谁？",
        "哪家媒体报道了晨光助学？",
        "云梦丝路学院是和哪所学校共建的？",
        "联合体叫什么名字？",
        "哪个去向的人数最多？",
        "驻点在哪个镇？",
        "助学金的名称是什么？",
        "联合体的全称是？",
    ],
    "list": [
        "毕业生签约了哪些企业？",
        "两个专业群分别是什么？",
        "哪两个专业群是省级的？",
        "五个部分指的是什么？",
        "列出合作企业",
        "合作企业名单",
        "参会的都有谁？",
        "签约企业有哪几家？",
    ],
    "date": [
        "联合体什么时候成立？",
        "云梦丝路学院哪天揭牌？",
        "编制工作会是几月几号开的？",
        "丝路学院的揭牌日期",
        "联合体哪一年成立？",
        "何时召开的年报编制工作会",
    ],
    "yesno": [
        "学校不是有8650名在校生吧？",
        "学校没有招收留学生吧？",
        "毕业去向落实率没有达到95%吧？",
        "学校应该有留学生吧",
        "学校有留学生吗？",
        "是不是和老挝合作？",
        "是否开设劳动教育课？",
        "有没有超过50项专利授权？",
        "专任教师412人，对吗？",
        "专任教师不到500人吗",
        "招满了没有？",
        "能不能在报告里找到鲁班工坊？",
        "专利授权57项属实？",
    ],
    "case": [
        "找一个科技特派员的案例",
        "有没有资助育人的案例？",
        "写产教融合要用什么素材？",
        "推荐一个校企合作的典型做法",
        "案例2讲了什么？",
    ],
    "passage": [
        "有哪些举措推进思政教育？",
        "学校怎么推进产教融合？",
        "介绍一下国际合作",
        "如何应对人才引进不足？",
        "为劳动教育做了什么？",
    ],
}
MISREAD = {
    "合作企业的数量": ("number", "数量 at the end asks for a number"),
}


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, questions in KINDS.items() for q in questions])
def test_kind(read: Callable[[str], Question], kind: str, question: str) -> None:
    assert read(question).kind == kind


@pytest.mark.parametrize(
    ("kind", "question"), [pytest.param(kind, q, marks=_wrong(why)) for q, (kind, why) in MISREAD.items()]
)
def test_kind_of_indirect_questions(read: Callable[[str], Question], kind: str, question: str) -> None:
    assert read(question).kind == kind


@pytest.mark.parametrize(
    ("question", "units", "others"),
    [
        ("专任教师有多少人？", {"人"}, {"项", "万元", "%"}),
        ("有几位工程师驻校？", {"人"}, {"项", "%"}),
        ("在校学生一共有多少？", {"人"}, {"%", "万元"}),
        ("公益性培训多少人次？", {"人次"}, {"人", "项"}),
        ("培训到款额多少？", {"万元", "元"}, {"人", "项", "%"}),
        ("发放了多少钱？", {"万元", "元"}, {"人", "%"}),
        ("经费到账多少万？", {"万元"}, {"人", "%"}),
        ("毕业生满意度是多少？", {"%"}, {"人", "个百分点"}),
        ("占百分之几？", {"%"}, {"人"}),
        ("比上年提高了几个百分点？", {"个百分点"}, {"%", "人"}),
        ("必修课多少学时？", {"学时"}, {"人", "项"}),
        ("校园占地面积多大？", {"平方米", "亩"}, {"人"}),
        ("专利授权多少项？", {"项"}, {"人", "%", "万元"}),
        ("出版教材几本？", {"本"}, {"人", "%"}),
        ("成员单位多少家？", {"家"}, {"人", "%"}),
        ("购置设备多少台（套）？", {"台（套）"}, {"人", "%"}),
        ("出口带宽多少？", {"MB", "GB"}, {"人"}),
    ],
)
def test_measure(read: Callable[[str], Question], question: str, units: set[str], others: set[str]) -> None:
    found = set(read(question).units)
    assert units <= found and not others & found


@pytest.mark.parametrize(("letter"), ["项", "家", "本", "门", "支", "所", "场", "个", "枚"])
def test_classifier_is_kept(read: Callable[[str], Question], letter: str) -> None:
    asked = read(f"一共有多少{letter}？")
    assert asked.counter == letter and letter in asked.units


@pytest.mark.parametrize("question", ["横向课题多少？", "合作的成果", "谁是科技特派员？"])
def test_question_without_a_measure_takes_any_unit(read: Callable[[str], Question], question: str) -> None:
    assert read(question).units == () and read(question).counter == ""


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2022年留学生多少人？", (2022,)),
        ("２０２２年留学生多少人？", (2022,)),
        ("22年留学生多少人？", (2022,)),
        ("2022年度留学生多少人？", (2022,)),
        ("2023届毕业生多少人？", (2023,)),
        ("2022级学生多少人？", (2022,)),
        ("今年录取新生多少人？", (2023,)),
        ("本年度录取新生多少人？", (2023,)),
        ("去年留学生多少人？", (2022,)),
        ("上一年留学生多少人？", (2022,)),
        ("前年留学生多少人？", (2021,)),
        ("2022年和2023年留学生相差多少人？", (2022, 2023)),
        ("2022—2023学年留学生多少人？", (2022, 2023)),
        ("满意度比去年提高多少？", ()),
        ("满意度较上年提高多少？", ()),
        pytest.param("有没有2022台设备？", ()),
        pytest.param("专利到账2023万元吗？", ()),
        ("留学生多少人？", ()),
    ],
)
def test_years(read: Callable[[str], Question], question: str, years: tuple[int, ...]) -> None:
    assert read(question).years == years


@_wrong("years in Chinese numerals are not read")
@pytest.mark.parametrize("question", ["二〇二二年留学生多少人？", "二零二二年留学生多少人？"])
def test_year_in_chinese_numerals(read: Callable[[str], Question], question: str) -> None:
    assert read(question).years == (2022,)


@pytest.mark.parametrize(
    ("question", "grades"),
    [
        ("一等奖几项？", ["一等奖"]),
        ("拿了几块金牌？", ["一等奖"]),
        ("银奖几项？", ["二等奖"]),
        ("铜牌几块？", ["三等奖"]),
        ("金银铜牌一共几块？", ["一等奖", "二等奖", "三等奖"]),
        ("金银奖各几项？", ["一等奖", "二等奖"]),
        ("一等奖和三等奖共几项？", ["一等奖", "三等奖"]),
        ("特等奖几项？", ["特等奖"]),
        ("获奖几项？", []),
        ("银行捐赠了多少钱？", []),
        ("企业奖学金多少钱？", []),
    ],
)
def test_grades(read: Callable[[str], Question], question: str, grades: list[str]) -> None:
    found = read(question).grades
    assert len(found) == len(grades)
    assert all(any(grade in group for group in found) for grade in grades)


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("国家级奖项几项？", "国家级"),
        ("国赛几项一等奖？", "国家级"),
        ("省级奖项几项？", "省级"),
        ("省赛几项一等奖？", "省级"),
        ("市级奖项几项？", "市级"),
        ("校级竞赛几项？", "校级"),
        ("奖项几项？", ""),
        pytest.param("校内实践基地几个？", "", marks=_wrong("校内 says where, not at which level")),
    ],
)
def test_level(read: Callable[[str], Question], question: str, level: str) -> None:
    found = read(question).levels
    assert [level in group for group in found] == ([True] if level else [])


@pytest.mark.parametrize(
    ("question", "aggregate"),
    [
        ("一等奖和二等奖一共几项？", "sum"),
        ("两类经费加起来多少？", "sum"),
        ("金奖总共几块？", "sum"),
        ("金奖、银奖合计几项？", "sum"),
        ("满意度相差多少个百分点？", "difference"),
        ("2023年比2022年多多少人？", "difference"),
        ("比上年提高了多少？", "difference"),
        ("2023年比2022年少几人？", "difference"),
        ("企业比院校多几家？", "difference"),
        ("除了企业还有多少家？", "rest"),
        ("企业以外还有多少家？", "rest"),
        ("去掉发明专利剩下多少项？", "rest"),
        ("哪个去向人数最多？", "maximum"),
        ("占比最高的是哪个？", "maximum"),
        ("哪个去向人数最少？", "minimum"),
        ("占比最低的是什么？", "minimum"),
        ("有多少个案例？", "count_cases"),
    ],
)
def test_aggregate(read: Callable[[str], Question], question: str, aggregate: str) -> None:
    assert aggregate in read(question).aggregates


@pytest.mark.parametrize(
    ("question", "aggregate"),
    [
        pytest.param("2023年比2022年增加了几门？", "difference"),
        pytest.param("不算企业还有多少家？", "rest", marks=_wrong("不算 is not taken for a rest")),
        pytest.param("不要企业的话有多少家？", "rest", marks=_wrong("不要 is not taken for a rest")),
        pytest.param("平均每场覆盖多少人？", "average", marks=_wrong("averages are not asked for at all")),
    ],
)
def test_aggregate_in_other_words(read: Callable[[str], Question], question: str, aggregate: str) -> None:
    assert aggregate in read(question).aggregates


@pytest.mark.parametrize(
    "question",
    [
        "专任教师有多少人？",
        "其中企业多少家？",
        "毕业生比例是多少？",
        "技能比赛获奖多少项？",
        "生均教学科研仪器设备值是多少？",
        "科技特派员是谁？",
    ],
)
def test_plain_question_computes_nothing(read: Callable[[str], Question], question: str) -> None:
    assert not {"sum", "difference", "rest", "maximum", "minimum", "count_cases"} & read(question).aggregates


@pytest.mark.parametrize(
    ("question", "expected"),
    [("哪两个专业群是省级的？", 2), ("五个部分分别是什么？", 5), ("哪三家企业签约？", 3), ("签约了哪些企业？", 0)],
)
def test_number_of_items_asked_for(read: Callable[[str], Question], question: str, expected: int) -> None:
    assert read(question).expected == expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("科技特派员是谁？", "Person"),
        ("哪位老师指导了团队？", "Person"),
        ("和哪家企业共建？", "Enterprise"),
        ("和哪所大学联合培养？", "College"),
        ("哪家媒体报道了？", "Media"),
        ("留学生来自哪个国家？", "Country"),
        ("驻点在哪个县？", "Region"),
        ("牵头组建了哪个联合体？", "Consortium"),
        ("共建了哪些产业学院？", "IndustryCollege"),
        ("获得什么比赛的金奖？", "Competition"),
        ("哪个专业的教师？", "Major"),
        ("印发了哪些文件？", "Document"),
    ],
)
def test_type_of_the_name_asked_for(read: Callable[[str], Question], question: str, kind: str) -> None:
    assert kind in read(question).types


# ------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("云梦星河装备制造有限公司派了几名工程师？", "云梦星河装备制造有限公司"),
        ("云梦星河装备制造公司派了几名工程师？", "云梦星河装备制造有限公司"),
        ("云梦星河装备派了几名工程师？", "云梦星河装备制造有限公司"),
        ("星火杯拿了几项银奖？", "第八届“星火杯”云梦省创新创业大赛"),
        ("在红岩纪念馆开展了几次现场教学？", "云梦县红岩纪念馆"),
        ("《云梦日报》报道了什么？", "云梦日报"),
        ("云梦日报报道了什么？", "云梦日报"),
        ("云梦电视台报道了什么？", "云梦电视台"),
        ("李云舒老师是哪个专业的？", "李云舒"),
        ("星河智能制造产业学院有几名企业工程师？", "星河智能制造产业学院"),
        ("ＱＧ　云梦市老年大学和学校共建了什么？", "云梦市老年大学"),
    ],
)
def test_names_lead_to_their_entities(read: Callable[[str], Question], alone: Engine, question: str, name: str) -> None:
    assert name in {alone.knowledge.entities[i].name.strip("《》") for i in read(question).named}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("市教委认定了几个项目？", "天津市教育委员会"),
        ("中宣部组织了什么？", "中共中央宣传部"),
        ("世界职教大会上做了什么？", "世界职业技术教育发展大会"),
    ],
)
def test_abbreviations_lead_to_their_entities(engine: Engine, question: str, name: str) -> None:
    asked = analyse(question, engine.knowledge, engine.answerer.ground.knows)
    assert name in {engine.knowledge.entities[i].name for i in asked.named}


@pytest.mark.parametrize(
    "question", ["学院有多少专任教师？", "我院有多少专任教师？", "云梦市虚构职业技术学院有多少专任教师？"]
)
def test_own_college_is_no_name_that_binds(read: Callable[[str], Question], question: str) -> None:
    assert read(question).named == () and read(question).absent == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [("清华大学有多少专任教师？", "清华大学"), ("泰国留学生有多少人？", "泰国"), ("和华为合作了吗？", "华为")],
)
def test_known_name_that_no_report_holds_is_absent(read: Callable[[str], Question], question: str, name: str) -> None:
    assert name in read(question).absent


@pytest.mark.parametrize(
    ("question", "thing"),
    [("学校的食堂有几个？", "食堂"), ("校长是谁？", "校长"), ("有多少架直升机？", "直升机")],
)
def test_thing_that_no_report_speaks_of_is_unknown(read: Callable[[str], Question], question: str, thing: str) -> None:
    assert thing in read(question).unknown


@pytest.mark.parametrize(
    "question",
    ["咱们一共有多少专任教师？", "请问专任教师总数是多少", "麻烦查一下毕业去向落实率，谢谢", "双师型教师的人数？"],
)
def test_words_that_help_asking_are_not_missed(read: Callable[[str], Question], question: str) -> None:
    asked = read(question)
    assert asked.unknown == () and asked.absent == ()


# ------------------------------------------------------------------------------------------- ways of writing


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("2023年专任教师有多少人?", "２０２３年专任教师有多少人？"),
        ("“双师型”教师有多少人？", '"双师型"教师有多少人？'),
        ("专任教师有多少人？", "  专任教师有多少人？  "),
        ("专任教师（不含兼职）有多少人？", "专任教师(不含兼职)有多少人?"),
        ("占比是多少%？", "占比是多少％？"),
    ],
)
def test_full_and_half_width_are_understood_alike(read: Callable[[str], Question], question: str, other: str) -> None:
    one, two = read(question), read(other)
    for name in ("kind", "units", "counter", "years", "grades", "levels", "types", "named", "aggregates"):
        assert getattr(one, name) == getattr(two, name), name
    assert {g for g in one.weights if len(g) > 1} == {g for g in two.weights if len(g) > 1}


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("老外学生有几个？", "留学生"),
        ("拿了几块金牌？", "一等奖"),
        ("培训不收钱的有多少人次？", "公益性"),
        ("多少人自己创业？", "自主创业"),
    ],
)
def test_ways_of_speaking_add_the_words_of_reports(read: Callable[[str], Question], spoken: str, written: str) -> None:
    weights = read(spoken).weights
    assert {written[i : i + 2] for i in range(len(written) - 1)} <= weights.keys()


def test_added_words_weigh_less_than_typed_ones(read: Callable[[str], Question]) -> None:
    assert read("老外学生有几个？").weights["留学"] < read("留学生有几个？").weights["留学"]


def test_positions_of_ways_of_speaking() -> None:
    assert spoken_positions("咱们的老外") >= {0, 1, 3, 4}
    assert spoken_positions("专任教师") == set()


@pytest.mark.parametrize("text", ["", "？？？", "😀", "a" * 500, "\n\t", "<b>", "0" * 40, "第" * 300])
def test_nothing_typed_breaks_the_analysis(read: Callable[[str], Question], text: str) -> None:
    asked = read(text)
    assert asked.kind in {*KINDS, "text"} and 0.0 <= asked.strange <= 1.0
