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


def pieces(text: str) -> list[str]:
    """The words one after the other, none twice, without guessing at words that the dictionary does not hold."""
    return [w for w in _tokenizer().cut(nfkc(text).lower(), HMM=False) if _WORD.search(w)]


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    with _tokenizer().get_dict_file() as lines:
        return b"\n" + bytes(lines.read())


NOUNS = frozenset(("n", "nr", "nt", "nz", "vn"))
"""Classes of nouns and names; names of places are not among them."""
VERBS = frozenset(("v", "vd", "vi", "vn"))


@lru_cache(maxsize=4096)
def word_class(word: str) -> str:
    """The class that the general dictionary gives a word (n, v, vn, nr …); "" for a word that it does not hold."""
    entry = f"\n{word} ".encode()
    at = _dictionary().find(entry)
    if at < 0:
        return ""
    line = _dictionary()[at + len(entry) : at + len(entry) + 40].split(b"\n")[0]
    return line.split()[-1].decode()
