"""Hard wraps: which lines go on in the next one, and the joining of lines into logical lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qgraph.reading.lines import Block, Line, Stretch, columns

_SENTENCE_END = re.compile(r"[。！？!?；;：:]['\"”’」』）)]*$")
_LATIN = re.compile(r"[A-Za-z0-9]$")
_OPEN, _CLOSE = "（(《〈【[“‘", "）)》〉】]”’"


def glue(before: str, after: str) -> str:
    """What stands between two joined lines: a space between Latin words, nothing beside Han."""
    if not before or not after:
        return ""
    latin = before[-1].isascii() and after[0].isascii()
    if latin and before[-1].isalpha() and after[0].isalpha():
        return " "
    return " " if latin and (before[-1] in ",.;:" and after[0].isalpha()) else ""


def open_brackets(text: str) -> int:
    """How many brackets and quotes of a text stay open."""
    depth = 0
    for c in text:
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
    return depth


def margin(lines: Sequence[Line]) -> int:
    """The column at which a report's lines are wrapped, 0 if its lines are not wrapped.

    Wrapped text has many lines of nearly the same width that do not end a sentence.
    """
    running = [columns(line.text) for line in lines if not _SENTENCE_END.search(line.text) and len(line.text) > 15]
    if len(running) < 5:
        return 0
    counts = Counter(running)
    window = {w: sum(counts[w + d] for d in (-2, -1, 0, 1, 2)) for w in counts}
    best = max(window, key=lambda w: (window[w], w))
    return best if window[best] >= 0.3 * len(running) and best <= 160 else 0


def join_lines(lines: Sequence[Line], starts_block: Sequence[bool]) -> list[Block]:
    """Logical lines of kind "text". `starts_block` marks the lines that look like a heading, case title or
    caption; such a line opens a block unless the line before it plainly goes on."""
    width = margin(lines)
    gaps = Counter(line.gap for line in lines[1:])
    usual_gap = gaps.most_common(1)[0][0] if gaps else 0
    groups: list[list[Line]] = []
    for i, line in enumerate(lines):
        if groups and _goes_on(groups[-1], line, starts_block[i], starts_block, width, usual_gap):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _goes_on(
    group: list[Line], line: Line, opens: bool, starts_block: Sequence[bool], width: int, usual_gap: int
) -> bool:
    """Whether `line` continues the block whose lines so far are `group`."""
    last = group[-1]
    if last.kind != line.kind or line.grid or last.grid or line.kind == "heading":
        return False
    if last.ends is not None:
        return not last.ends
    if not width:
        return False
    full = columns(last.text) >= width - 4 or columns(last.text) + columns(_first_word(line.text)) > width
    ended = bool(_SENTENCE_END.search(last.text))
    unbalanced = open_brackets("".join(part.text for part in group)) > 0
    if opens and not (full and not ended and unbalanced):
        return False
    if line.gap > usual_gap and (ended or not full):
        return False
    if line.indent >= 2 and line.indent > last.indent and (ended or not full):
        return False
    return full or (unbalanced and not ended)


def _first_word(text: str) -> str:
    match = re.match(r"[A-Za-z0-9.,%]+|.", text)
    return match[0] if match else ""


def _block(group: list[Line]) -> Block:
    stretches, text = [], ""
    for line in group:
        between = glue(text, line.text)
        stretches.append(Stretch(line.origin, len(line.text), between))
        text += between + line.text
    return Block("text", text, tuple(stretches), tuple(group), grid=group[0].grid)
