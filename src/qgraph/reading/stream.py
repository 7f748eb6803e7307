"""Flattened tables of which a row may go over several lines, or every cell have a line of its own.

The lines are read as one stream of pieces. Every number of columns that heading and body may have is tried, and what
explains both at the least cost is taken: rows begin with a line, a column holds either figures or words, and words are
broken where their column ends. What hardly any other reading explains as well is sure; the rest gives no figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgraph.reading.header import Header
from qgraph.reading.laid import Laid, Row, lay_out, lay_whole
from qgraph.reading.pieces import Piece, to_pieces
from qgraph.reading.stream_body import BodyRow
from qgraph.reading.stream_heading import SURE
from qgraph.reading.stream_search import Reading, find_readings
from qgraph.reading.table_columns import is_twin
from qgraph.reading.words import Word

# Share of the rows with figures that must be aligned.
_AGREED = 0.6


def align_stream(lines: Sequence[Sequence[Word]], shut: frozenset[int]) -> Laid | None:
    """The table of the lines; None where no reading explains them. Behind the lines `shut` the file says that a cell
    ends."""
    pieces = [to_pieces(lines[n], shut=n in shut) for n in _once(lines)]
    readings = find_readings(pieces)
    if not readings:
        return None
    best = readings[0]
    doubtful = best.body.doubtful(best.start)
    told = [_told(best, row) for row in best.rows]
    for other in readings[1:]:
        if other.cost < best.cost + SURE:
            rival = {place: words for row in other.rows for place, words in _told(other, row).items()}
            doubtful |= {n for n, row in enumerate(told) if any(rival.get(at, row[at]) != row[at] for at in row)}
    laid = _laid(pieces, best, doubtful)
    count = sum(row.laying is not None for row in best.rows)
    return laid if count and laid.unsure <= (1 - _AGREED) * (count + laid.unsure) else lay_whole(lines)


def _once(lines: Sequence[Sequence[Word]]) -> list[int]:
    """Indices of the lines without the heading where a table that goes on over a page tells it again."""
    texts = [" ".join(word.text for word in line) for line in lines]
    out: list[int] = []
    i = 0
    while i < len(lines):
        same = 0
        while i + same < len(lines) and same < i and texts[i + same] == texts[same]:
            same += 1
        if same > 1 or (same and len(lines[i]) > 1 and not any(word.value for word in lines[i])):
            i += same
            continue
        out.append(i)
        i += 1
    return out


def _told(reading: Reading, row: BodyRow) -> dict[int, tuple[str, str]]:
    """What a reading says of each figure of a row, by its place: the words of the row and the heading."""
    if row.laying is None:
        return {}
    values, words = reading.shape.values, row.laying.words(reading.shape)
    label = "|".join(word.text for column, word in sorted(words.items()) if not values[column])
    return {
        word.stretches[0].origin: (label, _heading(reading.header, column))
        for column, word in words.items()
        if values[column]
    }


def _heading(header: Header, column: int) -> str:
    return "|".join(word.text for line in header.lines for first, word in line if first <= column < first + word.span)


def _laid(lines: Sequence[Sequence[Piece]], reading: Reading, doubtful: set[int]) -> Laid:
    shape = reading.shape
    rows = []
    for n, row in enumerate(reading.rows):
        words = tuple(piece.word for line in lines[row.start : row.stop] for piece in line)
        cells = row.laying.words(shape) if row.laying is not None and n not in doubtful else {}
        if row.heads and len(words) == 1 + shape.serial:
            cells = dict(enumerate(words))
        rows.append(Row(cells, serial=shape.serial) if cells else Row({}, words))
    twin = is_twin([word.text for _, word in reading.header.lines[-1]], shape.values)
    return lay_out(reading.header, rows, len(shape.values), twin)
