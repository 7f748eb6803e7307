"""Which cells of a table are headings, which are row labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgraph.reading.lines import GridCell, Stretch
from qgraph.reading.table_columns import is_twin
from qgraph.reading.words import is_value, is_year


def mark_labels(
    cells: Sequence[GridCell], values: frozenset[tuple[Stretch, ...]], twin: bool = False
) -> tuple[GridCell, ...]:
    """The cells with row labels marked: the columns before the first column of figures, or the first. A
    first column of figures before words counts the rows and labels nothing. Of two tables side by side (`twin`)
    each has labels of its own."""
    figures = _figure_columns(cells, values)
    half = len(figures) // 2 if twin else len(figures)
    first = 1 if figures[:2] == [True, False] else 0
    limit = next((n for n, figure in enumerate(figures) if figure and n >= first), first + 1)
    labels = range(first, max(limit, 1))
    return tuple(
        replace(
            cell,
            stub=not cell.header and cell.column % max(half, 1) in labels and cell.stretches not in values,
        )
        for cell in cells
    )


def _figure_columns(cells: Sequence[GridCell], values: frozenset[tuple[Stretch, ...]]) -> list[bool]:
    """Which of the columns hold figures."""
    body = [cell for cell in cells if not cell.header]
    figures = []
    for column in sorted({cell.column for cell in body}):
        inside = [cell for cell in body if cell.column == column and cell.stretches]
        figures.append(sum(cell.stretches in values for cell in inside) > len(inside) / 2)
    return figures


def label_grid(source: str, cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """The cells of a table whose rows and columns the file itself gives, with headings and row labels
    marked. The heading is the first row, and as many more as its tallest cell covers."""
    tall = max((cell.row_span for cell in cells if cell.row == 0), default=1)
    names = {cell.stretches for cell in cells if cell.column == 0 and cell.row >= tall}
    if not all(is_year(grid_text(source, cell)) for cell in cells if cell.stretches in names):
        names = set()  # years in the first column name the rows
    figures = frozenset(cell.stretches for cell in cells if is_value(grid_text(source, cell))) - names
    marked = [replace(cell, header=cell.header or cell.row < tall) for cell in cells]
    headings = [grid_text(source, cell) for cell in marked if cell.header and cell.row + cell.row_span == tall]
    return mark_labels(marked, figures, is_twin(headings, _figure_columns(marked, figures)))


def grid_text(source: str, cell: GridCell) -> str:
    """The words of a cell."""
    return "".join(part.glue + source[part.origin : part.origin + part.length] for part in cell.stretches)
