"""The language layer: only here spaCy, jieba and LAC are known."""

from spacy.tokens import Doc

from qgraph.language.blocks import Block, read_blocks
from qgraph.language.pipeline import load_pipeline, parse
from qgraph.language.spans import NameSpan, add_spans, names_of

__all__ = ["Block", "Doc", "NameSpan", "add_spans", "load_pipeline", "names_of", "parse", "read_blocks"]
