"""Page furniture: running titles, page numbers and the table of contents are taken out, pages counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Line, PageMark, Source
from qgraph.text import fold


def strip_furniture(source: Source) -> tuple[tuple[Line, ...], tuple[PageMark, ...]]:
    """The lines that are the report's own, and where its pages start, if the file shows it."""
    patterns = read_patterns("layout")["furniture"]
    lines = list(_drop_contents(source.lines, patterns))
    titles = _running_titles(lines, patterns)
    numbers = _page_numbers(lines, titles, source, patterns)
    starts, before = _page_starts(lines, titles, numbers, source)
    marks = _number_pages(lines, starts, numbers, before)
    kept: list[Line] = []
    gap = 0
    for i, line in enumerate(lines):
        if i in titles or i in numbers:
            gap += line.gap
            continue
        # Blank lines around furniture belong to the page, not to the paragraph that runs over it.
        crosses = bool(kept) and any(j in titles or j in numbers for j in range(i - 1, max(-1, i - 4), -1))
        kept.append(replace(line, gap=min(line.gap, 1)) if crosses and gap else line)
        gap = 0
    return tuple(kept), tuple(marks)


def _drop_contents(lines: tuple[Line, ...], patterns: dict[str, str]) -> list[Line]:
    """Lines without the table of contents: its title and the run of lines that end in a page number."""
    title, entry = re.compile(patterns["contents_title"], re.I), re.compile(patterns["contents_line"])
    leader = re.compile(patterns["contents_leader"])
    out: list[Line] = []
    inside = False
    for i, line in enumerate(lines):
        if title.match(line.text) and any(entry.match(n.text) for n in lines[i + 1 : i + 4]):
            inside = True
            continue
        if leader.search(line.text):
            inside = True
            continue
        if inside:
            following = [n.text for n in lines[i + 1 : i + 3]]
            if entry.match(line.text) or any(leader.search(text) for text in following):
                continue
            inside = False
        out.append(line)
    return out


