"""Rows laid into the columns of a table, and the cells that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from qgraph.reading.header import Header
from qgraph.reading.lines import GridCell, Stretch
from qgraph.reading.words import Word, join_words


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its words by column, or `whole` where it cannot be aligned surely."""

    cells: dict[int, Word]
    whole: tuple[Word, ...] = ()
    serial: bool = False


@dataclass(frozen=True)
class Laid:
    """The cells of a table; the stretches of those that hold figures; whether it is two tables side by side; how many
    of its rows with figures could not be aligned."""

    cells: list[GridCell]
    values: frozenset[tuple[Stretch, ...]]
    twin: bool
    unsure: int


def lay_out(header: Header, rows: Sequence[Row], width: int, twin: bool) -> Laid:
    """The table of a heading and rows."""
    rows = _certain(rows, header.serial)
    counted = {row.cells[0].stretches for row in rows if row.serial and 0 in row.cells}
    values = frozenset(counted | {w.stretches for row in rows for w in row.cells.values() if w.value})
    unsure = sum(any(word.value for word in row.whole) for row in rows)
    return Laid(_cells(header, rows, width), values, twin, unsure)


def lay_whole(lines: Sequence[Sequence[Word]]) -> Laid:
    """Every line as one cell over all columns: which figure stands under which heading cannot be told."""
    width = max(2, max((len(line) for line in lines), default=0))
    cells = [GridCell(_stretches(line), r, 0, column_span=width) for r, line in enumerate(lines) if line]
    return Laid(cells, frozenset(), False, sum(any(word.value for word in line) for line in lines))


def _certain(rows: Sequence[Row], first: int) -> list[Row]:
    """The rows, of which those cannot be told that share the label of one that cannot be told: its words stand in no
    column, so whose label it is remains open. Labels begin in column `first`."""
    out = []
    lost = False
    for row in rows:
        lost = lost and first not in row.cells
        if lost and not row.whole:
            row = Row({}, tuple(word for _, word in sorted(row.cells.items(), key=itemgetter(0))))
        lost = lost or not all(word.value for word in row.whole)
        out.append(row)
    return out


def _cells(header: Header, rows: Sequence[Row], width: int) -> list[GridCell]:
    cells = header.cells()
    above: dict[int, int] = {}
    for r, row in enumerate(rows, header.rows):
        if row.whole:
            cells.append(GridCell(_stretches(row.whole), r, 0, column_span=width))
            above.clear()
            continue
        for column in range(header.serial, min((c for c in row.cells if c >= header.serial), default=0)):
            if column in above:
                cell = cells[above[column]]
                cells[above[column]] = replace(cell, row_span=r - cell.row + 1)
        for column, word in sorted(row.cells.items()):
            if column not in above or word.span == 1:
                above[column] = len(cells)
            cells.append(GridCell(word.stretches, r, column, column_span=word.span))
    return cells


def _stretches(words: Sequence[Word]) -> tuple[Stretch, ...]:
    return join_words(words).stretches
