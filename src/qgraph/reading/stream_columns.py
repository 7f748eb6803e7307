"""Which columns a flattened table may have: what its lines, together from any line on, come to again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile, zip_longest

from qgraph.reading.pieces import Piece
from qgraph.reading.words import heads_serial, is_period, serial_number

# The most columns that are looked for, and where none holds figures; the lines from which they are learnt; breaks
# inside the cells of one row.
_WIDEST, _OF_WORDS, _LEARNT, _BROKEN = 14, 7, 80, 4
# How many column patterns are tried; the share of the runs of figures that they must explain.
_TRIED, _AGREED = 12, 0.6

Kinds = tuple[bool, ...]


@dataclass(frozen=True)
class Shape:
    """Columns that a table may have: which of them hold figures. The first column may hold serial numbers, or years
    that name the rows (`dated`)."""

    values: Kinds
    serial: bool = False
    dated: bool = False

    @cached_property
    def figures(self) -> Kinds:
        """Which columns hold figures, be it serial numbers or years that name the rows."""
        return (self.serial or self.dated, *self.values[1:])

    @cached_property
    def first(self) -> int:
        """The first column of figures; the last column where there is none."""
        return self.values.index(True) if True in self.values else len(self.values) - 1

    @cached_property
    def labels(self) -> range:
        """The columns before it that name the row."""
        return range(self.serial, self.first)


@dataclass(frozen=True)
class Learnt:
    """What the rows of a first reading tell of the columns: how wide they are, which of them tells the units, which
    hold years below which no total stands, and words that are a cell of several rows."""

    widths: tuple[int | None, ...] = ()
    unit: int | None = None
    years: frozenset[int] = frozenset()
    known: frozenset[str] = frozenset()

    def width(self, column: int) -> int | None:
        """How wide a column is at least; None where that is not known."""
        return self.widths[column] if column < len(self.widths) else None


def shapes(lines: Sequence[Sequence[Piece]], last: int) -> list[Shape]:
    """The columns that the table may have, the likeliest first. Line `last` is the last that can belong to the first
    row, because it has figures."""
    before = [piece for line in lines[:last] for piece in line]
    before += takewhile(lambda piece: piece.kind == "w", lines[last])
    fewest = len(before) - sum(piece.opens for piece in before)
    votes: Counter[Shape] = Counter()
    for start in range(min(len(lines), _LEARNT)):
        pieces: list[Piece] = []
        for line, below in zip_longest(lines[start:], lines[start + 1 :]):
            pieces.extend(line)
            if len(pieces) > _WIDEST + _BROKEN:
                break
            for kinds, breaks in _reduced(pieces):
                if below and below[0].kind == "f" and not kinds[0]:
                    continue  # the next row begins as this one
                most = _WIDEST if True in kinds else _OF_WORDS
                shape = _shape(kinds, pieces[0]) if 2 <= len(kinds) <= most else None
                # the heading and the labels of the first row stand before its first figure
                labels = kinds.index(True) if True in kinds else 0
                if shape is not None and fewest <= len(kinds) + labels <= len(before):
                    votes[shape] += 4 >> min(breaks, 2)
    runs = _figure_runs(lines)
    fitting = [shape for shape in votes if _explains(shape.figures, runs)]
    if _counted(lines):
        fitting = [shape for shape in fitting if shape.serial] or fitting
    return sorted(fitting, key=lambda shape: (int(_misfit(shape, lines)), -votes[shape]))[:_TRIED]


def _counted(lines: Sequence[Sequence[Piece]]) -> bool:
    """Whether the heading begins with that of serial numbers, be it broken in two."""
    first = lines[0][0].text
    return heads_serial(first) or (len(lines[0]) == 1 < len(lines) and heads_serial(first + lines[1][0].text))


def _misfit(shape: Shape, lines: Sequence[Sequence[Piece]]) -> float:
    """How many pieces a row has more or less than columns on the mean, if the figures of all rows are there. More may
    be parts of broken cells."""
    pieces = [piece for line in lines for piece in line]
    figures = sum(piece.kind != "w" for piece in pieces)
    rows = 1 + figures / sum(shape.figures) if any(shape.figures) else len(pieces) / len(shape.values)
    more = len(pieces) / rows - len(shape.values)
    return more / 2 if more > 0 else -more


def _shape(kinds: Kinds, first: Piece) -> Shape | None:
    """The columns of those kinds, of which the first row begins with a piece; None where they make no table."""
    if True not in kinds:
        return Shape(kinds)
    serial = kinds[0] and len(kinds) > 2 and not kinds[1]
    if kinds[0] and not (serial_number(first.text) is not None if serial else is_period(first.text)):
        return None
    return Shape((False, *kinds[1:]), serial, kinds[0] and not serial)


def _figure_runs(lines: Sequence[Sequence[Piece]]) -> Counter[int]:
    """How often how many figures follow on each other."""
    stream = [piece for line in lines for piece in line]
    return Counter(len(list(run)) for figures, run in groupby(stream, lambda piece: piece.kind != "w") if figures)


def _explains(kinds: Kinds, runs: Counter[int]) -> bool:
    """Whether rows of these kinds one after the other have figures in runs as the table has. Where a row begins with
    its number, this stands behind the figures of the row above."""
    if all(kinds):
        return True
    own = [len(list(run)) for figures, run in groupby(kinds) if figures]
    joined = [own[0] + own[-1], own[-1] + 1] if own and kinds[0] and kinds[-1] else []
    told = sum(count for length, count in runs.items() if length in own or length in joined)
    return told >= _AGREED * sum(runs.values())


def _reduced(pieces: Sequence[Piece]) -> Iterator[tuple[Kinds, int]]:
    """The kinds of cells that the pieces can make, where words may go on in a new line; and at how many breaks."""
    ways: list[tuple[Kinds, int]] = [((), 0)]
    at = 0
    for figure, run in groupby(pieces, key=lambda piece: piece.kind != "w"):
        count = len(list(run))
        broken = 0 if figure else sum(piece.opens for piece in pieces[at + 1 : at + count])
        at += count
        ways = [
            (kinds + (figure,) * (count - less), breaks + less)
            for kinds, breaks in ways
            for less in range(min(broken, _BROKEN - breaks) + 1)
        ]
    return iter(ways)
