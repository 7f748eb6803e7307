"""What a check hands over before it becomes a finding: kind, words quoted, sentences, explanation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qgraph.records import Document, Sentence


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one sentence that a finding is about."""

    sentence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding without number, citation or mark. `confidence` in [0, 1]."""

    kind: str
    explanation: str
    spots: tuple[Spot, ...]
    confidence: float


def spots_of(document: Document, needle: str) -> Iterable[Spot]:
    """Every sentence that holds the words, with the words as quote."""
    for sentence in document.sentences:
        if needle in sentence.text:
            yield Spot(sentence.id, needle)


def text_sentences(document: Document) -> list[Sentence]:
    """Sentences of running text and case bodies (no headings, captions, rows)."""
    return [s for s in document.sentences if s.kind == "text"]
