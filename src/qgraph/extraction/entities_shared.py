"""Names cut short because they share their end: 全国A、B、C行业产教融合共同体, A、B两个校区."""

from __future__ import annotations

from collections.abc import Iterator

from qgraph.extraction.candidates import SHORTENED, Candidate, candidate, tidy
from qgraph.extraction.entities_lists import list_items, looks_proper
from qgraph.extraction.patterns import SharedEnd, shared_clues
from qgraph.language import Block
from qgraph.language.ending_rules import boundary
from qgraph.language.openings import holds_ending

_LEAST = 2
_LONGEST = 10
# What the lexicons know as such is no piece of a longer name.
_NAMED = frozenset(("Project", "Competition", "Department", "GovernmentBody", "Media", "Person"))


def find_shared(block: Block) -> Iterator[Candidate]:
    """The full names of the items of lists whose last item alone has the end, or whose end is counted."""
    for shared in shared_clues():
        for span in block.spans:
            if (
                span.source == "ending"
                and span.label == shared.type
                and block.text[span.start - 1 : span.start] == "、"
            ):
                yield from _before(block, span.start, span.end, shared)
        for match in shared.counted.finditer(block.text):
            items = _whole(block, match.start(), shared)
            if len(items) > 1 and any(looks_proper(block, a, b) for a, b in items):
                for a, b in items:
                    yield candidate(
                        block, a, b, shared.type, SHORTENED, name=tidy(block.text[a:b] + match["end"]), rank=2
                    )


def _before(block: Block, start: int, end: int, shared: SharedEnd) -> Iterator[Candidate]:
    """Items before a name that has the end, and that name with the head that the first item has (全国)."""
    tail = shared.end.search(block.text[start:end])
    items = _whole(block, start - 1, shared)
    if tail is None or not items:
        return
    first = block.text[slice(*items[0])]
    head = shared.head.match(first)
    for n, (a, b) in enumerate([*items, (start, start + tail.start())]):
        bare = tidy(block.text[a:b] + tail.group())
        full = bare if n == 0 or head is None else head.group() + bare
        last = end if a == start else b
        others = [bare] if full != bare else []
        yield candidate(block, a, last, shared.type, SHORTENED, name=full, rank=3, others=others)


def _whole(block: Block, end: int, shared: SharedEnd) -> list[tuple[int, int]]:
    """The items of the list that ends here, in reading order; none if one of them is no piece of such a name."""
    found = sorted((a, b) for a, b in list_items(block, end))
    return found if found and all(_is_piece(block, a, b, shared) for a, b in found) else []


def _is_piece(block: Block, start: int, end: int, shared: SharedEnd) -> bool:
    text = block.text[start:end]
    words = [block.text[a:b] for a, b in block.words if start <= a and b <= end]
    if any((s.start, s.end) == (start, end) and s.source == "lexicon" and s.label in _NAMED for s in block.spans):
        return False
    general = all(w in shared.general or w in boundary().leading or w in boundary().agents for w in words)
    if shared.never.search(text):
        return False
    return _LEAST <= len(text) <= _LONGEST and text.isalnum() and not general and not holds_ending(text, 0, len(text))
