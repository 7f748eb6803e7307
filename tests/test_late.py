"""Late interaction: tokens keep what they were packed from, and the text that says the same is nearest."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from qgraph.search import LateIndex, Tokens


def tokens(ids: list[int], seed: int = 0, spans: list[tuple[int, int]] | None = None) -> Tokens:
    """Tokens whose vectors depend on their ids alone."""
    table: NDArray[np.float32] = np.random.default_rng(seed).normal(size=(100, 48)).astype(np.float32)
    places = spans or [(2 * n, 2 * n + 2) for n in range(len(ids))]
    return Tokens.pack(np.array(ids), np.array(places), table[ids])


def test_tokens_come_back_from_bytes() -> None:
    kept = tokens([5, 7, 9])
    back = Tokens.from_bytes(kept.to_bytes())
    for name in ("ids", "spans", "vectors", "scales"):
        assert np.array_equal(getattr(kept, name), getattr(back, name))


def test_vectors_are_of_unit_length_and_near_what_they_were() -> None:
    vectors = np.random.default_rng(3).normal(size=(20, 48)).astype(np.float32)
    packed = Tokens.pack(np.arange(20), np.zeros((20, 2)), vectors).floats()
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.allclose(packed, unit, atol=0.01)


def test_tokens_inside_a_stretch_are_left_out_unless_none_remain() -> None:
    asked = tokens([1, 2, 3])
    assert asked.outside([(2, 4)]).ids.tolist() == [1, 3]
    assert asked.outside([(0, 6)]).ids.tolist() == [1, 2, 3]


def test_text_with_the_same_tokens_is_nearest_whatever_else_it_holds() -> None:
    index = LateIndex([tokens([10, 11, 12]), tokens([40, 41, 42]), tokens([60, 10, 61, 11, 62, 12])])
    scores = index.scores(tokens([10, 11, 12]), np.arange(3))
    assert scores[0] == pytest.approx(scores[2], abs=0.02) and scores[0] > scores[1] + 0.5
    assert index.scores(tokens([10]), np.array([], dtype=np.int64)).shape == (0,)


def test_rare_tokens_weigh_more_and_weights_sum_to_one() -> None:
    index = LateIndex([tokens([1, 2]), tokens([1, 3]), tokens([1, 4])])
    weights = index.rarity(tokens([1, 2]))
    assert weights[1] > weights[0] and weights.sum() == pytest.approx(1.0)


def test_text_without_tokens_is_an_error() -> None:
    with pytest.raises(ValueError, match="without tokens"):
        LateIndex([tokens([1]), Tokens.pack(np.array([]), np.zeros((0, 2)), np.zeros((0, 48), np.float32))])
