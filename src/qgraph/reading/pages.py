"""Where pages start, and which number each has."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from qgraph.reading.lines import Line, PageMark, Source


def mark_pages(
    lines: Sequence[Line], numbers: dict[int, int], titles: Set[int], source: Source, body: int
) -> list[PageMark]:
    """Page marks in order; pages without a printed number are counted on from the nearest printed one.

    `numbers` are the printed page numbers by line index; `body` is the offset at which the text after the
    table of contents begins.
    """
    if source.pages:
        return _from_file(lines, numbers, source)
    breaks = _blank_before(lines, numbers, titles)
    if breaks:
        return _from_breaks(lines, numbers, breaks)
    return _from_footers(lines, numbers, body)


def _from_file(lines: Sequence[Line], numbers: dict[int, int], source: Source) -> list[PageMark]:
    """The file marks its pages: a printed number belongs to the page that it stands on."""
    starts = list(source.pages)
    bounds = [*starts[1:], len(source.text) + 1]
    printed: dict[int, int] = {}
    for k, (start, stop) in enumerate(zip(starts, bounds, strict=True)):
        inside = [numbers[i] for i in sorted(numbers) if start <= lines[i].origin < stop]
        if inside:
            printed[k] = inside[0]
    return _count(starts, printed)


def _blank_before(lines: Sequence[Line], numbers: dict[int, int], titles: Set[int]) -> list[int]:
    """Indices of the lines that start pages where a converter leaves one blank before them.

    Believed only if the count of such lines agrees with the printed numbers between which they stand.
    """
    printed = sorted(numbers)
    single = [
        i for i, line in enumerate(lines) if line.indent == 1 and line.gap == 0 and i not in numbers and i not in titles
    ]
    if len(printed) < 2 or not single:
        return []
    agree = sum(1 + sum(a < i < b for i in single) == numbers[b] - numbers[a] for a, b in pairwise(printed))
    if agree < 0.7 * (len(printed) - 1):
        return []
    # A printed number stands between two pages: the page that it breaks off is marked at its own line.
    return sorted({*single, *printed})


def _from_breaks(lines: Sequence[Line], numbers: dict[int, int], starts: Sequence[int]) -> list[PageMark]:
    """Pages start at these lines; printed numbers stand between two pages and name either.

    The reading is taken under which the first page is page 1 or later: the first line of a report is hardly
    on page 0.
    """
    first = min(numbers)
    names_next = numbers[first] - sum(s < first for s in starts) >= 1
    printed = {k if names_next else k - 1: numbers[i] for k, i in enumerate(starts) if i in numbers}
    return _count([lines[i].origin for i in starts], printed)


def _from_footers(lines: Sequence[Line], numbers: dict[int, int], body: int) -> list[PageMark]:
    """Only the printed numbers are known, and are taken to close their pages."""
    marks: list[PageMark] = []
    start = max(body, lines[0].origin if lines else 0)
    for i in sorted(numbers):
        if numbers[i] >= 1 and lines[i].origin > start:
            marks.append(PageMark(start, numbers[i], True))
        start = lines[i].origin + len(lines[i].text)
    if marks and start < lines[-1].origin:
        marks.append(PageMark(start, marks[-1].page + 1, False))
    return marks


def _count(starts: Sequence[int], printed: dict[int, int]) -> list[PageMark]:
    """Numbers for all pages: the printed ones, the rest counted from the nearest printed one."""
    marks = []
    for k, start in enumerate(starts):
        if printed:
            near = min(printed, key=lambda j: (abs(j - k), j))
            number = printed[near] + k - near
        else:
            number = k + 1
        if number >= 1:
            marks.append(PageMark(start, number, k in printed))
    return marks
