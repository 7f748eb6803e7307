"""Late interaction: a question held against texts token by token.

Every token of the question looks for the nearest token of a text; the text's score is the mean of these cosines,
weighted by the rarity of the question's tokens (the MaxSim of ColBERT, Khattab and Zaharia 2020,
https://arxiv.org/abs/2004.12832, with the weights of BERTScore, Zhang et al. 2020, https://arxiv.org/abs/1904.09675).
One vector for a whole sentence blurs what it tells of; here a word that people say finds the word that the report
writes (发的调查: 调查问卷), wherever in a long sentence it stands.

All vectors of a model share a large common part; it is taken away before they are compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qgraph.search.tokens import Tokens, quantised

Scores = NDArray[np.float32]
_BLOCK = 65_536  # tokens that are centred at once


class LateIndex:
    """The tokens of many texts in memory, some 400 bytes a token."""

    def __init__(self, texts: Sequence[Tokens]) -> None:
        lengths = [len(text.ids) for text in texts]
        if not all(lengths):
            raise ValueError("a text without tokens")
        self._bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self._spans = [text.spans for text in texts]
        self._held: dict[int, int] = {}
        for text in texts:
            for token in np.unique(text.ids).tolist():
                self._held[token] = self._held.get(token, 0) + 1
        vectors = np.concatenate([text.vectors for text in texts])
        scales = np.concatenate([text.scales for text in texts])
        self._mean = (vectors.astype(np.float32).T @ scales) / np.float32(len(scales))
        for start in range(0, len(scales), _BLOCK):
            part = slice(start, start + _BLOCK)
            centred = vectors[part].astype(np.float32) * scales[part, None] - self._mean
            vectors[part], scales[part] = quantised(centred)
        self._vectors, self._scales = vectors, scales

    def __len__(self) -> int:
        return len(self._spans)

    def scores(self, question: Tokens, rows: NDArray[np.intp]) -> Scores:
        """For each of these texts the weighted mean, over the question's tokens, of the cosine with the nearest token
        of the text; of unlike texts about 0.25, of a paraphrase above 0.5."""
        if not len(rows):
            return np.zeros(0, np.float32)
        own, weights = self._centred(question), self.rarity(question)
        counts = self._bounds[rows + 1] - self._bounds[rows]
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        at = np.repeat(self._bounds[rows] - starts, counts) + np.arange(counts.sum())
        cosines = (self._vectors[at].astype(np.float32) @ own.T) * self._scales[at, None]
        found: Scores = (np.maximum.reduceat(cosines, starts, axis=0) @ weights).astype(np.float32)
        return found

    def rarity(self, question: Tokens) -> Scores:
        """Weights of the question's tokens, (tokens,), by how few of the texts hold them; they sum to one."""
        size = len(self)
        held = [self._held.get(token, 0) for token in question.ids.tolist()]
        weights = np.array([math.log(1 + (size - n + 0.5) / (n + 0.5)) for n in held], np.float32)
        return weights / max(float(weights.sum()), 1e-9)

    def cosines(self, question: Tokens, row: int) -> tuple[Scores, NDArray[np.int32]]:
        """Cosines of the question's tokens with those of one text, (tokens, tokens of the text), and the characters of
        the text that its tokens stand for, (tokens of the text, 2)."""
        part = slice(self._bounds[row], self._bounds[row + 1])
        own = self._vectors[part].astype(np.float32) * self._scales[part, None]
        return self._centred(question) @ own.T, self._spans[row]

    def _centred(self, question: Tokens) -> Scores:
        vectors = question.floats() - self._mean
        unit: Scores = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit
