"""The body of a flattened table cut into rows, each of which begins with a line and may go over several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from qgraph.reading.pieces import NATURAL, Piece, seam
from qgraph.reading.stream_rows import Laying, RowRules
from qgraph.reading.words import heads_group, opens_parts

# What it costs to give up a row with figures, or words at the end; each further line of what is given up.
_GIVEN_UP, _NOTE, _LINE = 2.0, 0.8, 0.3
# What a row of words alone costs that heads the rows below it: told by its look or by what follows, and by nothing.
_HEADS, _BARE = 0.3, 0.4
# By how much a reading must be cheaper than the next for its rows to be sure.
_SURE = 0.4
# How many pieces more than columns a row may have.
_SPARE = 8


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Lines `start` to `stop` as one row; `laying` is None for what cannot be aligned. `heads` says that it is words
    alone over the rows below it."""

    start: int
    stop: int
    cost: float
    laying: Laying | None = None
    heads: bool = False


class Body:
    """The cheapest rows of the lines of a table, from any of them to the end."""

    def __init__(self, lines: Sequence[Sequence[Piece]], rules: RowRules) -> None:
        self._lines = lines
        self.rules = rules
        self._bare = [not any(piece.kind == "f" for piece in line) for line in lines]
        self._choices = [self._from(i) for i in range(len(lines))]
        self._best: list[BodyRow | None] = [None] * len(lines)
        self.costs = [0.0] * (len(lines) + 1)
        for i in range(len(lines) - 1, -1, -1):
            rows = self._choices[i]
            row = min(rows, key=lambda row: row.cost + self.costs[row.stop], default=None)
            self._best[i] = row
            self.costs[i] = row.cost + self.costs[row.stop] if row else inf

    def _from(self, start: int) -> list[BodyRow]:
        """The rows that can begin with a line."""
        out: list[BodyRow] = []
        pieces: list[Piece] = []
        figures = marks = 0
        wanted, room = self.rules.figures, len(self.rules.shape.values) + _SPARE
        for stop in range(start + 1, len(self._lines) + 1):
            line = self._lines[stop - 1]
            pieces.extend(line)
            figures += sum(piece.kind == "f" for piece in line)
            marks += sum(piece.kind == "e" for piece in line)
            if figures >= wanted.stop or len(pieces) > room:
                break
            laying = self.rules.lay(pieces) if figures + marks >= wanted.start else None
            if laying is not None:
                out.append(BodyRow(start, stop, laying.cost, laying))
        out.append(self._given_up(start))
        if self._bare[start] and start + 1 < len(self._lines):
            cost = self._heading_cost(start)
            out.extend([BodyRow(start, start + 1, cost, heads=True)] if cost < inf else [])
        return out

    def _given_up(self, start: int) -> BodyRow:
        """The lines up to the next with figures as what cannot be aligned; words at the end are notes."""
        stop = start
        while stop < len(self._lines) and self._bare[stop]:
            stop += 1
        if stop == len(self._lines):
            return BodyRow(start, stop, _NOTE + _LINE * (stop - start - 1))
        return BodyRow(start, stop + 1, _GIVEN_UP + _LINE * (stop - start))

    def _heading_cost(self, start: int) -> float:
        """What it costs to take a line of words for the heading of the rows below it."""
        words = [piece.text for piece in self._lines[start]]
        if self._lines[start][0].bracketed:
            return inf
        opened = opens_parts(self._lines[start + 1][0].text)
        if len(words) == 1:
            return _HEADS if opened or heads_group(words[0]) else _BARE if self.rules.grouped else inf
        return _HEADS if opened and self.rules.shape.serial and len(words) == 2 else inf

    def rows(self, start: int) -> list[BodyRow]:
        """The cheapest rows from a line on."""
        out: list[BodyRow] = []
        while start < len(self._lines):
            row = self._best[start]
            if row is None:
                return []
            out.append(row)
            start = row.stop
        return out

    def doubtful(self, start: int) -> set[int]:
        """Which of those rows are not sure: another reading costs hardly more."""
        rows = self.rows(start)
        before = [inf] * (len(self._lines) + 1)
        before[start] = 0.0
        for i in range(start, len(self._lines)):
            for row in self._choices[i]:
                before[row.stop] = min(before[row.stop], before[i] + row.cost)
        found = {n for n, row in enumerate(rows) if row.laying is not None and row.laying.margin < _SURE}
        for n, row in enumerate(rows[:-1]):
            if row.laying is None and not row.heads and self._opens_label(row.stop):
                found.add(n + 1)
            over = min(
                (
                    before[i] + other.cost + self.costs[other.stop]
                    for i in range(start, row.stop)
                    for other in self._choices[i]
                    if other.stop > row.stop
                ),
                default=inf,
            )
            if over - self.costs[start] < _SURE or self._goes_on(row, rows[n + 1]):
                found.update((n, n + 1))
        return found

    def _opens_label(self, start: int) -> bool:
        """Whether the words that begin a line may go on from the words that end the one above."""
        above, piece = self._lines[start - 1][-1], self._lines[start][0]
        return above.kind == piece.kind == "w" and not (above.ends or above.shut)

    def _goes_on(self, row: BodyRow, following: BodyRow) -> bool:
        """Whether the label of a row may go on below its figures: they stand on a line of their own, and the words
        above them were broken at the edge of their column."""
        below = self._lines[following.start]
        headless = row.stop - row.start > 1 and self._lines[row.stop - 1][0].kind == "f"
        if row.laying is None or not headless or not self._bare[following.start] or self.rules.loose:
            return False
        last = self._lines[row.stop - 2][-1]
        return any(
            pieces[-1] is last and seam(last, below[0], self.rules.learnt.width(column)) <= NATURAL
            for column, pieces in row.laying.cells
        )
