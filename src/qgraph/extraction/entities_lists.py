"""Names that only their list shows: 与A、B、C等多家企业, 推进A、B学院等产业学院建设."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.patterns import list_clues, place_clues
from qgraph.language import Block
from qgraph.language.edges import is_stop
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon, split_aliases

_LONGEST_ITEM = 24
_LEAST_PLAIN = 3
_LEAST_COURSE = 4
_LONGEST_PLAIN = 8
_JOINTS = ("、", "和", "及", "与")
_CLAUSE = "，。；：！？\t\n《》"
_TYPED = frozenset(("College", "GovernmentBody", "Media", "Department", "Region", "Country", "Association"))
# A figure or a short form in brackets behind an item.
_BEHIND = re.compile(r"[（(](?: ?\d+ ?[名人家个项] ?|(?:以下|下)?简称[^（）()]*)[）)]$")
_LEGAL = re.compile(r"(?:公司|集团|酒店|科技|实业|控股|股份)$")


def find_listed(block: Block) -> Iterator[Candidate]:
    """Items of lists whose closing word says what they are."""
    clues = list_clues()
    heads = (
        ("IndustryCollege", clues.industry_college),
        ("Enterprise", clues.enterprise),
        ("Media", clues.media),
    )
    for type_, head in heads:
        for match in re.finditer("等", block.text):
            closing = head.match(block.text, match.start())
            if closing and not (type_ == "IndustryCollege" and clues.crossed.search(closing.group())):
                items = list(list_items(block, match.start()))
                found = [_item(block, start, end, type_) for start, end in items]
                yield from (c for c in found if c)
                if type_ == "Enterprise" and any(found):
                    yield from _in_company(block, [i for i, c in zip(items, found, strict=True) if not c])


@lru_cache(maxsize=1)
def _known_courses() -> re.Pattern[str]:
    names = {n for r in read_lexicon("courses") for n in (r["name"], *split_aliases(r["aliases"]))}
    return re.compile("(?:" + "|".join(sorted(names, key=lambda n: (-len(n), n))) + ")(?=课程|课(?!题|堂))")


def find_beside(block: Block) -> Iterator[Candidate]:
    """Organisations of the recogniser that stand in one list with a known enterprise: 与迈瑞医疗、联影医疗共建."""
    text = block.text
    known = [s for s in block.spans if s.label == "Enterprise" and s.source != "weak"]
    ends, starts = {s.end for s in known}, {s.start for s in known}
    for span in block.spans:
        if span.label != "ORG" or any(s.start < span.end and span.start < s.end for s in known):
            continue
        after = span.start - 1 in ends and text[span.start - 1] in "、和与"
        before = span.end + 1 in starts and text[span.end] in "、和与"
        plain = all(text[a:b] in list_clues().ordinary for a, b in block.words if span.start <= a and b <= span.end)
        kind = list_clues().kind.search(text[span.start : span.end])
        if (after or before) and not plain and not kind and span.end - span.start > 1:
            yield candidate(block, span.start, span.end, "Enterprise", "list")


def find_courses(block: Block) -> Iterator[Candidate]:
    """Courses of a counted list (开发A、B与C等10个国际化课程标准), and those that all colleges teach before 课程."""
    text = block.text
    for match in _known_courses().finditer(text):
        yield candidate(block, *match.span(), "Course", "lexicon", rank=1)
    for match in list_clues().course.finditer(text):
        clause = max(text.rfind(c, 0, match.start()) for c in "，。；：\n\t“”》")
        at = clause + 1
        for n, part in enumerate(text[at : match.start()].split("、")):
            start, end = at, at + len(part)
            at = end + 1
            lead = list_clues().course_before.search(part) if n == 0 else None
            start += lead.end() if lead else 0
            name = text[start:end].strip()
            if _LEAST_COURSE <= len(name) <= _LONGEST_ITEM and "、" in text[clause + 1 : match.start()]:
                yield candidate(block, start + text[start:end].index(name), end, "Course", "list", rank=2)


def list_items(block: Block, end: int) -> Iterator[tuple[int, int]]:
    """Items of the list that ends before `end`, the last one first."""
    text = block.text
    bounds = boundary().joining | boundary().subjects
    last = start = end
    depth = bracketed = 0
    for a, b in reversed([w for w in block.words if w[1] <= end]):
        value = text[a:b]
        bracketed += b - a if depth else 0
        if value in (")", "）"):
            depth += 1
        elif value in ("(", "（"):
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and value in _JOINTS and _continues(text, a, value) and not _in_firm(block, a, b):
            if start < last:
                yield start, last
            last = start = a
            bracketed = 0
            continue
        elif depth == 0 and not _in_firm(block, a, b) and (value in bounds or is_stop(text, a, b) or value in _CLAUSE):
            break
        elif last - a - bracketed > _LONGEST_ITEM:
            return
        start = a
    if start < last:
        yield start, last


def _in_firm(block: Block, start: int, end: int) -> bool:
    """Whether a word stands inside what the recogniser takes for one firm (新希望六|和|股份有限公司)."""
    return any(
        s.label == "ORG"
        and s.start < start
        and end < s.end
        and _LEGAL.search(block.text[s.start : s.end])
        and not re.search("[、，]", block.text[s.start : s.end])
        for s in block.spans
    )


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
        sure = any(s.label in ("Media", "ORG") for s in inside) or list_clues().media_item.search(name)
        return candidate(block, start, end, type_, "list") if sure else None
    if any(s.source == "ending" and s.label != type_ and (s.start, s.end) == (start, end) for s in inside):
        return None
    if place_clues().called_division.fullmatch(name):
        return None
    exact = next((s for s in known if s.label == "Enterprise"), None)
    if exact is None and any(
        s.source == "lexicon" and s.label in ("Enterprise", "Region", "Country") and s.end == end for s in inside
    ):
        return None
    if exact is None and not looks_proper(block, start, end):
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
    behind = _BEHIND.search(text[start:end])
    return start, start + behind.start() if behind else end


def looks_proper(block: Block, start: int, end: int) -> bool:
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
