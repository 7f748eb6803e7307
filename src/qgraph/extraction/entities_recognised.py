"""Names that the recogniser finds and whose end tells what they are: 校龙舟队, 南音社, 开元寺, 泉州网."""

from __future__ import annotations

from collections.abc import Iterator

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.patterns_marked import recognised_clues
from qgraph.language import Block
from qgraph.language.ending_rules import boundary


def find_recognised(block: Block) -> Iterator[Candidate]:
    """Organisations and places of the recogniser that end in a word for their type; what a list knows is left to
    others by the low rank."""
    text = block.text
    for span in block.spans:
        for clue in recognised_clues():
            if span.label not in clue.labels or clue.after.match(text, span.end):
                continue
            start = _start(block, span.start, span.end)
            name = text[start : span.end]
            if clue.ending.search(name) and not clue.never.search(name):
                head = clue.before.search(text[:start]) if clue.before else None
                first = head.start() if head else start
                yield candidate(block, first, span.end, clue.type, "recognised")
                break


def _start(block: Block, start: int, end: int) -> int:
    """Where the name begins, without words that cannot begin one (学校龙舟队)."""
    return next((b for a, b in block.words if a == start and b < end and block.text[a:b] in boundary().leading), start)
