"""Names that the lexicons know, whether or not the reports speak of them: found in questions, to notice what the
reports never mention, and in sentences, where the extraction left a name of the wanted type unmarked; and things
that a question speaks of by a common noun."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Set
from functools import lru_cache

from qgraph.answering.roads import Span
from qgraph.ontology import read_lexicon, read_patterns, split_aliases
from qgraph.text import fold
from qgraph.words import NOUNS, pieces, word_class, words


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Type and all written forms by each form; of forms that several lexicons hold the first counts."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for rule in read_patterns("asking")["gazetteers"]:
        for row in read_lexicon(rule["lexicon"]):
            if rule.get("levels") and row["level"] not in rule["levels"]:
                continue
            forms = tuple(
                f for column in rule["columns"] for f in split_aliases(row[column]) if len(f) >= rule["least"]
            )
            for form in forms:
                found.setdefault(form, (rule["type"], forms))
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _names()), default=0)


def _matches(text: str) -> list[tuple[Span, str, tuple[str, ...]]]:
    names, start, found = _names(), 0, []
    while start < len(text):
        for size in range(min(_longest(), len(text) - start), 1, -1):
            entry = names.get(text[start : start + size])
            if entry:
                found.append((Span(text[start : start + size], start, start + size), *entry))
                start += size - 1
                break
        start += 1
    return found


def lexicon_spans(types: Collection[str], text: str) -> list[Span]:
    """Names of these types in the text, longest match first from the left."""
    return [span for span, type_, _ in _matches(text) if type_ in types]


def absent_names(question: str, stands: Callable[[str], bool]) -> tuple[str, ...]:
    """Names of the question that no report holds in any of their forms; `stands` tells whether a folded name does."""
    return tuple(span.text for span, _, forms in _matches(question) if not any(stands(fold(f)) for f in forms))


def spelled_out(word: str, folded: str) -> str:
    """What a word of two characters is short for in the folded words, a trace of each of two neighbours (工控 of
    工业控制); "" for other words and where nothing of the kind stands there."""
    if len(word) != 2:
        return ""
    for match in re.finditer(f"{re.escape(word[0])}[一-鿿]{re.escape(word[1])}[一-鿿]", folded):
        if word_class(match[0][:2]) and word_class(match[0][2:]):
            return match[0]
    return ""


def missing_things(question: str, settled: Set[int], folded: str, classes: Set[str] = NOUNS) -> tuple[str, ...]:
    """Words of the question of these classes, by default common nouns (食堂, 博士后), that the folded words do not
    hold, whole or in parts.

    Positions in `settled` are ways of speaking that the lexicon explains; nouns that only help asking (金额, 全称) do
    not count.
    """
    helping = set(read_patterns("asking")["joining"]["helping"])
    found = []
    for word in dict.fromkeys(pieces(question)):
        at = question.find(word)
        if len(word) < 2 or word in helping or settled & set(range(at, at + len(word))):
            continue
        parts = [p for p in words(word) if p != word and len(p) > 1]
        parts = parts or ([word[:2], word[2:]] if len(word) == 4 else [])
        if fold(word) in folded or (parts and all(fold(p) in folded for p in parts)):
            continue
        if word_class(word) in classes and not spelled_out(word, folded):
            found.append(word)
    return tuple(found)
