"""Fusing rankings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qgraph.errors import QueryError
from qgraph.search.fusion import RRF_K, STRATEGIES, fuse, minmax, ranks, reciprocal_ranks, znorm

BM25 = {"a": 10.0, "b": 9.0, "c": 1.0}
VECTOR = {"b": 0.9, "c": 0.8, "d": 0.7}
scores = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 100), max_size=8)


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_what_both_find_comes_first(strategy: str) -> None:
    assert fuse({"bm25": BM25, "vector": VECTOR}, strategy)[0][0] == "b"


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
@given(bm25=scores, vector=scores)
def test_every_candidate_is_ranked_once(strategy: str, bm25: dict[str, float], vector: dict[str, float]) -> None:
    fused = fuse({"bm25": bm25, "vector": vector}, strategy)
    assert sorted(passage for passage, _ in fused) == sorted(bm25.keys() | vector.keys())
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
@given(found=scores)
def test_one_retriever_keeps_its_order(strategy: str, found: dict[str, float]) -> None:
    # scores that differ by less than the arithmetic can tell may fall together
    found = {passage: round(score, 3) for passage, score in found.items()}
    fused = [passage for passage, _ in fuse({"vector": found}, strategy)]
    assert [found[p] for p in fused] == sorted(found.values(), reverse=True)


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_retriever_that_found_nothing_has_no_say(strategy: str) -> None:
    assert fuse({"bm25": {}, "vector": VECTOR}, strategy) == fuse({"vector": VECTOR}, strategy)


def test_nothing_found() -> None:
    assert fuse({"bm25": {}, "vector": {}}) == []


def test_equal_scores_stand_in_the_order_of_ids() -> None:
    assert [p for p, _ in fuse({"bm25": {"z": 1.0, "a": 1.0, "m": 1.0}})] == ["a", "m", "z"]


def test_weight_decides_between_retrievers() -> None:
    found = {"bm25": {"a": 1.0, "b": 0.0}, "vector": {"a": 0.0, "b": 1.0}}
    assert fuse(found, weights={"bm25": 0.9, "vector": 0.1})[0][0] == "a"
    assert fuse(found, weights={"bm25": 0.1, "vector": 0.9})[0][0] == "b"


def test_best_of_all_retrievers_scores_one() -> None:
    assert fuse({"bm25": {"a": 7.0, "b": 1.0}, "vector": {"a": 0.9, "b": 0.8}})[0] == ("a", pytest.approx(1.0))


def test_unknown_strategy_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match="minmax"):
        fuse({"bm25": BM25}, "magic")


def test_ranks_count_from_one() -> None:
    assert ranks({"b": 2.0, "a": 2.0, "c": 3.0}) == {"c": 1, "a": 2, "b": 3}


def test_minmax_keeps_distances() -> None:
    assert minmax({"a": 4.0, "b": 3.0, "c": 0.0}, [], None) == {"a": 1.0, "b": 0.75, "c": 0.0}


def test_minmax_with_a_known_floor() -> None:
    assert minmax({"a": 4.0, "b": 2.0}, [], 0.0) == {"a": 1.0, "b": 0.5}


def test_minmax_of_equal_scores() -> None:
    assert minmax({"a": 0.5, "b": 0.5}, [], None) == {"a": 1.0, "b": 1.0}


def test_znorm_counts_what_was_not_found() -> None:
    assert znorm({"a": 2.0}, ["a", "b"], 0.0) == {"a": 1.0, "b": -1.0}


def test_reciprocal_ranks_fall_with_k() -> None:
    assert reciprocal_ranks({"a": 5.0, "b": 1.0}, [], None) == {"a": 1.0, "b": (RRF_K + 1) / (RRF_K + 2)}
