"""Words of the lines of flattened tables, each with where it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block, Stretch


@dataclass(frozen=True, slots=True)
class Token:
    """Words of one line that stand together. `value` is True for figures; `alone` if its line has no other
    token, `closes` if it is the last of its line."""

    text: str
    stretches: tuple[Stretch, ...]
    value: bool
    alone: bool = False
    closes: bool = False


Row = list[Token]


def tokens(block: Block, counted: bool = False) -> Row:
    """The words of a line; periods stand together ("2023-2024 学年"), and numbers with the unit or the noun that they
    count. In a table with `counted` rows a number at the beginning of a line is that of the row."""
    rules = read_patterns("layout")["table"]
    spans = [match.span() for match in re.finditer(rf"{rules['spaced']}|{rules['period']}\S*|\S+", block.text)]
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        if merged:
            before = block.text[merged[-1][0] : merged[-1][1]]
            after = block.text[a:b]
            counts_row = counted and len(merged) == 1
            number_first = re.fullmatch(r"\d+", before) and re.match(rules["after_number"], after)
            number_last = re.search(rules["before_number"], before) and after[0].isdigit()
            is_open = len(re.findall("[（(]", before)) > len(re.findall("[）)]", before))
            if (number_first and not counts_row) or number_last or is_open:
                merged[-1] = (merged[-1][0], b)
                continue
        merged.append((a, b))
    out = []
    for a, b in merged:
        text = block.text[a:b]
        out.append(Token(text, slice_stretches(block, a, b), re.match(rules["value"], text) is not None))
    return out


def slice_stretches(block: Block, a: int, b: int) -> tuple[Stretch, ...]:
    """Stretches of the source under `block.text[a:b]`."""
    out: list[Stretch] = []
    at = 0
    for stretch in block.stretches:
        at += len(stretch.glue)
        low, high = max(a, at), min(b, at + stretch.length)
        if low < high:
            out.append(Stretch(stretch.origin + low - at, high - low, stretch.glue if out else ""))
        at += stretch.length
    return tuple(out)


def join_tokens(parts: Sequence[Token]) -> Token:
    """One token of several."""
    return Token(
        "".join(part.text for part in parts),
        tuple(stretch for part in parts for stretch in part.stretches),
        False,
        parts[-1].alone,
        parts[-1].closes,
    )
