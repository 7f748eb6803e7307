"""A name that one sentence shows whole is whole where another reading cut it short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from qgraph.extraction.candidates import Candidate

_READ = frozenset(("ending", "recognised"))
_LONGEST_HEAD = 12


def as_elsewhere(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """Names read from their ending, as far as the same words are one name elsewhere in the report.

    Which words a sentence holds together depends on what stands around them; where 康复与养老学院 is read as one
    name once, 养老学院 behind 康复与 is the same one.
    """
    whole: dict[str, set[str]] = defaultdict(set)
    for c in found:
        if c.source in _READ and text[c.start : c.end] == c.name:
            whole[c.type].add(c.name)

    def widen(c: Candidate) -> Candidate:
        if c.source not in _READ or text[c.start : c.end] != c.name:
            return c
        for start in range(max(0, c.start - _LONGEST_HEAD), c.start):
            if text[start : c.end] in whole[c.type]:
                return replace(c, start=start, name=text[start : c.end])
        return c

    return [widen(c) for c in found]
