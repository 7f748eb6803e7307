"""Flattened tables of words alone: no figure tells where their rows end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qgraph.reading.laid import Laid
from qgraph.reading.lines import GridCell
from qgraph.reading.words import Word

# Share of words with the same ending from which columns are believed.
_ALIKE = 0.6
# Lines from which a table may have a cell in each, and columns that it may have then.
_FEWEST, _COLUMNS = 6, range(2, 8)


def lay_regular(lines: Sequence[Sequence[Word]]) -> Laid | None:
    """The table whose lines are rows of the same length, or each a cell of columns whose words are alike; else None."""
    if len(lines) > 1 and len(lines[0]) > 1 and all(len(line) == len(lines[0]) for line in lines):
        return _laid(lines)
    words = [line[0] for line in lines if len(line) == 1]
    if len(words) == len(lines) >= _FEWEST:
        width = max(_COLUMNS, key=lambda n: (_likeness(words, n), -n))
        if _likeness(words, width) >= _ALIKE:
            return _laid([words[n : n + width] for n in range(0, len(words), width)])
    return None


def lay_ragged(lines: Sequence[Sequence[Word]]) -> Laid:
    """Line by line, the first a heading if it has several words."""
    return _laid(lines, headed=len(lines[0]) > 1)


def _laid(rows: Sequence[Sequence[Word]], *, headed: bool = True) -> Laid:
    cells = [
        GridCell(word.stretches, r, c, header=headed and r == 0)
        for r, row in enumerate(rows)
        for c, word in enumerate(row)
    ]
    return Laid(cells, frozenset(word.stretches for row in rows for word in row if word.value), False, 0)


def _likeness(words: Sequence[Word], columns: int) -> float:
    """How alike the words of each column are below the heading: the share that ends as most of it does, on the mean;
    0 if the words do not fill the rows."""
    if len(words) % columns or len(words) < 3 * columns:
        return 0.0
    shares = []
    for column in range(columns):
        ends = Counter(word.text[-1] for word in words[columns + column :: columns])
        shares.append(max(ends.values()) / sum(ends.values()))
    return sum(shares) / columns
