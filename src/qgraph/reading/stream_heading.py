"""The heading of a flattened table whose headings may be broken over lines: one for each column, or two levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, product
from math import inf

from qgraph.reading.header import Header, group_headings, single_heading
from qgraph.reading.pieces import SCRAP, Piece, new_line, seam
from qgraph.reading.stream_columns import Learnt, Shape
from qgraph.reading.table_columns import is_twin
from qgraph.reading.words import Word, ends_heading, heads_serial, is_heading_tail, is_period, is_scrap, join_words

# The most that an odd break costs: writers break headings where they like. What it costs that a heading begins with a
# bracket or goes on behind one, that one comes again, and what a second level does: where its headings come again and
# again, and else.
_ODD, _BRACKET, _CLOSED, _AGAIN = 1.5, 1.5, 2.0, 0.5
_REPEATED, _LEVEL = 0.0, 1.5
# What it costs that the column of serial numbers or that of units is not called so, that a heading goes on behind what
# seems to be a whole one, and that it begins with what only ends one; what speaks for 序 and 号 as one heading.
_UNNAMED, _WHOLE, _TAIL, _SERIAL = 1.0, 0.5, 0.5, -0.3
# How much less a new line between two headings costs than one between the cells of a row.
_BROKEN = 0.6
# By how much a reading must be cheaper than another to be sure.
SURE = 0.5
# How many columns of figures may stand beside groups of them, and what each costs.
_MOST_ALONE, _ALONE = 2, 0.5

# Ways to part pieces into headings, and what each costs.
_Ways = list[tuple[float, list[Word]]]
Widths = tuple[int | None, ...]


class HeadingLines:
    """The headings that the first lines of a table can be."""

    def __init__(self, lines: Sequence[Sequence[Piece]]) -> None:
        self._lines = lines
        self._parted = cache(self._part)

    def headings(self, count: int, shape: Shape, learnt: Learnt) -> Iterator[tuple[float, Header]]:
        """The headings of so many lines, with what each costs."""
        values, serial = shape.values, shape.serial
        if any(p.kind == "f" and not p.period for line in self._lines[:count] for p in line):
            return
        least = inf
        for cost, words in self._parted(0, count, len(values), learnt.widths):
            names = [word.text for word in words]
            unnamed = (serial and not heads_serial(names[0])) + (
                learnt.unit is not None and not words[learnt.unit].is_unit_heading
            )
            again = 0 if is_twin(names, values) else len(names) - len(set(names))
            cost += _UNNAMED * unnamed + _AGAIN * again + SCRAP * sum(map(is_scrap, names))
            least = min(least, cost)
            yield cost, single_heading(words, serial)
        pieces = sum(map(len, self._lines[:count]))
        for cut in range(1, count) if pieces > len(values) and sum(values) > 1 else ():
            texts = [piece.text for line in self._lines[cut:count] for piece in line]
            if least > _LEVEL - SURE or len(set(texts)) < len(texts):
                yield from self._grouped(cut, count, shape)

    def _grouped(self, cut: int, count: int, shape: Shape) -> Iterator[tuple[float, Header]]:
        """Headings of two levels, of which the second begins with line `cut`."""
        figures = sum(shape.values)
        for alone in range(min(_MOST_ALONE, figures - 2) + 1):
            wide = figures - alone
            for groups in (n for n in range(1, wide + 1) if wide % n == 0):
                tall = len(shape.values) - figures + groups + alone
                ways = product(self._parted(cut, count, wide, ()), self._parted(0, cut, tall, ()))
                for (under, lower), (over, upper) in ways:
                    header = group_headings(upper, lower, shape.values, shape.serial)
                    if header is not None:
                        repeated = header.rows < 2 or len({word.text for word in lower}) < len(lower)
                        yield over + under + _ALONE * alone + (_REPEATED if repeated else _LEVEL), header

    def _part(self, start: int, stop: int, count: int, widths: Widths) -> _Ways:
        """The cheapest ways to make that many headings of lines."""
        pieces = [piece for line in self._lines[start:stop] for piece in line]
        fewest = len(pieces) - sum(piece.opens for piece in pieces[1:])
        return _split(pieces, count, widths) if fewest <= count <= len(pieces) else []


def _split(pieces: Sequence[Piece], count: int, widths: Widths) -> _Ways:
    ways: dict[int, list[tuple[float, tuple[int, ...]]]] = {0: [(0.0, ())]}
    for n in range(count):
        width = widths[n] if n < len(widths) else None
        grown: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for start, found in ways.items():
            cost = _BRACKET if pieces[start].bracketed else _TAIL if is_heading_tail(pieces[start].text) else 0.0
            text = pieces[start].text
            for stop in range(start + 1, len(pieces) - (count - n - 1) + 1):
                if stop - start > 1:
                    if not pieces[stop - 1].opens:
                        break  # what a space parts are two headings
                    cost += _seam(text, pieces[stop - 2], pieces[stop - 1], width)
                    text += pieces[stop - 1].text
                open_end = _WHOLE if pieces[stop - 1].holds else 0.0
                grown.setdefault(stop, []).extend((before + cost + open_end, (*cuts, start)) for before, cuts in found)
        ways = {stop: sorted(found)[:3] for stop, found in grown.items()}
    out = []
    rows = any(not piece.opens for piece in pieces)
    for cost, cuts in ways.get(len(pieces), ()):
        cells = [pieces[a:b] for a, b in pairwise((*cuts, len(pieces)))]
        broken = sum(new_line(a, b) for a, b in pairwise(cells) if rows and b[0].opens)
        words = [replace(join_words([piece.word for piece in cell], glue=""), value=False) for cell in cells]
        out.append((cost + _BROKEN * broken, words))
    return sorted(out, key=lambda way: way[0])


def _seam(text: str, first: Piece, second: Piece, width: int | None) -> float:
    """What it costs that a heading goes on: `text` so far, of which `first` is the last piece, with `second`."""
    if heads_serial(text + second.text):
        return _SERIAL
    if (first.closed and not second.bracketed) or (first.period and second.period):
        return _CLOSED
    whole = second.period or ((is_period(text) or ends_heading(text)) and not second.bracketed)
    return min(_ODD, seam(first, second, max(width or 0, second.end)) + (_WHOLE if whole else 0.0))
