"""Full text on disk: tantivy over fields that are cut beforehand, ranked by BM25.

Four fields a passage: character bigrams and jieba words, each of heading and of body. Bigrams find every
name, however unknown; words rank a little better. Queries are put together from terms, never parsed, so
no sign in a question means anything to the engine.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from qgraph.errors import IndexFolderError
from qgraph.records import Passage
from qgraph.text import bigrams
from qgraph.words import words

# a heading is short, so each of its terms would weigh more than the same term in the body
WEIGHTS: Mapping[str, float] = {"body_grams": 1.0, "head_grams": 0.3, "body_words": 0.5, "head_words": 0.15}
GRAMS_ONLY: Mapping[str, float] = {"body_grams": 1.0, "head_grams": 0.3}
WORDS_ONLY: Mapping[str, float] = {"body_words": 1.0, "head_words": 0.3}

_HEAP = 64_000_000
_LONGEST_QUERY = 2_000  # characters


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("report", tokenizer_name="raw", index_option="basic")
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(passage: Passage) -> tantivy.Document:
    return tantivy.Document(
        id=passage.id,
        report=passage.report,
        body_grams=" ".join(bigrams(passage.text)),
        head_grams=" ".join(bigrams(passage.heading)),
        body_words=" ".join(words(passage.text)),
        head_words=" ".join(words(passage.heading)),
    )


def write_fulltext(folder: Path, added: Iterable[Passage], removed: Iterable[str] = ()) -> None:
    """Takes the passages of the removed reports (ids) out and puts passages in, in one commit.

    The index is made if the folder has none. Raises IndexFolderError when it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index(_schema(), path=str(folder))
        # one thread: the same passages give the same order, hence the same ranking of equal scores
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for report in removed:
            writer.delete_documents_by_term("report", report)
        for passage in added:
            writer.add_document(_document(passage))
        writer.commit()
        writer.wait_merging_threads()
    except (OSError, ValueError) as error:
        raise IndexFolderError(
            f"全文索引“{folder}”不能写入：{error}", log=f"writing full text in {folder}: {error}"
        ) from error


class FullText:
    """The read side; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
            self._searcher = self._index.searcher()
        except (OSError, ValueError) as error:
            raise IndexFolderError(
                "全文索引缺失或已损坏，请运行 qgraph index rebuild。", log=f"opening full text in {folder}: {error}"
            ) from error
        self._schema = self._index.schema

    @property
    def count(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def search(self, query: str, limit: int, weights: Mapping[str, float] = WEIGHTS) -> dict[str, float]:
        """BM25 scores of the best `limit` passages by id, best first; empty when no term is known."""
        terms = self._terms(query, weights)
        if not terms or limit < 1:
            return {}
        result = self._searcher.search(tantivy.Query.boolean_query(terms), limit=limit, count=False)
        found = [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in result.hits]
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))

    def rarity(self, gram: str) -> float:
        """Inverse document frequency of a bigram in bodies: 0 where every passage has it."""
        count = self._searcher.num_docs
        having = self._searcher.doc_freq("body_grams", gram)
        return math.log(1 + (count - min(having, count) + 0.5) / (having + 0.5))

    def _terms(self, query: str, weights: Mapping[str, float]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        query = query[:_LONGEST_QUERY]
        grams = bigrams(query)
        if len(grams) == 1 and len(grams[0]) == 1 and not grams[0].isascii():
            return self._single(grams[0], weights)
        counts = {"grams": Counter(grams), "words": Counter(words(query))}
        terms = []
        for field, weight in weights.items():
            for term, count in counts[field.split("_")[1]].items():
                found = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
                terms.append((tantivy.Occur.Should, tantivy.Query.boost_query(found, weight * count)))
        return terms

    def _single(self, character: str, weights: Mapping[str, float]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """A lone character stands in the index only inside bigrams."""
        pattern = f"{re.escape(character)}.?|.{re.escape(character)}"
        return [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.regex_query(self._schema, field, pattern), weight),
            )
            for field, weight in weights.items()
            if field.endswith("grams")
        ]
