"""Pure text functions."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qgraph.text import bigrams, fold, parse_number, sentence_spans, squeeze


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("获奖 3 项。其中金奖 1 项！", ["获奖 3 项。", "其中金奖 1 项！"]),
        ("一是建机制；二是强队伍。", ["一是建机制；", "二是强队伍。"]),
        ("他说：“好。”大家同意。", ["他说：“好。”", "大家同意。"]),
        ("制定《办法（试行）。第二版》并印发。完成。", ["制定《办法（试行）。第二版》并印发。", "完成。"]),
        ("学院（含分校。共两处）招生。报到。", ["学院（含分校。共两处）招生。", "报到。"]),
        ("学院（未闭合的括号。下一句。", ["学院（未闭合的括号。", "下一句。"]),
        ("多余的右括号）。下一句。", ["多余的右括号）。", "下一句。"]),
        ("没有句号的一行\n第二行", ["没有句号的一行", "第二行"]),
        ("第（一句\n续）第二句。三", ["第（一句", "续）第二句。", "三"]),
        ("占比 0.81%（见表 1-3）。", ["占比 0.81%（见表 1-3）。"]),
        ("  前后空白。  ", ["前后空白。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="学校。；！？（）()《》“”\n 2.", max_size=60))
def test_sentences_are_in_order_and_lose_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert squeeze("".join(text[a:b] for a, b in spans)) == squeeze(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,656.82", "2656.82"), ("1.50", "1.50"), ("８万", "80000"), ("三十四", "34"), ("两", "2"),
        ("一千零二十", "1020"), ("万", "10000"), ("一亿二千万", "120000000"),
        ("二〇二四", "2024"), ("三万五千", "35000"), ("1.2亿", "120000000"),
    ],
)
def test_numerals(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "项", "3项", "1.2.3", "第三"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_number(text) is None


def test_folded_names_agree_in_width_case_and_brackets() -> None:
    assert fold("ＡＢ产业学院（筹）") == fold("ab 产业学院(筹)")


def test_bigrams_keep_latin_words_and_numbers_whole() -> None:
    assert bigrams("爱尔 AI 3.5 亿元") == ["爱尔", "ai", "3.5", "亿元"]
