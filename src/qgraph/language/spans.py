"""Spans with exact character offsets on a Doc whose words were cut elsewhere.

spaCy spans begin and end with words. Where a name or a quantity begins inside a word of the segmentation,
the word is cut there, so that `span.start_char` and `span.end_char` are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A stretch of a Doc's text. `label` is a class of the ontology or a tag of the recogniser (PER, LOC,
    ORG); `name` the canonical name where the lexicon gives one; `source` says what found it."""

    start: int
    end: int
    label: str
    name: str = ""
    source: str = ""


def names_of(doc: Doc, key: str = "names") -> list[NameSpan]:
    """The spans of one group as plain records, in reading order, longer ones first."""
    if key not in doc.spans:
        return []
    found = [NameSpan(span.start_char, span.end_char, span.label_, span.kb_id_, span.id_) for span in doc.spans[key]]
    return sorted(found, key=lambda s: (s.start, -s.end, s.label, s.name, s.source))


def add_spans(doc: Doc, key: str, found: Iterable[NameSpan]) -> None:
    """Adds spans to a group, cutting words where a span begins or ends inside one."""
    wanted = [span for span in found if span.start < span.end]
    if not wanted and key in doc.spans:
        return
    groups = {name: names_of(doc, name) for name in doc.spans}
    groups[key] = [*groups.get(key, ()), *wanted]
    if _cut_words(doc, {edge for span in wanted for edge in (span.start, span.end)}) or key not in doc.spans:
        names = list(groups)
    else:
        names = [key]
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token.text): token.i + 1 for token in doc}
    for name in names:
        doc.spans[name] = [
            Span(doc, starts[s.start], ends[s.end], label=s.label, kb_id=s.name, span_id=s.source)
            for s in groups[name]
            if s.start in starts and s.end in ends
        ]


def _cut_words(doc: Doc, edges: set[int]) -> bool:
    """Cuts the words that have one of the offsets inside; returns whether any was cut."""
    cuts: dict[int, list[int]] = {}
    for token in doc:
        inside = [e - token.idx for e in edges if token.idx < e < token.idx + len(token.text)]
        if inside:
            cuts[token.i] = sorted(inside)
    if not cuts:
        return False
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            parts = [token.text[a:b] for a, b in zip([0, *places], [*places, len(token.text)], strict=True)]
            retokenizer.split(token, parts, heads=[(token, n) for n in range(len(parts))])
    return True
