"""Which lines are rows of a numbered table: they begin like headings ("1 毕业生人数 人 4108 4287") and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.grammar import opening_kind
from qgraph.reading.lines import Line

ROW = "row"
_APART = 3  # lines without figures after which a table has ended


def mark_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those of kind "row" that stand below a heading of a table that counts its rows (序号 指标 …)."""
    counting = re.compile(read_patterns("layout")["table"]["counting_heading"])
    marked = list(lines)
    i = 0
    while i < len(lines):
        first = lines[i].text.split()[:1]
        i += 1
        if not first or not counting.match(first[0]) or lines[i - 1].grid:
            continue
        end = _end(lines, i)
        for n in range(i - 1, end):
            marked[n] = replace(lines[n], kind=ROW)
        i = end
    return tuple(marked)


def _end(lines: Sequence[Line], start: int) -> int:
    """The index after the last line with figures of the table whose rows begin at `start`."""
    prose = re.compile(read_patterns("layout")["table"]["prose"])
    end = start
    for n in range(start, len(lines)):
        line = lines[n]
        stops = opening_kind(line) in ("table", "figure", "source", "case") or prose.search(line.text)
        if line.grid or stops or n - end >= _APART:
            break
        if _has_figures(line.text):
            end = n + 1
    return end


def _has_figures(text: str) -> bool:
    """Whether figures stand after words in a line."""
    value = re.compile(read_patterns("layout")["table"]["value"])
    words = text.split()
    at = next((n for n, word in enumerate(words) if not value.match(word)), len(words))
    return any(value.match(word) for word in words[at:])
