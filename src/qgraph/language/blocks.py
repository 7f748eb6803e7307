"""A parsed block as plain data, for those who need no spaCy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from qgraph.language.spans import NameSpan, names_of


@dataclass(frozen=True)
class Block:
    """One block of a report. Offsets in `words`, `spans` and `tags` count from the block's start, `offset`
    leads to the document. `tags` are the recogniser's words (start, end,
    tag), `rare` the words that no dictionary has."""

    text: str
    offset: int
    kind: str
    words: tuple[tuple[int, int], ...]
    spans: tuple[NameSpan, ...]
    tags: tuple[tuple[int, int, str], ...]
    rare: tuple[tuple[int, int], ...] = ()

    def word_ending(self, offset: int) -> tuple[int, int] | None:
        """The word that ends at `offset`."""
        return next(((a, b) for a, b in self.words if b == offset), None)


def read_blocks(docs: Sequence[Doc]) -> tuple[Block, ...]:
    """The parsed blocks of a report as plain data."""
    return tuple(
        Block(
            doc.text,
            doc._.offset,
            doc._.kind,
            tuple((token.idx, token.idx + len(token.text)) for token in doc),
            tuple(names_of(doc)),
            doc._.lac,
            doc._.rare,
        )
        for doc in docs
    )
