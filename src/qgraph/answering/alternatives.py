"""Rows of which a thing has one (冠军, 亚军; 优秀, 合格; 新增, 停招): which one of it a sentence tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.ontology import read_patterns
from qgraph.text import bigrams

_WINDOW, _NEXT = 12, 1.5  # characters that stand beside a word of a row, and what words among them count more
_BARE = 4  # characters beside a word of a row, its number and its unit, that say nothing of their own


def find_alternative(question: Question, reads: Sequence[Read]) -> tuple[Read, tuple[str, ...]] | None:
    """The sentence that tells others of a row than the one of it that the question claims, where it speaks of what the
    question asks about, and those; None where none does."""
    rules = read_patterns("asking")
    for row in [*rules["verdict"]["alternatives"], rules["grades"]["groups"]]:
        pattern = re.compile("|".join(sorted((re.escape(w) for group in row for w in group), key=len, reverse=True)))
        asked = set(pattern.findall(question.text))
        mine = [set(group) for group in row if asked & set(group)]
        if len(mine) != 1:
            continue
        for read in reads[:2]:
            told = set(pattern.findall(_stretch(pattern, read.line.sentence.text, question)))
            if told and not told & mine[0]:
                return read, tuple(sorted(told))
            if told:
                break
    return None


def _stretch(pattern: re.Pattern[str], text: str, question: Question) -> str:
    """Of the parts of a sentence that tell one of a row, the one that holds most of what the question asks about, with
    those behind it that say nothing else (银奖1项，铜奖1项); "" where none holds any of it."""
    parts = [p for clause in re.split("[，。；]", text) for p in _set_apart(pattern, clause)]
    own = {g: w for g, w in question.weights.items() if not pattern.search(g)}
    held = [_held(part, pattern.search(part), own) for part in parts]
    if not any(held):
        return ""
    at = held.index(max(held))
    end = at + 1
    while end < len(parts) and pattern.search(parts[end]) and _says_nothing_else(pattern, parts[end]):
        end += 1
    return "，".join(parts[at:end])


def _says_nothing_else(pattern: re.Pattern[str], part: str) -> bool:
    return len(re.sub(r"[\W\d_]", "", pattern.sub("", part))) <= _BARE


def _held(part: str, told: re.Match[str] | None, own: Mapping[str, float]) -> float:
    """How much of what is asked a part holds that tells one of a row; what stands beside that word counts more."""
    if told is None:
        return 0.0
    beside = part[max(0, told.start() - _WINDOW) : told.end() + _WINDOW // 2]
    return sum(own.get(g, 0.0) for g in set(bigrams(part))) + _NEXT * sum(own.get(g, 0.0) for g in set(bigrams(beside)))


def _set_apart(pattern: re.Pattern[str], clause: str) -> list[str]:
    """The clause, cut at 、 where both sides tell one of the row."""
    parts: list[str] = []
    for part in clause.split("、"):
        if parts and not (pattern.search(parts[-1]) and pattern.search(part)):
            parts[-1] += f"、{part}"
        else:
            parts.append(part)
    return parts
