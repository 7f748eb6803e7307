"""Typing slips in questions (鲁班工访, 产教溶合, 双狮型): a character is taken for another of the same sound when the
reports know the words so mended and do not know them as typed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from pypinyin import lazy_pinyin

from qgraph.ontology import read_patterns
from qgraph.words import pieces

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MIN_TIMES = 3


@lru_cache(maxsize=8)
def _inside_words(text: str) -> frozenset[int]:
    """Positions that a word of the general dictionary covers: what is a word was meant so."""
    known = [w for w in dict.fromkeys(pieces(text)) if len(w) > 1]
    return frozenset(i for w in known for m in re.finditer(re.escape(w), text) for i in range(m.start(), m.end()))


class Speller:
    """Knows the character sequences of the reports."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._meant = frozenset(read_patterns("asking")["joining"]["settled"])
        self._pairs: set[str] = set()
        triples: Counter[str] = Counter()
        for text in texts:
            for run in _HAN.findall(re.sub(r"[“”‘’]", "", text)):
                self._pairs.update(run[i : i + 2] for i in range(len(run) - 1))
                triples.update(run[i : i + 3] for i in range(len(run) - 2))
        self._patterns: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
        for triple, times in triples.items():
            if times >= _MIN_TIMES:
                for hole in range(3):
                    self._patterns[hole, triple[:hole] + triple[hole + 1 :]].append((times, triple))

    def mend(self, question: str, settled: Collection[int] = ()) -> str:
        """The question with slips mended; unchanged where nothing sounds alike. Positions in `settled` are words
        that people are known to say and stay as they are."""
        mended = question
        for run in _HAN.finditer(question):
            for i in range(run.start(), run.end()):
                if i in settled or mended[i] in self._meant or i in _inside_words(question):
                    continue
                touching = [mended[j : j + 2] for j in (i - 1, i) if run.start() <= j and j + 2 <= run.end()]
                # a slip breaks every pair it touches
                if not touching or any(pair in self._pairs for pair in touching):
                    continue
                better = self._better(mended, i, run.start(), run.end())
                if better:
                    mended = mended[:i] + better + mended[i + 1 :]
        return mended

    def _better(self, text: str, i: int, start: int, end: int) -> str:
        sound = lazy_pinyin(text[i])
        found: Counter[str] = Counter()
        for hole in range(3):
            a = i - hole
            if a < start or a + 3 > end:
                continue
            window = text[a : a + 3]
            for times, triple in self._patterns.get((hole, window[:hole] + window[hole + 1 :]), ()):
                letter = triple[hole]
                if letter != text[i] and lazy_pinyin(letter) == sound:
                    found[letter] += times
        return found.most_common(1)[0][0] if found else ""
