"""The names of a sentence, its clauses, and coordinations (A、B 和 C): what the readers of statements stand on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qgraph.ontology import read_patterns
from qgraph.records import Entity

_OPENING, _CLOSING = "（(《“‘【〈", "）)》”’】〉"
_STOPS = "，；。！？：,;!?:"


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: entity id, its type, and offsets inside the sentence.

    Where it is only a word that stands for the name (该校), `stands_for` is the name.
    """

    entity: str
    type: str
    start: int
    end: int
    stands_for: str = ""


def names_by_sentence(entities: Sequence[Entity], starts: Mapping[str, int]) -> dict[str, list[Named]]:
    """Mentions of each sentence by its id, in reading order; of overlapping ones the longest.

    `starts` are the offsets at which the sentences begin.
    """
    found: dict[str, list[Named]] = defaultdict(list)
    for entity in entities:
        for mention in entity.mentions:
            evidence = mention.evidence
            offset = starts[evidence.sentence]
            found[evidence.sentence].append(
                Named(entity.id, entity.type, evidence.start - offset, evidence.end - offset)
            )
    return {sentence: outermost(names) for sentence, names in found.items()}


def outermost(names: Sequence[Named]) -> list[Named]:
    """The names in reading order, without those that overlap a longer one."""
    chosen: list[Named] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, n.entity)):
        if all(name.end <= other.start or name.start >= other.end for other in chosen):
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


@lru_cache(maxsize=1)
def listed() -> re.Pattern[str]:
    """What may stand between the last two or any two names of an enumeration, 、 only."""
    return re.compile(read_patterns("statements")["joints"]["enumerated"])


def run_from(text: str, names: Sequence[Named], first: int, types: Collection[str]) -> list[Named]:
    """The enumeration that begins with `names[first]`: names of the allowed types joined by 、 (A、B)."""
    run = [names[first]]
    for name in names[first + 1 :]:
        gap = text[run[-1].end : name.start]
        if name.type not in types or not (listed().fullmatch(gap) or (not gap and name.type == run[-1].type)):
            break
        run.append(name)
    return run


def run_to(text: str, names: Sequence[Named], last: int, types: Collection[str]) -> list[Named]:
    """The enumeration that ends with `names[last]`."""
    first = last
    while first > 0 and names[first - 1].type in types:
        gap = text[names[first - 1].end : names[first].start]
        if not (listed().fullmatch(gap) or (not gap and names[first - 1].type == names[first].type)):
            break
        first -= 1
    return list(names[first : last + 1])


def clause_spans(text: str, names: Sequence[Named] = ()) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence, in order, each with its closing mark.

    A clause ends at ，；：。！？ outside brackets and quotes and outside names.
    """
    shielded = [False] * len(text)
    for name in names:
        shielded[name.start : name.end] = [True] * (name.end - name.start)
    spans: list[tuple[int, int]] = []
    start = depth = 0
    for i, c in enumerate(text):
        depth += c in _OPENING
        depth -= c in _CLOSING and depth > 0
        if c in _STOPS and depth == 0 and not shielded[i] and not _inside_number(text, i):
            spans.append((start, i + 1))
            start = i + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _inside_number(text: str, i: int) -> bool:
    return text[i] in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()


def clause_at(spans: Sequence[tuple[int, int]], position: int) -> tuple[int, int]:
    """The clause that holds a position of the sentence; the last one for a position behind the end."""
    return next((span for span in spans if position < span[1]), spans[-1] if spans else (0, 0))
