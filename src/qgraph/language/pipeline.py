"""The spaCy pipeline: jieba words, names of the lexicons, LAC, names by their endings, quantities."""

from __future__ import annotations

import importlib
import importlib.util
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language import endings, gazetteer, lac
from qgraph.language.segment import use_jieba
from qgraph.records import Document

Doc.set_extension("offset", default=0, force=True)
Doc.set_extension("kind", default="text", force=True)

# Importing the modules registers their components.
COMPONENTS = (
    (lac, "lac"),
    (gazetteer, "gazetteer"),
    (endings, "endings"),
)


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The pipeline; made once in a process."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    use_jieba(nlp)
    for _, name in COMPONENTS:
        nlp.add_pipe(name)
    if importlib.util.find_spec("qgraph.language.quantities"):
        importlib.import_module("qgraph.language.quantities")
        nlp.add_pipe("quantities")
    return nlp


def blocks(document: Document) -> list[tuple[int, int, str]]:
    """Start, end and kind of each block in reading order: paragraphs whole; headings, case titles, captions and
    table rows one by one. `kind` is that of the block's sentences."""
    found = [(p.start, p.end, "text") for p in document.paragraphs]
    found += [(s.start, s.end, s.kind) for s in document.sentences if s.kind != "text"]
    return sorted(dict.fromkeys(found))


def parse(document: Document) -> tuple[Doc, ...]:
    """One Doc a block. `doc._.offset` is the block's start in `document.text`, `doc._.kind` its kind."""
    nlp = load_pipeline()
    places = blocks(document)
    docs = []
    for start, end, kind in places:
        doc = nlp.make_doc(document.text[start:end])
        doc._.offset = start
        doc._.kind = kind
        docs.append(doc)
    return tuple(nlp.pipe(docs, batch_size=len(docs) or 1))
