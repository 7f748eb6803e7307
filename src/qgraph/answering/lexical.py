"""BM25 over short texts in memory: sentences and descriptions of figures, by character bigrams.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). Short texts want little
length normalisation, hence b = 0.3.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from qgraph.text import bigrams

K1 = 1.2
B = 0.3

Scores = npt.NDArray[np.float32]


class Bm25:
    """An index of texts; scores are shares of what the question could score at best, in [0, 1]."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(bigrams(text)) for text in texts]
        lengths = np.array([sum(c.values()) for c in counts], dtype=np.float32)
        mean = float(lengths.mean()) if len(texts) else 1.0
        self.size = len(texts)
        norm = K1 * (1 - B + B * lengths / max(mean, 1.0))
        postings: dict[str, list[tuple[int, int]]] = {}
        for row, count in enumerate(counts):
            for gram, times in count.items():
                postings.setdefault(gram, []).append((row, times))
        self._idf = {g: math.log(1 + (self.size - len(p) + 0.5) / (len(p) + 0.5)) for g, p in postings.items()}
        self._postings: dict[str, tuple[npt.NDArray[np.int32], Scores]] = {}
        for gram, rows in postings.items():
            ids = np.array([row for row, _ in rows], dtype=np.int32)
            times_ = np.array([times for _, times in rows], dtype=np.float32)
            self._postings[gram] = (ids, (times_ * (K1 + 1) / (times_ + norm[ids])).astype(np.float32))

    def idf(self, gram: str) -> float:
        """Weight of a bigram; one that stands nowhere weighs as the rarest."""
        return self._idf.get(gram, math.log(1 + (self.size + 0.5) / 0.5))

    def knows(self, gram: str) -> bool:
        """Whether a bigram stands in any text."""
        return gram in self._idf

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """One score a text for bigrams with their weights in the question."""
        result = np.zeros(self.size, dtype=np.float32)
        best = 0.0
        for gram, weight in weights.items():
            best += weight * self.idf(gram) * (K1 + 1) / (1 + K1 * (1 - B))
            if gram in self._postings:
                ids, part = self._postings[gram]
                result[ids] += weight * self._idf[gram] * part
        return result / max(best, 1e-6)


def coverage(weights: Mapping[str, float], index: Bm25, text: str) -> float:
    """Share of the question's weight, by rarity, whose bigrams stand in the text."""
    return _share({g: w * index.idf(g) for g, w in weights.items()}, text)


def _share(weights: Mapping[str, float], text: str) -> float:
    """Share of the weight whose bigrams stand in the text."""
    have = set(bigrams(text))
    total = sum(weights.values())
    return sum(w for g, w in weights.items() if g in have) / total if total else 0.0


class Focus:
    """What sets one candidate apart from the others: words of the question that few of the candidates hold.

    A question names a theme, which many candidates share, and asks for one thing of it, which few tell; rarity
    among the candidates finds the second, where rarity in the whole corpus finds the first.
    """

    def __init__(self, weights: Mapping[str, float], candidates: Sequence[str]) -> None:
        held = Counter(gram for text in candidates for gram in set(bigrams(text)) & weights.keys())
        size = len(candidates)
        self._weights = {g: weights[g] * math.log(1 + (size - n + 0.5) / (n + 0.5)) for g, n in held.items()}

    def share(self, text: str) -> float:
        """Share, in [0, 1], of what sets candidates apart that stands in the text."""
        return _share(self._weights, text)
