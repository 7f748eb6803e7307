"""Flattened tables of which every line is a row: cells are told by what the lines have in common.

A PDF's text gives a row as words parted by single spaces, and a cell may hold a space of its own ("2023 届"). How
many columns there are, and which of them hold figures, is what most lines agree on. A line that does not agree
surely becomes one cell over all columns: it can be cited, and no figure is read from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.header import find_header
from qgraph.reading.laid import Laid, Row, lay_out, lay_whole
from qgraph.reading.table_columns import Columns, is_twin, one_each
from qgraph.reading.words import RowWords, Word, is_total, join_words, name_years, unit_like

# Share of the lines with figures that must agree on the columns.
_AGREED = 0.6


def align(lines: Sequence[RowWords]) -> Laid | None:
    """The table whose lines are rows; None where they are not. Headings come first."""
    lines = name_years(lines)
    body = next((i for i, line in enumerate(lines) if line.is_body or line.serial is not None), None)
    if body is None:
        return None
    head = [line for line in lines[:body] if line.words]
    # A table that goes on over a page tells its heading and its unit again.
    unit = re.compile(read_patterns("layout")["caption"]["unit"])
    again = {line.text for line in head}
    rest = [line for line in lines[body:] if line.text not in again and not unit.match(line.text)]
    columns = _columns(rest, head) if any(line.is_body for line in rest) else None
    if columns is None:
        return None
    header = find_header(head, columns.values, columns.serial)
    rows = _rows(rest, columns)
    if header is None or rows is None:
        sure = _agreed(rest, columns) and len(rest) >= 3
        return lay_whole([line.words for line in lines]) if sure else None
    twin = is_twin([word.text for _, word in header.lines[-1]], columns.values)
    return lay_out(header, rows, len(columns.values), twin)


def _agreed(rest: Sequence[RowWords], columns: Columns) -> bool:
    """Whether nearly all lines have the columns found, so that another reading of the table is not to be had."""
    whole = sum(one_each(line, columns) is not None for line in rest)
    grouped = any(not line.has_values for line in rest[:-1])
    return len(columns.values) >= 3 and whole >= 0.8 * len(rest) and not grouped


def _columns(rest: Sequence[RowWords], head: Sequence[RowWords]) -> Columns | None:
    """The columns that most of the lines with figures agree on."""
    told = [line for line in rest if line.is_body]
    counts = Counter(len(line.words) for line in told)
    width = max(counts, key=lambda n: (counts[n], n))
    headed = {len(line.words) for line in head} & counts.keys()
    # The width that the heading has, where a cell that goes on over rows makes the other lines shorter.
    tails = Counter(sum(word.value for word in line.words) for line in told)
    alike = max(tails.values()) >= 0.9 * len(told)
    wider = {n for n in headed if n >= 2 and (counts[n] >= 0.5 * counts[width] or (alike and n > width))}
    width = max(wider, default=width)
    full = [line for line in told if len(line.words) == width]
    if width < 2 or (len(full) < _AGREED * len(told) and not wider):
        return None
    serial = sum(line.serial is not None for line in full) > len(full) / 2
    values = tuple(
        sum(line.words[c].value for line in full) > sum(not line.words[c].value for line in full) for c in range(width)
    )
    if serial:
        values = (False, *values[1:])
    if True not in values or (values[0] and not serial):
        return None
    unit = next((c for line in head for c, word in enumerate(line.words) if word.is_unit_heading), None)
    if unit is not None and not all(len(line.words) == width for line in head[:1]):
        unit = None
    texts = tuple(frozenset(line.words[c].text for line in full) for c in range(width))
    return Columns(values, serial, unit, texts)


def _rows(rest: Sequence[RowWords], columns: Columns) -> list[Row] | None:
    """The rows of the body; None where lines without figures cannot be told to belong to a row."""
    rows: list[Row] = []
    pending: list[RowWords] = []
    fragments = [i for i, line in enumerate(rest) if not line.has_values]
    if fragments and not columns.serial and not _only_ends(fragments, len(rest)):
        return None
    i = 0
    while i < len(rest):
        line = rest[i]
        i += 1
        if not line.has_values:
            pending.append(line)
            continue
        after: list[RowWords] = []
        while i < len(rest) and not rest[i].has_values and rest[i].serial is None and not rest[i].of_which:
            after.append(rest[i])
            i += 1
        row, pending, after = _row(line, pending, after, rest[i] if i < len(rest) else None, columns, rows)
        i -= len(after)
        rows.extend(Row({}, p.words) for p in pending)
        pending = []
        rows.append(row)
    rows.extend(Row({}, p.words) for p in pending)
    return rows


def _only_ends(fragments: Sequence[int], count: int) -> bool:
    """Whether the lines without figures are the last ones: words below the table."""
    return list(fragments) == list(range(count - len(fragments), count)) and len(fragments) <= 2


def _row(
    line: RowWords,
    pending: list[RowWords],
    after: list[RowWords],
    following: RowWords | None,
    columns: Columns,
    rows: Sequence[Row],
) -> tuple[Row, list[RowWords], list[RowWords]]:
    """The row of a line with figures; what of the lines without figures before and behind it is not its own."""
    cells = one_each(line, columns)
    closed = _opens(following, columns)
    begun = bool(pending) and (pending[0].serial is not None or pending[0].of_which) and line.serial is None
    if cells is None and pending and _headless(line, columns):
        cells = headless_cells(line, columns)
        if closed:
            return _headed(pending, cells, after, columns), [], []
        if not after or (following is not None and _headless(following, columns) and len(after) == 2 * len(pending)):
            mine = after[: len(pending)]
            return _headed(pending, cells, mine, columns), [], after[len(mine) :]
        return Row({}, (*_all(pending), *line.words)), [], after
    if cells is None and not pending and rows and line.serial is None and columns.unit is not None:
        told = headless_cells(line, columns) if _headless(line, columns) else {}
        if columns.unit in told and not after:
            return Row(told), [], []  # the label above is told in another unit too
    if cells is None:
        return _loose(line, columns, rows), pending, after
    if len(after) == 1 and not begun and not pending and following is not None and _headless(following, columns):
        # The one line between a whole row and one without label begins that label.
        return _extended(cells, [], columns), [], after
    if (pending and rows and not begun) or (after and not closed):
        # Words above or below belong to this label or to the next one: which cannot be told.
        return Row({}, (*_all(pending), *line.words)), [], after
    if begun:
        return _headed(pending, cells, after, columns), [], []
    return _extended(cells, after, columns), pending, []


def _opens(line: RowWords | None, columns: Columns) -> bool:
    """Whether a line begins a row for sure, or ends the table."""
    return line is None or ((line.serial is not None or line.of_which) and not _headless(line, columns))


def _all(lines: Sequence[RowWords]) -> tuple[Word, ...]:
    return tuple(word for line in lines for word in line.words)


def _headless(line: RowWords, columns: Columns) -> bool:
    """Whether a line has all that a row needs but its label, which stands above and below it."""
    words = line.words[1:] if line.serial is not None else line.words
    units = [word for word in words if not word.value]
    needed = sum(columns.values)
    return sum(word.value for word in words) == needed and (
        not units or (columns.unit is not None and len(units) == 1 and unit_like(units[0].text))
    )


def headless_cells(line: RowWords, columns: Columns) -> dict[int, Word]:
    """The figures, the unit and the serial number of a line without label."""
    words = list(line.words)
    cells = {0: words.pop(0)} if line.serial is not None else {}
    figures = [c for c, value in enumerate(columns.values) if value]
    cells.update(zip(figures, [word for word in words if word.value], strict=True))
    for word in words:
        if not word.value and columns.unit is not None:
            cells[columns.unit] = word
    return cells


def _headed(pending: list[RowWords], cells: dict[int, Word], after: Sequence[RowWords], columns: Columns) -> Row:
    """A row whose label begins in the lines above its figures."""
    first = pending[0]
    out = dict(cells)
    words = list(_all(pending))
    serial = first.serial is not None
    if serial:
        out[0] = words.pop(0)
    label = int(columns.serial)
    words += [out[label]] if label in out else []
    words += _all(after)
    if words:
        out[label] = join_words(words, glue="")
    return Row(out, serial=serial or 0 in cells)


def _extended(cells: dict[int, Word], after: Sequence[RowWords], columns: Columns) -> Row:
    """A row whose label goes on in the lines below its figures."""
    label = int(columns.serial)
    if after and label in cells:
        cells = cells | {label: join_words([cells[label], *_all(after)], glue="")}
    return Row(cells, serial=columns.serial and 0 in cells)


def _loose(line: RowWords, columns: Columns, rows: Sequence[Row]) -> Row:
    """A line with fewer words than columns: a total over several columns, or a label that stands for more rows."""
    words = list(line.words[1:] if line.serial is not None else line.words)
    labels = [word for word in words if not word.value]
    figures = [c for c, value in enumerate(columns.values) if value]
    values = [word for word in words if word.value]
    tail = words[len(labels) :] == values and values != [] and len(values) == len(figures)
    solid = figures == list(range(figures[0], figures[-1] + 1))
    last = figures[-1] + 1 == len(columns.values)
    first = int(columns.serial)
    if tail and solid and len(labels) == 1 and is_total(labels[0].text):
        spread = replace(labels[0], span=figures[0] - first)
        return Row({first: spread} | dict(zip(figures, values, strict=True)))
    short = columns.labels - len(labels)
    merged = tail and solid and last and labels and columns.unit is None and _above(rows, first)
    if merged and 0 < short < columns.labels:
        shifted = {first + short + n: word for n, word in enumerate(labels)}
        return Row(shifted | dict(zip(figures, values, strict=True)))
    pairs = words[0::2], words[1::2]
    halves = columns.values == (False, True, False, True) and len(words) == 2
    if halves and not pairs[0][0].value and pairs[1][0].value:
        return Row(dict(enumerate(words)))
    return Row({}, line.words)


def _above(rows: Sequence[Row], column: int) -> bool:
    """Whether a row above fills the column, so that its cell may go on."""
    return any(column in row.cells and row.cells[column].span == 1 for row in rows)
