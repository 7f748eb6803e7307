"""jieba as spaCy's segmenter, with the field's vocabulary added.

Each pipeline has a jieba of its own: the dictionary of the process stays as it is, and the words are the
same whatever else runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache

import jieba
from spacy.language import Language

from qgraph.language.ending_rules import boundary, boundary_words
from qgraph.ontology import read_lexicon, split_aliases

# How often a word that bounds names is taken to occur: often enough to win against chance words (共建|安恒,
# not 共|建安|恒).
_SURE = 5000
# name of a lexicon → columns that hold words
_WORD_COLUMNS = {
    "countries": ("name", "aliases"),
    "regions": ("name", "short"),
    "world_cities": ("name", "aliases"),
    "world_regions": ("name", "aliases"),
    "universities": ("name", "short"),
    "enterprises": ("name", "short"),
    "media": ("name", "aliases"),
    "departments": ("name", "aliases"),
}


@lru_cache(maxsize=1)
def field_words() -> tuple[str, ...]:
    """Words of the field that jieba must not cut, sorted: names of the lexicons and words of the rules."""
    words: set[str] = set()
    for lexicon, columns in _WORD_COLUMNS.items():
        for row in read_lexicon(lexicon):
            words.update(part for column in columns for part in split_aliases(row[column]))
    words.update(boundary_words())
    return tuple(sorted(w for w in words if len(w) > 1 and not any(c.isspace() for c in w)))


def make_segmenter(words: Iterable[str]) -> jieba.Tokenizer:
    """A jieba tokenizer with these words added."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    boundary_set = set(boundary_words())
    for word in words:
        tokenizer.add_word(word, _SURE if word in boundary_set and len(word) > 1 else None)
    for word in boundary().uncut:
        tokenizer.del_word(word)
    return tokenizer


def use_jieba(nlp: Language) -> Language:
    """Gives a blank "zh" pipeline the segmenter with the field's words."""
    nlp.tokenizer.jieba_seg = make_segmenter(field_words())
    return nlp
