"""Offices of a college named by what they are in charge of: 招生与就业指导处, 质量监控与评估中心."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.entities_units import stands_free
from qgraph.extraction.own_college import OwnCollege
from qgraph.extraction.patterns import college_clues
from qgraph.language import Block
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_patterns

_LEAST = 3
_PREFIXES = ("学校", "我校", "学院", "我院", "校", "院")


@dataclass(frozen=True)
class _Offices:
    """An office of any duties (处, 部), and one that needs two joined ones (中心): see [office]."""

    sure: re.Pattern[str]
    joined: re.Pattern[str]


@lru_cache(maxsize=1)
def _offices() -> _Offices:
    data = read_patterns("entities")["office"]
    duty = f"(?:{'|'.join(sorted(data['duty'].split(), key=lambda d: (-len(d), d)))})"
    work = f"(?:{'|'.join(data['work'].split())})?"
    one, joint = f"{duty}+{work}", "[与和暨]"
    return _Offices(
        re.compile(f"{one}(?:{joint}{one})*(?:{data['sure']})"),
        re.compile(f"{one}(?:{joint}{one})+(?:{data['joined']})"),
    )


def find_counted(block: Block) -> Iterator[Candidate]:
    """The departments of a counted list, of which the first begins behind the verb that has them (设有酒店与烹饪系)."""
    for match in college_clues().departments.finditer(block.text):
        start = match.start()
        for item in match["list"].split("、"):
            last = start + len(item)
            bounds = [b for a, b in block.words if start <= a and b < last and block.text[a:b] in boundary().stops]
            first = max(bounds, default=start)
            if item.endswith("系") and last - first >= _LEAST:
                yield candidate(block, first, last, "Department", "pattern", rank=2)
            start = last + 1


def find_offices(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Offices where their name stands free; with the college before it, that belongs to what is quoted only."""
    text = block.text
    for pattern in (_offices().sure, _offices().joined):
        for match in pattern.finditer(text):
            start, others = match.start(), []
            prefix = next((n for n in (*own.names, *_PREFIXES) if text[:start].endswith(n)), "")
            if prefix:
                start -= len(prefix)
                others.append(text[start : match.end()])
            if prefix or stands_free(block, start):
                yield candidate(
                    block, start, match.end(), "Department", "pattern", name=match.group(), rank=1, others=others
                )
