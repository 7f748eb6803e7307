"""The pieces of one row laid into columns, in the way that costs least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise, product
from math import inf
from operator import itemgetter

from qgraph.reading.pieces import NATURAL, SCRAP, Piece, new_line, seam
from qgraph.reading.stream_columns import Learnt, Shape
from qgraph.reading.words import Word, is_scrap, join_words, serial_number, unit_like

# What it costs that a row has no serial number, that it leaves a label to the rows above.
_UNNUMBERED, _SHARED = 0.1, 0.05
# What a new line costs behind a label that stands for several rows, and behind a cell whose words reach the edge of
# their column, so that they seem to go on.
_OWN_LINE, _AT_EDGE = 0.1, 0.5
# A cell that begins with a bracket in a new line; one that holds what is a cell of its own elsewhere; one that is wider
# than the column was found to be, for each place and in all.
_BRACKET, _KNOWN = 1.5, 1.2
_OVER_EACH, _OVER = 0.1, 1.5
# Marks of nothing in one row up to which it is looked into; ways to part its words that are weighed.
_MARKS, _WAYS = 4, 4

# A run of pieces or columns of one kind: whether they are figures, where it begins and ends.
_Run = tuple[bool, int, int]


@dataclass(frozen=True, slots=True)
class _Template:
    """Columns that a row fills one after the other, in `runs` of one kind. The row is a whole one, one that leaves out
    the first columns ("short"), or a total, whose first cell goes up to the first figure."""

    columns: tuple[int, ...]
    runs: tuple[_Run, ...]
    cost: float
    kind: str


@dataclass(frozen=True, slots=True)
class Laying:
    """A row as pieces by column: what it costs, and how much more the next best way would."""

    cells: tuple[tuple[int, tuple[Piece, ...]], ...]
    cost: float
    margin: float
    total: bool

    def words(self, shape: Shape) -> dict[int, Word]:
        """The words by column."""
        out = {}
        for column, pieces in self.cells:
            word = join_words([piece.word for piece in pieces], glue="")
            out[column] = replace(word, value=shape.values[column])
        if self.total:
            first = self.cells[0][0]
            out[first] = replace(out[first], span=shape.first - first)
        return out


@dataclass(frozen=True)
class RowRules:
    """The columns of a table and how its rows may fill them.

    `edges` are the widths at which words seem to be broken; `loose` says that every cell stands on its own line,
    `shared` that labels may stand for several rows, `grouped` that lines of words alone head the rows below them.
    """

    shape: Shape
    edges: frozenset[int] = frozenset()
    loose: bool = False
    shared: bool = False
    grouped: bool = False
    learnt: Learnt = field(default_factory=Learnt)

    @cached_property
    def figures(self) -> range:
        """How many figures a row has: from the fewest to the most."""
        counts = [sum(self.shape.figures[c] for c in t.columns) for found in self._templates.values() for t in found]
        return range(min(counts), max(counts) + 1)

    def lay(self, pieces: Sequence[Piece]) -> Laying | None:
        """The cheapest way to lay a row."""
        ways: list[tuple[float, _Template, Sequence[int]]] = []
        for kinds in _readings(pieces):
            runs = _runs(kinds)
            for template in self._templates.get(_structure(runs), ()):
                if self._suits(pieces, template):
                    ways.extend((cost, template, cuts) for cost, cuts in self._fill(pieces, runs, template))
        if not ways:
            return None
        (cost, template, cuts), *others = sorted(ways, key=itemgetter(0))
        spans = zip(template.columns, pairwise((*cuts, len(pieces))), strict=True)
        return Laying(
            tuple((c, tuple(pieces[a:b])) for c, (a, b) in spans),
            cost,
            others[0][0] - cost if others else inf,
            template.kind == "total",
        )

    def _suits(self, pieces: Sequence[Piece], template: _Template) -> bool:
        """Whether a row that begins with those pieces can fill the columns."""
        first = pieces[0]
        if template.columns[0] == 0 and self.shape.figures[0]:
            return first.period if self.shape.dated else serial_number(first.text) is not None
        if first.ends and template.kind == "whole" and len(self.shape.labels) > 1:
            return pieces[1].kind != "w"  # a total is told of all that the columns of labels name
        return template.kind != ("short" if first.ends else "total")

    @cached_property
    def _templates(self) -> dict[tuple[int, ...], list[_Template]]:
        """The ways in which a row may fill the columns, by the figures of its runs."""
        every = tuple(range(len(self.shape.values)))
        labels, rest = self.shape.labels, every[self.shape.first :]
        found = [(every, 0.0, "whole")]
        for skip in range(len(labels) if self.shared else 1):
            if self.shape.serial:
                found.append(((*labels[skip:], *rest), _UNNUMBERED + _SHARED * skip, "short"))
            if skip:
                found.append(((*every[: labels.start], *labels[skip:], *rest), _SHARED * skip, "short"))
        told = tuple(c for c in rest if c not in self.learnt.years)
        figures = tuple(c for c in told if self.shape.values[c])
        if labels and figures:
            totals = {(labels[0], *figures), (labels[0], *told)} - {every}
            found.extend((columns, 0.0, "total") for columns in sorted(totals))
        out: dict[tuple[int, ...], list[_Template]] = {}
        for columns, cost, kind in found:
            runs = _runs([self.shape.figures[c] for c in columns])
            out.setdefault(_structure(runs), []).append(_Template(columns, runs, cost, kind))
        return out

    def _fill(
        self, pieces: Sequence[Piece], runs: Sequence[_Run], template: _Template
    ) -> list[tuple[float, tuple[int, ...]]]:
        """Cheap ways to fill the columns: what each costs, and where its cells begin."""
        ways = [(template.cost, tuple[int, ...]())]
        for (figures, start, stop), (_, first, last) in zip(runs, template.runs, strict=True):
            parts = [(0.0, tuple(range(start, stop)))]
            if not figures:
                parts = self._part(pieces, start, stop, template.columns[first:last])
            ways = [(before + cost, (*cuts, *begins)) for before, cuts in ways for cost, begins in parts]
        out = []
        for cost, cuts in ways:
            bounds = (*cuts, len(pieces))
            for column, a, b, c in zip(template.columns, bounds, bounds[1:], bounds[2:], strict=False):
                if pieces[b].opens:
                    cost += self._new_line(pieces[a:b], pieces[b:c], column)
            out.append((cost, cuts))
        return out

    def _new_line(self, cell: Sequence[Piece], following: Sequence[Piece], column: int) -> float:
        """What it costs that a line ends between two cells."""
        if cell[-1].shut:
            return 0.0
        cost = 0.0 if self.loose else new_line(cell, following)
        if self.shared and column in self.shape.labels[:-1]:
            cost = min(cost, _OWN_LINE)
        last, width = cell[-1], self.learnt.width(column)
        broken = last.kind == following[0].kind == "w" and last.end in self.edges and last.text not in self.learnt.known
        return cost + (_AT_EDGE if broken and seam(last, following[0], width) <= NATURAL else 0.0)

    def _part(
        self, pieces: Sequence[Piece], start: int, stop: int, columns: Sequence[int]
    ) -> list[tuple[float, tuple[int, ...]]]:
        """The cheapest ways to part the words of a run into so many columns: what each costs, where its cells begin."""
        ways: dict[int, list[tuple[float, tuple[int, ...]]]] = {start: [(0.0, ())]}
        for left, column in zip(range(len(columns) - 1, -1, -1), columns, strict=True):
            grown: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
            for a, found in ways.items():
                for b in range(a + 1 if left else max(a + 1, stop), stop - left + 1):
                    cost = self._cell(pieces[a:b], column)
                    if cost < inf:
                        grown.setdefault(b, []).extend((before + cost, (*begins, a)) for before, begins in found)
            ways = {at: sorted(found)[:_WAYS] for at, found in grown.items()}
        return ways.get(stop, [])

    @cached_property
    def _told(self) -> dict[tuple[Piece, int, int], float]:
        return {}

    def _cell(self, pieces: Sequence[Piece], column: int) -> float:
        """What it costs to take neighbours of words for one cell of the column."""
        key = (pieces[0], len(pieces), column)
        if key not in self._told:
            self._told[key] = self._cell_cost(pieces, column)
        return self._told[key]

    def _cell_cost(self, pieces: Sequence[Piece], column: int) -> float:
        first, width = pieces[0], self.learnt.width(column)
        cost = _BRACKET if first.bracketed and first.opens else 0.0
        if column == self.learnt.unit and not (len(pieces) == 1 and (first.kind == "e" or unit_like(first.text))):
            return inf
        if len(pieces) > 1:
            cost += _KNOWN * sum(piece.text in self.learnt.known for piece in pieces)
        elif first.opens and is_scrap(first.text) and first.text not in self.learnt.known:
            cost += SCRAP
        if width is not None:
            cost += sum(min(_OVER, _OVER_EACH * (p.width - width)) for p in pieces if p.width > width)
        return cost + sum(seam(a, b, width) for a, b in pairwise(pieces))


def _readings(pieces: Sequence[Piece]) -> Iterator[Sequence[bool]]:
    """Which pieces are figures: the mark of nothing stands among figures as well as among words."""
    marks = [n for n, piece in enumerate(pieces) if piece.kind == "e"]
    for figures in product((True, False), repeat=len(marks)) if len(marks) <= _MARKS else ():
        kinds = [piece.kind == "f" for piece in pieces]
        for n, figure in zip(marks, figures, strict=True):
            kinds[n] = figure
        yield kinds


def _runs(kinds: Sequence[bool]) -> tuple[_Run, ...]:
    out, at = [], 0
    for figures, run in groupby(kinds):
        count = len(list(run))
        out.append((figures, at, at + count))
        at += count
    return tuple(out)


def _structure(runs: Sequence[_Run]) -> tuple[int, ...]:
    """The number of figures in each run, 0 for words."""
    return tuple(stop - start if figures else 0 for figures, start, stop in runs)
