"""Tables of a PDF page, found by their ruling lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from qgraph.reading.pdf_lines import Char, page_lines

_SNAP = 3.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell by its place in the grid; `lines` are its words line by line."""

    lines: tuple[str, ...]
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table; `box` is left, bottom, right, top in points from the lower left corner."""

    box: tuple[float, float, float, float]
    cells: tuple[TableCell, ...]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.box[3]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.box[1]


def page_tables(path: Path, number: int, chars: list[Char], height: float) -> list[PageTable]:
    """Ruled tables of the page with that index, from top to bottom. A frame of one cell is no table."""
    with pdfplumber.open(path, pages=[number + 1]) as pdf:
        found = [table.cells for table in pdf.pages[0].find_tables()]
    tables = []
    for cells in found:
        boxes = [(x0, height - bottom, x1, height - top) for x0, top, x1, bottom in cells]
        xs = _edges([x for x0, _, x1, _ in boxes for x in (x0, x1)])
        ys = _edges([y for _, y0, _, y1 in boxes for y in (y0, y1)])[::-1]
        if len(xs) < 3 or len(ys) < 3:
            continue
        out = []
        for x0, y0, x1, y1 in boxes:
            inside = [c for c in chars if x0 <= c.x <= x1 and y0 <= c.y <= y1]
            lines = tuple(line.text for line in page_lines(inside))
            column, row = _nearest(xs, x0), _nearest(ys, y1)
            out.append(TableCell(lines, row, column, _nearest(ys, y0) - row, _nearest(xs, x1) - column))
        if not any(cell.lines for cell in out):
            continue
        out.sort(key=lambda cell: (cell.row, cell.column))
        tables.append(PageTable((xs[0], ys[-1], xs[-1], ys[0]), tuple(out)))
    return sorted(tables, key=lambda table: -table.top)


def _edges(values: list[float]) -> list[float]:
    """Ruling lines in ascending order, those closer than a few points taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