def _running_titles(lines: list[Line], patterns: dict[str, str]) -> set[int]:
    """Indices of lines that repeat and name the report: printed at the head or foot of pages.

    The first occurrence of the report's own title on the cover is kept: it stands before any page number.
    """
    name = re.compile(patterns["running_title"])
    page = re.compile(patterns["page"])
    short = [
        i for i, line in enumerate(lines)
        if len(line.text) <= patterns_int(patterns, "running_title_longest") and name.search(line.text)
    ]
    counts = Counter(fold(lines[i].text) for i in short)
    found = set()
    for i in short:
        beside = [lines[j].text for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        key = fold(lines[i].text)
        if counts[key] >= 3 or (counts[key] >= 2 and any(page.match(text) for text in beside)):
            found.add(i)
    first = {fold(lines[i].text): i for i in reversed(sorted(found))}
    cover = {i for i in first.values() if i < 8 and not any(
        page.match(lines[j].text) for j in (i - 1, i + 1) if 0 <= j < len(lines))}
    return found - cover


def patterns_int(patterns: dict[str, str], key: str) -> int:
    """A whole number out of the pattern file."""
    return int(patterns[key])


def _page_numbers(
    lines: list[Line], titles: set[int], source: Source, patterns: dict[str, str]
) -> dict[int, int]:
    """Page number by line index. A lone number counts as one if it stands in a frame ("- 12 -") or beside
    a running title, or if it fits an ascending series of such lines that break into paragraphs."""
    page, framed = re.compile(patterns["page"]), re.compile(patterns["framed"])
    candidates = {}
    for i, line in enumerate(lines):
        match = page.match(line.text)
        if match and not line.grid:
            candidates[i] = int(match["page"])
    sure = {
        i for i in candidates
        if framed.search(lines[i].text) or {i - 1, i + 1} & titles or _at_page_edge(i, lines, source)
    }
    if not sure and len(candidates) < 3:
        sure = set()
    loose = [i for i in candidates if i not in sure and _breaks_prose(i, lines, candidates)]
    numbers: dict[int, int] = {}
    last = -1
    for i in sorted(sure | set(loose)):
        if (candidates[i] > last and (i in sure or candidates[i] <= last + 60 or last < 0)) or i in sure:
            numbers[i] = candidates[i]
            last = candidates[i]
    if not sure and len(numbers) < 2:
        return {}
    return numbers


def _at_page_edge(i: int, lines: list[Line], source: Source) -> bool:
    """Whether the line is the first or last of a page that the file itself marks."""
    if not source.pages:
        return False
    edges = [lines[i - 1].origin if i else -1, lines[i].origin, lines[i + 1].origin if i + 1 < len(lines) else None]
    before, here, after = edges[0], edges[1], edges[2]
    return any((before or -1) < p <= (here or 0) or (after is None or (here or 0) < p <= after) for p in source.pages)


def _breaks_prose(i: int, lines: list[Line], candidates: dict[int, int]) -> bool:
    """Whether a lone number stands amid a running sentence, or alone between prose lines."""
    if i == 0 or i + 1 >= len(lines) or i - 1 in candidates or i + 1 in candidates:
        return False
    before, after = lines[i - 1].text, lines[i + 1].text
    return len(before) >= 12 and len(after) >= 12 and not re.search(r"\d$", before)


def _page_starts(
    lines: list[Line], titles: set[int], numbers: dict[int, int], source: Source
) -> tuple[list[int], bool]:
    """Line indices at which pages start, and whether printed numbers stand at the start of their page.

    Without page marks in the file, some converters leave one blank before the first line of a page; this
    is believed if it agrees with the printed numbers.
    """
    indices = sorted(numbers)
    if source.pages:
        starts = []
        for p in source.pages:
            i = next((i for i, line in enumerate(lines) if line.origin >= p), None)
            if i is not None and i not in starts:
                starts.append(i)
        return starts, bool(indices) and _numbers_lead(starts, indices, titles, len(lines))
    furniture = titles | set(numbers)
    breaks = [i for i in indices]
    single = [i for i, line in enumerate(lines) if line.indent == 1 and line.gap == 0 and i not in furniture]
    if len(indices) >= 2 and single:
        agree = sum(
            1 + sum(a < s < b for s in single) == numbers[b] - numbers[a]
            for a, b in zip(indices, indices[1:], strict=False)
        )
        if agree >= 0.7 * (len(indices) - 1):
            starts = sorted({*single, *breaks})
            first = numbers[indices[0]] - sum(s < indices[0] for s in starts)
            # The report's first page is page 1 (or later): a number that would make it 0 closes its page.
            return starts, first >= 1
    return breaks, False


def _numbers_lead(starts: list[int], indices: list[int], titles: set[int], total: int) -> bool:
    """Whether page numbers stand in the first lines of their pages rather than in the last."""
    first = last = 0
    ends = [*starts[1:], total]
    for a, b in zip(starts, ends, strict=True):
        for i in indices:
            if a <= i < b:
                first += i - a <= 2
                last += b - 1 - i <= 2
    return first > last


def _number_pages(
    lines: list[Line], starts: list[int], numbers: dict[int, int], leading: bool
) -> list[PageMark]:
    """Page marks in order; pages without a printed number are counted on from the nearest printed one."""
    if not numbers:
        return [PageMark(lines[i].origin, n, False) for n, i in enumerate(starts, 1)]
    if starts == sorted(numbers) and not leading:
        return _footer_marks(lines, numbers)
    bounds = [*starts[1:], len(lines)]
    printed: dict[int, int] = {}
    for k, (a, b) in enumerate(zip(starts, bounds, strict=True)):
        inside = [i for i in numbers if a <= i < b]
        if inside:
            at = k if leading or inside[0] - a > 2 else k - 1
            printed[at if at >= 0 else k] = numbers[inside[0]]
    marks = []
    for k, a in enumerate(starts):
        near = min(printed, key=lambda j: (abs(j - k), j))
        number = printed[near] + k - near
        if number >= 1:
            marks.append(PageMark(lines[a].origin, number, k in printed))
    return marks


def _footer_marks(lines: list[Line], numbers: dict[int, int]) -> list[PageMark]:
    """Marks where each printed number closes its page: the page starts after the number before it."""
    marks = []
    start = lines[0].origin if lines else 0
    for i in sorted(numbers):
        if numbers[i] >= 1:
            marks.append(PageMark(start, numbers[i], True))
        start = lines[i].origin + len(lines[i].text)
    if marks:
        marks.append(PageMark(start, marks[-1].page + 1, False))
    return marks
