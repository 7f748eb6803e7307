"""Page furniture: running titles and page numbers are taken out, wherever they cut a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.contents import drop_contents
from qgraph.reading.counting import count_pages
from qgraph.reading.lines import Line, PageMark, Source
from qgraph.reading.pages import mark_pages
from qgraph.text import fold

_COVER = 12


@dataclass(frozen=True)
class Furniture:
    """Indices of the lines that belong to the page: running titles, and page numbers with their value."""

    titles: frozenset[int]
    numbers: dict[int, int]

    def __contains__(self, index: int) -> bool:
        return index in self.titles or index in self.numbers


def strip_furniture(source: Source) -> tuple[tuple[Line, ...], tuple[PageMark, ...]]:
    """The lines that are the report's own, and where its pages start, if the file shows it."""
    lines, body = drop_contents(source.lines)
    furniture = find_furniture(lines, source)
    marks = mark_pages(lines, furniture.numbers, furniture.titles, source, body)
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if i in furniture:
            continue
        if i - 1 in furniture:
            # Blank lines around furniture belong to the page, not to the paragraph that runs over it.
            line = replace(line, gap=0)
        kept.append(line)
    return tuple(kept), tuple(marks)


def find_furniture(lines: Sequence[Line], source: Source) -> Furniture:
    """Running titles and page numbers of the report."""
    patterns = read_patterns("layout")["furniture"]
    page = re.compile(patterns["page"])
    lone = {i: int(match["page"]) for i, line in enumerate(lines) if not line.grid and (match := page.match(line.text))}
    edges = _page_edges(lines, source)
    groups, printed = _repeated(lines, lone, patterns)
    name = re.compile(patterns["running_title"])
    titles: set[int] = set()
    for indices in groups:
        beside = sum(i in edges or i - 1 in lone or i + 1 in lone for i in indices)
        if name.search(lines[indices[0]].text) and (len(indices) >= 3 or beside >= 2):
            titles.update(indices)
    titles = _without_cover(titles, lines, printed)
    numbers = {i: printed[i] for indices in groups for i in _numbered(indices, titles, printed)}
    numbers = _page_numbers(lines, lone, titles - set(numbers), edges, patterns) | numbers
    for indices in groups:
        # What else stands on most pages beside their numbers or titles, such as the name of the college.
        beside = sum(i in edges or any(n in numbers or n in titles for n in (i - 1, i + 1)) for i in indices)
        if len(indices) >= 3 and beside >= 0.6 * len(indices):
            titles.update(indices)
            numbers.update({i: printed[i] for i in _numbered(indices, titles, printed)})
    titles = _without_cover(titles - set(numbers), lines, printed)
    return Furniture(frozenset(titles), numbers)


def _page_edges(lines: Sequence[Line], source: Source) -> set[int]:
    """Indices of the first two and last two lines of every page that the file itself marks."""
    edges: set[int] = set()
    bounds = [*source.pages[1:], len(source.text) + 1] if source.pages else []
    for start, stop in zip(source.pages, bounds, strict=True):
        inside = [i for i, line in enumerate(lines) if start <= line.origin < stop]
        edges.update(inside[:2], inside[-2:])
    return edges


def _repeated(
    lines: Sequence[Line], lone: dict[int, int], patterns: dict[str, str]
) -> tuple[list[list[int]], dict[int, int]]:
    """Indices of short lines that repeat, but for a page number on the same line; and those numbers."""
    number = re.compile(patterns["beside_title"])
    longest = int(patterns["running_title_longest"])
    groups: dict[str, list[int]] = defaultdict(list)
    printed: dict[int, int] = {}
    for i, line in enumerate(lines):
        if i in lone or line.grid or len(line.text) > longest or not _may_repeat(line.text):
            continue
        match = number.match(line.text)
        words = line.text
        if match:
            words = match["before"] or match["after"] or ""
            printed[i] = int(match["first"] or match["last"])
        groups[fold(words)].append(i)
    return [indices for key, indices in groups.items() if key and len(indices) >= 2], printed


def _numbered(indices: Sequence[int], titles: set[int], printed: dict[int, int]) -> list[int]:
    """Those of the running titles that have a page number beside them, if the numbers ascend."""
    counted = [i for i in indices if i in titles and i in printed]
    values = [printed[i] for i in counted]
    return counted if len(counted) >= 3 and values == sorted(set(values)) else []


def _without_cover(titles: set[int], lines: Sequence[Line], printed: dict[int, int]) -> set[int]:
    """The running titles without the first of each, where the cover does not say as much down to its title."""
    name = re.compile(read_patterns("layout")["furniture"]["running_title"])
    last = next((i for i, line in enumerate(lines[:_COVER]) if name.search(line.text)), _COVER)
    said = "".join(fold(line.text) for i, line in enumerate(lines[: last + 1]) if i not in titles)
    own: set[int] = set()
    for i in sorted(i for i in titles if i < _COVER and i not in printed):
        if fold(lines[i].text) not in said:
            said += fold(lines[i].text)
            own.add(i)
    return titles - own


def _may_repeat(text: str) -> bool:
    """Whether a line is not plainly something else that repeats: a source line or the heading of a table."""
    patterns = read_patterns("layout")
    other = (patterns["caption"]["source"], patterns["furniture"]["table_heading"])
    return not any(re.match(pattern, text) for pattern in other)


def _page_numbers(
    lines: Sequence[Line], lone: dict[int, int], titles: set[int], edges: set[int], patterns: dict[str, str]
) -> dict[int, int]:
    """Page number by line index. A lone number is one if it stands in a frame ("- 12 -"), beside a running
    title or at the edge of a page; if it cuts prose and fits the ascending series of the others; or if it
    counts the pages on, whatever it stands between."""
    framed = re.compile(patterns["framed"])
    marked = {i for i in lone if framed.search(lines[i].text)}
    # A title that has its number on one side has a cell of a table on the other.
    bare = {i for i in titles if not {i - 1, i + 1} & marked}
    sure = marked | {i for i in lone if {i - 1, i + 1} & bare or i in edges}
    loose = {i for i in lone if i not in sure and _cuts_prose(i, lines, lone)}
    counted = count_pages(lines, lone, sure)
    if len(sure) + len(loose) < 2 and not any(i in edges or {i - 1, i + 1} & titles for i in sure):
        return counted
    series = _ascending(sorted(sure | loose | set(counted)), lone)
    return {i: lone[i] for i in sorted(sure | loose) if i in sure or i in series} | counted


def _ascending(indices: list[int], values: dict[int, int]) -> set[int]:
    """The longest series of these whose values ascend."""
    best: dict[int, list[int]] = {}
    longest: list[int] = []
    for i in indices:
        before: list[int] = []
        for j, series in best.items():
            if values[j] < values[i] and len(series) > len(before):
                before = series
        best[i] = [*before, i]
        longest = max(longest, best[i], key=len)
    return set(longest)


def _cuts_prose(i: int, lines: Sequence[Line], lone: dict[int, int]) -> bool:
    """Whether a lone number stands between two lines of prose."""
    if i == 0 or i + 1 >= len(lines) or i - 1 in lone or i + 1 in lone:
        return False
    before, after = lines[i - 1].text, lines[i + 1].text
    return len(before) >= 12 and len(after) >= 12 and not re.search(r"\d$", before)
