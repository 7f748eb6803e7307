"""Words of a text, as the full-text index keeps them and as questions are matched by them.

A jieba of its own with its own dictionary only: the words of a passage must not depend on the lexicons,
which change more often than an index is made. Names that the dictionary does not know are found by their
character bigrams.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache

import jieba

from qgraph.text import nfkc

_WORD = re.compile(r"\w")


@lru_cache(maxsize=1)
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def words(text: str) -> list[str]:
    """Words in reading order, width and case folded, punctuation dropped; long words also by their parts
    (教育部门 gives 教育, 部门, 教育部 and itself)."""
    return [w.strip() for w in _tokenizer().cut_for_search(nfkc(text).lower()) if _WORD.search(w)]
