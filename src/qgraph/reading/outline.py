"""Where headings stand to each other: levels of unnumbered ones, and the path that cites each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block


def name_paths(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Blocks whose headings all have level and path, and warnings for the reader of the report.

    Unnumbered headings of the outer kind (前言) stand on level 1; the others below the heading they follow.
    Their path is their titles joined by "·", after the path of the numbered heading above, if any.
    """
    inner = read_patterns("layout")["unnumbered"]["inner"]
    out: list[Block] = []
    open_: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            out.append(block)
            continue
        level = block.level
        if not block.path and re.match(inner, block.text):
            level = _below(open_)
        while open_ and open_[-1].level >= level:
            open_.pop()
        level = min(level, len(open_) + 1)
        path = block.path
        if not path:
            name = block.number or block.title
            above = open_[-1].path if open_ else ""
            path = f"{above}·{name}" if above else name
        block = replace(block, level=level, path=path)
        open_.append(block)
        out.append(block)
    warnings = [] if open_ else ["没有识别出章节标题，全文按一个章节读取。"]
    return out, warnings


def _below(open_: list[Block]) -> int:
    """Level of an inner heading: beside its unnumbered sisters, below anything else."""
    inner = read_patterns("layout")["unnumbered"]["inner"]
    for block in reversed(open_):
        if not re.match(inner, block.text):
            return block.level + 1
    return 1
