"""Offices of a college named by what they are in charge of: 招生与就业指导处, 质量监控与评估中心."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.entities_units import stands_free
from qgraph.extraction.own_college import OwnCollege
from qgraph.language import Block
from qgraph.ontology import read_patterns

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
