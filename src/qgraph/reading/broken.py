"""Cells of a flattened table whose words go on in the next line: a heading 一等奖|（金）, 序|号, a long row label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block, columns
from qgraph.reading.words import is_value

# The space between a year and its word parts no cells.
_YEAR = re.compile(r"(?<=\d) +(?=[年届级月日])")
_BRACKETED = re.compile(r"[（(][^（()）]{1,8}[）)]")
# Row labels at least so wide, of which so many are of one width, were broken at the edge of their column.
_WIDE, _EDGE, _OFTEN = 16, 2, 2
_HEAD = 4


def mend(blocks: Sequence[Block]) -> list[Block]:
    """The lines of a table with the cells put together that lines break."""
    out: list[Block] = []
    head, width, edge = True, 0, _edge(blocks)
    for block in blocks:
        words = _words(block)
        before = _words(out[-1]) if out else []
        head = head and not any(is_value(word) for word in words[1:])
        if before and words and _goes_on(before, words, head, edge, width):
            out[-1] = _joined(out[-1], block)
        else:
            out.append(block)
        if head:
            width = sum(len(_words(line)) for line in out)
    return out


def _words(block: Block) -> list[str]:
    return _YEAR.sub("", block.text).split()


def _goes_on(before: list[str], words: list[str], head: bool, edge: int, width: int) -> bool:
    """Whether the first cell of a line is the rest of the last cell of the line before. `head` says that no row came
    yet, `width` how many cells the heading has."""
    rules = read_patterns("layout")["table"]
    if head and re.fullmatch(rules["cut_heading"], before[-1] + words[0]):
        return len(before) == 1
    if head and _BRACKETED.fullmatch(words[0]) and len(words) > 1 and not is_value(before[-1]):
        return len(before) > 1 and not all(_BRACKETED.fullmatch(word) for word in words)
    if re.fullmatch(rules["serial"], before[0]):
        # A row with its number lacks cells of the heading, and the words of this line make them up.
        short = len(before) < width and len(before) + len(words) - 1 == width
        return short and not any(map(is_value, (before[-1], *words)))
    label = len(before) == 1 and len(words) > 1 and all(map(is_value, words[1:]))
    return label and 0 < edge <= columns(before[0]) and not is_value(words[0])


def _edge(blocks: Sequence[Block]) -> int:
    """The width from which on a label alone on its line was broken at the edge of its column; 0 if none was."""
    unit = read_patterns("layout")["table"]["unit_heading"]
    if any(re.search(unit, word) for block in blocks[:_HEAD] for word in _words(block)):
        return 0  # the lines below a label may tell its figures in several units
    alone = [columns(b.text) for b in blocks if len(_words(b)) == 1 and not is_value(b.text)]
    edge = max(alone, default=0) - _EDGE
    often = sum(width >= edge for width in alone) >= _OFTEN
    return edge if often and edge + _EDGE >= _WIDE else 0


def _joined(first: Block, second: Block) -> Block:
    return replace(
        first,
        text=first.text + second.text,
        stretches=(*first.stretches, *second.stretches),
        lines=(*first.lines, *second.lines),
    )
