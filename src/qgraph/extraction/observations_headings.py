"""What the headings of a table say of each of its cells: rows, columns, and which columns name a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qgraph.extraction.observations_phrases import plain, without_periods
from qgraph.extraction.observations_words import Words, words
from qgraph.extraction.periods import find_periods, heading_period, year_period
from qgraph.records import Cell, Document, Period, Table
from qgraph.text import nfkc

NUMBER = re.compile(r"[-－+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-－+]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """What the headings say of one cell: `columns` from the top, `rows` from the left."""

    columns: tuple[Cell, ...]
    rows: tuple[Cell, ...]


class Headings:
    """The headings of one table."""

    def __init__(self, document: Document, table: Table) -> None:
        self.document = document
        self.table = table
        self._words: Words = words()

    @cached_property
    def unit_columns(self) -> frozenset[int]:
        """Columns that tell the unit of their row."""
        return self._headed("unit_heading")

    @cached_property
    def _serial_columns(self) -> frozenset[int]:
        return self._headed("serial_heading")

    def _headed(self, name: str) -> frozenset[int]:
        pattern = self._words.table(name)
        return frozenset(c.column for c in self.table.cells if c.header and pattern.match(plain(c.text)))

    def place(self, cell: Cell) -> Place:
        """The headings of a cell."""
        return Place(self._above(cell), self._beside(cell))

    def unsure(self, cell: Cell) -> bool:
        """Whether a cell is a row that could not be aligned with the columns: figures over all of them."""
        whole = cell.column == 0 and cell.column_span == self.table.columns > 1 and not cell.header
        return whole and any(NUMBER.fullmatch(nfkc(part).rstrip("%")) for part in cell.text.split()[1:])

    def _above(self, cell: Cell) -> tuple[Cell, ...]:
        found = [
            c for c in self.table.cells
            if c.header and c.column <= cell.column < c.column + c.column_span and c.row < cell.row
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda c: c.row))

    def _beside(self, cell: Cell) -> tuple[Cell, ...]:
        """The row headings of a cell that tell its row from the others, and a grade behind them."""
        found = self._labels_left(cell)
        kept = found[: self._keys]
        later = [c for c in found[self._keys :] if self._words.award_only.fullmatch(plain(c.text))]
        return (*kept, *later)

    def narrowing(self, cell: Cell) -> tuple[str, ...]:
        """Levels that stand in columns of the row which do not name it."""
        texts = (plain(c.text) for c in self._labels_left(cell)[self._keys :])
        return tuple(text for text in texts if self._words.level.fullmatch(text))

    def _labels_left(self, cell: Cell) -> tuple[Cell, ...]:
        """All row headings of a cell, from the left; of tables side by side those of its own half."""
        skipped = self.unit_columns | self._serial_columns
        found = [
            c for c in self.table.cells
            if not c.header and c.column < cell.column and covers_row(c, cell.row) and c.column not in skipped
            and (c.stub or not NUMBER.match(nfkc(c.text).strip())) and c.text.strip()
        ]  # fmt: skip
        if self._twin:
            half = self.table.columns // 2
            found = [c for c in found if (c.column < half) == (cell.column < half)]
        return tuple(sorted(found, key=lambda c: c.column))

    @cached_property
    def _twin(self) -> bool:
        """Whether two tables stand side by side: row headings stand right of figures."""
        body = [c for c in self.table.cells if not c.header and c.column not in self._serial_columns]
        figures = [c.column for c in body if not c.stub and NUMBER.match(nfkc(c.text).strip())]
        first = min(figures, default=self.table.columns)
        return any(c.stub and c.column > first for c in body)

    def side(self, row: Cell) -> str:
        """Of two tables side by side, what the one in which a row heading stands lists (收入项目: 收入); else ""."""
        heads = [c.text for c in self.table.cells if c.header and c.column == row.column] if self._twin else []
        return self._words.table("listed").sub("", self.words_of(heads[-1])) if heads else ""

    @cached_property
    def _keys(self) -> int:
        """How many of the columns of row headings it takes to tell all rows apart."""
        if self._twin:
            return 1
        rows: dict[int, tuple[str, ...]] = {}
        for cell in self.table.cells:
            if not cell.header and not cell.stub and cell.row not in rows and not self.unsure(cell):
                labels = self._labels_left(cell)
                if labels:
                    rows[cell.row] = tuple(c.text for c in labels)
        most = max((len(labels) for labels in rows.values()), default=1)
        for count in range(1, most):
            if len({labels[:count] for labels in rows.values()}) == len(rows):
                return count
        return max(most, 1)

    def row_unit(self, row: Cell) -> str:
        """What the column of units says beside a row heading, "" without one."""
        cells = self.table.cells
        return next((c.text.strip() for c in cells if c.column in self.unit_columns and c.row == row.row), "")

    def parent(self, row: Cell) -> Cell | None:
        """The row above that a row is a part of: 其中 opens the parts, and in a table with serial numbers the
        rows without a number go on with them."""
        numbered = {
            c.row for c in self.table.cells if c.column in self._serial_columns and not c.header and c.text.strip()
        }
        labels = {c.row: c for c in self.table.cells if c.column == row.column and not c.header}
        if row.row in numbered:
            return None
        opened = False
        for r in range(row.row, -1, -1):
            label = labels.get(r)
            if label is None:
                return None
            if label.text.strip().startswith("其中"):
                opened = True
            elif opened and (not numbered or r in numbered):
                return label
            elif not numbered or r in numbered:
                return None
        return None

    def period(self, place: Place) -> Period:
        """The period of the column's heading, else of the row's, else of the caption; else the last of those that
        other columns have, or the report's own year."""
        year = self.document.year
        for texts in (reversed(place.columns), reversed(place.rows)):
            for cell in texts:
                told = heading_period(plain(cell.text), year) or _only(cell.text, year)
                if told is not None:
                    return told
        told = _only(self.table.caption, year)
        if told is not None:
            return told
        ends = [p.end for c in self.table.cells if c.header and (p := heading_period(plain(c.text), year)) is not None]
        return year_period(int(max(ends)[:4]) if ends else year, stated=False)

    def words_of(self, text: str) -> str:
        """A heading without what stands in brackets (units, totals) and without year."""
        if heading_period(plain(text), self.document.year) is not None:
            return ""
        return plain(without_periods(plain(text), self.document.year)).lstrip("的度")


def _only(text: str, year: int) -> Period | None:
    """The period named in words, if it is one."""
    found = [m.period for m in find_periods(text.strip(), year)]
    years: Sequence[Period] = [p for p in found if p.kind != "edition"] or found
    return years[0] if len({p.label for p in years}) == 1 else None


def covers_row(cell: Cell, row: int) -> bool:
    """Whether a cell stands in a row."""
    return cell.row <= row < cell.row + cell.row_span
