"""The full-text index over made-up passages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qgraph.errors import IndexFolderError
from qgraph.records import Passage
from qgraph.search.fulltext import GRAMS_ONLY, WORDS_ONLY, FullText, write_fulltext
from qgraph.words import words

TEXTS = {
    "r1/x1": ("2.产教融合 > 2.1合作机制", "学校与星河眼科集团共建星河视光产业学院，开设订单班。"),
    "r1/x2": ("3.服务贡献 > 3.2科研", "横向技术服务到款额 1234.5 万元，立项 80 项。"),
    "r1/x3": ("4.国际合作", "留学生来自３个国家，开展ＡＩ培训。"),
    "r2/x1": ("1.人才培养", "学生在技能大赛中获得金奖，星河杯决赛在海州举行。"),
}


def passage(identifier: str) -> Passage:
    heading, text = TEXTS[identifier]
    report = identifier.split("/")[0]
    return Passage(
        identifier, report, "text", heading, text, 0, len(text), f"{report}/sec1", None, None, (f"{identifier}s1",)
    )


ALL = [passage(identifier) for identifier in TEXTS]


@pytest.fixture(scope="module")
def fulltext(tmp_path_factory: pytest.TempPathFactory) -> FullText:
    folder = tmp_path_factory.mktemp("text")
    write_fulltext(folder, ALL)
    return FullText(folder)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("横向经费到款多少", "r1/x2"),
        ("星河眼科", "r1/x1"),
        ("视光", "r1/x1"),
        ("海州", "r2/x1"),
        ("1234.5万元", "r1/x2"),
        ("１２３４.５万元", "r1/x2"),
        ("ai", "r1/x3"),
        ("AI培训", "r1/x3"),
        ("3个国家", "r1/x3"),
        ("服务贡献", "r1/x2"),
        ("国际合作", "r1/x3"),
    ],
)
def test_query_finds_its_passage(fulltext: FullText, query: str, first: str) -> None:
    assert next(iter(fulltext.search(query, 10))) == first


@pytest.mark.parametrize("query", ["", " ", "，。？", "鑫", "龘龘", "…", "🙂", "\x00", "\n\t"])
def test_query_without_known_terms_finds_nothing(fulltext: FullText, query: str) -> None:
    assert fulltext.search(query, 10) == {}


@pytest.mark.parametrize("character", ["星", "奖", "班"])
def test_one_character_is_found_inside_words(fulltext: FullText, character: str) -> None:
    found = fulltext.search(character, 10)
    assert found
    assert all(character in TEXTS[identifier][1] for identifier in found)


@pytest.mark.parametrize(
    "query",
    ['"', "(", ")))", "a AND", "OR NOT", "body_grams:星河", "*", "?", "[a TO b]", "^5", "~2", "\\", "+星河 -眼科",
     "/.*/", "星河^9", "{", "*:*", "id:r1", "<b>", "' OR 1=1 --"],
)  # fmt: skip
def test_signs_of_query_languages_mean_nothing(fulltext: FullText, query: str) -> None:
    assert set(fulltext.search(query, 10)) <= set(TEXTS)


def test_signs_do_not_change_the_ranking(fulltext: FullText) -> None:
    plain = fulltext.search("星河眼科", 10)
    assert fulltext.search("（星河眼科）？", 10) == plain


def test_very_long_query(fulltext: FullText) -> None:
    assert fulltext.search("横向技术服务到款额" * 5_000, 10)


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (100, 2)])
def test_limit(fulltext: FullText, limit: int, count: int) -> None:
    assert len(fulltext.search("星河", limit)) == count


def test_scores_fall(fulltext: FullText) -> None:
    scores = list(fulltext.search("星河产业学院大赛", 10).values())
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


@pytest.mark.parametrize("weights", [GRAMS_ONLY, WORDS_ONLY])
def test_fields_can_be_searched_alone(fulltext: FullText, weights: dict[str, float]) -> None:
    assert next(iter(fulltext.search("产业学院", 10, weights))) == "r1/x1"


def test_body_weighs_more_than_heading(tmp_path: Path) -> None:
    heading = replace(ALL[0], id="h", heading="科研经费", text="这里说的是别的事情，与题目无关。")
    body = replace(ALL[0], id="b", heading="别的事情", text="科研经费由学校划拨，与题目有关系。")
    write_fulltext(tmp_path, [heading, body])
    assert list(FullText(tmp_path).search("科研经费", 10)) == ["b", "h"]


def test_rare_bigrams_weigh_more(fulltext: FullText) -> None:
    assert fulltext.rarity("海州") > fulltext.rarity("星河") > 0


def test_removed_report_is_not_found(tmp_path: Path) -> None:
    write_fulltext(tmp_path, ALL)
    write_fulltext(tmp_path, [], ["r1"])
    text = FullText(tmp_path)
    assert text.count == 1
    assert list(text.search("星河", 10)) == ["r2/x1"]


def test_replaced_report_is_found_with_its_new_text(tmp_path: Path) -> None:
    write_fulltext(tmp_path, ALL)
    write_fulltext(tmp_path, [replace(ALL[3], text="学生在歌唱比赛中获奖。")], ["r2"])
    text = FullText(tmp_path)
    assert list(text.search("歌唱", 10)) == ["r2/x1"]
    assert text.search("海州", 10) == {}
    assert text.count == 4


def test_open_reader_keeps_what_it_saw(tmp_path: Path) -> None:
    write_fulltext(tmp_path, ALL)
    before = FullText(tmp_path)
    write_fulltext(tmp_path, [], ["r1", "r2"])
    assert before.search("海州", 10)
    assert FullText(tmp_path).search("海州", 10) == {}


def test_no_passages(tmp_path: Path) -> None:
    write_fulltext(tmp_path, [])
    assert FullText(tmp_path).search("学校", 10) == {}


def test_missing_index_is_explained(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="rebuild"):
        FullText(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("图书馆", ["图书", "书馆", "图书馆"]),
        ("ＡＩ培训", ["ai", "培训"]),
        ("，。", []),
        ("", []),
        ("99.87%", ["99.87%"]),
    ],
)
def test_words(text: str, wanted: list[str]) -> None:
    assert sorted(words(text)) == sorted(wanted)
