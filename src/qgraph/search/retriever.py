"""Passages for a question: full text and vectors, fused.

Both retrievers name candidates, every candidate gets an exact cosine, and the scores are fused. A passage's
vector score is its own cosine and, with a smaller weight, that of its nearest sentence: a question often
resembles one sentence of a passage and not the rest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qgraph.errors import IndexFolderError, QueryError
from qgraph.records import Hit, Passage
from qgraph.search.encoder import Encoder
from qgraph.search.fusion import DEFAULT, Scores, fuse, ranks
from qgraph.search.generation import (
    Generation,
    Progress,
    open_generation,
    split_sentences,
    write_generation,
)
from qgraph.text import bigrams

Array = NDArray[np.float32]
Accepts = Callable[[Passage], bool]

MODES = ("fused", "bm25", "vector")
CANDIDATES = 100
SENTENCE_WEIGHT = 0.3
SHARED_WEIGHT = 0.3  # of shared bigrams, beside the cosine, when the best sentence is chosen


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of a passage, with how near it is to the question; comparable within one question."""

    passage: Passage
    sentence: str
    text: str
    score: float


class Retriever:
    """An open search index. Searches may run while another thread updates: each sees one whole state."""

    def __init__(self, folder: Path, encoder: Encoder, generation: Generation) -> None:
        self.folder = folder
        self.encoder = encoder
        self._generation = generation
        self._writing = threading.Lock()

    @classmethod
    def build(
        cls, passages: Iterable[Passage], folder: Path, encoder: Encoder, progress: Progress | None = None
    ) -> Retriever:
        """Brings the folder to hold exactly these passages and opens it; reports that did not change are not
        indexed again. `progress` gets the number of texts encoded and of all. Raises IndexFolderError,
        ModelError."""
        return cls(folder, encoder, write_generation(folder, passages, encoder, progress))

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Retriever:
        """Opens an index that was built with this encoder. Raises IndexFolderError."""
        generation = open_generation(folder)
        if generation.encoder != encoder.id:
            raise IndexFolderError(
                "索引是用另一个编码模型建的，请运行 qgraph index rebuild。",
                log=f"index made with {generation.encoder}, opened with {encoder.id}",
            )
        return cls(folder, encoder, generation)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in order."""
        return self._generation.passages

    def update(self, report: str, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Adds or replaces the passages of one report, or removes the report when there are none.

        Searches that run meanwhile use the old state. Raises IndexFolderError, ModelError, QueryError.
        """
        if any(passage.report != report for passage in passages):
            raise QueryError(f"有段落不属于报告 {report}。", log=f"passages of another report in update of {report}")
        with self._writing:
            others = [p for p in self._generation.passages if p.report != report]
            self._generation = write_generation(self.folder, [*others, *passages], self.encoder, progress)

    def reload(self) -> None:
        """Takes over what another process has built. Raises IndexFolderError."""
        with self._writing:
            self._generation = type(self).open(self.folder, self.encoder)._generation

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        filters: Accepts | None = None,
        mode: str = "fused",
        strategy: str = DEFAULT,
    ) -> list[Hit]:
        """The k best passages that the filter accepts, best first; none for an empty query.

        `mode` is fused, bm25 (no vector is computed) or vector; `strategy` a name of fusion.STRATEGIES.
        Raises QueryError, ModelError.
        """
        if mode not in MODES:
            raise QueryError(f"没有“{mode}”这种检索方式，可用的有：{'、'.join(MODES)}。", log=f"unknown mode {mode}")
        generation = self._generation
        if k < 1 or not query.strip() or not generation.passages:
            return []
        pool = max(CANDIDATES, 2 * k)
        found: dict[str, Scores] = {}
        if mode != "vector":
            found["bm25"] = _lexical(generation, query, pool, filters)
        vector = None
        if mode != "bm25":
            vector = self.encoder.encode_queries([query])[0]
            rows = set(_nearest(generation, vector, pool, filters))
            rows |= {generation.rows[passage] for passage in found.get("bm25", ())}
            found["vector"] = _cosines(generation, vector, sorted(rows))
        places = {name: ranks(scores) for name, scores in found.items()}
        hits = []
        for passage_id, score in fuse(found, strategy)[:k]:
            row = generation.rows[passage_id]
            best = max(_sentences(generation, query, vector, row), key=lambda hit: hit.score)
            hits.append(
                Hit(
                    generation.passages[row],
                    score,
                    {name: place[passage_id] for name, place in places.items() if passage_id in place},
                    best.sentence,
                    {name: scores[passage_id] for name, scores in found.items() if passage_id in scores},
                )
            )
        return hits

    def sentences(self, query: str, passages: Iterable[str], k: int = 10) -> list[SentenceHit]:
        """The k sentences of some passages (ids) nearest to the query, best first. Raises ModelError."""
        generation = self._generation
        vector = self.encoder.encode_queries([query])[0]
        rows = sorted({generation.rows[p] for p in passages if p in generation.rows})
        found = [hit for row in rows for hit in _sentences(generation, query, vector, row)]
        return sorted(found, key=lambda hit: -hit.score)[:k]


