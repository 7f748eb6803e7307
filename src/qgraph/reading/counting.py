"""Page numbers told by their counting: one more on every page, at about the same distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from qgraph.reading.lines import Line

# Lines that a page has at least; the serial numbers of a table's rows stand closer.
_SHORTEST = 12
# How far a page may be shorter or longer than the others: pictures leave few lines of text.
_SPREAD = 4.0
# Numbers that count up without any being framed are page numbers from so many on.
_SERIES = 4


def count_pages(lines: Sequence[Line], lone: Mapping[int, int], sure: Iterable[int]) -> dict[int, int]:
    """Page number by line index, of lone numbers that count the pages between and beside the `sure` ones.

    Odd and even pages may print their numbers in different ways, and a number may stand in the middle of a
    sentence or of a table. Without sure ones, numbers count that form a series of their own.
    """
    known = _rising(sorted(sure), lone)
    if len(known) < 2:
        return _own_series(lone) if not known else {}
    length = median(max(1.0, (b - a) / (lone[b] - lone[a])) for a, b in pairwise(known))
    found: dict[int, int] = {}
    for a, b in pairwise(known):
        for number in range(lone[a] + 1, lone[b]):
            share = (number - lone[a]) / (lone[b] - lone[a])
            at = a + share * (b - a)
            _choose(found, lines, lone, number, range(a + 1, b), at, (b - a) / (lone[b] - lone[a]))
    for start, step in ((known[-1], 1), (known[0], -1)):
        at, number = start, lone[start] + step
        while number >= 1:
            far = int(at + step * length * 2)
            between = range(at + 1, min(far, len(lines))) if step > 0 else range(max(0, far), at)
            if not _choose(found, lines, lone, number, between, at + step * length, length):
                break
            at = next(i for i, n in found.items() if n == number)
            number += step
    return found


def _choose(
    found: dict[int, int],
    lines: Sequence[Line],
    lone: Mapping[int, int],
    number: int,
    between: range,
    at: float,
    length: float,
) -> bool:
    """Adds the lone number that counts page `number`, expected at line `at`; whether there is one.

    A cell of a table may hold the same number: the one set in or set apart as other page numbers are is taken
    before one that is not, then the one nearest to the place where the page should end.
    """
    fitting = [
        i for i in between
        if lone.get(i) == number and abs(i - at) <= max(_SHORTEST, 0.6 * length) and not _among_cells(i, lines, lone)
    ]
    if not fitting:
        return False
    best = min(fitting, key=lambda i: (not lines[i].indent, abs(i - at), i))
    found[best] = number
    return True


def _among_cells(i: int, lines: Sequence[Line], lone: Mapping[int, int]) -> bool:
    """Whether a lone number stands among others, as the cells of a table do that have a line each."""
    return not lines[i].indent and (i - 1 in lone or i + 1 in lone)


def _rising(indices: Sequence[int], lone: Mapping[int, int]) -> list[int]:
    """Those whose numbers rise with the lines, at the distances of pages."""
    out: list[int] = []
    for i in indices:
        if not out or (lone[i] > lone[out[-1]] and i - out[-1] >= lone[i] - lone[out[-1]]):
            out.append(i)
    return out


def _own_series(lone: Mapping[int, int]) -> dict[int, int]:
    """The longest series of lone numbers that count up by one at the distances of pages."""
    best: dict[int, list[int]] = {}
    for i, number in sorted(lone.items()):
        before = [s for j, s in best.items() if lone[j] == number - 1 and i - j >= _SHORTEST]
        best[i] = [*max(before, key=lambda s: (len(s), s[-1]), default=[]), i]
    longest = max(best.values(), key=len, default=[])
    if len(longest) < _SERIES:
        return {}
    steps = [b - a for a, b in pairwise(longest)]
    even = max(steps) <= _SPREAD * median(steps) and min(steps) * _SPREAD >= median(steps)
    return {i: lone[i] for i in longest} if even else {}
