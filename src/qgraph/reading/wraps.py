"""Hard wraps: which lines go on in the next one, and the joining of lines into logical lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block, Line, Stretch, columns

SENTENCE_END = re.compile(r"[。！？!?；;：:]['\"”’」』）)]*$")
_PROSE = re.compile(r"[，。；！？]")
_FIRST_WORD = re.compile(r"[（(《“‘【\[]*(?:[A-Za-z0-9.,%]+|.)")
# Columns by which the first line of a paragraph is set in.
_INDENT = 4
# What a line may be that goes on with another.
_SAME = {("", ""), ("box", "box"), ("heading", ""), ("item", "")}
_OPEN, _CLOSE = "（(《〈【[“‘", "）)》〉】]”’"


def glue(before: str, after: str) -> str:
    """What stands between two joined lines: a space between Latin words, nothing beside Han."""
    if not before or not after or not (before[-1].isascii() and after[0].isascii()):
        return ""
    if before[-1].isalnum() and after[0].isalnum():
        return "" if before[-1].isdigit() and after[0].isdigit() else " "
    return " " if before[-1] in ",.;:" and after[0].isalpha() else ""


def first_word(text: str) -> str:
    """What cannot be parted at the beginning of a line: a Latin word or number, else one character."""
    match = _FIRST_WORD.match(text)
    return match[0] if match else ""


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
    running = [columns(line.text) for line in lines if not SENTENCE_END.search(line.text) and len(line.text) > 15]
    if len(running) < 4:
        return 0
    counts = Counter(running)
    window = {w: sum(counts[w + d] for d in (-2, -1, 0, 1, 2)) for w in counts}
    best = max(window, key=lambda w: (window[w], w))
    return best if window[best] >= 0.3 * len(running) and best <= 160 else 0


@dataclass(frozen=True)
class _Layout:
    """How a report's lines are set: wrapped at column `width` (0: not at all), with `gap` blank lines
    between the lines of a paragraph, its first lines shorter by `lost_indent` columns of white space that
    did not come through."""

    width: int
    gap: int
    lost_indent: int = 0

    def fills(self, line: Line, following: Line, first: bool) -> bool:
        """Whether a line was broken because no more went into it. The first line of a paragraph may have
        been set in by white space that was lost."""
        inset = line.indent if line.indent <= 2 * _INDENT else 0
        room = self.width - columns(line.text) - max(inset, self.lost_indent if first else 0)
        word = first_word(following.text)
        # A space before a Latin word was dropped at the break.
        return room <= 3 or columns(word) + word[:1].isascii() > room


def join_lines(lines: Sequence[Line], kinds: Sequence[str]) -> list[Block]:
    """Logical lines of kind "text". `kinds` says what each line looks like the beginning of, as in
    grammar.opening_kind; such a line opens a block unless the one before it plainly goes on."""
    gaps = Counter(line.gap for line in lines[1:])
    width = margin(lines)
    layout = _Layout(width, gaps.most_common(1)[0][0] if gaps else 0, _lost_indent(lines, kinds, width))
    groups: list[list[Line]] = []
    opener = ""
    bare = re.compile(read_patterns("layout")["caption"]["bare"])
    for i, line in enumerate(lines):
        if groups:
            last = groups[-1][-1]
            if len(groups[-1]) == 1 and bare.match(last.text) and not last.grid:
                goes_on = not (kinds[i] or line.grid or line.kind == "row" or re.search("[。；]", line.text))
            elif line.kind == last.kind == "row":
                # a cell that the file says to go on, or of which the brackets are open
                goes_on = last.ends is False or (last.ends is None and open_brackets(last.text) > 0)
            else:
                local = replace(layout, width=_local_width(lines, kinds, i - 1, layout.width))
                goes_on = _goes_on(groups[-1], opener, line, kinds[i], local)
            if goes_on:
                groups[-1].append(line)
                continue
        groups.append([line])
        opener = kinds[i]
    return [_block(group) for group in groups]


def _lost_indent(lines: Sequence[Line], kinds: Sequence[str], width: int) -> int:
    """Columns by which first lines of paragraphs are shorter than the others, though nothing stands before
    them: 0 if they mostly reach the edge like the rest."""
    firsts = [
        columns(line.text)
        for line, kind, above in zip(lines[1:], kinds[1:], kinds, strict=False)
        if not kind and above in ("heading", "item") and not line.indent and not SENTENCE_END.search(line.text)
    ]
    full = sum(abs(w - width) <= 2 for w in firsts)
    return 0 if firsts and full >= 0.5 * len(firsts) else _INDENT


def _goes_on(group: list[Line], opener: str, line: Line, kind: str, layout: _Layout) -> bool:
    """Whether `line` continues the block whose lines so far are `group`."""
    last = group[-1]
    if line.grid or last.grid or line.kind == "heading" or (last.kind, line.kind) not in _SAME:
        return False
    text = "".join(part.text for part in group)
    ended = SENTENCE_END.search(last.text) is not None
    prose = _PROSE.search(text) is not None and opener in ("", "heading", "item")
    first = len(group) == 1
    if last.ends is not None:
        # A break in the middle of a sentence is a slip of the writer or of the converter.
        slip = (
            last.ends
            and prose
            and not ended
            and not kind
            and not opener
            and layout.width > 0
            and columns(last.text) >= 0.8 * layout.width
            and not line.indent >= 2
        )
        # A line that is full may all the same close its sentence, its paragraph and its section.
        closes = ended and kind not in ("", "item") and not open_brackets(text)
        return (not last.ends and not closes) or slip
    if not layout.width:
        return False
    full = layout.fills(last, line, first and opener in ("", "item"))
    unbalanced = open_brackets(text) > 0
    if line.gap > layout.gap and (ended or not full or not prose):
        return False
    rest = _is_short(line, layout) and not _PROSE.search(line.text)
    if line.indent >= 2 and line.indent > last.indent and (ended or not full or (opener and first and not rest)):
        return False
    if kind:
        cut = kind == "item" or (kind == "heading" and not _is_short(line, layout))
        return not ended and full and prose and (unbalanced or cut)
    if unbalanced and not ended:
        return True
    if opener in ("case", "figure", "table", "source"):
        return full and rest and (opener != "table" or " " not in line.text)
    if opener in ("heading", "item") and first:
        # A heading is seldom as wide as the text; a list item that begins a paragraph always is.
        return not ended and (full or re.search("[。；]", text) is not None)
    near = columns(last.text) >= 0.8 * layout.width
    return full if ended else full or prose or near


def _local_width(lines: Sequence[Line], kinds: Sequence[str], i: int, width: int) -> int:
    """The column at which the lines around line `i` are wrapped: a case is often set narrower than the text
    around it. Only lines of the same stretch of text count."""
    if not width:
        return 0
    near = [columns(lines[i].text) + min(lines[i].indent, _INDENT)]
    for step in (-1, 1):
        k = i
        while 0 <= k + step < len(lines) and abs(k + step - i) <= 3:
            if kinds[max(k, k + step)] or lines[k].grid:
                break
            k += step
            near.append(columns(lines[k].text) + min(lines[k].indent, _INDENT))
    alike = [w for w in near if max(near) - w <= _INDENT + 2]
    return max(near) if len(alike) >= 3 and max(near) < 0.95 * width else width


def _is_short(line: Line, layout: _Layout) -> bool:
    return columns(line.text) < 0.7 * layout.width


def _block(group: list[Line]) -> Block:
    stretches: list[Stretch] = []
    text = ""
    bare = read_patterns("layout")["caption"]["bare"]
    for line in group:
        between = " " if re.match(bare, text) else glue(text, line.text)
        if not line.grid:
            stretches.extend(line.stretches(between))
        text += between + line.text
    return Block("text", text, tuple(stretches), tuple(group), grid=group[0].grid)
