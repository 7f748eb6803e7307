"""The readings of a flattened table that cost least: which columns, how long the heading, which rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from math import inf

from qgraph.reading.header import Header
from qgraph.reading.pieces import NATURAL, UNKNOWN, Piece, edges
from qgraph.reading.stream_body import Body, BodyRow
from qgraph.reading.stream_columns import Learnt, Shape, shapes
from qgraph.reading.stream_heading import SURE, HeadingLines
from qgraph.reading.stream_rows import Laying, RowRules
from qgraph.reading.words import (
    are_alike,
    heads_serial,
    heads_years,
    is_heading_tail,
    is_period,
    is_scrap,
    serial_number,
    unit_like,
)

# Share of lines with one piece from which every cell has a line of its own.
_LOOSE = 0.8
# What it costs that labels stand for several rows, be it in a column or over them; what each place costs that a column
# is wide: of two readings the one with narrower columns fits the page.
_SHARED, _WIDTH = 0.5, 0.02
# What each further row costs that a label stands for which stands for all; a row that begins with what ends a heading.
_LONE, _TAIL = 0.5, 0.5
# The most lines that the heading has in a table of words alone.
_HEADING = 12
# What it costs that a row begins as the headings of figures end (三等奖 below 一等奖 and 二等奖).
_ALIKE = 1.0
# How much dearer than the cheapest the rows may be before the columns are known.
_NEAR = 6.0
# Labels from which one that is far wider than the others is told.
_TOLD = 3
# How often the columns are learnt; how much cheaper a reading may become by that, for each break inside of a cell.
_ROUNDS, _CHEAPER, _CHEAPER_EACH = 2, 2.0, UNKNOWN - NATURAL


@dataclass(frozen=True)
class Reading:
    """A table as the heading in the first `start` lines and rows below it."""

    header: Header
    start: int
    body: Body
    cost: float

    @property
    def shape(self) -> Shape:
        """The columns."""
        return self.body.rules.shape

    @cached_property
    def rows(self) -> tuple[BodyRow, ...]:
        """The rows."""
        return tuple(self.body.rows(self.start))

    @cached_property
    def cells(self) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
        """The cells of each column, totals left out."""
        inside: list[list[tuple[Piece, ...]]] = [[] for _ in self.shape.values]
        for row in self._laid:
            for column, pieces in () if row.total else row.cells:
                inside[column].append(pieces)
        return tuple(map(tuple, inside))

    @property
    def _laid(self) -> list[Laying]:
        return [row.laying for row in self.rows if row.laying is not None]

    @cached_property
    def learnt(self) -> Learnt:
        """What its rows tell of the columns."""
        heads, cells, units, years = dict(self.header.lines[-1]), self.cells, list[int](), set[int]()
        for column, word in heads.items():
            texts = [cell[0].text for cell in cells[column]]
            if self.shape.values[column]:
                years |= {column} if heads_years(word.text) and all(map(is_period, texts)) else set()
            elif word.is_unit_heading and sum(map(unit_like, texts)) * 2 > len(texts):
                units.append(column)
        told = Counter(
            (column, cell[0].text)
            for column, inside in enumerate(cells)
            for cell in inside
            if not self.shape.values[column] and len(cell) == 1
        )
        return Learnt(
            tuple(map(self._width, range(len(cells)))),
            units[0] if units else None,
            frozenset(years),
            frozenset(text for (_, text), count in told.items() if count > 1),
        )

    def _width(self, column: int) -> int | None:
        """How wide a column is at least. One label that is far wider than the others, where labels stand for several
        rows, was likely broken, so that it belongs to the next column."""
        widths = sorted((max(piece.width for piece in cell) for cell in self.cells[column]), reverse=True)
        lone = self.body.rules.shared and column in self.shape.labels[:-1] and len(widths) >= _TOLD
        return widths[lone and widths[0] >= 2 * widths[1]] if widths else None

    def is_sound(self) -> bool:
        """Whether the rows are what their columns promise."""
        first = next((row for row in self._laid if not row.total), None)
        if first is None or not {c for c, _ in first.cells}.issuperset(self.shape.labels):
            return False
        if self.start > 1 and self.rows[0].laying is None and not self.rows[0].heads:
            return False  # what cannot be laid below a heading of several lines may belong to it
        rules, labels = self.body.rules, self.shape.labels
        if rules.shared and all(len(self.cells[c]) == len(self.cells[-1]) for c in labels):
            return False  # no row leaves out a label
        return self._counts_up() and (not rules.grouped or self._is_parted())

    def _counts_up(self) -> bool:
        """Whether serial numbers count up from 1 or 0, and whether they are there if a heading says so."""
        texts = ["".join(piece.text for piece in cell) for cell in self.cells[0]]
        if not self.shape.serial:
            return not heads_serial(self.header.lines[0][0][1].text) or any(re.search(r"\d", text) for text in texts)
        numbers = [serial_number(text) or 0 for text in texts]
        return numbers == sorted(set(numbers)) and numbers[:1] in ([0], [1])

    def _is_parted(self) -> bool:
        """Whether lines that head the rows below them part the whole table."""
        heads = [row.heads for row in self.rows]
        return heads[0] and sum(heads) > 1 and not any(a and b for a, b in pairwise(heads))

    @cached_property
    def is_plain(self) -> bool:
        """Whether every line is a row."""
        return all(row.stop - row.start == 1 and row.laying is not None for row in self.rows)

    @cached_property
    def least_cost(self) -> float:
        """What it may come to cost when more is known of the columns."""
        broken = sum(piece.opens for laying in self._laid for _, cell in laying.cells for piece in cell[1:])
        return self.cost - _CHEAPER - _CHEAPER_EACH * broken

    def whole_cost(self) -> float:
        """What it costs with all that is seen only from the whole table."""
        lone = sum(len(self.cells[c]) == 1 for c in self.shape.labels) * (len(self.cells[-1]) - 1)
        shared = _SHARED if self.body.rules.shared or self.body.rules.grouped else 0.0
        return self.cost + shared + _LONE * lone + _WIDTH * sum(width or 0 for width in self.learnt.widths)


def find_readings(lines: Sequence[Sequence[Piece]]) -> list[Reading]:
    """The readings of the lines that cost least, the cheapest first."""
    return _Search(lines).run()


class _Search:
    """Tries the columns that a table may have, and learns more of them from the rows that they lead to."""

    def __init__(self, lines: Sequence[Sequence[Piece]]) -> None:
        self._lines = lines
        figures = (n for n, line in enumerate(lines) if any(p.kind == "f" and not p.period for p in line))
        self._last = next(figures, min(len(lines), _HEADING) - 1)
        self._edges = edges(lines)
        self._heading = HeadingLines(lines[: self._last])
        self._cheapest = cache(self._find_cheapest)

    def run(self) -> list[Reading]:
        """The readings that cost least, the cheapest first."""
        loose = sum(len(line) == 1 for line in self._lines) >= _LOOSE * len(self._lines)
        near = frozenset(width - less for width in self._edges for less in (0, 1))
        first: list[Reading] = []
        for shape in shapes(self._lines, self._last):
            limit = min((reading.cost for reading in first), default=inf) + _NEAR
            for shared in (False, True) if len(shape.labels) > 1 and True in shape.values else (False,):
                first += self._cheapest(RowRules(shape, near, loose, shared), limit)[:1]
                if first and first[-1].is_plain:
                    break
        out: list[Reading] = []
        least = inf
        for reading in sorted(first, key=lambda reading: reading.least_cost):
            if reading.least_cost > least + SURE:
                break
            out += self._refined(reading)
            least = min((reading.cost for reading in out), default=inf)
        return sorted(out, key=lambda reading: reading.cost)

    def _refined(self, first: Reading) -> Iterator[Reading]:
        """The cheapest readings with the columns of a first one: learnt from that one, from where words seem to be
        broken, and with lines that head the rows below them."""
        rules = first.body.rules
        starts = [[first]]
        if not first.is_plain:
            if not rules.shared:
                starts.append(self._cheapest(replace(rules, grouped=True)))
            for edge in self._edges:
                starts.append(self._cheapest(replace(rules, learnt=Learnt((edge,) * len(rules.shape.values)))))
        for found in starts:
            for _ in range(_ROUNDS if found else 0):
                told = next((reading for reading in found if reading.is_sound()), found[0])
                found = self._cheapest(replace(told.body.rules, learnt=told.learnt)) or found
            yield from (replace(reading, cost=reading.whole_cost()) for reading in found if reading.is_sound())

    def _find_cheapest(self, rules: RowRules, limit: float = inf) -> list[Reading]:
        """The reading that costs least with those rules, and others that cost hardly more; none of which the rows cost
        more than `limit`."""
        body = Body(self._lines, rules)
        found: list[tuple[float, int, Header]] = []
        least = inf
        for start in sorted(range(1, self._last + 1), key=lambda n: body.costs[n]):
            if body.costs[start] >= min(least + SURE, limit):
                break
            opens = self._lines[start][0]
            below = body.costs[start] + (_TAIL if is_scrap(opens.text) or is_heading_tail(opens.text) else 0.0)
            for cost, header in self._heading.headings(start, rules.shape, rules.learnt):
                alike = any(rules.shape.values[c] and are_alike(word.text, opens.text) for c, word in header.lines[-1])
                whole = cost + below + _ALIKE * alike
                least = min(least, whole)
                found.append((whole, start, header))
        near = sorted((way for way in found if way[0] < least + SURE), key=lambda way: way[0])
        return [Reading(header, start, body, cost) for cost, start, header in near]
