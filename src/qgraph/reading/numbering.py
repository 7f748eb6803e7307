"""Which numbered lines are headings: a family of numbers counts where it runs in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block
from qgraph.text import nfkc, parse_number

_RUN_IN_LONGEST = 34
# Weight from which a single number, without a second one after it, makes a heading.
_SURE = 2.0
# Marked headings from which a file is taken to mark its headings.
_STYLED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that could be a numbered heading. `values` is (1, 3, 2) for "1.3.2" and (2,) for "二、"."""

    index: int
    family: str
    number: str
    values: tuple[int, ...]
    title: str
    weight: float


def number_headings(blocks: Sequence[Block]) -> dict[int, Candidate]:
    """Headings with numbers by block index.

    Where the file marks headings itself (Word styles, Markdown), a family of numbers that is mostly marked,
    or that lists commonly use, counts only where it is marked: the rest are items of lists.
    """
    families = [entry["name"] for entry in read_patterns("layout")["heading"]]
    found: dict[str, list[Candidate]] = {name: [] for name in families}
    for i, block in enumerate(blocks):
        for candidate in _candidates(i, block):
            found[candidate.family].append(candidate)
    styled = sum(block.kind == "marked" for block in blocks) >= _STYLED
    for entry in read_patterns("layout")["heading"]:
        candidates = found[entry["name"]]
        marked = [c for c in candidates if blocks[c.index].kind == "marked"]
        if len(marked) >= max(2, 0.5 * len(candidates)) or (styled and entry["inner"]):
            found[entry["name"]] = marked
    decimals = longest_chain(found["decimal"], _decimal_follows)
    outline = {c.index: c for c in decimals} if any(len(c.values) > 1 for c in decimals) else {}
    outline.update({c.index: c for c in _misnumbered(found["decimal"], outline)})
    chosen: list[Candidate] = list(outline.values())
    walls = [i for i, block in enumerate(blocks) if block.kind == "marked"]
    for name in families:
        if name == "decimal":
            continue
        taken = {c.index for c in chosen}
        rest = [c for c in found[name] if c.index not in taken]
        outer = [c.index for c in chosen if families.index(c.family) < families.index(name) or c.family == "decimal"]
        levels = {blocks[c.index].level for c in rest if blocks[c.index].kind == "marked"}
        above = [i for i in walls if levels and blocks[i].level < min(levels)]
        chosen.extend(_in_order(rest, sorted({*outer, *above})))
    return {c.index: c for c in sorted(chosen, key=lambda c: c.index)}


def _candidates(index: int, block: Block) -> list[Candidate]:
    """The readings of a block as a numbered heading, one a family at most."""
    patterns = read_patterns("layout")
    rules = patterns["heading_title"]
    if block.kind not in ("text", "marked") or len(block.text) > rules["longest"] + 12:
        return []
    if block.lines[0].kind in ("item", "box", "row"):
        return []
    marked = block.kind == "marked"
    out = []
    for entry in patterns["heading"]:
        match = re.match(entry["pattern"], block.text)
        if not match:
            continue
        title = match["title"].strip(" 　、，,:：.．·\t")
        if not title or len(title) > rules["longest"] or re.search(rules["sentence_mark"], title):
            continue
        values = _values(match["value"])
        single = entry["name"] in ("decimal", "digit", "digit_bracket") and len(values) == 1
        bare = block.text[match.end("number") : match.start("title")].strip(" 　") == ""
        if single and bare and re.match(rules["counted"], title) and not marked:
            continue
        listed = re.search(rules["list_mark"], title) is not None
        if listed and len(values) < 2 and not marked:
            continue
        if not re.search(r"[\u4e00-\u9fffA-Za-z]", title):
            continue
        weight = 1.0 + (0.5 if len(values) > 1 else 0.0) - (0.3 if len(title) > _RUN_IN_LONGEST else 0.0)
        number = re.sub(r"\s", "", match["number"])
        out.append(Candidate(index, entry["name"], number, values, title, weight + (1.0 if marked else 0.0)))
    return out


def _values(printed: str) -> tuple[int, ...]:
    parts = re.split(r"[.．]", re.sub(r"\s", "", nfkc(printed)))
    return tuple(int(parse_number(part) or 0) for part in parts if part)


def longest_chain(
    candidates: list[Candidate], follows: Callable[[Candidate | None, Candidate], bool]
) -> list[Candidate]:
    """The heaviest series of candidates in which each follows the one before it."""
    best: list[tuple[float, int]] = []
    for i, c in enumerate(candidates):
        score, back = (c.weight if follows(None, c) else float("-inf")), -1
        for j in range(i):
            if best[j][0] + c.weight > score and follows(candidates[j], c):
                score, back = best[j][0] + c.weight, j
        best.append((score, back))
    if not best:
        return []
    i = max(range(len(best)), key=lambda k: (best[k][0], -k))
    if best[i][0] == float("-inf"):
        return []
    chain = []
    while i >= 0:
        chain.append(candidates[i])
        i = best[i][1]
    return chain[::-1]


def _decimal_follows(before: Candidate | None, after: Candidate) -> bool:
    """Whether a decimal number may come next: one step deeper, or a later sister of it or of a parent."""
    b = after.values
    if before is None:
        return all(v == 1 for v in b[1:]) and b[0] <= 2
    a = before.values
    common = 0
    while common < min(len(a), len(b)) and a[common] == b[common]:
        common += 1
    if common == len(a):
        return len(b) > len(a) and all(v == 1 for v in b[common:]) and len(b) - len(a) <= 2
    if common == len(b):
        return False
    # A number left out is a slip of the writer; two are another list.
    return 0 < b[common] - a[common] <= 2 and all(v == 1 for v in b[common + 1 :])


def _misnumbered(candidates: list[Candidate], outline: dict[int, Candidate]) -> list[Candidate]:
    """Short decimal headings out of order, which writers do print: below the same parent as the heading
    before or after them."""
    out = []
    for c in candidates:
        if c.index in outline or len(c.values) < 2 or len(c.title) > _RUN_IN_LONGEST or re.search("[，。；]", c.title):
            continue
        before = [o for i, o in outline.items() if i < c.index]
        after = [o for i, o in outline.items() if i > c.index]
        near = [max(before, key=lambda o: o.index)] if before else []
        near += [min(after, key=lambda o: o.index)] if after else []
        if any(o.values[: len(c.values) - 1] == c.values[:-1] for o in near):
            out.append(c)
    return out


def _in_order(candidates: list[Candidate], bounds: Sequence[int]) -> list[Candidate]:
    """Candidates of one family that count 1, 2, 3 … between headings of the families around them (whose
    block indices are `bounds`), or on through the whole report."""
    if not candidates:
        return []
    through = longest_chain(candidates, _single_follows)
    groups: list[list[Candidate]] = [[]]
    position = 0
    for c in candidates:
        while position < len(bounds) and bounds[position] < c.index:
            position += 1
            if groups[-1]:
                groups.append([])
        groups[-1].append(c)
    inside = [c for group in groups for c in longest_chain(group, _single_follows)]
    best = inside if len(inside) > len(through) else through
    return best if len(best) >= 2 or (best and best[0].weight >= _SURE) else []


def _single_follows(before: Candidate | None, after: Candidate) -> bool:
    if before is None:
        return after.values[0] == 1
    return 1 <= after.values[0] - before.values[0] <= 2
