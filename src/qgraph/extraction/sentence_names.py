"""The names of a sentence in reading order, none inside another, and runs of coordinated names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from qgraph.records import Entity

_JOINT = re.compile(r"^[”》’）)]*(?:[（(][^（）()]{0,20}[）)])?(?:、|和|与|及|以及|，|；|/)?\s*[“《‘]*$")
_COUNTED = re.compile(
    r"^[”》’]*\s*(?:\d+\s*[项个人名本门支家块枚]|各?\s*\d+\s*项)?\s*(?:、|，|；|和|与|及|以及)?\s*[“《‘]*$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: entity, type, and offsets inside the sentence."""

    entity: str
    type: str
    start: int
    end: int


def names_by_sentence(entities: Sequence[Entity], starts: Mapping[str, int]) -> dict[str, list[Named]]:
    """Mentions of each sentence, sorted; of overlapping ones the longest. `starts` are the sentences' offsets."""
    found: dict[str, list[Named]] = defaultdict(list)
    for entity in entities:
        for mention in entity.mentions:
            offset = starts[mention.evidence.sentence]
            found[mention.evidence.sentence].append(
                Named(entity.id, entity.type, mention.evidence.start - offset, mention.evidence.end - offset)
            )
    kept: dict[str, list[Named]] = {}
    for sentence, names in found.items():
        chosen: list[Named] = []
        for name in sorted(names, key=lambda n: (-(n.end - n.start), n.start, n.entity)):
            if all(name.end <= other.start or name.start >= other.end for other in chosen):
                chosen.append(name)
        kept[sentence] = sorted(chosen, key=lambda n: n.start)
    return kept


def run_from(
    text: str, names: Sequence[Named], first: int, types: Collection[str], *, counted: bool = False
) -> list[Named]:
    """Coordinated names from `names[first]` to the right (A、B和C); with `counted`, figures may stand between."""
    run = [names[first]]
    joint = _COUNTED if counted else _JOINT
    for name in names[first + 1 :]:
        gap = text[run[-1].end : name.start]
        if name.type not in types or not (joint.match(gap) or _JOINT.match(gap)):
            break
        run.append(name)
    return run


def run_to(text: str, names: Sequence[Named], last: int, types: Collection[str]) -> list[Named]:
    """Coordinated names that end with `names[last]`."""
    run = [names[last]]
    for name in reversed(names[:last]):
        gap = text[name.end : run[0].start]
        if name.type not in types or not _JOINT.match(gap) or "；" in gap:
            break
        run.insert(0, name)
    return run


def clause_bounds(text: str, position: int) -> tuple[int, int]:
    """Start and end of the clause around a position (between ，；。！？ outside brackets and quotes)."""
    start = depth = 0
    for i, c in enumerate(text):
        depth += c in "（(《“"
        depth -= c in "）)》”" and depth > 0
        if c in "，；。！？" and depth == 0:
            if i >= position:
                return start, i
            start = i + 1
    return start, len(text)
