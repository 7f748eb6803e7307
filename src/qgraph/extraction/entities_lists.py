"""Names that only their list shows: 与A、B、C等多家企业, 推进A、B学院等产业学院建设."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.patterns import list_clues
from qgraph.language import Block
from qgraph.language.edges import is_stop
from qgraph.language.ending_rules import boundary

_LONGEST_ITEM = 24
_LEAST_PLAIN = 3
_LONGEST_PLAIN = 8
_JOINTS = ("、", "和", "及", "与")
_CLAUSE = "，。；：！？\t\n《》"
_TYPED = frozenset(("College", "GovernmentBody", "Media", "Department", "Region", "Country", "Association"))
_LEGAL = re.compile(r"(?:公司|集团|酒店|科技|实业|控股|股份)$")


def find_listed(block: Block) -> Iterator[Candidate]:
    """Items of lists whose closing word says what they are."""
    clues = list_clues()
    heads = (("IndustryCollege", clues.industry_college), ("Enterprise", clues.enterprise), ("Media", clues.media))
    for type_, head in heads:
        for match in re.finditer("等", block.text):
            if head.match(block.text, match.start()):
                items = list(_items(block, match.start()))
                found = [_item(block, start, end, type_) for start, end in items]
                yield from (c for c in found if c)
                if type_ == "Enterprise" and any(found):
                    yield from _in_company(block, [i for i, c in zip(items, found, strict=True) if not c])


def _items(block: Block, end: int) -> Iterator[tuple[int, int]]:
    """Items of the list that ends before `end`, the last one first."""
    text = block.text
    bounds = boundary().joining | boundary().subjects
    last = start = end
    depth = 0
    for a, b in reversed([w for w in block.words if w[1] <= end]):
        value = text[a:b]
        if value in (")", "）"):
            depth += 1
        elif value in ("(", "（"):
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and value in _JOINTS and _continues(text, a, value):
            if start < last:
                yield start, last
            last = start = a
            continue
        elif depth == 0 and (value in bounds or is_stop(text, a, b) or value in _CLAUSE or last - a > _LONGEST_ITEM):
            break
        start = a
    if start < last and last - start <= _LONGEST_ITEM:
        yield start, last


def _continues(text: str, at: int, value: str) -> bool:
    """Whether a joining word goes on with the list; 与 and 和 that open it do not."""
    before = text[max(0, at - _LONGEST_ITEM) : at]
    return value == "、" or "、" in re.split(r"[，。；：]", before)[-1]


def _item(block: Block, start: int, end: int, type_: str) -> Candidate | None:
    text = block.text
    start, end = _bare(block, start, end)
    name = tidy(text[start:end])
    if not 2 <= len(name) <= _LONGEST_ITEM or name in boundary().agents or re.fullmatch(r"[\d.]{1,2}|.*[的了]", name):
        return None
    inside = [s for s in block.spans if start <= s.start and s.end <= end]
    known = [s for s in inside if s.source in ("lexicon", "weak") and (s.start, s.end) == (start, end)]
    if any(s.label in _TYPED and s.label != type_ for s in known):
        return None
    if type_ == "IndustryCollege":
        full = name if name.endswith("学院") else name + "产业学院"
        return candidate(block, start, end, type_, "list", name=full, rank=4, others=[name] if full != name else [])
    if type_ == "Media":
        sure = any(s.label in ("Media", "ORG") for s in inside)
        return candidate(block, start, end, type_, "list") if sure else None
    if any(s.source == "ending" and s.label != type_ and (s.start, s.end) == (start, end) for s in inside):
        return None
    exact = next((s for s in known if s.label == "Enterprise"), None)
    if exact is None and any(
        s.source == "lexicon" and s.label in ("Enterprise", "Region", "Country") and s.end == end for s in inside
    ):
        return None
    if exact is None and not _looks_proper(block, start, end):
        return None
    return candidate(
        block,
        start,
        end,
        type_,
        "lexicon" if exact else "list",
        name=exact.name if exact else "",
        rank=3 if exact else 2,
    )


def _in_company(block: Block, items: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Items of ordinary words (白鹭光电) that stand in one list with sure names."""
    for start, end in items:
        start, end = _bare(block, start, end)
        text = block.text[start:end]
        words = [block.text[a:b] for a, b in block.words if start <= a and b <= end]
        general = any(w in list_clues().ordinary or w in boundary().agents for w in words)
        inside = [s for s in block.spans if start <= s.start and s.end <= end and s.source != "weak"]
        kind = list_clues().kind.search(text)
        if _LEAST_PLAIN <= len(text) <= _LONGEST_PLAIN and text.isalnum() and not (general or inside or kind):
            yield candidate(block, start, end, "Enterprise", "list", rank=1)


def _bare(block: Block, start: int, end: int) -> tuple[int, int]:
    """An item without what leads to it and without marks."""
    text = block.text
    leading = boundary().leading
    while True:
        first = next((b for a, b in block.words if a == start and b < end and text[a:b] in leading), None)
        if first is None:
            break
        start = first
    while start < end and text[start] in " “":
        start += 1
    while end > start and text[end - 1] in " ”":
        end -= 1
    return start, end


def _looks_proper(block: Block, start: int, end: int) -> bool:
    """Whether an item holds something that is no ordinary word: a recognised name, a word that no dictionary has,
    Latin letters, or a legal form."""
    text = block.text[start:end]
    words = [block.text[a:b] for a, b in block.words if start <= a and b <= end]
    if all(w in list_clues().ordinary for w in words):
        return False
    recognised = any(
        s.label in ("ORG", "PER", "LOC", "Enterprise") and start <= s.start and s.end <= end for s in block.spans
    )
    rare = any(start <= a and b <= end for a, b in block.rare)
    return recognised or rare or bool(re.search(r"[A-Za-z]{2}", text)) or bool(_LEGAL.search(text))