def _lexical(generation: Generation, query: str, pool: int, filters: Accepts | None) -> dict[str, float]:
    """Scores of the best `pool` passages that the filter accepts."""
    limit = pool
    while True:
        scores = generation.text.search(query, limit)
        kept = {p: s for p, s in scores.items() if filters is None or filters(generation.passages[generation.rows[p]])}
        if len(kept) >= pool or len(scores) < limit:
            return dict(list(kept.items())[:pool])
        limit *= 4


def _nearest(generation: Generation, vector: Array, pool: int, filters: Accepts | None) -> list[int]:
    """Rows of the nearest `pool` passages that the filter accepts."""
    limit = pool
    while True:
        rows, _ = generation.vectors.search(vector, limit)
        kept = [int(row) for row in rows if filters is None or filters(generation.passages[int(row)])]
        if len(kept) >= pool or limit >= len(generation.passages):
            return kept[:pool]
        limit *= 4


def _cosines(generation: Generation, vector: Array, rows: Sequence[int]) -> dict[str, float]:
    """Weighted mean of the passage's cosine and that of its nearest sentence, by passage id."""
    own = generation.vectors.cosines(vector, np.asarray(rows, np.int64))
    scores = {}
    for row, cosine in zip(rows, own, strict=True):
        nearest = float(_sentence_cosines(generation, vector, row).max(initial=-1.0))
        score = (float(cosine) + SENTENCE_WEIGHT * nearest) / (1 + SENTENCE_WEIGHT)
        scores[generation.passages[row].id] = score
    return scores


def _sentence_cosines(generation: Generation, vector: Array, row: int) -> Array:
    part = generation.sentences[generation.starts[row] : generation.starts[row + 1]]
    return np.asarray(part.astype(np.float32) @ vector, np.float32)


@lru_cache(maxsize=10_000)
def _sentence_grams(passage: Passage) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Id, text and bigrams of each sentence; kept, since it costs more than all the rest of a search."""
    return tuple((name, text, frozenset(bigrams(text))) for name, text in split_sentences(passage))


def _sentences(generation: Generation, query: str, vector: Array | None, row: int) -> list[SentenceHit]:
    """Sentences of one passage, scored by cosine (if there is a vector) and by shared bigrams."""
    passage = generation.passages[row]
    pairs = _sentence_grams(passage)
    near = [0.0] * len(pairs) if vector is None else [float(c) for c in _sentence_cosines(generation, vector, row)]
    rarity = {gram: generation.text.rarity(gram) for gram in bigrams(query)}
    whole = sum(rarity.values()) or 1.0
    hits = []
    for (identifier, text, grams), cosine in zip(pairs, near, strict=True):
        shared = sum(weight for gram, weight in rarity.items() if gram in grams) / whole
        hits.append(SentenceHit(passage, identifier, text, cosine + SHARED_WEIGHT * shared))
    return hits
