"""The text of one block with its words and the names already known in it, as the rules for names see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from qgraph.language.spans import NameSpan

# A shorter name of a major (护理, 会计) is as often another word.
_LEAST_MAJOR = 4


class Line:
    """The text of one block with its words, the words that no dictionary has, the names already known, and the kinds
    of words as the recogniser tags them (by their stretch)."""

    def __init__(
        self,
        text: str,
        words: Sequence[tuple[int, int]],
        known: Sequence[NameSpan],
        rare: Sequence[tuple[int, int]] = (),
        kind: str = "text",
        tags: Sequence[tuple[int, int, str]] = (),
    ) -> None:
        self.text = text
        self.words = words
        self.ends = [end for _, end in words]
        self.proper = [s for s in known if s.source != "weak" and s.label not in ("Department", "RegionGroup")]
        self.majors = {s.end: s.start for s in known if s.label == "Major" and s.end - s.start >= _LEAST_MAJOR}
        self.units = [s for s in known if s.label == "Department"]
        self.rare = rare
        self.kind = kind
        self.tags = {(start, end): tag for start, end, tag in tags}

    def word_before(self, offset: int) -> tuple[int, int] | None:
        """The word that ends at or reaches over `offset`, cut there."""
        i = bisect_left(self.ends, offset)
        if i >= len(self.words):
            return None
        start, end = self.words[i]
        return (start, min(end, offset)) if start < offset else None

    def cuts(self, offset: int) -> bool:
        """Whether an offset lies inside a word (继续|教育 in 继续教育)."""
        i = bisect_left(self.ends, offset)
        return i < len(self.words) and self.words[i][0] < offset < self.ends[i]

    def is_held(self, start: int, end: int) -> bool:
        """Whether the recogniser reads a stretch as the inside or the beginning of one word that goes on."""
        return any(a <= start and end < b for a, b in self.tags)

    def recognised_ending(self, offset: int) -> list[NameSpan]:
        """Organisations of the recogniser that end at `offset`."""
        return [s for s in self.proper if s.end == offset and s.source == "lac" and s.label == "ORG"]

    def words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Words that lie in a stretch, cut at its ends."""
        found = []
        i = bisect_left(self.ends, start + 1)
        while i < len(self.words) and self.words[i][0] < end:
            a, b = self.words[i]
            found.append((max(a, start), min(b, end)))
            i += 1
        return found
