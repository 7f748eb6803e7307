"""The pieces that a flattened table consists of, line by line, and how likely two of them are parts of one cell.

A cell that is too narrow for its words goes on in a new line, and is broken where the next word would have gone over
its edge. So a break is plain inside of a cell where no more went into its column, and odd where there was room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qgraph.reading.lines import columns as display_width
from qgraph.reading.words import Word, ends_name, is_period, is_total, looks_empty
from qgraph.reading.wraps import first_word, open_brackets

# What it costs to take two pieces for one cell: parted by a break that brackets or the edge of the column account for,
# by one of which the column is not known, by one for which there was no need; by a space beside Latin letters or Han.
BRACKET, NATURAL, UNKNOWN, ODD = 0.05, 0.1, 0.6, 2.5
_LATIN, _SPACED = 0.8, 2.5
# What every column of room costs that there was before a break.
_EARLY = 0.15
# What it costs besides that the words before the break end with a bracket or as names do, that those behind are a year.
_CLOSED, _NAMED, _PERIOD = 0.2, 0.3, 0.5
# What a new line between two cells costs where lines are rows, and beside a cell of several lines.
_NEW_LINE, _BESIDE_TALL = 0.5, 0.1
# What it costs to take for a cell what is hardly a whole one.
SCRAP = 0.4
# What words never end with: they go on in the next line.
_HOLDING = "-－—–~～、·"
# How many edges of columns are looked for.
_EDGES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Words that stand together in a line. `opens` says that they begin it; `kind` is f for a figure, e for the mark of
    nothing, w for words.

    `width` is what they take on the page, `end` what they take in the last of their lines where they are known to go
    over several, `lead` what their first word takes. `ends` says that they are a whole cell whatever follows, `shut`
    that the file lets a cell end here, or at least a paragraph of it, `holds` that they plainly go on, `period` that
    they are nothing but a year, `named` that they end as names do.
    """

    word: Word
    opens: bool
    kind: str
    width: int
    end: int
    lead: int
    ends: bool
    shut: bool
    holds: bool
    period: bool
    named: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.word.text

    @property
    def closed(self) -> bool:
        """Whether they end with a bracket."""
        return self.word.text[-1] in "）)"

    @property
    def bracketed(self) -> bool:
        """Whether they begin with a bracket."""
        return self.word.text[0] in "（("


def to_pieces(line: Sequence[Word], *, shut: bool = False) -> list[Piece]:
    """The pieces of a line. `shut` says that the file lets a cell end with it."""
    last = len(line) - 1
    return [_piece(word, opens=n == 0, shut=shut and n == last) for n, word in enumerate(line)]


def _piece(word: Word, *, opens: bool, shut: bool) -> Piece:
    parts, at, behind = [""], 0, -1
    for stretch in word.stretches:
        if stretch.origin != behind + len(stretch.glue):  # the word goes on in another line
            parts.append("")
        length = len(stretch.glue) + stretch.length
        parts[-1] += word.text[at : at + length]
        at, behind = at + length, stretch.origin + stretch.length
    widths = [display_width(part) for part in parts]
    kind = "e" if looks_empty(word.text) else "f" if word.value else "w"
    return Piece(
        word,
        opens,
        kind,
        max(widths),
        widths[-1],
        display_width(first_word(word.text)),
        is_total(word.text),
        shut,
        open_brackets(word.text) > 0 or word.text[-1] in _HOLDING,
        is_period(word.text),
        ends_name(word.text),
    )


def seam(first: Piece, second: Piece, width: int | None) -> float:
    """What it costs to take two neighbours for parts of one cell, in a column of that width (None: not known)."""
    if not second.opens:
        return _LATIN if first.text[-1].isascii() or second.text[0].isascii() else _SPACED
    if second.bracketed or first.holds:
        return BRACKET
    if first.ends:
        return ODD
    whole = _CLOSED * first.closed + _NAMED * first.named + _PERIOD * second.period
    if width is None or first.shut:
        return UNKNOWN + whole
    early = width - first.end - second.lead
    return NATURAL + whole if early < 0 else min(ODD, NATURAL + whole + _EARLY * (early + 1))


def new_line(first: Sequence[Piece], second: Sequence[Piece]) -> float:
    """What it costs that a line ends between two cells where lines are rows: less where one of them goes over lines."""
    tall = any(piece.opens for piece in (*first[1:], *second[1:]))
    return _BESIDE_TALL if tall else _NEW_LINE


def edges(lines: Sequence[Sequence[Piece]]) -> list[int]:
    """Widths at which words seem to be broken: several lines end there, and the next one begins with words."""
    ends = {
        (line[-1].text, line[-1].end)
        for line, below in pairwise(lines)
        if line[-1].kind == below[0].kind == "w" and not line[-1].ends and not below[0].bracketed
    }
    counts = Counter(width for _, width in ends)
    alike = {width: count + counts[width - 1] for width, count in counts.items()}
    found = [width for width in sorted(alike, key=lambda width: (-alike[width], -width)) if alike[width] > 1]
    return found[:_EDGES]
