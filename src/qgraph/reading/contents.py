"""The table of contents is taken out: it repeats the headings and holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Line
from qgraph.text import fold


def drop_contents(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Lines without the table of contents, and the offset of the first line after it (0 without one).

    Its lines end in a leader or a page number, or stand again further down as the headings they announce.
    """
    patterns = read_patterns("layout")["furniture"]
    title = re.compile(patterns["contents_title"], re.I)
    entry, leader = re.compile(patterns["contents_line"]), re.compile(patterns["contents_leader"])
    last_seen = {fold(line.text): i for i, line in enumerate(lines)}
    out: list[Line] = []
    after = 0
    inside = titled = False
    for i, line in enumerate(lines):
        if title.match(line.text):
            inside = titled = True
            continue
        if leader.search(line.text) and not line.grid:
            inside = True
            continue
        if inside:
            ahead = [n.text for n in lines[i + 1 : i + 5]]
            repeats = titled and last_seen[fold(line.text)] > i + 2
            listed = titled and entry.match(line.text) is not None
            more = titled and sum(entry.match(text) is not None for text in ahead) >= 2
            if repeats or listed or more or any(leader.search(text) for text in ahead[:2]):
                continue
            inside = titled = False
            after = line.origin
        out.append(line)
    return out, after
