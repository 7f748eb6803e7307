"""Fusing what several retrievers found into one ranking. Pure functions over scores.

Three strategies, chosen by name:

- "minmax": each retriever's scores are put on a scale from 0 to 1 and added by weight. It keeps how far
  the first is ahead of the second, which pays when both retrievers are good. The default.
- "znorm": the same with zero mean and unit deviation; for retrievers whose scores have outliers.
- "rrf": reciprocal rank fusion, sum of weight / (k + rank). Knows only ranks: for retrievers whose
  scores cannot be compared at all.

Measured (bench/README.md) on questions over one report, on the same questions among unrelated passages,
and on titles and opening sentences of a software manual: min-max was best on questions and titles (RRF
on opening sentences), and above each of its parts in all of them, with a weight from 0.5 to 0.7 for the vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import fmean, pstdev

from qgraph.errors import QueryError

Scores = Mapping[str, float]
"""Score of each passage (by id) that a retriever found; the higher the better."""

RRF_K = 20
"""Damps the first ranks: with a small k they count for more. 60 is usual for long lists of TREC size;
with two retrievers and a hundred candidates 5 to 20 measured better."""

DEFAULT = "minmax"
WEIGHTS: Mapping[str, float] = {"bm25": 0.4, "vector": 0.6}
FLOORS: Mapping[str, float] = {"bm25": 0.0}
"""Score of a passage that shares nothing with the query, where it is known. Elsewhere the lowest
candidate stands for it."""


def fuse(
    found: Mapping[str, Scores], strategy: str = DEFAULT, weights: Mapping[str, float] = WEIGHTS
) -> list[tuple[str, float]]:
    """(passage id, fused score) of all candidates, best first; equal scores in the order of ids.

    `found` maps a retriever's name to its scores. A retriever without a weight counts 1; one that found
    nothing has no say. Raises QueryError for an unknown strategy.
    """
    if strategy not in STRATEGIES:
        names = "、".join(sorted(STRATEGIES))
        raise QueryError(f"没有“{strategy}”这种融合方式，可用的有：{names}。", log=f"unknown fusion {strategy}")
    total: dict[str, float] = {}
    whole = sum(weights.get(name, 1.0) for name, scores in found.items() if scores) or 1.0
    candidates = sorted({passage for scores in found.values() for passage in scores})
    for name in sorted(found):
        if found[name]:
            share = STRATEGIES[strategy](found[name], candidates, FLOORS.get(name))
            for passage, value in share.items():
                total[passage] = total.get(passage, 0.0) + weights.get(name, 1.0) / whole * value
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def ranks(scores: Scores) -> dict[str, int]:
    """Rank of each passage, from 1; equal scores in the order of ids."""
    ordered = sorted(scores, key=lambda passage: (-scores[passage], passage))
    return {passage: rank for rank, passage in enumerate(ordered, 1)}


def reciprocal_ranks(scores: Scores, candidates: list[str], floor: float | None) -> dict[str, float]:
    """1 / (k + rank), scaled so that the first rank gives 1; a candidate that was not found gives 0."""
    return {passage: (RRF_K + 1) / (RRF_K + rank) for passage, rank in ranks(scores).items()}


def minmax(scores: Scores, candidates: list[str], floor: float | None) -> dict[str, float]:
    """Scores from 0 (the floor, else the lowest) to 1 (the highest). All are 1 where they are equal."""
    low = min(scores.values()) if floor is None else floor
    high = max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {passage: (score - low) / (high - low) for passage, score in scores.items()}


def znorm(scores: Scores, candidates: list[str], floor: float | None) -> dict[str, float]:
    """Scores less their mean, in standard deviations; candidates not found have the floor or the lowest."""
    low = min(scores.values()) if floor is None else floor
    filled = [scores.get(passage, low) for passage in candidates]
    mean, deviation = fmean(filled), pstdev(filled)
    if deviation == 0:
        return dict.fromkeys(candidates, 0.0)
    return {p: (value - mean) / deviation for p, value in zip(candidates, filled, strict=True)}


STRATEGIES: Mapping[str, Callable[[Scores, list[str], float | None], dict[str, float]]] = {
    "minmax": minmax,
    "rrf": reciprocal_ranks,
    "znorm": znorm,
}
