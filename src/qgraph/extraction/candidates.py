"""What the finders of entities hand on: a typed stretch of a report's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgraph.language import Block
from qgraph.text import nfkc

# The source of what stands for a name without being one: 学校; 望溪 in 望溪、青榆两个校区.
PRONOUN, SHORTENED = "pronoun", "shortened"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of `Document.text` that names something.

    `name` is the canonical name where one is known, else the text tidied; `others` are further names that
    the finder vouches for; `rank` decides between overlapping candidates (the higher wins, then the longer).
    """

    start: int
    end: int
    type: str
    name: str
    source: str
    rank: int = 0
    others: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


def candidate(
    block: Block,
    start: int,
    end: int,
    type_: str,
    source: str,
    *,
    name: str = "",
    rank: int = 0,
    others: Sequence[str] = (),
    codes: Sequence[tuple[str, str]] = (),
) -> Candidate:
    """A candidate for the stretch from `start` to `end` of a block."""
    shown = name or tidy(block.text[start:end])
    return Candidate(block.offset + start, block.offset + end, type_, shown, source, rank, tuple(others), tuple(codes))


def tidy(text: str) -> str:
    """A name as it is shown: full-width brackets, half-width digits and letters, no spaces except between
    Latin words."""
    folded = "".join({"(": "（", ")": "）"}.get(c, nfkc(c) if c.isalnum() else c) for c in text.strip())
    kept = [
        c
        for i, c in enumerate(folded)
        if not c.isspace() or (_latin(folded[i - 1 : i]) and _latin(folded[i + 1 : i + 2]))
    ]
    return "".join(kept)


def _latin(c: str) -> bool:
    return c.isascii() and c.isalpha()
