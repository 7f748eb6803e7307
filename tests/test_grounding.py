"""Generated text against the sentences that it cites: made-up sources, the real report, and a lying server."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from llm_server import says, stand_in

from qgraph.grounding import (
    GroundedSentence,
    Source,
    ground,
    ground_stream,
    marked_text,
    source_of,
    supported_text,
)
from qgraph.grounding.figures import read_numbers
from qgraph.llm import LanguageModel, Message
from qgraph.records import Citation, Document

CONTEXT = "海州星河职业学院质量年度报告（2031年度） 海州星河职业学院"
SOURCES = [
    Source(1, "2030年纵向科研经费到款额 118.9 万元，横向技术服务到款额 2656.82 万元。", CONTEXT, (2031,)),
    Source(2, "学校立项各级各类纵向科研课题 50 项，其中局级以上 23 项；横向科研课题立项 80 项。", CONTEXT, (2031,)),
    Source(3, "2031年7月8日至20日，北原理工大学 15 名专业教师来校参加为期两周的培训。", CONTEXT, (2031,)),
    Source(4, "表 1-1 获奖汇总表\n级别\t大赛名称\t一等奖\t二等奖\n国家级\t云帆杯职业技能大赛\t2\t4", CONTEXT, (2031,)),
    Source(5, "依据《星河学院科研工作条例》，“领航”工程覆盖８万余人次，满意度为99.87%，推广5G应用。", CONTEXT, (2031,)),
    Source(6, "星河眼科集团捐赠设备，李文教授担任负责人，入选全国首批示范基地。", CONTEXT, (2031,)),
]
NAMES = {
    "海州星河职业学院": "College/1", "星河学院": "College/1", "星河眼科集团": "Enterprise/1",
    "星河眼科": "Enterprise/1", "云帆汽车": "Enterprise/2", "北原理工大学": "College/2", "北原理工": "College/2",
}  # fmt: skip


def gaps(text: str, sources: list[Source] = SOURCES) -> list[tuple[str, str]]:
    return [(gap.kind, gap.text) for sentence in ground(text, sources, NAMES) for gap in sentence.gaps]


@pytest.mark.parametrize(
    "text",
    [
        "2030年，学校横向技术服务到款额为2656.82万元。",
        "横向技术服务到款额为２６５６.８２万元[1]。",
        "横向技术服务到款额为26568200元[1]。",
        "纵向课题立项50项，其中局级以上23项，横向课题立项80项。",
        "2031年7月，北原理工大学的15位教师参加了两周的培训[3]。",
        "培训于7月8日至7月20日举行，15人参加。",
        "在云帆杯职业技能大赛中获一等奖2项、二等奖4项[4]。",
        "“领航”工程覆盖超过8万人次，满意度为百分之九十九点八七。",
        "覆盖80000余人次。",
        "依据《星河学院科研工作条例》，推广５Ｇ应用[5]。",
        "星河眼科捐赠设备，李文教授担任负责人。",
        "北原理工教师参加培训。",
        "海州星河职业学院横向科研课题立项80项[2]。",
        "见表1-1，获一等奖2项[4]。",
        "1. **横向科研课题**：立项80项[2]；",
        "入选全国首批示范基地[6]。",
        "立项和到款：纵向50项[2]，横向到款2656.82万元[1]。",
        "是的。",
    ],
)
def test_what_the_sources_say_is_supported(text: str) -> None:
    assert gaps(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("横向技术服务到款额为2656.28万元[1]。", "figure", "2656.28万元"),
        ("横向技术服务到款额为2656.82元[1]。", "figure", "2656.82元"),
        ("横向技术服务到款额约2657万元[1]。", "figure", "约2657万元"),
        ("横向技术服务到款额为118.9万元[1]。", "figure", "118.9万元"),
        ("纵向课题立项80项[2]。", "figure", "80项"),
        ("横向课题立项80人[2]。", "figure", "80人"),
        ("横向课题立项八十五项[2]。", "figure", "八十五项"),
        ("云帆杯职业技能大赛获一等奖4项[4]。", "figure", "4项"),
        ("“领航”工程覆盖近8万人次[5]。", "figure", "近8万人次"),
        ("“领航”工程覆盖8万人次[5]。", "figure", "8万人次"),
        ("横向技术服务到款额2656.82万元[3]。", "figure", "2656.82万元"),
        ("满意度为99.78%。", "figure", "99.78%"),
        ("推广6G应用。", "figure", "6G"),
        ("见表2-1，获一等奖2项。", "figure", "表2-1"),
        ("2029年横向技术服务到款额为2656.82万元。", "date", "2029年"),
        ("2031年横向技术服务到款额为2656.82万元[1]。", "date", "2031年"),
        ("2031年7月9日，15名教师参加培训。", "date", "2031年7月9日"),
        ("8月8日，15名教师参加培训。", "date", "8月8日"),
        ("2031年，北原理工大学云帆汽车教师参加培训。", "name", "云帆汽车"),
        ("与海原大学合作的横向课题立项80项。", "name", "海原大学"),
        ("德国教师参加为期两周的培训。", "name", "德国"),
        ("王小明教授担任负责人。", "name", "王小明"),
        ("依据《星河学院教学工作条例》开展工作。", "name", "星河学院教学工作条例"),
        ("“远航”工程覆盖面广。", "name", "远航"),
        ("横向科研课题立项数全国领先。", "claim", "领先"),
        ("横向技术服务到款额下降为2656.82万元[1]。", "claim", "下降"),
        ("学校没有横向科研课题。", "negation", "没有"),
        ("横向课题立项80项[9]。", "citation", "[9]"),
        ("食堂的饭菜很好吃，环境优美。", "words", "食堂的饭菜很好吃，环境优美。"),
    ],
)
def test_what_the_sources_do_not_say_is_told(text: str, kind: str, what: str) -> None:
    assert (kind, what) in gaps(text)


def test_marks_bind_a_sentence_to_its_sources() -> None:
    text = "横向课题立项80项[2]。横向技术服务到款额2656.82万元。[1]"
    sentences = ground(text, SOURCES, NAMES)
    assert [s.cites for s in sentences] == [(2,), (1,)]
    assert all(s.supported for s in sentences)


@pytest.mark.parametrize(
    ("mark", "cites"),
    [("[1][2]", (1, 2)), ("[1,2]", (1, 2)), ("[1-3]", (1, 2, 3)), ("【2】", (2,)), ("[1、5]", (1, 5))],
)
def test_forms_of_marks(mark: str, cites: tuple[int, ...]) -> None:
    assert ground(f"立项80项{mark}。", SOURCES, NAMES)[0].cites == cites


def test_nothing_is_supported_without_sources() -> None:
    assert not ground("横向课题立项80项。", [], NAMES)[0].supported
    assert ground("", SOURCES, NAMES) == ()


def test_unsupported_sentences_are_left_out_or_marked() -> None:
    sentences = ground("横向课题立项80项。纵向课题立项90项。", SOURCES, NAMES)
    assert supported_text(sentences) == "横向课题立项80项。"
    assert marked_text(sentences) == "横向课题立项80项。纵向课题立项90项。（未找到依据）"


def test_year_of_the_report_counts_where_a_source_states_none() -> None:
    assert gaps("2031年，横向科研课题立项80项[2]。") == []
    assert ("date", "2030年") in gaps("2030年，横向科研课题立项80项[2]。")


def test_context_bears_out_names_but_no_figures() -> None:
    source = Source(1, "横向科研课题立项 80 项。", "第9章 云帆汽车 2031年")
    assert gaps("云帆汽车横向科研课题立项80项。", [source]) == []
    assert ("figure", "9项") in gaps("横向科研课题立项9项。", [source])


def test_citation_becomes_a_source() -> None:
    citation = Citation(
        3, "r", "星河学院质量年报", "星河学院", 2031, "3.2", "科研", 12, "s", "横向课题立项 80 项。", 0, 11
    )
    sentence = ground("2031年星河学院横向课题立项80项[3]。", [source_of(citation)], NAMES)[0]
    assert sentence.supported


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_stream_gives_the_same_sentences(size: int) -> None:
    text = "横向课题立项80项。[2]横向技术服务到款额2656.82万元[1]！\n纵向课题立项90项[2]；完"
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    assert tuple(ground_stream(pieces, SOURCES, NAMES)) == ground(text, SOURCES, NAMES)


def test_stream_gives_a_sentence_before_the_next_is_whole() -> None:
    stream = ground_stream(iter(["横向课题立项80项。", "纵向", "课题"]), SOURCES, NAMES)
    assert next(stream).text == "横向课题立项80项。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到款 2,656.82 万元", [("26568200", "元", "")]),
        ("约１００人", [("100", "人", "about")]),
        ("三所大学、一个平台", [("3", "所", "")]),
        ("第六届", [("6", "第届", "")]),
        ("百余场", []),
        ("提高0.4个百分点", [("0.4", "个百分点", "")]),
        ("1+X证书与C919", []),
        ("2031年3月", []),
        ("不少于20学时", [("20", "学时", "more")]),
    ],
)
def test_figures_are_read(text: str, found: list[tuple[str, str, str]]) -> None:
    figures = [(f"{f.value.normalize():f}", f.unit, f.bound) for f in read_numbers(text).figures]
    assert figures == found


def neighbours(document: Document, at: int) -> list[Source]:
    """A sentence of the report and those around it, as an answer would cite them."""
    texts = [s.text for s in document.sentences if s.kind == "text"]
    around = [texts[at], *texts[max(0, at - 3) : at], *texts[at + 1 : at + 4]]
    return [Source(n, t, document.college + document.title, (document.year,)) for n, t in enumerate(around, 1)]


def test_sentences_of_the_report_are_supported_by_themselves(document: Document) -> None:
    texts = [s.text for s in document.sentences if s.kind == "text"]
    wrong = [
        (text, sentence.gaps)
        for at, text in enumerate(texts)
        for sentence in ground(text, neighbours(document, at))
        if not sentence.supported
    ]
    assert wrong == []


def test_changed_figures_are_noticed(document: Document) -> None:
    chance = random.Random(7)
    texts = [s.text for s in document.sentences if s.kind == "text"]
    tried, missed = 0, []
    for at, text in enumerate(texts):
        numbers = list(re.finditer(r"(?<![\d.A-Za-z+-])\d+(?:\.\d+)?(?![\d.A-Za-z+-])", text))
        if numbers:
            number = chance.choice(numbers)
            changed = number[0][:-1] + str((int(number[0][-1]) + chance.randint(1, 9)) % 10)
            lie = text[: number.start()] + changed + text[number.end() :]
            tried += 1
            if all(s.supported for s in ground(lie, neighbours(document, at))):
                missed.append(lie)
    assert tried > 200
    assert len(missed) <= 0.03 * tried, missed


def test_lying_server_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    lies = (
        "横向技术服务到款额2656.82万元[1]。这一数字比上年增长35.6%[1]。"
        "学校与云帆汽车合作立项80项[2]。横向立项80项[2]。"
    )
    with stand_in(says(lies, pieces=20)) as server:
        model = LanguageModel(server.url, "liar", timeout=5)
        sentences: list[GroundedSentence] = list(
            ground_stream(model.stream([Message("user", "科研情况如何？")]), SOURCES, NAMES)
        )
        model.close()
    assert [s.supported for s in sentences] == [True, False, False, True]
    assert supported_text(sentences) == "横向技术服务到款额2656.82万元[1]。横向立项80项[2]。"
