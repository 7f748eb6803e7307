"""The pieces of one row laid into columns, in the way that costs least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise, product
from math import inf

from qgraph.reading.pieces import NATURAL, SCRAP, Piece, new_line, seam
from qgraph.reading.stream_columns import Learnt, Shape
from qgraph.reading.words import Word, is_scrap, join_words, serial_number, unit_like

# What it costs that a row has no serial number, that it leaves a label to the rows above.
_UNNUMBERED, _SHARED = 0.1, 0.05
# What a new line costs behind a label that stands for several rows, and behind a cell whose words reach the edge of their
# column, so that they seem to go on.
_OWN_LINE, _AT_EDGE = 0.1, 0.5
# A cell that begins with a bracket in a new line; one that holds what is a cell of its own elsewhere; one that is wider
# than the column was found to be, for each place and in all.
_BRACKET, _KNOWN = 1.5, 0.5
_OVER_EACH, _OVER = 0.1, 1.5
# Marks of nothing in one row up to which it is looked into.
_MARKS = 4

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
    learnt: Learnt = Learnt()

    @cached_property
    def figures(self) -> range:
        """How many figures a row has: from the fewest to the most."""
        counts = [sum(self.shape.figures[c] for c in t.columns) for found in self._templates.values() for t in found]
        return range(min(counts), max(counts) + 1)

    def lay(self, pieces: Sequence[Piece]) -> Laying | None:
        """The cheapest way to lay a row."""
        best: tuple[float, _Template, list[int]] | None = None
        second = inf
        for kinds in _readings(pieces):
            runs = _runs(kinds)
            for template in self._templates.get(_structure(runs), ()):
                if template.kind == ("short" if pieces[0].ends else "total"):
                    continue
                if pieces[0].ends and template.kind == "whole" and len(self.shape.labels) > 1 and pieces[1].kind == "w":
                    continue  # a total is told of all that the columns of labels name
                cost, more, cuts = self._fill(pieces, runs, template)
                if best is None or cost < best[0]:
                    second = min(best[0] if best else inf, cost + more)
                    best = (cost, template, cuts) if cost < inf else None
                else:
                    second = min(second, cost)
        if best is None:
            return None
        cost, template, cuts = best
        spans = zip(template.columns, pairwise((*cuts, len(pieces))), strict=True)
        return Laying(
            tuple((c, tuple(pieces[a:b])) for c, (a, b) in spans), cost, second - cost, template.kind == "total"
        )

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
            found.extend((columns, 0.0, "total") for columns in sorted({(labels[0], *figures), (labels[0], *told)} - {every}))
        out: dict[tuple[int, ...], list[_Template]] = {}
        for columns, cost, kind in found:
            runs = _runs([self.shape.figures[c] for c in columns])
            out.setdefault(_structure(runs), []).append(_Template(columns, runs, cost, kind))
        return out

    def _fill(self, pieces: Sequence[Piece], runs: Sequence[_Run], template: _Template) -> tuple[float, float, list[int]]:
        """What the cheapest filling of the columns costs, how much more the next, and where its cells begin."""
        if not self._opens(pieces[0], template.columns[0]):
            return inf, inf, []
        total, more, cuts = template.cost, inf, list[int]()
        for (figures, start, stop), (_, first, last) in zip(runs, template.runs, strict=True):
            if figures:
                cuts.extend(range(start, stop))
                continue
            cost, other, begins = self._part(pieces, start, stop, template.columns[first:last])
            cuts.extend(begins)
            total, more = total + cost, min(more, other)
            if total == inf:
                return inf, inf, []
        bounds = (*cuts, len(pieces))
        for column, a, b, c in zip(template.columns, bounds, bounds[1:], bounds[2:], strict=False):
            if pieces[b].opens:
                total += self._new_line(pieces[a:b], pieces[b:c], column)
        return total, more, cuts

    def _new_line(self, cell: Sequence[Piece], following: Sequence[Piece], column: int) -> float:
        """What it costs that a line ends between two cells."""
        if cell[-1].shut:
            return 0.0
        cost = 0.0 if self.loose else new_line(cell, following)
        if self.shared and column in self.shape.labels[:-1]:
            cost = min(cost, _OWN_LINE)
        words = cell[-1].kind == following[0].kind == "w" and cell[-1].end in self.edges
        return cost + (_AT_EDGE if words and seam(cell[-1], following[0], self.learnt.width(column)) <= NATURAL else 0.0)

    def _opens(self, piece: Piece, column: int) -> bool:
        """Whether a piece can be the first of a row that begins with that column."""
        if column or not self.shape.figures[0]:
            return True
        return piece.period if self.shape.dated else serial_number(piece.text) is not None

    def _part(
        self, pieces: Sequence[Piece], start: int, stop: int, columns: Sequence[int]
    ) -> tuple[float, float, Sequence[int]]:
        """The words of a run parted into so many columns: what it costs, how much more the next way, and where they
        begin."""
        ways: dict[int, list[tuple[float, tuple[int, ...]]]] = {start: [(0.0, ())]}
        for left, column in zip(range(len(columns) - 1, -1, -1), columns, strict=True):
            grown: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
            for a, found in ways.items():
                for b in range(a + 1, stop - left + 1) if left else (stop,):
                    cost = self._cell(pieces[a:b], column) if b > a else inf
                    if cost < inf:
                        grown.setdefault(b, []).extend((before + cost, (*begins, a)) for before, begins in found)
            ways = {at: sorted(found)[:2] for at, found in grown.items()}
        found = ways.get(stop, [])
        if not found:
            return inf, inf, ()
        return found[0][0], found[1][0] - found[0][0] if len(found) > 1 else inf, found[0][1]

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
        if len(pieces) > 1 and any(piece.text in self.learnt.known for piece in pieces):
            cost += _KNOWN
        elif len(pieces) == 1 and pieces[0].opens and is_scrap(first.text) and first.text not in self.learnt.known:
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
