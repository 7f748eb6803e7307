"""One thing under several names: titles, competitions, awards and bases that are almost the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from qgraph.audit.draft import Draft, Spot
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity
from qgraph.text import fold

_TITLE = re.compile(r"《([^《》]{6,80})》")


def check_names(document: Document, entities: Sequence[Entity]) -> Iterator[Draft]:
    """Pairs of names of one kind that differ in order or in a few characters, and formal variants of one entity."""
    yield from _titles(document)
    yield from _variants(document, entities)


def _titles(document: Document) -> Iterator[Draft]:
    places: dict[str, list[Spot]] = defaultdict(list)
    for sentence in document.sentences:
        for match in _TITLE.finditer(sentence.text):
            places[match[1]].append(Spot(sentence.id, match[0]))
    names = list(places)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            if _is_variant(one, other):
                yield Draft(
                    "name_variant",
                    f"《{one}》与《{other}》疑为同一文件，名称不一致。",
                    (places[one][0], places[other][0]),
                    0.75,
                )


def _variants(document: Document, entities: Sequence[Entity]) -> Iterator[Draft]:
    """Formal names of one entity that differ, where neither is a plain shortening of the other."""
    rules = read_patterns("audit")["names"]
    types = set(rules["types"])
    formal = re.compile("|".join(rules["formal_suffix"]))
    mention_spots: dict[tuple[str, str], Spot] = {}
    for entity in entities:
        for mention in entity.mentions:
            mention_spots.setdefault((entity.id, fold(mention.text)), Spot(mention.evidence.sentence, mention.text))
    for entity in entities:
        if entity.type not in types:
            continue
        spots = [spot for (owner, _), spot in mention_spots.items() if owner == entity.id and formal.search(spot.quote)]
        for i, one in enumerate(spots):
            clash = next(
                (other for other in spots[i + 1 :] if _is_variant(one.quote, other.quote, insertions=True)), None
            )
            if clash is not None:
                yield Draft(
                    "name_variant",
                    f"“{one.quote}”与“{clash.quote}”指同一对象，名称不一致。",
                    (one, clash),
                    0.7,
                )
                break
    loose = set(rules["loose"])
    named = [e for e in entities if e.type in types and e.mentions]
    for n, first in enumerate(named):
        for second in named[n + 1 :]:
            if first.type == second.type and _is_variant(first.name, second.name, insertions=first.type in loose):
                yield Draft(
                    "name_variant",
                    f"“{first.name}”与“{second.name}”很接近，疑为同一对象的不同写法。",
                    tuple(Spot(e.mentions[0].evidence.sentence, e.mentions[0].text) for e in (first, second)),
                    0.6,
                )


def _is_variant(one: str, other: str, *, insertions: bool = False) -> bool:
    """Almost the same words: the same characters in another order, one character changed, or one word changed for
    another that means the same here (集体, 单位); with `insertions`, also up to two characters left out.

    Differences in digits, ordinals, levels or places name different things and do not count; nor does a
    name that simply contains the other (a shortening).
    """
    rules = read_patterns("audit")["names"]
    a, b = fold(one), fold(other)
    if a == b or min(len(a), len(b)) < 6 or a in b or b in a:
        return False
    if sorted(a) == sorted(b):
        return True
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    if max(len(left), len(right)) > 2 or start + end < 0.7 * max(len(a), len(b)):
        return False
    distinct = re.compile("|".join(rules["distinguishing"]))
    if distinct.search(left) or distinct.search(right):
        return False
    if not left or not right:
        return insertions
    return max(len(left), len(right)) == 1 or any({left, right} <= set(group) for group in rules["alike"])
