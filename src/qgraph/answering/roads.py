"""What the roads hand on: stretches of sentences, and candidate answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_APART = 0.8  # scores further apart than this do not compete


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence that may be the answer."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate answer, whichever road found it.

    `text` is the short answer, `places` the (report, sentence) pairs to cite, best first; `score` in about
    [0, 2]; `flaws` are constraints of the question that the evidence does not meet; `about` says what a figure is;
    `behind` is how far the sentence that was read falls behind the best one, in which nothing could be read, `rival`
    how close the best candidate with another answer comes, from 0 (not at all) to 1."""

    text: str
    places: tuple[tuple[str, str], ...]
    score: float
    road: str
    items: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    calculation: str = ""
    disagreement: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()
    whole: bool = False
    about: str = ""
    behind: float = 0.0
    rival: float = 0.0


def rivalry(best: float, others: Iterable[float]) -> float:
    """How close the best of the other scores comes to the best of all, from 0 to 1."""
    return max((min(1.0, max(0.0, 1 - (best - score) / _APART)) for score in others), default=0.0)
