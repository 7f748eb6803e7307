"""Names that only their list shows: 与A、B、C等多家企业, 推进A、B学院等产业学院建设, A、B等 3 个专业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.language import Block
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon, read_patterns

_ITEM = r"[^，。；：、“”《》\s（）]"
_COUNT = re.compile(r"[\d一二三四五六七八九十两多余几 ]+(?:个|所|家|大)?$")
_LONGEST_ITEM = 24
_HEADS = (
    ("IndustryCollege", "industry_college_heads"),
    ("Enterprise", "enterprise_heads"),
    ("Media", "media_heads"),
)


@dataclass(frozen=True, slots=True)
class _Head:
    type: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _heads() -> tuple[_Head, ...]:
    data = read_patterns("entities")["context"]
    return tuple(_Head(type_, re.compile(r"等 ?" + data[key])) for type_, key in _HEADS)


def find_listed(block: Block) -> Iterator[Candidate]:
    """Items of lists whose head word says what they are."""
    for head in _heads():
        for match in head.pattern.finditer(block.text):
            for start, end in _items(block, match.start()):
                found = _item(block, start, end, head.type)
                if found:
                    yield found


def _items(block: Block, end: int) -> Iterator[tuple[int, int]]:
    """Items of the list that ends before `end`, the last one first."""
    text = block.text
    stops = boundary().stops | boundary().joining
    words = [(a, b) for a, b in block.words if b <= end]
    last = end
    i = len(words) - 1
    start = end
    depth = 0
    while i >= 0:
        a, b = words[i]
        value = text[a:b]
        if value in ")）":
            depth += 1
        elif value in "(（":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and value in ("、", "和", "及", "与") and _continues(text, a, value):
            if start < last:
                yield start, last
            last = start = a
            i -= 1
            continue
        elif depth == 0 and (value in stops or value in "，。；：！？\t\n《》" or last - a > _LONGEST_ITEM):
            break
        start = a
        i -= 1
    if start < last and last - start <= _LONGEST_ITEM:
        yield start, last


def _continues(text: str, at: int, value: str) -> bool:
    """Whether a joining word goes on with the list; 与 and 和 that open it do not."""
    if value == "、":
        return True
    before = text[max(0, at - _LONGEST_ITEM) : at]
    return "、" in re.split(r"[，。；：]", before)[-1]


def _item(block: Block, start: int, end: int, type_: str) -> Candidate | None:
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
    name = tidy(text[start:end])
    if not 2 <= len(name) <= _LONGEST_ITEM or name in boundary().agents or re.fullmatch(r"[\d.]{1,2}|.*[的了]", name):
        return None
    inside = [s for s in block.spans if start <= s.start and s.end <= end]
    if any(s.start == start and s.end == end and s.label in _TYPED and s.label != type_ for s in inside):
        return None
    if type_ == "IndustryCollege":
        full = name if name.endswith("学院") else name + "产业学院"
        return candidate(block, start, end, type_, "list", name=full, rank=4, others=[name] if full != name else [])
    if type_ == "Media":
        return None if not any(s.label in ("Media", "ORG") for s in inside) else candidate(block, start, end, type_, "list")
    proper = any(s.label in ("Enterprise", "ORG", "PER", "LOC") and s.source != "ending" for s in inside)
    known = any(s.label == "Enterprise" and s.end == end for s in inside)
    if not proper and not re.search(r"[A-Za-z]{2}", name) and _is_plain(block, start, end):
        return None
    exact = next((s for s in inside if s.label == "Enterprise" and s.start == start and s.end == end and s.name), None)
    return candidate(block, start, end, "Enterprise", "list", name=exact.name if exact else "", rank=3 if known or proper else 2)


_TYPED = frozenset(("College", "GovernmentBody", "Media", "Department", "Region", "Country", "Association"))


def _is_plain(block: Block, start: int, end: int) -> bool:
    """Whether all words of an item are ordinary ones (小微, 制造类) and so name no enterprise."""
    tags = [tag for a, b, tag in block.tags if a >= start and b <= end]
    words = [block.text[a:b] for a, b in block.words if start <= a and b <= end]
    ordinary = {"大型", "中小", "小微", "制造", "连锁", "高端", "头部", "龙头", "行业", "链长", "专精", "特新", "科技", "教育", "服务", "互联网"}
    return not tags or all(w in ordinary for w in words)


@lru_cache(maxsize=1)
def _major_names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_lexicon("majors"))


_MAJOR_LIST = re.compile(
    rf"((?:{_ITEM}{{2,22}}(?:（[^（）]{{1,12}}）)?、)*{_ITEM}{{2,30}}(?:（[^（）]{{1,12}}）)??)(?:等)?[ \d一二三四五六七八九十两多余]*(?:个|大)?(?:[^，。；：、“”《》（）\s\d]{{0,8}}?)专业(群|集群)?"
)


def find_majors(block: Block) -> Iterator[Candidate]:
    """Majors: names of the catalogue before 专业 or in a list that 专业 or 专业群 closes."""
    text = block.text
    weak = [s for s in block.spans if s.label == "Major" and s.source == "weak"]
    groups = list(_group_lists(text))
    for span in weak:
        before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 14]
        close = re.match(r"(?:（[^（）]{1,12}）)?(?:等)?[ \d一二三四五六七八九十两多余]*(?:个|类)?(?:高职|专科|本科|高职专科|核心|重点|特色|国家级|市级|省级)*专业(?!群|集群|核心|课)", after)
        in_list = _list_head(text, span.end)
        if any(a <= span.start and span.end <= b for a, b in groups):
            continue
        if close or in_list:
            others = [span.name + "专业"]
            yield candidate(block, span.start, span.end, "Major", "lexicon", name=span.name, rank=3, others=others)
        elif before in "\t" and after[:1] in ("\t", "") and block.kind == "row":
            yield candidate(block, span.start, span.end, "Major", "lexicon", name=span.name, rank=1)
    for start, end in groups:
        for a, b in _split_list(text, start, end):
            name = tidy(text[a:b])
            if name.endswith(("专业群", "专业集群")):
                continue
            if len(name) >= 3:
                yield candidate(block, a, b, "Major", "list", name=name + "专业群", rank=4, others=[name, name + "专业"])


_MORE = re.compile(r"、")


def _list_head(text: str, end: int) -> bool:
    """Whether a list that goes on behind `end` closes with 专业."""
    rest = text[end : end + 90]
    match = re.match(
        r"(?:（[^（）]{1,12}）)?(?:[、和与及][^，。；：“”《》\s专]{2,22}?)+(?:等)?[ \d一二三四五六七八九十两多余]*(?:个|类)?(?:高职|专科|本科|高职专科|核心|重点|特色|国家级|市级|省级)*专业(?!群|集群|核心|课)",
        rest,
    )
    return bool(match)


_GROUP_LIST = re.compile(
    rf"(?P<list>(?:{_ITEM}{{2,20}}、)+{_ITEM}{{2,30}}?)(?: ?等)?[ \d一二三四五六七八九十两]+个?(?:大)?(?:国家级|省级|市级|高水平|特色|重点|骨干|品牌)*专业群"
)


def _group_lists(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that list majors standing for groups: A、B、C 五大专业群."""
    for match in _GROUP_LIST.finditer(text):
        yield match.span("list")


def _split_list(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Items of a list of major groups, with what introduces it taken off the first."""
    at = start
    for part in text[start:end].split("、"):
        a, b = at, at + len(part)
        at = b + 1
        lead = re.search(r"^.*(?:打造|建设|以|构建|形成|重点建设|建成|组建|包括|立项)", text[a:b])
        if lead:
            a += lead.end()
        while a < b and text[a] == " ":
            a += 1
        while b > a and text[b - 1] == " ":
            b -= 1
        yield a, b
