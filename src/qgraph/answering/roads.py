"""What the roads hand on: stretches of sentences, and candidate answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence that may be the answer."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate answer, whichever road found it.

    `behind` is how far the sentence that was read falls behind the best one, in which nothing could be read;
    `text` is the short answer, `places` the (report, sentence) pairs to cite, best first; `score` in about
    [0, 2]; `flaws` are constraints of the question that the evidence does not meet; `about` says what a figure is."""

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
